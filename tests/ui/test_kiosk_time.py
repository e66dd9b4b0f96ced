"""What passing time does at the kiosk: the question whether somebody is there, and a clean start for the next guest."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smart4s_kiosk import i18n
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.check_in_choices import Presence, WaitStage
from smart4s_kiosk.services.check_in_views import (
    ChooseConsultant,
    EnterPhone,
    Waiting,
)
from smart4s_kiosk.ui.kiosk.consultants_page import ConsultantsPage
from smart4s_kiosk.ui.kiosk.phone_page import PhonePage
from smart4s_kiosk.ui.kiosk.welcome_page import WelcomePage
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from tests.fakes.check_in import VISIT, ZHANG, consultants, waiting
from tests.ui.touched_kiosk import Kiosk
from tests.waiting import PATIENCE_MS


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
