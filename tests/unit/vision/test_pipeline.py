"""One camera's loop: rates, failures, the end."""

import logging
import threading
from collections.abc import Iterable

import numpy as np
import pytest

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.faces import FaceHint
from smart4s_kiosk.ports.vision import CameraMoved, FacesLooked, Finding, Frame
from smart4s_kiosk.vision.pipeline import FaceAnalyser, Pipeline
from tests.fakes.clock import FakeClock
from tests.fakes.vision import FakeFaceEngine, a_face

PICTURE = np.zeros((480, 640, 3), np.uint8)


class Frames:
    """A camera that gives one frame every 50 ms of the fake clock and then stops the loop."""

    def __init__(self, clock: FakeClock, stop: threading.Event, count: int) -> None:
        self._clock, self._stop, self._count = clock, stop, count

    def next_frame(self, after: int, timeout_s: float) -> Frame | None:
        if after >= self._count:
            self._stop.set()
            return None
        self._clock.advance(0.05)
        return Frame("face", after + 1, self._clock.now(), self._clock.monotonic(), PICTURE)

    def latest(self) -> Frame | None:
        return None

    def health(self):  # type: ignore[no-untyped-def] # never asked here
        raise NotImplementedError


class Looker:
    """Counts its looks; fails when told to."""

    def __init__(self, name: str, interval_s: float, *, is_on: bool = True, fails: bool = False) -> None:
        self.name, self.interval_s, self.is_on, self.fails = name, interval_s, is_on, fails
        self.looks: list[int] = []
        self.finished = False

    def look(self, frame: Frame) -> Iterable[Finding]:
        self.looks.append(frame.sequence)
        if self.fails:
            raise Unavailable("model")
        return [CameraMoved(frame.camera, frame.taken_at)]

    def finish(self) -> None:
        self.finished = True


def run(*lookers: Looker, frames: int = 20) -> list[Finding]:
    clock, stop, reported = FakeClock(), threading.Event(), list[Finding]()
    Pipeline(Frames(clock, stop, frames), lookers, reported.append, clock).run(stop)
    return reported


def test_each_analyser_looks_at_its_own_rate_and_finishes_with_the_loop() -> None:
    every, fourth, off = Looker("every", 0.01), Looker("fourth", 0.199), Looker("off", 0.01, is_on=False)
    reported = run(every, fourth, off)
    assert every.looks == list(range(1, 21))
    assert fourth.looks == [1, 5, 9, 13, 17]
    assert off.looks == []
    assert len(reported) == 25
    assert every.finished
    assert off.finished


def test_a_rate_between_two_frames_is_kept_over_time() -> None:
    looker = Looker("faces", 0.12)
    run(looker, frames=120)
    assert len(looker.looks) == 50, "6 s at 8.3 looks a second, though frames come every 50 ms"


def test_nothing_is_caught_up_after_a_pause() -> None:
    looker = Looker("faces", 0.12)
    clock, stop = FakeClock(), threading.Event()
    frames = Frames(clock, stop, 60)
    pipeline = Pipeline(frames, [looker], lambda _finding: None, clock)
    pipeline.run(stop)
    clock.advance(60)
    stop.clear()
    before, looker.looks = len(looker.looks), []
    pipeline.run(stop)
    assert before == len(looker.looks) == 25, "3 s each"


def test_an_analyser_that_fails_is_logged_by_name_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    broken, other = Looker("broken", 0.01, fails=True), Looker("other", 0.01)
    with caplog.at_level(logging.ERROR):
        reported = run(broken, other, frames=3)
    assert len(reported) == len(other.looks) == len(broken.looks) == 3
    assert {getattr(record, "analyser", None) for record in caplog.records} == {"broken"}


def look(engine: FakeFaceEngine, *, on: bool = True) -> FacesLooked:
    clock, analyser = FakeClock(), FaceAnalyser(engine)
    if on:
        analyser.start()
    (finding,) = analyser.look(Frame("face", 1, clock.now(), clock.monotonic(), PICTURE))
    return finding


def test_only_the_one_face_inside_the_guide_is_embedded() -> None:
    engine = FakeFaceEngine([a_face(240), a_face(0, 10, 90), a_face(560, 300, 70)])
    finding = look(engine)
    assert finding.subject is not None
    assert finding.subject.face == a_face(240)
    assert engine.embedded == [a_face(240)]
    assert len(finding.bystanders) == 2


def test_a_small_face_behind_the_visitor_is_a_bystander_and_not_embedded() -> None:
    engine = FakeFaceEngine([a_face(220, 120, 180), a_face(380, 180, 60)])
    assert look(engine).hint is FaceHint.FINE
    assert engine.embedded == [a_face(220, 120, 180)]


def test_two_faces_of_like_size_are_asked_to_come_one_at_a_time_and_none_is_embedded() -> None:
    engine = FakeFaceEngine([a_face(180, 150, 130), a_face(340, 150, 120)])
    finding = look(engine)
    assert finding.hint is FaceHint.ONE_AT_A_TIME
    assert finding.subject is None
    assert engine.embedded == []


def test_a_face_of_poor_quality_and_one_after_the_end_are_not_embedded() -> None:
    blurred, after_the_end = FakeFaceEngine([a_face()], hint=FaceHint.HOLD_STILL), FakeFaceEngine([a_face()])
    assert look(blurred).hint is FaceHint.HOLD_STILL
    look(after_the_end, on=False)
    assert blurred.embedded == after_the_end.embedded == []


def test_nobody_in_the_guide_is_said_so() -> None:
    assert look(FakeFaceEngine()).hint is FaceHint.NOBODY
    assert look(FakeFaceEngine([a_face(0, 0, 100)])).hint is FaceHint.NOBODY
