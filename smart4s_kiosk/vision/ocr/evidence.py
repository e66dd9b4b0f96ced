"""What a page says about each field: the letters in its zone, a second look at them, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.licences import LicenceField, PageKind
from smart4s_kiosk.vision.ocr.engine import Letter, Letters, Quad, text_of
from smart4s_kiosk.vision.ocr.geometry import Matrix, left_middle, move
from smart4s_kiosk.vision.ocr.layout import Layout, Zone
from smart4s_kiosk.vision.ocr.registration import Line, label_length
from smart4s_kiosk.vision.ocr.values import counting, possible, written

F = LicenceField

FEWEST_PITCHES = 4
"""So many pairs of Chinese neighbours tell how far apart a line's letters stand."""
MIDDLE_WORD = "至"
"""Stands between the first and the last day of validity, often inside one line of text."""


@dataclass(frozen=True, slots=True)
class Look:
    """One reading of one field."""

    text: str
    """Written form; empty when what stands there cannot be this field."""
    letters: Letters
    """The letters that count."""

    @property
    def weakest(self) -> float:
        """Probability of the least sure letter; 0 when there is none."""
        return min((letter.sure for letter in self.letters), default=0.0)


@dataclass(frozen=True, slots=True)
class Span:
    """The letters of a value that stand in one line; frame units."""

    zone: Zone
    middles: tuple[float, ...]
    """Middle of each letter, from left to right."""
    top: float
    bottom: float
    high: float
    """Height of the line itself, which is less than from top to bottom when it slopes."""
    widest_gap: float
    """Largest distance between neighbouring letters beyond what their own widths make."""
    is_doubled: bool = False
    """Two found lines lie over each other: letters at a fold may stand twice."""
    leaves_zone: bool = False
    """The next letter of the same line lies above or below the zone: the page is placed wrongly just here."""

    @property
    def start(self) -> float:
        """Middle of the first letter."""
        return self.middles[0]

    @property
    def end(self) -> float:
        """Middle of the last letter."""
        return self.middles[-1]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a field's value on one page."""

    field: LicenceField
    first: Look
    quad: Quad
    spans: tuple[Span, ...] = ()
    """Its lines; the first line of the zone may be empty."""
    second: Look | None = None
    """The same place cut and contrasted differently."""
    is_cut: bool = False
    """Begins too far right, or something lies between its letters or behind the last: letters may be hidden."""
    is_washed: bool = False
    """A reflection lies over some of its letters: what is left of them may look like other letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a line with the place they cover."""

    letters: Letters
    quad: Quad
    middles: tuple[float, ...]
    """Frame x of each letter's middle."""
    leaves_zone: bool = False


def pieces_in(lines: Sequence[Line], zone: Zone, to_frame: Matrix, *, by_row: bool = False) -> list[Piece]:
    """Letters whose middles lie in the zone, line by line from left to right.

    `by_row`: the line's left end says in which row all of it stands. For the electronic page, whose labels form one
    column: right of it the frame is less certain, and a line of text does not change its row.
    """
    found: list[tuple[float, Piece]] = []
    for line in lines:
        if not line.letters or _is_english(line.letters):
            continue  # the English sub-labels reach into zones and say nothing
        points = move(line.points(), to_frame)
        if by_row:
            points[:, 1] = move(left_middle(line.quad), to_frame)[0, 1]
        printed = label_length(line)
        inside = [i for i, (x, y) in enumerate(points) if i >= printed and zone.holds(float(x), float(y))]
        if inside:
            letters = tuple(line.letters[i] for i in inside)
            middles = tuple(float(points[i][0]) for i in inside)
            beside = [i for i in (inside[0] - 1, inside[-1] + 1) if printed <= i < len(points)]
            leaves = any(zone.left <= points[i][0] <= zone.right for i in beside)
            found.append((middles[0], Piece(letters, part_of(line, letters), middles, leaves)))
    return [piece for _, piece in sorted(found, key=lambda one: one[0])]


def part_of(line: Line, letters: Letters) -> Quad:
    """The stretch of the line's quad that these letters cover, half a letter more on both sides."""
    if len(line.letters) == len(letters):
        return line.quad
    ats = [letter.at for letter in line.letters]
    pitch = (ats[-1] - ats[0]) / max(1, len(ats) - 1)
    start = max(0.0, letters[0].at - 0.6 * pitch)
    end = min(1.0, letters[-1].at + 0.6 * pitch)
    top, bottom = line.quad[1] - line.quad[0], line.quad[2] - line.quad[3]
    corners = [
        line.quad[0] + start * top,
        line.quad[0] + end * top,
        line.quad[3] + end * bottom,
        line.quad[3] + start * bottom,
    ]
    return np.asarray(corners, dtype=np.float32)


def look(field: LicenceField, letters: Letters) -> Look:
    """The letters as a value of this field."""
    own = possible(field, _own_half(field, letters))
    return Look(text=written(field, text_of(own)), letters=counting(field, own))


def _own_half(field: LicenceField, letters: Letters) -> Letters:
    places = [i for i, letter in enumerate(letters) if letter.char == MIDDLE_WORD]
    if not places or field not in {F.VALID_FROM, F.VALID_TO}:
        return letters
    return letters[: places[0]] if field is F.VALID_FROM else letters[places[-1] + 1 :]


def gather(layout: Layout, lines: Sequence[Line], to_frame: Matrix) -> dict[LicenceField, Evidence]:
    """First looks at every field of the page that has letters in its zone."""
    found: dict[LicenceField, Evidence] = {}
    by_row = layout.kind is PageKind.ELECTRONIC
    for field, zones in layout.zones.items():
        by_line = [pieces_in(lines, zone, to_frame, by_row=by_row and zone is zones[0]) for zone in zones]
        pieces = [piece for line in by_line for piece in line]
        seen = look(field, tuple(letter for piece in pieces for letter in piece.letters))
        if seen.text:
            spans = [_span(zone, line, to_frame) for zone, line in zip(zones, by_line, strict=True) if line]
            found[field] = Evidence(field, seen, _around([piece.quad for piece in pieces]), tuple(spans))
    return found


def _span(zone: Zone, pieces: Sequence[Piece], to_frame: Matrix) -> Span:
    middles = [x for piece in pieces for x in piece.middles]
    letters = [letter for piece in pieces for letter in piece.letters]
    corners = move(np.concatenate([piece.quad for piece in pieces]), to_frame)
    return Span(
        zone=zone,
        middles=tuple(middles),
        top=float(corners[:, 1].min()),
        bottom=float(corners[:, 1].max()),
        high=_height(corners),
        widest_gap=_widest_gap(middles, letters),
        is_doubled=any(after <= before for before, after in pairwise(middles)),
        leaves_zone=any(piece.leaves_zone for piece in pieces),
    )


def _height(corners: NDArray[np.float32]) -> float:
    """Mean length of the left and right sides of some quads."""
    quads = corners.reshape(-1, 4, 2)
    sides = np.concatenate([quads[:, 3] - quads[:, 0], quads[:, 2] - quads[:, 1]])
    return float(np.linalg.norm(sides, axis=1).mean())


def _widest_gap(middles: Sequence[float], letters: Sequence[Letter]) -> float:
    """Beyond the usual pitch of a letter: Chinese ones stand one width apart, digits and signs about half of one."""
    gaps = [b - a for a, b in pairwise(middles)]
    wide = [letter.char >= "\u3400" or letter.char == "—" for letter in letters]
    both = [gap for gap, (one, other) in zip(gaps, pairwise(wide), strict=True) if one and other]
    if len(both) < FEWEST_PITCHES:
        return 0.0
    pitch = float(np.median(both))
    own = [pitch * (1.0 if one and other else 0.78 if one or other else 0.56) for one, other in pairwise(wide)]
    return max((gap - usual for gap, usual in zip(gaps, own, strict=True)), default=0.0)


def _is_english(letters: Sequence[Letter]) -> bool:
    text = text_of(letters)
    if any("\u4e00" <= char <= "\u9fff" or char.isdigit() for char in text):
        return False
    latin = sum("A" <= char.upper() <= "Z" for char in text)
    return latin >= 3 and text != "CHN"


def _around(quads: Sequence[Quad]) -> Quad:
    """One quad for several: themselves when alone, else from the first's left to the last's right."""
    if len(quads) == 1:
        return quads[0]
    points = np.concatenate(quads)
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return np.asarray([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)


def copies_of_number(layout: Layout, lines: Sequence[Line], to_frame: Matrix) -> list[Evidence]:
    """The number where it stands a second time."""
    found = []
    for zone in layout.number_copies:
        pieces = pieces_in(lines, zone, to_frame)
        seen = look(F.NUMBER, tuple(letter for piece in pieces for letter in piece.letters))
        if seen.text:
            found.append(Evidence(F.NUMBER, seen, _around([piece.quad for piece in pieces])))
    return found
