"""Licence pictures after the check: gone at once, or sealed for 30 days where store and customer chose so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from smart4s_kiosk.app.consent_notice import LICENCE_KEPT, load_notice, load_notices
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.services.customers import ReasonMissing, TooManyReveals
from smart4s_kiosk.services.licence_pictures import NoPicturesKept, PicturesOfAnothersDrive
from smart4s_kiosk.services.tablet_views import DriveSheet
from tests.fakes.licence_reading import BLACK_JPEG
from tests.tablet_room import TabletRoom
from tests.unit.services.tablet_walk import begun, read_licence

FINE = Declaration()


def store_keeps(room: TabletRoom, *, keeps: bool) -> None:
    with room.storage.begin() as work:
        wanted = replace(work.settings.current(), keep_licence_pictures=keeps)
        work.settings.put(wanted, by=room.zhou.id, at=room.clock.now())


def confirmed(room: TabletRoom, *, known: bool = True) -> DriveSheet:
    """A licence read under the notice of the day, and confirmed."""
    room.learn()
    sheet = begun(room, known=known)
    drives = room.tablet.drives
    shown = drives.notice(sheet)
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN", notice=shown)
    read_licence(room, sheet)
    return drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("可以试驾",))


def kept(room: TabletRoom, agreement_id: AgreementId) -> tuple[bytes, ...]:
    return room.picture_shelf.of(agreement_id)


def test_by_default_nothing_is_kept() -> None:
    room = TabletRoom()
    sheet = confirmed(room)
    assert kept(room, sheet.agreement_id) == ()
    assert room.tablet.scans.pictures(sheet.agreement_id) == ()


def test_a_store_that_keeps_them_says_so_before_and_seals_them_for_thirty_days() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    (sealed,) = kept(room, sheet.agreement_id)
    assert BLACK_JPEG not in sealed
    assert room.tablet.scans.pictures(sheet.agreement_id) == ()
    assert room.pictures.show(sheet.agreement_id, by=room.zhou.id, reason="违章核实") == (BLACK_JPEG,)
    room.clock.advance(timedelta(days=30).total_seconds())
    assert room.pictures.tidy() == 0
    room.clock.advance(timedelta(days=1).total_seconds())
    assert room.pictures.tidy() == 1
    assert kept(room, sheet.agreement_id) == ()


def test_who_agreed_to_deletion_has_nothing_kept() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN", notice=drives.notice(sheet))
    store_keeps(room, keeps=True)  # between the notice and the check
    read_licence(room, sheet)
    drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("可以试驾",))
    assert kept(room, sheet.agreement_id) == ()


def test_a_store_that_stops_keeping_loses_all_of_them() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    store_keeps(room, keeps=False)
    assert room.pictures.tidy() == 1
    assert kept(room, sheet.agreement_id) == ()


def test_a_full_disk_keeps_nothing_and_stops_nobody() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    room.picture_shelf.is_full = True
    sheet = confirmed(room)
    assert sheet.state == "verified"
    assert kept(room, sheet.agreement_id) == ()


def test_giving_up_and_forgetting_the_person_end_them() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    room.room.vault.forget(room.zhang.person_id)
    with pytest.raises(LookupError):
        room.pictures.show(sheet.agreement_id, by=room.zhou.id, reason="test")
    room.tablet.drives.give_up(sheet.agreement_id, reason="客人改了主意")
    assert kept(room, sheet.agreement_id) == ()


def test_looking_at_them_is_written_down() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    room.pictures.show(sheet.agreement_id, by=room.zhou.id, reason="违章核实")
    with room.storage.look() as view:
        lines = view.audit.between(room.clock.now() - timedelta(minutes=1), room.clock.now() + timedelta(minutes=1))
    assert [line.reason for line in lines if line.act == "licence.picture_shown"] == ["违章核实"]


def test_only_the_consultant_of_the_drive_and_a_manager_see_them_and_only_for_a_reason() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    guests = room.tablet.guests
    assert guests.kept_pictures(sheet.agreement_id, room.wang.id, "违章核实") == (BLACK_JPEG,)
    with pytest.raises(PicturesOfAnothersDrive):
        guests.kept_pictures(sheet.agreement_id, room.li.id, "好奇")
    with pytest.raises(ReasonMissing):
        guests.kept_pictures(sheet.agreement_id, room.zhou.id, "  ")
    room.picture_shelf.remove(sheet.agreement_id)
    with pytest.raises(NoPicturesKept):
        guests.kept_pictures(sheet.agreement_id, room.zhou.id, "违章核实")


def test_the_customer_may_have_them_deleted_before_the_thirty_days_are_over() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    with pytest.raises(PicturesOfAnothersDrive):
        room.tablet.guests.remove_pictures(sheet.agreement_id, room.li.id)
    room.tablet.guests.remove_pictures(sheet.agreement_id, room.wang.id)
    assert kept(room, sheet.agreement_id) == ()
    with pytest.raises(NoPicturesKept):
        room.tablet.guests.remove_pictures(sheet.agreement_id, room.wang.id)
    now, day = room.clock.now(), timedelta(days=1)
    with room.storage.look() as view:
        acts = [line.act for line in view.audit.between(now - day, now + day)]
    assert acts.count("licence.picture_removed") == 1


def test_a_consultant_sees_as_many_an_hour_as_phone_numbers() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    with room.storage.look() as view:
        limit = view.settings.current().reveals_per_hour
    for _look in range(limit):
        room.tablet.guests.kept_pictures(sheet.agreement_id, room.wang.id, "违章核实")
    with pytest.raises(TooManyReveals):
        room.tablet.guests.kept_pictures(sheet.agreement_id, room.wang.id, "违章核实")
    assert room.tablet.guests.kept_pictures(sheet.agreement_id, room.zhou.id, "违章核实")
    room.clock.advance(3601)
    assert room.tablet.guests.kept_pictures(sheet.agreement_id, room.wang.id, "违章核实")


def test_lists_name_kept_pictures_to_those_who_may_see_them() -> None:
    room = TabletRoom()
    store_keeps(room, keeps=True)
    sheet = confirmed(room)
    for member, sees in ((room.wang, True), (room.zhou, True), (room.li, False)):
        (line,) = [one for one in room.tablet.guests.find("", member.id) if one.customer_id == room.zhang.id]
        (drive,) = room.tablet.drives.todays(member.id)
        assert (line.kept is not None, drive.kept is not None) == (sees, sees)
    with room.storage.begin() as work:
        assert room.pictures.kept_for(work, room.wang.id)[0].number == sheet.number
        work.agreements.remove(sheet.agreement_id)
        assert room.pictures.kept_for(work, room.wang.id) == ()


def test_every_version_of_the_licence_texts_has_a_number_of_its_own() -> None:
    kind = ConsentKind.LICENCE_READING
    notices = [*load_notices(kind), *load_notices(kind, name=LICENCE_KEPT)]
    assert len({notice.version for notice in notices}) == len(notices)
    kept_rows = [row for words in load_notice(kind, name=LICENCE_KEPT).words for row in words.rows]
    assert sum("30" in statement for _label, statement in kept_rows) == 2
