"""One of eleven equal score keys: surface, and accent border with a soft fill when chosen."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, smooth


class ScoreKey(PaintedKey):
    """140 square."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._chosen = False
        self.setText(word)
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def on_score(self, act: Callable[[], None]) -> "ScoreKey":
        self.clicked.connect(act)
        return self

    def set_chosen(self, chosen: bool) -> None:
        self._chosen = chosen
        self.update()

    @property
    def is_chosen(self) -> bool:
        return self._chosen

    def sizeHint(self) -> QSize:
        side = look_of(self).px(140)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        if self._chosen:
            fill, edge, line, tone = "accent_soft", "accent", "chosen", "accent"
        else:
            fill, edge, line, tone = "quiet" if self.isDown() else "surface", "line", "choice", "ink"
        width = look.border("chosen" if line == "chosen" else "choice")
        panel(painter, QRectF(self.rect()), look.radius("control"), look.colour(fill), look.colour(edge), width)
        font = look.font("heading")
        font.setPixelSize(look.px(60))
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
