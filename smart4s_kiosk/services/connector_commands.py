"""What the cloud may ask of the showroom: presses on cards, reports of what could not be delivered."""

import logging
from collections.abc import Callable
from typing import Any

from smart4s_kiosk.domain.commands import (
    AcceptVisit,
    Command,
    PassVisit,
    PostponeVisit,
    ReportQuoteOpened,
    ReportUndelivered,
)
from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.visits import Visits

log = logging.getLogger(__name__)


class NobodyWithThatAccount(NotFound):
    """No active member of staff has that WeCom account."""

    code = "staff.unknown_account"


class ConnectorCommands:
    """Implements `ports.sync.CommandHandler`. Applying a command twice is harmless: the visit's table refuses."""

    def __init__(self, *, storage: Storage, visits: Visits) -> None:
        self._storage = storage
        self._visits = visits
        self._acts: dict[type, Callable[[Any], None]] = {
            AcceptVisit: self._accept,
            PostponeVisit: self._postpone,
            PassVisit: self._pass_on,
            ReportUndelivered: self._undelivered,
            ReportQuoteOpened: self._opened,
        }

    def apply(self, command: Command) -> None:
        """Do it. Refusals (too late, no longer asked) are raised as they are; the caller logs them and moves on."""
        self._acts[type(command)](command)

    def _member(self, userid: str) -> StaffId:
        with self._storage.look() as view:
            member = view.staff.by_wecom(userid)
        if member is None:
            raise NobodyWithThatAccount
        return member.id

    def _accept(self, command: AcceptVisit) -> None:
        self._visits.accept(command.visit_id, self._member(command.by_userid))

    def _postpone(self, command: PostponeVisit) -> None:
        self._visits.postpone(command.visit_id, self._member(command.by_userid), minutes=command.minutes)

    def _pass_on(self, command: PassVisit) -> None:
        to = self._member(command.to_userid) if command.to_userid else None
        self._visits.pass_on(command.visit_id, self._member(command.by_userid), to=to)

    def _undelivered(self, command: ReportUndelivered) -> None:
        """The asked consultant cannot be reached by phone: the next in line is asked without waiting for the clock."""
        log.warning("card not delivered", extra={"action": "undelivered", "reason": command.reason})
        if command.visit_id is None:
            return
        visit = self._visits.get(command.visit_id)
        asked = self._member(command.recipient_userid)
        if visit.state is VisitState.REQUESTED and visit.consultant_id == asked:
            self._visits.pass_on(command.visit_id, asked)

    def _opened(self, command: ReportQuoteOpened) -> None:
        with self._storage.begin() as work:
            work.announce("quotes", command.quote_id)
