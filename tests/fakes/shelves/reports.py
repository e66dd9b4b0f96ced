"""What the manager's figures read."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.customers import Customer, Stage
from smart4s_kiosk.domain.visits import Visit, VisitState
from smart4s_kiosk.ports.reports import VisitFact
from tests.fakes.shelves.table import Table


class FakeReports:
    def __init__(self, visits: Table, agreements: Table, quotes: Table, customers: Table) -> None:
        self._visits, self._agreements, self._quotes, self._customers = visits, agreements, quotes, customers

    def visits(self, start: datetime, end: datetime) -> Sequence[VisitFact]:
        rows: list[Visit] = list(self._visits.rows.values())
        found = [v for v in rows if start <= v.started_at < end and v.state is not VisitState.MERGED]
        return [self._fact(v) for v in sorted(found, key=lambda v: (v.started_at, v.id))]

    def _fact(self, visit: Visit) -> VisitFact:
        customer: Customer | None = self._customers.rows.get(visit.customer_id)
        return VisitFact(
            visit_id=visit.id,
            started_s=int(visit.started_at.timestamp()),
            ended_s=_whole_seconds(visit.ended_at),
            party_size=visit.party_size,
            consultant_id=visit.consultant_id,
            waiting_s=_whole_seconds(visit.waiting_since),
            requested_s=_whole_seconds(visit.requested_at),
            accepted_s=_whole_seconds(visit.accepted_at),
            drove=any(a.visit_id == visit.id and a.key_out_at for a in self._agreements.rows.values()),
            quoted=any(q.visit_id == visit.id for q in self._quotes.rows.values()),
            ordered=customer is not None and customer.stage in {Stage.ORDERED, Stage.WON},
        )


def _whole_seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
