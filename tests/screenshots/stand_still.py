"""Waits until a page's layout has come to rest: on a busy machine it may still be under way when the page is there."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

ROUNDS, QUIET_ROUNDS, ROUND_MS = 20_000, 3, 4
Places = list[tuple[int, int, int, int]]


def stand_still(window: QWidget) -> None:
    """Give Qt its turns until nothing inside has moved for three of them. Fails when that never happens."""
    before, quiet = _places(window), 0
    for _ in range(ROUNDS):
        QTest.qWait(ROUND_MS)
        now = _places(window)
        quiet = quiet + 1 if now == before else 0
        if quiet == QUIET_ROUNDS:
            return
        before = now
    raise AssertionError("the layout does not come to rest")


def _places(window: QWidget) -> Places:
    shown = [child for child in window.findChildren(QWidget) if child.isVisible()]
    return [(child.x(), child.y(), child.width(), child.height()) for child in shown]
