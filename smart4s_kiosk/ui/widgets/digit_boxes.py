"""Boxes that show typed signs one each; the next one has the accent border and a caret."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, round_pen, smooth


class DigitBoxes(QWidget):
    """`groups` parts the boxes with wider gaps (3-4-4 for a phone number); `secret` shows dots."""

    def __init__(
        self,
        count: int,
        *,
        groups: tuple[int, ...] = (),
        height: int = 208,
        secret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._count, self._groups, self._height, self._secret = count, groups or (count,), height, secret
        self._text = ""
        self._is_wrong = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, *, is_wrong: bool = False) -> None:
        """What was typed so far."""
        self._text, self._is_wrong = text[: self._count], is_wrong
        self.setAccessibleName(f"{len(self._text)}/{self._count}")
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(60) * self._count, look.px(self._height))

    def boxes(self) -> list[QRectF]:
        """The place of each box."""
        look = look_of(self)
        gap = look.px(28 if self._count <= 6 else 8)
        extra = look.px(20) if len(self._groups) > 1 else 0
        ends = set()
        end = 0
        for group in self._groups[:-1]:
            end += group
            ends.add(end)
        wide = (self.width() - gap * (self._count - 1) - extra * len(ends)) / self._count
        places, left = [], 0.0
        for number in range(self._count):
            places.append(QRectF(left, 0, wide, self.height()))
            left += wide + gap + (extra if number + 1 in ends else 0)
        return places

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        for number, place in enumerate(self.boxes()):
            is_next = number == len(self._text)
            edge = "danger" if self._is_wrong else "accent" if is_next else "line"
            line = look.border("chosen" if is_next else "choice")
            radius = min(look.radius("card"), place.width() / 4)
            panel(painter, place, radius, look.colour("surface"), look.colour(edge), line)
            self._draw_sign(painter, look, place, number)

    def _draw_sign(self, painter: QPainter, look: Look, place: QRectF, number: int) -> None:
        if number < len(self._text):
            font = look.font("display")
            font.setPixelSize(max(8, round(min(place.height() * 0.52, place.width() * 0.62))))
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            sign = "•" if self._secret else self._text[number]
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
        elif number == len(self._text):
            middle, reach = place.center(), place.height() * 0.22
            painter.setPen(round_pen(look.colour("accent"), max(2, look.px(5))))
            painter.drawLine(QLineF(middle.x(), middle.y() - reach, middle.x(), middle.y() + reach))
