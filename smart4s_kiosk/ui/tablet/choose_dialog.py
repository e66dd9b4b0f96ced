"""One of a few: the present one stands in ink."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.tablet.parts import inner_column, scrolled, wide
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

Value = TypeVar("Value")
MOST_WITHOUT_SCROLLING = 8


def choose(
    window: QWidget,
    title: str,
    choices: Sequence[tuple[str, str, Value]],
    current: Value,
    done: Callable[[Value], None],
) -> Dialog:
    """Word, remark and value of each choice."""
    dialog = Dialog(window, title)
    inner, column = inner_column(look_of(window), gap=10, right=0)
    for word, remark, value in choices:
        button = wide(TouchButton(word, "primary" if value == current else "secondary", height=52))
        button.on_press(partial(_take, dialog, value, done))
        column.addWidget(button)
        if remark:
            column.addWidget(Words(remark, "caption", tone="ink_2"))
    if len(choices) > MOST_WITHOUT_SCROLLING:
        area = scrolled(inner)
        area.setMinimumHeight(420)
        dialog.body.addWidget(area)
    else:
        dialog.body.addWidget(inner)
    dialog.add_action(_("Cancel"))
    dialog.open_now()
    return dialog


def _take(dialog: Dialog, value: Value, done: Callable[[Value], None]) -> None:
    dialog.close_now()
    done(value)
