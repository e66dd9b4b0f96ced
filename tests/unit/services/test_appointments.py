"""Appointments: booking, days, and tables of other programs taken over as a whole or not at all."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import Workbook

from smart4s_kiosk.domain.appointments import AppointmentAlreadyUsed, AppointmentState
from smart4s_kiosk.domain.customers import PhoneNotComplete
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import RoleMayNot
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.ports.tables import MOST_BYTES, TableUnreadable
from smart4s_kiosk.services.appointments import (
    AppointmentImportRefused,
    ImportProblem,
    NewAppointment,
    NotATime,
    read_time,
)
from tests.desk_showroom import SHEN, DeskShowroom

TODAY = date(2026, 11, 21)
HEAD = "时间,姓名,称谓,手机号,目的,顾问,车型,人数,备注\n"
ROWS = "2026-11-21 15:00,陈立,先生,13800138000,保养,王静,E7,2,带行李箱\n2026/11/22 9:30,冯敏,女,,提车,,,x,\n"


@pytest.fixture
def room() -> DeskShowroom:
    return DeskShowroom()


def sheet(*rows: tuple[str | datetime, ...]) -> bytes:
    book = Workbook()
    active = book.active
    assert active is not None
    for row in rows:
        active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_taken_over_whatever_its_encoding(room: DeskShowroom, encoding: str) -> None:
    report = room.appointments.import_report((HEAD + ROWS).encode(encoding), by=SHEN)
    assert (report.booked, report.passed_over, report.problems) == (2, 0, ())
    (line,) = room.appointments.of_day(TODAY)
    assert (line.name, line.title, line.purpose, line.consultant) == ("陈*", Title.MR, Purpose.SERVICE, "王静")
    assert line.at == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    (next_day,) = room.appointments.of_day(TODAY + timedelta(days=1))
    assert (next_day.party_size, next_day.consultant) == (1, "")


def test_an_xlsx_with_real_dates_is_taken_over(room: DeskShowroom) -> None:
    content = sheet(("时间", "姓名", "目的"), (datetime(2026, 11, 21, 15, 0), "陈立", "试驾"))  # noqa: DTZ001 - a sheet knows no zone
    assert room.appointments.import_report(content, by=SHEN).booked == 1
    assert room.appointments.of_day(TODAY)[0].purpose is Purpose.TEST_DRIVE


def test_a_second_import_passes_over_what_is_booked(room: DeskShowroom) -> None:
    content = (HEAD + ROWS).encode()
    room.appointments.import_report(content, by=SHEN)
    report = room.appointments.import_report(content, by=SHEN)
    assert (report.booked, report.passed_over) == (0, 2)
    with room.storage.look() as view:
        lines = view.audit.between(room.clock.now() - timedelta(hours=1), room.clock.now() + timedelta(hours=1))
    assert [(line.act, line.rows) for line in lines] == [("appointments.imported", 2), ("appointments.imported", 0)]


def test_one_wrong_row_keeps_everything_out_and_all_problems_stand_in_one_report(room: DeskShowroom) -> None:
    bad = "昨天,冯敏,,12,散步,,,,\n2026-11-21 16:00,,,,试驾,,,,\n"
    report = room.appointments.import_report((HEAD + ROWS + bad).encode(), by=SHEN)
    assert report.booked == 0
    assert report.problems == (ImportProblem(4, ("time", "purpose", "phone")), ImportProblem(5, ("name",)))
    assert room.appointments.of_day(TODAY) == ()


def test_a_long_list_of_problems_is_counted_not_listed(room: DeskShowroom) -> None:
    report = room.appointments.import_report((HEAD + "x,x,,,x,,,,\n" * 50).encode(), by=SHEN)
    assert (len(report.problems), report.more) == (20, 30)


def test_missing_columns_are_named(room: DeskShowroom) -> None:
    report = room.appointments.import_report("姓名,电话\n陈立,13800138000\n".encode(), by=SHEN)
    assert report.problems == (ImportProblem(0, ("time", "purpose")),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        ("时间,姓名,目的\n".encode(), "empty"),
        (b"\x00\x01\x02\x03,a\nb,c\n", "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"PK\x03\x04 no archive at all", "damaged"),
        (b"a,b\n" + b"1,2\n" * 5001, "too_many_rows"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
    ],
)
def test_hostile_files_are_refused_with_a_reason(room: DeskShowroom, content: bytes, reason: str) -> None:
    with pytest.raises(TableUnreadable) as refused:
        room.appointments.import_table(content, by=SHEN)
    assert refused.value.facts["reason"] == reason


def test_an_archive_that_unpacks_to_very_much_is_refused_before_unpacking(room: DeskShowroom) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (41 * 1024 * 1024))
    assert len(target.getvalue()) < MOST_BYTES
    with pytest.raises(TableUnreadable) as refused:
        room.appointments.import_table(target.getvalue(), by=SHEN)
    assert refused.value.facts["reason"] == "too_large"


def test_only_who_may_assign_may_import_or_cancel(room: DeskShowroom) -> None:
    with pytest.raises(RoleMayNot):
        room.appointments.import_table((HEAD + ROWS).encode(), by=StaffId("王静"))
    booked = room.appointments.book(NewAppointment(room.clock.now(), Purpose.LOOK, "陈立"))
    with pytest.raises(RoleMayNot):
        room.appointments.cancel(booked.id, by=StaffId("王静"))


def test_the_refusal_carries_its_problems_for_the_command_line(room: DeskShowroom) -> None:
    with pytest.raises(AppointmentImportRefused) as refused:
        room.appointments.import_table((HEAD + "x,陈立,,,试驾,,,,\n").encode(), by=SHEN)
    assert refused.value.problems == (ImportProblem(2, ("time",)),)


def test_booking_on_a_day_of_the_showroom(room: DeskShowroom) -> None:
    new = NewAppointment(room.clock.now(), Purpose.TEST_DRIVE, " 陈立 ", phone="138 0013 8000")
    booked = room.appointments.book_at(new, TODAY, "14：30")
    assert booked.at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    assert (booked.name, booked.phone_fingerprint, booked.tail_fingerprint) == (
        "陈立",
        "phone:13800138000",
        "tail:8000",
    )
    with pytest.raises(PhoneNotComplete):
        room.appointments.book_at(NewAppointment(room.clock.now(), Purpose.LOOK, "陈", phone="12"), TODAY, "15:00")


@pytest.mark.parametrize(
    ("typed", "read"), [("14:30", (14, 30)), ("9:05", (9, 5)), ("0930", (9, 30)), (" 23.59", (23, 59))]
)
def test_times_of_day_as_people_type_them(typed: str, read: tuple[int, int]) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["", "25:00", "12:60", "noon", "1:2:3", "-1:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NotATime):
        read_time(typed)


def test_a_guest_who_arrived_cannot_be_cancelled(room: DeskShowroom) -> None:
    booked = room.appointments.book(NewAppointment(room.clock.now(), Purpose.LOOK, "陈立"))
    room.desk.arrive(room.desk.new_visit_id(), booked.id, by=SHEN)
    with pytest.raises(AppointmentAlreadyUsed):
        room.appointments.cancel(booked.id, by=SHEN)


def test_yesterdays_guests_who_did_not_come_are_missed(room: DeskShowroom) -> None:
    room.appointments.book(NewAppointment(room.clock.now() - timedelta(days=1), Purpose.LOOK, "陈立"))
    room.appointments.book(NewAppointment(room.clock.now(), Purpose.LOOK, "冯敏"))
    assert room.appointments.mark_missed() == 1
    assert [a.state for a in room.appointments.today()] == [AppointmentState.EXPECTED]
    (missed,) = room.appointments.of_day(TODAY - timedelta(days=1))
    assert missed.state is AppointmentState.MISSED
