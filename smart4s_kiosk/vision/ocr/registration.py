"""Finds which page a picture shows and how to move its points to that page's frame, from the printed labels."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.licences import PageKind
from smart4s_kiosk.vision.ocr.engine import Letters, Quad, text_of
from smart4s_kiosk.vision.ocr.geometry import Matrix, left_middle, move, right_middle
from smart4s_kiosk.vision.ocr.layout import LAYOUTS, Layout

TOLERANCE = 16.0
"""Frame units by which a label may be off: half of the smallest text height."""
NARROW_SPREAD, WIDE_SPREAD = 80.0, 400.0
"""How far the labels must reach (root of the squared sum, frame units) for an affine move, for a homography."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as found and read."""

    quad: Quad
    letters: Letters

    @property
    def text(self) -> str:
        """The characters of the line."""
        return text_of(self.letters)

    def points(self) -> NDArray[np.float32]:
        """Where each letter's middle lies in the picture (n × 2)."""
        start, end = left_middle(self.quad), right_middle(self.quad)
        along = np.asarray([letter.at for letter in self.letters], dtype=np.float32).reshape(-1, 1)
        return np.asarray(start + along * (end - start), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Registration:
    """Which page, and the matrix from the picture to the page's frame (none: too few labels were found)."""

    layout: Layout
    to_frame: Matrix | None
    labels_found: int


def register(lines: Sequence[Line]) -> Registration | None:
    """The page that these lines belong to, or nothing when no page fits."""
    kind = _kind(lines)
    candidates = [layout for layout in LAYOUTS if kind in {PageKind.UNKNOWN, layout.kind}]
    tried = [_fit(layout, lines) for layout in candidates]
    best = max(tried, key=lambda one: (one.to_frame is not None, one.labels_found))
    if best.labels_found == 0 and kind is PageKind.UNKNOWN:
        return None
    return best


def _kind(lines: Sequence[Line]) -> PageKind:
    """From titles and from labels that stand on one page only."""
    texts = [line.text.replace(" ", "") for line in lines]
    votes = {
        PageKind.ELECTRONIC: ("电子驾驶证", "累积记分", "生成时间", "当前时间", "状态"),
        PageKind.SUB: ("驾驶证副页", "副页", "记录"),
        PageKind.MAIN: ("住址", "Address", "DateofBirth", "DateofFirst", "ValidPeriod", "Nationality"),
    }
    counts = {kind: sum(any(word in text for text in texts) for word in words) for kind, words in votes.items()}
    if counts[PageKind.ELECTRONIC] >= 2:
        return PageKind.ELECTRONIC
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else PageKind.UNKNOWN


def label_length(line: Line) -> int:
    """How many letters at the line's start are a printed label (0: none)."""
    text = line.text
    known = {label for layout in LAYOUTS for label in layout.labels}
    return max((len(label) for label in known if text.startswith(label)), default=0)


def _fit(layout: Layout, lines: Sequence[Line]) -> Registration:
    seen: list[NDArray[np.float32]] = []
    frame: list[tuple[float, float]] = []
    labels = 0
    for line in lines:
        text = line.text.replace(" ", "")
        label = max((label for label in layout.labels if text.startswith(label)), key=len, default="")
        title = next((title for title in layout.titles if text == title), "")
        if label:
            labels += 1
            seen.append(left_middle(line.quad))
            frame.append(layout.labels[label])
        if label and text == label:
            left, middle = layout.labels[label]
            seen.append(right_middle(line.quad))
            frame.append((left + layout.label_widths[len(label)], middle))
        if title:
            seen += [left_middle(line.quad), right_middle(line.quad)]
            frame += layout.titles[title]
    matrix = _matrix(np.asarray(seen, dtype=np.float32), np.asarray(frame, dtype=np.float32), lines)
    return Registration(layout, matrix, labels)


def _matrix(seen: NDArray[np.float32], frame: NDArray[np.float32], lines: Sequence[Line]) -> Matrix | None:
    """Homography where the points reach wide and are many, else an affine move, else a similarity."""
    if len(seen) >= 8 and _spread(frame) > WIDE_SPREAD:
        found, inside = cv2.findHomography(seen, frame, cv2.RANSAC, TOLERANCE)
        if found is not None and int(inside.sum()) >= 6 and _is_sane(found, seen, frame):
            return np.asarray(found, dtype=np.float64)
    if len(seen) >= 4 and _spread(frame) > NARROW_SPREAD:
        found, inside = cv2.estimateAffine2D(seen, frame, method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE)
        if found is not None and int(inside.sum()) >= 4 and _is_sane(_full(found), seen, frame):
            return _full(found)
    if len(seen) >= 2:
        found, _ = cv2.estimateAffinePartial2D(seen, frame, method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE)
        if found is not None and _is_upright(found, lines):
            return _full(found)
    return None


def _full(affine: NDArray[np.float64]) -> Matrix:
    return np.vstack([affine, [0.0, 0.0, 1.0]]).astype(np.float64)


def _spread(points: NDArray[np.float32]) -> float:
    """How far the points reach across their own main direction: 0 when they stand in a row."""
    centred = points - points.mean(axis=0)
    return float(np.linalg.svd(centred, compute_uv=False)[-1])


def _is_sane(matrix: Matrix, seen: NDArray[np.float32], frame: NDArray[np.float32]) -> bool:
    """Most labels land where they belong, nothing is mirrored."""
    off = np.linalg.norm(move(seen, matrix) - frame, axis=1)
    return bool(np.median(off) < TOLERANCE) and float(np.linalg.det(matrix[:2, :2])) > 0


def _is_upright(affine: NDArray[np.float64], lines: Sequence[Line]) -> bool:
    """Two labels alone may be misread: the found turn must agree with the direction of the lines."""
    if not lines:
        return False
    turn = np.degrees(np.arctan2(affine[1, 0], affine[0, 0]))
    angles = [np.degrees(np.arctan2(*(line.quad[1] - line.quad[0])[::-1])) for line in lines]
    return bool(abs(turn + float(np.median(angles))) < 8)
