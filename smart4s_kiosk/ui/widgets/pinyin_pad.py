"""An on-screen keyboard for names: pinyin with candidates, or Latin letters as they are. Learns nothing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.fonts import missing_characters
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.pinyin_table import candidates, split
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHOWN = 7
MOST_LETTERS = 24


class PinyinPad(QWidget):
    """Emits the text so far. Letters not yet turned into characters are shown apart and are not part of it."""

    typed = Signal(str)

    def __init__(
        self, look: Look, *, length: int = 8, text: str = "", surname: bool = True, key_height: int = 104
    ) -> None:
        super().__init__()
        self._length, self._text, self._surname = length, text, surname
        self._letters, self._page, self._latin = "", 0, False
        self._found: tuple[str, ...] = ()
        gap = look.px(10 if look.density == "kiosk" else 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        self._spelt = Words("", "body", tone="accent", wraps=False)
        column.addWidget(self._spelt)
        column.addLayout(self._candidate_row(look, key_height, gap))
        for number, letters in enumerate(ROWS):
            column.addLayout(self._letter_row(letters, number, key_height, gap))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show()

    def _candidate_row(self, look: Look, key_height: int, gap: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(gap)
        self._earlier = TouchButton("", "plain", icon="chevron_left", height=key_height).on_press(self._page_back)
        self._earlier.setAccessibleName(_("Earlier characters"))
        row.addWidget(self._earlier)
        self._choices: list[TouchButton] = []
        for place in range(SHOWN):
            key = TouchButton("", "key", style="heading", height=key_height).on_press(self._chooser(place))
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            key.setMinimumWidth(look.px(80 if look.density == "kiosk" else 48))
            self._choices.append(key)
            row.addWidget(key, 1)
        self._more = TouchButton("", "plain", icon="chevron_right", height=key_height).on_press(self._page_on)
        self._more.setAccessibleName(_("More characters"))
        row.addWidget(self._more)
        return row

    def _letter_row(self, letters: str, number: int, key_height: int, gap: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(gap)
        if number == 1:
            row.addStretch(1)
        if number == 2:
            self._switch = TouchButton("ABC", "secondary", style="note", height=key_height).on_press(self._swap)
            row.addWidget(self._switch, 3)
        for letter in letters:
            key = TouchButton(letter, "key", style="heading", height=key_height).on_press(self._adder(letter))
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(key, 2)
        if number == 1:
            row.addStretch(1)
        if number == 2:
            delete = TouchButton("", "secondary", icon="backspace", height=key_height).on_press(self.delete)
            delete.setAccessibleName(_("Delete the last sign"))
            delete.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(delete, 3)
        return row

    def _adder(self, letter: str) -> Callable[[], None]:
        return lambda: self.add(letter)

    def _chooser(self, place: int) -> Callable[[], None]:
        return lambda: self.choose(place)

    # typing

    @property
    def text(self) -> str:
        return self._text

    @property
    def found(self) -> tuple[str, ...]:
        """The candidates on the present page."""
        start = self._page * SHOWN
        return self._found[start : start + SHOWN]

    def add(self, letter: str) -> None:
        """A letter key."""
        if self._latin:
            shown = letter.upper() if not self._text or self._text.endswith(" ") else letter
            self._set(self._text + shown)
        elif len(self._letters) < MOST_LETTERS:
            self._letters += letter
            self._look_up()

    def choose(self, place: int) -> None:
        """The candidate at `place`; typing goes on with the letters that are left."""
        if place >= len(self.found):
            return
        chosen = self.found[place]
        rest = self._letters
        for _sign in chosen:
            _syllable, rest = split(rest)
        self._letters = rest
        self._set(self._text + chosen)
        self._look_up()

    def delete(self) -> None:
        if self._letters:
            self._letters = self._letters[:-1]
            self._look_up()
        else:
            self._set(self._text[:-1])

    def clear(self) -> None:
        self._letters = ""
        self._set("")
        self._look_up()

    def _set(self, text: str) -> None:
        self._text = text[: self._length if not self._latin else 40]
        self.typed.emit(self._text)

    def _look_up(self) -> None:
        self._page = 0
        first, rest = split(self._letters)
        is_surname = self._surname and not self._text
        whole = [name for name in candidates(self._letters, surname=is_surname) if len(name) > 1]
        signs = candidates(first, surname=is_surname)
        found = (*whole, *signs) if rest else (*signs[:SHOWN], *whole, *signs[SHOWN:])
        self._found = tuple(dict.fromkeys(found))
        self._show()

    def _swap(self) -> None:
        self._latin = not self._latin
        self._letters = ""
        self._switch.set_word(_("Pinyin") if self._latin else "ABC")
        self._look_up()

    def _page_on(self) -> None:
        if (self._page + 1) * SHOWN < len(self._found):
            self._page += 1
            self._show()

    def _page_back(self) -> None:
        if self._page:
            self._page -= 1
            self._show()

    def _show(self) -> None:
        self._spelt.set_text(self._letters or " ")
        # A character that no bundled font draws would be an empty key.
        drawable = tuple(name for name in self._found if not missing_characters(name))
        self._found = drawable
        for place, key in enumerate(self._choices):
            word = self.found[place] if place < len(self.found) else ""
            key.set_word(word)
            key.set_role("key" if word else "plain")
            key.set_style("heading" if len(word) < 2 else "caption")
            key.setEnabled(bool(word))
        self._earlier.setEnabled(self._page > 0)
        self._more.setEnabled((self._page + 1) * SHOWN < len(self._found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        if len(letter) == 1 and "a" <= letter <= "z":
            self.add(letter)
        elif event.key() == Qt.Key.Key_Backspace:
            self.delete()
        elif letter.isdigit() and letter != "0":
            self.choose(int(letter) - 1)
        else:
            super().keyPressEvent(event)
