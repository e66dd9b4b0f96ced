"""Before the camera opens: what is read, why, how long; two equal answers, and the equal way by hand."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from smart4s_kiosk.domain.consents import MIN_SECONDS_ON_SCREEN
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import card, full_text, row, rule, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.language_switch import LanguageSwitch
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class LicenceConsentPage(DrivePage):
    """A consent of its own, answered by the customer."""

    step = 1

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._shown_at = stage.clock.monotonic()
        self._notice = stage.tablet.drives.notice(sheet)
        self._language = sheet.language
        column = self.column()
        column.addWidget(Words(_("{guest}: may we read your licence?").format(guest=self.guest()), "display"))
        column.addWidget(self._rows())
        column.addStretch(1)
        column.addLayout(self._version())
        self._no = wide(TouchButton(_("Decline, copy by hand"), "equal", height=64))
        self._yes = wide(TouchButton(_("Agree, photograph it"), "equal", height=64))
        self._no.on_press(lambda: self._answer(agrees=False))
        self._yes.on_press(lambda: self._answer(agrees=True))
        column.addLayout(row(self.look_, self._no, self._yes, gap=16))

    def title(self) -> str:
        return _("Reading the licence")

    def _words(self) -> tuple[tuple[tuple[str, str], ...], str]:
        text = next((w for w in self._notice.words if w.language == self._language), self._notice.words[0])
        return text.rows, text.full_text

    def _rows(self) -> QFrame:
        frame, column = card(self.look_, pad=28, gap=12)
        for number, (label, statement) in enumerate(self._words()[0]):
            if number:
                column.addWidget(rule())
            name = Words(label, "body_l", weight=500)
            name.setFixedWidth(self.px(150))
            line = QHBoxLayout()
            line.setSpacing(self.px(16))
            line.addWidget(name)
            line.addWidget(Words(statement, "body_l", tone="ink_2"), 1)
            column.addLayout(line)
        return frame

    def _version(self) -> QHBoxLayout:
        notice = self._notice
        words = _("Notice v{version} · {date} · {digest}").format(
            version=notice.version, date=notice.dated.isoformat(), digest=notice.digest()[:8].upper()
        )
        link = TouchButton(_("Read it all"), "link", icon_after="chevron_right", style="note")
        link.on_press(lambda: full_text(self, self.look_, self.title(), (self._words()[1],), _("Close")))
        switch = LanguageSwitch(current=self._language)
        switch.chosen.connect(self._switch)
        parts: list[QWidget | int] = [Words(words, "note", tone="ink_3", wraps=False), 1, link, switch]
        return row(self.look_, *parts)

    def _switch(self, _language: str) -> None:
        """The customer's language for this drive: text, clauses and paper."""
        self.change_language(lambda: self.stage.show_drive(self.drive))

    def tick(self) -> None:
        super().tick()
        left = MIN_SECONDS_ON_SCREEN - (self.stage.clock.monotonic() - self._shown_at)
        words = _("{n} s more to read").format(n=int(left) + 1) if left > 0 else ""
        for button in (self._no, self._yes):
            if not button.is_busy:
                button.set_lacking(words)

    def _answer(self, *, agrees: bool) -> None:
        drives, sheet, shown = self.stage.tablet.drives, self.drive, (self.stage.clock.monotonic() - self._shown_at)
        spoken, notice = self._language, self._notice
        self.change(
            lambda: drives.answer_consent(
                sheet.agreement_id, agrees=agrees, shown_s=shown, language=spoken, notice=notice
            ),
            self.stage.show_drive,
            button=self._yes if agrees else self._no,
            word=_("One moment"),
        )
