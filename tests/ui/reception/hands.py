"""What the console's tests do with their hands, and the people they mean."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.ui.reception.dialogs import ChoiceDialog, DeskDialog
from smart4s_kiosk.ui.reception.page import ConsolePage
from smart4s_kiosk.ui.reception.shell import Shell
from tests.ui.reception.conftest import Bench

WANG, LI = StaffId("王静"), StaffId("李明哲")
Key = Qt.Key


def shell_of(bench: Bench) -> Shell:
    shell = bench.window.shell
    assert shell is not None
    return shell


def open_page(bench: Bench, name: str) -> ConsolePage:
    shell = shell_of(bench)
    shell.open_page(name)
    bench.settle()
    page = shell.stack.currentWidget()
    assert isinstance(page, ConsolePage)
    return page


def dialog_of(bench: Bench, kind: type[DeskDialog] = ChoiceDialog) -> DeskDialog:
    return next(d for d in bench.window.findChildren(kind) if d.isVisible())


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def one_waiting(bench: Bench) -> VisitId:
    visit_id = bench.room.arrive("w1", "李婷", title=Title.MS, ask=WANG)
    bench.changed()
    return visit_id


def state_of(bench: Bench, visit_id: VisitId) -> VisitState:
    return bench.room.visits.get(visit_id).state
