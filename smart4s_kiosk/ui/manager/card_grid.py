"""Where the cards of the manager's first page stand: the plan beside the funnel, or above it on an upright screen."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from smart4s_kiosk.ui.theme.look import Look

NARROW = 900
Spot = tuple[int, int, int, int]
WIDE: tuple[Spot, ...] = ((0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1))
UPRIGHT: tuple[Spot, ...] = ((0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1), (3, 0, 1, 2))
"""Row, column, rows, columns of heat, funnel with gap, arrivals, consultants, concerns."""


class CardGrid(QWidget):
    """Takes heat, funnel, gap, arrivals, consultants and concerns."""

    def __init__(self, look: Look, cards: Sequence[QWidget]) -> None:
        super().__init__()
        heat, funnel, gap, *others = cards
        self._look = look
        pair = QWidget()
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom, pair)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._pair.setSpacing(look.px(16))
        self._pair.addWidget(funnel, 3)
        self._pair.addWidget(gap, 2)
        self._parts = (heat, pair, *others)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(16))
        self._is_upright = True
        self._arrange(is_upright=False)

    def _arrange(self, *, is_upright: bool) -> None:
        if is_upright == self._is_upright:
            return
        self._is_upright = is_upright
        ways = QBoxLayout.Direction
        self._pair.setDirection(ways.LeftToRight if is_upright else ways.TopToBottom)
        for part, spot in zip(self._parts, UPRIGHT if is_upright else WIDE, strict=True):
            self._grid.addWidget(part, *spot)
        for column, share in enumerate((1, 1, 0) if is_upright else (8, 8, 11)):
            self._grid.setColumnStretch(column, share)
        for row, share in enumerate((5, 3, 3, 2) if is_upright else (5, 3, 0, 0)):
            self._grid.setRowStretch(row, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_upright=self.width() < self._look.px(NARROW))
