"""Checking what was read: weak fields first, then the driver's declaration; the verdict stands beside them."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from smart4s_kiosk.domain.licences import LicenceField, PageKind
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.licence_sheets import LicenceSheet
from smart4s_kiosk.services.tablet_views import DriveSheet, Judged, Person
from smart4s_kiosk.services.test_drives import NameDiffers
from smart4s_kiosk.ui.licence_words import KINDS
from smart4s_kiosk.ui.tablet.decision_card import DecisionCard, verdict_lines
from smart4s_kiosk.ui.tablet.declaration_card import DeclarationCard
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.field_dialog import FieldDialog
from smart4s_kiosk.ui.tablet.field_row import FieldRow
from smart4s_kiosk.ui.tablet.licence_picture import LicencePicture
from smart4s_kiosk.ui.tablet.parts import Refilled, card, row, rule, scrolled, wide
from smart4s_kiosk.ui.tablet.pin_dialog import PinDialog
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import Trouble

PAGES = {
    PageKind.MAIN: N_("Main page"),
    PageKind.SUB: N_("Sub-page"),
    PageKind.ELECTRONIC: N_("Electronic"),
    PageKind.UNKNOWN: N_("Not recognised"),
}


class CheckPage(DrivePage):
    """Fields, then declaration, then one press that keeps all of it and deletes the pictures."""

    step = 2

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._licence: LicenceSheet | None = None
        self._judged: Judged | None = None
        self._people: tuple[Person, ...] = ()
        self._is_companion = False
        line = self.columns()
        left = QVBoxLayout()
        left.setSpacing(self.px(14))
        left.addWidget(self._picture_card(), 5)
        self.verdict = DecisionCard(self.look_)
        self.verdict.companion_wanted.connect(self._type_companion)
        left.addWidget(self.verdict, 4)
        line.addLayout(left, 1)
        line.addLayout(self._right(), 1)

    def title(self) -> str:
        return _("Check the licence")

    # building

    def _picture_card(self) -> QFrame:
        frame, column = card(self.look_, pad=16, gap=12)
        self._picture = LicencePicture()
        column.addWidget(self._picture, 1)
        self._tabs = Refilled(self.look_, gap=8)
        foot = QHBoxLayout()
        foot.addWidget(self._tabs)
        foot.addStretch(1)
        self._again = TouchButton(_("Retake"), "secondary", icon="refresh").on_press(self._retake)
        self._again.setVisible(not self.drive.was_declined)
        foot.addWidget(self._again)
        column.addLayout(foot)
        return frame

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(self.px(16))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._fields_card())
        self.declaration = DeclarationCard(self.look_)
        self.declaration.changed.connect(self._declared)
        self._stack.addWidget(self.declaration)
        right.addWidget(self._stack, 1)
        self.ride = TouchButton(_("Ride along instead"), "equal", height=64).on_press(self._ride_along)
        self.go = wide(TouchButton("", "primary", height=64).on_press(self._go))
        buttons = QHBoxLayout()
        buttons.setSpacing(self.px(12))
        buttons.addWidget(self.ride, 4)
        buttons.addWidget(self.go, 7)
        right.addLayout(buttons)
        return right

    def _fields_card(self) -> QFrame:
        frame, column = card(self.look_, pad=20, gap=6)
        self._left_to_check = Chip("", "warn", icon="warning")
        column.addLayout(row(self.look_, Words(_("What was read"), "heading", wraps=False), 1, self._left_to_check))
        self._rows = Refilled(self.look_, gap=2, right=6)
        column.addWidget(scrolled(self._rows), 1)
        self._what_becomes = Words("", "note", tone="ink_2")
        column.addLayout(row(self.look_, Icon("lock", 20, tone="ink_2"), self._what_becomes))
        return frame

    def _becomes(self, licence: LicenceSheet) -> str:
        """What becomes of the picture; typed fields have none."""
        if licence.is_typed:
            return _("No picture was taken; hand the licence back at once.")
        if self.drive.keeps_pictures:
            return _("The picture is sealed and kept for 30 days; hand the licence back at once.")
        return _("The picture is deleted after the check; hand the licence back at once.")

    # reading

    def read(self) -> None:
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
        self.ask(lambda: drives.licence(agreement_id), self.show_licence, kind="licence")
        self.ask(self.stage.tablet.day.people, self._know_people, kind="people")

    def heard(self, _announcement: Announcement) -> None:
        """Typing goes on whatever others do."""

    def _know_people(self, people: tuple[Person, ...]) -> None:
        self._people = people

    def leave(self) -> None:
        self._picture.clear()

    def show_licence(self, licence: LicenceSheet) -> None:
        """Rows, frames and what is missing."""
        self._licence = licence
        self._picture.show_sheet(licence)
        self._show_tabs(licence)
        self._what_becomes.set_text(self._becomes(licence))
        rows = self._rows.fresh()
        for number, shown in enumerate(licence.rows):
            if number:
                rows.addWidget(rule())
            line = FieldRow(self.look_, shown, is_typed=licence.is_typed)
            line.typed.connect(lambda name: self._type(LicenceField(name)))
            line.accepted.connect(lambda name: self._accept(LicenceField(name)))
            rows.addWidget(line)
        rows.addStretch(1)
        self._show_state()
        self._judge()

    def _show_tabs(self, licence: LicenceSheet) -> None:
        tabs = self._tabs.fresh_row()
        for number, page in enumerate(licence.pages):
            kind = "primary" if number == self._picture.page else "secondary"
            tab = TouchButton(_(PAGES[page.kind]), kind, height=48, icon="check", style="note")
            tabs.addWidget(tab.on_press(partial(self._turn_to, number)))
        if licence.is_typed:
            tabs.addWidget(Chip(_(KINDS[licence.kind])))

    def _turn_to(self, number: int) -> None:
        self._picture.show_page(number)
        if self._licence is not None:
            self._show_tabs(self._licence)

    # the verdict

    def _judge(self) -> None:
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
        declaration = self.declaration.declaration()
        self.ask(lambda: drives.judge(agreement_id, declaration), self._show_judged, kind="judge")

    def _show_judged(self, judged: Judged) -> None:
        self._judged = judged
        self.verdict.show_judged(judged)
        self._show_state()

    def _show_state(self) -> None:
        licence = self._licence
        if licence is None or self.go.is_busy:
            return
        left = licence.open_rows
        words = _("Left to check: {n}").format(n=left) if left else _("all checked")
        self._left_to_check.show_state(words, "warn" if left else "success", icon="warning" if left else "check")
        on_declaration = self._stack.currentIndex() == 1
        if left:
            self.go.set_lacking(words)
        elif not licence.is_complete:
            self.go.set_word(_("A colleague confirms"))
            self.go.set_lacking("")
        elif not on_declaration:
            self.go.set_word(_("Checked, to the declaration"))
            self.go.set_lacking("")
        elif self.declaration.missing:
            self.go.set_lacking(_("Questions left: {n}").format(n=self.declaration.missing))
        else:
            self.go.set_word(_("Confirm and read the agreement"))
            may = self._judged is not None and self._judged.is_final and self._judged.may_drive
            self.go.set_lacking("" if may else _("No driving today; riding along is possible"))

    def _declared(self) -> None:
        self._show_state()
        self._judge()

    # acts

    def _type(self, field: LicenceField) -> None:
        licence = self._licence
        text = next((r.text for r in licence.rows if r.field is field), "") if licence else ""
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        FieldDialog(
            self.window(),
            field,
            text,
            lambda typed: self.change(lambda: scans.type_field(agreement_id, field, typed), self.show_licence),
        ).open_now()

    def _type_companion(self) -> None:
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        FieldDialog(
            self.window(),
            LicenceField.FIRST_ISSUE,
            "",
            lambda typed: self.change(lambda: scans.type_companion(agreement_id, typed), self.show_licence),
            title=_("First issue of the colleague's licence"),
        ).open_now()

    def _accept(self, field: LicenceField) -> None:
        scans, agreement_id = self.stage.tablet.scans, self.drive.agreement_id
        self.change(lambda: scans.accept_field(agreement_id, field), self.show_licence)

    def _go(self) -> None:
        licence = self._licence
        if licence is None or licence.open_rows:
            return
        if not licence.is_complete:
            self._ask_second()
        elif self._stack.currentIndex() == 0:
            self._stack.setCurrentIndex(1)
            self._show_state()
        else:
            self._confirm()

    def back(self) -> None:
        if self._stack.currentIndex() == 1:
            self._stack.setCurrentIndex(0)
            self._show_state()
        else:
            super().back()

    def _ask_second(self) -> None:
        """A colleague compares the fields with the document and types their own PIN."""
        others = tuple(p for p in self._people if p.staff_id != self.stage.person.staff_id)
        dialog = PinDialog(
            self.window(), _("A colleague confirms"), _("Compare every field with the document, then your PIN."), others
        )
        dialog.entered.connect(lambda person, pin: self._second(dialog, person, pin))
        dialog.open_now()

    def _second(self, dialog: PinDialog, person: Person, pin: str) -> None:
        scans, agreement_id, first = self.stage.tablet.scans, self.drive.agreement_id, self.stage.person.staff_id

        def confirmed(licence: LicenceSheet) -> None:
            dialog.close_now()
            self.show_licence(licence)

        self.stage.background.change(
            dialog,
            lambda: scans.confirm_as_second(agreement_id, person.staff_id, pin, first=first),
            confirmed,
            refused=lambda trouble: dialog.say(trouble.words),
        )

    def _confirm(self) -> None:
        declaration, judged = self.declaration.declaration(), self._judged
        if declaration is None or judged is None:
            return
        drives, agreement_id, lines = self.stage.tablet.drives, self.drive.agreement_id, verdict_lines(judged.decision)
        self.go.set_busy(_("Keeping it"))
        self.stage.background.change(
            self,
            lambda: drives.confirm_licence(
                agreement_id, declaration, verdict_words=lines, is_companion=self._is_companion
            ),
            self.stage.show_drive,
            refused=self._not_kept,
        )

    def _not_kept(self, trouble: Trouble) -> None:
        """The licence names somebody else: a companion of the guest, or the wrong visit."""
        self.go.set_busy("")
        if trouble.code != NameDiffers.code:
            self.show_trouble(trouble)
            return
        text = _("The licence is not in the name of {guest}. Look at both once more.").format(guest=self.guest())
        dialog = Dialog(self.window(), _("Whose licence is this?"), text)
        companion = wide(TouchButton(_("Somebody who came along drives"), "secondary", height=56))
        dialog.body.addWidget(companion.on_press(lambda: self._take_companion(dialog)))
        dialog.add_action(_("Stop here"), self.ask_reason)
        dialog.add_action(_("Check again"), kind="primary")
        dialog.open_now()

    def _take_companion(self, dialog: Dialog) -> None:
        dialog.close_now()
        self._is_companion = True
        self._confirm()

    def _ride_along(self) -> None:
        drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
        self.change(
            lambda: drives.ride_along(agreement_id), self.stage.show_drive, button=self.ride, word=_("One moment")
        )

    def _retake(self) -> None:
        """New pictures; what was typed or accepted is gone with the old ones."""
        scans, drives, agreement_id = self.stage.tablet.scans, self.stage.tablet.drives, self.drive.agreement_id

        def again() -> DriveSheet:
            scans.begin(agreement_id)
            return drives.sheet(agreement_id)

        self.change(again, self.stage.show_drive)
