"""The licence pages by touches: the companion of a new driver, documents of other kinds, typing after three failures."""

from datetime import timedelta
from pathlib import Path

from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.licences import LicenceField, LicenceKind
from smart4s_kiosk.ui.tablet.capture_page import CapturePage
from smart4s_kiosk.ui.tablet.check_page import CheckPage
from smart4s_kiosk.ui.tablet.kept_licence import KeptLicenceDialog
from smart4s_kiosk.ui.tablet.places import CustomersPlace
from smart4s_kiosk.ui.tablet.reading_page import ReadingPage
from tests.screenshots.licence_pages import keeps_pictures
from tests.ui.tablet.touched_tablet import Tablet, agreement_id, take_file, to_capture

F = LicenceField


def key_in(tablet: Tablet, digits: str) -> None:
    for digit in digits:
        tablet.press(digit)


def test_a_new_driver_takes_the_motorway_with_a_practised_colleague(tablet: Tablet) -> None:
    tablet.room.learn(first_issue="2026-06-01", valid_from="2026-06-01", valid_to="2032-06-01")
    to_capture(tablet, route="绕城高速线")
    take_file(tablet)
    check = tablet.page(CheckPage)
    tablet.press("登记陪同人驾驶证")
    key_in(tablet, "20190304")
    tablet.press("填入")
    assert "陪同同事：2019-03-04 初次领证" in tablet.words()
    tablet.press("核对好了，请客人声明")
    tablet.press("以上都没有")
    assert check.go.isEnabled()
    tablet.press("确认，去读协议")
    agreement = tablet.room.drives.get(tablet.page(ReadingPage).drive.agreement_id)
    assert agreement.decision == Outcome.ACCOMPANIED.value


def test_a_foreign_licence_is_chosen_by_hand_and_leaves_riding_along(tablet: Tablet) -> None:
    to_capture(tablet)
    capture = tablet.page(CapturePage)
    tablet.press("其他证件")
    tablet.press("境外驾驶证")
    check = tablet.page(CheckPage)
    sheet = tablet.room.tablet.scans.sheet(capture.drive.agreement_id)
    assert sheet.kind is LicenceKind.FOREIGN
    assert sheet.needs_second
    assert "境外驾驶证" in tablet.words()
    assert not check.go.isEnabled()
    tablet.press("改为试乘")
    tablet.page(ReadingPage)


def test_three_failed_readings_lead_to_typing_and_a_second_person(tablet: Tablet) -> None:
    to_capture(tablet)
    for _try in range(3):
        capture = tablet.page(CapturePage)
        scans, agreement = tablet.room.tablet.scans, capture.drive.agreement_id
        scans.add_file(agreement, bytes([9]))
        capture.pages_taken(1)
        tablet.press("开始读取")
        assert "没有认出驾驶证" in tablet.words()
        tablet.page(CapturePage)._see()
    capture = tablet.page(CapturePage)
    capture._see()
    assert "读了三次没读清" in tablet.words()
    tablet.press("手工填写")
    tablet.page(CheckPage)
    assert tablet.room.tablet.scans.sheet(agreement).is_typed


def test_three_files_are_one_too_many_and_it_is_said(tablet: Tablet, tmp_path: Path) -> None:
    to_capture(tablet)
    tablet.page(CapturePage).add_files([str(tmp_path / f"{n}.jpg") for n in range(3)])
    assert "最多选两张" in tablet.words()


def test_a_picture_file_that_is_gone_is_said_and_nothing_is_lost(tablet: Tablet, tmp_path: Path) -> None:
    tablet.room.learn()
    to_capture(tablet)
    capture = tablet.page(CapturePage)
    capture.add_files([str(tmp_path / "unplugged.jpg")])
    tablet.settle()
    assert "这个文件读不到" in tablet.words()
    take_file(tablet)
    tablet.page(CheckPage)


def test_a_kept_licence_is_shown_for_a_reason_and_goes_away(tablet: Tablet) -> None:
    keeps_pictures(tablet.room)
    tablet.room.learn()
    to_capture(tablet)
    take_file(tablet)
    tablet.press("核对好了，请客人声明")
    tablet.press("以上都没有")
    tablet.press("确认，去读协议")
    window = tablet.window
    window.open(CustomersPlace())
    tablet.press("驾驶证照片")
    tablet.press("本次试驾的违章或事故")
    (shown,) = window.findChildren(KeptLicenceDialog)
    assert shown.picture.page == 0
    tablet.press("完成")
    with tablet.room.storage.look() as view:
        day = timedelta(days=1)
        lines = view.audit.between(tablet.room.clock.now() - day, tablet.room.clock.now() + day)
    assert [line.reason for line in lines if line.act == "licence.picture_shown"] == ["本次试驾的违章或事故"]
    tablet.press("驾驶证照片")
    tablet.press("立即删除")
    tablet.press("删除")
    assert "照片已删除" in tablet.words()
    assert tablet.button("驾驶证照片") is None


def test_a_rare_character_of_a_name_is_reached_by_pinyin(tablet: Tablet) -> None:
    to_capture(tablet, agrees=False)
    tablet.page(CheckPage)
    tablet.press("改")
    for letter in "kun":
        tablet.press(letter)
    for _page in range(5):
        if tablet.button("堃") is not None:
            break
        tablet.press("更多的字")
    tablet.press("堃")
    tablet.press("填入")
    rows = tablet.room.tablet.scans.sheet(agreement_id(tablet)).rows
    assert next(row.text for row in rows if row.field is F.NAME) == "堃"
