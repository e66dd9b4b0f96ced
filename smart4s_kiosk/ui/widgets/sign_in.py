"""Who is there: choose a name, type the PIN. One sign-in for tablet, reception and manager; there is no default PIN."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look, look_of, with_look
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import cover, initial_portrait, panel, picture, rounded, smooth
from smart4s_kiosk.ui.widgets.pin_entry import PinEntry
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import CENTRE, Words

MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
KEY_HEIGHTS = {"kiosk": 160, "tablet": 72, "desk": 56}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may sign in here."""

    staff_id: str
    name: str
    job: str
    photo: bytes | None = None


class PersonKey(PaintedKey):
    """One member of staff: photo, name, job."""

    def __init__(self, person: Candidate) -> None:
        super().__init__()
        self.person = person
        self._image = picture(person.photo)
        self.setText(person.name)
        self.setAccessibleName(person.name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(216), look.px(84))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        is_chosen = self.isChecked()
        edge = look.colour("accent" if is_chosen else "line")
        fill = look.colour("quiet" if self.isDown() else "surface")
        line = look.border("chosen" if is_chosen else "hair")
        panel(painter, QRectF(self.rect()), look.radius("card"), fill, edge, line)
        side = look.px(52)
        face = QRectF(look.px(16), (self.height() - side) / 2, side, side)
        painter.setClipPath(rounded(face, side / 2))
        if self._image.isNull():
            initial_portrait(painter, face, self.person.name, look)
        else:
            cover(painter, self._image, face)
        painter.setClipping(False)
        left, middle = face.right() + look.px(14), self.height() / 2
        room = self.width() - left - look.px(8)
        painter.setFont(look.font("body_l", weight=500))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(left, middle - look.px(27), room, look.px(30)), MIDDLE_LEFT, self.person.name)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("ink_2"))
        painter.drawText(QRectF(left, middle + look.px(2), room, look.px(22)), MIDDLE_LEFT, self.person.job)


class SignIn(QWidget):
    """`entered` tells staff id and PIN; the window asks the service and answers a refusal with `say`."""

    entered = Signal(str, str)

    def __init__(self, look: Look, question: str, *, brand: str, store: str = "", remark: str = "") -> None:
        super().__init__()
        with_look(role(self, "page"), look)
        self._keys: list[PersonKey] = []
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        edge = look.px(56)
        self._line.setContentsMargins(edge, edge, edge, edge)
        self._line.setSpacing(look.px(56))
        self._line.addStretch(1)
        left = self._left(look, question, brand, store, remark)
        self._line.addWidget(left, 12)
        self._line.addWidget(self._right(look), 0, Qt.AlignmentFlag.AlignCenter)
        self._line.addStretch(1)
        self._show()

    def _left(self, look: Look, question: str, brand: str, store: str, remark: str) -> QWidget:
        left = QWidget()
        left.setMaximumWidth(look.px(740))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(BrandMark(32))
        head.addWidget(Words(brand, "title", wraps=False))
        head.addWidget(Words(store, "body", tone="ink_2", wraps=False))
        head.addStretch(1)
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(Words(question, "display"))
        self._hint = Words(_("Choose your name and type your PIN"), "body_l", tone="ink_2")
        column.addWidget(self._hint)
        column.addSpacing(look.px(16))
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        column.addStretch(2)
        if remark:
            column.addWidget(Words(remark, "caption", tone="ink_3"))
        return left

    def _right(self, look: Look) -> QFrame:
        frame = role(QFrame(), "card")
        frame.setFixedWidth(look.px(380))
        column = QVBoxLayout(frame)
        pad = look.px(28)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.px(10))
        self.asked = Words(" ", "heading", align=CENTRE)
        self.pin = PinEntry(look, key_height=KEY_HEIGHTS[look.density])
        self.pin.said.setMinimumHeight(2 * look.style("note").line)
        self.pin.changed.connect(self._show)
        self.pin.entered.connect(self._enter)
        column.addWidget(self.asked)
        column.addWidget(self.pin)
        column.addSpacing(look.px(6))
        self.enter = TouchButton(_("Sign in"), "primary", height=64 if look.density == "tablet" else 48)
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.enter.on_press(self._enter))
        return frame

    # people

    @property
    def chosen(self) -> Candidate | None:
        """Whose PIN is asked for."""
        return next((key.person for key in self._keys if key.isChecked()), None)

    def show_people(self, people: Sequence[Candidate], *, last: str = "", nobody: str = "") -> None:
        """Those who may sign in; the one chosen before, the `last` one or the only one is chosen at once."""
        before = self.chosen.staff_id if self.chosen is not None else last
        while (item := self._place.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._keys = [PersonKey(person) for person in people]
        for key in self._keys:
            key.clicked.connect(lambda _checked=False, who=key.person.staff_id: self.choose(who))
        row = FlowRow(self._keys, gap=12)
        self._place.addWidget(row)
        self._hint.set_text(_("Choose your name and type your PIN") if people or not nobody else nobody)
        if len(people) == 1:
            before = people[0].staff_id
        self._mark(before)
        self._show()

    def choose(self, staff_id: str) -> None:
        """This person; the PIN comes next."""
        self._mark(staff_id)
        self.start_anew()
        self.pin.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, staff_id: str) -> None:
        for key in self._keys:
            key.setChecked(key.person.staff_id == staff_id)

    # the PIN

    def say(self, words: str) -> None:
        """Why it did not work; the digits are gone."""
        self.enter.set_busy("")
        self.pin.start_anew(words)

    def start_anew(self) -> None:
        """No digit and no busy mark stays."""
        self.say(" ")

    def _show(self) -> None:
        chosen = self.chosen
        self.asked.set_text(_("PIN of {name}").format(name=chosen.name) if chosen else _("Choose your name first"))
        if chosen is None:
            self.enter.set_lacking(_("Choose your name first"))
        else:
            self.enter.set_lacking(self.pin.lacking)

    def _enter(self) -> None:
        chosen = self.chosen
        if chosen is not None and self.pin.is_whole and not self.enter.is_busy:
            self.enter.set_busy(_("Checking the PIN"))
            self.entered.emit(chosen.staff_id, self.pin.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pin.takes(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On an upright screen the PIN stands below the names."""
        super().resizeEvent(event)
        upright = self.height() > self.width()
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.TopToBottom if upright else ways.LeftToRight)
