"""A kiosk with a guest's check-in in memory behind it, touched as guests touch it."""

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.kiosk.window import KioskWindow
from tests.fakes.check_in import FakeCheckIn
from tests.fakes.clock import FakeClock
from tests.ui.hands import button_called, settle, tap


@dataclass
class Kiosk:
    window: KioskWindow
    fake: FakeCheckIn
    clock: FakeClock
    background: Background
    announcements: Announcements
    qtbot: QtBot

    def tap(self, name: str) -> None:
        """Press the visible, enabled button that says (or is called) `name`, and wait for the answer."""
        button = button_called(self.window, name)
        assert button is not None, f"no button {name!r}"
        tap(button)
        self.settle()

    def shows(self, kind: type) -> bool:
        return isinstance(self.window.view, kind)

    def settle(self) -> None:
        settle(self.qtbot, self.background)

    def acts(self) -> list[str]:
        return [act for act, _what in self.fake.acts]

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.window.tick()
        self.settle()
