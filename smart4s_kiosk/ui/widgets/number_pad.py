"""Digits for phone numbers, codes and PINs: twelve keys, 清空 and delete without a frame."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

KEY_ROWS = ("123", "456", "789")


class NumberPad(QWidget):
    """Keeps the typed text up to `length` and tells each change. A plugged-in keyboard's digits count too."""

    typed = Signal(str)

    def __init__(
        self, look: Look, length: int, *, key_height: int = 160, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._length, self._text = length, text
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(20 if look.density == "kiosk" else 12))
        style = "title" if look.density != "kiosk" else "key"
        for row, signs in enumerate(KEY_ROWS):
            for column, sign in enumerate(signs):
                self._add(
                    TouchButton(sign, "key", style=style, height=key_height).on_press(self._adder(sign)), row, column
                )
        clear = TouchButton(_("Clear"), "plain", style="body", height=key_height).on_press(self.clear)
        delete = TouchButton("", "plain", icon="backspace", height=key_height).to_type_with()
        delete.on_press(self.delete).setAccessibleName(_("Delete the last digit"))
        self._add(clear, 3, 0)
        self._add(TouchButton("0", "key", style=style, height=key_height).on_press(self._adder("0")), 3, 1)
        self._add(delete, 3, 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _add(self, key: TouchButton, row: int, column: int) -> None:
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(key, row, column)
        self._grid.setColumnStretch(column, 1)

    def _adder(self, sign: str) -> Callable[[], None]:
        return lambda: self.add(sign)

    @property
    def text(self) -> str:
        return self._text

    def set_length(self, length: int) -> None:
        """Another field: more or fewer digits; what was typed stays as far as it fits."""
        self._length = length
        self._change(self._text[:length])

    def add(self, sign: str) -> None:
        if len(self._text) < self._length:
            self._change(self._text + sign)

    def delete(self) -> None:
        self._change(self._text[:-1])

    def clear(self) -> None:
        self._change("")

    def _change(self, text: str) -> None:
        self._text = text
        self.typed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isascii() and event.text().isdigit():
            self.add(event.text())
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.delete()
        else:
            super().keyPressEvent(event)
