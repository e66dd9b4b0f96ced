"""Who sits at the desk: choose a name, type the PIN. Everybody has their own; there is no default."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.ui.reception.rows import MIDDLE_LEFT, round_portrait
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.focus_ring import show_focus
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.painting import panel, picture, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import words

LEAST, MOST = 6, 12


class PersonButton(QAbstractButton):
    """Portrait, name, role."""

    def __init__(self, person: ColleagueCard) -> None:
        super().__init__()
        self.person = person
        self._image = picture(person.photo)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(person.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(232), look.px(76))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_focus(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        chosen = self.isChecked()
        fill = look.colour("accent_soft" if chosen else "quiet" if self.isDown() else "surface")
        edge = look.colour("accent" if chosen else "line")
        panel(
            painter, QRectF(self.rect()), look.radius("card"), fill, edge, look.border("choice" if chosen else "hair")
        )
        side, pad = look.px(48), look.px(14)
        round_portrait(
            painter, look, QRectF(pad, (self.height() - side) / 2, side, side), self._image, self.person.name
        )
        left = pad + side + look.px(12)
        painter.setFont(look.font("name"))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(left, look.px(14), self.width() - left, look.px(26)), MIDDLE_LEFT, self.person.name)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("ink_2"))
        said = self.person.job_title or words(self.person.role)
        painter.drawText(QRectF(left, look.px(40), self.width() - left, look.px(20)), MIDDLE_LEFT, said)


class SignInPage(QWidget):
    """`entered` carries staff id and PIN; the window asks the service and tells the answer with `refuse`."""

    entered = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._people: list[PersonButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(64, 48, 64, 48)
        row.setSpacing(64)
        row.addStretch(1)
        people = QWidget()
        people.setLayout(self._people_side(look))
        people.setMaximumWidth(760)
        row.addWidget(people, 12)
        row.addWidget(self._pin_side(look), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    def _people_side(self, look: Look) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(BrandMark(32))
        head.addWidget(Words(look.tokens.brand.name, "title", wraps=False))
        head.addStretch(1)
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(Words(_("Reception: who are you?"), "display"))
        self._hint = Words(_("Choose your name and type your PIN"), "body_l", tone="ink_2")
        column.addWidget(self._hint)
        column.addSpacing(20)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        column.addStretch(2)
        return column

    def _pin_side(self, look: Look) -> QFrame:
        card = role(QFrame(), "card")
        card.setFixedWidth(360)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(14)
        self.name = Words(_("Choose a name"), "heading", align=CENTRE)
        column.addWidget(self.name)
        self.dots = Words("· · · · · ·", "display", align=CENTRE)
        column.addWidget(self.dots)
        self.said = Words(" ", "note", tone="danger", align=CENTRE)
        self.said.setMinimumHeight(40)
        column.addWidget(self.said)
        self.pad = NumberPad(look, MOST, key_height=60)
        self.pad.typed.connect(self._typed)
        column.addWidget(self.pad)
        self.enter = TouchButton(_("Sign in"), "primary", height=48).on_press(self._enter)
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.enter)
        self._typed("")
        return card

    @property
    def chosen(self) -> ColleagueCard | None:
        """Whose PIN is asked for."""
        return next((b.person for b in self._people if b.isChecked()), None)

    def show_people(self, people: Sequence[ColleagueCard]) -> None:
        """Those who may run the desk; the only one is chosen at once."""
        before = self.chosen
        while (item := self._place.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        self._people = [PersonButton(person) for person in people]
        for button in self._people:
            button.clicked.connect(self._choose)
        self._place.addWidget(FlowRow(self._people, gap=12))
        keep = next((b for b in self._people if before is not None and b.person.staff_id == before.staff_id), None)
        chosen = keep or (self._people[0] if len(self._people) == 1 else None)
        if chosen is not None:
            chosen.setChecked(True)
        if not people:
            self._hint.set_text(_("Nobody may run the desk yet: add staff with `main.py staff add`"))
        self._choose()

    def _choose(self) -> None:
        chosen = self.chosen
        self.name.set_text(chosen.name if chosen is not None else _("Choose a name"))
        self.said.set_text(" ")
        self.pad.clear()

    def _typed(self, digits: str) -> None:
        shown = "●" * len(digits) + "·" * max(0, LEAST - len(digits))
        self.dots.set_text(" ".join(shown))
        if digits:
            self.said.set_text(" ")
        missing = max(0, LEAST - len(digits))
        lacking = _("{n} digits to go").format(n=missing) if missing else ""
        self.enter.set_lacking(_("Choose a name") if self.chosen is None else lacking)

    def _enter(self) -> None:
        if self.chosen is not None and len(self.pad.text) >= LEAST:
            self.enter.set_busy(_("Checking"))
            self.entered.emit(self.chosen.staff_id, self.pad.text)

    def refuse(self, why: str) -> None:
        """Not this time; the digits are gone."""
        self.enter.set_busy("")
        self.pad.clear()
        self.said.set_text(why)

    def start_anew(self) -> None:
        """Nobody is signed in: no digit and no busy mark stays."""
        self.enter.set_busy("")
        self.pad.clear()
        self.said.set_text(" ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        else:
            self.pad.keyPressEvent(event)
