"""The frame of a manager's page: title and note above, controls at the right, the content in a scrolling part."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.widgets.finger_scroll import scroll_by_finger
from smart4s_kiosk.ui.widgets.words import Words


class ManagerPage(QWidget):
    """Put widgets into `body`, controls into `controls`."""

    def __init__(self, stage: Stage, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage, self.look = stage, stage.look
        look = stage.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(22), look.px(24), 0)
        column.setSpacing(look.px(14))
        head = QHBoxLayout()
        head.setSpacing(look.px(16))
        self.title = Words(title, "display", wraps=False)
        self.note = Words(note, "body_l", tone="ink_2", wraps=False)
        head.addWidget(self.title)
        head.addWidget(self.note)
        head.addStretch(1)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(look.px(8))
        head.addLayout(self.controls)
        column.addLayout(head)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, look.px(22))
        self.body.setSpacing(look.px(16))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        scroll_by_finger(scroll)
        column.addWidget(scroll, 1)
        self.read()

    def read(self) -> None:
        """Ask for what the page shows; called when it is opened and when something changed."""
