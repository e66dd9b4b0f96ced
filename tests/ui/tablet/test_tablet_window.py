"""The tablet by touches: sign-in, lock, the waiting guest, the whole test drive, the quote."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QBoxLayout

from smart4s_kiosk.domain.agreements import AgreementState
from smart4s_kiosk.domain.licences import Mark
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ui.tablet.capture_page import CapturePage
from smart4s_kiosk.ui.tablet.check_page import CheckPage
from smart4s_kiosk.ui.tablet.damage_dialog import DamageDialog
from smart4s_kiosk.ui.tablet.key_page import KeyPage, SealPage
from smart4s_kiosk.ui.tablet.places import QuotePlace, TodayPlace
from smart4s_kiosk.ui.tablet.published_page import PublishedPage
from smart4s_kiosk.ui.tablet.quote_page import QuotePage
from smart4s_kiosk.ui.tablet.reading_page import ReadingPage
from smart4s_kiosk.ui.tablet.return_page import FeedbackPage, OverPage, ReturnPage
from smart4s_kiosk.ui.tablet.signing_page import SigningPage
from smart4s_kiosk.ui.tablet.today_page import TodayPage
from smart4s_kiosk.ui.tablet.window import LOCK_AFTER_S
from tests.builders_documents import a_signature
from tests.screenshots.tablet_pages import key_out, signed_by_customer
from tests.tablet_room import TabletRoom, open_shade
from tests.ui.hands import tap
from tests.ui.tablet.touched_tablet import F, Tablet, agreement_id, signed_in, take_file, to_capture
from tests.unit.services.test_tablet_services import JammedDocuments


def test_a_wrong_pin_says_so_and_forgets_the_digits(tablet: Tablet) -> None:
    tablet.sign_in(pin="111112")
    assert tablet.window.person is None
    assert "密码不对" in tablet.words()
    assert tablet.button("登录") is None, "the digits are gone"


def test_three_minutes_without_a_touch_lock_and_the_place_is_kept(tablet: Tablet) -> None:
    tablet.room.guest(accepted=True)
    signed_in(tablet)
    tablet.press("试驾")
    tablet.wait(LOCK_AFTER_S - 1)
    assert tablet.window.person is not None
    tablet.wait(2)
    assert "是哪位在用平板" in tablet.words(), "nothing of a guest stays on the screen"
    assert "张*" not in tablet.words()


def test_a_touch_keeps_it_open(tablet: Tablet) -> None:
    signed_in(tablet)
    tablet.wait(LOCK_AFTER_S - 1)
    QTest.mouseClick(tablet.window, Qt.MouseButton.LeftButton, pos=QPoint(700, 700))
    tablet.wait(LOCK_AFTER_S - 1)
    assert tablet.window.person is not None


def test_a_guest_who_arrives_stands_on_the_page_and_is_accepted_in_one_tap(tablet: Tablet) -> None:
    signed_in(tablet)
    assert tablet.button("接待") is None
    visit_id = tablet.room.guest()
    tablet.announcements.announced.emit(Announcement("visits", visit_id))
    tablet.press("接待")
    assert tablet.room.room.visits.get(visit_id).state is VisitState.ACCEPTED


def test_later_and_passing_on(tablet: Tablet) -> None:
    first = tablet.room.guest()
    signed_in(tablet)
    tablet.press("5 分钟后")
    assert tablet.room.room.visits.get(first).state is VisitState.LATER
    tablet.room.clock.advance(minutes=6)
    tablet.room.room.visit_clock.advance()
    tablet.window.open(TodayPlace())
    tablet.press("转给同事")
    tablet.press("李明哲")
    assert tablet.room.room.visits.get(first).consultant_id == tablet.room.li.id


def test_the_whole_drive_by_touches(tablet: Tablet, tmp_path: Path) -> None:
    tablet.room.learn(marks={F.FIRST_ISSUE: (Mark.WEAK,)})
    to_capture(tablet)
    take_file(tablet)
    check = tablet.page(CheckPage)
    assert tablet.room.drives.get(check.drive.agreement_id).state is AgreementState.SCANNED
    assert not check.go.isEnabled(), "an open field stops the step"
    tablet.press("没错")
    tablet.press("核对好了，请客人声明")
    assert not check.go.isEnabled(), "the declaration is not made for the customer"
    tablet.press("以上都没有")
    tablet.press("确认，去读协议")
    agreement = agreement_id(tablet)
    reading = tablet.page(ReadingPage)
    assert not reading.go.isEnabled()
    while isinstance(tablet.window.page, ReadingPage):
        tablet.wait(20)
        tap(tablet.window.page.go)
        tablet.settle()
    for _who in range(2):
        signing = tablet.page(SigningPage)
        assert not signing.go.isEnabled()
        tablet.scribble(signing.pad)
        QTest.mouseClick(signing.go, Qt.MouseButton.LeftButton)
        tablet.settle()
    assert tablet.page(KeyPage).paper.page_count >= 1
    tablet.press("交出钥匙")
    back = tablet.page(ReturnPage)
    tablet.key_in("2000")
    assert not back.go.isEnabled(), "fewer kilometres than at the start"
    back.pad.clear()
    tablet.key_in("2219")
    tablet.press("拍照")
    dialog = tablet.window.findChild(DamageDialog)
    assert dialog is not None
    assert not dialog.ok.isEnabled(), "no camera, no picture"
    dialog.take_file(str(tmp_path / "unplugged.jpg"))
    tablet.settle()
    assert "这个文件读不到" in tablet.words()
    file = tmp_path / "scratch.jpg"
    file.write_bytes(bytes([9]))
    dialog.take_file(str(file))
    tablet.settle()
    tablet.press("车和钥匙已收回")
    feedback = tablet.page(FeedbackPage)
    for keys in feedback.keys.values():
        QTest.mouseClick(keys[4], Qt.MouseButton.LeftButton)
    tablet.press("谢谢，完成")
    tablet.page(OverPage)
    closed = tablet.room.drives.get(agreement)
    assert closed.state is AgreementState.CLOSED
    assert closed.damage == "见照片"
    assert [tablet.room.media.get(photo) for photo in closed.damage_photos] == [open_shade(bytes([9])).tobytes()]


def test_language_and_what_was_read_outlast_a_lock_and_another_person(tablet: Tablet) -> None:
    tablet.room.learn()
    to_capture(tablet)
    take_file(tablet)
    tablet.press("核对好了，请客人声明")
    tablet.press("以上都没有")
    tablet.press("确认，去读协议")
    reading = tablet.page(ReadingPage)
    reading.change_language(reading.read)
    tablet.settle()
    tablet.wait(20)
    tap(reading.go)
    tablet.settle()
    tablet.wait(LOCK_AFTER_S + 1)
    assert tablet.window.page is None
    tablet.sign_in("李明哲", "620493")
    again = tablet.page(ReadingPage)
    assert again is not reading
    assert (again.language(), again._number) == ("en", 1)
    assert tablet.room.drives.get(again.drive.agreement_id).language == "en"


def test_what_was_noted_on_the_returned_car_outlasts_a_lock_and_another_person(tablet: Tablet) -> None:
    place = key_out(tablet.room)
    tablet.room.clock.advance(1)
    signed_in(tablet)
    tablet.window.open(place)
    back = tablet.page(ReturnPage)
    tablet.key_in("2219")
    tablet.press("划痕")
    back.add_photo(open_shade(bytes([9])).tobytes())
    tablet.wait(LOCK_AFTER_S + 1)
    assert tablet.window.page is None
    tablet.sign_in("李明哲", "620493")
    again = tablet.page(ReturnPage)
    assert again is not back
    assert again.go.isEnabled()
    tablet.press("车和钥匙已收回")
    first, second, third = tablet.page(FeedbackPage).keys.values()
    QTest.mouseClick(first[4], Qt.MouseButton.LeftButton)
    QTest.mouseClick(second[3], Qt.MouseButton.LeftButton)
    tablet.window.resize(1080, 1920)
    tablet.settle()
    turned = tablet.page(FeedbackPage)
    assert turned.keys[0] is not first
    QTest.mouseClick(turned.keys[2][2], Qt.MouseButton.LeftButton)
    assert third[2] is not turned.keys[2][2]
    tablet.press("谢谢，完成")
    tablet.page(OverPage)
    closed = tablet.room.drives.get(again.drive.agreement_id)
    assert (closed.mileage_in_km, closed.damage, len(closed.damage_photos)) == (2219, "划痕", 1)
    with tablet.room.storage.look() as view:
        notes = [f.note for f in view.feedback.between(closed.created_at, tablet.room.clock.advance(60))]
    assert notes == ["test_drive drive=5 comfort=4 wish=3"]
    assert not [kept for kept in tablet.window._memory if kept.startswith(("return:", "feedback:"))]


def test_a_turned_tablet_lays_the_same_place_out_anew(tablet: Tablet) -> None:
    tablet.room.learn()
    to_capture(tablet)
    tablet.window.resize(1080, 1920)
    tablet.settle()
    page = tablet.page(CapturePage)
    assert page.direction is QBoxLayout.Direction.TopToBottom
    tablet.window.resize(1920, 1080)
    tablet.settle()
    wide = tablet.page(CapturePage)
    assert wide.direction is QBoxLayout.Direction.LeftToRight
    assert wide.look_.scale == pytest.approx(1.35)


def test_declining_leads_to_typing_with_the_same_drive(tablet: Tablet) -> None:
    to_capture(tablet, agrees=False)
    check = tablet.page(CheckPage)
    assert not check.go.isEnabled()
    tablet.press("改")
    tablet.press("取消")
    assert tablet.page(CheckPage) is check


def test_another_name_asks_whose_licence_it_is(tablet: Tablet) -> None:
    tablet.room.learn(name="李别人")
    to_capture(tablet)
    take_file(tablet)
    tablet.press("核对好了，请客人声明")
    tablet.press("以上都没有")
    tablet.press("确认，去读协议")
    tablet.page(CheckPage)
    tablet.press("由同行的另一位驾驶")
    assert tablet.page(ReadingPage).drive.driver_name == "李别人"


def test_an_expired_licence_leaves_riding_along(tablet: Tablet) -> None:
    tablet.room.learn(valid_from="2014-07-09", valid_to="2020-07-09")
    to_capture(tablet)
    take_file(tablet)
    check = tablet.page(CheckPage)
    tablet.press("核对好了，请客人声明")
    tablet.press("以上都没有")
    assert not check.go.isEnabled()
    assert "可以试乘" in check.go.text()
    tablet.press("改为试乘")
    tablet.page(ReadingPage)


def test_refusing_a_clause_frees_the_key(tablet: Tablet) -> None:
    tablet.room.learn()
    to_capture(tablet)
    tablet.press("不试了")
    tablet.press("客人不同意某一条款")
    over = tablet.page(OverPage)
    assert over.drive.void_reason == "客人不同意某一条款"
    assert tablet.room.tablet.drives.choices(over.drive.visit_id).cars[0].is_free


def test_a_failed_seal_offers_to_seal_again_and_no_key() -> None:
    papers = JammedDocuments()
    tablet = Tablet(TabletRoom(papers=papers))
    try:
        place = signed_by_customer(tablet.room)
        signed_in(tablet)
        tablet.window.open(place)
        tablet.page(SigningPage)
        tablet.window.show_drive(tablet.room.tablet.drives.sign(agreement_id(tablet), a_signature(5)))
        tablet.page(SealPage)
        assert "钥匙暂不交出" in tablet.words()
        papers.is_jammed = False
        tablet.press("再封存一次")
        tablet.page(KeyPage)
    finally:
        tablet.close()


def test_a_quote_is_priced_while_it_is_touched_and_published(tablet: Tablet) -> None:
    tablet.room.guest(accepted=True)
    signed_in(tablet)
    QTest.mouseClick(
        next(b for b in tablet.page(TodayPage).findChildren(QAbstractButton) if b.text() == "报价"),
        Qt.MouseButton.LeftButton,
    )
    page = tablet.page(QuotePage)
    before = page.choices.plans[0].loan_fen
    page.plans[0].slider.setValue(3)
    assert page.choices.plans[0].loan_fen == 3_000_000 != before
    assert page.choices.chosen == 0
    tablet.press("生成报价单")
    published = tablet.page(PublishedPage)
    assert published.code.modules > 20
    tablet.press("修改，出下一版")
    assert tablet.page(QuotePage).choices.plans[0].loan_fen == 3_000_000


def test_too_large_a_discount_asks_the_manager(tablet: Tablet) -> None:
    tablet.room.guest(accepted=True)
    signed_in(tablet)
    tablet.window.open(QuotePlace())
    page = tablet.page(QuotePage)
    page.change_choices(page.choices.with_plan(1, discount_fen=600_000))
    tablet.press("超出权限，请经理批")
    tablet.key_in("861357")
    tablet.press("确认")
    tablet.press("生成报价单")
    tablet.page(PublishedPage)
