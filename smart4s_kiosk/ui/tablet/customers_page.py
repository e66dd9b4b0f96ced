"""客户: search by name, tail, number or plate; masked; the whole number for a reason that is written down."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.tablet_guests import CustomerLine
from smart4s_kiosk.ui.tablet.kept_licence import kept_button
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import Refilled, card, dotted, rule, scrolled, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.segmented import Segmented
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import day, guest_name, joined

REASONS = (N_("Call back as agreed"), N_("Confirm an appointment"), N_("Question on contract or delivery"))


class CustomersPage(TabletPage):
    """Pads at the left, people at the right."""

    section = "customers"
    concepts = ("customers",)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._typed = ""
        line = self.columns()
        left = QVBoxLayout()
        left.setSpacing(self.px(12))
        self._ways = Segmented(((_("Number"), ""), (_("Name"), "")))
        self._ways.chosen.connect(self.show_pad)
        left.addWidget(self._ways)
        self._line = TypedLine(_("Last 4 digits or whole number"))
        left.addWidget(self._line)
        self._pads = Refilled(self.look_)
        left.addWidget(self._pads)
        left.addStretch(1)
        line.addLayout(left, 1)
        frame, column = card(self.look_, gap=0)
        self._rows = Refilled(self.look_, right=8)
        column.addWidget(scrolled(self._rows), 1)
        line.addWidget(frame, 1)
        self.show_pad(0)

    def title(self) -> str:
        return _("Customers")

    def show_pad(self, number: int) -> None:
        """Digits or letters."""
        pad: NumberPad | PinyinPad
        self._line.show_hint(_("Name") if number else _("Last 4 digits or whole number"))
        if number == 0:
            pad = NumberPad(self.look_, 11, key_height=72)
        else:
            pad = PinyinPad(self.look_, length=12, key_height=60)
        pad.typed.connect(self._search)
        self._pads.fresh().addWidget(pad)
        self._search("")

    def _search(self, typed: str) -> None:
        self._typed = typed
        self._line.show_text(typed)
        self.read()

    def read(self) -> None:
        guests, typed, me = self.stage.tablet.guests, self._typed, self.stage.person.staff_id
        self.ask(lambda: guests.find(typed, me), self.show_found, kind="find")

    def show_found(self, found: tuple[CustomerLine, ...]) -> None:
        """The newest answer."""
        rows = self._rows.fresh()
        title = _("{n} found").format(n=len(found)) if self._typed else _("Seen last")
        rows.addWidget(Words(title, "heading"))
        rows.addSpacing(self.px(8))
        for one in found:
            rows.addWidget(rule())
            rows.addLayout(self._row(one))
        if not found:
            rows.addWidget(Words(_("Nobody found"), "body", tone="ink_2"))
        rows.addStretch(1)

    def _row(self, one: CustomerLine) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Words(guest_name(one.name, one.title), "body", weight=500))
        seen = _("last here {day}").format(day=day(self.stage.local(one.last_visit).date())) if one.last_visit else ""
        owner = _("with {name}").format(name=one.consultant) if one.consultant else _("no consultant yet")
        licence = _("licence {classes}").format(classes=one.licence_classes) if one.licence_classes else ""
        facts = joined(dotted(one.phone), seen, owner, licence)
        names.addWidget(Words(facts, "caption", tone="ink_2"))
        line = QHBoxLayout()
        line.setContentsMargins(0, self.px(8), 0, self.px(8))
        line.setSpacing(self.px(12))
        line.addLayout(names, 1)
        if one.is_mine:
            line.addWidget(Chip(_("mine"), "accent"))
        if one.kept is not None:
            line.addWidget(kept_button(self, one.kept, guest_name(one.name, one.title)))
        if one.phone:
            line.addWidget(TouchButton(_("Number"), "secondary").on_press(lambda: self._ask_reason(one)))
        return line

    def _ask_reason(self, one: CustomerLine) -> None:
        dialog = Dialog(self.window(), _("Why is the number needed?"), _("The reason is written into the audit."))
        for reason in REASONS:
            button = wide(TouchButton(_(reason), "secondary", height=56))
            button.on_press(partial(self._reveal, dialog, one, _(reason)))
            dialog.body.addWidget(button)
        dialog.add_action(_("Cancel"))
        dialog.open_now()

    def _reveal(self, dialog: Dialog, one: CustomerLine, reason: str) -> None:
        dialog.close_now()
        guests, me = self.stage.tablet.guests, self.stage.person.staff_id
        self.change(
            lambda: guests.reveal(one.customer_id, me, reason),
            lambda number: self.stage.say(f"{guest_name(one.name, one.title)} · {number}"),
        )
