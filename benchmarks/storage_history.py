"""What the desk asks of a database that holds 100,000 visits; goal: the log in 200 ms or less.

Run: python -m benchmarks.storage_history [--visits N] [--save]
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.bar import on_both, run_bar
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.foot_traffic import FloorCounts
from smart4s_kiosk.domain.ids import CustomerId, PersonId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Purpose, Visit, VisitAct, VisitState, VisitStep
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.ports.storage import UnitOfWork, VisitQuery
from smart4s_kiosk.storage import facts, tables
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, open_storage
from smart4s_kiosk.storage.shelf import Mapping
from tests.showroom_databases import Listener

END = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
_AT_ONCE = 5_000
_VISITS = Mapping(tables.visits, Visit)
_STEPS = Mapping(tables.visit_steps, VisitStep)
_CUSTOMERS = Mapping(tables.customers, Customer)


def main() -> int:
    return run_bar("storage_history", __doc__, on_both(measure), visits=100_000, days=365)


def measure(place: DatabasePlace, visits: int, days: int) -> dict[str, Any]:
    """Milliseconds of each question, the middle one of five."""
    opened = open_storage(place, announcer=Listener(), clock=SystemClock())
    fill(opened, visits, days)
    month, day = END - timedelta(days=30), END - timedelta(days=1)
    questions: dict[str, Callable[[UnitOfWork], object]] = {
        "open_visits": lambda view: view.visits.open_visits(),
        "log_newest_200": lambda view: view.visits.search(VisitQuery()),
        "log_of_a_day": lambda view: view.visits.search(VisitQuery(started_from=day, started_until=END)),
        "log_of_a_consultant": lambda view: view.visits.search(VisitQuery(consultant_id=StaffId("staff-3"))),
        "log_by_name": lambda view: view.visits.search(VisitQuery(text="欧阳")),
        "log_by_a_name_that_is_nowhere": lambda view: view.visits.search(VisitQuery(text="nobody")),
        "log_last_page": lambda view: view.visits.search(VisitQuery(offset=visits - 200)),
        "count_all": lambda view: view.visits.count(VisitQuery()),
        "count_of_a_month_by_name": lambda view: view.visits.count(VisitQuery(started_from=month, text="张")),
        "journal": lambda view: view.visits.journal(VisitId(f"visit-{visits // 2:07}")),
        "customer_by_phone": lambda view: view.customers.by_phone("phone-777"),
        "customers_by_name": lambda view: view.customers.search("欧阳"),
        "outbox_due": lambda view: view.outbox.due(END),
        "outbox_counts": lambda view: view.outbox.counts(),
        "a_year_of_hours": lambda view: view.foot_traffic.totals(END - timedelta(days=365), END),
    }
    result: dict[str, Any] = {name: milliseconds(opened, ask) for name, ask in questions.items()}
    opened.storage.close()
    return {"visits": visits, "ms": result}


def milliseconds(opened: OpenStorage, ask: Callable[[UnitOfWork], object]) -> float:
    spent = []
    for _each in range(5):
        began = time.perf_counter()
        with opened.storage.look() as view:
            ask(view)
        spent.append((time.perf_counter() - began) * 1000)
    return round(sorted(spent)[2], 2)


def fill(opened: OpenStorage, visits: int, days: int) -> None:
    """Visits, as many messages that were sent, a quarter as many customers, the counted hours of so many days."""
    for first in range(0, visits, _AT_ONCE):
        numbers = range(first, min(visits, first + _AT_ONCE))
        rows: dict[str, list[dict[str, Any]]] = {"visits": [], "visit_steps": [], "outbox": [], "customers": []}
        for number in numbers:
            visit, step = a_visit(number, visits)
            rows["visits"].append(_VISITS.to_row(visit))
            rows["visit_steps"].append(_STEPS.to_row(step))
            rows["outbox"].append(a_message(visit, is_sent=number < visits - 20))
            if number % 4 == 0:
                rows["customers"].append(_CUSTOMERS.to_row(a_customer(number, visit.started_at)))
        with opened.storage.database.change() as transaction:
            for name, values in rows.items():
                transaction.connection.execute(insert(tables.metadata.tables[name]), values)
    with opened.storage.begin() as work:
        for hour in range(days * 10):
            at = (END - timedelta(days=hour // 10, hours=hour % 10)).replace(minute=0)
            work.foot_traffic.add(FloorCounts("door", at, 7, 6, {(c, 3): 1.5 for c in range(60)}))


def a_visit(number: int, visits: int) -> tuple[Visit, VisitStep]:
    at = END - timedelta(minutes=10 * (visits - number))
    visit = Visit(
        id=VisitId(f"visit-{number:07}"),
        version=1,
        state=VisitState.REQUESTED if number >= visits - 12 else VisitState.LEFT,
        label=f"A-{number % 500:03}",
        started_at=at,
        changed_at=at,
        terminal_id=TerminalId("kiosk-1"),
        display_name=("张*先生", "欧阳*女士", "M***", "")[number % 4],
        purpose=list(Purpose)[number % len(Purpose)],
        consultant_id=StaffId(f"staff-{number % 10}"),
    )
    return visit, VisitStep(visit.id, 1, VisitAct.BEGIN, at, label=visit.label, terminal_id=visit.terminal_id)


def a_message(visit: Visit, *, is_sent: bool) -> dict[str, Any]:
    kind, content = facts.to_row(VisitEnded(visit.id, 1, "served", visit.started_at))
    return {
        "message_id": f"message-{visit.id}",
        "aggregate": f"visit:{visit.id}",
        "kind": kind,
        "content": content,
        "created_at": visit.started_at,
        "attempts": 0,
        "next_at": visit.started_at,
        "state": OutboxState.SENT if is_sent else OutboxState.PENDING,
        "last_error": "",
    }


def a_customer(number: int, at: datetime) -> Customer:
    return Customer(
        id=CustomerId(f"customer-{number:07}"),
        version=1,
        person_id=PersonId(f"person-{number:07}"),
        name=("欧阳明珠", "张伟", "李娜", "Obama")[number // 4 % 4],
        title=Title.MS,
        created_at=at,
        phone_fingerprint=f"phone-{number // 4}",
        tail_fingerprint=f"tail-{number % 10_000}",
    )


if __name__ == "__main__":
    sys.exit(main())
