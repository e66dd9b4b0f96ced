"""What every page of the first start is made of: a question, its fields, and what stands below them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.first_start import FirstStart, Progress, Step
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble

STEPS = {
    Step.LANGUAGE: N_("Language"),
    Step.STORE: N_("Store"),
    Step.SURFACES: N_("Screens"),
    Step.CAMERAS: N_("Cameras"),
    Step.ADMINISTRATOR: N_("Administrator"),
    Step.SHEET: N_("Recovery sheet"),
    Step.STAFF: N_("Staff"),
    Step.PRINTING: N_("Printing"),
    Step.CONNECTOR: N_("WeCom line"),
    Step.DONE: N_("Check and open"),
}


class FirstStartPage(QWidget):
    """`next_word` empty: this page has buttons of its own. `save` is called by the window's button."""

    next_word = ""
    may_wait = False
    save_button: TouchButton | None = None
    """The window's button: while the step is being done it says so, and a second press is the same press."""

    def __init__(
        self,
        first_start: FirstStart,
        background: Background,
        look: Look,
        progress: Progress,
        done: Callable[[Progress], None],
        *,
        is_upright: bool = False,
    ) -> None:
        super().__init__()
        self.first_start, self.background, self.look = first_start, background, look
        self.progress, self._done, self._is_upright = progress, done, is_upright
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(16))
        self.build()
        self.body.addStretch(1)

    def build(self) -> None:
        """Make the page's widgets."""
        raise NotImplementedError

    def save(self) -> None:
        """The window's button: do the step, then `done`."""
        self.finished(self.progress)

    def leave(self) -> None:
        """The page goes away."""

    def finished(self, progress: Progress) -> None:
        """The step is done."""
        self._done(progress)

    def change(self, act: Callable[[], Progress]) -> None:
        """Do something in the background; refusals are shown by the window."""
        self._work(_("One moment"))
        self.background.change(self, act, self.finished)

    def show_trouble(self, trouble: Trouble) -> None:
        """The step was refused: it can be pressed again, and the window says why."""
        self._work("")
        place: Any = self.parent()
        while place is not None and not hasattr(place, "show_trouble"):
            place = place.parent()
        if place is not None:
            place.show_trouble(trouble)

    def _work(self, word: str) -> None:
        if self.save_button is not None:
            self.save_button.set_busy(word)

    # parts

    def say(self, words: str, style: str = "body_l", tone: str = "ink_2") -> Words:
        """A sentence of the page."""
        told = Words(words, style, tone=tone)
        self.body.addWidget(told)
        return told

    def button(self, button: TouchButton) -> TouchButton:
        """A button of its own width, at the left."""
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    @property
    def is_upright(self) -> bool:
        """What stands side by side otherwise stands below each other: shown when the page is made."""
        return self._is_upright

    def form(self) -> QFormLayout:
        """A column of labelled fields."""
        form = QFormLayout()
        form.setHorizontalSpacing(self.look.px(20))
        form.setVerticalSpacing(self.look.px(12))
        self.body.addLayout(form)
        return form

    def field(
        self,
        form: QFormLayout,
        name: str,
        value: str = "",
        hint: str = "",
        *,
        secret: bool = False,
        writes: Writes = Writes.WORDS,
    ) -> QLineEdit:
        """One labelled line with its pad beside it; its accessible name is its label."""
        line = QLineEdit(value)
        line.setPlaceholderText(hint)
        line.setMaximumWidth(self.look.px(520))
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaxLength(12)
        form.addRow(Words(name, "body", wraps=False), with_pad(line, name, Writes.PIN if secret else writes))
        return line
