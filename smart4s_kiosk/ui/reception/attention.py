"""Calls people to the screen: a tone for an arrival, a louder one for an alarm, the title flashing meanwhile."""

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.visits import Alarm, VisitState
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.board_views import Board, DriveCard
from smart4s_kiosk.ui.reception.board_words import alarm_words, card_name, drive_left
from smart4s_kiosk.ui.reception.sounds import Sounds

FLASH_MS = 900
GLANCES = 6
"""So often the title of the window in front changes for an arrival; behind other windows it goes on until seen."""
LATE_DRIVE = timedelta(minutes=15)
"""A test car that is out so long over its time rings once (product.md)."""
NOT_YET_HERE = frozenset({VisitState.IDENTIFYING, VisitState.PURPOSE})


class Attention(QObject):
    """Compares each board with the one before. Asleep in closed hours; `is_muted` silences, never hides."""

    def __init__(self, window: QWidget, sounds: Sounds, title: str) -> None:
        super().__init__(window)
        self._window, self._sounds, self._title = window, sounds, title
        self._known: frozenset[VisitId] | None = None
        self._alarms: frozenset[tuple[str, str]] = frozenset()
        self._call = ""
        self._turns_left = 0
        self.is_muted = False
        self._flash = QTimer(self)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._turn)

    def observe(self, board: Board, *, names: bool = True) -> None:
        """The newest moment. Without `names` (nobody is signed in) the title says that somebody waits, not who."""
        here = frozenset(c.visit_id for c in (*board.waiting, *board.serving) if c.state not in NOT_YET_HERE)
        alarms = _alarms_on(board)
        arrived, raised = here - (self._known if self._known is not None else here), alarms - self._alarms
        self._known, self._alarms = here, alarms
        if not board.is_open:
            self.rest()
            return
        volume = 0 if self.is_muted else board.volume
        if raised:
            self._sounds.alarm(volume)
        elif arrived:
            self._sounds.arrival(volume)
        if arrived and not alarms:
            self._turns_left = GLANCES
        words = _alarm_in_words(board) if alarms else _arrival_in_words(board, arrived)
        if words:
            self._call_with(words if names else _("A guest is waiting"), board)
        elif self._call and self._window.isActiveWindow() and self._turns_left <= 0:
            self.rest()

    def call(self, words: str, *, is_loud: bool, board: Board | None) -> None:
        """A guest calls: a bell as loud as an alarm, a wish like an arrival. Rings in closed hours too."""
        volume = 0 if self.is_muted or board is None else board.volume
        (self._sounds.alarm if is_loud else self._sounds.arrival)(volume)
        if not self._window.isActiveWindow():
            self._call_with(words, board)

    def _call_with(self, words: str, _board: Board | None) -> None:
        if words != self._call:
            self._call = words
            QApplication.alert(self._window)
            if self._flash.isActive():
                self._window.setWindowTitle(f"● {words}")
        if not self._flash.isActive():
            self._flash.start()
            self._turn()

    def _turn(self) -> None:
        if not self._alarms and self._window.isActiveWindow():
            self._turns_left -= 1
            if self._turns_left < 0:
                self.rest()
                return
        shown = self._window.windowTitle()
        calling = f"● {self._call}"
        self._window.setWindowTitle(self._title if shown == calling else calling)

    def seen(self) -> None:
        """Somebody looks at the window: an arrival's flashing ends, an alarm's goes on."""
        if not self._alarms:
            self.rest()

    def rest(self) -> None:
        """Nothing calls."""
        self._call, self._turns_left = "", 0
        self._flash.stop()
        self._window.setWindowTitle(self._title)


def _alarms_on(board: Board) -> frozenset[tuple[str, str]]:
    """What rings now, each alarm once: visits by their level, unmet groups by their number of the day."""
    visits = {(str(c.visit_id), c.alarm.value) for c in board.waiting if c.alarm is not Alarm.NONE}
    groups = {("unmet", str(board.unmet_alarm.number))} if board.unmet_alarm is not None else set()
    return frozenset(visits | groups | {("drive", str(card.agreement_id)) for card in late_drives(board)})


def _alarm_in_words(board: Board) -> str:
    """The one that matters most: a guest who waits, a group that nobody met, a test car that is late."""
    if board.alarmed is not None:
        return alarm_words(board.alarmed, (board.now - board.alarmed.since).total_seconds())
    if board.unmet_alarm is not None:
        return _("{n} came in and nobody has met them").format(n=board.figures.entered_unmet or 0)
    late = late_drives(board)
    return _("{car} is {left}").format(car=late[0].model, left=drive_left(late[0], board.now)[0]) if late else ""


def _arrival_in_words(board: Board, arrived: frozenset[VisitId]) -> str:
    return next((card_name(c) for c in (*board.waiting, *board.serving) if c.visit_id in arrived), "")


def late_drives(board: Board) -> tuple[DriveCard, ...]:
    """Test cars that should have been back for a quarter of an hour, longest first."""
    return tuple(card for card in board.driving if board.now - card.due_at >= LATE_DRIVE)
