"""A dressed window to put one widget into."""

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.ui.theme.look import Look

LOOK = Look(density="tablet", reduce_motion=True)


def put(window: QWidget, widget: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()
    window.grab()
