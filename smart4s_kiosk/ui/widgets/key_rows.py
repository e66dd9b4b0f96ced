"""Rows of keys: letters and signs of an on-screen keyboard, or a page of characters to choose from."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

GRID_ROWS, GRID_COLUMNS = 3, 10
GRID_SIZE = GRID_ROWS * GRID_COLUMNS


def keys_gap(look: Look) -> int:
    """Between two keys of a keyboard."""
    return look.px(10 if look.density == "kiosk" else 6)


def as_wide_as_its_share(key: TouchButton) -> TouchButton:
    """A key that takes its stretch of the row, whatever is written on it."""
    key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return key


class KeyRows(QWidget):
    """One key a sign; a shorter row stands in the middle. `ends` stand left and right of the last row."""

    pressed = Signal(str)

    def __init__(
        self, look: Look, rows: Sequence[str], height: int, ends: tuple[TouchButton, TouchButton] | None = None
    ) -> None:
        super().__init__()
        gap = keys_gap(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        self._keys: list[tuple[str, TouchButton]] = []
        longest = max(map(len, rows))
        for number, signs in enumerate(rows):
            row = QHBoxLayout()
            row.setSpacing(gap)
            is_last = ends is not None and number == len(rows) - 1
            spare = longest - len(signs)
            if is_last and ends is not None:
                row.addWidget(as_wide_as_its_share(ends[0]), spare)
            elif spare:
                row.addStretch(spare)
            for sign in signs:
                key = TouchButton(sign, "key", style="heading", height=height).on_press(self._presser(sign))
                self._keys.append((sign, key))
                row.addWidget(as_wide_as_its_share(key), 2)
            if is_last and ends is not None:
                row.addWidget(as_wide_as_its_share(ends[1]), spare)
            elif spare:
                row.addStretch(spare)
            column.addLayout(row)

    def _presser(self, sign: str) -> Callable[[], None]:
        return lambda: self.pressed.emit(sign)

    def show_capitals(self, capitals: bool) -> None:
        """What the letter keys will write."""
        for sign, key in self._keys:
            key.set_word(sign.upper() if capitals else sign)


class KeyGrid(QWidget):
    """Thirty keys that say what they are told to; empty ones are not there to press."""

    picked = Signal(str)

    def __init__(self, look: Look, height: int) -> None:
        super().__init__()
        gap = keys_gap(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        self._words: tuple[str, ...] = ()
        self._page = 0
        self._keys: list[TouchButton] = []
        for _row in range(GRID_ROWS):
            row = QHBoxLayout()
            row.setSpacing(gap)
            for _column in range(GRID_COLUMNS):
                key = TouchButton("", "key", style="heading", height=height).on_press(self._picker(len(self._keys)))
                self._keys.append(key)
                row.addWidget(as_wide_as_its_share(key), 1)
            column.addLayout(row)

    @property
    def shown(self) -> tuple[str, ...]:
        """What stands on the present page."""
        return self._words[self._page * GRID_SIZE : (self._page + 1) * GRID_SIZE]

    @property
    def page(self) -> int:
        return self._page

    @property
    def pages(self) -> int:
        return max(1, -(-len(self._words) // GRID_SIZE))

    def show_words(self, words: Sequence[str]) -> None:
        """From the first page on."""
        self._words = tuple(words)
        self.turn_to(0)

    def turn_to(self, page: int) -> None:
        """Another page, as far as there is one."""
        self._page = max(0, min(page, self.pages - 1))
        shown = self.shown
        for place, key in enumerate(self._keys):
            word = shown[place] if place < len(shown) else ""
            key.set_word(word)
            key.set_role("key" if word else "plain")
            key.set_style("heading" if len(word) < 2 or word.isdigit() else "note")
            key.setEnabled(bool(word))

    def _picker(self, place: int) -> Callable[[], None]:
        def pick() -> None:
            if place < len(self.shown):
                self.picked.emit(self.shown[place])

        return pick
