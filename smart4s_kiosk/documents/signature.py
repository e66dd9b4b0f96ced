"""A signature as drawn: a smooth ribbon through the pen's points, thinner where the pen was fast; all vectors."""

import math
from collections.abc import Sequence
from itertools import pairwise

from smart4s_kiosk.documents.pdf import Paper
from smart4s_kiosk.domain.agreements import Signature, StrokePoint

STEPS = 3
"""Points put between two pen points."""
FAST_PAD_HEIGHTS_A_MS = 0.006
"""Pen speed at which the line is at its thinnest."""
SMOOTH_TURN = math.cos(math.radians(10))
"""Sharper turns get a round joint."""
SHORTEST = 0.02
"""Points; shorter pieces have no direction."""
Outline = list[tuple[float, float]]


def draw_signature(paper: Paper, signature: Signature, x: float, y: float, wide: float, high: float, ink: str) -> None:
    """Fit what was drawn into the box at (x, y), its proportions kept, centred."""
    paper.polygon(ribbons(signature, x, y, wide, high), ink)


def ribbons(signature: Signature, x: float, y: float, wide: float, high: float) -> list[Outline]:
    """Outlines in points, one or more a stroke."""
    points = [point for stroke in signature.strokes for point in stroke]
    if not points:
        return []
    aspect = signature.pad_width / max(signature.pad_height, 1)
    left, right = min(p.x for p in points) * aspect, max(p.x for p in points) * aspect
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    scale = min(wide / max(right - left, 0.05), high / max(bottom - top, 0.05))
    shift_x = x + (wide - (right - left) * scale) / 2 - left * scale
    shift_y = y + (high - (bottom - top) * scale) / 2 - top * scale
    thick = min(max(scale * 0.028, 1.1), high * 0.06)
    outlines: list[Outline] = []
    for stroke in signature.strokes:
        placed = [(p.x * aspect * scale + shift_x, p.y * scale + shift_y) for p in stroke]
        outlines += _ribbon(placed, [thick * share for share in _thickness(stroke, aspect)])
    return outlines


def _thickness(stroke: Sequence[StrokePoint], aspect: float) -> list[float]:
    """Share of the full thickness at each point: pressure, less for speed, smoothed along the stroke."""
    shares: list[float] = []
    before = 0.8
    for place, point in enumerate(stroke):
        last = stroke[max(place - 1, 0)]
        distance = math.hypot((point.x - last.x) * aspect, point.y - last.y)
        speed = distance / max(point.t_ms - last.t_ms, 1)
        wanted = (0.6 + 0.8 * point.pressure) * (1 - 0.55 * min(speed / FAST_PAD_HEIGHTS_A_MS, 1))
        before = 0.6 * before + 0.4 * wanted
        shares.append(before)
    return shares


def _ribbon(points: Sequence[tuple[float, float]], widths: Sequence[float]) -> list[Outline]:
    """A filled band along the points with round ends and joints."""
    if len(points) == 1:
        return [_disc(*points[0], widths[0] * 0.7)]
    smooth = _catmull_rom([(x, y, w) for (x, y), w in zip(points, widths, strict=True)])
    outlines = [_disc(smooth[0][0], smooth[0][1], smooth[0][2] / 2)]
    before = (0.0, 0.0)
    for (x1, y1, w1), (x2, y2, w2) in pairwise(smooth):
        length = math.hypot(x2 - x1, y2 - y1)
        if length < SHORTEST:
            continue
        nx, ny = (y1 - y2) / length, (x2 - x1) / length
        if nx * before[0] + ny * before[1] < SMOOTH_TURN:
            outlines.append(_disc(x1, y1, w1 / 2))
        before = (nx, ny)
        outlines.append(
            [
                (x1 + nx * w1 / 2, y1 + ny * w1 / 2),
                (x2 + nx * w2 / 2, y2 + ny * w2 / 2),
                (x2 - nx * w2 / 2, y2 - ny * w2 / 2),
                (x1 - nx * w1 / 2, y1 - ny * w1 / 2),
            ]
        )
    return [*outlines, _disc(smooth[-1][0], smooth[-1][1], smooth[-1][2] / 2)]


def _disc(x: float, y: float, radius: float, corners: int = 8) -> Outline:
    """Turning the same way as the bands, so that overlaps stay filled."""
    turns = (2 * math.pi * corner / corners for corner in range(corners, 0, -1))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _catmull_rom(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The points with smooth ones between them (position and thickness alike)."""
    smooth = [points[0]]
    for place in range(len(points) - 1):
        p0, p1 = points[max(place - 1, 0)], points[place]
        p2, p3 = points[place + 1], points[min(place + 2, len(points) - 1)]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            smooth.append(
                (
                    _spline(p0[0], p1[0], p2[0], p3[0], t),
                    _spline(p0[1], p1[1], p2[1], p3[1], t),
                    max(_spline(p0[2], p1[2], p2[2], p3[2], t), 0.2),
                )
            )
    return smooth


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
