"""Any file is read as a table or refused with a reason; any table that leaves comes back, and nothing in it runs."""

import csv
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from smart4s_kiosk.documents.tables import TableFiles
from smart4s_kiosk.ports.tables import Table, TableUnreadable

FILES = TableFiles()
GOOD = FILES.xlsx(Table(("时间", "姓名"), (("15:00", "陈立"), ("16:00", "李娜"))), title="预约", notes=())
RUNS = ("=", "+", "-", "@", "\t", "\r")


def refused_or_read(content: bytes) -> None:
    try:
        table = FILES.read(content)
    except TableUnreadable:
        return
    assert table.head[-1]
    assert all(len(row) == len(table.head) for row in table.rows)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    refused_or_read(content)
    refused_or_read(b"PK\x03\x04" + content)


@settings(max_examples=60)
@given(st.data())
def test_a_workbook_with_one_part_spoilt(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    parts[name] = parts[name][:at] + data.draw(st.binary(max_size=12)) + parts[name][at + 3 :]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as bad:
        for each, content in parts.items():
            bad.writestr(each, content)
    refused_or_read(target.getvalue())


@settings(max_examples=60)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_nothing_that_leaves_runs(cells: list[str]) -> None:
    table = Table(tuple(f"c{n}" for n in range(len(cells))), (tuple(cells),))
    sheet = load_workbook(io.BytesIO(FILES.xlsx(table, title="t", notes=()))).active
    assert sheet is not None
    for each in sheet[2]:
        assert each.data_type != "f"
        assert not str(each.value or "").startswith(RUNS)
    lines = csv.reader(io.StringIO(FILES.csv(table, notes=()).decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(RUNS) for line in lines for cell in line)
