"""How the devices are: this terminal's own, asked now, and those of every terminal of the showroom, as they told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.domain.terminals import FORGET_AFTER, Device, Terminal
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vision import StopSignal

TELL_EVERY_S = 30.0
LOOK_EVERY_S = 5.0
"""A lost camera is told so soon; nothing is written while all stays as it was, except every 30 s the sign of life."""


class Condition(StrEnum):
    """How something is."""

    WORKS = "works"
    LOST = "lost"
    """Was there and is tried again by itself; everything else goes on."""
    SILENT = "silent"
    """A whole terminal of which nothing is heard: switched off, or its line is down."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device of this terminal. Those that were never set up have no line."""

    device: Device
    condition: Condition


@dataclass(frozen=True, slots=True)
class TerminalLine:
    """One terminal of the showroom."""

    terminal_id: TerminalId
    place: str
    surfaces: tuple[str, ...]
    condition: Condition
    devices: tuple[Device, ...]
    lost: tuple[Device, ...]
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class ThisTerminal:
    """What this terminal tells about itself besides its devices."""

    id: TerminalId
    place: str = ""
    surfaces: tuple[str, ...] = ()


class Devices:
    """Asks each device; `probes` answer at once (they read a state, they do not try anything)."""

    def __init__(
        self,
        probes: Mapping[Device, Callable[[], bool]],
        *,
        storage: Storage,
        clock: Clock,
        terminal: ThisTerminal,
    ) -> None:
        self._probes = dict(probes)
        self._storage, self._clock, self._terminal = storage, clock, terminal
        self._told: tuple[DeviceLine, ...] | None = None
        self._told_at = 0.0

    def lines(self) -> tuple[DeviceLine, ...]:
        """Every device that is set up on this terminal, in the order they were given."""
        return tuple(
            DeviceLine(device, Condition.WORKS if works() else Condition.LOST) for device, works in self._probes.items()
        )

    def is_online(self) -> bool:
        """Whether cards and quotes leave at once; True where no cloud was set up."""
        works = self._probes.get(Device.CLOUD)
        return works is None or works()

    def showroom(self) -> tuple[TerminalLine, ...]:
        """Every terminal, those with trouble first."""
        now = self._clock.now()
        with self._storage.look() as view:
            terminals = view.terminals.all()
        lines = [self._line(terminal, now) for terminal in terminals]
        return tuple(sorted(lines, key=lambda line: (line.condition is Condition.WORKS, line.terminal_id)))

    def run(self, stop: StopSignal) -> None:
        """Tell the others every half minute, and at once when something changed."""
        while not stop.is_set():
            self.tell()
            stop.wait(LOOK_EVERY_S)

    def tell(self) -> bool:
        """One look; whether something was written."""
        lines, now = self.lines(), self._clock.monotonic()
        if lines == self._told and now - self._told_at < TELL_EVERY_S:
            return False
        at, mine = self._clock.now(), self._terminal
        devices = tuple(line.device.value for line in lines)
        lost = tuple(line.device.value for line in lines if line.condition is Condition.LOST)
        with self._storage.begin() as work:
            work.terminals.put(Terminal(mine.id, mine.place, mine.surfaces, devices, lost, at))
            work.terminals.forget_before(at - FORGET_AFTER)
            if lines != self._told:
                work.announce("terminals", mine.id)
        self._told, self._told_at = lines, now
        return True

    def _line(self, terminal: Terminal, now: datetime) -> TerminalLine:
        lost = _devices(terminal.lost)
        condition = Condition.LOST if lost else Condition.WORKS
        return TerminalLine(
            terminal_id=terminal.id,
            place=terminal.place,
            surfaces=terminal.surfaces,
            condition=Condition.SILENT if terminal.is_silent(now) else condition,
            devices=_devices(terminal.devices),
            lost=lost,
            seen_at=terminal.seen_at,
            is_this=terminal.id == self._terminal.id,
        )


def _devices(names: tuple[str, ...]) -> tuple[Device, ...]:
    """Those that this version of the program knows."""
    known = set(Device)
    return tuple(Device(name) for name in names if name in known)
