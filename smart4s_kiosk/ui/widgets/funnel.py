"""Stages as bars from one left edge, the number and the step rate at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth

RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """One stage; `rate` is a ready text such as "62 %" (empty for the first), `count` None means no data."""

    label: str
    count: int | None
    rate: str = ""


class Funnel(QWidget):
    """Every bar is measured against the first. `stage_pressed` gives the number of the stage pressed."""

    stage_pressed = Signal(int)

    def __init__(self, stages: tuple[FunnelStage, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = stages
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_stages(self, stages: tuple[FunnelStage, ...]) -> None:
        self._stages = stages
        self.setAccessibleName("; ".join(f"{stage.label} {stage.count} {stage.rate}".strip() for stage in stages))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(320), look.px(44) * max(1, len(self._stages)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._stages and self.rect().contains(event.position().toPoint()):
            row = self.height() / len(self._stages)
            self.stage_pressed.emit(min(len(self._stages) - 1, int(event.position().y() / row)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._stages:
            return
        look = look_of(self)
        painter = smooth(QPainter(self))
        labels = max(text_width(stage.label, look.font("body")) for stage in self._stages) + look.px(12)
        room = self.width() - labels - look.px(110)
        most = max((stage.count or 0 for stage in self._stages), default=0) or 1
        row = self.height() / len(self._stages)
        high = min(row * 0.6, look.px(26))
        for number, stage in enumerate(self._stages):
            top = number * row
            self._text(painter, look, QRectF(0, top, labels, row), stage.label, "ink_2", "body")
            share = None if stage.count is None else stage.count / most
            self._bar(painter, look, QRectF(labels, top + (row - high) / 2, room, high), share)
            end = labels + room + look.px(10)
            count = "–" if stage.count is None else str(stage.count)
            self._text(painter, look, QRectF(end, top, look.px(44), row), count, "ink", "body", RIGHT)
            self._text(painter, look, QRectF(end, top, self.width() - end, row), stage.rate, "ink_3", "note", RIGHT)

    def _text(
        self,
        painter: QPainter,
        look: Look,
        place: QRectF,
        words: str,
        tone: str,
        style: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(look.font(style, weight=500 if tone == "ink" else 0))
        painter.setPen(look.colour(tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, words)

    def _bar(self, painter: QPainter, look: Look, track: QRectF, share: float | None) -> None:
        if share is None:
            painter.fillRect(track, look.colour("sunken"))
            painter.fillRect(track, QBrush(look.colour("line"), Qt.BrushStyle.BDiagPattern))
            return
        bar = QRectF(track)
        bar.setWidth(max(look.px(3), track.width() * share))
        panel(painter, bar, look.px(4), look.colour("accent"))
