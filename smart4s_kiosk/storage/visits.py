"""Visits with their journals."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, true

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.visits import OPEN, Visit, VisitStep
from smart4s_kiosk.ports.storage import UnitOfWorkMisused, VisitQuery
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.shelf import Mapping, Shelf, VersionedShelf
from smart4s_kiosk.storage.transaction import Transaction

_VISITS = Mapping(tables.visits, Visit)
_STEPS = Mapping(tables.visit_steps, VisitStep)


class _Journal(Shelf[VisitStep]):
    def add(self, step: VisitStep) -> None:
        self._insert(step)

    def of(self, visit_id: VisitId) -> Sequence[VisitStep]:
        columns = self._table.c
        return self._all(self._mapping.select().where(columns.visit_id == visit_id).order_by(columns.number))


class SqlVisits(Shelf[Visit]):
    """Rows of `visits` and `visit_steps`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _VISITS)
        self._visits = VersionedShelf(transaction, _VISITS)
        self._journal = _Journal(transaction, _STEPS)

    def get(self, visit_id: VisitId) -> Visit:
        """The visit as it stands; `NotFound`."""
        return self._visits.get(visit_id)

    def add(self, visit: Visit, step: VisitStep) -> None:
        """A new visit and the first line of its journal."""
        _must_belong(visit, step)
        self._visits.add(visit)
        self._journal.add(step)

    def put(self, visit: Visit, step: VisitStep) -> None:
        """The visit after `step`, and that line of its journal."""
        _must_belong(visit, step)
        self._visits.put(visit)
        self._journal.add(step)

    def journal(self, visit_id: VisitId) -> Sequence[VisitStep]:
        """Its steps, first to last."""
        return self._journal.of(visit_id)

    def open_visits(self) -> Sequence[Visit]:
        """Oldest first."""
        columns = self._table.c
        wanted = self._mapping.select().where(columns.state.in_(sorted(OPEN)))
        return self._all(wanted.order_by(columns.started_at, columns.id))

    def search(self, query: VisitQuery) -> Sequence[Visit]:
        """Newest first."""
        columns = self._table.c
        wanted = self._mapping.select().where(*_conditions(query))
        newest_first = wanted.order_by(columns.started_at.desc(), columns.id.desc())
        return self._all(newest_first.limit(query.limit).offset(query.offset))

    def count(self, query: VisitQuery) -> int:
        """How many `search` would give without a limit."""
        return int(self._transaction.value(select(func.count()).select_from(self._table).where(*_conditions(query))))

    def forget_before(self, moment: datetime) -> int:
        """Remove closed visits that started before, with their journals; how many."""
        columns = self._table.c
        old = (columns.started_at < moment) & columns.state.not_in(sorted(OPEN))
        return self._transaction.change(delete(self._table).where(old))


def _must_belong(visit: Visit, step: VisitStep) -> None:
    if (step.visit_id, step.number) != (visit.id, visit.version):
        raise UnitOfWorkMisused(f"step {step.number} does not make version {visit.version} of its visit")


def _conditions(query: VisitQuery) -> list[ColumnElement[bool]]:
    columns = tables.visits.c
    wanted: list[ColumnElement[bool]] = [true()]
    if query.started_from is not None:
        wanted.append(columns.started_at >= query.started_from)
    if query.started_until is not None:
        wanted.append(columns.started_at < query.started_until)
    if query.consultant_id is not None:
        wanted.append(columns.consultant_id == query.consultant_id)
    if query.purpose is not None:
        wanted.append(columns.purpose == query.purpose)
    if query.text:
        parts = (columns.display_name, columns.label)
        wanted.append(or_(*(column.icontains(query.text, autoescape=True) for column in parts)))
    return wanted
