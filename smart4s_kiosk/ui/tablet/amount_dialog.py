"""An amount in whole yuan, typed with the tablet's own digits."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.typed_line import TypedLine

MOST_DIGITS = 7


class AmountDialog(Dialog):
    """`done` receives fen; empty means none."""

    def __init__(self, window: QWidget, title: str, text: str, amount_fen: int, done: Callable[[int], None]) -> None:
        super().__init__(window, title, text)
        self._line = TypedLine(_("yuan"))
        self.body.addWidget(self._line)
        start = str(amount_fen // 100) if amount_fen else ""
        self.pad = NumberPad(look_of(window), MOST_DIGITS, key_height=64, text=start)
        self.pad.typed.connect(self._typed)
        self.body.addWidget(self.pad)
        self.add_action(_("Cancel"))
        self.add_action(_("Use this"), lambda: done(int(self.pad.text or "0") * 100), kind="primary")
        self._typed(start)

    def _typed(self, digits: str) -> None:
        self._line.show_text(f"{int(digits):,}" if digits else "")
