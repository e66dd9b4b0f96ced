"""Text on a page: lines of the token's height, wrapped, never elided; `**word**` is emphasised."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import UNBOUNDED, SetText
from smart4s_kiosk.ui.theme.look import look_of

LARGE, TIGHT, TAIL = 96, 1.3, 0.06
"""Size from which, lines under which, and share of the size by which a tail is given room."""
LEFT, CENTRE, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight


class Words(QWidget):
    """A text in one style and tone. Height follows width; the text starts at the top."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        *,
        tone: str = "ink",
        align: Qt.AlignmentFlag = LEFT,
        wraps: bool = True,
        weight: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._style, self._tone, self._align = text, style, tone, align
        self._wraps, self._weight = wraps, weight
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self.setAccessibleName(text.replace("**", ""))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def text(self) -> str:
        return self._text

    @property
    def style_name(self) -> str:
        return self._style

    @property
    def tone(self) -> str:
        return self._tone

    def set_text(self, text: str) -> None:
        """Another text, same style."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text.replace("**", ""))
            self.updateGeometry()
            self.update()

    def set_tone(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    def _set_for(self, width: float) -> SetText:
        look = look_of(self)
        style = look.style(self._style)
        return SetText(
            self._text,
            look.font(self._style, weight=self._weight),
            width if self._wraps else UNBOUNDED,
            style.line,
            self._align if self._wraps else LEFT,
            strong_colour=look.colour("ink") if self._tone == "ink_2" else None,
            strong_weight=700 if self._style == "clause" else 500,
        )

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        return round(self._set_for(width).height) + self._tail()

    def sizeHint(self) -> QSize:
        laid = self._set_for(UNBOUNDED)
        return QSize(int(laid.natural_width) + 2, round(laid.height) + (self._tail() if self._wraps else 0))

    def _tail(self) -> int:
        """What the g of a very large Latin word reaches below its close-set line; nothing at reading sizes."""
        look = look_of(self)
        style = look.style(self._style)
        if style.size < look.px(LARGE) or style.line >= TIGHT * style.size:
            return 0
        return round(TAIL * style.size) if set(self._text) & set("gjpqy") else 0

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        if not self._wraps:
            return self.sizeHint()
        return QSize(min(self.sizeHint().width(), look.px(48)), look.style(self._style).line)

    def sticks_out(self) -> bool:
        """Whether any part of the text is cut by this widget's edges."""
        laid = self._set_for(self.width())
        wide = laid.natural_width > self.width() + 1
        return bool(self._text) and (wide or laid.height > self.height() + 1)

    def colour(self) -> QColor:
        return look_of(self).colour(self._tone)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        laid = self._set_for(self.width())
        place = QRectF(self.rect())
        if not self._wraps and self._align != LEFT:
            free = self.width() - laid.natural_width
            place.moveLeft(free / 2 if self._align == CENTRE else free)
        if not self._wraps:
            place.moveTop((self.height() - laid.height) / 2)
        laid.draw(painter, place, self.colour())
