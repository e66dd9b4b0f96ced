"""`main.py people count VIDEO`: counts who came, went and stayed where, on a recording."""

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from smart4s_kiosk.app.commands.command import SUCCESS, Command, CommandGroup

if TYPE_CHECKING:
    from smart4s_kiosk.domain.foot_traffic import FloorCounts
    from smart4s_kiosk.vision.people.recording import RecordingCounts


def _count_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", help="video file, or folder of pictures")
    parser.add_argument("--plan", metavar="FILE", help="measured floor (TOML: size, clicks, zones, door)")
    parser.add_argument("--json", action="store_true", help="everything as JSON, the grid of half-metre squares too")


def _count(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.domain.foot_traffic import hour_of
    from smart4s_kiosk.vision.people.plan_file import read_floor
    from smart4s_kiosk.vision.people.recording import count_recording

    floor = read_floor(Path(arguments.plan)) if arguments.plan else None
    began = hour_of(SystemClock().now().astimezone(UTC))
    counted = count_recording(Path(arguments.video), began=began, floor=floor)
    answer = answer_of(counted)
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return SUCCESS
    for name in ("people", "came_in", "went_out", "most_at_once", "seconds", "measured"):
        print(f"{name}: {answer[name]}")
    return SUCCESS


def answer_of(counted: "RecordingCounts") -> dict[str, object]:
    """The command's answer. `grid` is rows of seconds, the far wall first."""
    total = _together(counted.parts)
    zones = total.zones if total else {}
    return {
        "people": counted.people,
        "came_in": total.came_in if total else 0,
        "went_out": total.went_out if total else 0,
        "most_at_once": total.most_at_once if total else 0,
        "zones": {
            name: {"entries": zone.entries, "dwell_s": round(zone.dwell_s, 1)} for name, zone in sorted(zones.items())
        },
        "seconds": round(counted.seconds, 1),
        "frames": counted.frames,
        "looks": counted.looks,
        "look_ms": counted.look_ms,
        "measured": counted.is_measured,
        "cell_m": 0.5,
        "grid": [
            [round(total.cells.get((column, row), 0.0), 1) if total else 0.0 for column in range(counted.plan.columns)]
            for row in range(counted.plan.rows)
        ],
    }


def _together(parts: "tuple[FloorCounts, ...]") -> "FloorCounts | None":
    """A recording is one stretch: its minutes add up even where the wall clock's hour changed."""
    if not parts:
        return None
    total, *others = parts
    for part in others:
        total = total.plus(part.in_hour(total.hour))
    return total


COMMANDS = CommandGroup(
    "people",
    "anonymous counting on floor cameras",
    (Command("count", "count people on a recording", _count, _count_arguments),),
)
