"""An on-screen keyboard: pinyin with candidates, radicals for the rare ones, Latin letters, digits. Learns nothing."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _, language
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets import radicals
from smart4s_kiosk.ui.widgets.key_rows import GRID_SIZE, KeyGrid, KeyRows, as_wide_as_its_share, keys_gap
from smart4s_kiosk.ui.widgets.pinyin_table import candidates, split
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SIGNS = ("1234567890", "@./:-_#+&%", "，。？！、；（）'\"")
SHOWN = 7
MOST_LETTERS = 24
MOST_LATIN = 40


class PinyinPad(QWidget):
    """Emits the text so far. Letters not yet turned into characters are shown apart and are not part of it.

    `mark` is the sign beside the space key: the dot within a name, or a comma. Without `capitals` a word begins as
    it is typed (addresses, codes). It begins with Latin letters for somebody who reads English, with digits
    and signs where `signs` are asked for.
    """

    typed = Signal(str)

    def __init__(
        self,
        look: Look,
        *,
        length: int = 8,
        text: str = "",
        surname: bool = True,
        key_height: int = 104,
        mark: str = "·",
        capitals: bool = True,
        latin: bool | None = None,
        signs: bool = False,
    ) -> None:
        super().__init__()
        self._length, self._text, self._surname = length, text, surname
        self._letters, self._capitals, self._shift = "", capitals, False
        self._latin = language() == "en" if latin is None else latin
        self._found: tuple[str, ...] = ()
        self._radical, self._asks = "", ""
        gap = keys_gap(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        self._spelt = Words("", "body", tone="accent", wraps=False)
        column.addWidget(self._spelt)
        self._choosing = self._candidate_row(look, key_height, gap)
        self._turning = self._page_row(key_height, gap)
        self._keys = self._letter_keys(look, key_height, mark)
        self._signs = KeyRows(look, SIGNS, key_height)
        self._signs.pressed.connect(self._write)
        self._grid = KeyGrid(look, key_height)
        self._grid.picked.connect(self._picked)
        for part in (self._choosing, self._turning, self._keys, self._signs, self._grid):
            column.addWidget(part)
        column.addLayout(self._last_row(key_height, gap))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._open(self._signs if signs else self._keys)

    # building

    def _candidate_row(self, look: Look, height: int, gap: int) -> QWidget:
        part = QWidget()
        row = self._choices_row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        self._choices: list[TouchButton] = []
        for place in range(SHOWN):
            key = TouchButton("", "key", style="heading", height=height).on_press(self._chooser(place))
            self._choices.append(key)
            row.addWidget(as_wide_as_its_share(key), 1)
        self._all = TouchButton("", "plain", icon="chevron_down", height=height).to_type_with().on_press(self._open_all)
        self._all.setAccessibleName(_("More characters"))
        self._all.setMinimumWidth(look.px(80 if look.density == "kiosk" else 48))
        row.addWidget(self._all)
        return part

    def _page_row(self, height: int, gap: int) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        row.addWidget(TouchButton(_("Letters"), "secondary", style="note", height=height).on_press(self._to_letters))
        self._narrow = TouchButton(_("By radical"), "secondary", style="note", height=height)
        row.addWidget(self._narrow.on_press(self._ask_radical))
        self._told = Words("", "note", tone="ink_2", wraps=False)
        row.addWidget(self._told, 1)
        self._earlier = TouchButton("", "plain", icon="chevron_left", height=height)
        self._earlier.to_type_with().on_press(lambda: self._turn(-1)).setAccessibleName(_("Earlier characters"))
        self._later = TouchButton("", "plain", icon="chevron_right", height=height)
        self._later.to_type_with().on_press(lambda: self._turn(1)).setAccessibleName(_("Next characters"))
        row.addWidget(self._earlier)
        row.addWidget(self._later)
        return part

    def _letter_keys(self, look: Look, height: int, mark: str) -> KeyRows:
        self._left = TouchButton("", "secondary", style="note", height=height).to_type_with().on_press(self._press_left)
        dot = (
            TouchButton(mark, "secondary", style="heading", height=height)
            .to_type_with()
            .on_press(lambda: self._write(mark))
        )
        dot.setAccessibleName(_("Dot within a name") if mark == "·" else mark)
        rows = KeyRows(look, LETTERS, height, (self._left, dot))
        rows.pressed.connect(self.add)
        return rows

    def _last_row(self, height: int, gap: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(gap)
        self._digits = (
            TouchButton("123", "secondary", style="note", height=height).to_type_with().on_press(self._swap_digits)
        )
        self._switch = TouchButton("ABC", "secondary", style="note", height=height).to_type_with().on_press(self._swap)
        space = TouchButton(_("Space"), "key", style="note", height=height).on_press(self._press_space)
        delete = TouchButton("", "secondary", icon="backspace", height=height).to_type_with().on_press(self.delete)
        delete.setAccessibleName(_("Delete the last sign"))
        for key, share in ((self._digits, 3), (self._switch, 3), (space, 9), (delete, 4)):
            row.addWidget(as_wide_as_its_share(key), share)
        return row

    def _chooser(self, place: int) -> Callable[[], None]:
        return lambda: self.choose(place)

    # typing

    @property
    def text(self) -> str:
        return self._text

    @property
    def found(self) -> tuple[str, ...]:
        """The candidates that can be pressed now."""
        return self._grid.shown if self._is_open(self._grid) else self._found[:SHOWN]

    def add(self, letter: str) -> None:
        """A letter key."""
        if self._latin:
            self._write(letter.upper() if self._writes_capital() else letter)
        elif len(self._letters) < MOST_LETTERS:
            self._letters += letter
            self._look_up()

    def choose(self, place: int) -> None:
        """The candidate at `place`; typing goes on with the letters that are left."""
        if place < len(self.found):
            self._take(self.found[place])

    def delete(self) -> None:
        if self._letters:
            self._letters = self._letters[:-1]
            self._look_up()
        else:
            self._set(self._text[:-1])
            self._show()

    def clear(self) -> None:
        self._letters = ""
        self._set("")
        self._look_up()

    def _take(self, chosen: str) -> None:
        rest = self._letters
        for _sign in chosen:
            _syllable, rest = split(rest)
        self._letters = rest
        self._set(self._text + chosen)
        self._look_up()

    def _write(self, sign: str) -> None:
        if not self._letters:
            self._shift = False
            self._set(self._text + sign)
            self._show()

    def _press_space(self) -> None:
        """In pinyin the first candidate, as on every keyboard."""
        if self._letters:
            self.choose(0)
        elif self._latin:
            self._write(" ")

    def _press_left(self) -> None:
        """Beside the letters: capitals, or the characters that nobody can spell."""
        if self._latin:
            self._shift = not self._shift
            self._show()
        else:
            self._ask_radical()

    def _writes_capital(self) -> bool:
        begins = self._capitals and (not self._text or self._text.endswith(" "))
        return begins != self._shift

    def _set(self, text: str) -> None:
        self._text = text[: max(self._length, MOST_LATIN) if self._latin else self._length]
        self.typed.emit(self._text)

    # characters

    def _look_up(self) -> None:
        first, rest = split(self._letters)
        is_surname = self._surname and not self._text
        whole = [name for name in candidates(self._letters, surname=is_surname) if len(name) > 1]
        signs = candidates(first, surname=is_surname)
        found = (*whole, *signs) if rest else (*signs[:SHOWN], *whole, *signs[SHOWN:])
        self._found = tuple(dict.fromkeys(found))
        self._open(self._keys)

    def _open_all(self) -> None:
        self._asks, self._radical = "", ""
        self._grid.show_words(self._found)
        self._open(self._grid)

    def _ask_radical(self) -> None:
        """Among the candidates, or among all characters when nothing was spelt."""
        self._asks, self._radical = "radical", ""
        self._grid.show_words(radicals.radicals_of(self._pool()))
        self._open(self._grid)

    def _pool(self) -> tuple[str, ...]:
        return tuple(sign for sign in self._found if len(sign) == 1)

    def _picked(self, word: str) -> None:
        if self._asks == "radical":
            self._radical = word
            signs = radicals.under(word, self._pool())
            strokes = radicals.strokes_under(word, self._pool())
            self._asks = "strokes" if len(signs) > GRID_SIZE and len(strokes) > 1 else ""
            self._grid.show_words(tuple(map(str, strokes)) if self._asks else signs)
            self._open(self._grid)
        elif self._asks == "strokes":
            self._asks = ""
            self._grid.show_words(radicals.under(self._radical, self._pool(), int(word)))
            self._open(self._grid)
        else:
            self._take(word)

    def _turn(self, pages: int) -> None:
        self._grid.turn_to(self._grid.page + pages)
        self._show()

    # what is open

    def _swap(self) -> None:
        self._latin = not self._latin
        self._letters, self._shift = "", False
        self._look_up()

    def _swap_digits(self) -> None:
        self._letters = ""
        is_open = self._is_open(self._signs)
        self._look_up()
        if not is_open:
            self._open(self._signs)

    def _to_letters(self) -> None:
        self._open(self._keys)

    def _is_open(self, part: QWidget) -> bool:
        return not part.isHidden()

    def _open(self, part: QWidget) -> None:
        for one in (self._keys, self._signs, self._grid):
            one.setVisible(one is part)
        self._choosing.setVisible(part is not self._grid)
        self._turning.setVisible(part is self._grid)
        self._show()

    def _show(self) -> None:
        self._spelt.set_text(self._letters or " ")
        self._show_choices()
        says = {"radical": _("Its radical"), "strokes": _("Strokes besides {radical}").format(radical=self._radical)}
        self._told.set_text(says.get(self._asks, self._radical))
        self._narrow.setVisible(self._asks == "" and not self._radical)
        self._earlier.setEnabled(self._grid.page > 0)
        self._later.setEnabled(self._grid.page + 1 < self._grid.pages)
        self._keys.show_capitals(self._latin and self._writes_capital())
        self._left.set_icon_name("arrow_up" if self._latin else "")
        self._left.set_word("" if self._latin else _("Radical"))
        self._left.setAccessibleName(_("Capital letter") if self._latin else _("By radical"))
        self._switch.set_word(_("Pinyin") if self._latin else "ABC")
        self._digits.set_word("abc" if self._is_open(self._signs) else "123")

    def _show_choices(self) -> None:
        for place, key in enumerate(self._choices):
            word = self._found[place] if place < len(self._found) else ""
            key.set_word(word)
            key.set_role("key" if word else "plain")
            key.setEnabled(bool(word))
            self._choices_row.setStretch(place, max(1, len(word)))
        self._all.setVisible(bool(self._letters))
        self._all.setEnabled(len(self._found) > SHOWN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = event.text()
        if len(sign) == 1 and sign.isascii() and sign.isalpha():
            self.add(sign.lower())
        elif event.key() == Qt.Key.Key_Backspace:
            self.delete()
        elif event.key() == Qt.Key.Key_Space:
            self._press_space()
        elif len(sign) == 1 and sign in "123456789" and self._letters:
            self.choose(int(sign) - 1)
        elif len(sign) == 1 and sign.isascii() and sign.isprintable():
            self._write(sign)
        else:
            super().keyPressEvent(event)
