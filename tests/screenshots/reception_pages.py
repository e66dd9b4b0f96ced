"""The reception console's pages and states, one line each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.customers import PhoneNotComplete
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.errors import Unavailable, VersionConflict
from smart4s_kiosk.domain.ids import StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.showroom_log import ExportNeedsManager
from smart4s_kiosk.services.unmet_watch import UnmetAlarm
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.reception.appointments_page import AppointmentsPage
from smart4s_kiosk.ui.reception.check_in_dialog import CheckInDialog
from smart4s_kiosk.ui.reception.customers_page import CustomersPage
from smart4s_kiosk.ui.reception.desk_acts import DeskActs
from smart4s_kiosk.ui.reception.pin_dialog import ManagerPinDialog
from smart4s_kiosk.ui.reception.shell import Shell
from smart4s_kiosk.ui.reception.todo_page import TodoPage
from smart4s_kiosk.ui.reception.window import ReceptionWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.wording import refusal_words
from tests.desk_showroom import SHEN, DeskShowroom
from tests.screenshots.shot import DESK, PORTRAIT, SMALL, Shot, Size

AnyDialog = TypeVar("AnyDialog", bound=QWidget)
Prepare = Callable[[Shell, DeskActs], object]


class AtOnce(Background):
    """Answers before the next line: a picture needs no event loop."""

    def change(self, owner: Any, work: Any, then: Any, *, refused: Any = None) -> None:
        then(work())

    def ask(self, owner: Any, work: Any, then: Any, *, kind: str = "", refused: Any = None) -> None:
        then(work())


class Silent:
    """No sound in a test."""

    def arrival(self, volume: int) -> None: ...

    def alarm(self, volume: int) -> None: ...


class Made:
    """Makes the window in one state."""

    def __init__(
        self, prepare: Prepare | None = None, *, theme: ThemeName = "light", quiet: bool = False, signed_in: bool = True
    ) -> None:
        self.prepare, self.theme, self.quiet, self.signed_in = prepare, theme, quiet, signed_in

    def __call__(self, size: Size, language: str) -> QWidget:
        room = DeskShowroom()
        if not self.quiet:
            fill(room)
        window = ReceptionWindow(
            services=room.services(),
            background=AtOnce(),
            announcements=Announcements(),
            clock=room.clock,
            look=Look(theme=self.theme, density="desk", reduce_motion=True),
            sounds=Silent(),
        )
        window.resize(*size)
        window.show()
        if self.signed_in:
            window.open_console(room.staff.get(SHEN))
        settle()
        if self.prepare is not None and window.shell is not None:
            self.prepare(window.shell, window.shell.acts)
        settle()
        return window


def fill(room: DeskShowroom) -> None:
    """A full morning: every column, drives in time and late, a group that nobody met, four terminals."""
    room.busy_morning()
    room.unmet = 2
    room.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417", consultant_id=StaffId("何屿")))
    room.drive("d1", "孙悦", "王静", minutes=12)
    room.drive("d2", "钱芳", "李明哲", minutes=-13, title=Title.MS)
    now = room.clock.now()
    room.devices.tell()
    with room.storage.begin() as work:
        camera = ("face_camera",)
        for terminal in (
            Terminal(TerminalId("kiosk-1"), "大厅", ("kiosk",), camera, (), now),
            Terminal(TerminalId("kiosk-2"), "西门", ("kiosk",), camera, camera, now),
            *(Terminal(TerminalId(f"tablet-{n}"), "", ("tablet",), (), (), now) for n in range(6)),
        ):
            work.terminals.put(terminal)


def settle() -> None:
    """Let layouts and deferred deletions finish without running an event loop."""
    for _round in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()


def page(name: str) -> Prepare:
    return lambda shell, _acts: shell.open_page(name)


def offline(shell: Shell, _acts: DeskActs) -> None:
    shell.offline.show()


def closed(shell: Shell, _acts: DeskActs) -> None:
    board = shell._console.board
    assert board is not None
    shell.show_board(replace(board, is_open=False, now=board.now + timedelta(hours=9)))


def rings(shell: Shell, _acts: DeskActs) -> None:
    board = shell._console.board
    assert board is not None
    shell.show_board(replace(board, alarmed=None, unmet_alarm=UnmetAlarm(1, board.now)))


def called(shell: Shell, _acts: DeskActs) -> None:
    shell.call(Announcement("calls", "B1"))
    shell._console.services.drinks.ask(VisitId("w2"), Drink.TEA)
    shell.read_board()


def trouble(shell: Shell, _acts: DeskActs) -> None:
    refusal = refusal_words(VersionConflict(concept="visits", id="w1", version=2))
    shell._console.window.show_trouble(refusal)


def away(shell: Shell, _acts: DeskActs) -> None:
    shell._console.window.show_trouble(refusal_words(Unavailable("database")))


def undo(shell: Shell, _acts: DeskActs) -> None:
    shell._console.window.say(_("{one} merged into {other}").format(one="A-008", other="A-007"), undo=lambda: None)


def check_in(shell: Shell, acts: DeskActs) -> None:
    """A number is typed, its guest is found."""
    acts.check_in()
    dialog = newest(shell, CheckInDialog)
    dialog.phone.setText("13900004417")
    dialog.name.setText("冯女士")
    dialog._look_up()


def wrong_number(shell: Shell, acts: DeskActs) -> None:
    acts.check_in()
    dialog = newest(shell, CheckInDialog)
    dialog.phone.setText("1390")
    dialog._refused(refusal_words(PhoneNotComplete()))


def newest(shell: Shell, kind: type[AnyDialog]) -> AnyDialog:
    return shell._console.host.findChildren(kind)[-1]


def with_card(act: str) -> Prepare:
    def prepare(shell: Shell, acts: DeskActs) -> None:
        board = shell._console.board
        assert board is not None
        getattr(acts, act)(board.waiting[0])

    return prepare


def call(shell: Shell, acts: DeskActs) -> None:
    board = shell._console.board
    assert board is not None
    acts.call(board.driving[0])


def on_page(name: str, press: str) -> Prepare:
    """A page's own question: its first row is chosen, its method called."""

    def prepare(shell: Shell, _acts: DeskActs) -> None:
        shell.open_page(name)
        opened: Any = shell.stack.currentWidget()
        opened.table.selectRow(opened.table.model().rowCount() - 1)
        getattr(opened, press)()

    return prepare


def export_needs_manager(shell: Shell, _acts: DeskActs) -> None:
    shell.open_page("log")
    ManagerPinDialog(shell._console, refusal_words(ExportNeedsManager(rows=812)).words, lambda _who: None).open_now()


def search(shell: Shell, _acts: DeskActs) -> None:
    shell.live.search.setText("冯")
    shell.live.search._ask()


def import_report(shell: Shell, _acts: DeskActs) -> None:
    shell.open_page("appointments")
    opened = shell.stack.currentWidget()
    assert isinstance(opened, AppointmentsPage)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bookings.csv"
        file.write_bytes("时间,姓名,目的\n2026-11-21 15:00,陈立,保养\n昨天,冯敏,散步\n".encode("gbk"))
        opened.import_file(file)


def reveal(shell: Shell, _acts: DeskActs) -> None:
    shell.open_page("customers")
    opened = shell.stack.currentWidget()
    assert isinstance(opened, CustomersPage)
    names = [line.name for line in opened.table.shown() if line.has_phone]
    opened.table.selectRow([line.name for line in opened.table.shown()].index(names[0]))
    opened._ask_reason()


def close_shift(shell: Shell, _acts: DeskActs) -> None:
    shell.open_page("todo")
    opened = shell.stack.currentWidget()
    assert isinstance(opened, TodoPage)
    opened._close_all()


SIZES = (DESK, PORTRAIT, SMALL)
WIDE_ONLY = ((DESK, "zh_CN"),)
KEPT = (*WIDE_ONLY, (PORTRAIT, "zh_CN"))
KEPT_OF = {"check-in": WIDE_ONLY, "visit": WIDE_ONLY, "close": WIDE_ONLY}
PAGES = ("appointments", "keys", "customers", "log", "todo", "devices")
DIALOGS = {
    "check-in": check_in,
    "check-in-refused": wrong_number,
    "assign": with_card("assign"),
    "visit": with_card("open"),
    "link": with_card("link"),
    "merge": with_card("merge"),
    "close": with_card("close"),
    "call": call,
    "book": on_page("appointments", "_book"),
    "code": on_page("appointments", "_show_code"),
    "import-report": import_report,
    "hand-out": on_page("keys", "_hand_out"),
    "reveal": reveal,
    "close-shift": close_shift,
    "manager-pin": export_needs_manager,
}
STATES = {
    "offline": offline,
    "closed": closed,
    "group-unmet": rings,
    "bell-and-drink": called,
    "conflict": trouble,
    "database-away": away,
    "undo": undo,
    "search": search,
}
SHOTS = [
    Shot("reception", "sign-in", Made(signed_in=False), sizes=SIZES),
    Shot("reception", "board", Made(), sizes=SIZES, golden=KEPT),
    Shot("reception", "board-dark", Made(theme="dark"), sizes=SIZES, golden=WIDE_ONLY),
    Shot("reception", "board-empty", Made(quiet=True), sizes=SIZES),
    *[Shot("reception", f"board-{name}", Made(prepare), sizes=(DESK,)) for name, prepare in STATES.items()],
    *[Shot("reception", name, Made(page(name)), sizes=SIZES, golden=WIDE_ONLY) for name in PAGES],
    *[Shot("reception", f"{name}-dark", Made(page(name), theme="dark"), sizes=(DESK,)) for name in PAGES],
    *[Shot("reception", f"{name}-empty", Made(page(name), quiet=True), sizes=(DESK,)) for name in PAGES],
    *[
        Shot("reception", f"ask-{name}", Made(prepare), sizes=SIZES, golden=KEPT_OF.get(name, ()))
        for name, prepare in DIALOGS.items()
    ],
    Shot("reception", "ask-check-in-dark", Made(check_in, theme="dark"), sizes=(DESK,)),
]
