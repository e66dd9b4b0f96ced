"""Follows one track over the plan: door crossings, zone entries, dwell, seconds in each half-metre square."""

from collections import Counter
from dataclasses import dataclass, field

from smart4s_kiosk.domain.foot_traffic import Cell, FloorPlan, Metres, Passage, ZoneCounts

DOOR_HALF_WIDTH_M = 0.25
"""Somebody who sways on the threshold goes neither in nor out."""
SETTLE_S = 1.0
"""Entering or leaving a zone counts after this long on the new side of its edge."""


@dataclass(slots=True)
class Tally:
    """What was counted since it was last taken. Belongs to one worker."""

    came_in: int = 0
    went_out: int = 0
    cells: Counter[Cell] = field(default_factory=Counter)
    """Milliseconds, so that sums are exact."""
    entries: Counter[str] = field(default_factory=Counter)
    dwell_ms: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0

    def zone_counts(self) -> dict[str, ZoneCounts]:
        """Entries and seconds of each zone."""
        return {z: ZoneCounts(self.entries[z], self.dwell_ms[z] / 1000) for z in {*self.entries, *self.dwell_ms}}


@dataclass(slots=True)
class _InZone:
    is_inside: bool = False
    other_side_s: float = 0.0


class Walker:
    """One confirmed person's way over the plan."""

    def __init__(self, plan: FloorPlan) -> None:
        self._plan = plan
        self._before_door: Metres | None = None
        self._zones = {zone.id: _InZone() for zone in plan.zones}

    def step(self, place: Metres, seconds: float, tally: Tally) -> None:
        """The person was at `place` for the last `seconds`."""
        cell = self._plan.cell(place)
        if cell is not None:
            tally.cells[cell] += round(seconds * 1000)
        self._pass_door(place, tally)
        for zone in self._plan.zones:
            self._stay(zone.id, zone.contains(place), seconds, tally)

    def _pass_door(self, place: Metres, tally: Tally) -> None:
        """Compare definite sides only: the last place clearly before the door with one clearly behind it."""
        door = self._plan.door
        if door is None or abs(door.side(place)) < DOOR_HALF_WIDTH_M:
            return
        before, self._before_door = self._before_door, place
        passage = door.passage(before, place) if before is not None else None
        if passage is Passage.IN:
            tally.came_in += 1
        elif passage is Passage.OUT:
            tally.went_out += 1

    def _stay(self, zone: str, is_inside: bool, seconds: float, tally: Tally) -> None:
        state = self._zones[zone]
        if is_inside == state.is_inside:
            state.other_side_s = 0.0
        else:
            state.other_side_s += seconds
            if state.other_side_s >= SETTLE_S:
                state.is_inside, settled = is_inside, state.other_side_s
                state.other_side_s = 0.0
                if is_inside:
                    tally.entries[zone] += 1
                    tally.dwell_ms[zone] += round((settled - seconds) * 1000)
        if state.is_inside and is_inside:
            tally.dwell_ms[zone] += round(seconds * 1000)
