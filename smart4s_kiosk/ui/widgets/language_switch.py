"""中文 | English: both words always stand there, the current one on a surface."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.i18n import _, language
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth

WORDS = (("zh_CN", "中文"), ("en", "English"))


class LanguageSwitch(QWidget):
    """72 high on the kiosk; a press anywhere on it switches. `current`: of a paper, when not that of the screen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, current: str = "") -> None:
        super().__init__(parent)
        self._own = current
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Language"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _height(self, look: Look) -> int:
        return look.px({"kiosk": 72, "tablet": 48, "desk": 36}[look.density])

    def _font_style(self, look: Look) -> str:
        return "note" if look.density == "kiosk" else "body"

    def _cells(self, look: Look) -> list[QRectF]:
        inner, pad = look.px(8 if look.density == "kiosk" else 4), look.px(27 if look.density == "kiosk" else 14)
        font = look.font(self._font_style(look), weight=500)
        left, cells = float(inner), []
        for _code, word in WORDS:
            width = text_width(word, font) + 2 * pad
            cells.append(QRectF(left, inner, width, self._height(look) - 2 * inner))
            left += width
        return cells

    @property
    def current(self) -> str:
        """The language that stands on a surface."""
        return self._own or language()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        last = self._cells(look)[-1]
        return QSize(int(last.right() + last.top()) + 1, self._height(look))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            other = next(code for code, _word in WORDS if code != self.current)
            self.chosen.emit(other)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        dark = look.theme == "curtain"
        track = look.colour("quiet")
        panel(painter, QRectF(self.rect()), self.height() / 2, track)
        for (code, word), cell in zip(WORDS, self._cells(look), strict=True):
            is_current = code == self.current
            painter.setFont(look.font(self._font_style(look), weight=500 if is_current else 400))
            if is_current:
                fill = look.colour("action" if dark else "surface")
                panel(painter, cell, cell.height() / 2, fill)
            painter.setPen(look.colour("on_action" if is_current and dark else "ink" if is_current else "ink_2"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, word)
