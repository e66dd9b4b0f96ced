"""Messages and line: what waits, what was refused and can be released, how the connector is."""

from PySide6.QtWidgets import QHBoxLayout

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.services.office import MessagesView, ParkedLine
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.manager.tile_row import TileRow
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.tile import Tile
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock

COUNTS = {
    OutboxState.PENDING: N_("Waiting to leave"),
    OutboxState.SENT: N_("Sent"),
    OutboxState.EXPIRED: N_("Too late to send"),
    OutboxState.PARKED: N_("Refused, waits for you"),
}
LINES = {
    "off": N_("No connector is set up; everything in the showroom works"),
    "unknown": N_("Not tried yet"),
    "elsewhere": N_("Another terminal of this showroom sends; messages leave"),
    "up": N_("The line is up"),
    "down": N_("The line is down; messages wait and leave by themselves later"),
    "refused": N_("The connector refuses this terminal; enrol it again"),
}
PROBLEMS = {
    "update_needed": N_("The connector needs a newer version of this program; messages wait and are not lost"),
    "SSLError": N_("The connector's certificate is not trusted on this terminal; run main.py doctor"),
    "ProxyError": N_("The proxy does not let this terminal out; run main.py doctor"),
}
"""Where the reason says more than the state."""
KINDS = {
    "ConsultantRequested": N_("A consultant is asked to come"),
    "VisitAccepted": N_("Somebody goes to the guest"),
    "VisitPostponed": N_("The consultant comes later"),
    "VisitPassed": N_("Another consultant is asked"),
    "VisitEscalated": N_("Nobody came in time"),
    "VisitEnded": N_("A visit has ended"),
    "QuotePublished": N_("A quote to open by its code"),
    "DriveStarted": N_("A test drive has begun"),
    "DriveEnded": N_("A test car is back"),
    "SurveyScored": N_("A guest's score"),
    "HourCounted": N_("People counted in an hour"),
    "FollowUpDue": N_("A to-do of a consultant"),
}
REASONS = {
    "too_large": N_("Too large for one message"),
    "stale_version": N_("The connector has a newer state already"),
    "unknown_type": N_("The connector does not know this kind yet: update it, then send again"),
    "unknown_schema": N_("The connector is older than this program: update it, then send again"),
    "invalid_data": N_("The connector cannot read it; tell the support"),
    "invalid_envelope": N_("The connector cannot read it; tell the support"),
    "rejected": N_("The connector refused it; tell the support"),
}
UNSENDABLE = N_("It cannot be put into a message; tell the support")


def reason_words(error: str) -> str:
    """Why a message was refused; the code stands behind words that know nothing of it."""
    if error in REASONS:
        return _(REASONS[error])
    if error.startswith("unsendable"):
        return _(UNSENDABLE)
    return f"{_(REASONS['rejected'])} ({error})"


class SyncPage(ManagerPage):
    """Release sends a refused message and those behind it once more."""

    def __init__(self, stage: Stage) -> None:
        self.tiles: dict[OutboxState, Tile] = {}
        super().__init__(stage, _("Messages and line"))

    def read(self) -> None:
        if not self.tiles:
            self._build()
        self.stage.background.ask(self, self.stage.office.messages, self.show_messages, kind="messages")

    def _build(self) -> None:
        self.tiles = {state: Tile(_(name), "0") for state, name in COUNTS.items()}
        self.body.addWidget(TileRow(self.look, tuple(self.tiles.values())))
        line = Card(self.look, _("Connector"))
        self.line = Words("", "body")
        self.contact = Words("", "caption", tone="ink_2")
        line.body.addWidget(self.line)
        line.body.addWidget(self.contact)
        self.body.addWidget(line)
        parked = Card(self.look, _("Refused messages"))
        self.parked = RecordTable(self._columns(), empty=_("No message was refused"))
        self.parked.setMinimumHeight(self.look.px(320))
        parked.body.addWidget(self.parked, 1)
        self.release = TouchButton(_("Send the chosen one again"), "secondary").on_press(self._release)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.release)
        parked.body.addLayout(foot)
        self.body.addWidget(parked, 1)

    def show_messages(self, view: MessagesView) -> None:
        """The newest counts."""
        zone = str(self.stage.office_zone())
        for state, tile in self.tiles.items():
            count = view.counts.get(state, 0)
            oldest = view.oldest_pending_at
            since = _("oldest since {at}").format(at=clock(oldest, zone)) if oldest else ""
            is_bad = state is OutboxState.PARKED and count > 0
            tile.show_figure(
                str(count), "", since if state is OutboxState.PENDING else "", tone="warn" if is_bad else "ink_2"
            )
        self.line.set_text(_(PROBLEMS.get(view.problem) or LINES[view.line]))
        at = view.last_contact_at
        self.contact.set_text(_("last answer at {at}").format(at=clock(at, zone)) if at else "")
        self.parked.show_rows(view.parked)
        self.release.set_lacking("" if view.parked else _("Nothing to send again"))

    def _columns(self) -> tuple[Column, ...]:
        zone = str(self.stage.office_zone())
        return (
            Column(_("Time"), lambda m: clock(m.created_at, zone), lambda m: m.created_at, width=110),
            Column(_("What"), lambda m: _(KINDS[m.kind]) if m.kind in KINDS else m.kind, width=260),
            Column(_("Reason"), lambda m: reason_words(m.error)),
            Column(_("Attempts"), lambda m: str(m.attempts), lambda m: m.attempts, is_figure=True, width=110),
        )

    def _release(self) -> None:
        chosen: ParkedLine | None = self.parked.current()
        if chosen is None:
            self.stage.say(_("Choose a message in the list first"))
            return
        office, by, message_id = self.stage.office, self.stage.member.id, chosen.message_id
        self.stage.background.change(self, lambda: office.release(message_id, by=by), self.show_messages)
