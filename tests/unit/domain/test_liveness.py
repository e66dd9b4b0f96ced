"""The active challenge."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.liveness import NOD_AT, ORDERS, TURN_AT, Challenge, Gesture, Pose

REST = Pose(0.02, 0.57)
LEFT = Pose(0.30, 0.57)
RIGHT = Pose(-0.30, 0.57)
DOWN = Pose(0.02, 0.80)


def after(challenge: Challenge, *poses: Pose) -> Challenge:
    for moment, pose in enumerate(poses):
        challenge = challenge.seen(pose, float(moment))
    return challenge


def test_every_order_of_two_different_gestures_may_be_asked() -> None:
    assert len(ORDERS) == 6
    assert all(len(set(order)) == 2 for order in ORDERS)


def test_the_gestures_asked_for_pass_when_the_face_looks_ahead_between_and_after() -> None:
    challenge = Challenge((Gesture.TURN_LEFT, Gesture.NOD))
    almost = after(challenge, REST, LEFT, REST, DOWN)
    assert not almost.is_passed
    assert almost.seen(REST, 5.0).is_passed


def test_the_wrong_gesture_does_not_count() -> None:
    challenge = after(Challenge((Gesture.TURN_LEFT,)), REST, RIGHT, REST, DOWN, REST)
    assert challenge.wanted is Gesture.TURN_LEFT
    assert after(Challenge((Gesture.TURN_RIGHT,)), REST, RIGHT, REST).is_passed


def test_a_gesture_before_the_face_came_back_does_not_count() -> None:
    challenge = after(Challenge((Gesture.TURN_LEFT, Gesture.NOD)), REST, LEFT, DOWN)
    assert challenge.wanted is Gesture.NOD


def test_a_face_that_never_looks_ahead_starts_nothing() -> None:
    challenge = after(Challenge((Gesture.TURN_LEFT,)), LEFT, LEFT, LEFT)
    assert challenge.rest is None


@given(st.lists(st.tuples(st.floats(-0.07, 0.07), st.floats(-0.06, 0.06)), max_size=60), st.sampled_from(ORDERS))
def test_a_flat_photograph_never_passes(jitter: list[tuple[float, float]], order: tuple[Gesture, ...]) -> None:
    # Affine movement of a flat picture leaves the pose alone; what remains is the jitter of the landmarks.
    challenge = after(Challenge(order), *(Pose(turn, 0.57 + nod) for turn, nod in jitter))
    assert challenge.gestures == order


def test_a_step_that_takes_too_long_is_late() -> None:
    challenge = Challenge((Gesture.NOD,)).seen(REST, 10.0)
    assert not challenge.is_late(17.9)
    assert challenge.is_late(18.1)
    assert not after(challenge, DOWN, REST).is_late(100.0)


def test_the_limits_leave_room_between_a_photograph_and_a_head() -> None:
    assert TURN_AT >= 2 * 0.07
    assert NOD_AT >= 2 * 0.06
