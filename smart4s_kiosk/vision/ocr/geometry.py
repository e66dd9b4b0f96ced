"""Turning pictures upright and cutting lines out of them."""

import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.vision.ocr.engine import Image, Quad

Matrix = NDArray[np.float64]
"""3 × 3, moves points of one picture to another."""


def move(points: NDArray[Any], by: Matrix) -> NDArray[np.float32]:
    """Points (n × 2) after the move."""
    shaped = np.asarray(points, dtype=np.float64).reshape(-1, 1, 2)
    return np.asarray(cv2.perspectiveTransform(shaped, by).reshape(-1, 2), dtype=np.float32)


def inverse(matrix: Matrix) -> Matrix:
    """The way back."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def direction_of(quads: Sequence[Quad]) -> float:
    """Angle of the lines of text, -90 to 90 degrees clockwise from horizontal; long boxes count more."""
    total = 0j
    for quad in quads:
        across, down = quad[1] - quad[0], quad[3] - quad[0]
        wide, high = float(np.hypot(*across)), float(np.hypot(*down))
        along = across if wide >= high else down
        weight = max(wide, high) - min(wide, high)
        angle = 2 * math.atan2(float(along[1]), float(along[0]))  # doubled: a line has no head
        total += weight * complex(math.cos(angle), math.sin(angle))
    return math.degrees(math.atan2(total.imag, total.real)) / 2 if total else 0.0


def turn(image: Image, degrees: float) -> tuple[Image, Matrix]:
    """The picture turned clockwise onto a canvas that holds all of it, and the matrix that moves its points."""
    height, width = image.shape[:2]
    quarter = round(degrees / 90)
    if abs(degrees - 90 * quarter) < 1e-6:
        turned = np.ascontiguousarray(np.rot90(image, -quarter))
        return turned, _quarter_turn(quarter % 4, width, height)
    around = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    cos, sin = abs(around[0, 0]), abs(around[0, 1])
    new_width, new_height = math.ceil(width * cos + height * sin), math.ceil(width * sin + height * cos)
    around[0, 2] += new_width / 2 - width / 2
    around[1, 2] += new_height / 2 - height / 2
    turned = cv2.warpAffine(image, around, (new_width, new_height), borderMode=cv2.BORDER_REPLICATE)
    return turned, np.vstack([around, [0.0, 0.0, 1.0]])


def _quarter_turn(quarters: int, width: int, height: int) -> Matrix:
    matrices = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        1: [[0, -1, height - 1], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]],
    }
    return np.asarray(matrices[quarters], dtype=np.float64)


def clockwise_from_top_left(quad: Quad) -> Quad:
    """The corners of a roughly upright line: top left, top right, bottom right, bottom left."""
    by_x = quad[np.argsort(quad[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    left = left[np.argsort(left[:, 1])]
    right = right[np.argsort(right[:, 1])]
    return np.asarray([left[0], right[0], right[1], left[1]], dtype=np.float32)


def cut(image: Image, quad: Quad, *, height: int = 0) -> Image:
    """The line inside the quad as a straight picture; `height` 0 keeps its own."""
    wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    scale = height / high if height and high > 0 else 1.0
    size = (max(2, round(float(wide) * scale)), max(2, round(float(high) * scale)))
    corners = np.asarray([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    cut_out: Image = cv2.warpPerspective(
        image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8, copy=False)
    return cut_out


def left_middle(quad: Quad) -> NDArray[np.float32]:
    """Middle of the left edge."""
    return np.asarray((quad[0] + quad[3]) / 2, dtype=np.float32)


def right_middle(quad: Quad) -> NDArray[np.float32]:
    """Middle of the right edge."""
    return np.asarray((quad[1] + quad[2]) / 2, dtype=np.float32)
