"""Reads a QR code out of a camera's picture."""

import threading

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.ports.vision import Pixels

WIDTH = 960
"""A code that fills a sixth of this width is read; a larger picture only costs time."""
MOST_LETTERS = 300


class QrCodeReader:
    """Implements `ports.vision.CodeReader` with OpenCV's own detector. Thread-safe."""

    def __init__(self) -> None:
        self._detector = cv2.QRCodeDetector()
        self._lock = threading.Lock()

    def read(self, pixels: Pixels) -> str | None:
        """The text of the one code in the picture; None without a readable one."""
        small = _shrunk(pixels)
        try:
            with self._lock:
                text, _corners, _straight = self._detector.detectAndDecode(small)
        except cv2.error:
            return None  # the detector gives up on some pictures by an assertion of its own
        return text[:MOST_LETTERS] or None


def _shrunk(pixels: Pixels) -> NDArray[np.uint8]:
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    if grey.shape[1] <= WIDTH:
        return grey
    size = WIDTH, round(grey.shape[0] * WIDTH / grey.shape[1])
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
