"""Finds people on a floor picture without any weights: what moves (MOG2), and what has a person's outline (HOG).

Motion is cheap and gives the foot exactly, but loses those who stand still: so their places are kept out of the
background's learning. The outline costs forty times as much and is asked once a second, to confirm who stands and to
part groups. A detector with weights may take their place behind `FloorDetector` later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from smart4s_kiosk.ports.vision import Box, Pixels

WORK_WIDTH = 640
SHADOW = 127
LEARNING_FRAMES = 25
LEARNING_RATE = 1 / 1500
AREA_AT_LEAST = 0.0012
"""Of the picture; smaller things are noise, bags and reflections."""
TALLER_THAN_WIDE = 0.75
"""A blob flatter than this (height by width) is no upright person: a door, a car's reflection."""
FLOODED_ABOVE = 0.5
"""When half the picture changed, the light changed, not the people."""
FLOODED_LOOKS = 12
"""After so many flooded looks in a row the background is learned anew."""
WHOLE_PICTURE_EVERY = 6
HOG_SCALE = 1.6
HOG_SCORE_AT_LEAST = 0.6
HOG_MARGIN = 0.13
"""HOG boxes carry this share of air on each side."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One person, perhaps: where, and whether the outline was seen (or only motion)."""

    box: Box
    has_outline: bool = False

    @property
    def foot(self) -> tuple[float, float]:
        """The point on the floor, in pixels."""
        return self.box.left + self.box.width / 2, float(self.box.top + self.box.height)


class FloorDetector(Protocol):
    """Finds people in pictures of one fixed camera, in order of time."""

    def find(self, pixels: Pixels, *, standing: Sequence[Box], with_outlines: bool) -> tuple[Detection, ...]:
        """People now. `standing`: where known people stand, so that they are not learned as background."""
        ...


class MotionDetector:
    """What differs from the learned background."""

    def __init__(self) -> None:
        self._model = cv2.createBackgroundSubtractorMOG2(history=500, varThreshold=28, detectShadows=True)
        self._seen = 0
        self._flooded = 0

    def find(self, pixels: Pixels, standing: Sequence[Box]) -> tuple[Box, ...]:
        """Boxes of moving blobs that could be people."""
        mask = self._model.apply(self._without(pixels, standing), learningRate=self._rate())
        if standing:
            mask = self._model.apply(pixels, learningRate=0)
        self._seen += 1
        solid = np.asarray(mask > SHADOW, np.uint8)
        if self._is_flooded(float(solid.mean())):
            return ()
        solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((15, 7), np.uint8))
        return self._blobs(solid)

    def background(self) -> Pixels | None:
        """The learned empty floor."""
        return np.asarray(self._model.getBackgroundImage(), np.uint8) if self._seen > LEARNING_FRAMES else None

    def _is_flooded(self, share: float) -> bool:
        """Whether the light changed (or the program just began); then nothing is found until the floor is learned."""
        self._flooded = self._flooded + 1 if share > FLOODED_ABOVE else 0
        if self._flooded > FLOODED_LOOKS:
            self._seen = self._flooded = 0
        return self._flooded > 0 or self._seen <= 2

    def _rate(self) -> float:
        return 1 / (self._seen + 1) if self._seen < LEARNING_FRAMES else LEARNING_RATE

    def _without(self, pixels: Pixels, standing: Sequence[Box]) -> Pixels:
        """The picture with the background put where people stand: learning from it forgets nobody."""
        background = self.background() if standing else None
        if background is None or background.shape != pixels.shape:
            return pixels
        painted = pixels.copy()
        for box in standing:
            part = np.s_[max(0, box.top) : box.top + box.height, max(0, box.left) : box.left + box.width]
            painted[part] = background[part]
        return painted

    @staticmethod
    def _blobs(solid: np.ndarray) -> tuple[Box, ...]:
        count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
        least = AREA_AT_LEAST * solid.size
        boxes = (Box(*(int(value) for value in stats[at, :4])) for at in range(1, count) if stats[at, 4] >= least)
        return tuple(box for box in boxes if box.height >= TALLER_THAN_WIDE * box.width)


class OutlineDetector:
    """HOG with OpenCV's pedestrian weights (part of the library)."""

    def __init__(self) -> None:
        self._hog = cv2.HOGDescriptor()
        self._hog.setSVMDetector(cv2.HOGDescriptor.getDefaultPeopleDetector())

    def find(self, pixels: Pixels, regions: Sequence[Box]) -> tuple[Box, ...]:
        """Boxes of upright outlines within the regions, without the air around them."""
        found: list[Box] = []
        for region in joined([_with_air(region, pixels) for region in regions]):
            part = pixels[region.top : region.top + region.height, region.left : region.left + region.width]
            large = cv2.resize(part, None, fx=HOG_SCALE, fy=HOG_SCALE, interpolation=cv2.INTER_LINEAR)
            boxes, scores = self._hog.detectMultiScale(large, winStride=(8, 8), padding=(8, 8), scale=1.06)
            good = [box for box, score in zip(boxes, np.ravel(scores), strict=True) if score >= HOG_SCORE_AT_LEAST]
            found += [_without_air([float(value) / HOG_SCALE for value in box], region) for box in good]
        return tuple(found)


def _with_air(box: Box, pixels: Pixels) -> Box:
    """The box with room around it, at least as large as HOG's window, inside the picture."""
    height, width = pixels.shape[:2]
    across, down = max(box.width * 2, 64), max(round(box.height * 1.5), 112)
    x, y = box.centre
    left, top = max(0, round(x - across / 2)), max(0, round(y - down / 2))
    return Box(left, top, min(across, width - left), min(down, height - top))


def joined(regions: Sequence[Box]) -> tuple[Box, ...]:
    """Regions that overlap become one, so that nobody is looked for twice."""
    apart: list[Box] = []
    for region in regions:
        whole = region
        while touching := next((other for other in apart if overlap(whole, other) > 0), None):
            apart.remove(touching)
            whole = _around(whole, touching)
        apart.append(whole)
    return tuple(apart)


def _around(one: Box, other: Box) -> Box:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right = max(one.left + one.width, other.left + other.width)
    return Box(left, top, right - left, max(one.top + one.height, other.top + other.height) - top)


def _without_air(box: list[float], region: Box) -> Box:
    left, top, width, height = box[0] + region.left, box[1] + region.top, box[2], box[3]
    return Box(
        round(left + HOG_MARGIN * width * 1.5),
        round(top + HOG_MARGIN * height * 0.6),
        round(width * (1 - 3 * HOG_MARGIN)),
        round(height * (1 - 1.2 * HOG_MARGIN)),
    )


class MotionAndOutline:
    """Both together: the default `FloorDetector`. Works on pictures of any size; boxes are in the picture's pixels."""

    def __init__(self) -> None:
        self._motion = MotionDetector()
        self._outline = OutlineDetector()
        self._outline_looks = 0

    def find(self, pixels: Pixels, *, standing: Sequence[Box], with_outlines: bool) -> tuple[Detection, ...]:
        scale = max(1.0, pixels.shape[1] / WORK_WIDTH)
        small = _scaled(pixels, scale)
        blobs = self._motion.find(small, [_times(box, 1 / scale) for box in standing])
        outlines = self._outlines(small, blobs) if with_outlines else ()
        return tuple(Detection(_times(d.box, scale), d.has_outline) for d in merge(blobs, outlines))

    def _outlines(self, small: Pixels, blobs: Sequence[Box]) -> tuple[Box, ...]:
        """Where something moves; now and then everywhere, for those who stood there from the beginning."""
        self._outline_looks += 1
        everywhere = self._outline_looks % WHOLE_PICTURE_EVERY == 1
        return self._outline.find(small, [Box(0, 0, small.shape[1], small.shape[0])] if everywhere else blobs)

    def background(self) -> Pixels | None:
        """The learned empty floor, for noticing that the camera was moved."""
        return self._motion.background()


def _scaled(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return pixels
    size = (round(pixels.shape[1] / scale), round(pixels.shape[0] / scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _times(box: Box, factor: float) -> Box:
    if factor == 1.0:
        return box
    return Box(*(round(value * factor) for value in (box.left, box.top, box.width, box.height)))


def merge(blobs: Sequence[Box], outlines: Sequence[Box]) -> tuple[Detection, ...]:
    """One detection a person.

    A blob with two or more outlines in it is a group and is parted. A blob that is only a piece of an outline (a grey
    coat before a grey wall) becomes the whole person. An outline far from every blob is somebody who stands.
    """
    merged: list[Detection] = []
    used: set[int] = set()
    for blob in blobs:
        inside = [at for at, outline in enumerate(outlines) if share_inside(outline, blob) > 0.6]
        if len(inside) > 1:
            used.update(inside)
            merged.extend(Detection(outlines[at], has_outline=True) for at in inside)
        elif not any(_is_piece(blob, outline) for outline in outlines):
            used.update(inside)
            merged.append(Detection(blob, has_outline=bool(inside)))
    merged.extend(
        Detection(_with_pieces(outline, blobs), has_outline=True)
        for at, outline in enumerate(outlines)
        if at not in used and all(overlap(outline, d.box) < 0.3 for d in merged)
    )
    return tuple(merged)


def _is_piece(blob: Box, outline: Box) -> bool:
    return share_inside(blob, outline) > 0.7 and blob.area < 0.6 * outline.area


def _with_pieces(outline: Box, blobs: Sequence[Box]) -> Box:
    """The outline, standing where its lowest piece of motion stands: motion knows the foot better."""
    bottoms = [blob.top + blob.height for blob in blobs if _is_piece(blob, outline)]
    bottom = outline.top + outline.height
    lowest = max(bottoms, default=bottom)
    if abs(lowest - bottom) < 0.15 * outline.height:
        bottom = lowest
    return Box(outline.left, outline.top, outline.width, bottom - outline.top)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    shared = _shared(one, other)
    return shared / (one.area + other.area - shared) if shared else 0.0


def share_inside(one: Box, other: Box) -> float:
    """How much of `one` lies inside `other`."""
    return _shared(one, other) / max(one.area, 1)


def _shared(one: Box, other: Box) -> int:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across * down if across > 0 and down > 0 else 0
