"""A long text over the page: scrolls under a finger, closes with one button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QScroller, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.words import Words


def open_full_text(page: QWidget, title: str, text: str) -> Dialog:
    """Shows `text`, paragraph by paragraph."""
    look = look_of(page)
    dialog = Dialog(page.window(), title, width=936)
    paper = QWidget()
    column = QVBoxLayout(paper)
    column.setContentsMargins(0, 0, look.px(16), 0)
    column.setSpacing(look.px(16))
    for paragraph in text.split("\n"):
        if paragraph.strip():
            column.addWidget(Words(paragraph.strip(), "note", tone="ink_2"))
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(paper)
    area.setMinimumHeight(min(look.px(1000), round(page.window().height() * 0.5)))
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    dialog.body.addWidget(area)
    dialog.add_action(_("Close"), kind="primary")
    dialog.open_now()
    return dialog
