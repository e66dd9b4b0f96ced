"""The signed-in console: navigation, alarm strip, notices and the pages; reads the board, keeps timers running."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.board_views import Board, DeskAct, DrinkLine, VisitCard
from smart4s_kiosk.services.devices import Condition, TerminalLine
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.reception.attention import Attention
from smart4s_kiosk.ui.reception.calls import CALLS, DRINKS, Calls
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.figures import AlarmStrip
from smart4s_kiosk.ui.reception.live_page import LivePage
from smart4s_kiosk.ui.reception.navigation import PAGES, Navigation
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.pages import PAGE_MAKERS
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.wording import clock

TICK_MS = 1000
READ_EVERY_S = 30
DEVICES_EVERY_S = 5
NARROW = 1480
BOARD_CONCEPTS = frozenset(
    {"visits", "appointments", "keys", "agreements", "business_settings", "foot_traffic", "alarms", DRINKS, ""}
)
CARD_KEYS: dict[str, tuple[DeskAct, ...]] = {
    "F2": (DeskAct.RECEIVE,),
    "F3": (DeskAct.ASSIGN, DeskAct.HAND_OVER),
    "F4": (DeskAct.SERVE,),
    "F6": (DeskAct.LINK,),
    "F7": (DeskAct.MERGE, DeskAct.UNMERGE),
    "F8": (DeskAct.CLOSE,),
}
"""On the board these act on the focused card, else on the alarmed one, else on the longest wait."""


class Shell(QWidget):
    """`left` asks to sign out."""

    left = Signal()

    def __init__(self, console: Console, announcements: Announcements, attention: Attention) -> None:
        super().__init__()
        self._console, self._attention = console, attention
        self.acts = DeskActs(console, self)
        self._ticks = 0
        self._terminals: tuple[TerminalLine, ...] = ()
        self._pages: dict[str, ConsolePage] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.navigation = Navigation(console.look, console.me)
        row.addWidget(self.navigation)
        row.addLayout(self._make_content(), 1)
        self._connect()
        self._keys = self._make_keys()
        announcements.listen(self, (), self._hear)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.open_page("live")
        self.read_board()
        self.read_terminals()
        self.tick()

    def _make_content(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        look = self._console.look
        self.strip = AlarmStrip()
        column.addWidget(self.strip)
        self.calls = Calls(look)
        column.addWidget(self.calls)
        self.offline = NoticeBar(
            look,
            _("The network is away; reception goes on as usual"),
            _("WeCom messages wait and follow later; tablets and this desk work"),
            icon="cloud_off",
            beside=True,
        )
        self.closed = NoticeBar(
            look, _("The showroom is closed"), _("Alarms are asleep until opening time"), icon="moon", beside=True
        )
        for bar in (self.offline, self.closed):
            bar.hide()
            column.addWidget(bar)
        self.stack = QStackedWidget()
        self.live = LivePage(self._console)
        self.stack.addWidget(self.live)
        column.addWidget(self.stack, 1)
        return column

    def _connect(self) -> None:
        acts, live = self.acts, self.live
        self.navigation.chosen.connect(self.open_page)
        self.navigation.mute_asked.connect(self.mute)
        self.navigation.left.connect(self.left)
        live.check_in_asked.connect(acts.check_in)
        live.greeting_asked.connect(acts.greet)
        live.colleague_met.connect(acts.met_colleague)
        live.call_asked.connect(acts.call)
        live.card_opened.connect(acts.open)
        live.act_asked.connect(acts.do)
        live.guest_picked.connect(acts.arrive)
        live.found_picked.connect(acts.open_found)
        self.calls.brought.connect(self._bring)
        self.strip.receive_asked.connect(self._go_to_alarm)
        self.strip.assign_asked.connect(lambda: self._on_alarmed(acts.assign))

    def _go_to_alarm(self) -> None:
        """The strip's main button: to the visit that it names, or somebody to the group that nobody met."""
        if self.strip.people:
            self.acts.greet()
        else:
            self._on_alarmed(self.acts.receive)

    def _on_alarmed(self, act: Callable[[VisitCard], None]) -> None:
        if self.strip.card is not None:
            act(self.strip.card)

    # keys

    def _make_keys(self) -> dict[str, Callable[[], object]]:
        keys: dict[str, Callable[[], object]] = {
            "F1": self.acts.check_in,
            "F9": self.calls.take_newest,
            "F10": self.mute,
            "F12": self.left.emit,
            "/": self._search,
        }
        for number, (name, _word, _icon) in enumerate(PAGES, 1):
            keys[f"Ctrl+{number}"] = partial(self.open_page, name)
        for key, wanted in CARD_KEYS.items():
            keys[key] = partial(self._on_card, wanted)
        return keys

    def _on_card(self, wanted: tuple[DeskAct, ...]) -> None:
        """On the board the chosen card; on other pages only the one that the strip names."""
        is_live = self.stack.currentWidget() is self.live
        card = self.live.chosen() if is_live else self.strip.card
        if card is None and self.strip.people and DeskAct.RECEIVE in wanted:
            self.acts.greet()
        self.acts.first_of(wanted, card)

    def handle_key(self, event: QKeyEvent) -> bool:
        """What no widget wanted arrives here; while a question is open its own keys count."""
        act = self._keys.get(QKeySequence(event.keyCombination()).toString())
        if act is None or any(d.isVisible() for d in self._console.host.findChildren(Dialog)):
            return False
        act()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.handle_key(event):
            super().keyPressEvent(event)

    def _search(self) -> None:
        self.open_page("live")
        self.live.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mute(self) -> None:
        """F10: silent until pressed again; the screen still shows everything."""
        self._attention.is_muted = not self._attention.is_muted
        self.navigation.show_sound(is_muted=self._attention.is_muted)

    # pages

    def open_page(self, name: str) -> None:
        """One of PAGES; made when first asked for."""
        if name == "live":
            self.stack.setCurrentWidget(self.live)
            self.live.setFocus()
        else:
            page = self._pages.get(name)
            if page is None:
                page = self._pages[name] = PAGE_MAKERS[name](self._console, self.acts)
                self.stack.addWidget(page)
            self.stack.setCurrentWidget(page)
            page.read()
            page.take_focus()
        self.navigation.show_page(name)

    # reading

    def _hear(self, announcement: Announcement) -> None:
        if announcement.concept in BOARD_CONCEPTS:
            self.read_board()
        if announcement.concept == CALLS:
            self.call(announcement)
        if announcement.concept in {"staff", ""}:
            self.read_colleagues()
        if announcement.concept in {"terminals", ""}:
            self.read_terminals()
        page = self.stack.currentWidget()
        if isinstance(page, ConsolePage) and (announcement.concept in page.concepts or not announcement.concept):
            page.read()

    def call(self, announcement: Announcement) -> None:
        """A guest pressed the bell."""
        self._attention.call(self.calls.ring(announcement), is_loud=True, board=self._console.board)

    def _bring(self, wish: DrinkLine) -> None:
        drinks, me = self._console.services.drinks, self._console.my_id
        self._console.act(self, lambda: drinks.brought(wish.visit_id, wish.drink, by=me))

    def read_board(self) -> None:
        """Off the main thread; an older answer that comes later is dropped."""
        self._console.ask(self, self._console.services.board.read, self.show_board, kind="board")

    def read_colleagues(self) -> None:
        """Portraits and duty."""

        def known(colleagues: object) -> None:
            self._console.know_colleagues(colleagues)  # type: ignore[arg-type] # the answer of the line below
            if self._console.board is not None:
                self.live.show_board(self._console.board)

        self._console.ask(self, self._console.services.colleagues.all, known, kind="colleagues")

    def read_terminals(self) -> None:
        """How every terminal of the showroom is."""
        self._console.ask(self, self._console.services.devices.showroom, self.show_terminals, kind="terminals")

    def show_terminals(self, terminals: tuple[TerminalLine, ...]) -> None:
        """The newest that each one told."""
        self._terminals = terminals
        self.live.show_devices(self._console.services.devices.lines(), terminals)
        self.navigation.buttons["devices"].show_count(sum(t.condition is not Condition.WORKS for t in terminals))

    def show_board(self, board: Board) -> None:
        """The newest moment everywhere."""
        self._console.board = board
        now = self._console.clock.now()
        unmet = board.figures.entered_unmet or 0 if board.unmet_alarm is not None and board.is_open else 0
        self.strip.show_alarm(board.alarmed if board.is_open else None, now, people=unmet)
        self.closed.setVisible(not board.is_open)
        self.live.show_board(board)
        for words in self.calls.know(board):
            self._attention.call(words, is_loud=False, board=board)
        self._attention.observe(board)
        counts = {
            "live": board.figures.in_shop,
            "appointments": board.figures.expected_today,
            "keys": len(board.keys),
            "todo": len(board.waiting) + len(board.serving),
        }
        for name, count in counts.items():
            self.navigation.buttons[name].show_count(count)

    def tick(self) -> None:
        """Once a second: timers; now and then devices and, in case an announcement was lost, the board."""
        now = self._console.clock.now()
        self.live.tick(now)
        self.strip.tick(now)
        self.navigation.show_time(clock(now))
        if self._ticks % DEVICES_EVERY_S == 0:
            devices = self._console.services.devices
            self.offline.setVisible(not devices.is_online())
            self.live.show_devices(devices.lines(), self._terminals)
        self._ticks += 1
        if self._ticks % READ_EVERY_S == 0:
            self.read_board()
            self.read_terminals()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.be_narrow(self.width() < NARROW)
