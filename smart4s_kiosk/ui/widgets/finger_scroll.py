"""Lists and pages of a desk roll under a finger too; mouse and wheel work as ever."""

from PySide6.QtWidgets import QAbstractScrollArea, QScroller


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Touches only: a drag with the mouse still selects, and a click still presses."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
