"""今日: the waiting guest on top, my guests and appointments below, keys that are out at the right."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.domain.visits import Outcome, VisitState
from smart4s_kiosk.i18n import N_, _, counted
from smart4s_kiosk.services.tablet_views import ExpectedToday, KeyOut, MyGuest, Today
from smart4s_kiosk.ui.tablet.guest_block import LATER_MINUTES, GuestBlock
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import Refilled, card, head, inner_column, row, rule, scrolled, wide
from smart4s_kiosk.ui.tablet.places import ChooseDrivePlace, DrivePlace, QuotePlace
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, day, guest_name, joined, weekday, words

DUTY_KINDS = {Duty.ON: "free", Duty.BREAK: "busy", Duty.OFF: "off"}
OUTCOMES = (
    Outcome.SERVED,
    Outcome.NOT_BUYING_NOW,
    Outcome.LOST_TO_OTHER_SELLER,
    Outcome.LOST_TO_OTHER_BRAND,
)
MOST_BLOCKS = 2


class TodayPage(TabletPage):
    """What now: one list, the most pressing first."""

    section = "today"
    concepts = ("visits", "appointments", "keys", "agreements", "quotes", "staff")

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._blocks: list[GuestBlock] = []
        self._when = Words("", "note", tone="ink_2", wraps=False)
        self._duty = Chip(words(stage.person.duty), DUTY_KINDS[stage.person.duty])
        self._all = Refilled(stage.look, gap=16)
        self.column().addWidget(self._all)
        self._shown: Today | None = None

    def title(self) -> str:
        hour = self.stage.local(self.stage.now()).hour
        pattern = N_("{name}, good morning") if hour < 12 else N_("{name}, good afternoon")
        return _(pattern if hour < 18 else N_("{name}, good evening")).format(name=self.stage.person.name)

    def bar_parts(self) -> list[QWidget]:
        return [self._when, self._duty]

    def tick(self) -> None:
        now = self.stage.now()
        local = self.stage.local(now)
        self._when.set_text(f"{day(local.date())} {weekday(local.date())} {clock(now, self.stage.store.zone)}")
        for block in self._blocks:
            block.tick()

    def read(self) -> None:
        me = self.stage.person.staff_id
        self.ask(lambda: self.stage.tablet.day.today(me), self.show_today, kind="today")

    # showing

    def show_today(self, today: Today) -> None:
        """The newest state; the same state again changes nothing under a finger."""
        if today == self._shown:
            return
        self._shown = today
        self._duty.show_state(words(today.person.duty), DUTY_KINDS[today.person.duty])
        column = self._all.fresh()
        self._blocks = []
        for guest in today.waiting[:MOST_BLOCKS]:
            block = GuestBlock(self.stage, guest)
            block.accepted.connect(lambda visit, block=block: self._accept(VisitId(visit), block))
            block.postponed.connect(lambda visit: self._postpone(VisitId(visit)))
            block.passed_on.connect(lambda visit: self._ask_whom(VisitId(visit)))
            self._blocks.append(block)
            column.addWidget(block)
        below = self.beside()
        left = QVBoxLayout()
        left.setSpacing(self.px(16))
        if today.mine:
            left.addWidget(self._mine(today))
        left.addWidget(self._expected(today), 1)
        below.addLayout(left, 7)
        below.addWidget(self._keys(today), 5)
        column.addLayout(below, 1)

    def _mine(self, today: Today) -> QWidget:
        frame, column = card(self.look_, gap=8)
        column.addLayout(head(self.look_, _("With me now"), counted(len(today.mine), _("1 guest"), _("{n} guests"))))
        for guest in today.mine:
            column.addWidget(rule())
            column.addLayout(self._my_row(guest))
        return frame

    def _my_row(self, guest: MyGuest) -> QHBoxLayout:
        name = Words(
            guest_name(guest.name, guest.title) if guest.name else guest.label, "body", weight=500, wraps=False
        )
        purpose = Words(words(guest.purpose) if guest.purpose else "", "note", tone="ink_2", wraps=False)
        visit_id = guest.visit_id
        if guest.agreement_id is not None:
            agreement_id = guest.agreement_id
            drive = TouchButton(_("Resume drive"), "primary", height=48)
            drive.on_press(lambda: self.stage.open(DrivePlace(agreement_id)))
        else:
            drive = TouchButton(_("Test drive"), "primary", height=48)
            drive.on_press(lambda: self._begin_drive(visit_id))
        quote = TouchButton(_("Quote"), "secondary").on_press(lambda: self._begin_quote(visit_id))
        left = TouchButton(_("Has left"), "secondary").on_press(lambda: self._ask_outcome(visit_id))
        parts: list[QWidget | int] = [name, purpose, 1]
        if guest.state is VisitState.ACCEPTED:
            parts.append(Chip(_("on the way"), "accent"))
        return row(self.look_, *parts, drive, quote, left)

    def _expected(self, today: Today) -> QWidget:
        frame, column = card(self.look_, gap=0)
        count = _("{n} in all, {arrived} here").format(n=len(today.expected), arrived=today.arrived)
        column.addLayout(head(self.look_, _("Appointments today"), count))
        column.addSpacing(self.px(8))
        inner, lines = inner_column(self.look_)
        for one in today.expected:
            lines.addWidget(rule())
            lines.addLayout(self._expected_row(one))
        if not today.expected:
            lines.addWidget(Words(_("Nobody is expected today"), "body", tone="ink_2"))
        lines.addStretch(1)
        column.addWidget(scrolled(inner), 1)
        return frame

    def _expected_row(self, one: ExpectedToday) -> QHBoxLayout:
        at = Words(clock(one.at, self.stage.store.zone), "body_l", weight=500, wraps=False)
        at.setFixedWidth(self.px(64))
        what = " ".join(p for p in (words(one.purpose), one.model) if p)
        chip = Chip(_("here"), "success") if one.state is AppointmentState.ARRIVED else Chip(_("not yet"))
        line = row(
            self.look_,
            at,
            Words(guest_name(one.name, one.title), "body", weight=500, wraps=False),
            Words(what, "note", tone="ink_2", wraps=False),
            1,
            chip,
        )
        line.setContentsMargins(0, self.px(14), 0, self.px(14))
        return line

    def _keys(self, today: Today) -> QWidget:
        frame, column = card(self.look_, gap=0)
        out = sum(key.place is not KeyPlace.RESERVED for key in today.keys)
        column.addLayout(head(self.look_, _("Keys out"), _("{n} out").format(n=out)))
        column.addSpacing(self.px(8))
        inner, lines = inner_column(self.look_)
        for key in today.keys:
            lines.addWidget(rule())
            lines.addLayout(self._key_row(key))
        if not today.keys:
            lines.addWidget(Words(_("All keys are in the cabinet"), "body", tone="ink_2"))
        lines.addStretch(1)
        column.addWidget(scrolled(inner), 1)
        return frame

    def _key_row(self, key: KeyOut) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Words(joined(key.label, key.model), "body", weight=500))
        names.addWidget(Words(joined(key.plate, key.holder), "caption", tone="ink_2"))
        line = QHBoxLayout()
        line.setContentsMargins(0, self.px(10), 0, self.px(10))
        line.setSpacing(self.px(12))
        line.addLayout(names, 1)
        line.addWidget(self._key_chip(key))
        if key.is_mine and key.agreement_id is not None:
            agreement_id = key.agreement_id
            word = _("Take back") if key.place is KeyPlace.OUT else _("Go on")
            line.addWidget(TouchButton(word, "secondary").on_press(lambda: self.stage.open(DrivePlace(agreement_id))))
        return line

    def _key_chip(self, key: KeyOut) -> Chip:
        if key.is_overdue:
            return Chip(_("overdue"), "danger")
        if key.place is KeyPlace.OUT and key.due_at is not None:
            return Chip(_("until {time}").format(time=clock(key.due_at, self.stage.store.zone)), "warn")
        return Chip(words(key.place))

    # acting

    def _accept(self, visit_id: VisitId, block: GuestBlock) -> None:
        me, guests = self.stage.person.staff_id, self.stage.tablet.guests
        self.change(
            lambda: guests.accept(visit_id, me), lambda _none: self.read(), button=block.accept, word=_("Receiving")
        )

    def _postpone(self, visit_id: VisitId) -> None:
        me, guests = self.stage.person.staff_id, self.stage.tablet.guests
        self.change(lambda: guests.postpone(visit_id, me, LATER_MINUTES), lambda _none: self.read())

    def _ask_whom(self, visit_id: VisitId) -> None:
        today = self._shown
        dialog = Dialog(self.window(), _("Who goes to the guest instead?"))
        anybody = wide(TouchButton(_("Whoever is free"), "secondary", height=56))
        dialog.body.addWidget(anybody.on_press(lambda: self._pass_on(dialog, visit_id, None)))
        for person in today.colleagues if today else ():
            button = wide(TouchButton(person.name, "secondary", height=56))
            button.on_press(partial(self._pass_on, dialog, visit_id, person.staff_id))
            dialog.body.addWidget(button)
        dialog.add_action(_("I go myself"), kind="primary")
        dialog.open_now()

    def _pass_on(self, dialog: Dialog, visit_id: VisitId, to: StaffId | None) -> None:
        dialog.close_now()
        me, guests = self.stage.person.staff_id, self.stage.tablet.guests
        self.change(lambda: guests.pass_on(visit_id, me, to), lambda _none: self.read())

    def _begin_drive(self, visit_id: VisitId) -> None:
        me, guests = self.stage.person.staff_id, self.stage.tablet.guests
        self.change(
            lambda: guests.stand_beside(visit_id, me), lambda _none: self.stage.open(ChooseDrivePlace(visit_id))
        )

    def _begin_quote(self, visit_id: VisitId) -> None:
        me, guests = self.stage.person.staff_id, self.stage.tablet.guests
        self.change(lambda: guests.stand_beside(visit_id, me), lambda _none: self.stage.open(QuotePlace(visit_id)))

    def _ask_outcome(self, visit_id: VisitId) -> None:
        dialog = Dialog(self.window(), _("How did the visit end?"))
        for outcome in OUTCOMES:
            button = wide(TouchButton(words(outcome), "secondary", height=56))
            button.on_press(partial(self._leave, dialog, visit_id, outcome))
            dialog.body.addWidget(button)
        dialog.add_action(_("Still here"), kind="primary")
        dialog.open_now()

    def _leave(self, dialog: Dialog, visit_id: VisitId, outcome: Outcome) -> None:
        dialog.close_now()
        me, guests = self.stage.person.staff_id, self.stage.tablet.guests
        self.change(lambda: guests.leave(visit_id, me, outcome), lambda _none: self.read())
