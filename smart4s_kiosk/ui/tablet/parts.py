"""Small building blocks of the tablet's pages: cards, rules, rows, scrolling columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


def card(look: Look, *, pad: int = 24, gap: int = 0, kind: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A surface with its column."""
    frame = role(QFrame(), kind)
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
        else:
            line.addWidget(part)
    return line


def scrolled(inner: QWidget) -> QScrollArea:
    """Scrolls under a finger, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    return area


def wide(button: TouchButton) -> TouchButton:
    """As wide as its place."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
            inner.deleteLater()


def head(look: Look, title: str, remark: str = "") -> QHBoxLayout:
    """A card's heading with a remark at the right."""
    line = row(look, Words(title, "heading", wraps=False), 1)
    if remark:
        line.addWidget(Words(remark, "note", tone="ink_2", wraps=False))
    return line


def full_text(page: QWidget, look: Look, title: str, paragraphs: tuple[str, ...], close: str) -> Dialog:
    """A long text over the page."""
    dialog = Dialog(page.window(), title, width=880)
    paper = QWidget()
    column = QVBoxLayout(paper)
    column.setContentsMargins(0, 0, look.px(16), 0)
    column.setSpacing(look.px(12))
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
