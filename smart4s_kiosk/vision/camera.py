"""One class for every camera: opens, reads at its pace, reconnects, keeps only the newest frame."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vision import CameraHealth, CameraRole, CameraStatus, Frame, Pixels, StopSignal
from smart4s_kiosk.vision.images import upright
from smart4s_kiosk.vision.sources import Picture, Source, SourceEnded, SourceLost, SourceSettings, open_source

BACK_OFF_S = (0.5, 1.0, 2.0, 5.0)
"""A lost camera is tried again after these pauses, then every five seconds."""
BLACK_BELOW = 12
BLACK_SPREAD_BELOW = 4
BLACK_FRAMES = 10


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """One camera of this terminal."""

    id: str
    role: CameraRole
    source: SourceSettings


class LatestFrame:
    """The one-place slot between a camera and those who look: the newest frame wins, overtaken ones are counted."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._taken = True
        self._overtaken = 0

    def put(self, frame: Frame | None) -> None:
        """Replace what lies there; None empties the slot (the camera is away)."""
        with self._changed:
            if not self._taken and frame is not None:
                self._overtaken += 1
            self._frame, self._taken = frame, frame is None
            self._changed.notify_all()

    def latest(self) -> Frame | None:
        """What lies there now."""
        with self._changed:
            self._taken = True
            return self._frame

    def newer_than(self, sequence: int, timeout_s: float) -> Frame | None:
        """A frame above `sequence`, waiting for it at most `timeout_s`."""
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None and self._frame.sequence > sequence, timeout_s)
            if self._frame is None or self._frame.sequence <= sequence:
                return None
            self._taken = True
            return self._frame

    @property
    def overtaken(self) -> int:
        """Frames that nobody took before the next one came."""
        with self._changed:
            return self._overtaken


class Camera:
    """A camera, whatever its source. `run` belongs to one worker; everything else may be called from anywhere."""

    def __init__(
        self, settings: CameraSettings, clock: Clock, *, opener: Callable[[SourceSettings], Source] = open_source
    ) -> None:
        self.settings = settings
        self._clock = clock
        self._open = opener
        self._slot = LatestFrame()
        self._black_in_a_row = 0
        self._sequence = 0
        self._health = CameraHealth(settings.id, settings.role, CameraStatus.OPENING)

    def latest(self) -> Frame | None:
        return self._slot.latest()

    def next_frame(self, after: int, timeout_s: float) -> Frame | None:
        return self._slot.newer_than(after, timeout_s)

    def health(self) -> CameraHealth:
        return replace(self._health, overtaken=self._slot.overtaken)

    def run(self, stop: StopSignal) -> None:
        """Read until stopped, or until a recording that is not repeated ends."""
        failures = 0
        while not stop.is_set():
            read_before = self._health.frames
            try:
                self._read_all(stop)
            except SourceEnded:
                self._change(CameraStatus.ENDED)
                return
            except SourceLost as lost:
                self._slot.put(None)
                self._change(lost.status)
            failures = 1 if self._health.frames > read_before else failures + 1
            stop.wait(BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1])
        self._slot.put(None)
        self._change(CameraStatus.STOPPED)

    def _read_all(self, stop: StopSignal) -> None:
        source = self._open(self.settings.source)
        if self._health.frames:
            self._health = replace(self._health, reopened=self._health.reopened + 1)
        began: float | None = None
        try:
            while not stop.is_set():
                picture = source.read()
                if picture.at_s is not None:
                    now = self._clock.monotonic()
                    began = self._due_start(began, now, picture.at_s)
                    if began + picture.at_s > now and stop.wait(began + picture.at_s - now):
                        return
                self._publish(picture)
        finally:
            source.close()

    @staticmethod
    def _due_start(began: float | None, now: float, at_s: float) -> float:
        """When the recording's second 0 was. A reader that fell a second behind starts its clock anew, no rush."""
        return now - at_s if began is None or now - (began + at_s) > 1.0 else began

    def _publish(self, picture: Picture) -> None:
        self._sequence += 1
        now = self._clock.now()
        pixels = upright(picture.pixels, self.settings.source.rotate)
        self._slot.put(Frame(self.settings.id, self._sequence, now, self._clock.monotonic(), pixels))
        self._black_in_a_row = self._black_in_a_row + 1 if is_black(picture.pixels) else 0
        black = self._black_in_a_row >= BLACK_FRAMES
        self._health = replace(
            self._health,
            status=CameraStatus.BLACK if black else CameraStatus.RUNNING,
            frames=self._health.frames + 1,
            last_frame_at=now,
        )

    def _change(self, status: CameraStatus) -> None:
        self._health = replace(self._health, status=status)


def is_black(pixels: Pixels) -> bool:
    """Whether a picture shows nothing: dark all over. A dim room still has bright spots; a shutter has none."""
    sample = pixels[::16, ::16]
    return bool(sample.mean() < BLACK_BELOW and sample.std() < BLACK_SPREAD_BELOW)
