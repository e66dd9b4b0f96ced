"""What the pages beside the board share: heading, actions with their keys, reading anew."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.dialogs import shown_key
from smart4s_kiosk.ui.reception.key_button import KeyButton
from smart4s_kiosk.ui.widgets.words import Words


class ConsolePage(QWidget):
    """`concepts`: announcements after which the page reads anew while it is shown."""

    concepts: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, console: Console, acts: DeskActs, title: str) -> None:
        super().__init__()
        self.console, self.acts = console, acts
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

    def add_action(
        self,
        word: str,
        key: str,
        act: Callable[[], object],
        *,
        kind: str = "secondary",
        row: QHBoxLayout | None = None,
    ) -> KeyButton:
        """A button in the head (or in another row) whose key works while this page has the keyboard."""
        button = KeyButton(word, kind, key=shown_key(key), height=40)
        button.on_press(act)
        (row or self.head).addWidget(button)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        return button

    def read(self) -> None:
        """Ask for the newest; pages answer in their own `show_…`."""

    def take_focus(self) -> None:
        """Where the keyboard starts on this page."""
