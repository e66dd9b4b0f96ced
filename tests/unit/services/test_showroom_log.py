"""The showroom log: search, and exports that carry their reader, are audited and harmless."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import RoleMayNot
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services import showroom_log
from smart4s_kiosk.services.showroom_log import ExportNeedsManager, ExportTooLong, ExportWords, LogLine, LogQuery
from tests.desk_showroom import SHEN, ZHOU, DeskShowroom
from tests.fakes.documents import HEAD

TODAY = date(2026, 11, 21)
WEEK = LogQuery(TODAY - timedelta(days=6), TODAY)


def cells(line: LogLine) -> tuple[str, ...]:
    return (line.label, line.name or "=cmd|' /C calc'!A0", line.consultant)


WORDS = ExportWords("日志", ("到访", "客户", "顾问"), lambda name, at: f"{name} {at:%Y-%m-%d}", cells)


@pytest.fixture
def room() -> DeskShowroom:
    made = DeskShowroom()
    made.busy_morning()
    return made


def test_lines_are_masked_newest_first_and_counted(room: DeskShowroom) -> None:
    page = room.log.read(replace(WEEK, limit=3))
    assert (len(page.lines), page.total) == (3, 8)
    assert [line.label for line in page.lines] == ["A-008", "A-007", "A-006"]
    assert {line.name for line in page.lines} == {"郑*", "李*", ""}


@pytest.mark.parametrize(
    ("change", "labels"),
    [
        ({"consultant_id": StaffId("于晴")}, ["A-005", "A-003"]),
        ({"purpose": Purpose.TEST_DRIVE}, ["A-008"]),
        ({"text": "a-00"}, [f"A-00{n}" for n in range(8, 0, -1)]),
        ({"text": "曹"}, ["A-004"]),
        ({"last_day": TODAY - timedelta(days=1)}, []),
    ],
)
def test_search(room: DeskShowroom, change: dict[str, object], labels: list[str]) -> None:
    page = room.log.read(replace(WEEK, **change))  # type: ignore[arg-type] # named fields of a query
    assert [line.label for line in page.lines] == labels


def test_a_day_is_the_showrooms_day(room: DeskShowroom) -> None:
    room.clock.advance(
        (datetime(2026, 11, 21, 16, 30, tzinfo=room.clock.now().tzinfo) - room.clock.now()).total_seconds()
    )
    room.arrive("after-midnight")
    assert room.log.read(LogQuery(TODAY + timedelta(days=1), TODAY + timedelta(days=1))).total == 1
    assert room.log.read(LogQuery(TODAY, TODAY)).total == 8


def test_an_export_is_audited_names_its_reader_and_runs_nothing(room: DeskShowroom) -> None:
    content = room.log.export_xlsx(WEEK, WORDS, by=SHEN)
    active = load_workbook(io.BytesIO(content)).active
    assert active is not None
    rows = list(active.iter_rows())
    assert rows[0][0].value == "沈佳 2026-11-21"
    guests = [row[1].value for row in rows[2:]]
    assert len(guests) == 8
    assert guests.count("'=cmd|' /C calc'!A0") == 2
    assert {cell.data_type for row in rows[2:] for cell in row if cell.value} == {"s"}
    with room.storage.look() as view:
        line = view.audit.between(room.clock.now() - timedelta(hours=9), room.clock.now() + timedelta(hours=1))[-1]
    assert (line.act, line.staff_id, line.rows) == ("log.exported", SHEN, 8)
    assert line.content_hash == hashlib.sha256(content).hexdigest()


def test_more_rows_than_allowed_need_a_manager_and_say_who_agreed(room: DeskShowroom) -> None:
    with room.storage.begin() as work:
        strict = replace(work.settings.current(), export_rows_without_pin=7)
        work.settings.put(strict, by=None, at=room.clock.now())
    with pytest.raises(ExportNeedsManager) as refused:
        room.log.export_xlsx(WEEK, WORDS, by=SHEN)
    assert refused.value.facts["rows"] == 8
    with pytest.raises(RoleMayNot):
        room.log.export_xlsx(WEEK, WORDS, by=SHEN, approved_by=SHEN)
    room.log.export_xlsx(WEEK, WORDS, by=SHEN, approved_by=ZHOU)
    with room.storage.look() as view:
        line = view.audit.between(room.clock.now() - timedelta(hours=9), room.clock.now() + timedelta(hours=1))[-1]
    assert line.reason == ZHOU


def test_what_is_printed_is_as_masked_and_audited_as_what_is_exported(room: DeskShowroom) -> None:
    assert room.log.print_out(WEEK, WORDS, by=SHEN)
    ((title, pdf),) = room.papers.made
    paper = json.loads(pdf.removeprefix(HEAD))
    assert (title, paper["title"], paper["reader"]) == ("list_sheet", "日志", "沈佳 2026-11-21")
    assert (tuple(paper["head"]), len(paper["rows"])) == (WORDS.head, 8)
    assert {row[1][:1] for row in paper["rows"]} == {"郑", "李", "曹", "刘", "杨", "韩", "="}
    with room.storage.look() as view:
        line = view.audit.between(room.clock.now() - timedelta(hours=9), room.clock.now() + timedelta(hours=1))[-1]
    assert (line.act, line.rows) == ("log.printed", 8)
    with pytest.raises(RoleMayNot):
        room.log.print_out(WEEK, WORDS, by=StaffId("王静"))


def test_a_second_press_prints_nothing_more_and_a_printer_that_is_away_says_so(room: DeskShowroom) -> None:
    assert room.log.can_print
    assert room.log.print_out(WEEK, WORDS, by=SHEN)
    assert not room.log.print_out(WEEK, WORDS, by=SHEN)
    assert len(room.printer.printed) == 1
    room.printer.away = True
    room.clock.advance(minutes=1)
    with pytest.raises(Unavailable):
        room.log.print_out(WEEK, WORDS, by=SHEN)


def test_more_than_a_sheet_takes_is_refused_and_never_cut(room: DeskShowroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showroom_log, "MOST_EXPORTED", 7)
    for take_out in (room.log.export_xlsx, room.log.print_out):
        with pytest.raises(ExportTooLong):
            take_out(WEEK, WORDS, by=SHEN, approved_by=ZHOU)


def test_a_consultant_may_not_export(room: DeskShowroom) -> None:
    with pytest.raises(RoleMayNot):
        room.log.export_xlsx(WEEK, WORDS, by=StaffId("王静"))


def test_the_limit_of_500_rows_is_the_default(room: DeskShowroom) -> None:
    with room.storage.look() as view:
        assert view.settings.current().export_rows_without_pin == 500
    assert room.customers.lines("")[0].title in set(Title)
