"""The rail at the left: five sections, own photo with duty dot at the foot."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.tablet_views import Person
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of, with_look
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import cover, initial_portrait, panel, picture, rounded, smooth
from smart4s_kiosk.ui.widgets.words import CENTRE

SECTIONS = (
    ("today", "home", N_("Today")),
    ("customers", "users", N_("Customers")),
    ("drives", "car", N_("Drives")),
    ("quotes", "quote", N_("Offers")),
    ("phrases", "speech", N_("Phrases")),
)
WIDTH = 84
DUTY_TONES = {Duty.ON: "success", Duty.BREAK: "warn_fill", Duty.OFF: "line_strong"}


class RailKey(PaintedKey):
    """One section: icon over its word."""

    def __init__(self, icon: str, word: str) -> None:
        super().__init__()
        self._icon = icon
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        word = text_width(self.text(), look.font("caption", weight=500))
        return QSize(max(look.px(68), round(word) + look.px(6)), look.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        if self.isChecked() or self.isDown():
            panel(painter, QRectF(self.rect()), look.radius("control"), look.colour("quiet"))
        tone = look.colour("ink" if self.isChecked() else "ink_2")
        side = look.px(24)
        draw_icon(painter, self._icon, QRectF((self.width() - side) / 2, look.px(9), side, side), tone)
        painter.setFont(look.font("caption", weight=500 if self.isChecked() else 400))
        painter.setPen(tone)
        place = QRectF(0, look.px(36), self.width(), look.px(22))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())


class OwnPhoto(PaintedKey):
    """Who is signed in; opens duty, lock and change of person."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._image = picture(person.photo)
        self.setAccessibleName(_("My account"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_person(self, person: Person) -> None:
        self._person = person
        self.update()

    def sizeHint(self) -> QSize:
        side = look_of(self).px(52)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        edge = look.px(4)
        face = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setClipPath(rounded(face, face.width() / 2))
        if self._image.isNull():
            initial_portrait(painter, face, self._person.name, look)
        else:
            cover(painter, self._image, face)
        painter.setClipping(False)
        dot = look.px(14)
        place = QRectF(self.width() - dot - 1, self.height() - dot - 1, dot, dot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(place)
        painter.setBrush(look.colour(DUTY_TONES[self._person.duty]))
        painter.drawEllipse(place.adjusted(2, 2, -2, -2))


class Mark(QWidget):
    """The brand's drawn mark: a ring that opens to the right."""

    def sizeHint(self) -> QSize:
        side = look_of(self).px(36)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        pen = painter.pen()
        pen.setWidthF(look.px(4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setColor(look.colour("ink"))
        painter.setPen(pen)
        edge = look.px(6)
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawArc(box, 45 * 16, 315 * 16)
        painter.drawLine(box.center(), box.center() + (box.topRight() - box.topLeft()) / 2)


class Rail(QFrame):
    """84 wide, always there once somebody is signed in."""

    chosen = Signal(str)
    account = Signal()

    def __init__(self, look: Look, person: Person) -> None:
        super().__init__()
        role(self, "side")
        with_look(self, look)
        self.setFixedWidth(look.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(2), look.px(20), look.px(2), look.px(12))
        column.setSpacing(look.px(6))
        mark = Mark()
        mark.setFixedHeight(look.px(36))
        column.addWidget(mark, 0, CENTRE)
        column.addSpacing(look.px(12))
        self.keys: dict[str, RailKey] = {}
        for name, icon, word in SECTIONS:
            key = RailKey(icon, _(word))
            key.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self.keys[name] = key
            column.addWidget(key, 0, CENTRE)
        column.addStretch(1)
        self.photo = OwnPhoto(person)
        self.photo.clicked.connect(self.account)
        column.addWidget(self.photo, 0, CENTRE)

    def show_section(self, name: str) -> None:
        """Mark where we are."""
        for key_name, key in self.keys.items():
            key.setChecked(key_name == name)
