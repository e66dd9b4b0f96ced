"""A field that only shows what an on-screen pad typed: no keyboard, no clipboard, no menu."""

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import SetText, text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, round_pen, smooth


class TypedLine(QWidget):
    """One line, or `lines` of them for a message."""

    def __init__(self, hint: str, *, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint, self._text, self._lines = hint, "", lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(hint)

    def show_hint(self, hint: str) -> None:
        """What belongs here, as long as nothing is typed."""
        self._hint = hint
        self.setAccessibleName(hint)
        self.update()

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleDescription(text)
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def _style(self) -> str:
        return "heading" if self._lines == 1 else "body"

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(400), look.style(self._style()).line * self._lines + 2 * self._above(look))

    def _beside(self, look: Look) -> int:
        return look.px(36 if look.density == "kiosk" else 16)

    def _above(self, look: Look) -> int:
        return look.px(33 if look.density == "kiosk" else 14)

    def _laid(self, look: Look, text: str) -> SetText:
        style = look.style(self._style())
        return SetText(text, look.font(self._style()), self.width() - 2 * self._beside(look), style.line)

    def sticks_out(self) -> bool:
        look = look_of(self)
        return self._laid(look, self._text or self._hint).height > self.height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        edge, line = look.colour("accent"), look.border("chosen")
        panel(painter, QRectF(self.rect()), look.radius("control"), look.colour("surface"), edge, line)
        laid = self._laid(look, self._text or self._hint)
        pad, caret_wide = self._beside(look), look.px(4 if look.density == "kiosk" else 2)
        top = (self.height() - laid.height) / 2 if self._lines == 1 else self._above(look)
        left = pad if self._text else pad + 5 * caret_wide
        laid.draw(painter, QRectF(left, top, laid.width, laid.height), look.colour("ink" if self._text else "ink_3"))
        if self._lines == 1:
            caret = pad + text_width(self._text, look.font(self._style())) + round(1.5 * caret_wide)
            painter.setPen(round_pen(look.colour("accent"), caret_wide))
            reach = look.style(self._style()).size * 0.55
            painter.drawLine(QLineF(caret, self.height() / 2 - reach, caret, self.height() / 2 + reach))
