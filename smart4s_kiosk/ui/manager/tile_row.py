"""Tiles in one row, or in two where the page is narrow."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from smart4s_kiosk.ui.theme.look import Look

NARROW = 900
"""Below this width a tile's comparison does not fit beside three others."""


class TileRow(QWidget):
    """Keeps the order of `tiles`."""

    def __init__(self, look: Look, tiles: Sequence[QWidget]) -> None:
        super().__init__()
        self._look, self._tiles, self._across = look, tuple(tiles), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(16))
        self._arrange(len(self._tiles))

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // across, number % across)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._tiles) if self.width() >= self._look.px(NARROW) else (len(self._tiles) + 1) // 2)
