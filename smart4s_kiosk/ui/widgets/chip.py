"""Small states and facts: a dot with its word, a soft label, a choice chip that turns to ink."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth

# kind: fill, text, dot
KINDS: dict[str, tuple[str, str, str]] = {
    "free": ("success_soft", "success", "success"),
    "busy": ("quiet", "ink_2", "warn_fill"),
    "off": ("quiet", "ink_2", ""),
    "accent": ("accent_soft", "accent", ""),
    "quiet": ("quiet", "ink_2", ""),
    "warn": ("warn_soft", "warn", ""),
    "danger": ("danger_soft", "danger", ""),
    "success": ("success_soft", "success", ""),
    "ink": ("action", "on_action", ""),
}


class Chip(QWidget):
    """Never wraps and never elides: its words are short."""

    def __init__(self, words: str, kind: str = "quiet", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._kind, self._icon = words, kind, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def show_state(self, words: str, kind: str, *, icon: str | None = None) -> None:
        """Another state; the icon stays unless another is given."""
        self._words, self._kind = words, kind
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _style(self, look: Look) -> str:
        return "caption" if look.density == "kiosk" else "note"

    def _mark(self, look: Look) -> int:
        if self._icon:
            return look.px(32 if look.density == "kiosk" else 16)
        return look.px(16 if look.density == "kiosk" else 8) if KINDS[self._kind][2] else 0

    def _pad(self, look: Look) -> int:
        return look.px(24 if look.density == "kiosk" else 10)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        wide = text_width(self._words, look.font(self._style(look), weight=500)) + 2 * self._pad(look)
        mark = self._mark(look)
        if mark:
            wide += mark + look.px(12 if look.density == "kiosk" else 6)
        return QSize(int(wide) + 2, look.px(56 if look.density == "kiosk" else 28))

    def sticks_out(self) -> bool:
        return self.width() < self.sizeHint().width() - 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        fill, text, dot = KINDS[self._kind]
        radius = self.height() / 2 if look.density == "kiosk" else look.radius("chip")
        panel(painter, QRectF(self.rect()), radius, look.colour(fill))
        left, middle, mark = float(self._pad(look)), self.height() / 2, self._mark(look)
        if self._icon:
            draw_icon(painter, self._icon, QRectF(left, middle - mark / 2, mark, mark), look.colour(text))
        elif mark:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(dot))
            painter.drawEllipse(QRectF(left, middle - mark / 2, mark, mark))
        if mark:
            left += mark + look.px(12 if look.density == "kiosk" else 6)
        painter.setFont(look.font(self._style(look), weight=500))
        painter.setPen(look.colour(text))
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._words)
