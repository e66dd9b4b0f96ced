"""A guest pressed the bell, or would like a drink: a bar for each that stays until somebody takes it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.board_views import Board, VisitCard
from smart4s_kiosk.services.check_in_choices import Drink
from smart4s_kiosk.ui.reception.board_words import card_name
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar

CALLS, DRINKS = "calls", "drinks"
MOST = 3
"""More bars would push the board off the screen; the oldest gives way."""
NAMES = {Drink.WATER: N_("Water"), Drink.COFFEE: N_("Americano"), Drink.TEA: N_("Black tea")}


class Calls(QWidget):
    """Newest at the bottom. The same wish twice is one bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bars: dict[str, NoticeBar] = {}
        self._unnamed: dict[str, Announcement] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    @property
    def said(self) -> tuple[str, ...]:
        """What the bars say now."""
        return tuple(bar.accessibleName() for bar in self._bars.values())

    def add(self, announcement: Announcement, board: Board | None) -> str:
        """Show one; answers with its words, for the window's title."""
        is_bell = announcement.concept == CALLS
        if is_bell:
            key, words, done = announcement.subject_id, _bell_words(announcement.subject_id), _("On my way")
        else:
            key, _colon, drink = announcement.subject_id.partition(":")
            words, done = _drink_words(key, drink, board), _("Brought")
        self._drop(f"{announcement.concept}:{key}")
        if not is_bell and _card(key, board) is None:
            self._unnamed[f"{announcement.concept}:{key}"] = announcement
        while len(self._bars) >= MOST:
            self._drop(next(iter(self._bars)))
        bar = NoticeBar(self._look, words, kind="warn" if is_bell else "quiet", beside=True, action=f"{done} (F9)")
        self._bars[f"{announcement.concept}:{key}"] = bar
        self._column.addWidget(bar)
        if bar.button is not None:
            bar.button.on_press(lambda: self._drop(f"{announcement.concept}:{key}"))
        self.show()
        return words

    def take_newest(self) -> None:
        """F9: the newest bar is taken."""
        if self._bars:
            self._drop(next(reversed(self._bars)))

    def know(self, board: Board) -> None:
        """The newest board: a wish that came before its visit was on it now says whose it is."""
        for wish in list(self._unnamed.values()):
            if _card(wish.subject_id.partition(":")[0], board) is not None:
                self.add(wish, board)

    def _drop(self, key: str) -> None:
        self._unnamed.pop(key, None)
        bar = self._bars.pop(key, None)
        if bar is not None:
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))


def _bell_words(place: str) -> str:
    if not place:
        return _("A guest at the kiosk asks for somebody")
    return _("A guest at {place} asks for somebody").format(place=place)


def _card(visit_id: str, board: Board | None) -> VisitCard | None:
    cards = (*board.waiting, *board.serving) if board is not None else ()
    return next((card for card in cards if card.visit_id == visit_id), None)


def _drink_words(visit_id: str, drink: str, board: Board | None) -> str:
    card = _card(visit_id, board)
    what = _(NAMES[Drink(drink)]) if drink in set(Drink) else drink
    if card is None:
        return what
    where = f"{card_name(card)}·{card.place}" if card.place else card_name(card)
    return _("{drink} for {who}").format(drink=what, who=where)
