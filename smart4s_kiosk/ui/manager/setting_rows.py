"""One setting a row: words at the left, its field at the right edge, so that fields stand in one column."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QBoxLayout, QHBoxLayout, QSpinBox

from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.typing_dialog import TypesByFinger, Writes
from smart4s_kiosk.ui.widgets.words import Words

FIELD_WIDTH = 120


def add_row(column: QBoxLayout, look: Look, words: str, field: QAbstractSpinBox) -> None:
    """Words and their field; the field is named after them."""
    dress_field(look, field, words)
    row = QHBoxLayout()
    row.setSpacing(look.px(16))
    said = Words(words, "body")
    row.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
    column.addLayout(row)


def dress_field(look: Look, field: QAbstractSpinBox, name: str, width: int = FIELD_WIDTH) -> None:
    """A field for a figure or a time: one width, the figure in its middle, its pad for a finger.

    The wheel turns only the chosen field.
    """
    field.setFixedWidth(look.px(width))
    field.setAlignment(Qt.AlignmentFlag.AlignCenter)
    field.setAccessibleName(name)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    TypesByFinger(field, Writes.DIGITS if isinstance(field, QSpinBox) else Writes.FIGURES, has_key=False)


def number(value: int, least: int, most: int) -> QSpinBox:
    """A whole number between two limits."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    return box
