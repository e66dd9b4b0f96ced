"""The camera's way to a finding in real time: a 30 fps camera, the face analyser, and the floor counter beside it.

Run: python -m benchmarks.preview [--seconds N] [--save]

What the screen adds (slot to paint) is measured with the screens. Here: frames that came and were overtaken, looks a
second, milliseconds of each look, age of a frame when its finding is reported, and the share of one core.
"""

import os
import resource
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cv2

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.demo import face_frames, floor_video
from smart4s_kiosk.domain.foot_traffic import FloorCounts
from smart4s_kiosk.ports.vision import CameraRole, FacesLooked, Finding, Frame, StopSignal
from smart4s_kiosk.vision.camera import Camera, CameraSettings
from smart4s_kiosk.vision.faces.engine import SFaceEngine
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.people.counter import PeopleCounter
from smart4s_kiosk.vision.people.floor_map import FloorMap
from smart4s_kiosk.vision.pipeline import Analyser, FaceAnalyser, Pipeline
from smart4s_kiosk.vision.sources import SourceSettings

FACE_FPS = 30


class Timed:
    """An analyser with a stop-watch."""

    def __init__(self, inner: Analyser) -> None:
        self._inner = inner
        self.name, self.interval_s = inner.name, inner.interval_s
        self.look_ms: list[float] = []
        self._moments: list[float] = []

    @property
    def is_on(self) -> bool:
        return self._inner.is_on

    def look(self, frame: Frame) -> Iterable[Finding]:
        began = time.perf_counter()
        findings = list(self._inner.look(frame))
        self.look_ms.append(1000 * (time.perf_counter() - began))
        self._moments.append(began)
        return findings

    @property
    def rate(self) -> float:
        """Looks a second from the first to the last: until the camera has opened, nobody looks."""
        if len(self._moments) < 2:
            return 0.0
        return round((len(self._moments) - 1) / (self._moments[-1] - self._moments[0]), 1)

    def finish(self) -> None:
        self._inner.finish()


def main() -> int:
    return run_bar("preview", __doc__, in_folder(measure_both), seconds=15)


def measure_both(folder: Path, seconds: int) -> dict[str, Any]:
    """The face camera alone, then with the floor's beside it."""
    return {
        "face_camera_alone": measure(folder, seconds, with_floor=False),
        "load_of_the_machine": [round(value, 1) for value in os.getloadavg()],
        "face_and_floor_cameras": measure(folder, seconds, with_floor=True),
    }


def measure(folder: Path, seconds: float, *, with_floor: bool) -> dict[str, object]:
    """Everything in threads of one process, as on the kiosk."""
    clock = SystemClock()
    analyser = FaceAnalyser(SFaceEngine(ModelStore()))
    analyser.start()
    ages: list[float] = []

    def report(finding: Finding) -> None:
        if isinstance(finding, FacesLooked):
            ages.append(1000 * (clock.monotonic() - finding.moment))

    face, faces = Camera(camera("face", _face_video(folder)), clock), Timed(analyser)
    loops: list[Callable[[StopSignal], None]] = [face.run, Pipeline(face, [faces], report, clock).run]
    floor_parts: list[FloorCounts] = []
    people = None
    if with_floor:
        floor = Camera(camera("floor", floor_video.write_floor_video(folder / "floor.avi", seconds=20)), clock)
        counter = PeopleCounter(floor_video.PLAN, FloorMap(floor_video.clicks()), write=floor_parts.append)
        people = Timed(counter)
        loops += [floor.run, Pipeline(floor, [people], report, clock).run]
    cpu = _run(loops, seconds)
    health = face.health()
    result: dict[str, object] = {
        "frames_a_second": round(health.frames / seconds, 1),
        "overtaken": health.overtaken,
        "face_looks_a_second": faces.rate,
        "face_look_ms": spread(faces.look_ms),
        "frame_age_at_finding_ms": spread(ages),
        "share_of_one_core": round(cpu / seconds, 2),
    }
    if people is not None:
        result["floor_looks_a_second"] = people.rate
        result["floor_look_ms"] = spread(people.look_ms)
    return result


def _run(loops: list[Callable[[StopSignal], None]], seconds: float) -> float:
    """Processor seconds of this process and its video readers over the time."""
    stop = threading.Event()
    workers = [threading.Thread(target=loop, args=(stop,), daemon=True) for loop in loops]
    before = _cpu()
    for worker in workers:
        worker.start()
    stop.wait(seconds)  # the time that is measured; nothing ends it
    stop.set()
    for worker in workers:
        worker.join(10)
    return _cpu() - before


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def camera(name: str, video: Path) -> CameraSettings:
    role = CameraRole.FACE if name == "face" else CameraRole.FLOOR
    return CameraSettings(name, role, SourceSettings(str(video), repeat=True))


def _face_video(folder: Path) -> Path:
    """The demo's visitor in 1280 × 720 at 30 pictures a second."""
    path = folder / "face.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FACE_FPS, (1280, 720))
    photograph = face_frames.photograph()
    for head in face_frames.visitor_frames(seconds=4.5):
        large = cv2.resize(face_frames.draw(photograph, head), (960, 720))
        picture = cv2.copyMakeBorder(large, 0, 0, 160, 160, cv2.BORDER_REPLICATE)
        writer.write(picture)
        writer.write(picture)
    writer.release()
    return path


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    if not ordered:
        return {}
    return {"p50": round(statistics.median(ordered), 1), "p95": round(ordered[int(0.95 * len(ordered))], 1)}


if __name__ == "__main__":
    sys.exit(main())
