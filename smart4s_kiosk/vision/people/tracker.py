"""Follows anonymous people from look to look by where they are, never by what they look like."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from smart4s_kiosk.ports.vision import Box
from smart4s_kiosk.vision.people.assignment import FORBIDDEN, cheapest_pairs
from smart4s_kiosk.vision.people.detector import Detection, overlap, share_inside

LOOKS_TO_CONFIRM = 3
MOVED_TO_CONFIRM = 0.35
"""Body heights that something must have moved, or its outline be seen: a moved chair's ghost does neither."""
REACH = 0.9
"""Body heights between two looks of the same person at most."""
PATIENCE_S = 1.5
"""How long somebody who walks may be hidden."""
STANDING_PATIENCE_S = 4.0
"""How long somebody who stands may go unseen; their place is kept out of the background, so they rarely do."""
IN_GROUP = 0.6
"""A track this much inside a blob with another track belongs to a group."""
STANDING_WITHIN = 0.15
STANDING_AFTER_S = 0.8
"""Who stays within this share of their height for this long stands."""
UNPROVEN_STANDING_S = 120.0
"""Who neither moves nor shows an outline for this long becomes background again."""
SMOOTHING = 0.6
PIECE_INSIDE = 0.75


@dataclass(frozen=True, slots=True)
class Track:
    """One anonymous person, or something not yet known to be one."""

    number: int
    box: Box
    foot: tuple[float, float]
    """Smoothed, in pixels."""
    velocity: tuple[float, float]
    """Pixels a second."""
    began_at: tuple[float, float]
    seen: float
    """Monotonic second of the last detection."""
    proven: float
    """When it last moved or showed an outline."""
    looks: int = 1
    is_confirmed: bool = False
    had_outline: bool = False
    anchor: tuple[float, float] = (0.0, 0.0)
    """Where it was when it last moved on: standing is staying near it."""

    moved_on: float = 0.0
    """When that was."""

    @property
    def is_standing(self) -> bool:
        return self.seen - self.moved_on >= STANDING_AFTER_S

    def expected_foot(self, moment: float) -> tuple[float, float]:
        """Where it should be now if it goes on as it went, half a second at most."""
        ahead = min(0.5, max(0.0, moment - self.seen))
        return self.foot[0] + self.velocity[0] * ahead, self.foot[1] + self.velocity[1] * ahead

    def expected_box(self, moment: float) -> Box:
        """Its box, moved with the foot."""
        x, y = self.expected_foot(moment)
        return Box(round(x - self.box.width / 2), round(y - self.box.height), self.box.width, self.box.height)

    def holds(self, detection: Detection, moment: float) -> bool:
        """Whether the detection is a piece of this person: legs, when the coat has the wall's colour."""
        return not detection.has_outline and share_inside(detection.box, self.expected_box(moment)) > PIECE_INSIDE

    def completed(self, detection: Detection, moment: float) -> Detection:
        """The whole person of whom only a piece was detected."""
        expected = self.expected_box(moment)
        is_piece = self.is_confirmed and self.holds(detection, moment) and detection.box.area < 0.6 * expected.area
        return Detection(expected) if is_piece else detection

    def met(self, detection: Detection, moment: float) -> "Track":
        """The track with one more detection."""
        x, y = detection.foot
        foot = (self.foot[0] + SMOOTHING * (x - self.foot[0]), self.foot[1] + SMOOTHING * (y - self.foot[1]))
        passed = max(moment - self.seen, 1e-3)
        fresh = ((foot[0] - self.foot[0]) / passed, (foot[1] - self.foot[1]) / passed)
        velocity = (0.6 * self.velocity[0] + 0.4 * fresh[0], 0.6 * self.velocity[1] + 0.4 * fresh[1])
        height = detection.box.height
        moved_on = math.dist(foot, self.anchor) >= STANDING_WITHIN * height
        had_outline = self.had_outline or detection.has_outline
        looks = self.looks + 1
        is_person = had_outline or math.dist(foot, self.began_at) >= MOVED_TO_CONFIRM * height
        return replace(
            self,
            box=detection.box,
            foot=foot,
            velocity=velocity,
            seen=moment,
            proven=moment if moved_on or detection.has_outline else self.proven,
            looks=looks,
            is_confirmed=self.is_confirmed or (looks >= LOOKS_TO_CONFIRM and is_person),
            had_outline=had_outline,
            anchor=foot if moved_on else self.anchor,
            moved_on=moment if moved_on else self.moved_on,
        )

    def is_over(self, moment: float) -> bool:
        """Whether it was not seen for too long, or stood unproven for too long."""
        patience = STANDING_PATIENCE_S if self.is_confirmed and self.is_standing else PATIENCE_S
        return moment - self.seen > patience or moment - self.proven > UNPROVEN_STANDING_S


class Tracker:
    """Keeps the tracks of one camera. Numbers start anew with every start of the program: nothing links two visits."""

    def __init__(self) -> None:
        self._tracks: tuple[Track, ...] = ()
        self._next = 1

    @property
    def tracks(self) -> tuple[Track, ...]:
        return self._tracks

    def standing(self) -> tuple[Box, ...]:
        """Where confirmed people stand still."""
        return tuple(track.box for track in self._tracks if track.is_confirmed and track.is_standing)

    def step(self, found: Sequence[Detection], moment: float) -> tuple[Track, ...]:
        """The tracks after one more look."""
        detections = [part for detection in found for part in self._parted(detection, moment)]
        costs = [[_cost(track, detection, moment) for detection in detections] for track in self._tracks]
        pairs = dict(cheapest_pairs(costs)) if detections else {}
        met = [
            track.met(track.completed(detections[pairs[row]], moment), moment) if row in pairs else track
            for row, track in enumerate(self._tracks)
        ]
        taken = set(pairs.values())
        born = [
            self._born(d, moment)
            for at, d in enumerate(detections)
            if at not in taken and not any(track.is_confirmed and track.holds(d, moment) for track in self._tracks)
        ]
        self._tracks = tuple(track for track in (*met, *born) if not track.is_over(moment))
        return self._tracks

    def _parted(self, detection: Detection, moment: float) -> list[Detection]:
        """A blob into which several known people walked: each goes on where they should be, until they part again."""
        group = [
            box
            for track in self._tracks
            if track.is_confirmed
            and share_inside(box := track.expected_box(moment), detection.box) > IN_GROUP
            and box.area < IN_GROUP * detection.box.area
        ]
        return [Detection(box) for box in group] if len(group) > 1 else [detection]

    def _born(self, detection: Detection, moment: float) -> Track:
        number, self._next = self._next, self._next + 1
        foot = detection.foot
        return Track(
            number=number,
            box=detection.box,
            foot=foot,
            velocity=(0.0, 0.0),
            began_at=foot,
            seen=moment,
            proven=moment,
            had_outline=detection.has_outline,
            anchor=foot,
            moved_on=moment,
        )


def _cost(track: Track, detection: Detection, moment: float) -> float:
    """0 for the same place, growing with the way of the foot in body heights; overlapping boxes are nearer."""
    height = max(track.box.height, detection.box.height, 1)
    way = math.dist(track.expected_foot(moment), detection.foot) / height
    if way > REACH:
        return FORBIDDEN
    return way + 0.5 * (1 - overlap(track.box, detection.box))
