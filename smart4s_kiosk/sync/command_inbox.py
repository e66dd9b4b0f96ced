"""Wire command to domain command, and its application: in order, each once by its id."""

import logging
from collections.abc import Callable
from datetime import datetime

from cloud_connector.contract import commands as wire
from cloud_connector.contract.envelope import Command, NotUnderstood, command_data
from smart4s_kiosk.domain import commands as domain
from smart4s_kiosk.domain.errors import NotAllowed, NotFound, RuleBroken
from smart4s_kiosk.domain.ids import MessageId, QuoteId, VisitId
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.sync import CommandHandler

log = logging.getLogger(__name__)


def to_domain(command: Command) -> domain.Command:
    """The command in the showroom's own terms.

    Raises:
        NotUnderstood: of a kind or shape that this version does not know.

    """
    match command_data(command):
        case wire.AcceptVisit() as asked:
            return domain.AcceptVisit(VisitId(asked.visit), asked.by, asked.pressed_at)
        case wire.PostponeVisit() as asked:
            return domain.PostponeVisit(VisitId(asked.visit), asked.by, asked.minutes, asked.pressed_at)
        case wire.PassVisit() as asked:
            return domain.PassVisit(VisitId(asked.visit), asked.by, asked.to, asked.pressed_at)
        case wire.DeliveryFailed() as failed:
            visit = VisitId(failed.visit) if failed.visit else None
            return domain.ReportUndelivered(MessageId(failed.message), visit, failed.recipient, failed.code)
        case wire.QuoteOpened() as opened:
            return domain.ReportQuoteOpened(QuoteId(opened.quote), opened.opened_at)
        case _:
            raise NotUnderstood("unknown_type", command.type)


class CommandInbox:
    """Applies what a poll brought. `report` tells the cloud what was not understood, before the cursor moves on."""

    def __init__(
        self,
        storage: Storage,
        handler: CommandHandler,
        server_now: Callable[[], datetime],
        report: Callable[[Command, str], None],
    ) -> None:
        self._storage = storage
        self._handler = handler
        self._server_now = server_now
        self._report = report

    def cursor(self) -> int:
        """How far this store has read."""
        with self._storage.look() as view:
            return view.commands.cursor()

    def take(self, command: Command) -> None:
        """Apply one command and move the cursor behind it.

        Raises:
            Unavailable: nothing was noted; the same command comes again.

        """
        if command.cursor <= self.cursor():
            return
        if command.expires_at is None or command.expires_at > self._server_now():
            self._apply(command)
        else:
            log.info("command expired", extra={"action": "command", "command": command.id, "visit": command.visit})
        with self._storage.begin() as work:
            work.commands.is_new(command.id, self._server_now())
            work.commands.move_cursor(command.cursor)

    def jump_to(self, cursor: int) -> None:
        """Go on from `cursor` after a snapshot."""
        with self._storage.begin() as work:
            work.commands.move_cursor(cursor)

    def _apply(self, command: Command) -> None:
        facts = {"action": "command", "command": command.id, "kind": command.type, "visit": command.visit}
        try:
            self._handler.apply(to_domain(command))
        except NotUnderstood as strange:
            log.warning("command not understood", extra={**facts, "why": strange.code})
            self._report(command, strange.code)
        except (RuleBroken, NotAllowed, NotFound) as refusal:
            log.info("command refused", extra={**facts, "why": refusal.code})
        else:
            log.info("command applied", extra=facts)
