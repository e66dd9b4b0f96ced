"""A pair of hands for the scripted visit: presses real buttons, signs with real strokes, looks at real pixels."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.widgets.pdf_preview import PdfPreview

LIMIT_S = 90.0
"""Seconds; on a busy machine a page comes late, and where it comes at once the limit costs nothing."""
PAUSE_MS = 15
PAGE_MS = 260
"""A page rises for 240 ms: a picture of a movement shows nothing."""
ALIKE_LOOKS = 4
"""So many looks at the same places, and a page stands still."""
W = TypeVar("W", bound=QWidget)


class NotOnScreen(RuleBroken):
    """The scripted visit did not find what a person would press or read."""

    code = "demo.not_on_screen"


class Hands:
    """Acts on windows as a person does; every wait is for something to be seen, with a limit."""

    def __init__(self, clock: Clock, folder: Path) -> None:
        self._clock = clock
        self._folder = folder
        self.pictures: list[str] = []

    def wait(self, is_so: Callable[[], bool], *, what: str, limit_s: float = LIMIT_S) -> float:
        """Let the application run until `is_so`; how many seconds that took."""
        began = self._clock.monotonic()
        while not is_so():
            if self._clock.monotonic() - began > limit_s:
                raise NotOnScreen(what=what, limit_s=limit_s)
            QTest.qWait(PAUSE_MS)
        return self._clock.monotonic() - began

    def button(
        self, window: QWidget, words: str, *, exact: bool = False, kind: type[QAbstractButton] = QAbstractButton
    ) -> QAbstractButton | None:
        """The visible, enabled button of that name; else one whose name begins so; else one that contains it."""
        there = [b for b in window.findChildren(kind) if b.isVisible() and b.isEnabled()]
        named = [(b.accessibleName() or b.text(), b) for b in there]
        fits: list[Callable[[str], bool]] = [lambda name: name == words]
        if not exact:
            fits += [lambda name: name.startswith(words), lambda name: words in name]
        for fit in fits:
            for name, button in named:
                if fit(name):
                    return button
        return None

    def press(
        self,
        window: QWidget,
        words: str,
        *,
        exact: bool = False,
        limit_s: float = LIMIT_S,
        kind: type[QAbstractButton] = QAbstractButton,
    ) -> None:
        """Wait for a button and press it in its middle."""
        self.wait(lambda: self.button(window, words, exact=exact, kind=kind) is not None, what=words, limit_s=limit_s)
        button = self.button(window, words, exact=exact, kind=kind)
        assert button is not None
        self.touch(button)

    def settle(self, background: Background) -> None:
        """Nothing is being asked or kept any more, and the page's movement has ended."""
        self.wait(lambda: background.is_idle, what="the page to settle")
        QTest.qWait(PAGE_MS)
        self.wait(lambda: background.is_idle, what="the page to settle")

    def touch(self, widget: QWidget) -> None:
        """A finger on the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center(), delay=1)
        QTest.qWait(PAUSE_MS)

    def find(self, window: QWidget, kind: type[W], *, what: str = "", limit_s: float = LIMIT_S) -> W:
        """The visible widget of a kind."""

        def seen() -> list[W]:
            return [w for w in window.findChildren(kind) if w.isVisible()]

        self.wait(lambda: bool(seen()), what=what or kind.__name__, limit_s=limit_s)
        return seen()[0]

    def type_digits(self, window: QWidget, digits: str) -> None:
        """On the page's own keypad."""
        for digit in digits:
            self.press(window, digit, exact=True)

    def sign(self, pad: QWidget, *, seed: int) -> None:
        """Three strokes across the pad, as quick as a person signs."""
        width, height = pad.width(), pad.height()
        for stroke in range(3):
            points = [
                QPoint(
                    round(width * (0.16 + 0.18 * stroke + 0.20 * step / 14)),
                    round(height * (0.5 + 0.22 * math.sin(seed + 1.7 * stroke + step / 2.1))),
                )
                for step in range(15)
            ]
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
            for point in points[1:]:
                QTest.qWait(12)
                QTest.mouseMove(pad, point)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])
            QTest.qWait(40)

    def picture(self, window: QWidget, name: str) -> Path:
        """A screenshot of a window into the output folder, once its movement is over and its papers are there."""
        QTest.qWait(PAGE_MS)
        self.wait(lambda: all(p.page_count for p in window.findChildren(PdfPreview) if p.isVisible()), what="paper")
        self._rest(window)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        window.grab().save(str(path))
        self.pictures.append(path.name)
        return path

    def _rest(self, window: QWidget) -> None:
        """Nothing inside moves any more."""
        seen = [_places(window)]

        def is_still() -> bool:
            seen.append(_places(window))
            return len(seen) > ALIKE_LOOKS and all(places == seen[-1] for places in seen[-ALIKE_LOOKS:])

        self.wait(is_still, what="the page to stand still")


def _places(window: QWidget) -> list[tuple[int, int, int, int]]:
    shown = [child for child in window.findChildren(QWidget) if child.isVisible()]
    return [(child.x(), child.y(), child.width(), child.height()) for child in shown]
