"""The kiosk's widgets on real services: second press, walk-away, refused consent, offline, camera away."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Outcome, Visit, VisitAct, VisitState
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    Waiting,
)
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.kiosk.consent_page import ConsentPage
from smart4s_kiosk.ui.kiosk.window import KioskWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from tests.builders import a_member
from tests.showroom import Showroom
from tests.ui.hands import button_called, settle, tap

WANG, LI = StaffId("王静"), StaffId("李明")


@dataclass
class Terminal:
    """A kiosk in a showroom of two consultants, and a guest whose own consultant is Li."""

    room: Showroom
    window: KioskWindow
    background: Background
    announcements: Announcements
    qtbot: QtBot

    def button(self, name: str) -> QAbstractButton:
        found = button_called(self.window, name)
        assert found is not None, f"no button {name!r} on {self.window.view}"
        return found

    def tap(self, name: str, *, times: int = 1) -> None:
        tap(self.button(name), times=times)
        self.settle()

    def settle(self) -> None:
        settle(self.qtbot, self.background)

    def pass_time(self, seconds: int) -> None:
        """The showroom's clock and the window's ticks, second by second."""
        for _second in range(seconds):
            self.room.tick(1)
            self.window.tick()
        self.settle()

    def news(self, visit_id: VisitId) -> None:
        self.announcements.announce(Announcement("visits", visit_id))
        self.qtbot.wait(1)
        self.settle()

    def visit(self) -> Visit:
        view = self.window.view
        assert view is not None
        return self.room.visits.get(view.visit_id)

    def to_the_list(self) -> VisitId:
        self.tap("轻触开始")
        self.tap("直接看车")
        self.tap("报价")
        assert isinstance(self.window.view, ChooseConsultant)
        return self.window.view.visit_id


@pytest.fixture
def terminal(qtbot: QtBot, background: Background) -> Iterator[Terminal]:
    room = Showroom()
    with room.storage.begin() as work:
        work.staff.add(a_member("王静"))
        work.staff.add(a_member("李明"))
    room.customers.register(NewCustomer(name="张伟", title=Title.MR, phone="13800005678", consultant_id=LI))
    announcements = Announcements()
    window = KioskWindow(
        check_in=room.kiosk,
        background=background,
        announcements=announcements,
        clock=room.clock,
        look=Look(reduce_motion=True),
    )
    window.resize(540, 960)
    window.show()
    made = Terminal(room, window, background, announcements, qtbot)
    made.settle()
    yield made
    made.settle()
    window.close_for_good()
    window.deleteLater()


def acts(terminal: Terminal, visit_id: VisitId) -> list[VisitAct]:
    with terminal.room.storage.look() as view:
        return [step.act for step in view.visits.journal(visit_id)]


def test_a_second_press_asks_once_and_makes_one_visit(terminal: Terminal) -> None:
    terminal.tap("轻触开始", times=2)
    terminal.tap("直接看车", times=3)
    terminal.tap("报价", times=3)
    terminal.tap("王静 空闲", times=3)
    assert isinstance(terminal.window.view, Waiting)
    assert acts(terminal, terminal.window.view.visit_id).count(VisitAct.ASK) == 1
    with terminal.room.storage.look() as view:
        assert len(view.visits.open_visits()) == 1


def test_whoever_walks_away_from_the_list_leaves_a_closed_visit_and_a_free_kiosk(terminal: Terminal) -> None:
    visit_id = terminal.to_the_list()
    terminal.pass_time(61)
    assert terminal.window.view is None
    terminal.pass_time(40)
    assert terminal.room.visits.get(visit_id).outcome is Outcome.WALKED_AWAY
    assert terminal.to_the_list() != visit_id


def test_whoever_walks_to_a_seat_is_still_asked_for_and_rings_the_alarm(terminal: Terminal) -> None:
    visit_id = terminal.to_the_list()
    terminal.tap("王静 空闲")
    terminal.pass_time(125)
    assert terminal.window.view is None
    visit = terminal.room.visits.get(visit_id)
    assert visit.is_waiting
    assert acts(terminal, visit_id).count(VisitAct.RAISE_ALARM) == 1
    assert visit.asked == (WANG, LI)


def test_a_refused_consent_leads_to_the_same_welcome_without_asking_again(terminal: Terminal) -> None:
    terminal.tap("轻触开始")
    terminal.tap("刷脸签到")
    page = terminal.window.page
    assert isinstance(page, ConsentPage)
    terminal.pass_time(4)
    page.tick()
    terminal.tap("不同意，换一种方式")
    view = terminal.window.view
    assert isinstance(view, ChooseWay)
    assert Way.FACE not in view.ways
    terminal.tap("直接看车")
    assert isinstance(terminal.window.view, ChoosePurpose)


def test_the_accept_reaches_the_page_whoever_gave_it(terminal: Terminal) -> None:
    visit_id = terminal.to_the_list()
    terminal.tap("王静 空闲")
    terminal.room.visits.accept(visit_id, LI)
    terminal.news(visit_id)
    view = terminal.window.view
    assert isinstance(view, Accepted)
    assert view.person.name == "李明"


def test_later_shows_the_minutes_and_the_same_person_is_asked_again_then(terminal: Terminal) -> None:
    visit_id = terminal.to_the_list()
    terminal.tap("王静 空闲")
    terminal.room.visits.postpone(visit_id, WANG, minutes=2)
    terminal.news(visit_id)
    view = terminal.window.view
    assert isinstance(view, Waiting)
    assert view.later_minutes == 2
    terminal.pass_time(50)
    terminal.room.tick(71)
    visit = terminal.room.visits.get(visit_id)
    assert (visit.state, visit.consultant_id) == (VisitState.REQUESTED, WANG)


def test_offline_is_said_and_everything_goes_on(terminal: Terminal) -> None:
    visit_id = terminal.to_the_list()
    terminal.tap("王静 空闲")
    terminal.room.is_online = False
    terminal.window.read_shop()
    terminal.settle()
    notices = [one.accessibleName() for one in terminal.window.findChildren(NoticeBar) if one.isVisible()]
    assert any("网络" in words for words in notices)
    terminal.room.visits.accept(visit_id, WANG)
    terminal.news(visit_id)
    assert isinstance(terminal.window.view, Accepted)


def test_a_camera_that_went_away_after_the_page_came_is_no_dead_end(terminal: Terminal) -> None:
    terminal.tap("轻触开始")
    terminal.room.faces.is_lost = True
    terminal.tap("刷脸签到")
    view = terminal.window.view
    assert isinstance(view, ChooseWay)
    assert view.face_is_away
    terminal.tap("直接看车")
    assert isinstance(terminal.window.view, ChoosePurpose)


def test_changing_ones_mind_withdraws_the_first_request(terminal: Terminal) -> None:
    visit_id = terminal.to_the_list()
    terminal.tap("王静 空闲")
    terminal.tap("换一位顾问")
    terminal.tap("李明 空闲")
    visit = terminal.room.visits.get(visit_id)
    assert (visit.state, visit.consultant_id) == (VisitState.REQUESTED, LI)
    assert acts(terminal, visit_id)[-3:] == [VisitAct.ASK, VisitAct.PASS_ON, VisitAct.ASK]
