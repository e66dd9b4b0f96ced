"""Draws the newest camera picture with its guide: the only place where a numpy array becomes a QImage."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import UNBOUNDED, SetText
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, round_pen, rounded, smooth

OVAL, CORNERS, CARD, UPRIGHT, PLAIN = "oval", "corners", "card", "upright", "plain"
DIM = QColor(14, 17, 22, 133)
"""52 % of the curtain's ground over everything outside the guide."""
WHITE, FAINT, INK = QColor("#FFFFFF"), QColor(255, 255, 255, 110), QColor("#16181D")
CARD_RATIO = 88 / 60
"""A Chinese driving licence page is 88 x 60 mm (GA 482)."""


def picture_of(pixels: NDArray[np.uint8]) -> QImage:
    """A QImage on the array's own memory (BGR, no copy): the array must not be written to any more."""
    height, width, _colours = pixels.shape
    flat = np.ascontiguousarray(pixels)
    return QImage(flat.data, width, height, int(flat.strides[0]), QImage.Format.Format_BGR888)


class CameraView(QWidget):
    """Newest wins: a picture that was not painted yet is simply replaced. Keeps none after `clear`."""

    def __init__(self, guide: str = OVAL, *, ratio: float = 936 / 1060, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guide, self._ratio = guide, ratio
        self._pixels: NDArray[np.uint8] | None = None
        self._sequence = -1
        self._progress, self._tip, self._tip_icon = 0.0, "", ""
        self._boxes: tuple[QRectF, ...] = ()
        self._guide_place: QRectF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_guide(self, guide: str) -> None:
        """Another outline over the same camera."""
        self._guide = guide
        self.update()

    def set_guide_place(self, place: QRectF | None) -> None:
        """Where the card is looked for, in shares (0 to 1) of the picture; the whole picture is shown then."""
        if place != self._guide_place:
            self._guide_place = place
            self.update()

    def show_pixels(self, pixels: NDArray[np.uint8], sequence: int) -> None:
        """The newest picture; the same sequence twice costs nothing."""
        if sequence != self._sequence:
            self._pixels, self._sequence = pixels, sequence
            self.update()

    def show_guide(self, *, progress: float, tip: str = "", tip_icon: str = "") -> None:
        """How far it has come (0 to 1) and the one thing to do now."""
        if (progress, tip, tip_icon) != (self._progress, self._tip, self._tip_icon):
            self._progress, self._tip, self._tip_icon = progress, tip, tip_icon
            self.setAccessibleName(tip)
            self.update()

    def show_boxes(self, boxes: tuple[QRectF, ...]) -> None:
        """Marks in shares of the picture (0 to 1), for example a field that was read weakly."""
        self._boxes = boxes
        self.update()

    def clear(self) -> None:
        """Forget the picture at once (privacy wipe)."""
        self._pixels, self._sequence = None, -1
        self._boxes = ()
        self.update()

    @property
    def has_picture(self) -> bool:
        return self._pixels is not None

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(936), round(look.px(936) / self._ratio))

    def picture_place(self) -> QRectF:
        """Where the whole picture lies: it fills the frame and is cut, or it is whole when the guide has its place."""
        if self._pixels is None:
            return QRectF(self.rect())
        height, width, _colours = self._pixels.shape
        across, down = self.width() / width, self.height() / height
        scale = max(across, down) if self._guide_place is None else min(across, down)
        wide, high = width * scale, height * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def guide_path(self) -> QPainterPath:
        """The outline that the face or the card should fill."""
        path = QPainterPath()
        high, middle = float(self.height()), QPointF(self.width() / 2, self.height() / 2)
        if self._guide in {CARD, UPRIGHT} and self._guide_place is not None and self._pixels is not None:
            whole, share = self.picture_place(), self._guide_place
            place = QRectF(
                whole.left() + share.left() * whole.width(),
                whole.top() + share.top() * whole.height(),
                share.width() * whole.width(),
                share.height() * whole.height(),
            )
            path.addRoundedRect(place, look_of(self).px(16), look_of(self).px(16))
            return path
        if self._guide == CARD:
            wide = min(self.width() * 0.86, high * 0.86 * CARD_RATIO)
            place = QRectF(middle.x() - wide / 2, middle.y() - wide / CARD_RATIO / 2, wide, wide / CARD_RATIO)
            path.addRoundedRect(place, look_of(self).px(16), look_of(self).px(16))
            return path
        if self._guide == UPRIGHT:
            tall = high * 0.86
            place = QRectF(middle.x() - tall / CARD_RATIO / 2, middle.y() - tall / 2, tall / CARD_RATIO, tall)
            path.addRoundedRect(place, look_of(self).px(16), look_of(self).px(16))
            return path
        oval_high = high * 0.676
        oval_wide = min(oval_high * 576 / 716, self.width() * 0.7)
        path.addEllipse(QPointF(middle.x(), high * 0.452), oval_wide / 2, oval_high / 2)
        return path

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        frame = rounded(QRectF(self.rect()), look.px(36) if look.density == "kiosk" else look.radius("card"))
        painter.setClipPath(frame)
        painter.fillRect(self.rect(), look.in_theme("curtain").colour("sunken"))
        if self._pixels is not None:
            painter.drawImage(self.picture_place(), picture_of(self._pixels))
        if self._guide in {OVAL, CARD, UPRIGHT}:
            outside = QPainterPath(frame)
            outside = outside.subtracted(self.guide_path())
            painter.fillPath(outside, DIM)
            self._draw_outline(painter, look)
        elif self._guide == CORNERS:
            self._draw_corners(painter, look)
        self._draw_boxes(painter, look)
        if self._tip:
            self._draw_tip(painter, look)

    def _draw_outline(self, painter: QPainter, look: Look) -> None:
        path = self.guide_path()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(round_pen(FAINT, look.px(4)))
        painter.drawPath(path)
        if self._progress <= 0:
            return
        box = path.boundingRect()
        painter.setPen(round_pen(WHITE, look.px(13)))
        if self._guide == OVAL:
            painter.drawArc(box, 90 * 16, -round(min(1.0, self._progress) * 360 * 16))
        else:
            painter.setOpacity(min(1.0, self._progress))
            painter.drawPath(path)
            painter.setOpacity(1)

    def _draw_corners(self, painter: QPainter, look: Look) -> None:
        side = min(self.width(), self.height()) * 0.5
        middle = QPointF(self.width() / 2, self.height() * 0.44)
        box = QRectF(middle.x() - side / 2, middle.y() - side * 0.66, side, side * 1.32)
        reach, bend = side * 0.17, look.px(40)
        painter.setPen(round_pen(WHITE, look.px(8)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for corner, right, down in (
            (box.topLeft(), 1, 1),
            (box.topRight(), -1, 1),
            (box.bottomLeft(), 1, -1),
            (box.bottomRight(), -1, -1),
        ):
            path = QPainterPath(QPointF(corner.x(), corner.y() + down * reach))
            path.lineTo(corner.x(), corner.y() + down * bend)
            path.quadTo(corner, QPointF(corner.x() + right * bend, corner.y()))
            path.lineTo(corner.x() + right * reach, corner.y())
            painter.drawPath(path)

    def _draw_boxes(self, painter: QPainter, look: Look) -> None:
        place = self.picture_place()
        painter.setPen(round_pen(look.colour("warn_fill"), look.px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in self._boxes:
            painter.drawRect(
                QRectF(
                    place.left() + box.left() * place.width(),
                    place.top() + box.top() * place.height(),
                    box.width() * place.width(),
                    box.height() * place.height(),
                )
            )

    def _draw_tip(self, painter: QPainter, look: Look) -> None:
        kiosk = look.density == "kiosk"
        name = "heading" if kiosk else "label"
        style = look.style(name)
        laid = SetText(self._tip, look.font(name), UNBOUNDED, style.line)
        high = look.px(112 if kiosk else 48)
        icon = look.px(56 if kiosk else 24) if self._tip_icon else 0
        gap = look.px(28 if kiosk else 12) if icon else 0
        wide = laid.natural_width + icon + gap + 2 * look.px(60 if kiosk else 22)
        top = self.height() - high - look.px(56 if kiosk else 20)
        pill = QRectF((self.width() - wide) / 2, top, wide, high)
        panel(painter, pill, high / 2, WHITE)
        left = pill.left() + look.px(60 if kiosk else 22)
        if icon:
            draw_icon(painter, self._tip_icon, QRectF(left, pill.center().y() - icon / 2, icon, icon), INK)
            left += icon + gap
        laid.draw(painter, QRectF(left, pill.center().y() - laid.height / 2, laid.natural_width, laid.height), INK)
