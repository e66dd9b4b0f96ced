"""Sign-in and lock: choose who one is, then the PIN; nothing of a guest is on the screen meanwhile."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import Person, Store
from smart4s_kiosk.ui.tablet.parts import Refilled, card, scrolled, wide, with_look
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.focus_ring import show_focus
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.painting import cover, initial_portrait, panel, picture, rounded, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import words

LEAST_PIN, MOST_PIN = 6, 12
COLUMNS = 3


class PersonKey(QAbstractButton):
    """One member of staff: photo, name, job."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self._image = picture(person.photo)
        self.setText(person.name)
        self.setAccessibleName(person.name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(212), look.px(92))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_focus(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        is_chosen = self.isChecked()
        edge = look.colour("accent" if is_chosen else "line")
        fill = look.colour("quiet" if self.isDown() else "surface")
        panel(
            painter,
            QRectF(self.rect()),
            look.radius("card"),
            fill,
            edge,
            look.border("chosen" if is_chosen else "hair"),
        )
        side = look.px(60)
        face = QRectF(look.px(16), (self.height() - side) / 2, side, side)
        painter.setClipPath(rounded(face, side / 2))
        if self._image.isNull():
            initial_portrait(painter, face, self.person.name, look)
        else:
            cover(painter, self._image, face)
        painter.setClipping(False)
        left = face.right() + look.px(14)
        room = self.width() - left - look.px(8)
        painter.setFont(look.font("body_l", weight=500))
        painter.setPen(look.colour("ink"))
        painter.drawText(
            QRectF(left, self.height() / 2 - look.px(28), room, look.px(30)), self._middle(), self.person.name
        )
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("ink_2"))
        job = self.person.job_title or words(self.person.role)
        painter.drawText(QRectF(left, self.height() / 2 + look.px(2), room, look.px(22)), self._middle(), job)

    def _middle(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class SignInPage(QWidget):
    """`entered` carries the person and the typed PIN; the window asks the service."""

    entered = Signal(object, str)

    def __init__(self, look: Look, store: Store, *, last: str = "") -> None:
        super().__init__()
        self.look_ = look
        with_look(role(self, "page"), look)
        self._keys: list[PersonKey] = []
        self._last = last
        self._person: Person | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(look.px(64), look.px(56), look.px(64), look.px(56))
        line.setSpacing(look.px(48))
        line.addLayout(self._left(look, store), 1)
        line.addWidget(self._right(look))
        self._typed("")

    def _left(self, look: Look, store: Store) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(look.px(8))
        left.addWidget(Words(" · ".join(p for p in (store.brand, store.store) if p), "body", tone="ink_2"))
        left.addWidget(Words(_("Who is using this tablet?"), "display"))
        left.addSpacing(look.px(24))
        self._people = Refilled(look, gap=14, right=12)
        left.addWidget(scrolled(self._people), 1)
        if store.is_demo:
            left.addWidget(Words(_("Demo showroom: everybody here is invented"), "caption", tone="ink_3"))
        return left

    def _right(self, look: Look) -> QWidget:
        frame, column = card(look, pad=28, gap=12)
        frame.setFixedWidth(look.px(400))
        self._who = Words(_("Choose your name first"), "heading")
        column.addWidget(self._who)
        self._line = TypedLine(_("PIN"))
        column.addWidget(self._line)
        self._said = Words(" ", "caption", tone="danger")
        column.addWidget(self._said)
        self.pad = NumberPad(look, MOST_PIN, key_height=72)
        self.pad.typed.connect(self._typed)
        column.addWidget(self.pad)
        column.addStretch(1)
        self.ok = wide(TouchButton(_("Sign in"), "primary", height=64).on_press(self._enter))
        column.addWidget(self.ok)
        return frame

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Everybody who may sign in."""
        grid = self._people.fresh_grid()
        self._keys = []
        for number, person in enumerate(people):
            key = PersonKey(person)
            key.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self._keys.append(key)
            grid.addWidget(key, number // COLUMNS, number % COLUMNS)
            if person.staff_id == self._last:
                self.choose(key)
        grid.setRowStretch(len(people) // COLUMNS + 1, 1)

    def choose(self, chosen: PersonKey) -> None:
        """Whose PIN is typed."""
        for key in self._keys:
            key.setChecked(key is chosen)
        self._person = chosen.person
        self._who.set_text(chosen.person.name)
        self.pad.clear()
        self._said.set_text(" ")

    def say(self, text: str) -> None:
        """Why it did not work; the digits are gone."""
        self.ok.set_busy("")
        self.pad.clear()
        self._said.set_text(text)

    def _typed(self, digits: str) -> None:
        self._line.show_text("•" * len(digits))
        missing = max(0, LEAST_PIN - len(digits))
        if self._person is None:
            self.ok.set_lacking(_("Choose your name first"))
        else:
            self.ok.set_lacking(_("{n} digits to go").format(n=missing) if missing else "")

    def _enter(self) -> None:
        if self._person is not None:
            self.ok.set_busy(_("Checking"))
            self.entered.emit(self._person, self.pad.text)
