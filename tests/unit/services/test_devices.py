"""How this terminal's devices are, and what all terminals of the showroom told about theirs."""

from dataclasses import replace

from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.domain.terminals import Device
from smart4s_kiosk.services.devices import Condition, Devices, ThisTerminal
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage
from tests.showroom import Showroom


class Kiosk:
    """One terminal with a camera that can be lost."""

    def __init__(self, storage: FakeStorage, clock: FakeClock, name: str, surface: str = "kiosk") -> None:
        self.has_camera, self.is_online = True, True
        probes = {Device.CLOUD: lambda: self.is_online, Device.FACE_CAMERA: lambda: self.has_camera}
        terminal = ThisTerminal(TerminalId(name), "大厅", (surface,))
        self.devices = Devices(probes, storage=storage, clock=clock, terminal=terminal)


def test_this_terminals_devices_say_how_they_are() -> None:
    room = Showroom()
    kiosk = Kiosk(room.storage, room.clock, "kiosk-1")
    kiosk.is_online = False
    assert [(line.device, line.condition) for line in kiosk.devices.lines()] == [
        (Device.CLOUD, Condition.LOST),
        (Device.FACE_CAMERA, Condition.WORKS),
    ]
    assert not kiosk.devices.is_online()
    bare = Devices({}, storage=room.storage, clock=room.clock, terminal=ThisTerminal(TerminalId("desk")))
    assert bare.is_online()
    assert bare.lines() == ()


def test_every_terminal_is_seen_from_each_and_trouble_comes_first() -> None:
    room = Showroom()
    one, other = (Kiosk(room.storage, room.clock, name) for name in ("kiosk-1", "kiosk-2"))
    other.has_camera = False
    assert one.devices.tell()
    assert other.devices.tell()
    lines = one.devices.showroom()
    assert [(line.terminal_id, line.condition, line.is_this) for line in lines] == [
        ("kiosk-2", Condition.LOST, False),
        ("kiosk-1", Condition.WORKS, True),
    ]
    assert (lines[0].lost, lines[0].place, lines[0].surfaces) == ((Device.FACE_CAMERA,), "大厅", ("kiosk",))


def test_nothing_is_written_while_nothing_changes_but_a_sign_of_life_each_half_minute() -> None:
    room = Showroom()
    kiosk = Kiosk(room.storage, room.clock, "kiosk-1")
    assert kiosk.devices.tell()
    room.clock.advance(29)
    assert not kiosk.devices.tell()
    kiosk.has_camera = False
    assert kiosk.devices.tell()
    announced = [a for a in room.storage.announced if a.concept == "terminals"]
    assert len(announced) == 2
    room.clock.advance(30)
    assert kiosk.devices.tell()
    assert len([a for a in room.storage.announced if a.concept == "terminals"]) == 2


def test_a_terminal_that_is_switched_off_is_silent_and_forgotten_after_a_month() -> None:
    room = Showroom()
    kiosk, desk = Kiosk(room.storage, room.clock, "kiosk-1"), Kiosk(room.storage, room.clock, "desk", "reception")
    kiosk.devices.tell()
    room.clock.advance(91)
    desk.devices.tell()
    assert [(line.terminal_id, line.condition) for line in desk.devices.showroom()] == [
        ("kiosk-1", Condition.SILENT),
        ("desk", Condition.WORKS),
    ]
    room.clock.advance(31 * 86_400)
    desk.devices.tell()
    assert [line.terminal_id for line in desk.devices.showroom()] == ["desk"]


def test_a_device_of_a_newer_program_is_left_out() -> None:
    room = Showroom()
    kiosk = Kiosk(room.storage, room.clock, "kiosk-1")
    kiosk.devices.tell()
    with room.storage.begin() as work:
        newer = replace(work.terminals.all()[0], devices=("cloud", "scale"), lost=("scale",))
        work.terminals.put(newer)
    line = kiosk.devices.showroom()[0]
    assert (line.devices, line.lost, line.condition) == ((Device.CLOUD,), (), Condition.WORKS)
