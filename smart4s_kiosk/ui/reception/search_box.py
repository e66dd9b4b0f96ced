"""The search box of the board: name, last four digits or plate; answers stand below it, Enter opens the first."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.desk import FoundGuest
from smart4s_kiosk.ui.reception.board_words import who
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.rows import Row, Rows
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.typing_dialog import KEY_ROOM, TypesByFinger, Writes
from smart4s_kiosk.ui.wording import day, words

WIDTH, MOST_WIDE = 300, 2000
WAIT_MS = 120
"""Typing on within this time asks once."""


class SearchBox(QLineEdit):
    """`picked` carries the chosen `FoundGuest`."""

    picked = Signal(object)

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._found: tuple[FoundGuest, ...] = ()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(WAIT_MS)
        self._typing.timeout.connect(self._ask)
        self.setPlaceholderText(_("Name, last four, plate"))
        self.setAccessibleName(_("Search"))
        self.setToolTip("/")
        self.grow(False)
        self.setFixedHeight(48)
        self.setTextMargins(28, 0, 20, 0)
        TypesByFinger(self, Writes.NAME)
        self.textChanged.connect(self._changed)
        self._panel = role(QFrame(console.host), "raised")
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(4, 4, 4, 4)
        self.rows = Rows(choosable=True, row_height=48)
        self.rows.picked.connect(self._pick)
        inner.addWidget(self.rows)
        self._panel.hide()
        self.rows.installEventFilter(self)

    def grow(self, wide: bool) -> None:
        """As wide as its line, or as beside the figures."""
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(MOST_WIDE if wide else WIDTH)

    def _changed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self.close_answers()

    def _ask(self) -> None:
        text, desk = self.text(), self._console.services.desk
        self._console.ask(self, lambda: desk.find(text), self.show_found, kind="search")

    def show_found(self, found: tuple[FoundGuest, ...]) -> None:
        """The answers below the box; one sentence when there are none."""
        if not self.text().strip():
            return
        self._found = found
        rows = [found_row(one) for one in found] or [Row(_("Nobody found"))]
        self.rows.show_rows(rows, 0 if found else -1)
        width = max(self.width(), 420)
        self._panel.resize(width, self.rows.sizeHint().height() + 10)
        corner = self.mapTo(self._console.host, QPoint(self.width() - width, self.height() + 4))
        self._panel.move(corner)
        self._panel.show()
        self._panel.raise_()

    def close_answers(self) -> None:
        """Answers go away."""
        self._typing.stop()
        self._found = ()
        self._panel.hide()

    def _pick(self, index: int) -> None:
        if 0 <= index < len(self._found):
            chosen = self._found[index]
            self.clear()
            self.close_answers()
            self.picked.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._found:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.rows.choose(max(0, min(len(self._found) - 1, self.rows.current + step)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._found:
            self._pick(self.rows.current)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = watched is self.rows and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.setFocus()
            self.close_answers()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = look_of(self)
        painter = QPainter(self)
        side = look.px(18)
        draw_icon(painter, "search", QRectF(12, (self.height() - side) / 2, side, side), look.colour("ink_2"))
        cap = QRectF(self.width() - 30 - look.px(KEY_ROOM), (self.height() - 20) / 2, 20, 20)
        painter.setPen(look.colour("line_strong"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(look.font("caption", weight=500))
        painter.setPen(look.colour("ink_2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "/")


def found_row(found: FoundGuest) -> Row:
    """One answer of the search as a row."""
    name = who(found.name, found.title, found.label)
    if found.state is not None:
        detail = "·".join(part for part in (found.label, found.consultant) if part)
        return Row(name, detail=detail, chip=words(found.state), chip_kind="accent")
    seen = _("last here {day}").format(day=day(found.last_visit_at.date())) if found.last_visit_at else ""
    return Row(name, detail=found.consultant, right=seen)
