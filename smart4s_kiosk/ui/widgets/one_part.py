"""A place in a layout where one part stands at a time: a new one takes the place of the old, which goes away."""

from PySide6.QtWidgets import QBoxLayout, QWidget


class OnePart:
    """`put` swaps; nothing of the old part is seen or heard any more when it returns."""

    def __init__(self, layout: QBoxLayout, stretch: int = 0) -> None:
        self._layout, self._stretch = layout, stretch
        self._part: QWidget | None = None

    def put(self, part: QWidget) -> None:
        """Show this part; the one before is deleted once Qt is back in its event loop."""
        if self._part is not None:
            self._part.hide()
            self._layout.removeWidget(self._part)
            self._part.deleteLater()
        self._part = part
        self._layout.addWidget(part, self._stretch)
        part.show()
