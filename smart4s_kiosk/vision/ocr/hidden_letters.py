"""Tells whether letters between or behind those read may be hidden or half gone: a finger, a reflection, a fold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.licences import LicenceField
from smart4s_kiosk.vision.ocr.engine import Image
from smart4s_kiosk.vision.ocr.evidence import Evidence, Span
from smart4s_kiosk.vision.ocr.geometry import Matrix, inverse, move
from smart4s_kiosk.vision.ocr.layout import Layout, Zone

F = LicenceField

OPEN_ENDED = (F.NAME, F.ADDRESS, F.LICENCE_CLASS)
"""Fields whose form does not say how long they are: A2 looks as whole as A2D."""
GAP = 18.0
"""Frame units beyond the usual pitch between neighbouring letters of an address: a lost digit makes 23, a letter 42."""
DIFFERENT = 38.0
"""Grey levels between the ground under the value and the ground behind it that paper and lamp light do not make."""
TINTED = 45.0
"""Grey levels between the channels' changes that a lamp does not make, but a finger nail does."""
BLOWN = 250.0
"""Grey level from which the paper has no colour left: ink there may be gone too."""
WHITE_PAPER = 238.0
"""Ground so bright everywhere that blown-out parts cannot be told from it."""
NARROW_SPOT = 9
"""Columns (frame units): a reflection narrower than half a digit hides none."""
LATEST_BELOW = 86.0
"""Frame units from the left edge to the first letter of a second line, at most."""
WIDE_GAP = 64.0
"""Frame units between the middles of neighbours: a letter is 44 wide, and its middle is known to 10."""
STRIP = 14.0
"""Frame units of bare paper that prove the end of a value: a third of a letter, half of a digit."""
USUAL_HIGH = 62.0
"""Frame units of a line around letters 44 wide; higher ones lie aslant, their letters are no wider."""
BARE_BEFORE = 8.0
"""Frame units from a zone's left edge, the label's end, to where a value may begin."""
FULL_LINE = 1000.0
"""Frame units: an address whose last letter stands further right may go on in the next line."""
LEAST_INK = 0.02
"""Share of the next line's beginning that one narrow digit blackens."""
INK = 30.0
"""Grey levels by which ink is darker than the ground it stands on, also where a reflection lies over it."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """Columns of one line of a field, from its first letter to its last."""

    is_blown: NDArray[np.bool_]
    has_ink: NDArray[np.bool_]


def with_hidden_letters(
    image: Image, layout: Layout, to_frame: Matrix, evidence: Mapping[LicenceField, Evidence]
) -> dict[LicenceField, Evidence]:
    """The evidence, with values marked that may have lost letters or parts of letters."""
    back = inverse(to_frame)
    can_tell = _paper(image, layout, back) < WHITE_PAPER
    return {field: _looked_at(image, layout, back, one, can_tell=can_tell) for field, one in evidence.items()}


def _paper(image: Image, layout: Layout, back: Matrix) -> float:
    """Usual brightness of the page's darkest colour."""
    zones = [zone for zones in layout.zones.values() for zone in zones]
    return float(np.median([_ground(image, zone, back, 75).min() for zone in zones]))


def _looked_at(image: Image, layout: Layout, back: Matrix, one: Evidence, *, can_tell: bool) -> Evidence:
    grounds = [_columns(image, span, back, can_tell=can_tell) for span in one.spans]
    is_washed = any(_runs(ground.is_blown) for ground in grounds)
    if one.field not in OPEN_ENDED:
        return replace(one, is_washed=is_washed)
    is_cut = (
        _starts_late(layout, one)
        or any(_hides(image, one.field, back, span, ground) for span, ground in zip(one.spans, grounds, strict=True))
        or _overlooks_a_line(image, layout, back, one, can_tell=can_tell)
    )
    return replace(one, is_washed=is_washed, is_cut=is_cut)


def _starts_late(layout: Layout, one: Evidence) -> bool:
    first = next((span for span in one.spans if span.zone == layout.zones[one.field][0]), None)
    if first is None or first.start > layout.latest_start.get(one.field, first.start):
        return True
    return any(span.start > span.zone.left + LATEST_BELOW for span in one.spans if span is not first)


def _hides(image: Image, field: LicenceField, back: Matrix, span: Span, ground: _Ground) -> bool:
    if field is F.ADDRESS and (span.widest_gap > GAP or span.is_doubled):
        return True
    return (
        span.leaves_zone
        or bool(_runs(ground.is_blown & ~ground.has_ink))
        or _is_covered_before(image, field, back, span)
        or _is_covered_between(image, back, span)
        or _is_covered_behind(image, field, back, span)
    )


def _overlooks_a_line(image: Image, layout: Layout, back: Matrix, one: Evidence, *, can_tell: bool) -> bool:
    """Whether a full first line goes on in a line of which nothing was read: one small digit alone is not found.

    Its beginning has ink, is blown out, or something of another colour than the paper lies over it.
    """
    zones = layout.zones[one.field]
    if len(zones) < 2 or len(one.spans) != 1 or one.spans[0].end < FULL_LINE:
        return False
    below = zones[1]
    start = Zone(below.left, below.top + 2, below.left + 90, below.top + 44)  # above its dotted line
    patch = _straight(image, start, back)
    ground = np.percentile(patch.min(axis=2), 75)
    if can_tell and ground >= BLOWN:
        return True
    if (patch.max(axis=2) < ground - INK).mean() > LEAST_INK:
        return True
    first = one.spans[0]
    change = np.percentile(patch.reshape(-1, 3), 60, axis=0) - _ground(
        image, Zone(first.start, first.top, first.start + 200, first.bottom), back, 80
    )
    return bool(np.abs(change).max() > DIFFERENT)


def _columns(image: Image, span: Span, back: Matrix, *, can_tell: bool) -> _Ground:
    """From half a letter before the first to half a letter behind the last, the middle of the line's height."""
    half = 0.45 * span.high
    place = Zone(span.start - half, span.top + 0.2 * span.high, span.end + half, span.bottom - 0.2 * span.high)
    patch = _straight(image, place, back)
    dark = patch.min(axis=2)
    level = np.percentile(dark, 75, axis=0)
    is_blown = (level >= BLOWN) & can_tell
    ink = np.percentile(patch.max(axis=2), 8, axis=0)
    # A letter's own gaps are narrower than a letter: ink near by is ink here.
    near = cv2.dilate((level - ink > INK).astype(np.uint8).reshape(1, -1), np.ones((1, 2 * NARROW_SPOT + 1), np.uint8))
    return _Ground(is_blown, near.reshape(-1) > 0)


def _runs(columns: NDArray[np.bool_]) -> int:
    """How many stretches are wide enough to hide a part of a letter."""
    padded = np.concatenate([[0], columns.astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(padded))
    return int((edges[1::2] - edges[::2] >= NARROW_SPOT).sum())


def _is_covered_before(image: Image, field: LicenceField, back: Matrix, span: Span) -> bool:
    """Whether a letter may be hidden where one would stand before the first one read.

    Only what lies over the paper counts: ink there is the first letter's own, whose middle is known to some units only.
    """
    right = span.start - (0.3 if field is F.LICENCE_CLASS else 0.42) * min(span.high, USUAL_HIGH)
    strip = Zone(right - STRIP, span.top + 0.15 * span.high, right, span.bottom - 0.2 * span.high)
    if strip.left < span.zone.left + BARE_BEFORE:
        return False
    under = _ground(image, Zone(span.start, span.top, span.end + 1, span.bottom), back, 80)
    return not _is_paper(_ground(image, strip, back, 60), under)


def _is_covered_between(image: Image, back: Matrix, span: Span) -> bool:
    """Whether two letters stand so far apart that one more has room, and no bare paper is seen there."""
    under = _ground(image, Zone(span.start, span.top, span.end + 1, span.bottom), back, 80)
    for one, other in pairwise(span.middles):
        middle = (one + other) / 2
        strip = Zone(middle - STRIP / 2, span.top + 0.15 * span.high, middle + STRIP / 2, span.bottom - 0.2 * span.high)
        if other - one > WIDE_GAP and not _is_bare(_straight(image, strip, back), under):
            return True
    return False


def _is_covered_behind(image: Image, field: LicenceField, back: Matrix, span: Span) -> bool:
    """Whether bare paper is not seen where the next letter would stand: it has ink, is blown out or of another colour.

    Letters follow each other closely: a strip of bare paper behind the last one says that none follows.
    """
    high = span.high
    left = span.end + (0.4 if field is F.LICENCE_CLASS else 0.6) * min(high, USUAL_HIGH)
    strip = Zone(left, span.top + 0.15 * high, left + STRIP, span.bottom - 0.2 * high)
    if strip.right > span.zone.right:
        return False
    under = _ground(image, Zone(span.start, span.top, span.end + 1, span.bottom), back, 80)
    return not _is_bare(_straight(image, strip, back), under)


def _is_bare(patch: Image, paper: NDArray[np.float64]) -> bool:
    """Paper without ink. Light that does not blow it out makes it brighter and leaves ink visible."""
    ground = np.percentile(patch.reshape(-1, 3), 60, axis=0)
    has_ink = float(ground.min()) - float(np.percentile(patch.max(axis=2), 5)) > INK
    return not has_ink and _is_paper(ground, paper)


def _is_paper(ground: NDArray[np.float64], paper: NDArray[np.float64]) -> bool:
    """The paper's own colour, or the same under a lamp that does not blow it out; a finger nail is tinted."""
    change = ground - paper
    if float(np.ptp(change)) >= TINTED:
        return False
    is_only_brighter = bool(change.min() > -DIFFERENT / 4) and float(ground.min()) < BLOWN
    return is_only_brighter or bool(np.abs(change).max() <= DIFFERENT)


def _ground(image: Image, zone: Zone, back: Matrix, percent: float) -> NDArray[np.float64]:
    """Colour of the paper in a zone: the given percentile of each channel, above the ink."""
    patch = _straight(image, zone, back)
    return np.asarray(np.percentile(patch.reshape(-1, 3), percent, axis=0), dtype=np.float64)


def _straight(image: Image, zone: Zone, back: Matrix) -> Image:
    """The zone cut out, one pixel for one frame unit."""
    width, height = max(4, round(zone.right - zone.left)), max(4, round(zone.bottom - zone.top))
    corners = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = move(np.asarray(zone.corners(), dtype=np.float32), back)
    matrix = cv2.getPerspectiveTransform(seen, corners)
    return np.asarray(cv2.warpPerspective(image, matrix, (width, height)), dtype=np.uint8)
