"""Makes the people counter of the floor camera and the jobs that forget in time."""

import logging
from collections.abc import Callable
from pathlib import Path

from smart4s_kiosk.app.settings import CameraSettings as MachineCamera
from smart4s_kiosk.app.workers import StopTurn, Workers
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.domain.foot_traffic import FloorCounts, FloorPlan
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vision import CameraMoved, Finding
from smart4s_kiosk.services.foot_traffic import FootTraffic
from smart4s_kiosk.vision.camera import Camera
from smart4s_kiosk.vision.people.counter import PeopleCounter
from smart4s_kiosk.vision.people.floor_map import FloorMap
from smart4s_kiosk.vision.people.plan_file import read_floor
from smart4s_kiosk.vision.pipeline import Pipeline

FLOOR_FILE = "floor.toml"
"""In the data folder: the measured floor. Without it counts go on, places are shares of the picture."""
UNMEASURED_WIDTH_M = 12.0

_log = logging.getLogger(__name__)


def make_people(
    camera: Camera, machine: MachineCamera, *, floor_file: Path, write: Callable[[FloorCounts], None], clock: Clock
) -> Pipeline:
    """The counter on the floor camera."""
    plan, floor_map = _floor(machine, floor_file)
    counter = PeopleCounter(plan, floor_map, write=write, camera=camera.settings.id)
    return Pipeline(camera, [counter], _note, clock)


def run_people(
    workers: Workers,
    camera: Camera | None,
    machine: MachineCamera,
    *,
    floor_file: Path,
    traffic: FootTraffic,
    clock: Clock,
) -> None:
    """Put the counter into a worker, if there is a floor camera."""
    if camera is None:
        return
    pipeline = make_people(camera, machine, floor_file=floor_file, write=traffic.record, clock=clock)
    workers.add("vision-floor", pipeline.run, turn=StopTurn.VISION)


def measured_plan(folder: Path) -> FloorPlan | None:
    """The measured floor of this terminal, for drawing what was counted; None while nobody measured it."""
    try:
        return read_floor(folder / FLOOR_FILE).plan
    except ShowroomError:
        return None


def _floor(machine: MachineCamera, floor_file: Path) -> tuple[FloorPlan, FloorMap]:
    if floor_file.is_file():
        try:
            floor = read_floor(floor_file)
            return floor.plan, FloorMap(floor.clicks)
        except ShowroomError as wrong:
            _log.warning("floor not measured", extra={"action": "build.people", "code": wrong.code})
    plan = FloorPlan(UNMEASURED_WIDTH_M, round(UNMEASURED_WIDTH_M * machine.height / machine.width, 1))
    size = machine.width, machine.height
    return plan, FloorMap.whole_picture(size, width_m=plan.width_m, height_m=plan.height_m)


def _note(finding: Finding) -> None:
    """Places of people stay in memory; only a moved camera is worth a line in the log."""
    if isinstance(finding, CameraMoved):
        _log.warning("floor camera moved", extra={"action": "people.camera_moved", "camera": finding.camera})
