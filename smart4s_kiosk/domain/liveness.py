"""The active challenge: turn left, turn right or nod, in an order that nobody can know before.

At least one of the two gestures asked is always a turn: a turn is what a flat photograph cannot show. A nod only makes
the order harder to foresee. This is no proof against a film of the visitor, and is not called one.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from itertools import permutations

GESTURES_ASKED = 2
TURN_AT = 0.14
"""How far the nose must leave its place, in eye distances. A flat print swung by up to 55 degrees stayed within .09."""
NOD_AT = 0.30
"""How far the nose must go down, in eye distances at rest."""
FRONT_WITHIN = 0.10
BREADTH_KEPT = 0.65
"""A head turned far enough keeps this share of its width; a print turned so far that the landmarks break does not."""
LOOKS_HELD = 2
"""One odd look is no gesture."""
STILL_WITHIN = 0.05
"""Two looks at a resting head differ by no more, in eye distances. A rest taken in the middle of a turn or a nod would
make the gesture itself too small to count."""
STEP_LIMIT = timedelta(seconds=8)


class Gesture(Enum):
    """What the visitor is asked to do, seen from the visitor."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    NOD = "nod"


@dataclass(frozen=True, slots=True)
class Pose:
    """How a head is held, as far as five points tell."""

    turn: float
    """Where the nose lies between the eyes, in eye distances, > 0 to the visitor's left; measured along the eyes in the
    frame of eyes and mouth, so that moving, tilting or swinging a flat picture leaves it alone."""
    nose_y: float
    """Height of the nose in the picture, in pixels downwards."""
    eyes: float
    """Distance of the eyes in pixels."""
    breadth: float
    """Distance of the eyes by the distance from eyes to mouth."""

    def is_front(self) -> bool:
        """Whether the face looks into the camera as far as left and right go."""
        return abs(self.turn) <= FRONT_WITHIN

    def is_still(self, before: "Pose | None") -> bool:
        """Whether the head has hardly moved since the look before."""
        if before is None:
            return False
        return abs(self.turn - before.turn) <= STILL_WITHIN and abs(_drop(before, self)) <= STILL_WITHIN


ORDERS: tuple[tuple[Gesture, ...], ...] = tuple(permutations(Gesture, GESTURES_ASKED))


@dataclass(frozen=True, slots=True)
class Challenge:
    """Gestures still to be shown, judged against the visitor's own face at rest. Each step is a new value."""

    gestures: tuple[Gesture, ...]
    rest: Pose | None = None
    back_to_front: bool = True
    """A gesture counts only after the face was seen looking straight ahead."""
    held: int = 0
    step_began: float = 0.0
    before: Pose | None = None
    """The look before this one, while the head is to come to rest."""

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
        """The challenge after one more look at the same face."""
        if self.rest is None:
            if not (pose.is_front() and pose.is_still(self.before)):
                return replace(self, before=pose)
            return replace(self, rest=pose, back_to_front=False, step_began=moment, before=None)
        if self.back_to_front:
            return self._returned(self.rest, pose, moment)
        if self.wanted is None or not _shows(self.wanted, self.rest, pose):
            return replace(self, held=0, before=pose, rest=self._rested(self.rest, pose))
        if self.held + 1 < LOOKS_HELD:
            return replace(self, held=self.held + 1)
        return replace(self, gestures=self.gestures[1:], back_to_front=True, held=0, step_began=moment, before=None)

    def _rested(self, rest: Pose, pose: Pose) -> Pose:
        """The measure of rest after a look that showed no gesture: a still face nearer to the front, or held higher.

        Who begins with the eyes on the screen's foot or a little aside could otherwise never turn or nod far enough.
        Nearer to the front only narrows what a swung print can reach; the widest breadth seen stays the measure.
        """
        drop = _drop(rest, pose)
        if not pose.is_still(self.before) or drop > STILL_WITHIN:
            return rest
        nearer = pose if abs(pose.turn) < abs(rest.turn) else rest
        return replace(nearer, nose_y=min(pose.nose_y, rest.nose_y), breadth=max(rest.breadth, nearer.breadth))

    def _returned(self, rest: Pose, pose: Pose, moment: float) -> "Challenge":
        """Ready for the next gesture once the face is back. People sway, so the next nod is judged from here.

        Turn and breadth stay those of the first rest: a print swung aside would otherwise set its own narrow measure.
        """
        away = abs(pose.turn - rest.turn) > FRONT_WITHIN or _drop(rest, pose) > NOD_AT / 2
        if away or not pose.is_still(self.before):
            return replace(self, before=pose)
        again = replace(pose, turn=rest.turn, breadth=rest.breadth)
        return replace(self, rest=again, back_to_front=False, step_began=moment, before=None)


def _drop(rest: Pose, pose: Pose) -> float:
    return (pose.nose_y - rest.nose_y) / max(rest.eyes, 1.0)


def _shows(gesture: Gesture, rest: Pose, pose: Pose) -> bool:
    turn = pose.turn - rest.turn
    if gesture is Gesture.NOD:
        return _drop(rest, pose) >= NOD_AT and abs(turn) < TURN_AT
    if pose.breadth < BREADTH_KEPT * rest.breadth:
        return False
    return turn >= TURN_AT if gesture is Gesture.TURN_LEFT else turn <= -TURN_AT
