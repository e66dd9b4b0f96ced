"""Two terminals accept the same visitor at the same moment, 1,000 times: exactly one wins, exactly one card is closed.

Run: python -m benchmarks.accept_races [--races N] [--save]
"""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from benchmarks.bar import on_both, run_bar
from benchmarks.databases import percentile
from smart4s_kiosk.app.clock import RandomIds, SystemClock
from smart4s_kiosk.domain.events import VisitAccepted
from smart4s_kiosk.domain.ids import StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose, VisitAct, VisitAlreadyAccepted, VisitState
from smart4s_kiosk.services.consultant_choice import ConsultantChoice
from smart4s_kiosk.services.visits import Arrival, Visits
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, open_storage
from tests.builders import a_member
from tests.showroom_databases import Listener

PEOPLE = (StaffId("li"), StaffId("wang"))


def main() -> int:
    return run_bar("accept_races", __doc__, on_both(measure), races=1000)


def measure(place: DatabasePlace, races: int) -> dict[str, Any]:
    """Wins, refusals and milliseconds of an accept, with two connections of their own as two processes have."""
    with ExitStack() as stack:
        opened = [open_storage(place, announcer=Listener(), clock=SystemClock()) for _person in PEOPLE]
        for each in opened:
            stack.callback(each.storage.close)
        ids = prepare(opened[0], races)
        start = threading.Barrier(len(PEOPLE))
        with ThreadPoolExecutor(len(PEOPLE)) as terminals:
            racing = [
                terminals.submit(accept_all, each, person, ids, start)
                for each, person in zip(opened, PEOPLE, strict=True)
            ]
            (wins_a, times_a), (wins_b, times_b) = (each.result() for each in racing)
        accepted_once, facts = check(opened[0], ids)
    times = times_a + times_b
    return {
        "races": races,
        "wins": [wins_a, wins_b],
        "visits_accepted_once": accepted_once,
        "facts": facts,
        "accept_ms_p50": round(percentile(times, 0.5), 2),
        "accept_ms_p95": round(percentile(times, 0.95), 2),
    }


def visits_of(opened: OpenStorage) -> Visits:
    clock = SystemClock()
    return Visits(
        storage=opened.storage,
        clock=clock,
        ids=RandomIds(clock),
        terminal_id=TerminalId("desk"),
        choice=ConsultantChoice(),
    )


def prepare(opened: OpenStorage, races: int) -> list[VisitId]:
    """Visitors who wait for a consultant."""
    with opened.storage.begin() as work:
        for person in PEOPLE:
            work.staff.add(a_member(person, id=person))
    visits = visits_of(opened)
    ids = [VisitId(f"visit-{number:05}") for number in range(races)]
    for visit_id in ids:
        visits.begin(visit_id=visit_id)
        visits.identify(visit_id, Arrival(IdentifiedBy.ANONYMOUS))
        visits.state_purpose(visit_id, Purpose.LOOK)
        visits.ask(visit_id, PEOPLE[0])
    return ids


def accept_all(
    opened: OpenStorage, person: StaffId, ids: list[VisitId], start: threading.Barrier
) -> tuple[int, list[float]]:
    visits, wins, times = visits_of(opened), 0, []
    for visit_id in ids:
        start.wait(60)
        began = time.perf_counter()
        try:
            visits.accept(visit_id, person)
            wins += 1
        except VisitAlreadyAccepted:
            pass
        times.append((time.perf_counter() - began) * 1000)
    return wins, times


def check(opened: OpenStorage, ids: list[VisitId]) -> tuple[int, int]:
    """How many visits have exactly one accept in their journal, and how many facts say so."""
    once = 0
    with opened.storage.look() as view:
        for visit_id in ids:
            accepts = [step for step in view.visits.journal(visit_id) if step.act is VisitAct.ACCEPT]
            visit = view.visits.get(visit_id)
            once += len(accepts) == 1 and visit.state is VisitState.ACCEPTED and accepts[0].by == visit.consultant_id
    facts = 0
    while True:
        with opened.storage.begin() as work:
            due = work.outbox.due(SystemClock().now(), limit=500)
            work.outbox.mark_sent([message.message_id for message in due])
        if not due:
            return once, facts
        facts += sum(isinstance(message.fact, VisitAccepted) for message in due)


if __name__ == "__main__":
    sys.exit(main())
