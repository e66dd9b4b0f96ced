"""Finds faces with YuNet: box, score and five points."""

import cv2

from smart4s_kiosk.ports.vision import Box, FaceFound, Pixels
from smart4s_kiosk.vision.images import fit_within

SCORE_AT_LEAST = 0.8
OVERLAP_AT_MOST = 0.3
TOP_K = 50
LONGEST_SIDE = 960
"""Larger pictures are scaled down to look for faces: a face worth comparing keeps 30 pixels, and time stays short."""


class YuNetDetector:
    """One detector for one thread; the picture may change its size from call to call."""

    def __init__(self, model_path: str, *, score_at_least: float = SCORE_AT_LEAST) -> None:
        self._net = cv2.FaceDetectorYN.create(model_path, "", (320, 320), score_at_least, OVERLAP_AT_MOST, TOP_K)

    def find(self, pixels: Pixels) -> tuple[FaceFound, ...]:
        """Every face, largest first."""
        small = fit_within(pixels, LONGEST_SIDE, LONGEST_SIDE)
        scale = pixels.shape[1] / small.shape[1]
        self._net.setInputSize((small.shape[1], small.shape[0]))
        _, rows = self._net.detect(small)
        faces = () if rows is None else tuple(_to_face([float(v) for v in row], scale) for row in rows)
        return tuple(sorted(faces, key=lambda face: face.box.area, reverse=True))


def _to_face(row: list[float], scale: float) -> FaceFound:
    left, top, width, height = (round(value * scale) for value in row[:4])
    points = tuple((row[at] * scale, row[at + 1] * scale) for at in range(4, 14, 2))
    return FaceFound(box=Box(left, top, max(width, 1), max(height, 1)), score=row[14], landmarks=points)
