"""A list on paper: A4 across, columns as wide as what stands in them, the head on every page."""

from collections.abc import Sequence

from smart4s_kiosk.documents.blocks import furniture
from smart4s_kiosk.documents.fonts import Weight, width
from smart4s_kiosk.documents.pdf import A4, INK, INK_2, LINE, MM, SMALL, TITLE, Colophon, Paper, Sheet, Style, local
from smart4s_kiosk.ports.documents import ListPaper

ACROSS = Sheet(size=(A4[1], A4[0]), side=14 * MM, top=14 * MM, bottom=18 * MM)
HEAD = Style(8.5, 13, Weight.MEDIUM, INK_2)
CELL = Style(8.5, 13)
GAP = 3 * MM
WIDEST = 60 * MM
"""A column asks for no more; longer text takes more lines."""


class ListSheetMaker:
    """Makes lists with reportlab."""

    def list_sheet(self, paper: ListPaper) -> bytes:
        at = local(paper.printed_at, paper.store)
        sheet = Paper(Colophon(paper.store, paper.title, "", paper.language, at), ACROSS)
        sheet.y += 8 * MM
        sheet.paragraph(paper.title, TITLE)
        sheet.paragraph(paper.reader, SMALL)
        sheet.skip(2 * MM)
        columns = _columns(paper, sheet.room)
        _head(sheet, paper.head, columns)
        for row in paper.rows:
            if _height(sheet, row, CELL, columns) > sheet.left_on_page():
                sheet.new_page()
                _head(sheet, paper.head, columns)
            _row(sheet, row, CELL, columns)
            sheet.rule(colour=LINE)
        return sheet.finish(furniture)


def _columns(paper: ListPaper, room: float) -> list[float]:
    """Each as wide as its longest cell, all together as wide as the page."""
    asked = []
    for number, name in enumerate(paper.head):
        cells = [width(row[number], CELL.weight, CELL.size) for row in paper.rows]
        asked.append(min(WIDEST, max([width(name, HEAD.weight, HEAD.size), *cells])) + GAP)
    share = room / sum(asked) if asked else 1.0
    return [one * share for one in asked]


def _head(sheet: Paper, names: Sequence[str], columns: Sequence[float]) -> None:
    _row(sheet, names, HEAD, columns)
    sheet.rule(colour=INK)


def _row(sheet: Paper, cells: Sequence[str], style: Style, columns: Sequence[float]) -> None:
    top, x, height = sheet.y, sheet.left, _height(sheet, cells, style, columns)
    for words, wide in zip(cells, columns, strict=True):
        sheet.y = top + 2
        sheet.paragraph(words, style, x=x, room=wide - GAP)
        x += wide
    sheet.y = top + height


def _height(sheet: Paper, cells: Sequence[str], style: Style, columns: Sequence[float]) -> float:
    lines = (sheet.height_of(words, style, wide - GAP) for words, wide in zip(cells, columns, strict=True))
    return max(lines, default=style.leading) + 5
