"""What the manager sees: read in one transaction, worked out, handed over ready to show. Changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import CELL_M, FloorCounts, FloorPlan, ZoneCounts
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.vehicles import mask_plate
from smart4s_kiosk.domain.visits import Alarm, Visit
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.reports import VisitFact
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, VisitQuery
from smart4s_kiosk.services.local_day import local_day
from smart4s_kiosk.services.report_figures import (
    DETRACTOR,
    WEEKS_BEFORE,
    HourTable,
    LocalTime,
    consultants,
    funnel,
    in_shop_at,
    percentile,
    rate,
    recommend,
    waits,
)
from smart4s_kiosk.services.report_views import (
    Concern,
    ConcernKind,
    Figures,
    Heat,
    HourLine,
    ListKind,
    Period,
    Report,
    Span,
    VisitLine,
    ZoneLine,
)

LONGEST_HEAT_DAYS = 31
MOST_LINES = 500
TREND_DAYS = 7
TREND_SPAN_S = 15 * 86_400
DAYS = {Period.TODAY: 1, Period.YESTERDAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


class Reports:
    """Reads for the manager. `plan` gives the measured floor, `faces` how many people have a face template here."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        plan: Callable[[], FloorPlan | None] = lambda: None,
        faces: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._plan = plan
        self._faces = faces

    def read(self, period: Period = Period.TODAY) -> Report:
        """The first page of the manager, without the heat."""
        now = self._clock.now()
        with self._storage.look() as view:
            settings = view.settings.current()
            span = span_of(period, now, settings.zone)
            before = span.start - timedelta(weeks=WEEKS_BEFORE) if span.days == 1 else span.start
            earlier_and_now = view.reports.visits(before, span.end)
            first = int(span.start.timestamp())
            facts = [f for f in earlier_and_now if f.started_s >= first]
            earlier = [f for f in earlier_and_now if f.started_s < first]
            traffic = view.foot_traffic.totals(span.start, span.end)
            answers = view.feedback.between(span.start, span.end)
            staff = view.staff.all()
            hours = HourTable(span, settings, now).lines(facts, traffic, earlier)
            return Report(
                now=now,
                period=period,
                span=span,
                store=settings.store_name,
                figures=_figures(facts, earlier, answers, hours, settings, span, now),
                hours=hours,
                funnel=funnel(facts, knows_orders=any(f.ordered for f in earlier_and_now)),
                consultants=consultants(facts, staff, settings.waits.ask_next_s),
                concerns=_concerns(view, answers, {m.id: m for m in staff}, now),
                counts_traffic=bool(traffic),
                faces_kept=self._faces(),
            )

    def heat(self, period: Period = Period.TODAY, *, from_hour: int = 0, until_hour: int = 24) -> Heat:
        """Where people stood in these hours of the period's days (local hours, half-open)."""
        now = self._clock.now()
        with self._storage.look() as view:
            settings = view.settings.current()
            span = span_of(period, now, settings.zone)
            is_too_long = span.days > LONGEST_HEAT_DAYS
            counted = [] if is_too_long else view.foot_traffic.between(span.start, span.end)
        wanted = [c for c in counted if from_hour <= c.hour.astimezone(settings.zone).hour < until_hour]
        missing = HourTable(span, settings, now).missing_hours(counted)
        plan = self._plan() or _plan_around(wanted)
        return _heat(wanted, plan, tuple(h for h in missing if from_hour <= h < until_hour), is_too_long=is_too_long)

    def visits(self, kind: ListKind, period: Period = Period.TODAY) -> tuple[VisitLine, ...]:
        """The list behind a tile or a stage, newest first, at most 500."""
        now = self._clock.now()
        with self._storage.look() as view:
            span = span_of(period, now, view.settings.current().zone)
            names = {m.id: m.name for m in view.staff.all()}
            if kind is ListKind.IN_SHOP:
                found: Sequence[Visit] = view.visits.open_visits()
            else:
                wanted = {f.visit_id for f in view.reports.visits(span.start, span.end) if _belongs(f, kind)}
                found = _newest(view, span, wanted)
        return tuple(_line(visit, names, now) for visit in found)

    def missed_by_hour(self, period: Period = Period.TODAY) -> tuple[HourLine, ...]:
        """Through the door less registered, by hour: the list behind the gap."""
        return self.read(period).hours


def span_of(period: Period, now: datetime, zone: ZoneInfo) -> Span:
    """The days of a period, in the showroom's time."""
    start, end = local_day(now, zone)
    if period is Period.YESTERDAY:
        return Span(start - timedelta(days=1), start)
    return Span(start - timedelta(days=DAYS[period] - 1), end)


def _figures(
    facts: Sequence[VisitFact],
    earlier: Sequence[VisitFact],
    answers: Sequence[Feedback],
    hours: Sequence[HourLine],
    settings: BusinessSettings,
    span: Span,
    now: datetime,
) -> Figures:
    moment = min(now, span.end - timedelta(seconds=1))
    waited = waits(facts)
    received = sum(f.accepted_s is not None for f in facts)
    drives = sum(f.drove for f in facts)
    known = [h for h in hours if h.came_in is not None]
    came_in, met = sum(h.came_in or 0 for h in known), sum(h.people for h in known)
    this_hour = next((h.unmet for h in hours if h.hour == now.astimezone(settings.zone).hour), None)
    return Figures(
        in_shop=in_shop_at(facts, moment),
        in_shop_week_ago=in_shop_at(earlier, moment - timedelta(weeks=1)),
        wait_p50_s=percentile(waited, 0.5),
        wait_p95_s=percentile(waited, 0.95),
        wait_goal_s=settings.waits.alarm_s,
        registered=sum(f.party_size for f in facts),
        registered_counted=met,
        came_in=came_in if known else None,
        unmet=max(0, came_in - met) if known else None,
        unmet_this_hour=this_hour,
        received=received,
        drives=drives,
        drive_rate=rate(drives, received),
        recommend=recommend(answers),
        scores=sum(f.score is not None for f in answers),
        in_shop_trend=_at_each_hour(facts, hours, span, now),
        wait_trend=_median_waits(facts, hours, settings.zone),
        unmet_trend=tuple(None if h.unmet is None else float(h.unmet) for h in hours if not h.is_future),
        drive_trend=_daily_drive_rates([*earlier, *facts], settings.zone),
    )


def _at_each_hour(
    facts: Sequence[VisitFact], hours: Sequence[HourLine], span: Span, now: datetime
) -> tuple[float | None, ...]:
    if span.days != 1:
        return ()
    moments = [span.start.replace(hour=h.hour) for h in hours]
    return tuple(float(in_shop_at(facts, m)) for m in [*(m for m in moments if m <= now), min(now, span.end)])


def _median_waits(facts: Sequence[VisitFact], hours: Sequence[HourLine], zone: ZoneInfo) -> tuple[float | None, ...]:
    by_hour: dict[int, list[int]] = {}
    local = LocalTime(zone)
    for fact in facts:
        if fact.waited_s is not None:
            by_hour.setdefault(local.of(fact.started_s)[0], []).append(fact.waited_s)
    return tuple(percentile(by_hour.get(h.hour, []), 0.5) for h in hours if not h.is_future)


def _daily_drive_rates(facts: Sequence[VisitFact], zone: ZoneInfo) -> tuple[float | None, ...]:
    by_day: dict[object, list[VisitFact]] = {}
    local = LocalTime(zone)
    newest = facts[-1].started_s if facts else 0
    facts = [f for f in facts if f.started_s > newest - TREND_SPAN_S]
    for fact in facts:
        if fact.accepted_s is not None:
            by_day.setdefault(local.of(fact.started_s)[1], []).append(fact)
    days = sorted(by_day.items(), key=lambda each: str(each[0]))[-TREND_DAYS:]
    return tuple(rate(sum(f.drove for f in day), len(day)) for _date, day in days)


def _concerns(
    view: UnitOfWork, answers: Sequence[Feedback], staff: Mapping[StaffId, StaffMember], now: datetime
) -> tuple[Concern, ...]:
    found = [_alarm(v, now) for v in view.visits.open_visits() if v.alarm is not Alarm.NONE]
    found += [_answer(view, f) for f in answers if f.wants_manager or (f.score is not None and f.score <= DETRACTOR)]
    cars = {c.id: c for c in view.vehicles.all()}
    for key in view.keys.all():
        if key.is_overdue(now) and key.due_at is not None:
            car, holder = cars.get(key.car_id), staff.get(key.holder_id) if key.holder_id else None
            found.append(
                Concern(
                    ConcernKind.KEY_OVERDUE,
                    key.id,
                    key.due_at,
                    name=car.model if car else key.label,
                    note=key.label,
                    minutes=int((now - key.due_at).total_seconds() // 60),
                    holder=holder.name if holder else "",
                    plate=mask_plate(car.plate) if car else "",
                )
            )
    found += [
        Concern(ConcernKind.MESSAGE_PARKED, m.message_id, m.created_at, note=m.last_error) for m in view.outbox.parked()
    ]
    order = list(ConcernKind)
    return tuple(sorted(found, key=lambda c: (order.index(c.kind), c.at)))


def _alarm(visit: Visit, now: datetime) -> Concern:
    return Concern(
        ConcernKind.ALARM,
        visit.id,
        visit.waiting_since or visit.started_at,
        name=visit.display_name or visit.label,
        minutes=visit.waited_s(now) // 60,
        note=visit.place,
    )


def _answer(view: UnitOfWork, feedback: Feedback) -> Concern:
    visit = view.visits.get(feedback.visit_id)
    kind = ConcernKind.WANTS_MANAGER if feedback.wants_manager else ConcernKind.LOW_SCORE
    name = visit.display_name or visit.label
    return Concern(kind, visit.id, feedback.at, name=name, note=feedback.note, score=feedback.score)


def _belongs(fact: VisitFact, kind: ListKind) -> bool:
    return {
        ListKind.WAITED: fact.waiting_s is not None,
        ListKind.RECEIVED: fact.accepted_s is not None,
        ListKind.DROVE: fact.drove,
        ListKind.QUOTED: fact.quoted,
        ListKind.ORDERED: fact.ordered,
    }.get(kind, True)


def _newest(view: UnitOfWork, span: Span, wanted: set[VisitId]) -> list[Visit]:
    found: list[Visit] = []
    offset = 0
    while len(found) < min(MOST_LINES, len(wanted)):
        page = view.visits.search(
            VisitQuery(started_from=span.start, started_until=span.end, limit=MOST_LINES, offset=offset)
        )
        if not page:
            break
        found += [visit for visit in page if visit.id in wanted]
        offset += MOST_LINES
    return found[:MOST_LINES]


def _line(visit: Visit, names: Mapping[StaffId, str], now: datetime) -> VisitLine:
    return VisitLine(
        visit_id=visit.id,
        at=visit.started_at,
        name=visit.display_name,
        label=visit.label,
        purpose=visit.purpose,
        party_size=visit.party_size,
        consultant=names.get(visit.consultant_id, "") if visit.consultant_id else "",
        waited_s=visit.waited_s(now) if visit.waiting_since is not None else None,
        state=visit.state,
        outcome=visit.outcome,
    )


def _plan_around(counted: Sequence[FloorCounts]) -> FloorPlan:
    """Without a measured floor: as large as what was counted."""
    cells = [cell for counts in counted for cell in counts.cells]
    columns = max((column for column, _row in cells), default=23) + 1
    rows = max((row for _column, row in cells), default=8) + 1
    return FloorPlan(columns * CELL_M, rows * CELL_M)


def _heat(counted: Sequence[FloorCounts], plan: FloorPlan, missing: tuple[int, ...], *, is_too_long: bool) -> Heat:
    seconds: dict[tuple[int, int], float] = {}
    zones: dict[str, ZoneCounts] = {}
    for counts in counted:
        for cell, each in counts.cells.items():
            seconds[cell] = seconds.get(cell, 0.0) + each
        for zone, stay in counts.zones.items():
            zones[zone] = zones.get(zone, ZoneCounts()).plus(stay)
    nothing = None if not counted else 0.0
    cells = tuple(
        tuple(seconds.get((column, row), nothing) for column in range(plan.columns)) for row in range(plan.rows)
    )
    return Heat(
        columns=plan.columns,
        rows=plan.rows,
        cells=cells,
        zones=_zone_lines(plan, zones),
        walls=_walls(plan),
        doors=((*_in_cells(plan.door.start.x, plan.door.start.y), *_in_cells(plan.door.end.x, plan.door.end.y)),)
        if plan.door
        else (),
        missing_hours=missing,
        is_too_long=is_too_long,
    )


def _in_cells(x: float, y: float) -> tuple[float, float]:
    return x / CELL_M, y / CELL_M


def _zone_lines(plan: FloorPlan, zones: Mapping[str, ZoneCounts]) -> tuple[ZoneLine, ...]:
    lines = []
    for zone in plan.zones:
        count = len(zone.corners)
        x, y = _in_cells(sum(c.x for c in zone.corners) / count, sum(c.y for c in zone.corners) / count)
        stay = zones.get(zone.id, ZoneCounts())
        minutes = stay.dwell_s / stay.entries / 60 if stay.entries else None
        lines.append(ZoneLine(zone.id, x, y, stay.entries, minutes))
    return tuple(lines)


def _walls(plan: FloorPlan) -> tuple[tuple[float, float, float, float], ...]:
    right, bottom = float(plan.columns), float(plan.rows)
    outside = [
        (0.0, 0.0, right, 0.0),
        (right, 0.0, right, bottom),
        (right, bottom, 0.0, bottom),
        (0.0, bottom, 0.0, 0.0),
    ]
    inside = [
        (*_in_cells(one.x, one.y), *_in_cells(other.x, other.y))
        for zone in plan.zones
        for one, other in zip(zone.corners, zone.corners[1:] + zone.corners[:1], strict=True)
    ]
    return tuple(outside + inside)
