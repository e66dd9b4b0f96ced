"""Notices that a floor camera was moved or covered: then the measured plan no longer fits, and counting must pause."""

import cv2
import numpy as np

from smart4s_kiosk.ports.vision import Pixels

SIZE = (160, 120)
LIKENESS_AT_LEAST = 0.45
CHECKS_IN_A_ROW = 3
CHECK_EVERY_S = 5.0


class SceneWatch:
    """Compares the edges of each few seconds' picture with those of the empty floor first learned.

    Light does not matter, places do. People hide a part of the edges: so one look decides nothing.
    """

    def __init__(self) -> None:
        self._reference: np.ndarray | None = None
        self._due = 0.0
        self._unlike_in_a_row = 0
        self.has_moved = False

    def look(self, pixels: Pixels, background: Pixels | None, moment: float) -> bool:
        """Whether just now the scene was found to be another one than the `background` first given."""
        if moment < self._due:
            return False
        self._due = moment + CHECK_EVERY_S
        if self._reference is None:
            self._reference = _edges(background) if background is not None else None
            return False
        alike = float((self._reference * _edges(pixels)).sum()) >= LIKENESS_AT_LEAST
        self._unlike_in_a_row = 0 if alike else self._unlike_in_a_row + 1
        moved_before, self.has_moved = self.has_moved, self._unlike_in_a_row >= CHECKS_IN_A_ROW
        return self.has_moved and not moved_before

    def measured_again(self) -> None:
        """Somebody has clicked the points anew: what is seen next is the new reference."""
        self._reference, self._unlike_in_a_row, self.has_moved = None, 0, False


def _edges(picture: Pixels) -> np.ndarray:
    """Edge strength of the small grey picture, slightly blurred, brought to mean 0 and length 1."""
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    strength = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    soft = cv2.GaussianBlur(np.minimum(strength, 120), (0, 0), 1.5)
    flat = np.asarray(soft - soft.mean(), np.float32)
    return np.asarray(flat / max(float(np.linalg.norm(flat)), 1e-6), np.float32)
