"""Whose licence it is, which car and road it allows, and what needs a colleague."""

from datetime import date

import pytest

from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.customers import AgeBand
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.licences import LicenceFieldWrong, Sex
from smart4s_kiosk.domain.names import is_same_name
from smart4s_kiosk.services.licence_sheets import FieldsStillOpen, RowState
from smart4s_kiosk.services.tablet_views import DriveSheet, DriveStep
from smart4s_kiosk.services.test_drives import DriveRefused, NameDiffers
from tests.tablet_room import CAR, NAME, NUMBER, TabletRoom
from tests.unit.services.tablet_walk import FINE, begun, checked, read_licence


def test_a_licence_in_another_name_is_a_companion_or_stops() -> None:
    room = TabletRoom()
    room.learn(name="李别人")
    sheet = begun(room)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    with pytest.raises(NameDiffers):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    after = drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=(), is_companion=True)
    assert after.driver_name == "李别人"
    with room.storage.look() as view:
        assert view.customers.get(room.zhang.id).name == "张示例", "the guest's own file stays"


@pytest.mark.parametrize(
    ("known", "read", "same"),
    [("", "张伟", True), ("张", "张伟", True), ("张伟", "张伟", True), ("张伟", "李伟", False), ("李", "张伟", False)],
)
def test_names_that_may_be_the_same(known: str, read: str, *, same: bool) -> None:
    assert is_same_name(known, read) is same


def test_a_manual_car_is_refused_to_class_c2_and_riding_along_is_open() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room, car=room.manual.id)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    judged = drives.judge(sheet.agreement_id, FINE)
    assert judged.decision.deciding_rule == "class-gearbox"
    assert not judged.may_drive
    with pytest.raises(DriveRefused):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    after = drives.ride_along(sheet.agreement_id)
    assert (after.step, after.kind) == (DriveStep.READ, RideKind.PASSENGER)


def test_what_was_confirmed_fills_the_customer_s_file_and_the_number_stays_sealed() -> None:
    room = TabletRoom()
    room.learn()
    sheet = checked(room)
    with room.storage.look() as view:
        customer = view.customers.get(room.zhang.id)
        agreement = view.agreements.get(sheet.agreement_id)
    assert (customer.name, customer.sex, customer.age_band) == (NAME, Sex.MALE, AgeBand.FROM_35)
    assert (customer.licence_classes, customer.licence_first_issue) == ("C2", date(2014, 7, 9))
    assert customer.licence_valid_until == date(2030, 7, 9)
    assert NUMBER not in str(customer)
    assert agreement.licence_sealed
    assert NUMBER.encode() not in agreement.licence_sealed
    assert customer.erased(room.clock.now()).sex is None


def on_motorway(room: TabletRoom) -> DriveSheet:
    """A driver in the first year, on the route with a motorway."""
    room.learn(first_issue="2026-06-01", valid_from="2026-06-01", valid_to="2032-06-01")
    drives = room.tablet.drives
    choices = drives.choices(room.guest(accepted=True))
    sheet = drives.begin(choices, car_id=CAR, route="绕城高速线", kind=RideKind.DRIVE, by=room.wang.id)
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    return drives.sheet(sheet.agreement_id)


@pytest.mark.parametrize(
    ("typed", "outcome"), [("20230101", Outcome.ACCOMPANIED), ("20250101", Outcome.PASSENGER_ONLY)]
)
def test_the_motorway_in_the_first_year_needs_a_practised_colleague(typed: str, outcome: Outcome) -> None:
    room = TabletRoom()
    sheet = on_motorway(room)
    drives, scans = room.tablet.drives, room.tablet.scans
    alone = drives.judge(sheet.agreement_id, FINE)
    assert alone.decision.outcome is Outcome.PASSENGER_ONLY
    assert alone.asks_companion
    with pytest.raises(DriveRefused):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    scans.type_companion(sheet.agreement_id, typed)
    beside = drives.judge(sheet.agreement_id, FINE)
    assert beside.decision.outcome is outcome
    assert beside.companion_first_issue is not None
    if outcome is Outcome.ACCOMPANIED:
        kept = drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("须陪同",))
        assert room.drives.get(kept.agreement_id).decision == Outcome.ACCOMPANIED.value


@pytest.mark.parametrize("typed", ["20991231", "20231301", "2023"])
def test_a_companion_licence_is_a_day_that_has_come(typed: str) -> None:
    room = TabletRoom()
    sheet = on_motorway(room)
    with pytest.raises(LicenceFieldWrong):
        room.tablet.scans.type_companion(sheet.agreement_id, typed)


def test_no_companion_is_asked_where_none_changes_the_decision() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room)
    room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    assert not room.tablet.drives.judge(sheet.agreement_id, FINE).asks_companion


@pytest.mark.parametrize(
    ("number", "nationality", "rule"),
    [
        ("H12345678", "中国香港", "nothing-against"),
        ("H12345678", "中国台湾", "number-nationality"),
        ("E12345678", "美国", "nothing-against"),
        ("E12345678", "中国", "number-nationality"),
    ],
)
def test_a_number_of_another_kind_needs_its_nationality_and_a_colleague(
    number: str, nationality: str, rule: str
) -> None:
    room = TabletRoom()
    room.learn(number=number, nationality=nationality)
    sheet = begun(room)
    drives, scans = room.tablet.drives, room.tablet.scans
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    for row in scans.sheet(sheet.agreement_id).rows:
        if row.state is RowState.OPEN:
            scans.accept_field(sheet.agreement_id, row.field)
    with pytest.raises(FieldsStillOpen):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    scans.confirm_as_second(sheet.agreement_id, room.li.id, "620493", first=room.wang.id)
    assert drives.judge(sheet.agreement_id, FINE).decision.deciding_rule == rule
    if rule == "number-nationality":
        with pytest.raises(DriveRefused):
            drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    else:
        kept = drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
        assert room.drives.get(kept.agreement_id).second_staff_id == room.li.id
