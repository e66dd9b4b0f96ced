"""The sheet of paper: a page that fills downwards, with furniture, text, tables and codes; embedded fonts only."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from smart4s_kiosk.documents.fonts import Weight, drawable, runs, width
from smart4s_kiosk.documents.text import Words, lines
from smart4s_kiosk.ports.documents import QrMatrix, StoreFace

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A5 = (148 * MM, 210 * MM)

INK = "#16181D"
INK_2 = "#474A52"
INK_3 = "#64666E"
LINE = "#DEDAD2"
SUNKEN = "#F4F2EE"
WARN_SOFT = "#FCEFD8"
WARN = "#8A4B00"
DANGER = "#B3261E"

QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class Style:
    """Size and leading in points, weight, colour."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = INK


BODY = Style(9.5, 15.5)
BODY_MEDIUM = Style(9.5, 15.5, Weight.MEDIUM)
SMALL = Style(8, 12.5, colour=INK_3)
LABEL = Style(8.5, 13, colour=INK_3)
HEADING = Style(11.5, 18, Weight.MEDIUM)
TITLE = Style(22, 30, Weight.MEDIUM)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of one kind of paper, in points."""

    size: tuple[float, float] = A4
    side: float = 20 * MM
    top: float = 17 * MM
    bottom: float = 20 * MM


@dataclass(frozen=True, slots=True)
class Colophon:
    """What stands on every page and in the file's properties."""

    store: StoreFace
    title: str
    number: str
    language: str
    made_at: datetime
    foot: str = ""
    page_words: str = "{page} / {pages}"


class _MadeAt:
    """Date of making as reportlab asks for it, from the showroom's clock instead of the machine's."""

    def __init__(self, when: datetime) -> None:
        self.t = when.timestamp()
        self.lt = when.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        offset = when.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        self.dhh, self.dmm = divmod(minutes, 60)
        self.tzname = when.tzname() or ""


@dataclass(slots=True)
class Paper:
    """A document in the making. `y` is the distance from the page's top to the next free point."""

    colophon: Colophon
    sheet: Sheet = field(default_factory=Sheet)
    y: float = 0
    has_furniture: bool = True
    _canvas: Any = field(init=False)
    _buffer: io.BytesIO = field(init=False)
    _pages: list[dict[str, Any]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._buffer = io.BytesIO()
        drawable(Weight.REGULAR.value)  # registers the font that the canvas starts with
        make: Any = Canvas  # its stubs know neither font names nor the document inside
        canvas = make(
            self._buffer,
            pagesize=self.sheet.size,
            invariant=1,
            pageCompression=1,
            initialFontName=Weight.REGULAR.value,
            initialFontSize=BODY.size,
            lang=self.colophon.language.replace("_", "-"),
        )
        canvas.setTitle(f"{self.colophon.title} {self.colophon.number}".strip())
        canvas.setAuthor(self.colophon.store.name)
        canvas.setSubject(self.colophon.title)
        canvas.setCreator("Smart 4S Kiosk")
        canvas.setProducer("Smart 4S Kiosk")
        canvas._doc._timeStamp = _MadeAt(self.colophon.made_at)  # noqa: SLF001  no public way in reportlab 5
        self._canvas = canvas
        self.y = self.sheet.top

    @property
    def left(self) -> float:
        return self.sheet.side

    @property
    def right(self) -> float:
        return self.sheet.size[0] - self.sheet.side

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    def left_on_page(self) -> float:
        """Points down to the bottom margin."""
        return self.sheet.size[1] - self.sheet.bottom - self.y

    def need(self, height: float) -> None:
        """A new page if less than `height` is left on this one."""
        if height > self.left_on_page():
            self.new_page()

    def new_page(self) -> None:
        self._pages.append(dict(self._canvas.__dict__))
        self._canvas._startPage()  # noqa: SLF001  the documented recipe for "page x of y"
        self.y = self.sheet.top + 12 * MM

    def skip(self, height: float) -> None:
        self.y += height

    def colour(self, hexadecimal: str) -> Color:
        return HexColor(hexadecimal)

    def text(self, x: float, y: float, words: str, style: Style, align: str = "left") -> float:
        """One line with its base line at `y` from the top; returns its width."""
        total = width(words, style.weight, style.size)
        start = x - {"left": 0.0, "right": total, "centre": total / 2}[align]
        pen = self._canvas.beginText(start, self.sheet.size[1] - y)
        pen.setFillColor(self.colour(style.colour))
        for name, part in runs(words, style.weight):
            pen.setFont(name, style.size)
            pen.textOut(part)
        self._canvas.drawText(pen)
        return total

    def line_of(self, x: float, y: float, words: Iterable[Words], style: Style) -> None:
        """One line of several weights and colours."""
        for one in words:
            look = Style(style.size, style.leading, one.weight, one.colour or style.colour)
            x += self.text(x, y, one.text, look)

    def paragraph(
        self, words: str | Sequence[Words], style: Style, *, x: float | None = None, room: float | None = None
    ) -> None:
        """Running text at the cursor, over as many pages as it takes; a single word run takes the style's weight."""
        start = self.left if x is None else x
        given = [Words(words, style.weight)] if isinstance(words, str) else words
        broken = lines(given, style.size, self.room if room is None else room)
        for number, line in enumerate(broken):
            # No single line of a paragraph stays behind alone.
            self.need(style.leading * (2 if number == 0 and len(broken) > 1 else 1))
            self.line_of(start, self.y + style.size * 1.16, line, style)
            self.y += style.leading

    def height_of(self, words: str | Sequence[Words], style: Style, room: float) -> float:
        given = [Words(words, style.weight)] if isinstance(words, str) else words
        return len(lines(given, style.size, room)) * style.leading

    def rule(
        self, *, colour: str = LINE, thickness: float = 0.6, x: float | None = None, to: float | None = None
    ) -> None:
        """A horizontal line at the cursor."""
        self._canvas.setStrokeColor(self.colour(colour))
        self._canvas.setLineWidth(thickness)
        height = self.sheet.size[1] - self.y
        self._canvas.line(self.left if x is None else x, height, self.right if to is None else to, height)

    def box(
        self, x: float, y: float, box_width: float, height: float, *, fill: str = "", line: str = "", radius: float = 4
    ) -> None:
        """A rounded box with its upper left corner at (x, y)."""
        if fill:
            self._canvas.setFillColor(self.colour(fill))
        if line:
            self._canvas.setStrokeColor(self.colour(line))
            self._canvas.setLineWidth(0.7)
        bottom = self.sheet.size[1] - y - height
        self._canvas.roundRect(x, bottom, box_width, height, radius, stroke=int(bool(line)), fill=int(bool(fill)))

    def polygon(self, outlines: Iterable[Sequence[tuple[float, float]]], colour: str) -> None:
        """Filled shapes (points from the page's upper left), overlaps filled too."""
        path = self._canvas.beginPath()
        height = self.sheet.size[1]
        for outline in outlines:
            for place, (x, y) in enumerate(outline):
                (path.lineTo if place else path.moveTo)(round(x, 2), round(height - y, 2))
            path.close()
        self._canvas.setFillColor(self.colour(colour))
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=1)

    def polyline(self, points: Sequence[tuple[float, float]], colour: str, thickness: float) -> None:
        path = self._canvas.beginPath()
        for place, (x, y) in enumerate(points):
            (path.lineTo if place else path.moveTo)(x, self.sheet.size[1] - y)
        self._canvas.setStrokeColor(self.colour(colour))
        self._canvas.setLineWidth(thickness)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def tick_box(self, x: float, y: float, size: float, *, ticked: bool) -> None:
        """A ballot box with its base at `y`, drawn: no bundled font has it."""
        self.box(x, y - size, size, size, line=INK_2, radius=1)
        if ticked:
            points = [
                (x + size * 0.2, y - size * 0.5),
                (x + size * 0.42, y - size * 0.24),
                (x + size * 0.82, y - size * 0.8),
            ]
            self.polyline(points, INK, 1.2)

    def code(self, x: float, y: float, matrix: QrMatrix, size: float) -> None:
        """A QR code, `size` points wide with its quiet zone, on white."""
        module = size / (matrix.size + 2 * QUIET_MODULES)
        self._canvas.setFillColor(self.colour("#FFFFFF"))
        self._canvas.rect(x, self.sheet.size[1] - y - size, size, size, stroke=0, fill=1)
        path = self._canvas.beginPath()
        for row, modules in enumerate(matrix.rows):
            top = self.sheet.size[1] - y - (row + QUIET_MODULES) * module
            for start, length in _dark_stretches(modules):
                path.rect(x + (start + QUIET_MODULES) * module, top - module, length * module, module)
        self._canvas.setFillColor(self.colour(INK))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def picture(self, x: float, y: float, image: Any, wide: float, high: float) -> None:
        self._canvas.drawImage(
            image, x, self.sheet.size[1] - y - high, wide, high, preserveAspectRatio=True, anchor="nw"
        )

    def finish(self, furniture: Callable[["Paper", int, int], None] | None = None) -> bytes:
        """The bytes, with `furniture` drawn on every page once the number of pages is known."""
        self._pages.append(dict(self._canvas.__dict__))
        for number, page in enumerate(self._pages, 1):
            self._canvas.__dict__.update(page)
            if furniture:
                furniture(self, number, len(self._pages))
            self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()


def _dark_stretches(modules: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """Start and length of each run of dark modules: fewer rectangles and no hairlines between them."""
    start = None
    for place, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def local(moment: datetime, store: StoreFace) -> datetime:
    """In the showroom's time zone."""
    return moment.astimezone(ZoneInfo(store.time_zone))


def moment_text(moment: datetime, store: StoreFace, *, seconds: bool = False) -> str:
    """Such as 2026-11-21 10:18, in the showroom's time zone."""
    return f"{local(moment, store):%Y-%m-%d %H:%M:%S}" if seconds else f"{local(moment, store):%Y-%m-%d %H:%M}"
