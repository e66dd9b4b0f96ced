"""Slim lines for the manager's figures: the database works out the moments and what became of a visit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, extract, select

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
            _V.customer_id,
        ).where(_V.started_at >= start, _V.started_at < end, _V.state != VisitState.MERGED)
        rows = self._transaction.rows(wanted.order_by(_V.started_at, _V.id))
        drove = self._ids(select(_A.visit_id).where(_A.created_at >= start, _A.key_out_at.is_not(None)))
        quoted = self._ids(select(_Q.visit_id).where(_Q.issued_at >= start))
        ordered = self._ids(select(_C.id).where(_C.stage.in_((Stage.ORDERED, Stage.WON))))
        return [
            VisitFact._make((*row[:-1], row[0] in drove, row[0] in quoted, row[-1] in ordered))
            for row in map(tuple, rows)
        ]

    def _ids(self, wanted: Select[Any]) -> frozenset[str]:
        # Three small sets are quicker than three questions for each of a year's visits. Nothing is made for a visit
        # before it began, so the beginning of the time bounds them too.
        return frozenset(row[0] for row in self._transaction.rows(wanted))


def _seconds(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(extract("epoch", column), Integer)
