"""Finger, pen or mouse to strokes: always ink on white. Pen wins over a resting hand; only the first finger draws."""

from PySide6.QtCore import QElapsedTimer, QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.domain.agreements import Signature, StrokePoint
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.ribbon import ribbon

INK, PAPER, BASE = QColor("#16181D"), QColor("#FFFFFF"), QColor("#DEDAD2")
PEN_PX = 4.2


class SignaturePad(QWidget):
    """Emits `changed` after each stroke. `signature()` is what was drawn."""

    changed = Signal()

    def __init__(self, *, height: int = 370, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._strokes: list[list[StrokePoint]] = []
        self._clock = QElapsedTimer()
        self._source = ""
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Sign here"))

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(800), look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(400), look_of(self).px(self._height))

    # what was drawn

    def signature(self) -> Signature:
        """The strokes so far, in shares of the pad; `Signature` itself says whether they are enough."""
        strokes = tuple(tuple(stroke) for stroke in self._strokes if stroke)
        return Signature(strokes, self.width(), self.height())

    @property
    def is_empty(self) -> bool:
        return not self._strokes

    def show_signature(self, signature: Signature) -> None:
        """What was drawn before, as if drawn now."""
        self._strokes = [list(stroke) for stroke in signature.strokes]
        self._tell()

    def undo(self) -> None:
        """Take the last stroke back (撤一笔)."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        """Begin again (重写)."""
        self._strokes.clear()
        self._clock.invalidate()
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # drawing

    def _begin(self, source: str, at: QPointF, pressure: float) -> None:
        if not self._clock.isValid():
            self._clock.start()
        self._source = source
        self._strokes.append([self._point(at, pressure)])
        self.update()

    def _go_on(self, source: str, at: QPointF, pressure: float) -> None:
        if source != self._source or not self._strokes:
            return
        last = self._strokes[-1][-1]
        point = self._point(at, pressure)
        if abs(point.x - last.x) * self.width() + abs(point.y - last.y) * self.height() >= 1:
            self._strokes[-1].append(point)
            self.update()

    def _end(self, source: str) -> None:
        if source == self._source:
            self._source = ""
            self._tell()

    def _point(self, at: QPointF, pressure: float) -> StrokePoint:
        x = min(max(at.x() / max(1, self.width()), 0.0), 1.0)
        y = min(max(at.y() / max(1, self.height()), 0.0), 1.0)
        return StrokePoint(round(x, 5), round(y, 5), self._clock.elapsed(), round(pressure, 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._source and event.button() == Qt.MouseButton.LeftButton:
            self._begin("mouse", event.position(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on("mouse", event.position(), 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end("mouse")
        event.accept()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The pen: with pressure, and it takes over from a finger that lies on the glass."""
        event.accept()
        if event.type() == QEvent.Type.TabletPress:
            if self._source == "finger" and self._strokes:
                self._strokes.pop()
            self._begin("pen", event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on("pen", event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end("pen")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()  # accepted, so that no mouse event is made of it
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        points = event.points()
        if not points or self._source == "pen":
            return
        first = points[0]
        if event.type() == QEvent.Type.TouchBegin:
            self._begin("finger", first.position(), 0.5)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._go_on("finger", first.position(), 0.5)
        else:
            self._end("finger")

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        line = look.border("choice")
        panel(painter, QRectF(self.rect()), look.radius("card"), PAPER, look.colour("line_strong"), line)
        base = self.height() * 0.76
        painter.setPen(BASE)
        painter.drawLine(QLineF(look.px(32), base, self.width() - look.px(32), base))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(INK)
        for stroke in self._strokes:
            painter.drawPath(ribbon(stroke, PEN_PX, self.width(), self.height()))
