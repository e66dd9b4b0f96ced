"""What a camera and a hand do to a drawn licence: pose, light, glare, blur, noise, fold, finger, sleeve, JPEG."""

import random
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]

WASHED = (90, 175)
"""Grey levels that a spot adds at its brightest: paper turns white, ink stays below 200."""
BURNT = (150, 330)
"""Up to no ink left."""
KINDS = ("perspective", "blur", "jpeg", "glare", "finger", "sleeve", "fold", "noise", "mixed")


def photograph(card: Image.Image, rng: random.Random, *, tier: str, turn: float = 0.0) -> Picture:
    """The card on a table as a camera sees it: tier easy, med or hard; `turn` in degrees clockwise.

    Every letter of these pictures can still be read by a person: a lamp's spot washes ink out but does not burn it
    away (`WASHED`). What is burnt away belongs to the damaged series, where it must come out marked.
    """
    strength = {"easy": 0.015, "med": 0.05, "hard": 0.06}[tier]
    size = (1280, 720) if tier == "hard" else (1920, 1080)
    picture = _posed(np.asarray(card)[:, :, ::-1], rng, size, strength, turn)
    if tier == "easy":
        return jpeg(picture, 92)
    picture = _uneven_light(picture, rng, 0.25 if tier == "med" else 0.45)
    for _ in range(1 if tier == "med" else 2):
        picture = glare(picture, rng, reach=0.05, peak=WASHED)
    if tier == "hard":
        picture = blur(picture, rng, 1.2)
    picture = noise(picture, rng, 3.5 if tier == "med" else 7.0)
    return jpeg(picture, 75 if tier == "med" else 45)


def damaged(card: Image.Image, rng: random.Random, *, kind: str, turn: float = 0.0) -> Picture:
    """A fair photograph with one damage (or, mixed, two of them) of random strength, up to illegible."""
    tilt = 0.05 + 0.1 * rng.random() if kind == "perspective" else 0.04
    picture = _posed(np.asarray(card)[:, :, ::-1], rng, (1600, 900), tilt, turn)
    picture = _uneven_light(picture, rng, 0.25)
    chosen = rng.sample(list(DAMAGE), 2) if kind == "mixed" else [kind] * (kind in DAMAGE)
    for name in chosen:
        picture = DAMAGE[name](picture, rng)
    return jpeg(picture, 30 if "jpeg" in (kind, *chosen) else 80)


def _posed(card: NDArray[Any], rng: random.Random, size: tuple[int, int], strength: float, turn: float) -> Picture:
    """Perspective and rotation onto a dark table; the canvas turns with the card as a phone does."""
    quarter = round(turn / 90) % 4
    width, height = size if (quarter % 2 == 0) == (card.shape[1] > card.shape[0]) else size[::-1]
    rows, columns = card.shape[:2]
    rest = np.radians(turn)
    cos, sin = abs(np.cos(rest)), abs(np.sin(rest))
    fill = rng.uniform(0.8, 0.93)
    scale = fill * min(width / (columns * cos + rows * sin), height / (columns * sin + rows * cos))
    corners = np.asarray([[0, 0], [columns, 0], [columns, rows], [0, rows]], dtype=np.float64)
    centred = (corners - [columns / 2, rows / 2]) * scale
    around = np.asarray([[np.cos(rest), -np.sin(rest)], [np.sin(rest), np.cos(rest)]])
    jitter = np.asarray([[rng.uniform(-1, 1), rng.uniform(-1, 1)] for _ in range(4)]) * strength * scale * rows
    placed = (centred @ around.T + [width / 2, height / 2] + jitter).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), placed)
    ground = np.full((height, width, 3), rng.randrange(60, 150), dtype=np.uint8)
    generator = np.random.default_rng(rng.randrange(2**32))
    ground = np.clip(ground + generator.normal(0, 5, ground.shape), 0, 255).astype(np.uint8)
    seen = cv2.warpPerspective(card, matrix, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((rows, columns), 255, np.uint8), matrix, (width, height))
    return np.where(mask[:, :, None] > 127, seen, ground).astype(np.uint8)


def _uneven_light(picture: Picture, rng: random.Random, depth: float) -> Picture:
    height, width = picture.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 1 - depth * (0.5 + 0.5 * (x * np.cos(angle) + y * np.sin(angle)) / 1.42)
    return np.asarray(np.clip(picture * light[:, :, None], 0, 255).astype(np.uint8), dtype=np.uint8)


def jpeg(picture: Picture, quality: int) -> Picture:
    """Saved and loaded again."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def blur(picture: Picture, rng: random.Random, sigma: float | None = None) -> Picture:
    """Out of focus, or moved in some direction."""
    sigma = sigma if sigma is not None else rng.uniform(0.8, 3.0)
    if rng.random() < 0.6:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)
    length = max(3, round(sigma * 4) | 1)
    kernel = np.zeros((length, length), dtype=np.float32)
    kernel[length // 2] = 1 / length
    turned = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), rng.uniform(0, 180), 1)
    kernel = cv2.warpAffine(kernel, turned, (length, length))
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), dtype=np.uint8)


def glare(
    picture: Picture, rng: random.Random, reach: float | None = None, peak: tuple[float, float] = BURNT
) -> Picture:
    """A lamp's soft white spot somewhere on the card."""
    height, width = picture.shape[:2]
    reach = reach if reach is not None else rng.uniform(0.03, 0.11)
    cx, cy = width * rng.uniform(0.25, 0.75), height * rng.uniform(0.25, 0.75)
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    rx, ry = reach * width * rng.uniform(0.8, 1.6), reach * width * rng.uniform(0.3, 0.8)
    spot = np.exp(-(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2)) * rng.uniform(*peak)
    return np.asarray(np.clip(picture + spot[:, :, None], 0, 255).astype(np.uint8), dtype=np.uint8)


def finger(picture: Picture, rng: random.Random) -> Picture:
    """A finger tip that reaches in from the edge of the card."""
    height, width = picture.shape[:2]
    canvas = picture.copy()
    side = rng.choice(("left", "right", "top", "bottom"))
    reach, thick = rng.uniform(0.16, 0.42), rng.uniform(0.035, 0.06) * width
    along = rng.uniform(0.2, 0.8)
    start = {"left": (0, along), "right": (1, along), "top": (along, 0), "bottom": (along, 1)}[side]
    end = {"left": (reach, along), "right": (1 - reach, along), "top": (along, reach), "bottom": (along, 1 - reach)}[
        side
    ]
    begin = (int(start[0] * width), int(start[1] * height))
    tip = (int(end[0] * width), int(end[1] * height))
    cv2.line(canvas, begin, tip, (120, 150, 205), int(thick * 2), cv2.LINE_AA)
    cv2.circle(canvas, tip, int(thick), (125, 155, 210), -1, cv2.LINE_AA)
    cv2.ellipse(canvas, tip, (int(thick * 0.6), int(thick * 0.5)), 0, 0, 360, (175, 195, 232), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), 0.8), dtype=np.uint8)


def sleeve(picture: Picture, rng: random.Random) -> Picture:
    """Stripes of reflection on a plastic sleeve."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    veil = np.full((height, width), rng.uniform(5, 35))
    for _ in range(rng.randrange(1, 4)):
        angle = rng.uniform(0, np.pi)
        offset = rng.uniform(0.3, 0.7) * width
        distance = (x - offset) * np.cos(angle) + (y - height / 2) * np.sin(angle)
        veil += np.exp(-((distance / rng.uniform(8, 60)) ** 2)) * rng.uniform(60, 200)
    return np.asarray(np.clip(picture + veil[:, :, None], 0, 255).astype(np.uint8), dtype=np.uint8)


def fold(picture: Picture, rng: random.Random) -> Picture:
    """A crease: one side darker, the letters along it shifted and cracked."""
    height, width = picture.shape[:2]
    upright = rng.random() < 0.5
    place = int((width if upright else height) * rng.uniform(0.3, 0.7))
    canvas = picture.astype(np.float32)
    reach = rng.randrange(6, 30)
    shade = rng.uniform(0.6, 0.85)
    for step in range(-reach, reach):
        factor = 1 - (1 - shade) * (1 - abs(step) / reach)
        if upright:
            canvas[:, place + step] *= factor
        else:
            canvas[place + step] *= factor
    shift = rng.choice((-3, -2, 2, 3))
    if upright:
        canvas[:, place:] = np.roll(canvas[:, place:], shift, axis=0)
        canvas[:, place : place + 2] = 225
    else:
        canvas[place:] = np.roll(canvas[place:], shift, axis=1)
        canvas[place : place + 2] = 225
    return np.clip(canvas, 0, 255).astype(np.uint8)


def noise(picture: Picture, rng: random.Random, sigma: float | None = None) -> Picture:
    """Sensor noise, strongest at 50 lux: dark and grainy."""
    strength = sigma if sigma is not None else rng.uniform(10, 26)
    dim = 1.0 if sigma is not None else rng.uniform(0.35, 0.7)
    generator = np.random.default_rng(rng.randrange(2**32))
    dark = picture * dim + generator.normal(0, strength, picture.shape)
    return np.clip(dark, 0, 255).astype(np.uint8)


DAMAGE: dict[str, Callable[[Picture, random.Random], Picture]] = {
    "blur": blur,
    "jpeg": lambda picture, rng: jpeg(picture, 30),
    "glare": glare,
    "finger": finger,
    "sleeve": sleeve,
    "fold": fold,
    "noise": noise,
}
