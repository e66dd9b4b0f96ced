"""Turns a point of the floor picture into a place on the floor plan, from at least four clicked points."""

from collections.abc import Sequence

import cv2
import numpy as np

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.foot_traffic import Metres

POINTS_NEEDED = 4
RESIDUAL_AT_MOST_M = 0.25

Click = tuple[tuple[float, float], Metres]
"""A pixel, and the place on the plan that it shows."""


class FloorNotMeasured(RuleBroken):
    """The clicked points do not measure the floor: too few, in one line, or far from each other's answer."""

    code = "people.floor_not_measured"


class FloorMap:
    """A measured camera. Raises FloorNotMeasured when the clicks do not fit one plane."""

    def __init__(self, clicks: Sequence[Click]) -> None:
        if len(clicks) < POINTS_NEEDED:
            raise FloorNotMeasured(points=len(clicks))
        pixels = np.asarray([pixel for pixel, _ in clicks], np.float64)
        places = np.asarray([(place.x, place.y) for _, place in clicks], np.float64)
        if _is_flat(pixels) or _is_flat(places):
            raise FloorNotMeasured(points=len(clicks))
        matrix, _ = cv2.findHomography(pixels, places)
        if matrix is None:
            raise FloorNotMeasured(points=len(clicks))
        matrix = np.asarray(matrix, np.float64)
        middle = matrix[2] @ np.asarray([*pixels.mean(axis=0), 1.0])
        self._matrix = matrix if middle > 0 else -matrix
        self.residual_m = max(
            float(np.hypot(found.x - place.x, found.y - place.y))
            for (pixel, place) in clicks
            if (found := self.place(pixel)) is not None
        )
        if self.residual_m > RESIDUAL_AT_MOST_M:
            raise FloorNotMeasured(points=len(clicks), residual_m=round(self.residual_m, 2))

    @classmethod
    def whole_picture(cls, size: tuple[int, int], *, width_m: float, height_m: float) -> "FloorMap":
        """Unmeasured: the picture's edges are taken for the plan's. Good for counting, not for metres."""
        right, bottom = float(size[0]), float(size[1])
        return cls(
            [
                ((0.0, 0.0), Metres(0.0, 0.0)),
                ((right, 0.0), Metres(width_m, 0.0)),
                ((right, bottom), Metres(width_m, height_m)),
                ((0.0, bottom), Metres(0.0, height_m)),
            ]
        )

    def place(self, pixel: tuple[float, float]) -> Metres | None:
        """The place on the plan; None above the horizon."""
        x, y, depth = self._matrix @ np.asarray([pixel[0], pixel[1], 1.0])
        return Metres(float(x / depth), float(y / depth)) if depth > 1e-9 else None


def _is_flat(points: np.ndarray) -> bool:
    """Whether the points lie (nearly) in one line or one spot."""
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return bool(spread[1] < 0.02 * max(spread[0], 1e-9))
