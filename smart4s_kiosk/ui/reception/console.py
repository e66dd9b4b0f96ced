"""What every page of the console receives: services, background, clock, who is signed in, and the window's acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.board_views import Board
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.painting import picture
from smart4s_kiosk.ui.wording import Trouble

Answer = TypeVar("Answer")


class ConsoleWindow(Protocol):
    """What pages ask of their window."""

    def say(self, words: str, *, undo: Callable[[], None] | None = None) -> None:
        """A short notice at the bottom; `undo` puts a button on it."""
        ...

    def show_trouble(self, trouble: Trouble) -> None: ...


@dataclass(slots=True)
class Console:
    """One signed-in desk. `board` is the newest moment known; pages read it, only the window sets it."""

    services: Services
    background: Background
    clock: Clock
    look: Look
    window: ConsoleWindow
    host: QWidget
    """Where dialogs lie."""
    me: ColleagueCard
    board: Board | None = None
    colleagues: tuple[ColleagueCard, ...] = ()
    _portraits: dict[str, QImage] = field(default_factory=dict)

    @property
    def my_id(self) -> StaffId:
        return self.me.staff_id

    def portrait(self, name: str) -> QImage:
        """A colleague's photo by name; a null picture when there is none."""
        if name not in self._portraits:
            found = next((c.photo for c in self.colleagues if c.name == name), None)
            self._portraits[name] = picture(found)
        return self._portraits[name]

    def know_colleagues(self, colleagues: tuple[ColleagueCard, ...]) -> None:
        """The newest list; photos are read anew only when they changed."""
        before = {c.name: c.photo for c in self.colleagues}
        for one in colleagues:
            if before.get(one.name) != one.photo:
                self._portraits.pop(one.name, None)
        self.colleagues = colleagues

    def act(
        self,
        owner: QObject,
        work: Callable[[], Answer],
        then: Callable[[Answer], None] | None = None,
        *,
        refused: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Something a person did."""
        self.background.change(owner, work, then or _nothing, refused=refused or self.window.show_trouble)

    def ask(
        self, owner: QObject, work: Callable[[], Answer], then: Callable[[Answer], None], *, kind: str = ""
    ) -> None:
        """Something a page wants to know."""
        self.background.ask(owner, work, then, kind=kind, refused=self.window.show_trouble)


def _nothing(_answer: object) -> None:
    """For acts whose answer the board brings by itself."""
