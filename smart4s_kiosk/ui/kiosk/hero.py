"""The painted car that stands on the attract picture when a dealer gives no film: plain paths and gradients."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import rounded, smooth

CAR_WIDTH, CAR_HEIGHT = 826.0, 262.0
"""The box that the paths below are drawn in: nose at the right, tyres at the bottom."""
WHEELS = (QPointF(181, 198), QPointF(684, 198))
WHITE = QColor("#FFFFFF")
# The paint is part of the picture, not of the theme: a dark car in a dark hall, in both themes.
HALL_TOP, HALL, HALL_WALL, FLOOR = QColor("#07090C"), QColor("#0E1116"), QColor("#1B2333"), QColor("#2B385B")
STEEL, TAIL = QColor("#9AA1AE"), QColor("#E5392B")


def draw_hall(painter: QPainter, place: QRectF, horizon: float) -> None:
    """Wall, floor and the light on it; `horizon` is a share of the height."""
    wall = QLinearGradient(place.topLeft(), place.bottomLeft())
    for at, colour in (
        (0.0, HALL_TOP),
        (0.12, HALL),
        (max(0.13, horizon - 0.16), HALL_WALL.darker(125)),
        (horizon, FLOOR.darker(122)),
        (min(0.98, horizon + 0.10), FLOOR.darker(105)),
        (min(0.99, horizon + 0.24), HALL),
        (1.0, HALL_TOP),
    ):
        wall.setColorAt(at, colour)
    painter.fillRect(place, wall)


def _body() -> QPainterPath:
    path = QPainterPath(QPointF(38, 221))
    path.cubicTo(8, 196, -3, 148, 1, 112)
    path.cubicTo(6, 98, 20, 92, 42, 86)
    path.cubicTo(140, 46, 236, 8, 352, 8)
    path.cubicTo(456, 8, 510, 38, 566, 66)
    path.cubicTo(596, 82, 640, 76, 730, 100)
    path.cubicTo(772, 111, 800, 128, 812, 140)
    path.cubicTo(822, 150, 826, 166, 826, 186)
    path.cubicTo(826, 210, 812, 221, 786, 221)
    path.closeSubpath()
    for centre in WHEELS:
        arch = QPainterPath()
        arch.addEllipse(centre, 67, 68)
        path = path.subtracted(arch)
    return path


def _glass() -> QPainterPath:
    path = QPainterPath(QPointF(128, 82))
    path.cubicTo(206, 44, 286, 28, 354, 28)
    path.cubicTo(440, 28, 500, 52, 556, 82)
    path.cubicTo(470, 90, 300, 92, 128, 82)
    path.closeSubpath()
    return path


def _roof_line() -> QPainterPath:
    path = QPainterPath(QPointF(20, 92))
    path.cubicTo(140, 46, 236, 8, 352, 8)
    path.cubicTo(456, 8, 510, 38, 566, 66)
    path.cubicTo(596, 82, 640, 76, 730, 100)
    path.quadTo(766, 110, 792, 122)
    return path


def _fading(colour: QColor, left: float, right: float, peak: float) -> QBrush:
    """A stroke that comes out of the dark and goes back."""
    run = QLinearGradient(QPointF(left, 0), QPointF(right, 0))
    faint = QColor(colour)
    faint.setAlpha(20)
    half = QColor(colour)
    half.setAlpha(colour.alpha() * 3 // 4)
    run.setColorAt(0, faint)
    run.setColorAt(peak * 0.55, half)
    run.setColorAt(peak, colour)
    run.setColorAt(peak + (1 - peak) * 0.6, half)
    run.setColorAt(1, faint)
    return QBrush(run)


def _pen(brush: QBrush | QColor, width: float) -> QPen:
    return QPen(QBrush(brush), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def draw_car(painter: QPainter, corner: QPointF, width: float) -> None:
    """The car with its upper left corner at `corner`."""
    painter.save()
    painter.translate(corner)
    painter.scale(width / CAR_WIDTH, width / CAR_WIDTH)
    _draw_shadow(painter)
    _draw_lamps_glow(painter)
    paint = QLinearGradient(QPointF(0, 0), QPointF(0, 221))
    for at, colour in ((0, "#454D5E"), (0.3, "#262C38"), (0.62, "#13161D"), (1, "#040506")):
        paint.setColorAt(at, QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(HALL_TOP)
    for centre in WHEELS:
        painter.drawEllipse(centre, 67, 67)
    painter.setBrush(paint)
    painter.drawPath(_body())
    _draw_glass(painter)
    _draw_lines(painter)
    for centre in WHEELS:
        _draw_wheel(painter, centre)
    _draw_lamps(painter)
    painter.restore()


def _draw_shadow(painter: QPainter) -> None:
    painter.save()
    painter.translate(413, 260)
    painter.scale(1, 0.05)
    shadow = QRadialGradient(QPointF(0, 0), 430)
    shadow.setColorAt(0, QColor(0, 0, 0, 190))
    shadow.setColorAt(0.7, QColor(0, 0, 0, 110))
    shadow.setColorAt(1, QColor(0, 0, 0, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    painter.drawEllipse(QPointF(0, 0), 430, 430)
    painter.restore()


def _glow(painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
    light = QRadialGradient(centre, radius)
    light.setColorAt(0, colour)
    dim = QColor(colour)
    dim.setAlpha(colour.alpha() // 4)
    light.setColorAt(0.42, dim)
    faint = QColor(colour)
    faint.setAlpha(0)
    light.setColorAt(1, faint)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    painter.drawEllipse(centre, radius, radius)


def _draw_lamps_glow(painter: QPainter) -> None:
    _glow(painter, QPointF(806, 132), 92, QColor(214, 220, 232, 105))
    _glow(painter, QPointF(20, 114), 78, QColor(190, 44, 34, 90))


def _draw_glass(painter: QPainter) -> None:
    glass = QLinearGradient(QPointF(0, 28), QPointF(0, 92))
    glass.setColorAt(0, QColor("#343B49"))
    glass.setColorAt(1, QColor("#0B0D12"))
    painter.setPen(_pen(_fading(QColor(190, 197, 210, 170), 128, 556, 0.5), 1.3))
    painter.setBrush(glass)
    painter.drawPath(_glass())
    pillar = QPainterPath(QPointF(350, 29))
    pillar.lineTo(360, 29)
    pillar.lineTo(368, 90)
    pillar.lineTo(360, 90)
    pillar.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#0B0D12"))
    painter.drawPath(pillar)


def _draw_lines(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(_fading(QColor("#F7F8FA"), 0, 800, 0.46), 2.7))
    painter.drawPath(_roof_line())
    belt = QPainterPath(QPointF(30, 114))
    belt.cubicTo(180, 104, 500, 100, 800, 128)
    painter.setPen(_pen(_fading(QColor(200, 206, 218, 210), 20, 800, 0.5), 1.5))
    painter.drawPath(belt)
    door = QPainterPath(QPointF(367, 90))
    door.cubicTo(371, 130, 369, 180, 356, 205)
    painter.setPen(_pen(QColor(150, 157, 170, 110), 1.0))
    painter.drawPath(door)
    wing = QPainterPath(QPointF(560, 86))
    wing.cubicTo(568, 108, 580, 124, 596, 137)
    painter.drawPath(wing)
    painter.setPen(_pen(QColor(190, 196, 208, 170), 2.2))
    painter.drawLine(QPointF(386, 114), QPointF(417, 114))
    sill = QPainterPath(QPointF(258, 206))
    sill.cubicTo(370, 200, 500, 200, 612, 206)
    painter.setPen(_pen(_fading(QColor(150, 157, 170, 190), 258, 612, 0.5), 1.4))
    painter.drawPath(sill)
    painter.setPen(_pen(QColor(150, 157, 170, 100), 1.0))
    for centre in WHEELS:
        painter.drawArc(QRectF(centre.x() - 67, centre.y() - 68, 134, 136), 0, 180 * 16)


def _draw_wheel(painter: QPainter, centre: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#020304"))
    painter.drawEllipse(centre, 60, 60)
    rim = QRadialGradient(centre, 49)
    rim.setColorAt(0, QColor("#2A303C"))
    rim.setColorAt(1, QColor("#0A0C10"))
    painter.setBrush(rim)
    painter.setPen(_pen(QColor(176, 182, 194), 1.8))
    painter.drawEllipse(centre, 48, 48)
    painter.save()
    painter.translate(centre)
    painter.setPen(_pen(QColor(104, 111, 124), 4.2))
    for number in range(5):
        painter.save()
        painter.rotate(-90 + 72 * number)
        painter.drawLine(QPointF(8, 0), QPointF(40, 0))
        painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(STEEL)
    painter.drawEllipse(QPointF(0, 0), 7.5, 7.5)
    painter.restore()


def _draw_lamps(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    front = QPainterPath(QPointF(744, 115))
    front.cubicTo(770, 119, 794, 128, 808, 138)
    painter.setPen(_pen(WHITE, 4.0))
    painter.drawPath(front)
    rear = QPainterPath(QPointF(4, 114))
    rear.cubicTo(14, 106, 32, 105, 55, 104)
    painter.setPen(_pen(TAIL, 3.6))
    painter.drawPath(rear)


def draw_attract(painter: QPainter, place: QRectF, scale: float, *, is_portrait: bool) -> None:
    """The whole attract picture: in portrait the car leaves it at the left, in landscape it stands free."""
    if is_portrait:
        draw_hall(painter, place, 0.55)
        wide = CAR_WIDTH * 1.57 * scale
        draw_car(painter, QPointF(place.width() - 38 * scale - wide, 743 * scale), wide)
        return
    draw_hall(painter, place, 0.60)
    wide = min(1089 * scale, place.width() * 0.58)
    high = wide * CAR_HEIGHT / CAR_WIDTH
    draw_car(painter, QPointF(place.width() - wide - 80 * scale, place.height() * 0.607 - high), wide)


class HeroPicture(QWidget):
    """The painted hero in a rounded frame (low layout); without a frame it fills its place."""

    def __init__(self, *, height: int, is_framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height, self._is_framed = height, is_framed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(936), look.px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        place = QRectF(self.rect())
        if self._is_framed:
            painter.setClipPath(rounded(place, look_of(self).radius("card")))
        draw_hall(painter, place, 0.62)
        wide = min(place.width() * 0.78, place.height() * 0.74 * CAR_WIDTH / CAR_HEIGHT)
        high = wide * CAR_HEIGHT / CAR_WIDTH
        draw_car(painter, QPointF((place.width() - wide) / 2, place.height() * 0.74 - high), wide)
