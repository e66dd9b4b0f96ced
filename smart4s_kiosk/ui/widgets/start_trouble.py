"""What stands on the screen when the program cannot start: what is wrong, what to do, and another try by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _, use_language
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.language_switch import LanguageSwitch
from smart4s_kiosk.ui.widgets.one_part import OnePart
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

AGAIN_S = 15
SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class StartTrouble:
    """Why the program did not start, in the language in use."""

    what: str
    to_do: str
    lines: tuple[str, ...] = ()
    """Each mistake on a line of its own."""
    code: str = ""


class StartTroubleWindow(QWidget):
    """`said` gives the words once more when the language changes. On a public screen there is no way out but to try."""

    decided = Signal(bool)
    """True: try again now; False: closed."""

    def __init__(self, look: Look, said: Callable[[], StartTrouble], *, is_public: bool) -> None:
        super().__init__()
        self._look_now, self._said, self._is_public = look, said, is_public
        self._left = AGAIN_S
        self._is_done = False
        role(self, "page")
        dress(self, look)
        self.setWindowTitle("Smart 4S Kiosk")
        self.resize(1280, 800)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._content = OnePart(outer)
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self._build()

    def ask(self, said: Callable[[], StartTrouble]) -> bool:
        """Show this trouble until the next try (True) or until the window is closed (False)."""
        self._said, self._left, self._is_done = said, AGAIN_S, False
        self._build()
        self._timer.start()
        loop, answers = QEventLoop(self), list[bool]()
        self.decided.connect(answers.append)
        self.decided.connect(loop.quit)
        loop.exec()
        self.decided.disconnect(answers.append)
        self._timer.stop()
        return bool(answers) and answers[0]  # no answer: the session ends, and the program with it

    def be_done(self) -> None:
        """The program has started, or gives up: go away."""
        self._is_done = True
        self.close()

    def _build(self) -> None:
        said, look = self._said(), self._look_now
        content = QWidget()
        column = QVBoxLayout(content)
        edge = look.px(64)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(20))
        head = QHBoxLayout()
        head.addWidget(BrandMark(32))
        head.addStretch(1)
        switch = LanguageSwitch()
        switch.chosen.connect(self._change_language)
        head.addWidget(switch)
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(Words(_("The program cannot start yet"), "display"))
        column.addWidget(Words(said.what, "body_l"))
        self._add_lines(column, said.lines)
        if said.to_do:
            column.addWidget(Words(said.to_do, "body_l", tone="ink_2"))
        column.addStretch(1)
        self.count = Words("", "body", tone="ink_2")
        column.addWidget(self.count)
        column.addLayout(self._foot(said))
        self._content.put(content)
        self._show_count()

    def _add_lines(self, column: QVBoxLayout, lines: Sequence[str]) -> None:
        for line in lines:
            column.addWidget(Words(line, "body"))

    def _foot(self, said: StartTrouble) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(Words(said.code, "caption", tone="ink_2", wraps=False), 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        if not self._is_public:
            foot.addWidget(TouchButton(_("Close"), "secondary").on_press(self.close))
        self.again = TouchButton(_("Try again"), "primary").on_press(self._try_now)
        foot.addWidget(self.again)
        return foot

    def _change_language(self, language: str) -> None:
        use_language(language)
        self._build()

    def _tick(self) -> None:
        self._left -= 1
        self._show_count()
        if self._left <= 0:
            self._try_now()

    def _show_count(self) -> None:
        self.count.set_text(_("It tries again by itself in {n} s; nothing is lost").format(n=max(0, self._left)))

    def _try_now(self) -> None:
        self._timer.stop()
        self.again.set_busy(_("Trying"))
        self.repaint()
        self.decided.emit(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A guest at a public screen closes nothing."""
        if self._is_public and not self._is_done:
            event.ignore()
            return
        event.accept()
        if not self._is_done:
            self.decided.emit(False)
