"""A Chinese number plate without a keyboard: province keys first, then letters and digits; 8 places for new energy."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.digit_boxes import DigitBoxes
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which no plate has (GA 36)."""
ENDINGS = "港澳警学挂超"
LENGTH = 8


class PlateInput(QWidget):
    """Boxes above, the keys that may come next below."""

    typed = Signal(str)

    def __init__(self, look: Look, *, text: str = "", key_height: int = 0) -> None:
        super().__init__()
        self._look, self._text = look, text
        self._key_height = key_height or (96 if look.density == "kiosk" else 48)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(28 if look.density == "kiosk" else 14))
        self._boxes = DigitBoxes(LENGTH, groups=(2, 6), height=144 if look.density == "kiosk" else 64)
        column.addWidget(self._boxes)
        self._keys = QWidget()
        self._grid = QGridLayout(self._keys)
        column.addWidget(self._keys)
        self._signs = ""
        self._show()

    @property
    def text(self) -> str:
        return self._text

    def signs_now(self) -> str:
        """The keys that make sense at this place."""
        if not self._text:
            return PROVINCES
        if len(self._text) == 1:
            return LETTERS
        return "0123456789" + LETTERS + (ENDINGS if len(self._text) == 6 else "")

    def add(self, sign: str) -> None:
        if len(self._text) < LENGTH and sign in self.signs_now():
            self._change(self._text + sign)

    def delete(self) -> None:
        self._change(self._text[:-1])

    def _change(self, text: str) -> None:
        self._text = text
        self._show()
        self.typed.emit(text)

    def _show(self) -> None:
        self._boxes.show_text(self._text)
        if self.signs_now() == self._signs:
            return
        self._signs = self.signs_now()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fill()

    def _fill(self) -> None:
        gap = self._look.px(10 if self._look.density == "kiosk" else 6)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        columns = 10
        for number, sign in enumerate(self._signs):
            self._put(TouchButton(sign, "key", style="body_l", height=self._key_height), number, columns).on_press(
                self._adder(sign)
            )
        delete = TouchButton("", "secondary", icon="backspace", height=self._key_height).to_type_with()
        delete.setAccessibleName(_("Delete the last sign"))
        self._put(delete, len(self._signs), columns).on_press(self.delete)

    def _put(self, key: TouchButton, number: int, columns: int) -> TouchButton:
        key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(key, number // columns, number % columns)
        self._grid.setColumnStretch(number % columns, 1)
        return key

    def _adder(self, sign: str) -> Callable[[], None]:
        return lambda: self.add(sign)
