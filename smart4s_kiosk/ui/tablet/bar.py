"""The bar above the work area: back, title, the six steps of a test drive, the clock of the sixty seconds."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of, with_look
from smart4s_kiosk.ui.widgets.painting import ring, round_pen, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

HEIGHT, STEPS_HEIGHT = 72, 56
STEPS = (N_("Pick car"), N_("Licence"), N_("Check"), N_("Read"), N_("Sign"), N_("Hand key"))
MARK, LINE, SPACE = 24, 24, 8


class DriveSteps(QWidget):
    """Done: ink tick; now: accent with its number; later: outline."""

    def __init__(self, current: int) -> None:
        super().__init__()
        self._current = current
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        now = min(current, len(STEPS) - 1)
        self.setAccessibleName(f"{now + 1}/{len(STEPS)} {_(STEPS[now])}")

    def _line(self, look: Look) -> int:
        """English words are longer, so their lines are shorter."""
        return look.px(LINE if language() == "zh_CN" else LINE // 2)

    def _widths(self, look: Look) -> list[float]:
        font = look.font("note", weight=500)
        return [text_width(_(step), font) for step in STEPS]

    def sizeHint(self) -> QSize:
        look = look_of(self)
        words = sum(self._widths(look))
        marks = len(STEPS) * (look.px(MARK) + look.px(SPACE))  # each rounded as when painting
        lines = (len(STEPS) - 1) * (self._line(look) + 2 * look.px(SPACE) + look.px(2))
        return QSize(int(words + marks + lines) + 4, look.px(40))

    def sticks_out(self) -> bool:
        return self.width() < self.sizeHint().width() - 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        left, middle, size = 0.0, self.height() / 2, look.px(MARK)
        for number, (step, width) in enumerate(zip(STEPS, self._widths(look), strict=True)):
            self._mark(painter, look, number, QPointF(left + size / 2, middle))
            left += size + look.px(SPACE)
            is_now = number == self._current
            tone = "accent" if is_now else "ink" if number < self._current else "ink_3"
            painter.setFont(look.font("note", weight=500 if is_now else 400))
            painter.setPen(look.colour(tone))
            painter.drawText(QRectF(left, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, _(step))
            left += width + look.px(SPACE) + look.px(2)
            if number + 1 < len(STEPS):
                painter.setPen(round_pen(look.colour("ink" if number < self._current else "line"), look.px(2)))
                painter.drawLine(QLineF(left, middle, left + self._line(look), middle))
                left += self._line(look) + look.px(SPACE)

    def _mark(self, painter: QPainter, look: Look, number: int, centre: QPointF) -> None:
        radius = look.px(MARK) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        if number > self._current:
            ring(painter, centre, radius - 1, round_pen(look.colour("line_strong"), 2), 1)
            self._number(painter, look, number, box, "ink_3")
            return
        painter.setBrush(look.colour("accent" if number == self._current else "ink"))
        painter.drawEllipse(box)
        if number == self._current:
            self._number(painter, look, number, box, "on_action")
        else:
            inner = box.adjusted(radius * 0.4, radius * 0.4, -radius * 0.4, -radius * 0.4)
            draw_icon(painter, "check", inner, look.colour("on_action"))

    def _number(self, painter: QPainter, look: Look, number: int, box: QRectF, tone: str) -> None:
        painter.setFont(look.font("caption", weight=500))
        painter.setPen(look.colour(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))


class Bar(QFrame):
    """72 high; what stands in it comes from the page; on an upright tablet the steps have a row of their own."""

    back = Signal()

    def __init__(
        self, look: Look, title: str, *, can_go_back: bool, parts: list[QWidget], below: QWidget | None = None
    ) -> None:
        super().__init__()
        role(self, "bar")
        with_look(self, look)
        self.setFixedHeight(look.px(HEIGHT + (STEPS_HEIGHT if below is not None else 0)))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(look.px(24), 0, look.px(24), 0)
        rows.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(look.px(16))
        rows.addLayout(line, 1)
        if below is not None:
            below.setFixedHeight(look.px(STEPS_HEIGHT))
            rows.addWidget(below)
        if can_go_back:
            arrow = TouchButton("", "secondary", icon="arrow_left").on_press(self.back.emit)
            arrow.setAccessibleName(_("Back"))
            line.addWidget(arrow)
        line.addWidget(Words(title, "title", wraps=False))
        line.addStretch(1)
        for part in parts:
            line.addWidget(part)
