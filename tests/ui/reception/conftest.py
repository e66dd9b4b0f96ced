"""A reception window on a showroom of fakes, signed in or not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services import Services
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.reception.window import ReceptionWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from tests.desk_showroom import PIN, SHEN, DeskShowroom
from tests.waiting import PATIENCE_MS


@dataclass
class HeardSounds:
    """Sounds that a test can count."""

    played: list[tuple[str, int]] = field(default_factory=list)

    def arrival(self, volume: int) -> None:
        self.played.append(("arrival", volume))

    def alarm(self, volume: int) -> None:
        self.played.append(("alarm", volume))


@dataclass
class Bench:
    """What tests of the window hold in their hands."""

    room: DeskShowroom
    window: ReceptionWindow
    announcements: Announcements
    background: Background
    sounds: HeardSounds
    qtbot: QtBot

    def settle(self) -> None:
        """Until every answer has arrived."""
        self.qtbot.waitUntil(lambda: self.background.is_idle, timeout=PATIENCE_MS)

    def changed(self, concept: str = "visits") -> None:
        """Another process changed something."""
        self.announcements.announce(Announcement(concept))
        self.qtbot.wait(1)
        self.settle()

    def sign_in(self) -> None:
        """As 沈佳 of reception."""
        self.window._check(SHEN, PIN)
        self.qtbot.waitUntil(lambda: self.window.shell is not None, timeout=PATIENCE_MS)
        self.settle()


MakeBench = Callable[..., Bench]


@pytest.fixture
def make_bench(qtbot: QtBot, background: Background) -> Iterator[MakeBench]:
    benches: list[Bench] = []

    def make(*, signed_in: bool = True, theme: ThemeName = "light", size: tuple[int, int] = (1920, 1080)) -> Bench:
        room = DeskShowroom()
        services: Services = room.services()
        announcements, sounds = Announcements(), HeardSounds()
        window = ReceptionWindow(
            services=services,
            background=background,
            announcements=announcements,
            clock=room.clock,
            look=Look(theme=theme, density="desk"),
            sounds=sounds,
        )
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        bench = Bench(room, window, announcements, background, sounds, qtbot)
        bench.settle()
        if signed_in:
            bench.sign_in()
        benches.append(bench)
        return bench

    yield make
    for bench in benches:
        bench.settle()
