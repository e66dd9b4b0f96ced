"""Finds the card or phone itself by its outline, for pictures in which no line of text was found as it lay."""

import cv2
import numpy as np

from smart4s_kiosk.vision.ocr.engine import Image, Quad

SMALL_SIDE = 480
SMALLEST_SHARE = 0.06
CARD_WIDTH = 1250


def rectified_card(image: Image) -> Image | None:
    """The largest four-sided shape as a straight picture, its long side across; None when there is none."""
    quad = outline(image)
    if quad is None:
        return None
    wide = float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    high = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    if wide < high:
        quad, wide, high = np.roll(quad, -1, axis=0), high, wide
    size = (CARD_WIDTH, max(300, round(CARD_WIDTH * high / wide)))
    corners = np.asarray([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    return np.asarray(cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC), dtype=np.uint8)


def outline(image: Image) -> Quad | None:
    """Corners of the card in clockwise order, or None."""
    scale = SMALL_SIDE / max(image.shape[:2])
    small = cv2.GaussianBlur(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    area = small.shape[0] * small.shape[1]
    best: Quad | None = None
    largest = SMALLEST_SHARE * area
    for channel in (cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[:, :, 1]):
        _, mask = cv2.threshold(channel, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            size = cv2.contourArea(contour)
            hull = cv2.convexHull(contour)
            corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
            if largest < size < 0.97 * area and len(corners) == 4:
                largest, best = size, _clockwise(corners.reshape(4, 2).astype(np.float32) / scale)
    return best


def _clockwise(corners: Quad) -> Quad:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    return np.asarray(corners[np.argsort(angles)], dtype=np.float32)
