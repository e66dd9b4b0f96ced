"""The manager's figures from one invented Saturday: nothing unknown is shown as zero."""

from dataclasses import replace
from datetime import timedelta

import pytest

from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.services.report_figures import in_shop_at, percentile, recommend
from smart4s_kiosk.services.report_views import ConcernKind, ListKind, Period
from smart4s_kiosk.services.reports import Reports, span_of
from tests.manager_day import BY_HOUR, CONSULTANTS, DAY, NOW, PLAN, a_filled_showroom, a_served_visit, a_visit, keep
from tests.showroom import Showroom


@pytest.fixture(scope="module")
def saturday() -> Showroom:
    return a_filled_showroom()


@pytest.fixture(scope="module")
def reports(saturday: Showroom) -> Reports:
    return Reports(storage=saturday.storage, clock=saturday.clock, plan=lambda: PLAN)


def an_empty_showroom() -> tuple[Showroom, Reports]:
    showroom = Showroom()
    showroom.clock.set(NOW)
    return showroom, Reports(storage=showroom.storage, clock=showroom.clock)


def test_nothing_has_no_percentile() -> None:
    assert percentile([], 0.5) is None


def test_recommendation_is_promoters_less_detractors() -> None:
    answers = [Feedback(VisitId(str(n)), score, NOW) for n, score in enumerate((10, 9, 8, 7, 6, 0))]
    assert recommend(answers) == 0
    assert recommend([*answers, Feedback(VisitId("x"), 9, NOW)]) == 14
    assert recommend([Feedback(VisitId("y"), None, NOW, wants_manager=True)]) is None


def test_an_empty_store_knows_no_rates() -> None:
    _showroom, reports = an_empty_showroom()
    figures = reports.read().figures
    assert (figures.in_shop, figures.received) == (0, 0)
    unknown = (figures.wait_p50_s, figures.wait_p95_s, figures.came_in, figures.unmet, figures.drive_rate)
    assert unknown == (None,) * 5
    assert reports.read().funnel[-1].count is None
    heat = reports.heat()
    assert {value for row in heat.cells for value in row} == {None}
    assert heat.missing_hours == (9, 10, 11, 12, 13, 14)


def test_the_funnel_counts_visits_and_rates_against_the_stage_before(reports: Reports) -> None:
    funnel = {line.kind: line for line in reports.read().funnel}
    assert funnel[ListKind.ARRIVED].count == 55
    assert funnel[ListKind.RECEIVED].count == 54
    assert funnel[ListKind.DROVE].count == 18
    assert funnel[ListKind.DROVE].rate == pytest.approx(18 / 54)
    assert funnel[ListKind.QUOTED].count == 11
    assert funnel[ListKind.ORDERED].count is None


def test_every_stage_opens_as_many_visits_as_it_counts(reports: Reports) -> None:
    for line in reports.read().funnel:
        if line.count is not None:
            assert len(reports.visits(line.kind)) == line.count
    assert [v.name for v in reports.visits(ListKind.IN_SHOP)] == ["李*女士"]


def test_an_hour_that_no_camera_counted_is_unknown(reports: Reports) -> None:
    hours = {h.hour: h for h in reports.read().hours}
    assert hours[13].came_in is None
    assert hours[13].unmet is None
    assert hours[13].is_partly_unknown
    assert hours[13].visits == BY_HOUR[13]
    assert (hours[11].came_in, hours[11].unmet) == (14, 2)
    assert hours[17].is_future
    assert not hours[17].is_partly_unknown


def test_the_gap_compares_only_counted_hours(reports: Reports) -> None:
    figures = reports.read().figures
    assert figures.registered_counted == figures.registered - BY_HOUR[13]
    assert figures.came_in is not None
    assert figures.unmet == figures.came_in - figures.registered_counted


def test_what_is_usual_comes_from_the_four_saturdays_before(reports: Reports) -> None:
    ten = next(h for h in reports.read().hours if h.hour == 10)
    assert (ten.expected_low, ten.expected, ten.expected_high) == (7.0, 7.5, 8.0)
    assert all(h.expected is None for h in reports.read(Period.WEEK).hours)


def test_waits_are_from_the_wish_to_the_answer() -> None:
    showroom, reports = an_empty_showroom()
    with showroom.storage.begin() as work:
        for n, wait in enumerate((10, 20, 30, 40, 500)):
            keep(work, a_served_visit(n, NOW - timedelta(minutes=30 + n), "王静", wait))
    figures = reports.read().figures
    assert (figures.wait_p50_s, figures.wait_p95_s) == (30, 500)


def test_a_merged_visit_is_not_counted_twice() -> None:
    showroom, reports = an_empty_showroom()
    with showroom.storage.begin() as work:
        keep(work, a_visit(1, NOW - timedelta(minutes=5)))
        keep(work, replace(a_visit(2, NOW - timedelta(minutes=4)), state=VisitState.MERGED))
    assert reports.read().funnel[0].count == 1


def test_consultants_are_measured_by_what_they_did(reports: Reports) -> None:
    lines = {line.name: line for line in reports.read().consultants}
    assert set(lines) == set(CONSULTANTS)
    assert sum(line.visits for line in lines.values()) == 54
    assert sum(line.drives for line in lines.values()) == 18
    assert lines["王静"].is_slow


def test_what_waits_for_the_manager_stands_in_order_of_need(reports: Reports) -> None:
    concerns = reports.read().concerns
    assert [c.kind for c in concerns] == [ConcernKind.ALARM, ConcernKind.WANTS_MANAGER, ConcernKind.KEY_OVERDUE]
    assert (concerns[1].score, concerns[1].note) == (4, "等了太久，没人理")
    assert (concerns[2].minutes, concerns[2].holder) == (16, "何屿")
    assert "131" in concerns[2].plate
    assert "AD0131" not in concerns[2].plate


def test_heat_is_the_sum_of_the_chosen_hours(reports: Reports) -> None:
    whole, one = reports.heat(), reports.heat(from_hour=10, until_hour=11)
    assert (whole.columns, whole.rows) == (36, 14)
    assert whole.cells[5][8] == pytest.approx(5 * (one.cells[5][8] or 0))
    assert whole.missing_hours == (13,)
    assert one.missing_hours == ()
    assert [(z.id, z.minutes) for z in one.zones] == [("A1 E7", 6.2), ("洽谈区", 17.0)]


def test_hours_without_a_camera_have_no_heat_at_all(reports: Reports) -> None:
    assert {value for row in reports.heat(from_hour=13, until_hour=14).cells for value in row} == {None}


def test_the_heat_of_a_year_is_not_read(reports: Reports) -> None:
    assert reports.heat(Period.YEAR).is_too_long


def test_periods_are_whole_days_of_the_showroom(saturday: Showroom) -> None:
    with saturday.storage.look() as view:
        zone = view.settings.current().zone
    assert [span_of(period, NOW, zone).days for period in Period] == [1, 1, 7, 30, 365]
    assert span_of(Period.TODAY, NOW, zone).start == DAY
    assert span_of(Period.YESTERDAY, NOW, zone).end == DAY


def test_people_in_the_shop_are_those_between_door_and_door() -> None:
    showroom, _reports = an_empty_showroom()
    with showroom.storage.begin() as work:
        keep(work, replace(a_visit(1, NOW - timedelta(hours=2), party_size=3), ended_at=NOW - timedelta(hours=1)))
        keep(work, a_visit(2, NOW - timedelta(hours=1), party_size=2, consultant_id=StaffId("王静")))
        facts = work.reports.visits(DAY, NOW)
    assert [in_shop_at(facts, NOW - timedelta(minutes=m)) for m in (150, 90, 59, 0)] == [0, 3, 2, 2]
