"""Works out the manager's figures from slim lines: percentiles, hours, funnel, consultants. No storage here."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import FloorCounts
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Role, StaffMember
from smart4s_kiosk.ports.reports import VisitFact
from smart4s_kiosk.services.report_views import ConsultantLine, FunnelLine, HourLine, ListKind, Span

FEWEST_FOR_A_RATE = 1
PROMOTER, DETRACTOR = 9, 6
WEEKS_BEFORE = 4
HALF_HOUR_S = 1800


def percentile(values: Iterable[int], share: float) -> int | None:
    """The value that `share` of all values do not exceed (nearest rank); None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole`; None when there is no whole."""
    return part / whole if whole >= FEWEST_FOR_A_RATE else None


def recommend(answers: Sequence[Feedback]) -> int | None:
    """Recommendation value in points; None before the first score."""
    scores = [f.score for f in answers if f.score is not None]
    if not scores:
        return None
    liked = sum(score >= PROMOTER for score in scores)
    disliked = sum(score <= DETRACTOR for score in scores)
    return round(100 * (liked - disliked) / len(scores))


def in_shop_at(facts: Iterable[VisitFact], moment: datetime) -> int:
    """People of the visits that had begun and not ended at `moment`."""
    at = int(moment.timestamp())
    return sum(f.party_size for f in facts if f.started_s <= at and (f.ended_s is None or f.ended_s > at))


def waits(facts: Iterable[VisitFact]) -> list[int]:
    """Seconds that each guest waited until somebody accepted."""
    return [waited for f in facts if (waited := f.waited_s) is not None]


def funnel(facts: Sequence[VisitFact], *, knows_orders: bool) -> tuple[FunnelLine, ...]:
    """到店 → 接待 → 试驾 → 报价 → 订金; each stage counts visits, its rate is against the stage before."""
    counts: tuple[tuple[ListKind, int | None], ...] = (
        (ListKind.ARRIVED, len(facts)),
        (ListKind.RECEIVED, sum(f.accepted_s is not None for f in facts)),
        (ListKind.DROVE, sum(f.drove for f in facts)),
        (ListKind.QUOTED, sum(f.quoted for f in facts)),
        (ListKind.ORDERED, sum(f.ordered for f in facts) if knows_orders else None),
    )
    lines: list[FunnelLine] = []
    before: int | None = None
    for kind, count in counts:
        share = rate(count, before) if count is not None and before is not None else None
        lines.append(FunnelLine(kind, count, share))
        before = count
    return tuple(lines)


def consultants(facts: Sequence[VisitFact], staff: Iterable[StaffMember], goal_s: int) -> tuple[ConsultantLine, ...]:
    """Everybody who receives guests or did; busiest first."""
    by_consultant: dict[StaffId, list[VisitFact]] = {}
    for fact in facts:
        if fact.consultant_id is not None and fact.accepted_s is not None:
            by_consultant.setdefault(fact.consultant_id, []).append(fact)
    lines = [
        _consultant(member, by_consultant.get(member.id, []), goal_s)
        for member in staff
        if member.role is Role.CONSULTANT or member.id in by_consultant
    ]
    return tuple(sorted(lines, key=lambda line: (-line.visits, line.name)))


def _consultant(member: StaffMember, facts: Sequence[VisitFact], goal_s: int) -> ConsultantLine:
    drives, quotes = sum(f.drove for f in facts), sum(f.quoted for f in facts)
    answer = percentile([a for f in facts if (a := f.answered_s) is not None], 0.5)
    return ConsultantLine(
        staff_id=member.id,
        name=member.name,
        photo=member.photo,
        visits=len(facts),
        answer_s=answer,
        is_slow=answer is not None and answer > goal_s,
        drives=drives,
        quotes=quotes,
        drive_rate=rate(drives, len(facts)),
        quote_rate=rate(quotes, len(facts)),
        rating=member.rating,
    )


class LocalTime:
    """Local hour and day of many moments: one time-zone question for each half hour, as zones change on those."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[int, tuple[int, date]] = {}

    def of(self, second: int) -> tuple[int, date]:
        """Hour and day of a moment in whole seconds since 1970."""
        block = second // HALF_HOUR_S
        found = self._known.get(block)
        if found is None:
            local = datetime.fromtimestamp(block * HALF_HOUR_S, self._zone)
            found = self._known[block] = (local.hour, local.date())
        return found


class HourTable:
    """Visits and door counts by hour of the day over the days of a span."""

    def __init__(self, span: Span, settings: BusinessSettings, now: datetime) -> None:
        self._span, self._settings, self._now = span, settings, now
        self._zone: ZoneInfo = settings.zone
        self._local = LocalTime(self._zone)

    def lines(
        self, facts: Sequence[VisitFact], traffic: Sequence[FloorCounts], before: Sequence[VisitFact]
    ) -> tuple[HourLine, ...]:
        """The opening hours, and every hour outside of them in which somebody came."""
        visits = self._group(facts, lambda _fact: 1)
        people = self._group(facts, lambda fact: fact.party_size)
        came_in, counted = self._came_in(traffic)
        expected = self._expected(before)
        opening = self._opening_hours()
        shown = sorted(set(opening) | set(visits) | {hour for hour, count in came_in.items() if count})
        return tuple(
            self._line(hour, visits.get(hour, 0), people.get(hour, 0), came_in.get(hour), counted, opening, expected)
            for hour in shown
        )

    def missing_hours(self, traffic: Sequence[FloorCounts]) -> tuple[int, ...]:
        """Opening hours already past, of which at least one day was not counted."""
        _came_in, counted = self._came_in(traffic)
        opening = self._opening_hours()
        return tuple(hour for hour in sorted(opening) if counted.get(hour, 0) < opening[hour])

    def _line(
        self,
        hour: int,
        visits: int,
        people: int,
        came_in: int | None,
        counted: Mapping[int, int],
        opening: Mapping[int, int],
        expected: Mapping[int, tuple[float, float, float]],
    ) -> HourLine:
        is_future = opening.get(hour, 0) == 0 and came_in is None and not visits
        low, mean, high = expected.get(hour, (None, None, None))
        return HourLine(
            hour=hour,
            visits=visits,
            people=people,
            came_in=came_in,
            unmet=None if came_in is None else max(0, came_in - people),
            is_partly_unknown=counted.get(hour, 0) < opening.get(hour, 0),
            is_future=is_future,
            expected=mean,
            expected_low=low,
            expected_high=high,
        )

    def _group(self, facts: Sequence[VisitFact], weight: Callable[[VisitFact], int]) -> dict[int, int]:
        sums: dict[int, int] = {}
        for fact in facts:
            hour = self._local.of(fact.started_s)[0]
            sums[hour] = sums.get(hour, 0) + weight(fact)
        return sums

    def _came_in(self, traffic: Sequence[FloorCounts]) -> tuple[dict[int, int], dict[int, int]]:
        """People through the door by hour, and on how many days that hour was counted."""
        came_in: dict[int, int] = {}
        days: dict[int, set[object]] = {}
        for counts in traffic:
            hour, day = self._local.of(int(counts.hour.timestamp()))
            came_in[hour] = came_in.get(hour, 0) + counts.came_in
            days.setdefault(hour, set()).add(day)
        return came_in, {hour: len(each) for hour, each in days.items()}

    def _opening_hours(self) -> dict[int, int]:
        """Hour of day to the number of days on which it was open and has begun; future hours of today count 0."""
        hours: dict[int, int] = {}
        day = self._span.start
        while day < self._span.end:
            opening = self._settings.opening[day.weekday()]
            if opening is not None and day.date().isoformat() not in self._settings.closed_days:
                last = opening.closes.hour - (0 if opening.closes.minute else 1)
                for hour in range(opening.opens.hour, last + 1):
                    has_begun = day.replace(hour=hour) <= self._now
                    hours[hour] = hours.get(hour, 0) + has_begun
            day = day + timedelta(days=1)
        return hours

    def _expected(self, before: Sequence[VisitFact]) -> dict[int, tuple[float, float, float]]:
        """Lowest, mean and highest number of visits by hour on the same weekday of the weeks before."""
        weekday = self._span.start.weekday()
        by_day: dict[object, dict[int, int]] = {}
        for fact in before:
            local = datetime.fromtimestamp(fact.started_s, self._zone)
            if local.weekday() == weekday:
                day = by_day.setdefault(local.date(), {})
                day[local.hour] = day.get(local.hour, 0) + 1
        if not by_day or self._span.days != 1:
            return {}
        hours = {hour for day in by_day.values() for hour in day} | set(self._opening_hours())
        spread = {hour: [day.get(hour, 0) for day in by_day.values()] for hour in hours}
        return {hour: (float(min(n)), sum(n) / len(n), float(max(n))) for hour, n in spread.items()}
