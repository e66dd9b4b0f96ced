"""Makes the demo's face input from one free picture: a head that sways, turns left and right and nods.

The picture is scikit-image's astronaut (Eileen Collins, NASA, public domain), which ships inside that package. One
photograph has no third dimension, so a turn is simulated: the face gets the depth of an ellipsoid with a nose on it and
is rotated before it is drawn. It drives the same camera class, detector and gestures as a person does.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np

from smart4s_kiosk.domain.faces import TEMPLATE_LIFE, TEMPLATES_WANTED, FaceTemplate
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.ports.vision import FaceEngine, Pixels

WIDTH, HEIGHT, FPS = 640, 480, 15
ENLARGED = 2.2
"""The face is 90 pixels wide in the photograph; a visitor's at the kiosk is about twice that."""
FACE_CENTRE = (223.0, 120.0)
NOSE = (222.0, 127.0)
FACE_HALF = (52.0, 66.0)
TURN_DEGREES, NOD_DEGREES = 34.0, 25.0
REST_S, GESTURE_S = 0.7, 1.5


@dataclass(frozen=True, slots=True)
class Head:
    """How the head is held: degrees of turning (the person's left > 0) and nodding (down > 0), place, size, light."""

    turn: float = 0.0
    nod: float = 0.0
    tilt: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    size: float = 1.0
    light: float = 1.0


def photograph() -> Pixels:
    """The astronaut in blue-green-red order."""
    from skimage import data

    picture: Pixels = np.ascontiguousarray(data.astronaut()[:, :, ::-1])
    return picture


def draw(picture: Pixels, head: Head) -> Pixels:
    """One camera picture of the head held so."""
    x, y = _picture_points(head)
    depth = _depth(x, y)
    x, y = _before_rotation(x, y, depth, head)
    drawn = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(drawn.astype(np.float32) * head.light, 0, 255), np.uint8)


def _picture_points(head: Head) -> tuple[np.ndarray, np.ndarray]:
    """For each pixel of the camera picture, the point of the photograph that lies there while the head is at rest."""
    across, down = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    across, down = across - WIDTH / 2 - head.shift[0], down - HEIGHT / 2 - head.shift[1]
    angle, scale = math.radians(head.tilt), ENLARGED * head.size
    x = (across * math.cos(angle) + down * math.sin(angle)) / scale + FACE_CENTRE[0]
    y = (down * math.cos(angle) - across * math.sin(angle)) / scale + FACE_CENTRE[1]
    return x.astype(np.float32), y.astype(np.float32)


def _depth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far each point of the face stands out, in pixels of the photograph: an ellipsoid and a nose."""
    across, down = (x - FACE_CENTRE[0]) / FACE_HALF[0], (y - FACE_CENTRE[1]) / FACE_HALF[1]
    head = 60.0 * np.sqrt(np.clip(1 - across**2 - down**2, 0, None))
    nose = 22.0 * np.exp(-(((x - NOSE[0]) / 14) ** 2 + ((y - NOSE[1]) / 14) ** 2))
    return np.asarray(head + nose, np.float32)


def _before_rotation(x: np.ndarray, y: np.ndarray, depth: np.ndarray, head: Head) -> tuple[np.ndarray, np.ndarray]:
    """Where each pixel's point was before the head turned; the depth there is found in a few rounds."""
    sine_turn, sine_nod = math.sin(math.radians(head.turn)), math.sin(math.radians(head.nod))
    from_x, from_y = x, y
    for _ in range(3):
        from_x = x - depth * sine_turn
        from_y = y - depth * sine_nod
        depth = _depth(from_x, from_y)
    return from_x.astype(np.float32), from_y.astype(np.float32)


def visitor_frames(*, seconds: float, seed: int = 7) -> Iterator[Head]:
    """A visitor before the camera: rest, turn left, rest, turn right, rest, nod, and again, with a living sway.

    All three gestures come round in 6.6 seconds, so whichever the challenge asks for is shown in time.
    """
    chance = np.random.default_rng(seed)
    phase = chance.uniform(0, 2 * math.pi, 4)
    for number in range(round(seconds * FPS)):
        second = number / FPS
        turn, nod = gesture_at(second)
        yield Head(
            turn=turn + 1.5 * math.sin(1.3 * second + phase[0]),
            nod=nod + 1.0 * math.sin(1.7 * second + phase[1]),
            tilt=2.0 * math.sin(0.9 * second + phase[2]),
            shift=(6 * math.sin(0.8 * second + phase[3]), 4 * math.sin(1.1 * second + phase[0])),
            size=1.0 + 0.04 * math.sin(0.5 * second + phase[1]),
            light=1.0 + 0.06 * math.sin(0.7 * second + phase[2]),
        )


def gesture_at(second: float) -> tuple[float, float]:
    """Turn and nod in degrees at a second of the performance."""
    step = REST_S + GESTURE_S
    which, within = int(second / step) % 3, second % step - REST_S
    if within < 0:
        return 0.0, 0.0
    bend = math.sin(math.pi * within / GESTURE_S)
    return ((TURN_DEGREES * bend, 0.0), (-TURN_DEGREES * bend, 0.0), (0.0, NOD_DEGREES * bend))[which]


def enrolment_frames(*, count: int = 6, seed: int = 3) -> Iterator[Head]:
    """The same visitor on an earlier day: other places, sizes and light, looking ahead."""
    chance = np.random.default_rng(seed)
    for _ in range(count):
        yield Head(
            turn=chance.uniform(-4, 4),
            nod=chance.uniform(-3, 3),
            tilt=chance.uniform(-6, 6),
            shift=(chance.uniform(-60, 60), chance.uniform(-20, 20)),
            size=chance.uniform(0.8, 1.1),
            light=chance.uniform(0.8, 1.2),
        )


def enrolment_templates(
    engine: FaceEngine, *, person: PersonId, consent: ConsentId, now: datetime
) -> tuple[FaceTemplate, ...]:
    """The demo visitor's templates, made from the earlier day's pictures by the engine in use."""
    picture = photograph()
    templates = []
    for head in enrolment_frames(count=TEMPLATES_WANTED):
        frame = draw(picture, head)
        (face, *_) = engine.find(frame)
        quality = engine.assess(frame, face).value
        embedding = engine.embed(frame, face)
        templates.append(FaceTemplate(person, embedding, quality, consent, now, now + TEMPLATE_LIFE))
    return tuple(templates)


def photo_held_up(*, seconds: float, seed: int = 5) -> Iterator[Pixels]:
    """The same face as a flat print before the camera: moved, tilted, swung by up to 50 degrees."""
    chance = np.random.default_rng(seed)
    phase = chance.uniform(0, 2 * math.pi, 3)
    print_ = draw(photograph(), Head())
    for number in range(round(seconds * FPS)):
        second = number / FPS
        swing = math.radians(50) * math.sin(1.9 * second + phase[0])
        lift = 45 * math.sin(1.1 * second + phase[1])
        tilt = 0.12 * math.sin(1.4 * second + phase[2])
        yield _seen_in_perspective(print_, swing=swing, lift=lift, tilt=tilt)


def _seen_in_perspective(print_: Pixels, *, swing: float, lift: float, tilt: float) -> Pixels:
    far = 1100.0
    corners = []
    for across, down in ((-WIDTH, -HEIGHT), (WIDTH, -HEIGHT), (WIDTH, HEIGHT), (-WIDTH, HEIGHT)):
        x, y = across / 2 * math.cos(tilt) - down / 2 * math.sin(tilt), across / 2 * math.sin(tilt) + down / 2
        depth = far + x * math.sin(swing)
        corners.append((WIDTH / 2 + far * x * math.cos(swing) / depth, HEIGHT / 2 + lift + far * y / depth))
    flat = np.asarray([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.asarray(corners, np.float32))
    return np.asarray(cv2.warpPerspective(print_, matrix, (WIDTH, HEIGHT), borderValue=(90, 90, 90)), np.uint8)


def write_visitor_video(path: Path, *, seconds: float = 13.2, seed: int = 7) -> Path:
    """Write the performance as a video that the camera class plays (13.2 s: two rounds; about 3 s to make)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise OSError(f"cannot write {path.name}")
    picture = photograph()
    for head in visitor_frames(seconds=seconds, seed=seed):
        writer.write(draw(picture, head))
    writer.release()
    return path
