"""A QR matrix in whole pixels per module with its quiet zone: always ink on white, in every theme."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_MODULES = 4
INK, PAPER = QColor("#16181D"), QColor("#FFFFFF")


class QrLabel(QWidget):
    """Shows a matrix given as rows of "0" and "1". `least` pixels a module are never undercut."""

    def __init__(
        self, matrix: tuple[str, ...], *, side: int = 0, least: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._matrix, self._side, self._least = matrix, side, least
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_matrix(self, matrix: tuple[str, ...]) -> None:
        """Another code."""
        self._matrix = matrix
        self.updateGeometry()
        self.update()

    @property
    def modules(self) -> int:
        """Modules across, quiet zone included."""
        return len(self._matrix) + 2 * QUIET_MODULES

    @property
    def module_px(self) -> int:
        """Pixels of one module: the most that fit in `side`, whole, and at least `least`."""
        return max(self._least, self._side // self.modules)

    def sizeHint(self) -> QSize:
        side = self.module_px * self.modules
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), PAPER)
        size = self.module_px
        for row, line in enumerate(self._matrix):
            for column, sign in enumerate(line):
                if sign == "1":
                    left, top = (column + QUIET_MODULES) * size, (row + QUIET_MODULES) * size
                    painter.fillRect(QRect(left, top, size, size), INK)
