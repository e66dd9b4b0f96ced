"""The reception console's pages and states, one line each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.shell import Shell
from smart4s_kiosk.ui.reception.window import ReceptionWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from tests.desk_showroom import SHEN, DeskShowroom
from tests.screenshots.shot import DESK, SMALL, Shot, Size

Prepare = Callable[[Shell, DeskActs], object]


class AtOnce(Background):
    """Answers before the next line: a picture needs no event loop."""

    def change(self, owner: Any, work: Any, then: Any, *, refused: Any = None) -> None:
        then(work())

    def ask(self, owner: Any, work: Any, then: Any, *, kind: str = "", refused: Any = None) -> None:
        then(work())


class Silent:
    """No sound in a test."""

    def arrival(self, volume: int) -> None: ...

    def alarm(self, volume: int) -> None: ...


class Made:
    """Makes the window in one state."""

    def __init__(
        self, prepare: Prepare | None = None, *, theme: ThemeName = "light", quiet: bool = False, signed_in: bool = True
    ) -> None:
        self.prepare, self.theme, self.quiet, self.signed_in = prepare, theme, quiet, signed_in

    def __call__(self, size: Size, language: str) -> QWidget:
        room = DeskShowroom()
        if not self.quiet:
            room.busy_morning()
            room.unmet = 2
            room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417", consultant_id=StaffId("何屿")))
        window = ReceptionWindow(
            services=room.services(),
            background=AtOnce(),
            announcements=Announcements(),
            clock=room.clock,
            look=Look(theme=self.theme, density="desk", reduce_motion=True),
            sounds=Silent(),
        )
        window.resize(*size)
        window.show()
        if self.signed_in:
            window.open_console(room.staff.get(SHEN))
        settle()
        if self.prepare is not None and window.shell is not None:
            self.prepare(window.shell, window.shell.acts)
        settle()
        return window


def settle() -> None:
    """Let layouts and deferred deletions finish without running an event loop."""
    for _round in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()


def page(name: str) -> Prepare:
    return lambda shell, _acts: shell.open_page(name)


def offline(shell: Shell, _acts: DeskActs) -> None:
    shell.offline.show()


def closed(shell: Shell, _acts: DeskActs) -> None:
    board = shell._console.board
    assert board is not None
    shell.show_board(replace(board, is_open=False, now=board.now + timedelta(hours=9)))


SIZES = (DESK, SMALL)
SHOTS = [
    Shot("reception", "sign-in", Made(signed_in=False), sizes=SIZES),
    Shot("reception", "board", Made(), sizes=SIZES),
    Shot("reception", "board-dark", Made(theme="dark"), sizes=(DESK,)),
    Shot("reception", "board-empty", Made(quiet=True), sizes=(DESK,)),
    Shot("reception", "board-offline", Made(offline), sizes=(DESK,)),
    Shot("reception", "board-closed", Made(closed), sizes=(DESK,)),
    *[Shot("reception", name, Made(page(name)), sizes=SIZES) for name in ("keys", "customers", "log", "todo")],
    Shot("reception", "appointments", Made(page("appointments")), sizes=(DESK,)),
]
