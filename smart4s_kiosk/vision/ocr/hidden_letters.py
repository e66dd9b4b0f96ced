"""Tells whether letters before or behind a value may be hidden: a finger, glare, a fold over a part of the field."""

from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.licences import LicenceField
from smart4s_kiosk.vision.ocr.engine import Image
from smart4s_kiosk.vision.ocr.evidence import Evidence
from smart4s_kiosk.vision.ocr.geometry import Matrix, inverse, move
from smart4s_kiosk.vision.ocr.layout import Layout, Zone

F = LicenceField

OPEN_ENDED = (F.NAME, F.ADDRESS, F.LICENCE_CLASS)
"""Fields whose form does not say how long they are: A2 looks as whole as A2D."""
TWO_LINES = 90.0
"""Frame units: boxes higher than this hold two lines."""
GAP = 76.0
"""Frame units between neighbouring letters of an address: one letter takes 42 to 46."""
DIFFERENT = 38.0
"""Grey levels between the ground under the value and the ground behind it that paper and lamp light do not make."""


def with_hidden_letters(
    image: Image, layout: Layout, to_frame: Matrix, evidence: Mapping[LicenceField, Evidence]
) -> dict[LicenceField, Evidence]:
    """The evidence, with values marked that may have lost letters."""
    back = inverse(to_frame)
    return {
        field: replace(one, is_cut=True) if field in OPEN_ENDED and _is_cut(image, layout, to_frame, back, one) else one
        for field, one in evidence.items()
    }


def _is_cut(image: Image, layout: Layout, to_frame: Matrix, back: Matrix, one: Evidence) -> bool:
    if one.reach is None:
        return True
    start, end = one.reach
    if start > layout.latest_start.get(one.field, start):
        return True
    frame = move(one.quad, to_frame)
    top, bottom = float(frame[:, 1].min()), float(frame[:, 1].max())
    high = bottom - top
    if one.field is F.ADDRESS and one.widest_gap > GAP:
        return True
    if len(layout.zones[one.field]) > 1 and high > TWO_LINES:
        return False  # the value's end lies somewhere inside its box
    right = end + (0.4 if one.field is F.LICENCE_CLASS else 0.6) * high
    edge = layout.zones[one.field][0].right
    behind = Zone(right, top + 0.15 * high, min(right + 1.2 * high, edge), bottom - 0.2 * high)
    if behind.right - behind.left < 0.4 * high:
        return False
    under = _ground(image, Zone(start, top, end + 1, bottom), back, 80)
    after = _ground(image, behind, back, 60)
    return bool(np.abs(under - after).max() > DIFFERENT)


def _ground(image: Image, zone: Zone, back: Matrix, percent: float) -> NDArray[np.float64]:
    """Colour of the paper in a zone: the given percentile of each channel, above the ink."""
    width, height = max(4, round(zone.right - zone.left)), max(4, round(zone.bottom - zone.top))
    corners = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = move(np.asarray(zone.corners(), dtype=np.float32), back)
    patch = cv2.warpPerspective(image, cv2.getPerspectiveTransform(seen, corners), (width, height))
    return np.asarray(np.percentile(patch.reshape(-1, 3), percent, axis=0), dtype=np.float64)
