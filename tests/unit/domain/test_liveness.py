"""The active challenge."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.liveness import ORDERS, STEP_LIMIT, Challenge, Gesture, Pose


def pose(turn: float = 0.02, nose_y: float = 200.0, breadth: float = 0.9) -> Pose:
    return Pose(turn=turn, nose_y=nose_y, eyes=80.0, breadth=breadth)


REST = pose()
LEFT = pose(turn=0.25, breadth=0.75)
RIGHT = pose(turn=-0.25, breadth=0.75)
DOWN = pose(nose_y=230)


def after(challenge: Challenge, *poses: Pose) -> Challenge:
    for moment, one in enumerate(poses):
        challenge = challenge.seen(one, moment / 10)
    return challenge


def test_every_order_of_two_different_gestures_may_be_asked_and_each_has_a_turn() -> None:
    assert len(ORDERS) == 6
    assert all(len(set(order)) == 2 for order in ORDERS)
    assert all({Gesture.TURN_LEFT, Gesture.TURN_RIGHT} & set(order) for order in ORDERS)


def test_the_gestures_asked_for_pass_when_the_face_looks_ahead_between_and_after() -> None:
    almost = after(Challenge((Gesture.TURN_LEFT, Gesture.NOD)), REST, REST, LEFT, LEFT, REST, REST, DOWN, DOWN)
    assert almost.gestures == ()
    assert not almost.is_passed
    assert not almost.seen(REST, 5.0).is_passed, "one look is not yet a head at rest"
    assert after(almost, REST, REST).is_passed


def test_the_wrong_gesture_does_not_count() -> None:
    challenge = after(Challenge((Gesture.TURN_LEFT,)), REST, REST, RIGHT, RIGHT, REST, REST, DOWN, DOWN, REST)
    assert challenge.wanted is Gesture.TURN_LEFT
    assert after(Challenge((Gesture.TURN_RIGHT,)), REST, REST, RIGHT, RIGHT, REST, REST).is_passed


def test_one_odd_look_is_no_gesture() -> None:
    challenge = after(Challenge((Gesture.TURN_LEFT,)), REST, REST, LEFT, REST, LEFT, REST, REST)
    assert challenge.wanted is Gesture.TURN_LEFT


def test_a_gesture_before_the_face_came_back_does_not_count() -> None:
    challenge = after(Challenge((Gesture.TURN_LEFT, Gesture.TURN_RIGHT)), REST, REST, LEFT, LEFT, RIGHT, RIGHT, RIGHT)
    assert challenge.wanted is Gesture.TURN_RIGHT


def test_a_face_that_never_looks_ahead_starts_nothing() -> None:
    assert after(Challenge((Gesture.TURN_LEFT,)), LEFT, LEFT, LEFT).rest is None


def test_someone_who_leans_down_after_a_turn_can_still_nod() -> None:
    lower = pose(nose_y=210)
    challenge = after(Challenge((Gesture.TURN_LEFT, Gesture.NOD)), REST, REST, LEFT, LEFT, lower, lower, DOWN, DOWN)
    assert challenge.wanted is Gesture.NOD
    assert after(challenge, pose(nose_y=236), pose(nose_y=236), lower, lower).is_passed


flat_looks = st.builds(
    pose,
    turn=st.floats(-0.07, 0.07),
    nose_y=st.floats(0, 480),
    breadth=st.floats(0.2, 1.5),
)
# Beyond 60 degrees the landmarks of a print break: then the face is less than 0.65 as broad as before.
edge_on_looks = st.builds(
    pose, turn=st.floats(-0.5, 0.5), nose_y=st.just(200.0), breadth=st.floats(0.2, 0.55, exclude_max=True)
)


@given(st.lists(st.one_of(flat_looks, edge_on_looks), max_size=80), st.sampled_from(ORDERS))
def test_a_flat_photograph_never_passes(looks: list[Pose], order: tuple[Gesture, ...]) -> None:
    challenge = after(Challenge(order), pose(turn=0.0), pose(turn=0.0), *looks)
    assert not challenge.is_passed
    assert {Gesture.TURN_LEFT, Gesture.TURN_RIGHT} & set(challenge.gestures)


def test_a_print_that_nods_and_is_then_swung_aside_does_not_pass() -> None:
    rest, narrow, aside = pose(turn=0.0), pose(0.0, 200, 0.5), pose(0.5, 200, 0.5)
    looks = [rest, rest, pose(0.0, 224, 1.0), pose(0.0, 224, 1.0), narrow, narrow, aside, aside, narrow, narrow]
    challenge = after(Challenge((Gesture.NOD, Gesture.TURN_LEFT)), *looks)
    assert challenge.wanted is Gesture.TURN_LEFT


def test_a_step_that_takes_too_long_is_late() -> None:
    limit = STEP_LIMIT.total_seconds()
    challenge = Challenge((Gesture.NOD,)).seen(REST, 9.9).seen(REST, 10.0)
    assert not challenge.is_late(10.0 + limit)
    assert challenge.is_late(10.1 + limit)
    assert not after(challenge, DOWN, DOWN, REST, REST).is_late(100.0)


def test_a_rest_is_no_moment_of_a_movement() -> None:
    turning = [pose(turn=0.09), pose(turn=0.0), pose(turn=-0.09)]
    assert after(Challenge((Gesture.TURN_LEFT,)), *turning).rest is None


def test_who_first_looks_a_little_aside_can_still_turn_that_way() -> None:
    aside, turned = pose(turn=0.08), pose(turn=0.17)
    challenge = after(Challenge((Gesture.TURN_LEFT,)), aside, aside, REST, REST, turned, turned, REST, REST)
    assert challenge.is_passed


def test_who_first_looks_down_can_still_nod() -> None:
    challenge = after(Challenge((Gesture.NOD,)), DOWN, DOWN, REST, REST, DOWN, DOWN, REST, REST)
    assert challenge.is_passed
