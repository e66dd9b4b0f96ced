"""Small drawing acts shared by the widgets: rounded panels, pictures clipped to a corner, rings."""

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from smart4s_kiosk.ui.theme.look import Look

FULL_CIRCLE = 360 * 16


def smooth(painter: QPainter) -> QPainter:
    """The painter with antialiasing and smooth pictures on."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def panel(
    painter: QPainter, place: QRectF, radius: float, fill: QColor | QBrush, edge: QColor | None = None, line: float = 0
) -> None:
    """A rounded rectangle whose border lies inside `place`."""
    inset = line / 2 if edge is not None else 0
    painter.setPen(QPen(edge, line) if edge is not None and line else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    inner = place.adjusted(inset, inset, -inset, -inset)
    corner = max(0.0, min(radius - inset, inner.height() / 2, inner.width() / 2))
    painter.drawRoundedRect(inner, corner, corner)


def rounded(place: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle as a path."""
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    return path


def left_rounded(place: QRectF, radius: float) -> QPainterPath:
    """A rectangle rounded at its left corners only."""
    path = rounded(place, radius)
    square = QPainterPath()
    square.addRect(place.adjusted(radius, 0, 0, 0))
    return path.united(square)


def cover(painter: QPainter, image: QImage, place: QRectF) -> None:
    """The middle of `image`, scaled to fill `place`; what does not fit is cut."""
    if image.isNull() or place.isEmpty():
        return
    scale = max(place.width() / image.width(), place.height() / image.height())
    width, height = place.width() / scale, place.height() / scale
    top = (image.height() - height) * 0.3 if image.height() > height else 0
    source = QRectF((image.width() - width) / 2, top, width, height)
    painter.drawImage(place, image, source)


def picture(data: bytes | None) -> QImage:
    """A picture from PNG or JPEG bytes; null when there is none or it cannot be read."""
    if not data:
        return QImage()
    return QImage.fromData(QByteArray(data))


def ring(painter: QPainter, centre: QPointF, radius: float, pen: QPen, share: float) -> None:
    """`share` (0 to 1) of a circle, clockwise from the top."""
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if share >= 1:
        painter.drawEllipse(box)
    elif share > 0:
        painter.drawArc(box, 90 * 16, -round(share * FULL_CIRCLE))


def round_pen(colour: QColor, width: float) -> QPen:
    """A pen with round caps and joins, as all our lines have."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def initial_portrait(painter: QPainter, place: QRectF, name: str, look: Look) -> None:
    """What stands for a missing photo: the surname's sign on a quiet ground."""
    painter.fillRect(place, look.colour("quiet"))
    font = look.font("heading")
    font.setPixelSize(max(1, round(min(place.width(), place.height()) * 0.4)))
    painter.setFont(font)
    painter.setPen(look.colour("ink_2"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name[:1])
