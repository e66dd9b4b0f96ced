"""Further states of the tablet's licence pages: kept pictures, other documents, a new driver's companion, a full paper."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path as FilePath

from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.domain.licences import LicenceField, LicenceKind, Mark
from smart4s_kiosk.services.licence_scans import NoLicenceSeen
from smart4s_kiosk.services.tablet_views import DriveSheet
from smart4s_kiosk.ui.tablet.capture_page import CapturePage
from smart4s_kiosk.ui.tablet.customers_page import CustomersPage
from smart4s_kiosk.ui.tablet.kept_licence import KeptLicenceDialog, ask_reason
from smart4s_kiosk.ui.tablet.places import CustomersPlace, DrivePlace, DrivesPlace, Place
from smart4s_kiosk.ui.tablet.window import TabletWindow
from tests.screenshots.tablet_pages import agreed, begun, shot
from tests.tablet_room import CAR, TabletRoom

F = LicenceField
LICENCE = FilePath(__file__).resolve().parents[2] / "resources" / "demo" / "licence" / "main.jpg"


def keeps_pictures(room: TabletRoom) -> TabletRoom:
    with room.storage.begin() as work:
        wanted = replace(work.settings.current(), keep_licence_pictures=True)
        work.settings.put(wanted, by=room.zhou.id, at=room.clock.now())
    return room


def consent_kept(room: TabletRoom) -> Place:
    return DrivePlace(begun(keeps_pictures(room)).agreement_id)


def capture_kept(room: TabletRoom) -> Place:
    return DrivePlace(agreed(keeps_pictures(room)).agreement_id)


def ask_kind(window: TabletWindow, _room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, CapturePage)
    page.other.click()


def capture(room: TabletRoom) -> Place:
    return DrivePlace(agreed(room).agreement_id)


def failed_three_times(room: TabletRoom) -> Place:
    sheet = agreed(room)
    scans = room.tablet.scans
    for _try in range(3):
        scans.begin(sheet.agreement_id)
        scans.add_file(sheet.agreement_id, bytes([9]))
        with suppress(NoLicenceSeen):
            scans.read(sheet.agreement_id)
    scans.begin(sheet.agreement_id)
    return DrivePlace(sheet.agreement_id)


def look_once(window: TabletWindow, _room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, CapturePage)
    page._see()


def foreign(room: TabletRoom) -> Place:
    sheet = agreed(room)
    room.tablet.scans.type_by_hand(sheet.agreement_id, LicenceKind.FOREIGN)
    return DrivePlace(sheet.agreement_id)


def on_motorway(room: TabletRoom) -> DriveSheet:
    drives = room.tablet.drives
    choices = drives.choices(room.guest(accepted=True))
    sheet = drives.begin(choices, car_id=CAR, route="绕城高速线", kind=RideKind.DRIVE, by=room.wang.id)
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=5, language="zh_CN")
    room.tablet.scans.add_file(sheet.agreement_id, bytes([1]))
    room.tablet.scans.read(sheet.agreement_id)
    return sheet


def companion_asked(room: TabletRoom) -> Place:
    room.learn(first_issue="2026-06-01", valid_from="2026-06-01", valid_to="2032-06-01")
    return DrivePlace(on_motorway(room).agreement_id)


def companion_known(room: TabletRoom) -> Place:
    room.learn(first_issue="2026-06-01", valid_from="2026-06-01", valid_to="2032-06-01")
    sheet = on_motorway(room)
    room.tablet.scans.type_companion(sheet.agreement_id, "20190304")
    return DrivePlace(sheet.agreement_id)


def every_field_open(room: TabletRoom) -> Place:
    room.learn(marks=dict.fromkeys((F.NAME, F.NUMBER, F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS), (Mark.WEAK,)))
    return DrivePlace(on_motorway(room).agreement_id)


def another_number(room: TabletRoom) -> Place:
    room.learn(number="H12345678", nationality="中国香港")
    return DrivePlace(on_motorway(room).agreement_id)


def kept(room: TabletRoom) -> DrivePlace:
    """Confirmed in a store that keeps the pictures."""
    keeps_pictures(room).learn()
    room.room.customers.set_phone(room.zhang.id, "13800005678")
    drives = room.tablet.drives
    sheet = begun(room)
    notice = drives.notice(sheet)
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=5, language="zh_CN", notice=notice)
    for page in (1, 2):
        room.tablet.scans.add_file(sheet.agreement_id, bytes([page]))
    room.tablet.scans.read(sheet.agreement_id)
    drives.confirm_licence(sheet.agreement_id, Declaration(), verdict_words=("可以试驾",))
    return DrivePlace(sheet.agreement_id)


def kept_in_customers(room: TabletRoom) -> Place:
    kept(room)
    return CustomersPlace()


def kept_in_drives(room: TabletRoom) -> Place:
    kept(room)
    return DrivesPlace()


def kept_reason(window: TabletWindow, room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, CustomersPage)
    (line,) = [one for one in room.tablet.guests.find("", room.wang.id) if one.kept]
    assert line.kept is not None
    ask_reason(page, line.kept, "张先生")


def kept_shown(window: TabletWindow, room: TabletRoom) -> None:
    (line,) = [one for one in room.tablet.guests.find("", room.wang.id) if one.kept]
    assert line.kept is not None
    KeptLicenceDialog(window, "张先生", line.kept, (LICENCE.read_bytes(), LICENCE.read_bytes())).open_now()


SHOTS = [
    shot("licence-kept-customers", kept_in_customers),
    shot("licence-kept-drives", kept_in_drives),
    shot("licence-kept-reason", kept_in_customers, kept_reason),
    shot("licence-kept-shown", kept_in_customers, kept_shown),
    shot("licence-consent-kept", consent_kept),
    shot("licence-capture-kept", capture_kept),
    shot("licence-capture-failed", failed_three_times, look_once),
    shot("licence-other-document", capture, ask_kind),
    shot("licence-foreign", foreign),
    shot("licence-companion-asked", companion_asked),
    shot("licence-companion-known", companion_known),
    shot("licence-all-open", every_field_open),
    shot("licence-another-number", another_number),
]
