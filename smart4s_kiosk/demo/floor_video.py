"""Draws the demo's floor video: made-up figures walk about a made-up showroom, seen by a camera under the ceiling.

Everything is known: the camera, every place of every figure, who came through the door. So the same video is the
people counter's test, and `truth` is what it is compared with. Same seed, same video.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from smart4s_kiosk.domain.foot_traffic import Door, FloorPlan, Metres, Zone
from smart4s_kiosk.ports.vision import Pixels
from smart4s_kiosk.vision.people.plan_file import MeasuredFloor, floor_text

WIDTH, HEIGHT, FPS = 640, 480, 10
FOCAL = 470.0
CAMERA = (6.0, 13.2, 4.6)
"""Metres: beside the near wall, under the ceiling."""
PITCH = math.radians(31)
DOOR = Door(Metres(1.9, 6.6), Metres(1.9, 3.6))
CARS = ((3.2, 1.6, 5.6, 3.4), (7.4, 1.4, 9.8, 3.2), (7.6, 5.8, 10.2, 7.6))
"""Left, far, right and near edge of each car, in metres."""
PLAN = FloorPlan(
    width_m=12.0,
    height_m=9.0,
    zones=(
        Zone("展车 1", (Metres(2.4, 1.0), Metres(5.8, 1.0), Metres(5.8, 4.7), Metres(2.4, 4.7))),
        Zone("展车 2", (Metres(6.8, 0.8), Metres(10.6, 0.8), Metres(10.6, 4.4), Metres(6.8, 4.4))),
        Zone("展车 3", (Metres(6.8, 5.0), Metres(11.2, 5.0), Metres(11.2, 8.8), Metres(6.8, 8.8))),
        Zone("前台", (Metres(2.0, 6.6), Metres(5.6, 6.6), Metres(5.6, 8.8), Metres(2.0, 8.8))),
    ),
    door=DOOR,
)
CLICKS = (Metres(0.5, 0.5), Metres(11.5, 0.5), Metres(11.0, 8.0), Metres(1.0, 8.0), Metres(6.0, 4.0))
"""Places on the floor that somebody would click to measure the camera in."""
PLACES = ((4.3, 4.3), (8.4, 4.1), (6.7, 6.6), (6.6, 8.2), (3.4, 7.4), (6.5, 2.4))
AISLE = (6.3, 4.9)
"""From here every place is reached without walking through a car."""
WALK_M_S = 1.1
OUTSIDE = (-1.2, 5.1)


@dataclass(frozen=True, slots=True)
class Step:
    """Where a figure is in one frame."""

    figure: int
    place: Metres
    heading: float
    walked_m: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A made-up visitor: clothes, height, and where they are from when to when."""

    number: int
    height_m: float
    coat: tuple[int, int, int]
    trousers: tuple[int, int, int]
    begins_s: float
    legs: tuple[tuple[float, float, float], ...]
    """Way points: x, y, seconds of staying there."""

    def at(self, second: float) -> Step | None:
        """Where the figure is; None before it came and after it left."""
        left = second - self.begins_s
        if left < 0:
            return None
        walked = 0.0
        for (x, y, stays), (to_x, to_y, _) in zip(self.legs, self.legs[1:], strict=False):
            way = math.hypot(to_x - x, to_y - y)
            heading = math.atan2(to_y - y, to_x - x)
            if left < stays:
                return Step(self.number, Metres(x, y), heading, walked)
            left -= stays
            if left < way / WALK_M_S:
                share = left * WALK_M_S / way
                place = Metres(x + share * (to_x - x), y + share * (to_y - y))
                return Step(self.number, place, heading, walked + left * WALK_M_S)
            left -= way / WALK_M_S
            walked += way
        x, y, stays = self.legs[-1]
        return Step(self.number, Metres(x, y), 0.0, walked) if left < stays else None


def figures(*, seconds: float, seed: int) -> tuple[Figure, ...]:
    """One visitor about every ten seconds: in by the door, two stops, and out again (the last ones stay)."""
    chance = np.random.default_rng(seed)
    made = []
    for number, begins in enumerate(np.arange(2.0, seconds - 8, 10.0)):
        stops = chance.choice(len(PLACES), 2, replace=False)
        legs = [(*OUTSIDE, 0.0), (2.8, 5.1 + chance.uniform(-0.6, 0.6), 0.0)]
        for stop in stops:
            legs += [(*AISLE, 0.0), (*_near(PLACES[stop], chance), float(chance.uniform(5, 12)))]
        legs += [(*AISLE, 0.0), (2.8, 5.1 + chance.uniform(-0.6, 0.6), 0.0), (*OUTSIDE, 0.0)]
        made.append(
            Figure(
                number=number,
                height_m=float(chance.uniform(1.6, 1.85)),
                coat=_colour(chance, 30, 150),
                trousers=_colour(chance, 20, 80),
                begins_s=float(begins + chance.uniform(0, 2)),
                legs=tuple(legs),
            )
        )
    return tuple(made)


def _near(place: tuple[float, float], chance: np.random.Generator) -> tuple[float, float]:
    return place[0] + chance.uniform(-0.3, 0.3), place[1] + chance.uniform(-0.3, 0.3)


def _colour(chance: np.random.Generator, low: int, high: int) -> tuple[int, int, int]:
    blue, green, red = (int(value) for value in chance.integers(low, high, 3))
    return blue, green, red


def to_picture(x: float, y: float, height: float = 0.0) -> tuple[float, float]:
    """Where a point of the showroom (metres) lies in the picture (pixels)."""
    across, ahead, up = x - CAMERA[0], CAMERA[1] - y, height - CAMERA[2]
    depth = ahead * math.cos(PITCH) - up * math.sin(PITCH)
    down = -up * math.cos(PITCH) - ahead * math.sin(PITCH)
    return WIDTH / 2 + FOCAL * across / depth, HEIGHT / 2 + FOCAL * down / depth


def clicks() -> tuple[tuple[tuple[float, float], Metres], ...]:
    """Pixel and floor place of each clicked point."""
    return tuple((to_picture(place.x, place.y), place) for place in CLICKS)


def frames(*, seconds: float, seed: int = 4) -> Iterator[tuple[Pixels, tuple[Step, ...]]]:
    """Each picture with the true places of those in it."""
    chance = np.random.default_rng(seed + 1)
    empty = _empty_showroom(chance)
    people = figures(seconds=seconds, seed=seed)
    noise = chance.normal(0, 2.5, (HEIGHT, WIDTH, 3)).astype(np.int16)
    for number in range(round(seconds * FPS)):
        steps = [(step, figure) for figure in people if (step := figure.at(number / FPS))]
        picture = empty.copy()
        for step, figure in sorted(steps, key=lambda pair: pair[0].place.y):
            _draw_figure(picture, step, figure)
            _draw_cars_before(picture, step.place.y)
        grain = np.roll(noise, (number * 37) % WIDTH, axis=1)
        lit = cv2.convertScaleAbs(picture, alpha=1 + 0.01 * math.sin(number / 40))
        yield np.asarray(cv2.add(lit, grain, dtype=cv2.CV_8U), np.uint8), tuple(step for step, _ in steps)


def truth(*, seconds: float, seed: int = 4) -> dict[str, int]:
    """How many came in and went out through the door, and the most at once on the floor."""
    came = went = most = 0
    people = figures(seconds=seconds, seed=seed)
    for number in range(1, round(seconds * FPS)):
        before = [figure.at((number - 1) / FPS) for figure in people]
        after = [figure.at(number / FPS) for figure in people]
        for one, other in zip(before, after, strict=True):
            if one and other and (passage := DOOR.passage(one.place, other.place)):
                came, went = came + (passage.value == "in"), went + (passage.value == "out")
        most = max(most, sum(step is not None for step in after))
    return {"came_in": came, "went_out": went, "most_at_once": most, "figures": len(people)}


def write_floor_video(path: Path, *, seconds: float = 90.0, seed: int = 4) -> Path:
    """Write the video (90 s of showroom: a few seconds to make)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise OSError(f"cannot write {path.name}")
    for picture, _ in frames(seconds=seconds, seed=seed):
        writer.write(picture)
    writer.release()
    return path


def write_plan(path: Path) -> Path:
    """Write the measured floor of this showroom as the file that `people count --plan` reads."""
    path.write_text(floor_text(MeasuredFloor(PLAN, clicks())), encoding="utf-8")
    return path


def _empty_showroom(chance: np.random.Generator) -> Pixels:
    """Wall, tiled floor with a soft reflection, cars."""
    picture = np.full((HEIGHT, WIDTH, 3), (196, 200, 204), np.uint8)
    _fill(picture, [(-6, -0.2), (18, -0.2), (18, 12.5), (-6, 12.5)], (150, 156, 162))
    for line in np.arange(-6, 18.1, 1.0):
        _line(picture, (line, -0.2), (line, 12.4), (138, 144, 150))
    for line in np.arange(0, 12.5, 1.0):
        _line(picture, (-6, line), (18, line), (138, 144, 150))
    _fill(picture, [(1.8, 3.6), (2.0, 3.6), (2.0, 6.6), (1.8, 6.6)], (110, 116, 122))
    grain = chance.normal(0, 4, (HEIGHT // 4, WIDTH // 4, 3)).astype(np.float32)
    picture = np.asarray(np.clip(picture + cv2.resize(grain, (WIDTH, HEIGHT)), 0, 255), np.uint8)
    _draw_cars_before(picture, -1.0)
    return picture


def _draw_cars_before(picture: Pixels, y: float) -> None:
    """Cars nearer to the camera than `y` stand before whoever was just drawn."""
    for left, far, right, near in CARS:
        if near <= y:
            continue
        _draw_car(picture, left, far, right, near)


def _draw_car(picture: Pixels, left: float, far: float, right: float, near: float) -> None:
    for low, high, inset, colour in ((0.0, 0.8, 0.0, (70, 60, 52)), (0.8, 1.4, 0.4, (96, 88, 80))):
        corners = [(left + inset, far + inset / 2), (right - inset, far + inset / 2)]
        corners += [(right - inset, near - inset / 2), (left + inset, near - inset / 2)]
        points = [to_picture(x, y, z) for x, y in corners for z in (low, high)]
        hull = cv2.convexHull(np.asarray(points, np.float32)).astype(np.int32)
        cv2.fillConvexPoly(picture, hull, colour, cv2.LINE_AA)
        top = np.asarray([to_picture(x, y, high) for x, y in corners], np.int32)
        cv2.fillConvexPoly(picture, top, tuple(min(255, c + 34) for c in colour), cv2.LINE_AA)


def _fill(picture: Pixels, corners: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
    cv2.fillPoly(picture, [np.asarray([to_picture(x, y) for x, y in corners], np.int32)], colour, cv2.LINE_AA)


def _line(picture: Pixels, start: tuple[float, float], end: tuple[float, float], colour: tuple[int, int, int]) -> None:
    one, other = (tuple(round(v) for v in to_picture(*point)) for point in (start, end))
    cv2.line(picture, one, other, colour, 1, cv2.LINE_AA)


def _draw_figure(picture: Pixels, step: Step, figure: Figure) -> None:
    """Legs that swing, a coat, arms and a head, and a soft shadow at the feet."""
    x, y, tall = step.place.x, step.place.y, figure.height_m
    swing = 0.26 * math.sin(step.walked_m * 2 * math.pi / 1.4)
    along_x, along_y = math.cos(step.heading) * swing, math.sin(step.heading) * swing
    metre = to_picture(x + 0.5, y)[0] - to_picture(x - 0.5, y)[0]
    foot, hip = _point(x, y, 0.0), _point(x, y, 0.5 * tall)
    cv2.ellipse(picture, foot, (round(0.3 * metre), round(0.12 * metre)), 0, 0, 360, (128, 134, 140), -1, cv2.LINE_AA)
    for side in (-1, 1):
        knee = _point(x + side * along_x / 2 + 0.07 * side, y + side * along_y / 2, 0.26 * tall)
        sole = _point(x + side * along_x + 0.07 * side, y + side * along_y, 0.0)
        for start, end in ((hip, knee), (knee, sole)):
            cv2.line(picture, start, end, figure.trousers, max(2, round(0.17 * metre)), cv2.LINE_AA)
    shoulder = _point(x, y, 0.8 * tall)
    cv2.line(picture, hip, shoulder, figure.coat, max(3, round(0.36 * metre)), cv2.LINE_AA)
    for side in (-1, 1):
        hand = _point(x + 0.26 * side - side * along_x / 2, y - side * along_y / 2, 0.46 * tall)
        start = _point(x + 0.22 * side, y, 0.8 * tall)
        cv2.line(picture, start, hand, figure.coat, max(2, round(0.11 * metre)), cv2.LINE_AA)
    cv2.circle(picture, _point(x, y, 0.93 * tall), max(2, round(0.115 * metre)), (140, 165, 200), -1, cv2.LINE_AA)
    cv2.circle(picture, _point(x, y, 0.955 * tall), max(2, round(0.10 * metre)), (35, 35, 40), -1, cv2.LINE_AA)


def _point(x: float, y: float, height: float) -> tuple[int, int]:
    across, down = to_picture(x, y, height)
    return round(across), round(down)
