"""A stroke as a filled ribbon: Catmull-Rom through the points, thinner where the hand was fast."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from smart4s_kiosk.domain.agreements import StrokePoint

STEPS = 6


def smoothed(points: Sequence[StrokePoint]) -> list[tuple[float, float, float]]:
    """x, y, milliseconds along a Catmull-Rom curve through `points`, `STEPS` to each piece."""
    if len(points) < 2:
        return [(p.x, p.y, float(p.t_ms)) for p in points]
    padded = [points[0], *points, points[-1]]
    curve: list[tuple[float, float, float]] = []
    for number in range(len(points) - 1):
        four = padded[number : number + 4]
        for step in range(STEPS):
            share = step / STEPS
            time = four[1].t_ms + (four[2].t_ms - four[1].t_ms) * share
            curve.append((_between([p.x for p in four], share), _between([p.y for p in four], share), time))
    last = points[-1]
    curve.append((last.x, last.y, float(last.t_ms)))
    return curve


def _between(values: list[float], share: float) -> float:
    first, start, end, last = values
    square, cube = share * share, share * share * share
    return 0.5 * (
        2 * start
        + (end - first) * share
        + (2 * first - 5 * start + 4 * end - last) * square
        + (3 * start - first - 3 * end + last) * cube
    )


def ribbon(points: Sequence[StrokePoint], pen_px: float, width: float, height: float) -> QPainterPath:
    """The outline of one stroke on a pad of `width` x `height` pixels, ready to be filled."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    curve = [(x * width, y * height, time) for x, y, time in smoothed(points)]
    if not curve:
        return path
    if len(curve) == 1:
        path.addEllipse(QPointF(curve[0][0], curve[0][1]), pen_px * 0.7, pen_px * 0.7)
        return path
    pressure = sum(p.pressure for p in points) / len(points)
    widths = _widths(curve, pen_px * (0.7 + 0.6 * pressure))
    left, right = [], []
    for number, (x, y, _time) in enumerate(curve):
        before, after = curve[max(0, number - 1)], curve[min(len(curve) - 1, number + 1)]
        along = math.atan2(after[1] - before[1], after[0] - before[0]) + math.pi / 2
        dx, dy = math.cos(along) * widths[number] / 2, math.sin(along) * widths[number] / 2
        left.append(QPointF(x + dx, y + dy))
        right.append(QPointF(x - dx, y - dy))
    path.addPolygon(QPolygonF(left + right[::-1]))
    path.closeSubpath()
    for (x, y, _time), wide in ((curve[0], widths[0]), (curve[-1], widths[-1])):
        path.addEllipse(QPointF(x, y), wide / 2, wide / 2)
    return path


def _widths(curve: list[tuple[float, float, float]], pen_px: float) -> list[float]:
    """Width at each point: slower is wider, changing slowly so that the edge stays calm."""
    width, widths = pen_px, []
    for number, (x, y, time) in enumerate(curve):
        before = curve[max(0, number - 1)]
        passed = max(1.0, time - before[2])
        speed = math.hypot(x - before[0], y - before[1]) / passed
        goal = pen_px * max(0.45, 1.15 - 0.28 * speed)
        width += (goal - width) * 0.25
        widths.append(width)
    return widths
