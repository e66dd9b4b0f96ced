"""Foot traffic: where anonymous people walk and stay on the floor, counted by hour, never who they are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

CELL_M = 0.5
TRACK_LIFE = timedelta(hours=24)
"""Anonymous tracks are dropped after this; only hourly counts stay."""
WRITE_EVERY = timedelta(minutes=1)
"""The floor grid is written at most this often, so that counting never holds up check-in."""
DOOR_EVERY = timedelta(seconds=2)
"""Who passes the door is written at once, then at most this often: whoever nobody greets is missed in time."""
COLLEAGUES = "colleagues"
"""Counts under this name are no camera's: people who work here, taken out of what the door counted."""
COUNTS_LIFE = timedelta(days=396)
"""Hourly counts stay 13 months, so that a month can be compared with last year's."""


@dataclass(frozen=True, slots=True)
class Metres:
    """A place on the floor plan, from its upper left corner."""

    x: float
    y: float


class Passage(Enum):
    """Through the door."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Door:
    """A line across the doorway. Seen from `start` to `end`, the showroom lies on the right hand of the plan."""

    start: Metres
    end: Metres

    def side(self, place: Metres) -> float:
        """Signed distance in metres from the endless line: above 0 inside, below 0 outside."""
        along_x, along_y = self.end.x - self.start.x, self.end.y - self.start.y
        length = max(math.hypot(along_x, along_y), 1e-9)
        return (along_x * (place.y - self.start.y) - along_y * (place.x - self.start.x)) / length

    def passage(self, before: Metres, after: Metres) -> Passage | None:
        """Which way the straight step from `before` to `after` went through this doorway, if it did."""
        was, now = self.side(before), self.side(after)
        if was == now or (was > 0) == (now > 0):
            return None
        share = was / (was - now)
        crossing = Metres(before.x + share * (after.x - before.x), before.y + share * (after.y - before.y))
        if not self._is_between(crossing):
            return None
        return Passage.IN if now > 0 else Passage.OUT

    def _is_between(self, place: Metres) -> bool:
        along_x, along_y = self.end.x - self.start.x, self.end.y - self.start.y
        share = ((place.x - self.start.x) * along_x + (place.y - self.start.y) * along_y) / max(
            along_x**2 + along_y**2, 1e-9
        )
        return 0 <= share <= 1


@dataclass(frozen=True, slots=True)
class Zone:
    """A named part of the floor: around a car, the lounge, the desk."""

    id: str
    corners: tuple[Metres, ...]

    def contains(self, place: Metres) -> bool:
        """Whether the place lies inside (even-odd rule)."""
        inside = False
        for one, other in zip(self.corners, self.corners[1:] + self.corners[:1], strict=True):
            if (one.y > place.y) != (other.y > place.y):
                edge_x = one.x + (place.y - one.y) / (other.y - one.y) * (other.x - one.x)
                inside ^= place.x < edge_x
        return inside


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """The measured floor: its size, its zones and its door."""

    width_m: float
    height_m: float
    zones: tuple[Zone, ...] = ()
    door: Door | None = None

    @property
    def columns(self) -> int:
        return max(1, round(self.width_m / CELL_M))

    @property
    def rows(self) -> int:
        return max(1, round(self.height_m / CELL_M))

    def cell(self, place: Metres) -> "Cell | None":
        """The grid cell of a place; None outside the plan."""
        column, row = int(place.x // CELL_M), int(place.y // CELL_M)
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None


Cell = tuple[int, int]
"""Column and row of a half-metre square."""


@dataclass(frozen=True, slots=True)
class ZoneCounts:
    """One zone in one hour."""

    entries: int = 0
    dwell_s: float = 0.0

    def plus(self, other: "ZoneCounts") -> "ZoneCounts":
        return ZoneCounts(self.entries + other.entries, self.dwell_s + other.dwell_s)


@dataclass(frozen=True, slots=True)
class FloorCounts:
    """What one floor camera counted within one hour (or a part of it). Parts of one hour add up."""

    camera: str
    hour: datetime
    """The beginning of the hour, UTC."""
    came_in: int = 0
    went_out: int = 0
    cells: Mapping[Cell, float] = field(default_factory=dict)
    """Seconds that people spent in each half-metre square."""
    zones: Mapping[str, ZoneCounts] = field(default_factory=dict)
    most_at_once: int = 0

    def in_hour(self, hour: datetime) -> "FloorCounts":
        """The same counts under another hour, so that parts of several hours may be added up."""
        return replace(self, hour=hour)

    def plus(self, other: "FloorCounts") -> "FloorCounts":
        """Both parts of the same camera's hour together."""
        if (self.camera, self.hour) != (other.camera, other.hour):
            raise ValueError("only parts of one camera's hour add up")
        cells = dict(self.cells)
        for cell, seconds in other.cells.items():
            cells[cell] = cells.get(cell, 0.0) + seconds
        zones = dict(self.zones)
        for zone, counts in other.zones.items():
            zones[zone] = zones.get(zone, ZoneCounts()).plus(counts)
        return FloorCounts(
            camera=self.camera,
            hour=self.hour,
            came_in=self.came_in + other.came_in,
            went_out=self.went_out + other.went_out,
            cells=cells,
            zones=zones,
            most_at_once=max(self.most_at_once, other.most_at_once),
        )


def hour_of(moment: datetime) -> datetime:
    """The beginning of its hour."""
    return moment.replace(minute=0, second=0, microsecond=0)
