"""Blacks out the portrait in memory; what cannot be blacked out surely is not handed on at all."""

import cv2
import numpy as np

from smart4s_kiosk.vision.ocr.engine import Image, Quad
from smart4s_kiosk.vision.ocr.geometry import inverse, move
from smart4s_kiosk.vision.ocr.layout import Zone
from smart4s_kiosk.vision.ocr.page_reader import Page

JPEG_QUALITY = 80
MARGIN = 20.0
"""Frame units around the portrait: by so much a page may be placed wrongly and still read."""
ASLANT = 25.0
"""Degrees by which a side of the portrait may lean; of 80 damaged pages that were placed rightly none went over 16."""
UNEQUAL = 0.7
"""Least ratio of opposite sides; rightly placed pages have 0.84 and more, a wrongly placed one 0.4."""


def without_portrait(page: Page) -> Image | None:
    """The upright picture with the portrait filled black; None when its place is not surely known."""
    if page.layout is None or page.to_frame is None:
        return None
    image = page.image.copy()
    if page.layout.portrait is not None:
        place = move(np.asarray(_grown(page.layout.portrait).corners(), dtype=np.float32), inverse(page.to_frame))
        if not is_upright_rectangle(place):
            return None
        cv2.fillConvexPoly(image, np.round(place).astype(np.int32), (0, 0, 0))
    return image


def is_upright_rectangle(quad: Quad) -> bool:
    """Whether a portrait can look like this on an upright page; if not, the labels put the page in a wrong place."""
    sides = np.roll(quad, -1, axis=0) - quad
    turned = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) - np.asarray([0.0, 90.0, 180.0, 270.0])
    leaning = np.abs((turned + 180.0) % 360.0 - 180.0)
    lengths = np.linalg.norm(sides, axis=1)
    ratios = [min(lengths[i], lengths[i + 2]) / max(lengths[i], lengths[i + 2], 1e-6) for i in (0, 1)]
    return bool(leaning.max() <= ASLANT and min(ratios) >= UNEQUAL)


def _grown(zone: Zone) -> Zone:
    return Zone(zone.left - MARGIN, zone.top - MARGIN, zone.right + MARGIN, zone.bottom + MARGIN)


def jpeg_without_portrait(page: Page) -> bytes:
    """The same as JPEG; empty when the portrait's place is not known."""
    image = without_portrait(page)
    if image is None:
        return b""
    done, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return encoded.tobytes() if done else b""
