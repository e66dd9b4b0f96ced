"""A guest pressed the bell, or would like a drink: a bar for each that stays until somebody takes it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.board_views import Board, DrinkLine
from smart4s_kiosk.ui.reception.board_words import card_name
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar

CALLS, DRINKS = "calls", "drinks"
MOST = 3
"""More bars would push the board off the screen. A bell goes before a drink; the rest follows when one is taken."""
NAMES = {Drink.WATER: N_("Water"), Drink.COFFEE: N_("Americano"), Drink.TEA: N_("Black tea")}


class Calls(QWidget):
    """Bells come by announcement; drinks stand on the board, so they outlast this screen. The same twice is one bar."""

    brought = Signal(object)
    """The `DrinkLine` that somebody takes to its guest."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bars: dict[str, NoticeBar] = {}
        self._wishes: dict[str, DrinkLine] = {}
        self._is_new = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    @property
    def said(self) -> tuple[str, ...]:
        """What the bars say now."""
        return tuple(bar.accessibleName() for bar in self._bars.values())

    def ring(self, announcement: Announcement) -> str:
        """A bell; answers with its words, for the window's title."""
        key, words = f"{CALLS}:{announcement.subject_id}", _bell_words(announcement.subject_id)
        self._drop(key)
        while len(self._bars) >= MOST:
            drinks = [shown for shown in self._bars if shown in self._wishes]
            self._drop(drinks[-1] if drinks else next(iter(self._bars)))
        self._show(key, words, _("On my way"), kind="warn")
        return words

    def know(self, board: Board) -> tuple[str, ...]:
        """The newest board: answers with the words of wishes that are new since the one before."""
        before, self._wishes = self._wishes, {_key(one): one for one in board.drinks}
        for key in [shown for shown in self._bars if shown in before and shown not in self._wishes]:
            self._drop(key)
        for key, wish in self._wishes.items():
            if key in self._bars and self._bars[key].accessibleName() != _drink_words(wish):
                self._drop(key)  # meanwhile we know who it is
        self._fill()
        fresh = () if self._is_new else tuple(_drink_words(w) for key, w in self._wishes.items() if key not in before)
        self._is_new = False
        return fresh

    def take_newest(self) -> None:
        """F9: the newest bar is taken."""
        if self._bars:
            self._take(next(reversed(self._bars)))

    def _take(self, key: str) -> None:
        if key in self._wishes:
            self.brought.emit(self._wishes[key])  # its bar goes when the board says so
        else:
            self._drop(key)
            self._fill()

    def _fill(self) -> None:
        """Wishes that have no bar yet, oldest first, as far as there is room."""
        for key, wish in self._wishes.items():
            if key not in self._bars and len(self._bars) < MOST:
                self._show(key, _drink_words(wish), _("Brought"), kind="quiet")

    def _show(self, key: str, words: str, done: str, *, kind: str) -> None:
        bar = NoticeBar(self._look, words, kind=kind, beside=True, action=f"{done} (F9)")
        self._bars[key] = bar
        self._column.addWidget(bar)
        if bar.button is not None:
            bar.button.on_press(partial(self._take, key))
        self.show()

    def _drop(self, key: str) -> None:
        bar = self._bars.pop(key, None)
        if bar is not None:
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))


def _key(wish: DrinkLine) -> str:
    return f"{DRINKS}:{wish.visit_id}:{wish.drink}"


def _bell_words(place: str) -> str:
    if not place:
        return _("A guest at the kiosk asks for somebody")
    return _("A guest at {place} asks for somebody").format(place=place)


def _drink_words(wish: DrinkLine) -> str:
    card = wish.card
    where = f"{card_name(card)}·{card.place}" if card.place else card_name(card)
    return _("{drink} for {who}").format(drink=_(NAMES[wish.drink]), who=where)
