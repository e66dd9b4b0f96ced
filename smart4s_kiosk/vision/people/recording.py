"""Counts people on a recording as fast as it can be decoded, on the recording's own clock."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from smart4s_kiosk.domain.foot_traffic import FloorCounts, FloorPlan
from smart4s_kiosk.ports.vision import Frame
from smart4s_kiosk.vision.people.counter import PeopleCounter
from smart4s_kiosk.vision.people.floor_map import FloorMap
from smart4s_kiosk.vision.people.plan_file import MeasuredFloor
from smart4s_kiosk.vision.sources import Source, SourceEnded, SourceSettings, open_source

UNMEASURED_WIDTH_M = 12.0
ASSUMED_FPS = 10.0


@dataclass(frozen=True, slots=True)
class RecordingCounts:
    """What was counted on one recording."""

    parts: tuple[FloorCounts, ...]
    people: int
    """Confirmed tracks: somebody hidden for long counts twice."""
    frames: int
    seconds: float
    looks: int
    look_ms: float
    """Mean time of one look."""
    is_measured: bool
    """Whether places are metres of a measured floor, or only shares of the picture."""
    plan: FloorPlan


def count_recording(path: Path, *, began: datetime, floor: MeasuredFloor | None = None) -> RecordingCounts:
    """Count a video file or folder of pictures. Raises SourceLost and FloorNotMeasured."""
    parts: list[FloorCounts] = []
    source = open_source(SourceSettings(str(path), fps=ASSUMED_FPS, repeat=False))
    counter: PeopleCounter | None = None
    frames = looks = 0
    spent = second = 0.0
    due = 0.0
    for frame in _frames(source, began):
        frames, second = frames + 1, frame.moment
        if counter is None:
            plan, floor_map = _measure(frame, floor)
            counter = PeopleCounter(plan, floor_map, write=parts.append)
        if frame.moment < due:
            continue
        due = frame.moment + counter.interval_s * 0.99
        started = time.perf_counter()
        counter.look(frame)
        spent, looks = spent + time.perf_counter() - started, looks + 1
    if counter is None:
        return RecordingCounts((), 0, 0, 0.0, 0, 0.0, is_measured=False, plan=FloorPlan(1.0, 1.0))
    counter.finish()
    return RecordingCounts(
        parts=tuple(parts),
        people=counter.people,
        frames=frames,
        seconds=second,
        looks=looks,
        look_ms=round(1000 * spent / max(looks, 1), 2),
        is_measured=floor is not None,
        plan=plan,
    )


def _frames(source: Source, began: datetime) -> Iterator[Frame]:
    sequence = 0
    try:
        while True:
            picture = source.read()
            sequence += 1
            second = picture.at_s if picture.at_s is not None else (sequence - 1) / ASSUMED_FPS
            yield Frame("floor", sequence, began + timedelta(seconds=second), second, picture.pixels)
    except SourceEnded:
        return
    finally:
        source.close()


def _measure(frame: Frame, floor: MeasuredFloor | None) -> tuple[FloorPlan, FloorMap]:
    if floor is not None:
        return floor.plan, FloorMap(floor.clicks)
    height, width = frame.pixels.shape[:2]
    plan = FloorPlan(UNMEASURED_WIDTH_M, round(UNMEASURED_WIDTH_M * height / width, 1))
    return plan, FloorMap.whole_picture((width, height), width_m=plan.width_m, height_m=plan.height_m)
