"""What the pages beside the board share: a heading, room for actions, reading anew."""

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.widgets.words import Words


class ConsolePage(QWidget):
    """`concepts`: announcements after which the page reads anew while it is shown."""

    concepts: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, console: Console, title: str) -> None:
        super().__init__()
        self.console = console
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.head.addWidget(Words(title, "display", wraps=False))
        self.remark = Words("", "body_l", tone="ink_2", wraps=False)
        self.head.addWidget(self.remark)
        self.head.addStretch(1)
        self.column.addLayout(self.head)

    def read(self) -> None:
        """Ask for the newest; pages answer in their own `show_…`."""

    def take_focus(self) -> None:
        """Where the keyboard starts on this page."""
