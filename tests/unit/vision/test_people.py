"""Pairing, tracks, ways and tallies of the people counter, without pictures."""

from smart4s_kiosk.domain.foot_traffic import Door, FloorPlan, Metres, Zone
from smart4s_kiosk.ports.vision import Box
from smart4s_kiosk.vision.people.assignment import FORBIDDEN, cheapest_pairs
from smart4s_kiosk.vision.people.detector import Detection, merge
from smart4s_kiosk.vision.people.tracker import STANDING_PATIENCE_S, Track, Tracker
from smart4s_kiosk.vision.people.zones import Tally, Walker

STEP_S = 0.2


def test_forbidden_pairs_are_left_out() -> None:
    assert cheapest_pairs([[FORBIDDEN, 1.0], [FORBIDDEN, FORBIDDEN]]) == ((0, 1),)
    assert cheapest_pairs([]) == ()


def person(x: float, y: float, *, outline: bool = False) -> Detection:
    return Detection(Box(round(x - 20), round(y - 100), 40, 100), has_outline=outline)


def walk(tracker: Tracker, *looks: list[Detection], start: float = 0.0) -> tuple[Track, ...]:
    for number, detections in enumerate(looks):
        tracker.step(detections, start + number * STEP_S)
    return tracker.tracks


def test_two_people_who_cross_keep_their_numbers() -> None:
    tracker = Tracker()
    tracks = walk(tracker, *([person(100 + 12 * n, 200), person(340 - 12 * n, 300)] for n in range(20)))
    assert [track.number for track in tracks] == [1, 2]
    assert tracks[0].foot[0] > 300 > tracks[1].foot[0] - 200
    assert all(track.is_confirmed for track in tracks)


def test_a_ghost_that_neither_moves_nor_has_an_outline_is_nobody() -> None:
    tracks = walk(Tracker(), *[[person(100, 200)]] * 50)
    assert not tracks[0].is_confirmed


def test_somebody_who_stands_with_an_outline_is_a_person() -> None:
    tracks = walk(Tracker(), *[[person(100, 200, outline=True)]] * 4)
    assert tracks[0].is_confirmed


def test_a_walker_is_forgotten_soon_and_a_standing_person_later() -> None:
    walker, stander = Tracker(), Tracker()
    walk(walker, *[[person(100 + 15 * n, 200)] for n in range(10)])
    walk(stander, *[[person(100 + 15 * min(n, 5), 200)] for n in range(30)])
    assert walker.step([], 10 * STEP_S + 1.6) == ()
    assert len(stander.step([], 30 * STEP_S + 1.6)) == 1
    assert stander.step([], 30 * STEP_S + STANDING_PATIENCE_S + 0.5) == ()


def test_people_who_merge_into_one_blob_and_part_again_keep_their_numbers() -> None:
    tracker = Tracker()
    walk(tracker, *([person(100 + 10 * n, 200), person(300 - 10 * n, 210)] for n in range(8)))
    blob = Detection(Box(150, 100, 110, 115))
    walk(tracker, [blob], [blob], [blob], start=8 * STEP_S)
    tracks = walk(
        tracker, *([person(190 + 10 * n, 200), person(200 - 10 * n, 210)] for n in range(6)), start=11 * STEP_S
    )
    assert sorted(track.number for track in tracks) == [1, 2]


def test_the_legs_of_a_known_person_are_no_second_one() -> None:
    tracker = Tracker()
    walk(tracker, *([person(100 + 10 * n, 200, outline=True)] for n in range(6)))
    legs = Detection(Box(142, 160, 24, 40))
    tracks = walk(tracker, [legs], [legs], [legs], start=6 * STEP_S)
    assert len(tracks) == 1
    assert tracks[0].box.height == 100


def test_a_group_is_parted_by_outlines_and_a_piece_completed() -> None:
    group, left, right = Box(0, 0, 100, 100), Box(5, 5, 40, 95), Box(55, 5, 40, 95)
    assert {d.box for d in merge([group], [left, right])} == {left, right}
    legs, whole = Box(10, 60, 20, 42), Box(5, 0, 35, 100)
    (found,) = merge([legs], [whole])
    assert found == Detection(Box(5, 0, 35, 102), has_outline=True)
    assert merge([], [whole]) == (Detection(whole, has_outline=True),)
    assert merge([group], []) == (Detection(group),)


PLAN = FloorPlan(
    width_m=6,
    height_m=6,
    zones=(Zone("car", (Metres(3, 0), Metres(6, 0), Metres(6, 6), Metres(3, 6))),),
    door=Door(Metres(1, 6), Metres(1, 0)),
)


def tally_of(*places: float, seconds: float = 0.5) -> Tally:
    tally, walker = Tally(), Walker(PLAN)
    for x in places:
        walker.step(Metres(x, 3.2), seconds, tally)
    return tally


def test_swaying_on_the_threshold_is_no_passage() -> None:
    assert tally_of(0.4, 0.9, 1.1, 0.9, 1.2, 0.8, 0.5).came_in == 0
    through = tally_of(0.4, 0.9, 1.1, 0.9, 1.2, 1.5, 2.0)
    assert (through.came_in, through.went_out) == (1, 0)


def test_a_zone_counts_who_stays_and_not_who_brushes_its_edge() -> None:
    assert tally_of(2.5, 3.1, 2.9, 3.1, 2.5).zone_counts() == {}
    stayed = tally_of(2.5, *[4.0] * 10, *[2.0] * 4).zone_counts()["car"]
    assert stayed.entries == 1
    assert stayed.dwell_s == 5.0


def test_seconds_fall_into_half_metre_cells() -> None:
    tally = tally_of(2.2, 2.3, 2.6)
    assert dict(tally.cells) == {(4, 6): 1000, (5, 6): 500}
