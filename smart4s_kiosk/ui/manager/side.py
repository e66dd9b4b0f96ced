"""The navigation at the left: brand, pages, who is signed in, and the ways out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.icons import icon
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.photo import Photo
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import joined

PAGES = (
    ("today", N_("Today"), "chart"),
    ("people", N_("People"), "users"),
    ("settings", N_("Store rules"), "settings"),
    ("sync", N_("Messages and line"), "cloud"),
    ("privacy", N_("Privacy and safety"), "shield_check"),
    ("health", N_("Equipment"), "wrench"),
)
WIDTH = 208


class Side(QFrame):
    """`opened` names a page; `language_asked` and `left` are the small buttons at the foot."""

    opened = Signal(str)
    language_asked = Signal()
    left = Signal()

    def __init__(self, look: Look, brand: str, *, person: str, post: str, photo: bytes | None) -> None:
        super().__init__()
        role(self, "side")
        self.setFixedWidth(look.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(24), look.px(12), look.px(20))
        column.setSpacing(look.px(2))
        head = QHBoxLayout()
        head.setContentsMargins(look.px(12), 0, 0, look.px(20))
        head.addWidget(BrandMark(28))
        head.addSpacing(look.px(8))
        head.addWidget(Words(brand, "name", wraps=False))
        head.addStretch(1)
        column.addLayout(head)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, words, sign in PAGES:
            column.addWidget(self._button(look, name, _(words), sign))
        column.addStretch(1)
        column.addLayout(self._foot(look, person, post, photo))
        ways = ((_("Change language"), "speech", self.language_asked), (_("Sign out"), "lock", self.left))
        for words, sign, told in ways:
            button = role(QPushButton(icon(sign, look.colour("ink_2"), look.px(20)), f"  {words}"), "nav")
            button.setAccessibleName(words)
            button.clicked.connect(told.emit)
            column.addWidget(button)

    def _button(self, look: Look, name: str, words: str, sign: str) -> QPushButton:
        button = role(QPushButton(icon(sign, look.colour("ink_2"), look.px(20)), f"  {words}"), "nav")
        button.setCheckable(True)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.opened.emit(name))
        self._group.addButton(button)
        self.buttons[name] = button
        return button

    def _foot(self, look: Look, person: str, post: str, photo: bytes | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(look.px(8), 0, 0, look.px(8))
        row.setSpacing(look.px(10))
        row.addWidget(Photo(photo, person, width=36, height=36, shape="round"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Words(person, "note", weight=500, wraps=False))
        self.time = Words(post, "caption", tone="ink_2", wraps=False)
        names.addWidget(self.time)
        row.addLayout(names)
        row.addStretch(1)
        self._post = post
        return row

    def show_time(self, time: str) -> None:
        self.time.set_text(joined(self._post, time))

    def mark(self, name: str) -> None:
        """Show which page is open."""
        self.buttons[name].setChecked(True)
