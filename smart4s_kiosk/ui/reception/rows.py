"""Rows that are read and, where it makes sense, chosen: painted in one widget, by arrow keys as well as by mouse."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.chip import KINDS
from smart4s_kiosk.ui.widgets.finger_scroll import scroll_by_finger
from smart4s_kiosk.ui.widgets.painting import cover, initial_portrait, panel, smooth

STILL = 12
"""Pixels that a finger may move and still has pressed, not rolled."""
MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row, from left to right; empty parts take no room."""

    main: str
    detail: str = ""
    lead: str = ""
    right: str = ""
    chip: str = ""
    chip_kind: str = "quiet"
    icon: str = ""
    dot: str = ""
    """Colour role of a state dot."""
    portrait: QImage | None = None
    """A null picture shows the first sign of `main`."""
    key: str = ""


class Rows(QWidget):
    """With `choosable`, arrow keys and digits move the choice and Enter or a click picks it."""

    picked = Signal(int)
    """By Enter or by a click."""
    entered = Signal(int)
    """By Enter only."""
    moved = Signal(int)

    def __init__(self, *, choosable: bool = False, row_height: int = 48, pad: int = 16, framed: bool = False) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._choosable, self._height, self._pad, self._framed = choosable, row_height, pad, framed
        self._current = -1
        self._pressed_at = QPointF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if choosable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def row_height(self) -> int:
        return look_of(self).px(self._height)

    @property
    def current(self) -> int:
        """The chosen row; -1 for none."""
        return self._current

    def show_rows(self, rows: Sequence[Row], current: int | None = None) -> None:
        """Other rows; the choice stays where it was unless told otherwise."""
        self._rows = tuple(rows)
        self._current = min(self._current if current is None else current, len(self._rows) - 1)
        self.setAccessibleDescription("; ".join(f"{r.lead} {r.main} {r.detail} {r.right} {r.chip}" for r in rows))
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """Move the choice."""
        if 0 <= index < len(self._rows) and index != self._current:
            self._current = index
            self.update()
            self.moved.emit(index)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(240), look.px(self._height) * len(self._rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._choosable or not self._rows:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.choose(max(0, min(len(self._rows) - 1, self._current + step)))
        elif event.text().isdigit() and 1 <= int(event.text()) <= len(self._rows):
            self.choose(int(event.text()) - 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            if self._current >= 0:
                self.picked.emit(self._current)
                self.entered.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        self._pressed_at = event.globalPosition()
        if self._choosable and row >= 0:
            self.choose(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Picked when let go where it was pressed: a finger that rolls the list picks nothing."""
        row, way = self._row_at(event), (event.globalPosition() - self._pressed_at).manhattanLength()
        if self._choosable and row >= 0 and row == self._current and way < look_of(self).px(STILL):
            self.picked.emit(row)

    def _row_at(self, event: QMouseEvent) -> int:
        row = int(event.position().y() // look_of(self).px(self._height))
        return row if 0 <= row < len(self._rows) else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and self._rows:
            self.choose(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sticks_out(self) -> bool:
        look = look_of(self)
        return any(self._needs(look, row) > self.width() + 1 for row in self._rows)

    def _needs(self, look: Look, row: Row) -> float:
        """The least width of a row: its detail may be cut, nothing else."""
        main = text_width(row.main, look.font("body", weight=500))
        return self._left(look, row) + main + self._right(look, row) + look.px(self._pad)

    def _left(self, look: Look, row: Row) -> float:
        left = float(look.px(self._pad))
        if row.dot:
            left += look.px(18)
        if row.icon:
            left += look.px(28)
        if row.portrait is not None:
            left += look.px(self._height - 16) + look.px(12)
        return left + (look.px(58) if row.lead else 0)

    def _right(self, look: Look, row: Row) -> float:
        right = text_width(row.right, look.font("note")) + look.px(10) if row.right else 0.0
        if row.chip:
            right += text_width(row.chip, look.font("caption", weight=500)) + look.px(26)
        return right + (look.px(26) if row.key else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        high = look.px(self._height)
        if self._framed:
            edge = look.colour("line_strong" if self.hasFocus() else "line")
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), look.radius("control"), look.radius("control"))
            painter.fillPath(path, look.colour("surface"))
            painter.setClipPath(path)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, look, row, QRectF(0, number * high, self.width(), high), number)
        if self._framed:
            painter.setClipping(False)
            panel(painter, QRectF(self.rect()), look.radius("control"), QColor(Qt.GlobalColor.transparent), edge, 1)

    def _paint_row(self, painter: QPainter, look: Look, row: Row, place: QRectF, number: int) -> None:
        if self._choosable and number == self._current:
            painter.fillRect(place, look.colour("accent_soft"))
            if self.hasFocus():
                painter.fillRect(QRectF(0, place.top(), look.px(3), place.height()), look.colour("accent"))
        if number:
            inset = 0 if self._framed else min(self._pad, 16)
            painter.fillRect(QRectF(inset, place.top(), place.width() - 2 * inset, 1), look.colour("line"))
        left = self._paint_left(painter, look, row, place)
        right = self._paint_right(painter, look, row, place)
        painter.setFont(look.font("body", weight=500))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(left, place.top(), right - left, place.height()), MIDDLE_LEFT, row.main)
        left += text_width(row.main, painter.font()) + look.px(10)
        if row.detail and right - left > look.px(16):
            painter.setFont(look.font("note"))
            painter.setPen(look.colour("ink_2"))
            said = fitting(painter, row.detail, right - left)
            painter.drawText(QRectF(left, place.top(), right - left, place.height()), MIDDLE_LEFT, said)

    def _paint_left(self, painter: QPainter, look: Look, row: Row, place: QRectF) -> float:
        left, middle = float(look.px(self._pad)), place.center().y()
        if row.dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(row.dot))
            side = look.px(8)
            painter.drawEllipse(QRectF(left, middle - side / 2, side, side))
            left += look.px(18)
        if row.icon:
            side = look.px(18)
            draw_icon(painter, row.icon, QRectF(left, middle - side / 2, side, side), look.colour("ink_2"))
            left += look.px(28)
        if row.portrait is not None:
            side = look.px(self._height - 16)
            round_portrait(painter, look, QRectF(left, middle - side / 2, side, side), row.portrait, row.main)
            left += side + look.px(12)
        if row.lead:
            painter.setFont(look.font("body", weight=500))
            painter.setPen(look.colour("ink"))
            painter.drawText(QRectF(left, place.top(), look.px(58), place.height()), MIDDLE_LEFT, row.lead)
            left += look.px(58)
        return left

    def _paint_right(self, painter: QPainter, look: Look, row: Row, place: QRectF) -> float:
        right = place.right() - look.px(self._pad)
        if row.key:
            painter.setFont(look.font("caption", weight=500))
            painter.setPen(look.colour("ink_2"))
            painter.drawText(
                QRectF(right - look.px(20), place.top(), look.px(20), place.height()), MIDDLE_RIGHT, row.key
            )
            right -= look.px(26)
        if row.chip:
            right -= draw_chip(painter, look, row.chip, row.chip_kind, right, place.center().y())
        if row.right:
            wide = text_width(row.right, look.font("note")) + look.px(2)
            painter.setFont(look.font("note"))
            painter.setPen(look.colour("ink_2"))
            painter.drawText(QRectF(right - wide, place.top(), wide, place.height()), MIDDLE_RIGHT, row.right)
            right -= wide + look.px(10)
        return right


class RowsArea(QScrollArea):
    """Rows in a room for `most` of them; the chosen one is always in sight, half a row shows that there are more."""

    def __init__(self, rows: Rows, most: int) -> None:
        super().__init__()
        self._rows, self._most = rows, most
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(rows)
        scroll_by_finger(self)
        rows.moved.connect(self._show_chosen)
        self.fit()

    def fit(self) -> None:
        """After other rows were given: as high as they need, or as may be."""
        high, count = self._rows.row_height, len(self._rows.rows)
        self.setFixedHeight(high * min(count, self._most) + (high // 2 if count > self._most else 0))
        self._show_chosen(self._rows.current)

    def _show_chosen(self, place: int) -> None:
        high = self._rows.row_height
        self.ensureVisible(0, place * high + high // 2, 0, high // 2)


def fitting(painter: QPainter, detail: str, room: float) -> str:
    """As many facts as there is room for, the last ones first; a single one that is too long is elided."""
    said, metrics = detail, painter.fontMetrics()
    while "·" in said and metrics.horizontalAdvance(said) > room:
        said = said.split("·", 1)[1]
    return metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(room))


def draw_chip(painter: QPainter, look: Look, words: str, kind: str, right: float, middle: float) -> float:
    """A soft label that ends at `right`; the room it took, with the gap before it."""
    fill, text, _dot = KINDS[kind]
    font = look.font("caption", weight=500)
    wide, high = text_width(words, font) + look.px(16), look.px(26)
    place = QRectF(right - wide, middle - high / 2, wide, high)
    panel(painter, place, look.radius("chip"), look.colour(fill))
    painter.setFont(font)
    painter.setPen(look.colour(text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
    return wide + look.px(10)


def round_portrait(painter: QPainter, look: Look, place: QRectF, image: QImage, name: str) -> None:
    """A round photo, or the first sign of the name."""
    painter.save()
    circle = QPainterPath()
    circle.addEllipse(place)
    painter.setClipPath(circle, Qt.ClipOperation.IntersectClip)
    if image.isNull():
        initial_portrait(painter, place, name, look)
    else:
        cover(painter, image, place)
    painter.restore()
