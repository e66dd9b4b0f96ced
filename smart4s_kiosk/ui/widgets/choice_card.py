"""A large card that is pressed as a whole: icon, heading, two lines, an arrow. All cards of a page look the same."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import SetText, text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, smooth

TALL, WIDE, SMALL = "tall", "wide", "small"


class ChoiceCard(PaintedKey):
    """`tall`: icon above the words (2 x 2 grid); `wide`: icon left of them (a row); `small`: icon over one word."""

    pressed_once = Signal()

    def __init__(
        self,
        icon: str,
        heading: str,
        note: str = "",
        *,
        shape: str = TALL,
        height: int = 0,
        icon_size: int = 104,
        chosen: bool = False,
        is_compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._heading, self._note = icon, heading, note
        self._shape, self._height, self._icon_size = shape, height, icon_size
        self._chosen, self._is_compact = chosen, is_compact
        self.setAccessibleName(heading)
        self.setAccessibleDescription(note)
        vertical = QSizePolicy.Policy.Fixed if height else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.clicked.connect(self.pressed_once)

    def set_chosen(self, chosen: bool) -> None:
        """The accent border says "chosen"."""
        self._chosen = chosen
        self.update()

    @property
    def is_chosen(self) -> bool:
        return self._chosen

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(280), look.px(self._height or 280))

    # geometry

    def _pad(self, look: Look) -> int:
        if self._is_compact:
            return look.px(36)
        return look.px(44 if self._shape == TALL else 56 if self._shape == WIDE else 16)

    def _beside(self, look: Look) -> int:
        """Between icon and words of a wide card."""
        return look.px(24 if self._is_compact else 40)

    def _arrow(self, look: Look) -> int:
        return look.px(36 if self._is_compact else 48)

    def _texts(self, look: Look) -> tuple[SetText, SetText | None]:
        name = "body_l" if self._is_compact else "heading"
        heading = look.style(name)
        if self._shape == SMALL:
            width = self.width() - 2 * look.px(12)
            style = look.style("note")
            centred = Qt.AlignmentFlag.AlignHCenter
            return SetText(self._heading, look.font("note", weight=500), width, style.line, centred), None
        width = self.width() - 2 * self._pad(look)
        if self._shape == WIDE:
            width -= look.px(self._icon_size) + self._beside(look) + self._arrow(look) + look.px(8)
        title = SetText(self._heading, look.font(name, weight=500), width, heading.line)
        small = "note"
        if self._shape == WIDE and not self._is_compact and text_width(self._note, look.font("body")) <= width:
            small = "body"  # read from further away where there is room
        below = SetText(self._note, look.font(small), width, look.style(small).line) if self._note else None
        return title, below

    def _between(self, look: Look) -> int:
        """Between heading and note."""
        return look.px(2 if self._is_compact or self.height() < look.px(170) else 8)

    def sticks_out(self) -> bool:
        """Whether the words do not fit beside or under the icon."""
        look = look_of(self)
        title, below = self._texts(look)
        high = title.height + (below.height + self._between(look) if below else 0)
        room = float(self.height() - 2 * look.px(20))
        if self._shape == TALL:
            room = self.height() - self._icon_top(look) - self._icon_box(look) - self._foot(look)
        elif self._shape == SMALL:
            room = self.height() - look.px(self._icon_size) - look.px(28)
        return high > room + 1 or title.sticks_out or bool(below and below.sticks_out)

    def _icon_box(self, look: Look) -> int:
        short = self.height() < look.px(340)
        return look.px(self._icon_size if not short else min(self._icon_size, 84))

    def _icon_top(self, look: Look) -> int:
        return look.px(28 if self.height() < look.px(340) else 36)

    def _foot(self, look: Look) -> int:
        return look.px(24 if self.height() < look.px(340) else 36)

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        fill = look.colour("quiet" if self.isDown() else "surface")
        edge = look.colour("accent" if self._chosen else "line")
        line = look.border("chosen" if self._chosen else "choice")
        panel(painter, QRectF(self.rect()), look.radius("card"), fill, edge, line)
        {TALL: self._draw_tall, WIDE: self._draw_wide, SMALL: self._draw_small}[self._shape](painter, look)

    def _draw_tall(self, painter: QPainter, look: Look) -> None:
        pad, size = self._pad(look), self._icon_box(look)
        # The icon's own inner margin (2 of 24) is taken back so that its edge stands over the text's edge.
        draw_icon(painter, self._icon, QRectF(pad - size / 12, self._icon_top(look), size, size), look.colour("ink"))
        arrow = look.px(40)
        right = self.width() - pad - arrow
        draw_icon(
            painter,
            "arrow_up_right",
            QRectF(right, self._icon_top(look) + look.px(12), arrow, arrow),
            look.colour("ink_3"),
        )
        title, below = self._texts(look)
        high = title.height + (below.height + self._between(look) if below else 0)
        top = self.height() - self._foot(look) - high
        title.draw(painter, QRectF(pad, top, title.width, title.height), look.colour("ink"))
        if below:
            place = QRectF(pad, top + title.height + self._between(look), below.width, below.height)
            below.draw(painter, place, look.colour("ink_2"))

    def _draw_wide(self, painter: QPainter, look: Look) -> None:
        pad, size = self._pad(look), look.px(self._icon_size)
        middle = self.height() / 2
        draw_icon(painter, self._icon, QRectF(pad - size / 12, middle - size / 2, size, size), look.colour("ink"))
        arrow = self._arrow(look)
        right = self.width() - pad - arrow
        draw_icon(painter, "chevron_right", QRectF(right, middle - arrow / 2, arrow, arrow), look.colour("ink_2"))
        title, below = self._texts(look)
        high = title.height + (below.height + self._between(look) if below else 0)
        left, top = pad + size + self._beside(look), middle - high / 2
        title.draw(painter, QRectF(left, top, title.width, title.height), look.colour("ink"))
        if below:
            place = QRectF(left, top + title.height + self._between(look), below.width, below.height)
            below.draw(painter, place, look.colour("ink_2"))

    def _draw_small(self, painter: QPainter, look: Look) -> None:
        size = look.px(self._icon_size)
        word, _none = self._texts(look)
        gap = look.px(12)
        top = (self.height() - size - gap - word.height) / 2
        draw_icon(painter, self._icon, QRectF((self.width() - size) / 2, top, size, size), look.colour("ink"))
        place = QRectF((self.width() - word.width) / 2, top + size + gap, word.width, word.height)
        word.draw(painter, place, look.colour("ink"))
