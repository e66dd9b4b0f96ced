"""Stages as bars from one left edge, the number and the step rate at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """One stage; `rate` is a ready text such as "62 %" (empty for the first), `count` None means no data."""

    label: str
    count: int | None
    rate: str = ""


class Funnel(QWidget):
    """Every bar is measured against the first."""

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

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._stages:
            return
        look = look_of(self)
        painter = smooth(QPainter(self))
        font, strong = look.font("body"), look.font("body", weight=500)
        labels = max(text_width(stage.label, font) for stage in self._stages) + look.px(12)
        right = look.px(110)
        room = self.width() - labels - right
        most = max((stage.count or 0 for stage in self._stages), default=0) or 1
        row = self.height() / len(self._stages)
        for number, stage in enumerate(self._stages):
            top = number * row
            painter.setFont(font)
            painter.setPen(look.colour("ink_2"))
            painter.drawText(QRectF(0, top, labels, row), Qt.AlignmentFlag.AlignVCenter, stage.label)
            high = min(row * 0.6, look.px(26))
            track = QRectF(labels, top + (row - high) / 2, room, high)
            if stage.count is None:
                painter.fillRect(track, look.colour("sunken"))
                painter.fillRect(track, QBrush(look.colour("line"), Qt.BrushStyle.BDiagPattern))
            else:
                bar = QRectF(track)
                bar.setWidth(max(look.px(3), room * stage.count / most))
                panel(painter, bar, look.px(4), look.colour("accent"))
            end = labels + room + look.px(10)
            painter.setFont(strong)
            painter.setPen(look.colour("ink"))
            count = "–" if stage.count is None else str(stage.count)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(end, top, look.px(44), row), side, count)
            painter.setFont(look.font("note"))
            painter.setPen(look.colour("ink_3"))
            painter.drawText(QRectF(end, top, self.width() - end, row), side, stage.rate)
