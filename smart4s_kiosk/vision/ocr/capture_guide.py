"""Guides a person who holds a licence before the camera: tips for each preview frame, and when to take the picture."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.vision.ocr.engine import Image

WORKING_WIDTH = 640
"""Preview frames are judged at this width: a 720p frame takes about 5 ms."""
CARD_ASPECT = 88 / 60
GUIDE_SHARE = 0.82
"""The card frame drawn on the preview fills this share of the picture's smaller direction."""

DARK = 55.0
"""Mean brightness (0 to 255) inside the guide below which letters drown in noise."""
GLARE_SHARE = 0.012
"""Share of blown-out pixels in one spot inside the guide: about the size of two letters of a name."""
GLARE_LEVEL = 250
BLURRED = 55.0
"""Variance of the Laplacian of the guide's crop at working width, brightness evened, below which digits smear."""
EDGES_EMPTY = 0.018
"""Share of edge pixels inside the guide below which no card lies there."""
PLAIN = 14.0
"""Spread of grey levels of a table with sensor noise; a card out of focus still has light and dark parts."""
EDGES_FAR = 0.6
"""Share of the guide that the printed area must reach across, in both directions."""
TILT = 0.10
"""Difference between opposite sides of the card, as a share: more is perspective that costs small print."""
STILL = 2.2
"""Mean grey difference between two frames, at 96 pixels across, that a resting hand makes."""
STILL_FRAMES = 3


class Tip(StrEnum):
    """What to change; one at a time is shown, in this order."""

    NO_CARD = "no_card"
    TOO_DARK = "too_dark"
    GLARE = "glare"
    CLOSER = "closer"
    BLURRED = "blurred"
    FLATTEN = "flatten"
    HOLD_STILL = "hold_still"


@dataclass(frozen=True, slots=True)
class Guide:
    """Where the card is to be held, in pixels of the frame."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Judgement of one frame."""

    tips: tuple[Tip, ...]
    """Empty: sharp, lit, flat and still: take the picture."""
    sharpness: float
    brightness: float

    @property
    def take_it(self) -> bool:
        """Whether the shutter may go off by itself."""
        return not self.tips


def guide_for(width: int, height: int, *, upright: bool = False) -> Guide:
    """The largest card-shaped frame in the middle of the picture; `upright` for a phone that shows its licence."""
    aspect = 1 / CARD_ASPECT if upright else CARD_ASPECT
    wide = min(width * GUIDE_SHARE, height * GUIDE_SHARE * aspect)
    high = wide / aspect
    return Guide(round((width - wide) / 2), round((height - high) / 2), round(wide), round(high))


class CaptureGuide:
    """Judges the frames of one capture in order; make a new one for each page."""

    def __init__(self, *, upright: bool = False) -> None:
        self._upright = upright
        self._last: NDArray[np.float32] | None = None
        self._moves: deque[float] = deque(maxlen=STILL_FRAMES)

    def judge(self, frame: Image) -> Advice:
        """Tips for this frame, the most important first. The frame is not kept."""
        place = guide_for(frame.shape[1], frame.shape[0], upright=self._upright)
        scale = min(1.0, WORKING_WIDTH / place.width)
        inside = frame[place.top : place.top + place.height, place.left : place.left + place.width]
        grey = cv2.cvtColor(inside, cv2.COLOR_BGR2GRAY)
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        self._moves.append(self._movement(small))
        brightness = float(small.mean())
        sharpness = _sharpness(small, brightness)
        return Advice(tuple(self._tips(small, brightness, sharpness)), round(sharpness, 1), round(brightness, 1))

    def _tips(self, small: NDArray[np.uint8], brightness: float, sharpness: float) -> list[Tip]:
        edges = cv2.Canny(small, 60, 160)
        if brightness < DARK:
            return [Tip.TOO_DARK]
        if float((edges > 0).mean()) < EDGES_EMPTY:
            return [Tip.NO_CARD if float(small.std()) < PLAIN else Tip.BLURRED]
        tips = []
        if _has_glare(small):
            tips.append(Tip.GLARE)
        if not _reaches_across(edges):
            tips.append(Tip.CLOSER)
        if sharpness < BLURRED:
            tips.append(Tip.BLURRED)
        if _tilt(small) > TILT:
            tips.append(Tip.FLATTEN)
        if len(self._moves) < STILL_FRAMES or max(self._moves) > STILL:
            tips.append(Tip.HOLD_STILL)
        return tips

    def _movement(self, small: NDArray[np.uint8]) -> float:
        now = cv2.resize(small, (96, 64), interpolation=cv2.INTER_AREA).astype(np.float32)
        last, self._last = self._last, now
        return float(np.abs(now - last).mean()) if last is not None else 255.0


def _sharpness(small: NDArray[np.uint8], brightness: float) -> float:
    """Variance of the Laplacian as if the picture were of middle brightness."""
    variance = float(cv2.Laplacian(small, cv2.CV_32F).var())
    return variance * (128.0 / max(brightness, 20.0)) ** 2


def _has_glare(small: NDArray[np.uint8]) -> bool:
    """One blown-out spot large enough to hide letters; many tiny ones are specks."""
    blown = (small >= GLARE_LEVEL).astype(np.uint8)
    if int(blown.sum()) < GLARE_SHARE * blown.size:
        return False
    blown = cv2.morphologyEx(blown, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(blown)
    spots: list[list[int]] = stats[1:].tolist()
    # The white ground of a portrait or a phone is blown out too, but it is a filled rectangle.
    return any(
        spot[cv2.CC_STAT_AREA] > GLARE_SHARE * blown.size
        and spot[cv2.CC_STAT_AREA] < 0.86 * spot[cv2.CC_STAT_WIDTH] * spot[cv2.CC_STAT_HEIGHT]
        for spot in spots
    )


def _reaches_across(edges: NDArray[np.uint8]) -> bool:
    """Whether print covers enough of the guide: the middle 90 % of the edge pixels, across and down."""
    rows, columns = np.nonzero(edges)
    wide = float(np.percentile(columns, 95) - np.percentile(columns, 5)) / edges.shape[1]
    high = float(np.percentile(rows, 95) - np.percentile(rows, 5)) / edges.shape[0]
    return bool(wide >= EDGES_FAR and high >= EDGES_FAR)


def _tilt(small: NDArray[np.uint8]) -> float:
    """How unequal opposite sides of the card are; 0 when its outline is not seen whole."""
    _, mask = cv2.threshold(cv2.GaussianBlur(small, (5, 5), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < 0.3 * small.size:
        return 0.0
    hull = cv2.convexHull(largest)
    corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True).reshape(-1, 2)
    if len(corners) != 4:
        return 0.0
    sides = [float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4)]
    return max(abs(sides[0] - sides[2]) / max(sides[0], sides[2]), abs(sides[1] - sides[3]) / max(sides[1], sides[3]))
