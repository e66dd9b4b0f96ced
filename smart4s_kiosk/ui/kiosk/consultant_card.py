"""One consultant as a card: photo, name, title, skills, state as dot and word, rating. The own one is larger."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.check_in_choices import Presence
from smart4s_kiosk.services.check_in_views import ConsultantCard as Card
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.icon import Icon, StateDot
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.photo import Photo
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import ago


def presence_words(card: Card, *, long: bool = False) -> tuple[str, str, str, bool]:
    """Word, text tone, dot tone, hollow."""
    if card.presence is Presence.FREE:
        free = _("Free")
        if long and card.arrives_minutes is not None:
            free = _("Free, here in about {n} min").format(n=card.arrives_minutes)
        return free, "success", "success", False
    if card.presence is Presence.BUSY:
        return _("With a guest"), "ink_2", "warn_fill", False
    if card.presence is Presence.BREAK:
        return _("On a break"), "ink_2", "ink_2", True
    if card.presence is Presence.LATER_TODAY and card.back_at is not None:
        return _("Back at {time}").format(time=card.back_at.strftime("%H:%M")), "ink_2", "ink_2", True
    return _("Off today"), "ink_2", "ink_2", True


class ConsultantButton(PaintedKey):
    """A card that is pressed as a whole."""

    pressed_once = Signal()

    def __init__(self, card: Card, look: Look, *, is_own: bool, height: int) -> None:
        super().__init__()
        self._card, self._height = card, height
        self.setAccessibleName(f"{card.name} {presence_words(card)[0]}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(look.px(height))
        self.clicked.connect(self.pressed_once)
        self.setEnabled(card.presence not in {Presence.OFF, Presence.BREAK})
        if is_own:
            self._own(look)
        else:
            self._other(look)

    @property
    def card(self) -> Card:
        return self._card

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(452), look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(300), look_of(self).px(self._height))

    def _own(self, look: Look) -> None:
        line = look.border("choice")
        row = QHBoxLayout(self)
        row.setContentsMargins(line, line, look.px(40), line)
        row.setSpacing(look.px(40))
        photo = Photo(self._card.photo, self._card.name, width=300, shape="left")
        row.addWidget(photo)
        column = QVBoxLayout()
        column.setContentsMargins(0, look.px(44), 0, look.px(44))
        column.setSpacing(0)
        top = QHBoxLayout()
        top.addWidget(Chip(_("Your consultant"), "accent"))
        top.addStretch(1)
        self._add_rating(top, look)
        column.addLayout(top)
        column.addStretch(1)
        column.addLayout(self._named(look, beside=True))
        column.addWidget(Words("·".join(self._card.skills), "note", tone="ink_2"))
        column.addStretch(1)
        foot = self._state(look, long=True)
        foot.addStretch(1)
        foot.addWidget(self._age())
        column.addLayout(foot)
        row.addLayout(column, 1)

    def _other(self, look: Look) -> None:
        column = QVBoxLayout(self)
        pad = look.px(28)
        column.setContentsMargins(pad, pad, pad, look.px(20))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(look.px(24))
        head.addWidget(Photo(self._card.photo, self._card.name, width=132, height=132))
        head.addLayout(self._named(look, beside=False), 1)
        column.addLayout(head)
        column.addSpacing(look.px(14))
        column.addWidget(Words("·".join(self._card.skills), "caption", tone="ink_2"))
        column.addStretch(1)
        column.addWidget(Rule())
        column.addSpacing(look.px(12))
        foot = self._state(look, long=False)
        foot.addStretch(1)
        self._add_rating(foot, look)
        column.addLayout(foot)
        if self._card.known_minutes_ago > 0:
            column.addWidget(self._age())

    def _age(self) -> Words:
        minutes = self._card.known_minutes_ago
        words = _("as of {age}").format(age=ago(minutes)) if minutes else _("just updated")
        return Words(words, "caption", tone="ink_3", wraps=False)

    def _named(self, look: Look, *, beside: bool) -> QHBoxLayout | QVBoxLayout:
        name = Words(self._card.name, "heading", wraps=not beside)
        title = Words(self._card.title, "note" if beside else "caption", tone="ink_2", wraps=True)
        if beside:
            row = QHBoxLayout()
            row.setSpacing(look.px(20))
            row.addWidget(name)
            row.addWidget(title, 1)
            row.setAlignment(title, Qt.AlignmentFlag.AlignVCenter)
            return row
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(name)
        column.addWidget(title)
        column.addStretch(1)
        return column

    def _state(self, look: Look, *, long: bool) -> QHBoxLayout:
        words, tone, dot, hollow = presence_words(self._card, long=long)
        row = QHBoxLayout()
        row.setSpacing(look.px(14))
        row.addWidget(StateDot(dot, hollow=hollow))
        row.addWidget(Words(words, "caption", tone=tone, wraps=False))
        return row

    def _add_rating(self, row: QHBoxLayout, look: Look) -> None:
        if self._card.rating:
            inner = QHBoxLayout()
            inner.setSpacing(look.px(8))
            inner.addWidget(Icon("star", 34))
            inner.addWidget(Words(self._card.rating, "note", wraps=False))
            row.addLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        fill = look.colour("quiet" if self.isDown() else "surface")
        panel(painter, QRectF(self.rect()), look.radius("card"), fill, look.colour("line"), look.border("choice"))


class Rule(QWidget):
    """A hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10, look_of(self).border("hair"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look_of(self).colour("line"))
