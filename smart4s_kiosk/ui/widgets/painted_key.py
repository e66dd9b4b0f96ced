"""The base of every button that paints itself: the ring of the keyboard's focus comes with it."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton

from smart4s_kiosk.ui.theme.focus_ring import show_focus


class PaintedKey(QAbstractButton):
    """Who derives from it paints the face and gives the size."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_focus(self, event.reason())
