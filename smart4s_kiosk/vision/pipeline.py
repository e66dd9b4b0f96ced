"""One camera's loop: takes the newest frame, lets each analyser look at its own rate, reports what they found."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import cv2

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.faces import FaceHint
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vision import (
    Box,
    FaceEngine,
    FaceFound,
    FaceSeen,
    FacesLooked,
    Finding,
    Frame,
    FrameSource,
    Report,
    StopSignal,
)

WAIT_S = 0.25
FACE_LOOKS_A_SECOND = 12.0
RIVAL_FROM = 0.5
"""Another face in the guide at least this wide, against the largest, means that two people stand there."""

_log = logging.getLogger(__name__)


class Analyser(Protocol):
    """Looks at frames of one camera, in the camera's own worker."""

    @property
    def name(self) -> str: ...

    @property
    def interval_s(self) -> float: ...

    @property
    def is_on(self) -> bool: ...

    def look(self, frame: Frame) -> Iterable[Finding]: ...

    def finish(self) -> None:
        """The loop ends: switch off, write what is still in memory."""
        ...


class Pipeline:
    """Runs the analysers of one camera. An analyser that fails is logged by its name; the others go on."""

    def __init__(self, camera: FrameSource, analysers: Iterable[Analyser], report: Report, clock: Clock) -> None:
        self._camera = camera
        self._analysers = tuple(analysers)
        self._report = report
        self._clock = clock
        self._due = {analyser.name: 0.0 for analyser in self._analysers}

    def run(self, stop: StopSignal) -> None:
        """Look until stopped."""
        sequence = 0
        while not stop.is_set():
            frame = self._camera.next_frame(sequence, WAIT_S)
            if frame is None:
                continue
            sequence = frame.sequence
            for analyser in self._analysers:
                if analyser.is_on and frame.moment >= self._due[analyser.name]:
                    self._due[analyser.name] = self._next(analyser, frame.moment)
                    self._let_look(analyser, frame)
        for analyser in self._analysers:
            analyser.finish()

    def _next(self, analyser: Analyser, moment: float) -> float:
        """Counted from when it was due: frames come when they come, and their waits must not add up to a lower rate."""
        on_time = self._due[analyser.name] + analyser.interval_s
        return on_time if on_time > moment else moment + analyser.interval_s

    def _let_look(self, analyser: Analyser, frame: Frame) -> None:
        began = self._clock.monotonic()
        try:
            for finding in analyser.look(frame):
                self._report(finding)
        except (cv2.error, Unavailable):
            _log.exception("analyser failed", extra={"action": "vision.look", "analyser": analyser.name})
        took = self._clock.monotonic() - began
        if took > analyser.interval_s:
            # A machine too slow for the rate looks less often instead of looking at ever older frames.
            self._due[analyser.name] = frame.moment + took


@dataclass(frozen=True, slots=True)
class Guide:
    """The oval on the screen into which the visitor looks, in shares of the picture."""

    centre_x: float = 0.5
    centre_y: float = 0.5
    half_width: float = 0.28
    half_height: float = 0.46

    def holds(self, face: FaceFound, size: tuple[int, int]) -> bool:
        """Whether the middle of the face lies inside."""
        x, y = face.box.centre
        across = (x / size[0] - self.centre_x) / self.half_width
        down = (y / size[1] - self.centre_y) / self.half_height
        return across**2 + down**2 <= 1


class FaceAnalyser:
    """Implements `FaceWatch`: measures the one face inside the guide; everybody else is a box and nothing more."""

    name = "faces"
    interval_s = 1 / FACE_LOOKS_A_SECOND

    def __init__(self, engine: FaceEngine, guide: Guide | None = None) -> None:
        self._engine = engine
        self._guide = guide or Guide()
        self._on = threading.Event()

    @property
    def is_on(self) -> bool:
        return self._on.is_set()

    def start(self) -> None:
        self._on.set()

    def stop(self) -> None:
        self._on.clear()

    def finish(self) -> None:
        self.stop()

    def look(self, frame: Frame) -> tuple[FacesLooked, ...]:
        """One finding a look, also when nobody is there: the page's tips come from it."""
        size = frame.pixels.shape[1], frame.pixels.shape[0]
        faces = self._engine.find(frame.pixels)
        inside = [face for face in faces if self._guide.holds(face, size)]
        outside = tuple(face.box for face in faces if face not in inside)
        if not inside:
            return (self._finding(frame, size, FaceHint.NOBODY, None, outside),)
        subject, *others = inside
        if any(other.box.width >= RIVAL_FROM * subject.box.width for other in others):
            return (self._finding(frame, size, FaceHint.ONE_AT_A_TIME, None, outside),)
        bystanders = (*outside, *(other.box for other in others))
        seen = self._measure(frame, subject)
        return (self._finding(frame, size, seen.quality.hint, seen, bystanders),)

    def _measure(self, frame: Frame, face: FaceFound) -> FaceSeen:
        quality = self._engine.assess(frame.pixels, face)
        fine = quality.hint is FaceHint.FINE and self._on.is_set()
        embedding = self._engine.embed(frame.pixels, face) if fine else None
        return FaceSeen(face, quality, self._engine.pose(face), embedding)

    @staticmethod
    def _finding(
        frame: Frame, size: tuple[int, int], hint: FaceHint, seen: FaceSeen | None, bystanders: tuple[Box, ...]
    ) -> FacesLooked:
        return FacesLooked(
            camera=frame.camera,
            sequence=frame.sequence,
            taken_at=frame.taken_at,
            moment=frame.moment,
            size=size,
            hint=hint,
            subject=seen,
            bystanders=bystanders,
        )
