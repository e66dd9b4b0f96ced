"""Reads and writes a measured floor: plan size, clicked points, zones and door, as a small TOML file."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.foot_traffic import Door, FloorPlan, Metres, Zone
from smart4s_kiosk.vision.people.floor_map import Click

MAX_BYTES = 200_000


class PlanUnreadable(Unavailable):
    """The floor plan's file is missing, or not one."""

    code = "people.plan_unreadable"


@dataclass(frozen=True, slots=True)
class MeasuredFloor:
    """A plan and the clicked points of one camera on it."""

    plan: FloorPlan
    clicks: tuple[Click, ...]


def read_floor(path: Path) -> MeasuredFloor:
    """The measured floor of a file. Raises PlanUnreadable."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PlanUnreadable(path.name, waiting_helps=False)
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        door = table.get("door")
        plan = FloorPlan(
            width_m=_size(table["width_m"]),
            height_m=_size(table["height_m"]),
            zones=tuple(Zone(str(zone["id"]), _places(zone["corners"])) for zone in table.get("zones", [])),
            door=Door(_metres(door["start"]), _metres(door["end"])) if door else None,
        )
        clicks = tuple((_pair(click["pixel"]), _metres(click["place"])) for click in table.get("clicks", []))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlanUnreadable(path.name, waiting_helps=False) from error
    return MeasuredFloor(plan, clicks)


def floor_text(floor: MeasuredFloor) -> str:
    """The file's text."""
    lines = [f"width_m = {floor.plan.width_m}", f"height_m = {floor.plan.height_m}"]
    for pixel, place in floor.clicks:
        lines += ["", "[[clicks]]", f"pixel = [{pixel[0]:.1f}, {pixel[1]:.1f}]", f"place = {_text(place)}"]
    for zone in floor.plan.zones:
        lines += ["", "[[zones]]", f'id = "{zone.id}"', f"corners = [{', '.join(map(_text, zone.corners))}]"]
    if floor.plan.door is not None:
        lines += ["", "[door]", f"start = {_text(floor.plan.door.start)}", f"end = {_text(floor.plan.door.end)}"]
    return "\n".join(lines) + "\n"


def _text(place: Metres) -> str:
    return f"[{place.x}, {place.y}]"


def _size(value: object) -> float:
    number = float(str(value))
    if not 1 <= number <= 500:
        raise ValueError(number)
    return number


def _pair(value: Sequence[object]) -> tuple[float, float]:
    x, y = value
    return float(str(x)), float(str(y))


def _metres(value: Sequence[object]) -> Metres:
    return Metres(*_pair(value))


def _places(value: Sequence[Sequence[object]]) -> tuple[Metres, ...]:
    corners = tuple(_metres(corner) for corner in value)
    if len(corners) < 3:
        raise ValueError(len(corners))
    return corners
