"""The kiosk's pages with a camera: consent, the face, a code held up, and a camera that goes away."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.check_in_choices import FaceTip, Way
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    ChooseWay,
    ConfirmGuest,
    EnterCode,
    FaceKept,
    FacePreview,
    GuideFace,
    MyData,
)
from smart4s_kiosk.ui.kiosk.code_page import CodePage
from smart4s_kiosk.ui.kiosk.consent_page import ConsentPage
from smart4s_kiosk.ui.kiosk.face_page import FacePage
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from tests.fakes.check_in import VISIT, accepted, camera_picture, consent
from tests.ui.touched_kiosk import Kiosk
from tests.waiting import PATIENCE_MS


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
