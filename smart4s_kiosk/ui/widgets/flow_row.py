"""Chips in a row that continues on the next line when there is no room; chips themselves never wrap."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.ui.theme.look import look_of


class FlowRow(QWidget):
    """Keeps the order; every part has its own width."""

    def __init__(self, parts: Sequence[QWidget], *, gap: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._gap = tuple(parts), gap
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _places(self, width: int) -> list[QRect]:
        gap = look_of(self).px(self._gap)
        left, top, line, places = 0, 0, 0, []
        for part in self._parts:
            hint = part.sizeHint()
            if left and left + hint.width() > width:
                left, top, line = 0, top + line + gap, 0
            places.append(QRect(left, top, hint.width(), hint.height()))
            left += hint.width() + gap
            line = max(line, hint.height())
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(600), self.heightForWidth(self.width() or look.px(600)))

    def arrange(self) -> None:
        """Put the parts at their places again (a chip may have grown)."""
        for part, place in zip(self._parts, self._places(self.width()), strict=True):
            part.setGeometry(place)
        if self.minimumHeight() != self.heightForWidth(self.width()):
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
