"""Head and foot of every kiosk page: logo, language, clock; back, call staff, idle ring, low layout."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.language_switch import LanguageSwitch
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.waiting_ring import IdleRing
from smart4s_kiosk.ui.widgets.words import RIGHT, Words


class Head(QWidget):
    """Logo left, language and clock right; a press on the clock does nothing."""

    language_chosen = Signal(str)

    def __init__(self, look: Look, brand: str, *, is_portrait: bool, banner: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        side = look.px(72 if is_portrait else 96)
        row.setContentsMargins(side, look.px(64), side, 0)
        row.setSpacing(look.px(24))
        row.addWidget(BrandMark())
        row.addWidget(Words(brand, "body_l", weight=500, wraps=False))
        if banner:
            row.addWidget(Words(banner, "caption", tone="warn", wraps=False))
        row.addStretch(1)
        switch = LanguageSwitch()
        switch.chosen.connect(self.language_chosen)
        row.addWidget(switch)
        row.addSpacing(look.px(12))
        self._time = Words("00:00", "heading", wraps=False, align=RIGHT)
        row.addWidget(self._time)

    def show_time(self, time: str) -> None:
        self._time.set_text(time)


class Foot(QWidget):
    """Help bottom left, always at the same place."""

    back = Signal()
    call = Signal()
    low = Signal()

    def __init__(self, look: Look, *, is_portrait: bool, is_low: bool, back_word: str, has_low: bool = True) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        side = look.px(72 if is_portrait else 96)
        row.setContentsMargins(side, 0, side, look.px(56 if is_portrait else 52))
        row.setSpacing(look.px(24))
        if back_word:
            self._add(row, TouchButton(back_word, "secondary", icon="arrow_left", style="foot"), self.back)
        self._add(row, TouchButton(_("Call staff"), "secondary", icon="bell", style="foot"), self.call)
        row.addStretch(1)
        self._idle = QWidget()
        idle = QHBoxLayout(self._idle)
        idle.setContentsMargins(0, 0, look.px(8), 0)
        idle.setSpacing(look.px(20))
        self._ring = IdleRing()
        idle.addWidget(self._ring)
        self._left = Words("", "caption", tone="ink_2", wraps=False)
        idle.addWidget(self._left)
        row.addWidget(self._idle)
        self._idle.hide()
        if has_low:
            kind = "primary" if is_low else "secondary"
            button = TouchButton("", kind, icon="wheelchair", height=104)
            button.setAccessibleName(_("Everything within seated reach"))
            button.setFixedWidth(look.px(104))
            self._add(row, button, self.low)

    def _add(self, row: QHBoxLayout, button: TouchButton, signal: SignalInstance) -> None:
        button.on_press(signal.emit)
        row.addWidget(button)

    def show_left(self, seconds: int | None, whole: int) -> None:
        """Seconds until the start page; None hides the ring."""
        self._idle.setVisible(seconds is not None)
        if seconds is not None:
            self._left.set_text(_("{n} s to start page").format(n=seconds))
            self._ring.show_share(seconds / max(1, whole))
