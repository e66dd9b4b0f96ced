"""Slim lines for the manager's figures: the database works out the moments and what became of a visit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, exists, extract, select

from smart4s_kiosk.domain.customers import Stage
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.ports.reports import VisitFact
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_V, _A, _Q, _C = tables.visits.c, tables.agreements.c, tables.quotes.c, tables.customers.c


class SqlReports:
    """Reads over `visits` with what hangs on them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def visits(self, start: datetime, end: datetime) -> Sequence[VisitFact]:
        """Visits that began in that time, oldest first."""
        wanted = select(
            _V.id,
            _seconds(_V.started_at),
            _seconds(_V.ended_at),
            _V.party_size,
            _V.consultant_id,
            _seconds(_V.waiting_since),
            _seconds(_V.requested_at),
            _seconds(_V.accepted_at),
            exists().where(_A.visit_id == _V.id, _A.key_out_at.is_not(None)),
            exists().where(_Q.visit_id == _V.id),
            exists().where(_C.id == _V.customer_id, _C.stage.in_((Stage.ORDERED, Stage.WON))),
        ).where(_V.started_at >= start, _V.started_at < end, _V.state != VisitState.MERGED)
        return [VisitFact(*row) for row in self._transaction.rows(wanted.order_by(_V.started_at, _V.id))]


def _seconds(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(extract("epoch", column), Integer)
