"""The kiosk driven by taps on its real widgets, with a guest's check-in in memory behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from smart4s_kiosk import i18n
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.check_in_choices import FaceTip, Presence, WaitStage, Way
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskFeedback,
    ChooseConsultant,
    ChooseWay,
    ConfirmGuest,
    EnterCode,
    EnterPhone,
    FaceKept,
    FacePreview,
    GuideFace,
    MyData,
    Waiting,
)
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.kiosk.closing_pages import ClosedPage
from smart4s_kiosk.ui.kiosk.code_page import CodePage
from smart4s_kiosk.ui.kiosk.consent_page import ConsentPage
from smart4s_kiosk.ui.kiosk.consultants_page import ConsultantsPage
from smart4s_kiosk.ui.kiosk.face_page import FacePage
from smart4s_kiosk.ui.kiosk.phone_page import PhonePage
from smart4s_kiosk.ui.kiosk.staff_exit import PinDialog
from smart4s_kiosk.ui.kiosk.surname_page import SurnamePage
from smart4s_kiosk.ui.kiosk.welcome_page import WelcomePage
from smart4s_kiosk.ui.kiosk.window import KioskWindow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from tests.fakes.check_in import VISIT, ZHANG, FakeCheckIn, accepted, camera_picture, consent, consultants, waiting
from tests.fakes.clock import FakeClock
from tests.ui.hands import button_called, settle, tap
from tests.waiting import PATIENCE_MS


@dataclass
class Kiosk:
    window: KioskWindow
    fake: FakeCheckIn
    clock: FakeClock
    background: Background
    announcements: Announcements
    qtbot: QtBot

    def tap(self, name: str) -> None:
        """Press the visible, enabled button that says (or is called) `name`, and wait for the answer."""
        button = button_called(self.window, name)
        assert button is not None, f"no button {name!r}"
        tap(button)
        self.settle()

    def shows(self, kind: type) -> bool:
        return isinstance(self.window.view, kind)

    def settle(self) -> None:
        settle(self.qtbot, self.background)

    def acts(self) -> list[str]:
        return [act for act, _what in self.fake.acts]

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.window.tick()
        self.settle()


@pytest.fixture
def kiosk(qtbot: QtBot, background: Background) -> Iterator[Kiosk]:
    clock = FakeClock()
    fake, announcements = FakeCheckIn(clock), Announcements()
    window = KioskWindow(
        check_in=fake,
        background=background,
        announcements=announcements,
        clock=clock,
        look=Look(reduce_motion=True),
    )
    window.resize(540, 960)
    window.show()
    made = Kiosk(window, fake, clock, background, announcements, qtbot)
    made.settle()
    yield made
    made.settle()
    window.close_for_good()
    window.deleteLater()


def test_a_known_guest_gets_from_welcome_to_waiting_by_phone_tail(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    kiosk.tap("手机号")
    for digit in "6021":
        kiosk.tap(digit)
    kiosk.tap("下一步")
    page = kiosk.window.page
    assert isinstance(page, SurnamePage)
    for letter in "zhang":
        kiosk.tap(letter)
    kiosk.tap("张")
    kiosk.tap("先生")
    kiosk.tap("下一步")
    assert kiosk.shows(ConfirmGuest)
    kiosk.tap("是我")
    kiosk.tap("3 位")
    kiosk.tap("看车")
    kiosk.tap("王静 空闲")
    assert kiosk.shows(Waiting)
    assert ("enter_phone", "6021") in kiosk.fake.acts
    assert ("choose_purpose", (Purpose.LOOK, 3)) in kiosk.fake.acts
    assert ("choose_consultant", "wang") in kiosk.fake.acts


def test_an_announcement_turns_waiting_into_accepted(kiosk: Kiosk) -> None:
    kiosk.window.show_view(waiting(kiosk.clock.now()))
    kiosk.fake.progress_view = accepted()
    with kiosk.qtbot.waitSignal(kiosk.announcements.announced, timeout=PATIENCE_MS):
        kiosk.announcements.announce(Announcement("visits", "somebody else"))
    assert kiosk.shows(Waiting)
    kiosk.announcements.announce(Announcement("visits", VISIT))
    kiosk.qtbot.waitUntil(lambda: isinstance(kiosk.window.view, Accepted), timeout=PATIENCE_MS)


def test_a_double_tap_is_one_act(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    card = next(b for b in kiosk.window.findChildren(QAbstractButton) if b.accessibleName() == "直接看车")
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    kiosk.settle()
    assert kiosk.acts().count("choose_way") == 1


def test_consent_waits_three_seconds_has_no_tick_and_two_equal_buttons(kiosk: Kiosk) -> None:
    kiosk.window.show_view(consent())
    page = kiosk.window.page
    assert isinstance(page, ConsentPage)
    assert not page.tick_row.isChecked()
    assert (page.yes.size(), page.yes.role) == (page.no.size(), page.no.role)
    assert page.yes.colours() == page.no.colours()
    assert not page.yes.isEnabled()
    assert not page.no.isEnabled()
    kiosk.clock.advance(2.9)
    page.tick()
    assert not page.yes.isEnabled()
    kiosk.clock.advance(0.2)
    page.tick()
    kiosk.tap("同意，开始刷脸")
    assert page.tick_row.points, "agreeing without the tick points at the age row"
    assert "answer_consent" not in kiosk.acts()
    QTest.mouseClick(page.tick_row, Qt.MouseButton.LeftButton)
    kiosk.tap("同意，开始刷脸")
    assert ("answer_consent", (True, True)) in kiosk.fake.acts
    assert kiosk.shows(GuideFace)


def test_a_change_of_language_keeps_the_seconds_and_the_tick(kiosk: Kiosk) -> None:
    kiosk.window.show_view(consent())
    page = kiosk.window.page
    assert isinstance(page, ConsentPage)
    QTest.mouseClick(page.tick_row, Qt.MouseButton.LeftButton)
    kiosk.clock.advance(2)
    kiosk.window.change_language("en")
    again = kiosk.window.page
    assert isinstance(again, ConsentPage)
    assert again.tick_row.isChecked()
    assert again.seconds_shown == pytest.approx(2)


def test_keeping_the_face_is_asked_with_two_equal_answers_and_no_way_round(kiosk: Kiosk) -> None:
    kiosk.window.show_view(replace(consent(), enrols=True))
    page = kiosk.window.page
    assert isinstance(page, ConsentPage)
    assert not page.tick_row.isChecked()
    assert (page.yes.size(), page.yes.role, page.yes.colours()) == (page.no.size(), page.no.role, page.no.colours())
    assert not page.may_go_back
    kiosk.fake.progress_view = accepted()
    kiosk.announcements.announce(Announcement("visits", VISIT))
    kiosk.qtbot.wait(1)
    kiosk.settle()
    assert kiosk.window.page is page, "the question stays, the news is told beside it"
    assert kiosk.window._notice is not None
    kiosk.clock.advance(4)
    page.tick()
    kiosk.fake.next_view = GuideFace(VISIT, enrols=True)
    QTest.mouseClick(page.tick_row, Qt.MouseButton.LeftButton)
    kiosk.tap("同意留存")
    assert ("answer_consent", (True, True)) in kiosk.fake.acts
    kiosk.fake.next_view = FaceKept(VISIT, is_kept=True, until=date(2027, 5, 20))
    kiosk.window.act(lambda check_in: check_in.finish_face(VISIT))
    kiosk.settle()
    kiosk.tap("看看谁在过来")
    assert kiosk.shows(Accepted)


def test_my_data_takes_the_face_back_alone(kiosk: Kiosk) -> None:
    kiosk.window.act(lambda check_in: check_in.my_data(VISIT))
    kiosk.settle()
    kiosk.tap("撤回刷脸")
    view = kiosk.window.view
    assert isinstance(view, MyData)
    assert view.face_since is None


def test_declining_leads_back_to_the_other_ways_without_a_word(kiosk: Kiosk) -> None:
    kiosk.window.show_view(consent())
    kiosk.clock.advance(4)
    page = kiosk.window.page
    assert isinstance(page, ConsentPage)
    page.tick()
    kiosk.tap("不同意，换一种方式")
    assert ("answer_consent", (False, False)) in kiosk.fake.acts
    assert kiosk.shows(ChooseWay)


def test_the_camera_page_asks_once_when_it_is_decided_and_keeps_no_picture(kiosk: Kiosk) -> None:
    kiosk.fake.camera = FacePreview(1, camera_picture(), FaceTip.LOOK, 1.0, is_decided=True)
    kiosk.window.show_view(GuideFace(VISIT))
    page = kiosk.window.page
    assert isinstance(page, FacePage)
    page.look()
    kiosk.settle()
    assert kiosk.acts().count("finish_face") == 1
    assert not page.camera.has_picture
    assert kiosk.shows(ConfirmGuest)


def test_a_lost_camera_leaves_three_equal_ways_and_says_so_once(kiosk: Kiosk) -> None:
    kiosk.window.show_view(GuideFace(VISIT))
    kiosk.fake.camera_is_lost = True
    page = kiosk.window.page
    assert isinstance(page, FacePage)
    page.look()
    kiosk.settle()
    view = kiosk.window.view
    assert isinstance(view, ChooseWay)
    assert Way.FACE not in view.ways
    notices = [n for n in kiosk.window.findChildren(NoticeBar) if n.isVisible()]
    assert len(notices) == 1


def test_nobody_touching_leads_to_a_question_and_then_to_a_clean_start(kiosk: Kiosk) -> None:
    kiosk.window.show_view(EnterPhone(VISIT))
    for digit in "602":
        kiosk.tap(digit)
    kiosk.window.change_language("en")
    kiosk.pass_time(44)
    assert not [n for n in kiosk.window.findChildren(NoticeBar) if n.isVisible()]
    kiosk.pass_time(2)
    assert [n.accessibleName() for n in kiosk.window.findChildren(NoticeBar) if n.isVisible()] == [
        "Still there? Otherwise we go back to the start"
    ]
    kiosk.pass_time(15)
    assert isinstance(kiosk.window.page, WelcomePage)
    assert kiosk.window.view is None
    assert ("leave", VISIT) in kiosk.fake.acts
    assert i18n.language() == "zh_CN"
    kiosk.window.show_view(EnterPhone(VISIT))
    page = kiosk.window.page
    assert isinstance(page, PhonePage)
    assert page.pad.text == "", "nothing of the last guest is left"


def test_a_finger_on_the_glass_holds_the_time(kiosk: Kiosk) -> None:
    kiosk.window.show_view(EnterPhone(VISIT))
    page = kiosk.window.page
    assert page is not None
    QTest.mousePress(page, Qt.MouseButton.LeftButton)
    kiosk.pass_time(120)
    assert kiosk.window.page is page
    QTest.mouseRelease(page, Qt.MouseButton.LeftButton)
    kiosk.pass_time(61)
    assert isinstance(kiosk.window.page, WelcomePage)


def test_yes_still_here_starts_the_time_again(kiosk: Kiosk) -> None:
    kiosk.window.show_view(EnterPhone(VISIT))
    kiosk.pass_time(50)
    kiosk.tap("还在")
    kiosk.pass_time(50)
    assert kiosk.shows(EnterPhone)


def test_the_ring_follows_the_clock_and_the_kiosk_is_free_for_the_next_guest_after_two_minutes(kiosk: Kiosk) -> None:
    kiosk.fake.progress_view = waiting(kiosk.clock.now())
    kiosk.window.show_view(kiosk.fake.progress_view)
    kiosk.pass_time(30)
    page = kiosk.window.page
    assert page is not None
    page.tick()  # type: ignore[attr-defined] # the waiting page
    assert page.ring.share == pytest.approx(0.5)  # type: ignore[attr-defined] # the waiting page
    kiosk.pass_time(76)
    assert kiosk.shows(Waiting)
    assert kiosk.window.findChild(NoticeBar) is not None
    kiosk.tap("还在")
    kiosk.pass_time(110)
    assert kiosk.shows(Waiting)
    kiosk.pass_time(15)
    assert kiosk.window.view is None


def test_a_waiting_guest_reads_a_new_place_without_touching_and_that_is_no_touch(kiosk: Kiosk) -> None:
    first = replace(waiting(kiosk.clock.now()), stage=WaitStage.QUEUED, person=None, queue_number=3, queue_minutes=20)
    kiosk.window.show_view(first)
    kiosk.fake.progress_view = replace(first, queue_number=2, queue_minutes=12)
    kiosk.pass_time(11)
    assert kiosk.window.view == kiosk.fake.progress_view
    kiosk.pass_time(50)
    assert kiosk.window.view is None


def test_whoever_takes_long_but_touches_keeps_the_visit(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    kiosk.tap("手机号")
    for digit in "602":
        kiosk.clock.advance(25)
        kiosk.tap(digit)
        kiosk.pass_time(1)
    assert kiosk.acts().count("still_here") == 3
    kiosk.pass_time(45)
    assert kiosk.acts().count("still_here") == 3


def test_a_code_held_to_the_camera_goes_on_without_a_touch(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    kiosk.window.show_view(EnterCode(VISIT))
    page = kiosk.window.page
    assert isinstance(page, CodePage)
    page.look()
    kiosk.settle()
    assert kiosk.shows(EnterCode)
    kiosk.fake.held_code = "7Q2F9K"
    kiosk.qtbot.waitUntil(lambda: kiosk.shows(ConfirmGuest), timeout=PATIENCE_MS)
    assert ("enter_code", "7Q2F9K") in kiosk.fake.acts


def test_a_code_page_without_a_camera_looks_for_nothing(kiosk: Kiosk) -> None:
    kiosk.window.show_view(EnterCode(VISIT, camera_is_on=False))
    kiosk.fake.held_code = "7Q2F9K"
    page = kiosk.window.page
    assert isinstance(page, CodePage)
    assert not page._looks.isActive()


def test_a_camera_that_goes_away_takes_its_way_from_the_page_at_once(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    kiosk.fake.camera_is_lost = True
    kiosk.pass_time(4)
    view = kiosk.window.view
    assert isinstance(view, ChooseWay)
    assert Way.FACE not in view.ways
    kiosk.pass_time(57)
    assert not kiosk.shows(ChooseWay), "reading the page anew is no touch"


def test_the_list_of_consultants_is_read_anew_and_keeps_its_place(kiosk: Kiosk) -> None:
    first, *rest = consultants()
    view = ChooseConsultant(VISIT, ZHANG, Purpose.LOOK, first, tuple(rest * 4))
    kiosk.window.show_view(view)
    page = kiosk.window.page
    assert isinstance(page, ConsultantsPage)
    page.area.verticalScrollBar().setValue(300)
    kiosk.fake.others = tuple(replace(card, presence=Presence.BUSY) for card in view.others)
    kiosk.pass_time(21)
    page = kiosk.window.page
    assert isinstance(page, ConsultantsPage)
    assert kiosk.window.view == replace(view, others=kiosk.fake.others)
    kiosk.qtbot.waitUntil(lambda: page.area.verticalScrollBar().value() == 300, timeout=PATIENCE_MS)


def test_news_of_a_visit_that_reception_joined_with_another_are_followed(kiosk: Kiosk) -> None:
    kiosk.window.show_view(waiting(kiosk.clock.now()))
    kiosk.fake.progress_view = replace(accepted(), visit_id=VisitId("the other"))
    kiosk.announcements.announce(Announcement("visits", VISIT))
    kiosk.qtbot.waitUntil(lambda: isinstance(kiosk.window.view, Accepted), timeout=PATIENCE_MS)


def test_nothing_but_the_staff_pin_closes_the_window(kiosk: Kiosk) -> None:
    assert not kiosk.window.close()
    assert kiosk.window.isVisible()
    kiosk.window.corner.held.emit()
    dialog = kiosk.window.findChild(PinDialog)
    assert isinstance(dialog, PinDialog)
    for digit in "111222":
        dialog.pad.add(digit)
    kiosk.tap("退出签到")
    assert kiosk.window.isVisible()
    assert dialog.pad.text == ""
    for digit in "246813":
        dialog.pad.add(digit)
    kiosk.qtbot.waitUntil(lambda: dialog.ok.is_calm, timeout=PATIENCE_MS)
    with kiosk.qtbot.waitSignal(kiosk.window.left_by_staff, timeout=PATIENCE_MS):
        dialog.ok.click()
    assert not kiosk.window.isVisible()


def test_five_wrong_pins_lock_the_way_out_in_words(kiosk: Kiosk) -> None:
    kiosk.window.corner.held.emit()
    dialog = kiosk.window.findChild(PinDialog)
    assert isinstance(dialog, PinDialog)
    for _try in range(6):
        for digit in "0000":
            dialog.pad.add(digit)
        dialog.entered.emit(dialog.pad.text)
        kiosk.settle()
    kiosk.fake.wrong_pins = 5
    dialog.entered.emit("246813")
    kiosk.settle()
    assert kiosk.window.isVisible()


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_the_low_layout_brings_everything_pressable_within_a_seated_reach(kiosk: Kiosk, size: tuple[int, int]) -> None:
    window = kiosk.window
    window.resize(*size)
    reach = size[1] / 3 if size[1] > size[0] else size[1] / 4
    for view in (kiosk.fake.ways(), EnterPhone(VISIT), consent(), waiting(kiosk.clock.now()), accepted()):
        window.show_view(view)
        window._toggle_low()
        pressable = [b for b in window.findChildren(QAbstractButton) if b.isVisibleTo(window)]
        assert pressable
        for button in pressable:
            assert button.mapTo(window, QPoint(0, 0)).y() >= reach, (type(view).__name__, button.accessibleName())
            assert min(button.width(), button.height()) >= 48
        window._toggle_low()


def test_a_small_screen_needs_no_low_layout(kiosk: Kiosk) -> None:
    kiosk.window.resize(1280, 800)
    kiosk.window.show_view(kiosk.fake.ways())
    assert not kiosk.window.may_be_low
    kiosk.window._toggle_low()
    assert kiosk.window.page_area() == kiosk.window.rect()


def test_no_menu_no_drop_no_pointer(kiosk: Kiosk) -> None:
    assert kiosk.window.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu
    assert not kiosk.window.acceptDrops()
    assert kiosk.window.cursor().shape() == Qt.CursorShape.BlankCursor
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    kiosk.window.contextMenuEvent(event)
    assert event.isAccepted()


def test_an_uncaught_error_anywhere_brings_the_welcome_page_back_with_an_apology(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    assert not isinstance(kiosk.window.page, WelcomePage)
    with kiosk.qtbot.waitSignal(kiosk.announcements.announced):
        kiosk.announcements.announce(Announcement("faults", "A1B2C3"))
    kiosk.settle()
    assert isinstance(kiosk.window.page, WelcomePage)
    said = [bar.accessibleName() for bar in kiosk.window.findChildren(NoticeBar) if bar.isVisible()]
    assert any("A1B2C3" in words for words in said)


def test_a_bug_apologises_with_a_reference_and_returns_to_the_start(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")

    def broken(*_args: object, **_kw: object) -> None:
        raise ZeroDivisionError

    kiosk.fake.choose_way = broken  # type: ignore[method-assign, assignment] # the bug of this test
    kiosk.tap("手机号")
    assert isinstance(kiosk.window.page, WelcomePage)
    said = [n.accessibleName() for n in kiosk.window.findChildren(NoticeBar) if n.isVisible()]
    assert len(said) == 1
    assert "抱歉" in said[0]


def test_back_goes_one_question_back_until_somebody_was_asked(kiosk: Kiosk) -> None:
    kiosk.tap("轻触开始")
    kiosk.tap("手机号")
    kiosk.tap("返回")
    assert kiosk.shows(ChooseWay)
    kiosk.window.show_view(waiting(kiosk.clock.now()))
    kiosk.window.go_back()
    assert kiosk.shows(Waiting)


def test_closed_hours_show_the_hours_and_no_way_in(kiosk: Kiosk) -> None:
    kiosk.fake.shown_shop = replace(kiosk.fake.shown_shop, is_open=False)
    kiosk.window.read_shop()
    kiosk.settle()
    assert isinstance(kiosk.window.page, ClosedPage)
    kiosk.window.begin()
    kiosk.settle()
    assert "begin" not in kiosk.acts()


def test_feedback_sends_what_was_tapped(kiosk: Kiosk) -> None:
    kiosk.window.show_view(AskFeedback(VISIT))
    kiosk.tap("9")
    kiosk.tap("讲得清楚")
    kiosk.tap("完成")
    act, what = next(entry for entry in kiosk.fake.acts if entry[0] == "rate")
    assert act == "rate"
    assert isinstance(what, tuple)
    assert what[0] == 9
    assert [reason.value for reason in what[1]] == ["clear"]


def test_the_bell_tells_reception_and_the_guest(kiosk: Kiosk) -> None:
    kiosk.window.show_view(EnterPhone(VISIT))
    kiosk.tap("呼叫店员")
    assert ("call_staff", VISIT) in kiosk.fake.acts
    assert [n.accessibleName() for n in kiosk.window.findChildren(NoticeBar) if n.isVisible()] == ["店员正在过来"]


def test_turning_the_screen_keeps_what_was_typed(kiosk: Kiosk) -> None:
    kiosk.window.show_view(EnterPhone(VISIT))
    kiosk.tap("6")
    kiosk.window.resize(960, 540)
    page = kiosk.window.page
    assert isinstance(page, PhonePage)
    assert page.pad.text == "6"
