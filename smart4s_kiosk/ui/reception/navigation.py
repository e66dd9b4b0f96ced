"""Left edge of the console: brand, pages with their counts, who is signed in, sound and sign-out."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.ui.reception.key_button import NavButton
from smart4s_kiosk.ui.reception.rows import round_portrait
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.painting import picture, smooth
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import words

WIDE, NARROW = 208, 69
PAGES = (
    ("live", N_("Live board"), "home"),
    ("appointments", N_("Appointments"), "calendar"),
    ("keys", N_("Drives and keys"), "key"),
    ("customers", N_("Customers"), "users"),
    ("log", N_("Showroom log"), "document"),
    ("todo", N_("To do"), "list"),
    ("devices", N_("Devices"), "wrench"),
)


class RoundPhoto(QWidget):
    """A small portrait."""

    def __init__(self, image: QImage, name: str, size: int) -> None:
        super().__init__()
        self._image, self._name, self._size = image, name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of(self).px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        round_portrait(painter, look_of(self), self.rect().toRectF(), self._image, self._name)


class Navigation(QFrame):
    """Ctrl+1 to Ctrl+7 open the pages too (the window's shortcuts)."""

    chosen = Signal(str)
    mute_asked = Signal()
    left = Signal()

    def __init__(self, look: Look, me: ColleagueCard) -> None:
        super().__init__()
        self.setProperty("role", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 20, 12, 20)
        column.setSpacing(2)
        column.addLayout(self._head(look))
        column.addSpacing(20)
        self.buttons: dict[str, NavButton] = {}
        for number, (name, word, icon) in enumerate(PAGES, 1):
            button = NavButton(_(word), icon, f"Ctrl {number}")
            button.on_press(partial(self.chosen.emit, name))
            self.buttons[name] = button
            column.addWidget(button)
        column.addStretch(1)
        column.addLayout(self._tools())
        column.addSpacing(10)
        column.addLayout(self._person(me))
        self.be_narrow(False)

    def _head(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(BrandMark(28))
        self._brand = Words(look.tokens.brand.name, "name", wraps=False)
        row.addWidget(self._brand)
        row.addStretch(1)
        return row

    def _tools(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        self.mute = NavButton(_("Sound on"), "sound", "F10")
        self.mute.setCheckable(False)
        self.mute.on_press(self.mute_asked.emit)
        self.leave = NavButton(_("Sign out"), "lock", "F12")
        self.leave.setCheckable(False)
        self.leave.on_press(self.left.emit)
        column.addWidget(self.mute)
        column.addWidget(self.leave)
        return column

    def _person(self, me: ColleagueCard) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(RoundPhoto(picture(me.photo), me.name, 36))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self._name = Words(me.name, "body", weight=500, wraps=False)
        self._role = words(me.role)
        self.time = Words(self._role, "caption", tone="ink_2", wraps=False)
        lines.addWidget(self._name)
        lines.addWidget(self.time)
        row.addLayout(lines)
        row.addStretch(1)
        return row

    def show_time(self, time: str) -> None:
        self.time.set_text(f"{self._role}·{time}")

    def show_page(self, name: str) -> None:
        """Mark the present page."""
        self.buttons[name].setChecked(True)
        for button in self.buttons.values():
            button.update()

    def show_sound(self, *, is_muted: bool) -> None:
        self.mute.set_word(_("Sound off") if is_muted else _("Sound on"))
        self.mute.set_icon_name("mute" if is_muted else "sound")

    def be_narrow(self, is_narrow: bool) -> None:
        """On a small screen icons are enough."""
        self.setFixedWidth(NARROW if is_narrow else WIDE)
        for button in (*self.buttons.values(), self.mute, self.leave):
            button.be_narrow(is_narrow)
        for text in (self._brand, self._name, self.time):
            text.setVisible(not is_narrow)
        margin = 10 if is_narrow else 12
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(margin, 20, margin, 20)
