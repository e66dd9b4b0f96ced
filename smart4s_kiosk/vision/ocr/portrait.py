"""Blacks out the portrait in memory; what cannot be blacked out surely is not handed on at all."""

import cv2
import numpy as np

from smart4s_kiosk.vision.ocr.engine import Image
from smart4s_kiosk.vision.ocr.geometry import inverse, move
from smart4s_kiosk.vision.ocr.page_reader import Page

JPEG_QUALITY = 80


def without_portrait(page: Page) -> Image | None:
    """The upright picture with the portrait filled black; None when its place is not known."""
    if page.layout is None or page.to_frame is None:
        return None
    image = page.image.copy()
    if page.layout.portrait is not None:
        corners = np.asarray(page.layout.portrait.corners(), dtype=np.float32)
        place = move(corners, inverse(page.to_frame))
        cv2.fillConvexPoly(image, np.round(place).astype(np.int32), (0, 0, 0))
    return image


def jpeg_without_portrait(page: Page) -> bytes:
    """The same as JPEG; empty when the portrait's place is not known."""
    image = without_portrait(page)
    if image is None:
        return b""
    done, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return encoded.tobytes() if done else b""
