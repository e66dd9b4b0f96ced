"""试驾: today's drives, open ones first: a draft goes on where it stopped, also after a crash."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.domain.agreements import AgreementState, RideKind
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import TodaysDrive
from smart4s_kiosk.ui.tablet.kept_licence import kept_button
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import Refilled, card, head, row, rule, scrolled
from smart4s_kiosk.ui.tablet.places import DrivePlace
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.theme.look import with_look
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, guest_name, joined, words

KINDS = {
    AgreementState.KEY_OUT: "warn",
    AgreementState.CLOSED: "success",
    AgreementState.VOID: "off",
    AgreementState.SEALED: "accent",
}


class DrivesPage(TabletPage):
    """One line each."""

    section = "drives"
    concepts = ("agreements", "keys")

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        column = self.column()
        frame, inside = card(self.look_, gap=8)
        self._head = Refilled(self.look_)
        inside.addWidget(self._head)
        self._rows = Refilled(self.look_, right=8)
        inside.addWidget(scrolled(self._rows), 1)
        column.addWidget(frame, 1)

    def title(self) -> str:
        return _("Test drives today")

    def read(self) -> None:
        drives, me = self.stage.tablet.drives, self.stage.person.staff_id
        self.ask(lambda: drives.todays(me), self.show_drives, kind="todays")

    def show_drives(self, drives: tuple[TodaysDrive, ...]) -> None:
        """The newest list."""
        rows = self._rows.fresh()
        opened = sum(drive.is_open for drive in drives)
        count = _("{n} under way").format(n=opened)
        self._head.fresh().addLayout(head(self.look_, _("Drives: {n}").format(n=len(drives)), count))
        for drive in drives:
            rows.addWidget(rule())
            rows.addLayout(self._row(drive))
        if not drives:
            said = _("No test drive yet. Begin one from the guest on the Today page.")
            rows.addWidget(Words(said, "body", tone="ink_2"))
        rows.addStretch(1)

    def _row(self, drive: TodaysDrive) -> QHBoxLayout:
        at = Words(clock(drive.at, self.stage.store.zone), "body_l", weight=500, wraps=False)
        at.setFixedWidth(self.px(64))
        kind = _("drives") if drive.kind is RideKind.DRIVE else _("rides along")
        facts = joined(drive.model, drive.plate, kind, drive.consultant, drive.number)
        who = Words(guest_name(drive.name, drive.title), "body", weight=500, wraps=False)
        said: list[QWidget | int] = [who, Words(facts, "note", tone="ink_2", wraps=False), 1]
        if self.stage.is_portrait:
            both = with_look(QWidget(), self.look_)
            lines = QVBoxLayout(both)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(0)
            lines.addWidget(who)
            lines.addWidget(Words(facts, "note", tone="ink_2"))
            both.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            said = [both]
        parts: list[QWidget | int] = [
            at,
            *said,
            Chip(words(drive.state), KINDS.get(drive.state, "quiet")),
        ]
        if drive.kept is not None:
            parts.append(kept_button(self, drive.kept, guest_name(drive.name, drive.title)))
        if drive.is_open:
            agreement_id = drive.agreement_id
            parts.append(
                TouchButton(_("Go on"), "secondary").on_press(lambda: self.stage.open(DrivePlace(agreement_id)))
            )
        line = row(self.look_, *parts)
        line.setContentsMargins(0, self.px(12), 0, self.px(12))
        return line
