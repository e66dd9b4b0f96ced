"""Small building blocks of the tablet's pages: cards, rules, rows, scrolling columns."""

import re
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look, with_look
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def card(look: Look, *, pad: int = 24, gap: int = 0, kind: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A surface with its column."""
    frame = with_look(role(QFrame(), kind), look)
    column = QVBoxLayout(frame)
    space = look.px(pad)
    column.setContentsMargins(space, space, space, space)
    column.setSpacing(look.px(gap))
    return frame, column


def rule() -> QFrame:
    """A hairline."""
    return role(QFrame(), "rule")


def row(look: Look, *parts: QWidget | int, gap: int = 12) -> QHBoxLayout:
    """Parts side by side; a number stands for a stretch."""
    line = QHBoxLayout()
    line.setSpacing(look.px(gap))
    for part in parts:
        if isinstance(part, int):
            line.addStretch(part)
        elif isinstance(part, Words) and part.hasHeightForWidth():
            line.addWidget(part, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            line.addWidget(part)
    return line


def scrolled(inner: QWidget) -> QScrollArea:
    """Scrolls under a finger, never sideways. `inner` has its look already: it is measured before it has a parent."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(area.viewport())
    properties = scroller.scrollerProperties()
    properties.setScrollMetric(QScrollerProperties.ScrollMetric.MousePressEventDelay, 0.0)  # a press answers at once
    scroller.setScrollerProperties(properties)
    return area


def dotted(masked: str) -> str:
    """A masked number with dots: two stars in a text begin an emphasis."""
    return re.sub(r"\*+", "••••", masked)


def inner_column(look: Look, *, gap: int = 0, right: int = 8) -> tuple[QWidget, QVBoxLayout]:
    """What scrolls, with its column."""
    inner = with_look(QWidget(), look)
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, look.px(right), 0)
    column.setSpacing(look.px(gap))
    return inner, column


def wide(button: TouchButton) -> TouchButton:
    """As wide as its place."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


class Refilled(QWidget):
    """A place whose whole content is made anew: the old widgets go at once, with everything in them."""

    def __init__(self, look: Look, *, gap: int = 0, right: int = 0, bottom: int = 0) -> None:
        super().__init__()
        with_look(self, look)
        self._used = look
        self._gap, self._right = look.px(gap), look.px(right)
        self._inner: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, look.px(bottom))

    def fresh(self) -> QVBoxLayout:
        """An empty column in place of what was there."""
        column = QVBoxLayout(self._new_inner())
        self._dress(column)
        return column

    def fresh_row(self) -> QHBoxLayout:
        """The same side by side."""
        line = QHBoxLayout(self._new_inner())
        self._dress(line)
        return line

    def fresh_grid(self) -> QGridLayout:
        """The same in rows and columns."""
        grid = QGridLayout(self._new_inner())
        self._dress(grid)
        return grid

    def _dress(self, layout: QLayout) -> None:
        layout.setContentsMargins(0, 0, self._right, 0)
        layout.setSpacing(self._gap)

    def _new_inner(self) -> QWidget:
        if self._inner is not None:
            self._outer.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = with_look(QWidget(), self._used)
        self._outer.addWidget(self._inner)
        return self._inner


def head(look: Look, title: str, remark: str = "") -> QHBoxLayout:
    """A card's heading with a remark at the right."""
    line = row(look, Words(title, "heading", wraps=False), 1)
    if remark:
        line.addWidget(Words(remark, "note", tone="ink_2", wraps=False))
    return line


def full_text(page: QWidget, look: Look, title: str, paragraphs: tuple[str, ...], close: str) -> Dialog:
    """A long text over the page."""
    dialog = Dialog(page.window(), title, width=880)
    paper, column = inner_column(look, gap=12, right=16)
    for paragraph in paragraphs:
        for line in paragraph.split("\n"):
            if line.strip():
                column.addWidget(Words(line.strip(), "body", tone="ink_2"))
    column.addStretch(1)
    area = scrolled(paper)
    area.setMinimumHeight(round(page.window().height() * 0.55))
    dialog.body.addWidget(area)
    dialog.add_action(close, kind="primary")
    dialog.open_now()
    return dialog


def space(layout: QBoxLayout, look: Look, size: int) -> None:
    """Empty room."""
    layout.addSpacing(look.px(size))
