"""CSV and XLSX in and out: bounded when reading, harmless when writing."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from smart4s_kiosk.ports.tables import MOST_BYTES, MOST_ROWS, Table, TableUnreadable

MOST_UNPACKED = 40 * 1024 * 1024
"""An XLSX is a ZIP: one that unpacks to more is refused before it is unpacked."""
MOST_COLUMNS = 60
_DAMAGED = (
    BadZipFile,
    InvalidFileException,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    SyntaxError,  # what is no XML
    AttributeError,  # XML of another kind: openpyxl looks for parts that are not there
    LookupError,
    TypeError,
    ValueError,
    NotImplementedError,
    EOFError,
)
"""What openpyxl and zipfile raise for files that are no workbook."""
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First signs that make a spreadsheet run a cell (showroom.md, exports)."""


class TableFiles:
    """Implements `Tables`."""

    def read(self, content: bytes) -> Table:
        """A table file of either kind."""
        if len(content) > MOST_BYTES:
            raise TableUnreadable(reason="too_large", bytes=len(content))
        rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)
        head, *body = rows or [()]
        if not any(head) or not body:
            raise TableUnreadable(reason="empty")
        if len(body) > MOST_ROWS:
            raise TableUnreadable(reason="too_many_rows", rows=len(body))
        width = max(number for number, name in enumerate(head, 1) if name)
        return Table(head[:width], tuple((*row, *[""] * width)[:width] for row in body if any(row)))

    def xlsx(self, table: Table, *, title: str, notes: Sequence[str]) -> bytes:
        """One sheet."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = title[:31]
        for note in notes:
            sheet.append([harmless(note)])
        sheet.append([harmless(cell) for cell in table.head])
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
        for row in table.rows:
            sheet.append([harmless(cell) for cell in row])
        for number, name in enumerate(table.head, 1):
            longest = max([len(name), *(len(row[number - 1]) for row in table.rows[:200])], default=8)
            sheet.column_dimensions[get_column_letter(number)].width = min(48, 4 + 1.7 * longest)
        for line in sheet.iter_rows():
            for cell in line:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def csv(self, table: Table, *, notes: Sequence[str]) -> bytes:
        """Comma separated."""
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerows([harmless(note)] for note in notes)
        writer.writerow([harmless(cell) for cell in table.head])
        writer.writerows([harmless(cell) for cell in row] for row in table.rows)
        return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def harmless(cell: str) -> str:
    """The cell as text: an apostrophe stands before what a spreadsheet would run; control signs are left out."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{clean}" if clean.startswith(_RUNS) else clean


def _csv_rows(content: bytes) -> list[tuple[str, ...]]:
    try:
        text = _decoded(content)
        if "\0" in text:
            raise TableUnreadable(reason="damaged")
        sample = text[:4096]
        delimiter = max(",\t;", key=sample.count)
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        return _bounded(tuple(cell.strip() for cell in row) for row in rows)
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableUnreadable(reason="damaged") from error


def _decoded(content: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with a mark, else GB 18030, which holds all of GBK."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _xlsx_rows(content: bytes) -> list[tuple[str, ...]]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise TableUnreadable(reason="too_large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and lists of choices that we never read
            return _first_sheet(content)
    except _DAMAGED as error:
        raise TableUnreadable(reason="damaged") from error


def _first_sheet(content: bytes) -> list[tuple[str, ...]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return _bounded(
        tuple("" if value is None else str(value).strip() for value in row)
        for row in book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
    )


def _bounded(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    taken: list[tuple[str, ...]] = []
    for row in rows:
        taken.append(row[:MOST_COLUMNS])
        if len(taken) > MOST_ROWS + 1:
            raise TableUnreadable(reason="too_many_rows", rows=len(taken))
    return taken
