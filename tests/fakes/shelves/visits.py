"""Visits with their journal."""

from collections.abc import Sequence
from datetime import datetime

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.visits import Visit, VisitStep
from smart4s_kiosk.ports.storage import UnitOfWorkMisused, VisitQuery
from tests.fakes.shelves.table import Table, Versioned


class FakeVisits(Versioned[Visit]):
    def __init__(self, table: Table, journal: Table, drinks: Table) -> None:
        super().__init__(table)
        self._journal, self._drinks = journal, drinks

    def add(self, visit: Visit, step: VisitStep) -> None:
        _must_belong(visit, step)
        self._add(visit)
        self._journal.insert((visit.id, step.number), step)

    def put(self, visit: Visit, step: VisitStep) -> None:
        _must_belong(visit, step)
        self._put(visit)
        self._journal.insert((visit.id, step.number), step)

    def journal(self, visit_id: VisitId) -> Sequence[VisitStep]:
        steps = [step for (of, _number), step in self._journal.rows.items() if of == visit_id]
        return sorted(steps, key=lambda step: step.number)

    def open_visits(self) -> Sequence[Visit]:
        return sorted(self._values(lambda v: v.is_open), key=lambda v: (v.started_at, v.id))

    def search(self, query: VisitQuery) -> Sequence[Visit]:
        found = sorted(self._values(lambda v: _matches(v, query)), key=lambda v: (v.started_at, v.id), reverse=True)
        return found[query.offset : query.offset + query.limit]

    def count(self, query: VisitQuery) -> int:
        return len(self._values(lambda v: _matches(v, query)))

    def forget_before(self, moment: datetime) -> int:
        self._table.may_change()
        old = self._values(lambda v: not v.is_open and v.started_at < moment)
        for visit in old:
            self._table.delete(visit.id)
            for step in self.journal(visit.id):
                self._journal.delete((visit.id, step.number))
            if visit.id in self._drinks.rows:
                self._drinks.delete(visit.id)
        return len(old)


def _must_belong(visit: Visit, step: VisitStep) -> None:
    if (step.visit_id, step.number) != (visit.id, visit.version):
        raise UnitOfWorkMisused(f"step {step.number} does not make version {visit.version} of its visit")


def _matches(visit: Visit, query: VisitQuery) -> bool:
    text = query.text.lower()
    return (
        (query.started_from is None or visit.started_at >= query.started_from)
        and (query.started_until is None or visit.started_at < query.started_until)
        and (query.consultant_id is None or visit.consultant_id == query.consultant_id)
        and (query.purpose is None or visit.purpose is query.purpose)
        and (text in visit.display_name.lower() or text in visit.label.lower())
    )
