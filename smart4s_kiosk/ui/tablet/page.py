"""What all tablet pages share: their title, step and place in the rail, and how they ask and act."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import with_look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

Answer = TypeVar("Answer")
MARGIN, GAP = 24, 16


class TabletPage(QWidget):
    """Covers the work area. A page renders its view and passes taps on; it decides nothing."""

    section: ClassVar[str] = "today"
    step: ClassVar[int] = -1
    """Position in the six steps of a test drive; -1: none are shown."""
    concepts: ClassVar[tuple[str, ...]] = ()
    """Announcements about these make the page read again."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.look_ = stage.look
        self._busy: TouchButton | None = None
        with_look(role(self, "page"), stage.look)

    # what the window asks

    def title(self) -> str:
        """The words in the bar."""
        return ""

    def can_go_back(self) -> bool:
        """Whether the arrow stands in the bar."""
        return False

    def back(self) -> None:
        """The arrow was pressed."""

    def bar_parts(self) -> list[QWidget]:
        """Widgets at the right of the bar."""
        return []

    def sheet(self) -> DriveSheet | None:
        """The test drive that this page belongs to."""
        return None

    def read(self) -> None:
        """Ask for the newest state."""

    def heard(self, _announcement: Announcement) -> None:
        """Somebody changed one of `concepts`."""
        self.read()

    def tick(self) -> None:
        """Called four times a second."""

    def leave(self) -> None:
        """The page goes away: stop timers, forget pictures."""

    # building and acting

    def px(self, size: float) -> int:
        return self.stage.px(size)

    def column(self, *, bottom: int = MARGIN) -> QVBoxLayout:
        """One column in the work area."""
        column = QVBoxLayout(self)
        side = self.px(MARGIN)
        column.setContentsMargins(side, side, side, self.px(bottom))
        column.setSpacing(self.px(GAP))
        return column

    def columns(self) -> QBoxLayout:
        """Parts beside each other in the work area; below each other on an upright tablet."""
        row = self.beside(self)
        side = self.px(MARGIN)
        row.setContentsMargins(side, side, side, side)
        return row

    def beside(self, owner: QWidget | None = None) -> QBoxLayout:
        """The same inside a page."""
        row = QBoxLayout(self.direction) if owner is None else QBoxLayout(self.direction, owner)
        row.setSpacing(self.px(GAP))
        return row

    @property
    def direction(self) -> QBoxLayout.Direction:
        """Across, or downwards on an upright tablet."""
        down = self.stage.is_portrait
        return QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight

    def ask(self, work: Callable[[], Answer], then: Callable[[Answer], None], *, kind: str = "") -> None:
        """Read something."""
        self.stage.background.ask(self, work, then, kind=kind)

    def change(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        button: TouchButton | None = None,
        word: str = "",
    ) -> None:
        """Do something a person asked for; the pressed button says so until the answer is there."""
        if self._busy is not None:
            return
        if button is not None and word:
            self._busy = button
            button.set_busy(word)

        def done(answer: Answer) -> None:
            self._rest()
            then(answer)

        self.stage.background.change(self, work, done)

    def print_button(self, work: Callable[[], bool]) -> TouchButton | None:
        """Hands a stored paper to the printer; None where no printer is chosen: then the button is absent."""
        if not self.stage.tablet.printing.is_possible:
            return None
        button = TouchButton(_("Print"), "secondary", height=64)

        def printed(is_new: bool) -> None:
            self.stage.say(_("It is being printed") if is_new else _("This was printed just now"))

        return button.on_press(lambda: self.change(work, printed, button=button, word=_("Printing")))

    def show_trouble(self, trouble: object) -> None:
        """The button rests again; the window says what is wrong."""
        self._rest()
        parent = self.parent()
        while parent is not None:
            tell = getattr(parent, "show_trouble", None)
            if callable(tell):
                tell(trouble)
                return
            parent = parent.parent()

    def _rest(self) -> None:
        if self._busy is not None:
            self._busy.set_busy("")
            self._busy = None
