"""Sets text in lines of a fixed height, with **medium** words, no orphan characters and no elision."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

UNBOUNDED = 100_000.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A plain text and the ranges (start, length) that `**` marked for emphasis."""

    text: str
    strong: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, marked: str) -> "Paragraph":
        """Reads `**emphasis**`; an unpaired mark stays as it is."""
        pieces = marked.split("**")
        if len(pieces) % 2 == 0:
            return cls(marked)
        text, strong = "", []
        for number, piece in enumerate(pieces):
            if number % 2:
                strong.append((len(text), len(piece)))
            text += piece
        return cls(text, tuple(strong))


class SetText:
    """A text laid out for one width: knows its lines, height and whether anything sticks out."""

    def __init__(
        self,
        marked: str,
        font: QFont,
        width: float,
        line_height: float,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        strong_colour: QColor | None = None,
        strong_weight: int = 500,
    ) -> None:
        self.line_height = line_height
        self.width = width
        self._align = align
        self._layouts: list[QTextLayout] = []
        self._formats = (strong_colour, strong_weight)
        for line in marked.split("\n"):
            self._layouts.append(self._lay(Paragraph.of(line), font, width))

    def _lay(self, paragraph: Paragraph, font: QFont, width: float) -> QTextLayout:
        layout = QTextLayout(paragraph.text, font)
        option = QTextOption(self._align)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.setFormats([self._strong(start, length, font) for start, length in paragraph.strong])
        count = self._break(layout, width)
        if count > 1:
            self._avoid_orphan(layout, paragraph.text, width, count)
        return layout

    def _strong(self, start: int, length: int, font: QFont) -> QTextLayout.FormatRange:
        colour, weight = self._formats
        style = QTextCharFormat()
        heavy = QFont(font)
        heavy.setWeight(QFont.Weight(weight))
        style.setFont(heavy)
        if colour is not None:
            style.setForeground(colour)
        marked = QTextLayout.FormatRange()
        marked.start, marked.length, marked.format = start, length, style
        return marked

    def _break(self, layout: QTextLayout, width: float) -> int:
        layout.beginLayout()
        count = 0
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, count * self.line_height))
            count += 1
        layout.endLayout()
        return count

    def _avoid_orphan(self, layout: QTextLayout, text: str, width: float, count: int) -> None:
        """A last line of one or two signs looks lost: break earlier, as long as no line is added."""
        narrow = width
        last = layout.lineAt(count - 1)
        while len(text[last.textStart() :].strip()) <= 2 and narrow > width * 0.7:
            narrow *= 0.97
            if self._break(layout, narrow) != count:
                self._break(layout, width)
                return
            last = layout.lineAt(count - 1)
        if narrow != width and self._align != Qt.AlignmentFlag.AlignLeft:
            shift = (width - narrow) / (2 if self._align == Qt.AlignmentFlag.AlignHCenter else 1)
            for number in range(count):
                line = layout.lineAt(number)
                line.setPosition(QPointF(shift, number * self.line_height))

    @property
    def line_count(self) -> int:
        return sum(max(1, layout.lineCount()) for layout in self._layouts)

    @property
    def height(self) -> float:
        return self.line_count * self.line_height

    @property
    def natural_width(self) -> float:
        """The widest line as set."""
        widths = [layout.lineAt(n).naturalTextWidth() for layout in self._layouts for n in range(layout.lineCount())]
        return max(widths, default=0.0)

    @property
    def sticks_out(self) -> bool:
        """One unbreakable word is wider than the lines."""
        return self.natural_width > self.width + 1

    def draw(self, painter: QPainter, place: QRectF, colour: QColor) -> None:
        """Draws from the top of `place`; vertical centring is the caller's."""
        painter.setPen(colour)
        top = place.top()
        for layout in self._layouts:
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                lift = (self.line_height - line.height()) / 2
                line.draw(painter, QPointF(place.left(), top + lift))
            top += max(1, layout.lineCount()) * self.line_height


def text_width(text: str, font: QFont) -> float:
    """Width of one line of text."""
    return QFontMetricsF(font).horizontalAdvance(text.replace("**", ""))
