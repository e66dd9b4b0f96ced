"""The active challenge: turn left, turn right or nod, in an order that nobody can know before."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from itertools import permutations

GESTURES_ASKED = 2
TURN_AT = 0.16
"""How far the nose must leave the middle, in eye distances; a plane picture moved before the camera stays below .06."""
NOD_AT = 0.14
FRONT_WITHIN = 0.10
STEP_LIMIT = timedelta(seconds=8)


class Gesture(Enum):
    """What the visitor is asked to do, seen from the visitor."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    NOD = "nod"


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the nose lies in the plane of eyes and mouth: `turn` > 0 to the visitor's left, `nod` > 0 downwards.

    Both are co-ordinates in the (possibly skewed) frame of the eyes and the mouth's middle. Tilting, turning or moving
    a flat photograph changes all five points by one affine map and so leaves these two numbers alone; only a head with
    a nose that stands out changes them.
    """

    turn: float
    nod: float

    def is_front(self) -> bool:
        """Whether the face looks into the camera as far as left and right go."""
        return abs(self.turn) <= FRONT_WITHIN


ORDERS: tuple[tuple[Gesture, ...], ...] = tuple(permutations(Gesture, GESTURES_ASKED))


@dataclass(frozen=True, slots=True)
class Challenge:
    """Gestures still to be shown, judged against the visitor's own face at rest. Each step is a new value."""

    gestures: tuple[Gesture, ...]
    rest: Pose | None = None
    back_to_front: bool = True
    """A gesture counts only after the face was seen looking straight ahead."""
    step_began: float = 0.0

    @property
    def wanted(self) -> Gesture | None:
        """The gesture to show now; None when all were shown."""
        return self.gestures[0] if self.gestures else None

    @property
    def is_passed(self) -> bool:
        """All gestures shown, and the face looks into the camera again."""
        return not self.gestures and not self.back_to_front

    def is_late(self, moment: float) -> bool:
        """Whether the gesture asked for has not come within the limit (monotonic seconds)."""
        return not self.is_passed and moment - self.step_began > STEP_LIMIT.total_seconds()

    def seen(self, pose: Pose, moment: float) -> "Challenge":
        """The challenge after one more frame of the same face."""
        if self.rest is None:
            return replace(self, rest=pose, back_to_front=False, step_began=moment) if pose.is_front() else self
        turn, nod = pose.turn - self.rest.turn, pose.nod - self.rest.nod
        if self.back_to_front:
            back = abs(turn) <= FRONT_WITHIN and abs(nod) <= FRONT_WITHIN
            return replace(self, back_to_front=False, step_began=moment) if back else self
        if self.wanted is not None and _shows(self.wanted, turn, nod):
            return replace(self, gestures=self.gestures[1:], back_to_front=True, step_began=moment)
        return self


def _shows(gesture: Gesture, turn: float, nod: float) -> bool:
    if gesture is Gesture.NOD:
        return nod >= NOD_AT and abs(turn) < TURN_AT
    return turn >= TURN_AT if gesture is Gesture.TURN_LEFT else turn <= -TURN_AT
