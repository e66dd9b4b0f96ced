"""Sealing, the sealed paper with its code, and the key: no key before the seal."""

from PySide6.QtWidgets import QVBoxLayout

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.tablet_views import DriveSheet, SealedView
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import card, row, rule, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.busy_overlay import Spinner
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.pdf_preview import PdfPreview
from smart4s_kiosk.ui.widgets.qr_label import QrLabel
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import Trouble

PREVIEW_PX = 1100


class SealPage(DrivePage):
    """Seals by itself; a failure keeps both signatures, gives no key, and offers to try again."""

    step = 4

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._has_begun = False
        column = self.column()
        column.addStretch(1)
        self._spinner = Spinner(56)
        self._sign = Icon("error", 56, tone="danger")
        self._sign.hide()
        self._said = Words(_("Sealing the agreement"), "display", align=CENTRE)
        self._then = Words(_("The key is free as soon as the paper is sealed"), "body_l", tone="ink_2", align=CENTRE)
        for part in (self._spinner, self._sign):
            column.addWidget(part, 0, CENTRE)
        column.addWidget(self._said)
        column.addWidget(self._then)
        self.again = TouchButton(_("Seal again"), "primary", height=64).on_press(self._seal)
        self.again.hide()
        column.addWidget(self.again, 0, CENTRE)
        column.addStretch(1)

    def title(self) -> str:
        return _("Seal")

    def read(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._seal()

    def heard(self, _announcement: Announcement) -> None:
        """Nothing changes the order of seal and key."""

    def _seal(self) -> None:
        self._spinner.show()
        self._sign.hide()
        self.again.hide()
        self._said.set_text(_("Sealing the agreement"))
        self._then.set_text(_("The key is free as soon as the paper is sealed"))
        drives, agreement_id, language = self.stage.tablet.drives, self.drive.agreement_id, self.language()
        self.stage.background.change(
            self, lambda: drives.seal(agreement_id, language), self.stage.show_drive, refused=self._failed
        )

    def _failed(self, trouble: Trouble) -> None:
        self._spinner.hide()
        self._sign.show()
        self._said.set_text(_("Not sealed, so no key yet"))
        self._then.set_text(_("{words}. Both signatures are kept.").format(words=trouble.words))
        self.again.show()


class KeyPage(DrivePage):
    """Paper at the left, code and key at the right."""

    step = 5

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._has_read = False
        line = self.columns()
        self.paper = PdfPreview()
        line.addWidget(self.paper, 7)
        line.addLayout(self._right(), 5)

    def title(self) -> str:
        return _("Sealed: hand out the key")

    def _right(self) -> QVBoxLayout:
        d = self.drive
        right = QVBoxLayout()
        right.setSpacing(self.px(16))
        frame, column = card(self.look_, gap=10)
        sealed = _("Agreement {number} is sealed").format(number=d.number)
        column.addLayout(row(self.look_, Icon("success", 28, tone="success"), Words(sealed, "heading")))
        column.addWidget(Words(_("Seal {hash}").format(hash=d.seal_hash[:16].upper()), "note", tone="ink_2"))
        column.addWidget(rule())
        self._code = QrLabel((), side=self.px(250), least=3)
        self._code.hide()
        column.addWidget(self._code, 0, CENTRE)
        column.addWidget(
            Words(
                _("For the customer: number and seal, to compare the paper later"), "note", tone="ink_2", align=CENTRE
            )
        )
        right.addWidget(frame)
        right.addStretch(1)
        key, inner = card(self.look_, gap=6)
        inner.addLayout(row(self.look_, Icon("key", 28), Words(d.key_label, "title", wraps=False), 1))
        for text in self.car_lines()[:3]:
            inner.addWidget(Words(text, "note", tone="ink_2"))
        right.addWidget(key)
        self.go = wide(TouchButton(_("Hand out the key"), "primary", height=64).on_press(self._hand_out))
        printing = self.stage.tablet.printing
        self.print = self.print_button(lambda: printing.print_agreement(d.agreement_id))
        right.addLayout(row(self.look_, *filter(None, (self.give_up_button(_("Stop here")), self.print)), self.go))
        return right

    def read(self) -> None:
        if not self._has_read:
            self._has_read = True
            drives, agreement_id = self.stage.tablet.drives, self.drive.agreement_id
            self.ask(lambda: drives.sealed_view(agreement_id, PREVIEW_PX), self._show, kind="sealed")

    def _show(self, view: SealedView) -> None:
        self.paper.show_pages(view.pages)
        self._code.show_matrix(view.code)
        self._code.show()

    def _hand_out(self) -> None:
        drives, agreement_id, me = self.stage.tablet.drives, self.drive.agreement_id, self.stage.person.staff_id
        self.change(
            lambda: drives.hand_out_key(agreement_id, by=me),
            self.stage.show_drive,
            button=self.go,
            word=_("Unlocking"),
        )
