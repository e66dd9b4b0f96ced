"""The people counter on the demo's floor video, whose truth is known."""

import json
import math
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from smart4s_kiosk.cli import main
from smart4s_kiosk.demo import floor_video
from smart4s_kiosk.domain.foot_traffic import FloorCounts, FloorPlan, Metres
from smart4s_kiosk.ports.vision import CameraMoved, Finding, Frame, PersonMoved, Pixels
from smart4s_kiosk.vision.people.counter import PeopleCounter
from smart4s_kiosk.vision.people.floor_map import FloorMap, FloorNotMeasured
from smart4s_kiosk.vision.people.plan_file import MeasuredFloor, PlanUnreadable, floor_text, read_floor
from smart4s_kiosk.vision.people.scene import CHECK_EVERY_S, SceneWatch
from tests.fakes.clock import FakeClock

SECONDS = 34.0


class Counted:
    """The counter over a stretch of the floor video, and how it did against the truth."""

    def __init__(self, *, seconds: float, seed: int) -> None:
        self.parts: list[FloorCounts] = []
        self.door_written: list[float] = []
        """Second of the video at which who came or went was written."""
        self.door_passed: list[float] = []
        """Second at which somebody truly went through the door."""
        self.second = 0.0
        self.counter = PeopleCounter(floor_video.PLAN, FloorMap(floor_video.clicks()), write=self._write)
        self.places: dict[int, Metres] = {}
        self.errors: list[float] = []
        self.missed = 0
        clock = FakeClock()
        for number, (picture, steps) in enumerate(floor_video.frames(seconds=seconds, seed=seed), 1):
            clock.advance(1 / floor_video.FPS)
            self.second = number / floor_video.FPS
            if number % 2:
                continue
            self._pass_door(steps)
            findings = self.counter.look(Frame("floor", number, clock.now(), number / floor_video.FPS, picture))
            found = [f.place for f in findings if isinstance(f, PersonMoved) and f.place]
            self._compare([step.place for step in steps if step.place.x > 1], found)
        self.counter.finish()

    def _write(self, part: FloorCounts) -> None:
        self.parts.append(part)
        if part.came_in or part.went_out:
            self.door_written.append(self.second)

    def _pass_door(self, steps: tuple[floor_video.Step, ...]) -> None:
        for step in steps:
            before = self.places.get(step.figure, step.place)
            if floor_video.DOOR.passage(before, step.place):
                self.door_passed.append(self.second)
        self.places = {step.figure: step.place for step in steps}

    def _compare(self, true: list[Metres], found: list[Metres]) -> None:
        for place in true:
            ways = [math.hypot(place.x - other.x, place.y - other.y) for other in found]
            nearest = min(range(len(ways)), key=ways.__getitem__, default=None)
            if nearest is None or ways[nearest] > 1.0:
                self.missed += 1
            else:
                self.errors.append(ways[nearest])
                found = found[:nearest] + found[nearest + 1 :]

    @property
    def recall(self) -> float:
        return len(self.errors) / (len(self.errors) + self.missed)


@pytest.mark.slow
def test_who_comes_is_counted_followed_and_placed() -> None:
    counted = Counted(seconds=SECONDS, seed=5)
    truth = floor_video.truth(seconds=SECONDS, seed=5)
    assert sum(part.came_in for part in counted.parts) == truth["came_in"]
    assert sum(part.went_out for part in counted.parts) == truth["went_out"]
    assert counted.recall >= 0.85
    assert float(np.median(counted.errors)) <= 0.4
    assert sum(sum(part.cells.values()) for part in counted.parts) > 30
    assert len(counted.door_passed) >= 3
    for passed in counted.door_passed:
        assert any(passed - 1 <= written <= passed + 3 for written in counted.door_written), (
            "who passes is written soon"
        )
    grids = [part for part in counted.parts if part.cells]
    assert len(grids) == 1, "the grid waits for its minute"
    pauses = [after - before for before, after in pairwise(counted.door_written)]
    assert all(pause > 1.99 for pause in pauses[:-1]), "never more often than every two seconds, but for the end"


def still(picture: Pixels, counter: PeopleCounter, *, seconds: float, start: float) -> list[Finding]:
    clock = FakeClock()
    findings: list[Finding] = []
    for number in range(round(seconds * 2)):
        moment = start + number / 2
        frame = Frame("floor", number + 1, clock.now() + timedelta(seconds=moment), moment, picture)
        findings += counter.look(frame)
    return findings


def test_a_camera_that_was_moved_is_noticed_and_counting_pauses() -> None:
    picture, _ = next(floor_video.frames(seconds=0.1))
    watch = SceneWatch()
    dimmer = np.asarray(picture * 0.7, np.uint8)
    assert not watch.look(picture, picture, 0.0)
    for number in range(1, 5):
        assert not watch.look(dimmer, picture, number * CHECK_EVERY_S)
    moved = np.asarray(np.roll(picture, (40, 90), axis=(0, 1)), np.uint8)
    noticed = [watch.look(moved, picture, (5 + number) * CHECK_EVERY_S) for number in range(5)]
    assert noticed == [False, False, True, False, False]
    assert watch.has_moved
    watch.measured_again()
    assert not watch.look(moved, moved, 60.0)


def test_a_moved_camera_is_reported_once_by_the_counter() -> None:
    picture, _ = next(floor_video.frames(seconds=0.1))
    parts: list[FloorCounts] = []
    counter = PeopleCounter(floor_video.PLAN, FloorMap(floor_video.clicks()), write=parts.append)
    assert still(picture, counter, seconds=20, start=0.0) == []
    turned = np.asarray(np.roll(picture[:, ::-1], 30, axis=0), np.uint8)
    findings = still(turned, counter, seconds=25, start=20.0)
    assert [type(finding) for finding in findings if isinstance(finding, CameraMoved)] == [CameraMoved]
    assert parts == []


def test_five_clicked_points_measure_the_floor_to_centimetres() -> None:
    floor_map = FloorMap(floor_video.clicks())
    place = floor_map.place(floor_video.to_picture(3.3, 6.6))
    assert place is not None
    assert math.dist((place.x, place.y), (3.3, 6.6)) < 0.01
    assert floor_map.place((320, -2000)) is None


@pytest.mark.parametrize("wrong", ["three points", "one line", "one point far off"])
def test_points_that_measure_nothing_are_refused(wrong: str) -> None:
    clicks = list(floor_video.clicks())
    if wrong == "three points":
        clicks = clicks[:3]
    elif wrong == "one line":
        clicks = [((100.0 + 10 * n, 200.0 + 10 * n), Metres(n, n)) for n in range(5)]
    else:
        clicks[4] = (clicks[4][0], Metres(11.0, 1.0))
    with pytest.raises(FloorNotMeasured):
        FloorMap(clicks)


def test_a_measured_floor_survives_its_file(tmp_path: Path) -> None:
    floor = MeasuredFloor(
        floor_video.PLAN, tuple(((round(x, 1), round(y, 1)), p) for (x, y), p in floor_video.clicks())
    )
    path = tmp_path / "floor.toml"
    path.write_text(floor_text(floor), encoding="utf-8")
    assert read_floor(path) == floor


@pytest.mark.parametrize(
    "text", ["", "width_m = 'wide'", "width_m = 9\nheight_m = 9000", "width_m = 9\nheight_m = 9\ndoor = 3"]
)
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floor.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanUnreadable):
        read_floor(path)


@pytest.mark.slow
def test_the_command_counts_a_video_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    video = floor_video.write_floor_video(tmp_path / "floor.avi", seconds=14, seed=5)
    plan = floor_video.write_plan(tmp_path / "floor.toml")
    assert main(["people", "count", str(video), "--plan", str(plan), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["came_in"] == floor_video.truth(seconds=14, seed=5)["came_in"] == 1
    assert answer["measured"] is True
    assert (len(answer["grid"]), len(answer["grid"][0])) == (18, 24)
    assert main(["people", "count", str(tmp_path / "none.avi")]) == 1
    assert isinstance(floor_video.PLAN, FloorPlan)
