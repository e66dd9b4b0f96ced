"""Visits that were entered twice and joined: which one stays, and whose cards are still out."""

from datetime import timedelta

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.visits import Visit
from smart4s_kiosk.ports.storage import UnitOfWork, VisitQuery

JOINED_WITHIN, MOST_NEAR = timedelta(hours=2), 50
"""Where a visit that was entered twice is looked for."""


def what_became_of(work: UnitOfWork, visit_id: VisitId) -> Visit:
    """The visit, or the one that it was joined with since it was shown."""
    visit = work.visits.get(visit_id)
    while visit.merged_into is not None:
        visit = work.visits.get(visit.merged_into)
    return visit


def joined_with(work: UnitOfWork, visit: Visit) -> list[Visit]:
    """Visits for which consultants were asked before they were joined with this one: their cards are still out."""
    near = VisitQuery(started_from=visit.started_at - JOINED_WITHIN, limit=MOST_NEAR)
    return [one for one in work.visits.search(near) if one.merged_into == visit.id and one.asked]
