"""Doors, zones, cells and sums of the floor."""

from datetime import UTC, datetime, timedelta

import pytest

from smart4s_kiosk.domain.foot_traffic import Door, FloorCounts, FloorPlan, Metres, Passage, Zone, ZoneCounts, hour_of

DOOR = Door(Metres(2, 6), Metres(2, 4))
HOUR = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def test_walking_through_the_door_counts_by_direction() -> None:
    assert DOOR.passage(Metres(1, 5), Metres(3, 5)) is Passage.IN
    assert DOOR.passage(Metres(3, 5), Metres(1, 5)) is Passage.OUT


@pytest.mark.parametrize(
    ("before", "after"),
    [((1, 7), (3, 7)), ((1, 5), (1.9, 5)), ((3, 5), (4, 5)), ((1, 3.5), (3, 3.5)), ((1, 5), (1, 5))],
)
def test_walking_beside_or_before_the_door_counts_nothing(
    before: tuple[float, float], after: tuple[float, float]
) -> None:
    assert DOOR.passage(Metres(*before), Metres(*after)) is None


def test_a_zone_of_any_shape_knows_its_inside() -> None:
    bent = Zone("l", tuple(Metres(*corner) for corner in ((0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4))))
    assert bent.contains(Metres(0.5, 3))
    assert bent.contains(Metres(3, 0.5))
    assert not bent.contains(Metres(3, 3))


def test_cells_are_half_metres_and_end_with_the_plan() -> None:
    plan = FloorPlan(width_m=12, height_m=9)
    assert (plan.columns, plan.rows) == (24, 18)
    assert plan.cell(Metres(0.2, 0.7)) == (0, 1)
    assert plan.cell(Metres(11.99, 8.99)) == (23, 17)
    assert plan.cell(Metres(12.0, 5)) is None
    assert plan.cell(Metres(-0.01, 5)) is None


def test_parts_of_one_hour_add_up() -> None:
    one = FloorCounts("f", HOUR, 2, 1, {(0, 0): 3.0}, {"car": ZoneCounts(1, 4.0)}, most_at_once=3)
    other = FloorCounts("f", HOUR, 1, 0, {(0, 0): 1.5, (1, 0): 2.0}, {"car": ZoneCounts(2, 1.0)}, most_at_once=2)
    assert one.plus(other) == FloorCounts(
        "f", HOUR, 3, 1, {(0, 0): 4.5, (1, 0): 2.0}, {"car": ZoneCounts(3, 5.0)}, most_at_once=3
    )
    with pytest.raises(ValueError, match="one camera's hour"):
        one.plus(other.in_hour(HOUR + timedelta(hours=1)))


def test_the_hour_begins_at_its_beginning() -> None:
    assert hour_of(HOUR + timedelta(minutes=59, seconds=59)) == HOUR
