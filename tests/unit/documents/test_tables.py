"""Tables in and out: every encoding that offices use, bounded, one reason for what cannot be read, nothing that runs."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from smart4s_kiosk.documents.tables import MOST_COLUMNS, TableFiles, harmless
from smart4s_kiosk.ports.tables import MOST_BYTES, MOST_ROWS, Table, TableUnreadable

FILES = TableFiles()
GUESTS = "时间,姓名,来意\n2026-11-21 15:00,欧阳娜娜,试驾\n2026-11-21 16:00,陈·立,保养\n"
READ = Table(
    ("时间", "姓名", "来意"), (("2026-11-21 15:00", "欧阳娜娜", "试驾"), ("2026-11-21 16:00", "陈·立", "保养"))
)
RUNS = ("=1+1", "+86", "-2", "@SUM(A1)", "\tx", "\rx")


def a_book(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def reason_of(content: bytes) -> object:
    with pytest.raises(TableUnreadable) as refused:
        FILES.read(content)
    return refused.value.facts["reason"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_the_office_wrote_it_with(encoding: str) -> None:
    assert FILES.read(GUESTS.encode(encoding)) == READ


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found(sign: str) -> None:
    assert FILES.read(GUESTS.replace(",", sign).encode()) == READ


def test_quotes_line_ends_and_empty_lines() -> None:
    content = '姓名,备注\r\n"李, 明","第一行\n第二行"\r\n\r\n,\r\n王静\r\n'.encode()
    assert FILES.read(content).rows == (("李, 明", "第一行\n第二行"), ("王静", ""))


def test_cells_beyond_the_head_are_left_out() -> None:
    assert FILES.read(b"a,b\n1,2,3\n").rows == (("1", "2"),)


def test_an_xlsx_is_read_as_text_with_its_dates() -> None:
    content = a_book(("时间", "姓名", "人数"), (datetime.fromisoformat("2026-11-21T15:00"), "陈立", 2))
    assert FILES.read(content).rows == (("2026-11-21 15:00:00", "陈立", "2"),)


def test_formulas_of_an_xlsx_are_not_worked_out() -> None:
    assert FILES.read(a_book(("姓名", "备注"), ("陈立", "=1+1"))).rows == (("陈立", ""),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        ("姓名\n".encode(), "empty"),
        (b",,\n1,2,3\n", "empty"),
        (b"a" * (MOST_BYTES + 1), "too_large"),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"a,b\n\x00\x01,2\n", "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"\x81\x30\xff,\n", "damaged"),
        (b"PK\x03\x04 no archive", "damaged"),
    ],
)
def test_what_cannot_be_read_has_one_reason(content: bytes, reason: str) -> None:
    assert reason_of(content) == reason


def test_an_archive_without_a_sheet_is_damaged() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("hello.txt", "no sheet")
    assert reason_of(target.getvalue()) == "damaged"


def changed_inside(name: str, content: bytes) -> bytes:
    """A good book in which one part was replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_book(("a",), ("1",)))) as good, zipfile.ZipFile(target, "w") as bad:
        for entry in good.namelist():
            bad.writestr(entry, content if entry == name else good.read(entry))
    return target.getvalue()


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [b"", b"<a", b"\x00\xff", b"<a/>"])
def test_a_part_that_is_no_xml_is_damaged_and_never_a_fault(part: str, content: bytes) -> None:
    with suppress(TableUnreadable):
        assert FILES.read(changed_inside(part, content)).head == ("a",)


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (41 * 1024 * 1024))
    assert len(target.getvalue()) < 100_000
    assert reason_of(target.getvalue()) == "too_large"


def test_a_sheet_that_claims_the_last_column_is_read_narrow() -> None:
    row = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c><c r="XFD{n}"><v>1</v></c></row>'
    rows = "".join(row.format(n=n) for n in range(1, 200))
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {names}><sheetData>{rows}</sheetData></worksheet>"
    assert len(FILES.read(changed_inside("xl/worksheets/sheet1.xml", sheet.encode())).head) <= MOST_COLUMNS


@pytest.mark.parametrize("cell", RUNS)
def test_no_cell_that_leaves_can_run(cell: str) -> None:
    table = Table(("客户", cell), ((cell, "张*"),))
    active = load_workbook(io.BytesIO(FILES.xlsx(table, title="日志", notes=(cell,)))).active
    assert active is not None
    for line in active.iter_rows():
        for each in line:
            assert each.data_type in {"s", "n"}
            assert each.value is None or not str(each.value).startswith(("=", "+", "-", "@", "\t", "\r"))
    lines = list(csv.reader(io.StringIO(FILES.csv(table, notes=(cell,)).decode("utf-8-sig"), newline="")))
    assert all(not each.startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines for each in line)


def test_text_stays_what_it_was() -> None:
    assert [harmless(text) for text in ("张*先生", "10:15", "A-031", "")] == ["张*先生", "10:15", "A-031", ""]


def test_signs_that_no_sheet_may_hold_are_left_out() -> None:
    table = Table(("客户",), (("张\x0b*\x01",),))
    active = load_workbook(io.BytesIO(FILES.xlsx(table, title="日志", notes=()))).active
    assert active is not None
    assert active["A2"].value == "张*"


def test_a_sheet_comes_back_as_it_was_written() -> None:
    written = FILES.xlsx(READ, title="今天的预约", notes=())
    assert FILES.read(written) == READ
    assert FILES.read(FILES.csv(READ, notes=())) == READ
