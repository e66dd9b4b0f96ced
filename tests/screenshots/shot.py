"""One page in one state: how to make it, at which sizes, and which of its pictures are kept as golden.

Another surface registers its pages in `tests/screenshots/<surface>_pages.py`, one line a state:
    SHOTS = [Shot("tablet", "today", make_today, sizes=(TABLET,), golden=("zh_CN",))]
`make(size, language)` returns the finished window, shown at that size. `done` undoes what it started.
`dark` makes the same page in the dark theme: its contrast is checked once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

PORTRAIT, LANDSCAPE, SMALL = (1080, 1920), (1920, 1080), (1280, 800)
TABLET, DESK = (1280, 800), (1920, 1080)
LANGUAGES = ("zh_CN", "en")
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shot:
    """A registered page and state."""

    surface: str
    name: str
    make: Callable[[Size, str], QWidget]
    sizes: tuple[Size, ...] = (PORTRAIT, LANDSCAPE, SMALL)
    golden: tuple[tuple[Size, str], ...] = ()
    done: Callable[[QWidget], object] = QWidget.close
    dark: Callable[[Size, str], QWidget] | None = None

    @property
    def id(self) -> str:
        return f"{self.surface}-{self.name}"
