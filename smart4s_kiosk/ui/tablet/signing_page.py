"""The signature: the pad is the page; what is signed stands below it; the customer first, then the consultant."""

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from smart4s_kiosk.domain.agreements import SignatureTooShort
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import ClausesToRead, DriveSheet, DriveStep
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import card, full_text, row, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.signature_pad import SignaturePad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, day, joined


class SigningPage(DrivePage):
    """One page for both signatures; each stroke belongs to this agreement alone."""

    step = 4

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self.by_customer = sheet.step is DriveStep.SIGN_CUSTOMER
        column = self.column()
        who = self.guest() if self.by_customer else sheet.consultant
        self.pad = SignaturePad(height=370)
        self.pad.changed.connect(self._changed)
        undo = TouchButton(_("Undo a stroke"), "secondary", icon="undo").on_press(self.pad.undo)
        clear = TouchButton(_("Start over"), "secondary", icon="refresh").on_press(self.pad.clear)
        asked = Words(_("{name}, please sign below").format(name=who), "title", wraps=False)
        only = Words(_("This signature is used for this agreement only"), "body", tone="ink_2", wraps=False)
        if stage.is_portrait:
            column.addLayout(row(self.look_, asked, 1, undo, clear))
            column.addWidget(only)
        else:
            column.addLayout(row(self.look_, asked, only, 1, undo, clear))
        column.addWidget(self.pad, 1)
        self._clear_enough = Chip("", "quiet")
        role = _("Customer's signature") if self.by_customer else _("Consultant's signature")
        today = day(stage.local(stage.now()).date())
        when = Words(joined(role, f"{today} {clock(stage.now(), stage.store.zone)}"), "note", tone="ink_2", wraps=False)
        column.addLayout(row(self.look_, when, 1, self._clear_enough))
        column.addLayout(self._foot())
        self._changed()

    def title(self) -> str:
        return _("Please sign")

    def _foot(self) -> QBoxLayout:
        foot = self.beside()
        foot.addWidget(self._what_is_signed(), 6)
        foot.addWidget(self._other(), 4)
        buttons = QVBoxLayout()
        buttons.setSpacing(self.px(12))
        word = _("Signed, on to the consultant") if self.by_customer else _("Signed, seal it")
        self.go = wide(TouchButton(word, "primary", height=72).on_press(self._sign))
        self.refuse = wide(TouchButton(_("Do not sign"), "equal", height=56).on_press(self.ask_reason))
        buttons.addWidget(self.go)
        buttons.addWidget(self.refuse)
        foot.addLayout(buttons, 4)
        return foot

    def _what_is_signed(self) -> QFrame:
        d = self.drive
        frame, column = card(self.look_, pad=18, gap=2)
        whole = TouchButton(_("Whole text"), "secondary", icon="document", style="note").on_press(self._ask_text)
        title = Words(_("What you sign"), "heading", wraps=False)
        column.addLayout(row(self.look_, title, 1, whole))
        lines = (
            _("Agreement {number}").format(number=d.number),
            joined(d.model, d.key_label, d.plate, d.consultant),
            _("{n} points read, {seconds} s · agreed electronic signature").format(n=d.clauses, seconds=d.reading_s),
        )
        for line in lines:
            column.addWidget(Words(line, "note", tone="ink_2"))
        return frame

    def _other(self) -> QFrame:
        frame, column = card(self.look_, pad=18, gap=8)
        if self.by_customer:
            column.addWidget(Words(_("Then the consultant"), "heading"))
            column.addWidget(Words(f"{self.drive.consultant} {self.drive.badge}", "body", tone="ink_2"))
        else:
            column.addWidget(Words(_("The customer has signed"), "heading"))
            column.addLayout(row(self.look_, Chip(self.guest(), "success", icon="check"), 1))
        column.addStretch(1)
        return frame

    def _ask_text(self) -> None:
        drives, agreement_id, language = self.stage.tablet.drives, self.drive.agreement_id, self.language()
        self.ask(lambda: drives.clauses(agreement_id, language), self._show_text, kind="clauses")

    def _show_text(self, text: ClausesToRead) -> None:
        full_text(self, self.look_, text.title, text.whole, _("Close"))

    def _changed(self) -> None:
        if self.pad.is_empty:
            self._clear_enough.show_state(_("nothing written yet"), "quiet")
            self.go.set_lacking(_("Please sign first"))
            return
        try:
            self.pad.signature().must_be_real()
        except SignatureTooShort:
            self._clear_enough.show_state(_("too short, please go on"), "warn")
            self.go.set_lacking(_("The signature is too short"))
        else:
            self._clear_enough.show_state(_("clearly written"), "success")
            self.go.set_lacking("")

    def _sign(self) -> None:
        drives, agreement_id, signature = self.stage.tablet.drives, self.drive.agreement_id, self.pad.signature()
        self.change(
            lambda: drives.sign(agreement_id, signature), self.stage.show_drive, button=self.go, word=_("Keeping it")
        )
