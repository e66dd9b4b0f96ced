"""现场: the live board. Renders the newest `Board`; timers run here without asking the database."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smart4s_kiosk.domain.ids import AgreementId, VisitId
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.board_views import Board, DriveCard, VisitCard
from smart4s_kiosk.services.devices import DeviceLine, TerminalLine
from smart4s_kiosk.ui.reception.board_words import card_name, left_line
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.figures import FiguresRow
from smart4s_kiosk.ui.reception.key_button import KeyButton
from smart4s_kiosk.ui.reception.rows import Row, Rows
from smart4s_kiosk.ui.reception.search_box import SearchBox
from smart4s_kiosk.ui.reception.side_column import SideColumn
from smart4s_kiosk.ui.reception.tiles import DriveTile, GapTile, VisitTile
from smart4s_kiosk.ui.widgets.finger_scroll import scroll_by_finger
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock

NARROW = 1480
MOST_TILES = 40
GAP = 12


class BoardColumn(QWidget):
    """A heading that stays and cards that scroll."""

    def __init__(self, title: str, remark: str = "") -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.setSpacing(8)
        head.addWidget(Words(title, "heading", wraps=False))
        self.count = Words("0", "body_l", tone="ink_2", wraps=False)
        head.addWidget(self.count)
        head.addStretch(1)
        self.remark = Words(remark, "caption", tone="ink_2", wraps=False)
        head.addWidget(self.remark)
        outer.addLayout(head)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area = area
        inner = QWidget()
        self.cards = QVBoxLayout(inner)
        self.cards.setContentsMargins(4, 4, 4, 4)
        self.cards.setSpacing(GAP)
        self.cards.addStretch(1)
        area.setWidget(inner)
        scroll_by_finger(area)
        outer.addWidget(area, 1)

    def place(self, tiles: Sequence[QWidget]) -> None:
        """These cards in this order, above whatever stands at the end. One that moves here keeps the keyboard."""
        for number, tile in enumerate(tiles):
            if self.cards.indexOf(tile) != number:
                had_focus = tile.hasFocus()
                self.cards.insertWidget(number, tile)
                tile.show()
                if had_focus:
                    tile.setFocus(Qt.FocusReason.OtherFocusReason)


class LivePage(QWidget):
    """Columns of cards. What people ask for leaves as signals; the window opens the dialogs."""

    check_in_asked = Signal()
    greeting_asked = Signal()
    colleague_met = Signal()
    call_asked = Signal(object)
    card_opened = Signal(object)
    act_asked = Signal(object, object)
    guest_picked = Signal(object)
    found_picked = Signal(object)

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._visits: dict[VisitId, VisitTile] = {}
        self._drives: dict[AgreementId, DriveTile] = {}
        self._left: tuple[VisitCard, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addLayout(self._make_head())
        column.addLayout(self._make_columns(), 1)

    def _make_head(self) -> QBoxLayout:
        """Figures, search, check-in; on an upright screen the figures have a line of their own."""
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(12)
        self.figures = FiguresRow()
        head.addWidget(self.figures, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.search = SearchBox(self._console)
        self.search.picked.connect(self.found_picked)
        row.addWidget(self.search, 1)
        self.check_in = KeyButton(_("Quick check-in"), "primary", key="F1", icon="plus", height=40)
        self.check_in.on_press(self.check_in_asked.emit)
        row.addWidget(self.check_in, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(row)
        return head

    def _make_columns(self) -> QBoxLayout:
        """Board and side column; on an upright screen the side column stands below, its cards side by side."""
        whole = self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row = QHBoxLayout()
        for line in (whole, row):
            line.setSpacing(GAP)
        self.waiting = BoardColumn(_("Waiting"))
        self.serving = BoardColumn(_("With a consultant"))
        self.away = BoardColumn(_("On a drive"))
        self.gap = GapTile()
        self.gap.hide()
        self.gap.check_in_asked.connect(self.check_in_asked)
        self.gap.greeting_asked.connect(self.greeting_asked)
        self.gap.colleague_met.connect(self.colleague_met)
        self.waiting.cards.insertWidget(0, self.gap)
        self.nobody = self._say_when_empty(self.waiting, _("Nobody is waiting"))
        self.nobody_served = self._say_when_empty(self.serving, _("Nobody is being served"))
        self.none_away = self._say_when_empty(self.away, _("No test car is out"))
        self._make_left()
        self.side = SideColumn()
        self.side.guest_picked.connect(self.guest_picked)
        self._side_area = QScrollArea()
        self._side_area.setWidgetResizable(True)
        self._side_area.setFrameShape(QFrame.Shape.NoFrame)
        self._side_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side_area.setWidget(self.side)
        scroll_by_finger(self._side_area)
        for part in (self.waiting, self.serving, self.away):
            row.addWidget(part, 1)
        whole.addLayout(row, 3)
        whole.addWidget(self._side_area, 1)
        return whole

    @staticmethod
    def _say_when_empty(column: BoardColumn, words: str) -> Words:
        said = Words(words, "body", tone="ink_2")
        column.cards.insertWidget(0, said)
        return said

    def _make_left(self) -> None:
        self.left_head = Words(_("Just left"), "heading", wraps=False)
        self.left_rows = Rows(choosable=True, pad=4)
        self.left_rows.picked.connect(lambda index: self.card_opened.emit(self._left[index]))
        self.away.cards.insertWidget(1, self.left_head)
        self.away.cards.insertWidget(2, self.left_rows)

    # showing

    def show_board(self, board: Board) -> None:
        """The newest moment; cards that stay keep their place and focus."""
        now = self._console.clock.now()
        self.figures.show_figures(board.figures, now)
        known = {c.visit_id for c in (*board.waiting, *board.serving)}
        for gone in [visit_id for visit_id in self._visits if visit_id not in known]:
            self._visits.pop(gone).deleteLater()
        self.waiting.place([self._tile(c, board) for c in board.waiting[:MOST_TILES]])
        self.serving.place([self._tile(c, board) for c in board.serving[:MOST_TILES]])
        self._show_drives(board)
        self._show_left(board)
        self.gap.show_count(board.figures.entered_unmet, rings=board.unmet_alarm is not None and board.is_open)
        self.nobody.setVisible(not board.waiting)
        self.nobody_served.setVisible(not board.serving)
        self.none_away.setVisible(not board.driving)
        self.waiting.count.set_text(str(len(board.waiting)))
        self.serving.count.set_text(str(len(board.serving)))
        self.away.count.set_text(str(len(board.driving)))
        said = _("amber at {warn} s, alarm at {alarm} s")
        self.waiting.remark.set_text(said.format(warn=board.ask_after_s, alarm=board.alarm_after_s))
        self.side.show_board(board, now)
        self.tick(now)

    def _tile(self, card: VisitCard, board: Board) -> VisitTile:
        tile = self._visits.get(card.visit_id)
        if tile is None:
            tile = VisitTile(card, warn_s=board.ask_after_s, alarm_s=board.alarm_after_s)
            tile.opened.connect(lambda: self._opened(card.visit_id))
            tile.acted.connect(lambda act: self._acted(card.visit_id, act))
            self._visits[card.visit_id] = tile
        elif tile.card != card:
            tile.show_card(card)
        tile.portrait = self._console.portrait(card.consultant)
        return tile

    def _opened(self, visit_id: VisitId) -> None:
        self.card_opened.emit(self._visits[visit_id].card)

    def _acted(self, visit_id: VisitId, act: object) -> None:
        self.act_asked.emit(act, self._visits[visit_id].card)

    def _show_drives(self, board: Board) -> None:
        known = {c.agreement_id for c in board.driving}
        for gone in [one for one in self._drives if one not in known]:
            self._drives.pop(gone).deleteLater()
        self.away.place([self._drive(card) for card in board.driving])

    def _drive(self, card: DriveCard) -> DriveTile:
        tile = self._drives.get(card.agreement_id)
        if tile is None:
            tile = self._drives[card.agreement_id] = DriveTile(card)
            tile.called.connect(lambda: self.call_asked.emit(self._drives[card.agreement_id].card))
        tile.show_card(card)
        tile.portrait = self._console.portrait(card.consultant)
        return tile

    def _show_left(self, board: Board) -> None:
        self._left = board.left
        self.left_head.set_text(_("Just left · {n}").format(n=board.left_count))
        rows = [Row(card_name(c), detail=left_line(c), right=clock(c.since)) for c in board.left]
        self.left_rows.show_rows(rows)
        self.left_head.setVisible(bool(rows))

    def show_devices(self, lines: Sequence[DeviceLine], terminals: Sequence[TerminalLine] = ()) -> None:
        """Of this terminal, and of all."""
        self.side.show_devices(lines, terminals)

    def tick(self, now: datetime) -> None:
        """One second later: timers only."""
        for tile in self._visits.values():
            tile.tick(now)
        for drive in self._drives.values():
            drive.tick(now)
        self.figures.tick(now)

    # choosing by keyboard

    def chosen(self) -> VisitCard | None:
        """The card that a key acts on: the focused one, else the alarmed one, else the longest wait."""
        focused: QWidget | None = self.focusWidget()
        while focused is not None and focused is not self:
            if isinstance(focused, VisitTile):
                return focused.card
            if focused is self.left_rows and 0 <= self.left_rows.current < len(self._left):
                return self._left[self.left_rows.current]
            focused = focused.parentWidget()
        board = self._console.board
        if board is None:
            return None
        waiting = [c for c in board.waiting if c.state is not VisitState.IDENTIFYING]
        return board.alarmed or next(iter(waiting), None)

    def tile_of(self, visit_id: VisitId) -> VisitTile | None:
        """The card of a visit, when it is on the board."""
        return self._visits.get(visit_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_upright = self.height() > self.width()
        ways = QBoxLayout.Direction
        for line in (self._parts, self._head):
            line.setDirection(ways.TopToBottom if is_upright else ways.LeftToRight)
        self.search.grow(is_upright)
        self._parts.setStretch(0, 2 if is_upright else 3)
        self.side.lie(flat=is_upright)
        self._side_area.setVisible(is_upright or self.width() >= NARROW - 208)
