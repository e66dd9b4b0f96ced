"""One picture to evidence: upright, lines, page, zones, a second look at what matters, the portrait blacked out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import cv2
import numpy as np

from smart4s_kiosk.domain.licences import LicenceField, PageKind
from smart4s_kiosk.vision.ocr.card_outline import rectified_card
from smart4s_kiosk.vision.ocr.engine import LINE_HEIGHT, Image, Letters, Quad
from smart4s_kiosk.vision.ocr.evidence import Evidence, copies_of_number, gather, look
from smart4s_kiosk.vision.ocr.geometry import Matrix, clockwise_from_top_left, cut, direction_of, inverse, move, turn
from smart4s_kiosk.vision.ocr.hidden_letters import with_hidden_letters
from smart4s_kiosk.vision.ocr.layout import Layout, Zone
from smart4s_kiosk.vision.ocr.registration import Line, Registration, label_length, register

F = LicenceField

MAX_SIDE = 2400
"""Pictures are first reduced to this: more pixels bring no more letters."""
FULL_SIZE_SIDE, FULL_SIZE_PIXELS = 1600, 1_000_000
STRAIGHT_ENOUGH = 8.0
"""Degrees off a multiple of 90 that need no turning: each line is cut along its own quad."""
CRITICAL = (F.NUMBER, F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS, F.VALID_FROM, F.VALID_TO, F.FILE_NUMBER)
LOOKED_AT_TWICE = (*CRITICAL, F.NAME)
WEAK = 0.9
MAX_LINES, MAX_TOTAL_WIDTH = 60, 20_000
"""A licence has 35 lines and 11,000 pixels of line at reading height; a page of a book is not read to its end."""
ENOUGH_TEXT, LONG_LINE = 8, 8
"""So many lines of so many letters without one label are another document: looking closer finds no licence."""
FEWEST_LINES = 4
SMALL_PRINT = 0.78
"""Of the usual height of a line: the English sub-labels are 0.7 of the Chinese ones."""


class TextEngine(Protocol):
    """Finds and reads lines of text."""

    def find_lines(self, image: Image, *, side: int = ...) -> list[Quad]:
        """Boxes of text lines."""
        ...

    def upside_down(self, crops: Sequence[Image]) -> list[float]:
        """Probability for each line that it stands on its head."""
        ...

    def read_lines(self, crops: Sequence[Image]) -> list[Letters]:
        """Letters of each line."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """One picture as understood. `image` never leaves this package."""

    kind: PageKind
    image: Image
    turned: float
    layout: Layout | None
    to_frame: Matrix | None
    evidence: dict[LicenceField, Evidence]
    number_copies: list[Evidence]
    lines: list[Line]


def read_page(engine: TextEngine, picture: Image) -> Page:
    """Everything one picture says; a picture without a licence gives a page of unknown kind."""
    image, turned, quads = _upright(engine, _reduced(picture))
    lines, found = _large_lines_first(engine, image, quads)
    if found is None or found.to_frame is None:
        image, turned, lines, found = _again(engine, image, turned, lines)
    if found is None or found.to_frame is None:
        return Page(PageKind.UNKNOWN, image, turned, None, None, {}, [], lines)
    evidence = gather(found.layout, lines, found.to_frame)
    copies = copies_of_number(found.layout, lines, found.to_frame)
    evidence = _fill(engine, image, found, evidence)
    evidence = with_hidden_letters(image, found.layout, found.to_frame, evidence)
    evidence = _second_looks(engine, image, evidence)
    return Page(found.layout.kind, image, turned, found.layout, found.to_frame, evidence, copies, lines)


def _reduced(picture: Image) -> Image:
    side = max(picture.shape[:2])
    if side <= MAX_SIDE:
        return picture
    scale = MAX_SIDE / side
    smaller: Image = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return smaller


def _upright(engine: TextEngine, image: Image) -> tuple[Image, float, list[Quad]]:
    """The picture turned so that its text stands upright, the degrees turned, and the lines found."""
    quads = engine.find_lines(image)
    angle = direction_of(quads)
    quarter = round(angle / 90) * 90
    degrees = float(-quarter if abs(angle - quarter) <= STRAIGHT_ENOUGH else -angle)
    image, matrix = turn(image, degrees)
    quads = [clockwise_from_top_left(move(quad, matrix)) for quad in quads]
    widest = sorted(quads, key=lambda quad: -float(np.linalg.norm(quad[1] - quad[0])))[:6]
    heads = engine.upside_down([cut(image, quad) for quad in widest])
    if heads and float(np.mean(heads)) > 0.5:
        image, quads = _flipped(image, quads)
        degrees += 180
    return image, degrees % 360, quads


def _flipped(image: Image, quads: Sequence[Quad]) -> tuple[Image, list[Quad]]:
    image, matrix = turn(image, 180)
    return image, [clockwise_from_top_left(move(quad, matrix)) for quad in quads]


def _read(engine: TextEngine, image: Image, quads: Sequence[Quad]) -> list[Line]:
    letters = engine.read_lines([cut(image, quad) for quad in quads])
    return [Line(quad, found) for quad, found in zip(quads, letters, strict=True)]


def _large_lines_first(
    engine: TextEngine, image: Image, quads: Sequence[Quad]
) -> tuple[list[Line], Registration | None]:
    """Labels and values before the small print: a third of the lines is English and seal, and is not needed.

    Small lines are read when they lie in a zone of the page, or when no page was found without them.
    """
    quads = _bounded(quads)
    usual = float(np.median([_height(quad) for quad in quads])) if quads else 0.0
    large = [quad for quad in quads if _height(quad) >= SMALL_PRINT * usual]
    small = [quad for quad in quads if _height(quad) < SMALL_PRINT * usual]
    lines = _read(engine, image, large)
    found = register(lines)
    if found is None or found.to_frame is None:
        lines += _read(engine, image, small)
        return lines, register(lines)
    wanted = [zone for zones in found.layout.zones.values() for zone in zones] + list(found.layout.number_copies)
    middles = [move(np.asarray([quad.mean(axis=0)]), found.to_frame)[0] for quad in small]
    needed = [q for q, (x, y) in zip(small, middles, strict=True) if any(z.holds(float(x), float(y)) for z in wanted)]
    return lines + _read(engine, image, needed), found


def _full_size_side(image: Image) -> int:
    """Longest side for the second look: bounded by area, because the detector's memory grows with it."""
    long, short = max(image.shape[:2]), min(image.shape[:2])
    return int(min(FULL_SIZE_SIDE, round((FULL_SIZE_PIXELS * long / short) ** 0.5)))


def _bounded(quads: Sequence[Quad]) -> list[Quad]:
    """The largest lines, as many as the bounds allow."""
    kept: list[Quad] = []
    width = 0.0
    for quad in sorted(quads, key=_height, reverse=True)[:MAX_LINES]:
        width += LINE_HEIGHT * float(np.linalg.norm(quad[1] - quad[0])) / max(1.0, _height(quad))
        if width > MAX_TOTAL_WIDTH:
            break
        kept.append(quad)
    return kept


def _height(quad: Quad) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2


def _again(
    engine: TextEngine, image: Image, turned: float, lines: list[Line]
) -> tuple[Image, float, list[Line], Registration | None]:
    """No page was found: once more at full size, then the card cut out along its outline, each also on its head."""
    other_text = sum(len(line.letters) >= LONG_LINE for line in lines)
    if other_text >= ENOUGH_TEXT and not any(label_length(line) for line in lines):
        return image, turned, lines, None
    quads = engine.find_lines(image, side=_full_size_side(image))
    card = rectified_card(image)
    tries = [(image, quads)] if len(quads) >= FEWEST_LINES else []
    if card is not None:
        _, _, card_quads = upright = _upright(engine, card)
        if len(card_quads) >= FEWEST_LINES:
            tries.append((upright[0], card_quads))
    for picture, found_quads in tries:
        straight = [clockwise_from_top_left(quad) for quad in found_quads]
        for head, (seen, places) in ((0, (picture, straight)), (180, _flipped(picture, straight))):
            more = _read(engine, seen, _bounded(places))
            again = register(more)
            if again is not None and again.to_frame is not None:
                return seen, (turned + head) % 360, more, again
    return image, turned, lines, None


def _fill(
    engine: TextEngine, image: Image, found: Registration, evidence: dict[LicenceField, Evidence]
) -> dict[LicenceField, Evidence]:
    """Required fields without a reading: their zone is cut out and read without asking the detector."""
    assert found.to_frame is not None
    absent = [field for field in found.layout.required if field not in evidence]
    if not absent:
        return evidence
    back = inverse(found.to_frame)
    quads = [_quad_of(found.layout.zones[field][0], back) for field in absent]
    letters = engine.read_lines([cut(image, quad) for quad in quads])
    filled = dict(evidence)
    for field, quad, read in zip(absent, quads, letters, strict=True):
        seen = look(field, read)
        if seen.text:
            filled[field] = Evidence(field, seen, quad)
    return filled


def _quad_of(zone: Zone, back: Matrix) -> Quad:
    return move(np.asarray(zone.corners(), dtype=np.float32), back)


def _second_looks(
    engine: TextEngine, image: Image, evidence: dict[LicenceField, Evidence]
) -> dict[LicenceField, Evidence]:
    """Critical and weak fields once more, cut wider and with evened contrast: two looks that agree count."""
    again = [f for f, e in evidence.items() if f in LOOKED_AT_TWICE or e.is_washed or e.first.weakest < WEAK]
    crops = [_contrasted(cut(image, _grown(evidence[field].quad), height=64)) for field in again]
    letters = engine.read_lines(crops)
    seen = dict(evidence)
    for field, read in zip(again, letters, strict=True):
        seen[field] = replace(evidence[field], second=look(field, read))
    return seen


def _grown(quad: Quad) -> Quad:
    """A little more on every side: the second cut is not the first."""
    down = quad[3] - quad[0]
    high = float(np.linalg.norm(down))
    across = (quad[1] - quad[0]) / max(1e-6, float(np.linalg.norm(quad[1] - quad[0])))
    side, rise = across * high * 0.25, down * 0.08
    return np.asarray(
        [quad[0] - side - rise, quad[1] + side - rise, quad[2] + side + rise, quad[3] - side + rise],
        dtype=np.float32,
    )


def _contrasted(crop: Image) -> Image:
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    even = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(1, 4)).apply(grey)
    return np.asarray(cv2.cvtColor(even, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
