"""A card of the manager's pages: heading, a note beside it, perhaps a small action, then what it shows."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class Card(QFrame):
    """Put widgets into `body`."""

    def __init__(self, look: Look, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "card")
        self.look = look
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        self.head = QHBoxLayout()
        self.head.setSpacing(look.px(12))
        self.title = Words(title, "heading", wraps=False)
        self.note = Words(note, "note", tone="ink_2", wraps=False)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note)
        self.head.addStretch(1)
        column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(8))
        column.addLayout(self.body, 1)

    def _head_needs(self) -> int:
        """Title and actions, without the note."""
        others = [item.widget() for n in range(self.head.count()) if (item := self.head.itemAt(n)) is not None]
        parts = [part for part in others if part is not None and part is not self.note]
        return sum(part.sizeHint().width() + self.head.spacing() for part in parts)

    def minimumSizeHint(self) -> QSize:
        """The note may go, so it keeps no card wide."""
        hint, margins = super().minimumSizeHint(), 2 * self.look.px(20)
        return QSize(max(self._head_needs(), self.body.minimumSize().width()) + margins, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the note makes room for the title."""
        super().resizeEvent(event)
        room = self.width() - 2 * self.look.px(20)
        self.note.setVisible(self._head_needs() + self.note.sizeHint().width() + self.head.spacing() <= room)

    def add_action(self, word: str, act: Callable[[], object]) -> TouchButton:
        """A small button at the right of the head."""
        button = TouchButton(word, "link", height=36).on_press(act)
        self.head.addWidget(button)
        self._column.setContentsMargins(self.look.px(20), self.look.px(2), self.look.px(12), self.look.px(16))
        self._column.setSpacing(0)  # the button is as high as a finger, its word is not
        self.body.setContentsMargins(0, 0, self.look.px(8), 0)
        return button
