"""Parts that several papers share: head and foot of a page, grids of facts, boxes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smart4s_kiosk.documents.fonts import Weight, width
from smart4s_kiosk.documents.pdf import (
    INK_2,
    INK_3,
    LABEL,
    MM,
    SMALL,
    SUNKEN,
    Paper,
    Style,
)

HEAD_BRAND = Style(11, 16, Weight.MEDIUM)
HEAD_STORE = Style(8.5, 12, colour=INK_3)
VALUE = Style(9.5, 14)
BOX_TITLE = Style(9.5, 14, Weight.MEDIUM)
FOOT = Style(7.5, 11, colour=INK_3)


def furniture(paper: Paper, page: int, pages: int) -> None:
    """Head and foot of every page: who, what number, which page of how many."""
    about = paper.colophon
    store = about.store
    top = paper.sheet.top
    wide = paper.text(paper.left, top, store.brand, HEAD_BRAND)
    paper.text(paper.left + wide + 8, top, store.name, HEAD_STORE)
    paper.text(paper.right, top, " · ".join(filter(None, (about.title, about.number))), HEAD_STORE, "right")
    paper.y = top + 6
    paper.rule(colour=store.accent, thickness=1.4, to=paper.left + 10 * MM)
    bottom = paper.sheet.size[1] - paper.sheet.bottom + 5 * MM
    paper.y = bottom
    paper.rule()
    contact = " · ".join(filter(None, (store.company or store.name, store.address, store.phone)))
    paper.text(paper.left, bottom + 12, contact, FOOT)
    paper.text(paper.right, bottom + 12, about.page_words.format(page=page, pages=pages), FOOT, "right")
    if about.foot:
        paper.text(paper.left, bottom + 23, about.foot, FOOT)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value."""

    label: str
    value: str


def state_of_car(mileage_km: int, energy_level: str) -> str:
    """Mileage, and the energy level when somebody wrote it down."""
    return " · ".join(filter(None, (f"{mileage_km:,} km", energy_level)))


def facts_grid(paper: Paper, facts: Sequence[Fact], columns: int = 4) -> None:
    """Labels above values, in columns of one width; long values take more lines."""
    gap = 5 * MM
    wide = (paper.room - gap * (columns - 1)) / columns
    for start in range(0, len(facts), columns):
        row = facts[start : start + columns]
        label_height = max(paper.height_of(one.label, LABEL, wide) for one in row)
        height = label_height + max(paper.height_of(one.value or "—", VALUE, wide) for one in row)
        paper.need(height + 4)
        top = paper.y
        for place, one in enumerate(row):
            x = paper.left + place * (wide + gap)
            paper.y = top
            paper.paragraph(one.label, LABEL, x=x, room=wide)
            paper.y = top + label_height
            paper.paragraph(one.value or "—", VALUE, x=x, room=wide)
        paper.y = top + height + 4


def pairs(paper: Paper, facts: Sequence[Fact], x: float, wide: float, style: Style = VALUE) -> None:
    """Label left, value right, a line each."""
    for one in facts:
        label = paper.text(x, paper.y + style.size * 1.1, one.label, Style(style.size, style.leading, colour=INK_2))
        size = min(style.size, style.size * (wide - label - 6) / max(width(one.value, style.weight, style.size), 1))
        paper.text(x + wide, paper.y + style.size * 1.1, one.value, Style(size, style.leading, style.weight), "right")
        paper.y += style.leading + 1


def boxed(
    paper: Paper, x: float, wide: float, height: float, title: str, fill: str, draw: Callable[[float, float], None]
) -> None:
    """A tinted box at the cursor with a title; `draw(x, width)` sets its inside. The cursor ends below the box."""
    pad = 4 * MM
    top = paper.y
    paper.box(x, top, wide, height, fill=fill or SUNKEN, radius=6)
    paper.y = top + pad - 1
    paper.text(x + pad, paper.y + BOX_TITLE.size * 1.1, title, BOX_TITLE)
    paper.y += BOX_TITLE.leading + 3
    draw(x + pad, wide - 2 * pad)
    paper.y = top + height


def note(paper: Paper, words: str) -> None:
    """Small print at the cursor."""
    paper.paragraph(words, SMALL)


def labelled(label: str, value: str, _: Callable[[str], str]) -> str:
    """Label and value on one line, with the language's colon."""
    colon = _(": ")
    return f"{label}{colon}{value}"
