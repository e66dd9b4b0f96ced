"""A Saturday in the showroom for the manager's figures: visits, drives, quotes, scores, door counts, an overdue key."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

from smart4s_kiosk.domain.agreements import Agreement, AgreementState, RideKind
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import Door, FloorCounts, FloorPlan, Metres, Zone, ZoneCounts
from smart4s_kiosk.domain.ids import AgreementId, CarId, KeyId, QuoteId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.keys import Key, KeyPlace
from smart4s_kiosk.domain.staff import Role
from smart4s_kiosk.domain.visits import Alarm, Outcome, Purpose, Visit, VisitAct, VisitState, VisitStep
from smart4s_kiosk.ports.storage import QuoteRecord, UnitOfWork
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.office import HealthLine, Office
from smart4s_kiosk.services.reports import Reports
from tests.builders import a_car, a_member, open_all_week
from tests.showroom import TERMINAL, Showroom

NOW = datetime(2026, 11, 21, 6, 36, tzinfo=UTC)
"""14:36 in Shanghai, a Saturday."""
DAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
BY_HOUR = {9: 7, 10: 17, 11: 12, 12: 6, 13: 6, 14: 6}
CONSULTANTS = ("王静", "何屿", "周雨桐", "李明哲")
PIN = "861357"
PLAN = FloorPlan(
    18.0,
    7.0,
    zones=(
        Zone("A1 E7", (Metres(2.5, 1.0), Metres(5.5, 1.0), Metres(5.5, 3.4), Metres(2.5, 3.4))),
        Zone("洽谈区", (Metres(9.0, 4.5), Metres(14.0, 4.5), Metres(14.0, 7.0), Metres(9.0, 7.0))),
    ),
    door=Door(Metres(4.0, 7.0), Metres(5.5, 7.0)),
)


def a_visit(number: int, started: datetime, **changes: object) -> Visit:
    visit = Visit(
        id=VisitId(f"v{started:%m%d}-{number:03d}"),
        version=1,
        state=VisitState.LEFT,
        label=f"A-{number:03d}",
        started_at=started,
        changed_at=started,
        terminal_id=TERMINAL,
        purpose=Purpose.LOOK,
        display_name="张*先生",
        outcome=Outcome.SERVED,
    )
    return replace(visit, **changes)  # type: ignore[arg-type] # named fields of a visit


def keep(work: UnitOfWork, visit: Visit) -> None:
    """The visit as it stands, with one line of journal."""
    step = VisitStep(visit.id, 1, VisitAct.BEGIN, visit.started_at, terminal_id=TerminalId("kiosk-1"))
    work.visits.add(visit, step)


def a_served_visit(number: int, started: datetime, consultant: str, wait_s: int) -> Visit:
    asked = started + timedelta(seconds=40)
    return a_visit(
        number,
        started,
        consultant_id=StaffId(consultant),
        waiting_since=asked,
        requested_at=asked,
        accepted_at=asked + timedelta(seconds=wait_s),
        ended_at=started + timedelta(minutes=55),
    )


def fill(work: UnitOfWork) -> None:
    """One busy Saturday and the four before it."""
    for name in CONSULTANTS:
        work.staff.add(a_member(name, rating=88))
    manager = a_member("周启明", role=Role.MANAGER, job_title="店总", pin_hash=f"hash:{PIN}")
    work.staff.add(manager)
    work.staff.add(a_member("管理员", role=Role.ADMINISTRATOR, pin_hash="hash:495062"))
    for week in range(1, 5):
        for hour in range(9, 18):
            for n in range(3 + week % 2 + (hour % 4) * 2):
                started = DAY - timedelta(weeks=week) + timedelta(hours=hour, minutes=n * 5)
                keep(work, a_visit(hour * 20 + n, started, ended_at=started + timedelta(minutes=50)))
    number = 0
    for hour, count in BY_HOUR.items():
        for n in range(count):
            started = DAY + timedelta(hours=hour, minutes=n * 3)
            keep(work, a_served_visit(number, started, CONSULTANTS[number % 4], 12 + number * 3))
            if number % 3 == 0:
                _drive(work, number, started)
            if number % 5 == 0:
                _quote(work, number, started)
            number += 1
        _count(work, hour, count)
    waiting = a_visit(900, NOW - timedelta(minutes=4), state=VisitState.TIMED_OUT, outcome=None, alarm=Alarm.MANAGER)
    keep(work, replace(waiting, waiting_since=NOW - timedelta(minutes=3), display_name="李*女士"))
    work.feedback.add(Feedback(VisitId("v1121-003"), 4, NOW - timedelta(minutes=44), True, "等了太久，没人理"))
    for n in range(4, 12):
        work.feedback.add(Feedback(VisitId(f"v1121-{n:03d}"), 9 + n % 2, NOW - timedelta(minutes=n)))
    work.vehicles.add(a_car())
    work.keys.add(
        Key(
            KeyId("k1"),
            1,
            CarId("京AD0131"),
            "示A·1",
            KeyPlace.OUT,
            holder_id=StaffId("何屿"),
            due_at=NOW - timedelta(minutes=16),
        )
    )


def _drive(work: UnitOfWork, number: int, at: datetime) -> None:
    work.agreements.add(
        Agreement(
            id=AgreementId(f"a{at:%m%d}-{number}"),
            version=1,
            number=f"D-{at:%m%d}-{number}",
            kind=RideKind.DRIVE,
            state=AgreementState.CLOSED,
            visit_id=VisitId(f"v{at:%m%d}-{number:03d}"),
            car_id=CarId("京AD0131"),
            consultant_id=StaffId(CONSULTANTS[number % 4]),
            created_at=at,
            text_version="2.3",
            key_out_at=at + timedelta(minutes=5),
        )
    )


def _quote(work: UnitOfWork, number: int, at: datetime) -> None:
    work.quotes.add(
        QuoteRecord(
            id=QuoteId(f"q{at:%m%d}-{number}"),
            version=1,
            number=f"Q-{number}",
            visit_id=VisitId(f"v{at:%m%d}-{number:03d}"),
            customer_id=None,
            consultant_id=StaffId(CONSULTANTS[number % 4]),
            content="{}",
            total_fen=25_085_513,
            is_final=True,
            issued_at=at,
            valid_until=at + timedelta(days=7),
            link_token=f"t{number}",
        )
    )


def _warmth(column: int, row: int, spots: tuple[tuple[float, float, float, float], ...]) -> float:
    return sum(most * math.exp(-((column - x) ** 2 + (row - y) ** 2) / (2 * wide**2)) for x, y, wide, most in spots)


def _count(work: UnitOfWork, hour: int, people: int) -> None:
    if hour == 13:
        return  # the camera was off: unknown, not zero
    spots = ((8.0, 5.0, 2.6, 400.0), (15.0, 4.0, 2.2, 190.0), (23.0, 11.5, 2.4, 260.0), (3.0, 9.0, 1.6, 120.0))
    cells = {(c, r): _warmth(c, r, spots) for c in range(36) for r in range(14)}
    work.foot_traffic.add(
        FloorCounts(
            camera="floor",
            hour=DAY + timedelta(hours=hour),
            came_in=people + (hour % 3),
            cells=cells,
            zones={"A1 E7": ZoneCounts(10, 3720.0), "洽谈区": ZoneCounts(6, 6120.0)},
            most_at_once=9,
        )
    )


def a_filled_showroom() -> Showroom:
    """At 14:36 of that Saturday."""
    showroom = Showroom()
    showroom.clock.set(NOW)
    with showroom.storage.begin() as work:
        fill(work)
        work.settings.put(open_all_week(opening=_until_eight(), face_enabled=True), by=None, at=NOW)
    return showroom


def an_empty_showroom() -> Showroom:
    """The first morning: a manager, and nothing that happened."""
    showroom = Showroom()
    showroom.clock.set(NOW)
    with showroom.storage.begin() as work:
        work.staff.add(a_member("周启明", role=Role.MANAGER, job_title="店总", pin_hash=f"hash:{PIN}"))
        work.settings.put(open_all_week(opening=_until_eight()), by=None, at=NOW)
    return showroom


def _until_eight() -> tuple[object, ...]:
    hours = open_all_week().opening[0]
    assert hours is not None
    return (replace(hours, closes=hours.closes.replace(hour=20)),) * 7


def an_office(showroom: Showroom) -> Office:
    """Messages, privacy and health as the window gets them."""
    return Office(
        storage=showroom.storage,
        clock=showroom.clock,
        terminal_id=TERMINAL,
        privacy=showroom.privacy,
        faces=lambda: 214,
        checks=lambda: (HealthLine("数据库", "打得开", "", 0), HealthLine("磁盘", "快满了", "请清理", 2)),
        loops=lambda: (HealthLine("等待计时", "在运行", "", 0),),
    )


def manager_services(showroom: Showroom, **more: object) -> Services:
    """The services that the manager's pages use; others would be needed only by other surfaces."""
    reports = Reports(storage=showroom.storage, clock=showroom.clock, plan=lambda: PLAN, faces=lambda: 214)
    given = {"staff": showroom.staff, "privacy": showroom.privacy, "customers": showroom.customers, "reports": reports}
    return cast("Services", SimpleNamespace(**(given | more)))
