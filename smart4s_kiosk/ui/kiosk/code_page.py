"""The appointment code: typed digits or letters, or the QR code of the message held to the camera."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from smart4s_kiosk.i18n import N_, _, counted
from smart4s_kiosk.services.check_in_views import EnterCode
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.digit_boxes import DigitBoxes
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which look alike: the alphabet that appointment codes are made of."""
LOOK_EVERY_MS = 300


class CodePage(KioskPage):
    """One key a sign, so that nobody looks for a keyboard."""

    back_word = N_("Back")

    def __init__(self, view: EnterCode, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        self._text = "" if view.was_unknown else str(stage.memory.get("code", ""))
        title, content = self.split(top=80, landscape_top=30)
        note = _("{n} characters, in your text message or WeChat").format(n=view.length)
        self.add_title(title, _("Your booking code"), note)
        self.gap(title, 44)
        self._boxes = DigitBoxes(view.length, height=168 if stage.is_portrait else 120)
        title.addWidget(self._boxes)
        self.gap(title, 24)
        title.addLayout(self._hint())
        if stage.is_portrait:
            content.addStretch(1)
        else:
            title.addStretch(1)
        content.addWidget(self._keys())
        self.gap(content, 32)
        self._next = self.wide(TouchButton(_("Next"), "primary").on_press(self._send))
        content.addWidget(self._next)
        if stage.is_portrait:
            self.gap(content, 20)
        self._change(self._text)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_EVERY_MS)
        self._looks.timeout.connect(self.look)
        if view.camera_is_on:
            self._looks.start()

    def look(self) -> None:
        """Whether a code is held to the camera."""
        visit_id = self._view.visit_id
        self.stage.ask(lambda check_in: check_in.look_for_code(visit_id))

    def leave(self) -> None:
        self._looks.stop()

    def _hint(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.px(18))
        if self._view.was_unknown:
            row.addWidget(Icon("info", 36))
            words = _("No booking of today has this code. Please look again, or use your phone number")
            row.addWidget(Words(words, "caption"), 1)
        elif self._view.camera_is_on:
            row.addWidget(Icon("qr", 36, tone="ink_2"))
            row.addWidget(Words(_("Or hold its QR code in front of the camera"), "caption", tone="ink_2"), 1)
        else:
            row.addWidget(Icon("lock", 36, tone="ink_2"))
            row.addWidget(Words(_("The code works once, today"), "caption", tone="ink_2"), 1)
        return row

    def _keys(self) -> QWidget:
        pad = QWidget()
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.px(14))
        columns = 8
        height = 120 if self.stage.is_portrait else 104
        for number, sign in enumerate(SIGNS):
            key = TouchButton(sign, "key", style="heading", height=height).on_press(self._adder(sign))
            self._put(grid, key, number, columns)
        delete = TouchButton("", "plain", icon="backspace", height=height).to_type_with().on_press(self._delete)
        delete.setAccessibleName(_("Delete the last sign"))
        delete.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        clear = TouchButton(_("Clear"), "plain", style="body", height=height).on_press(lambda: self._change(""))
        clear.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.addWidget(clear, len(SIGNS) // columns, 0, 1, 2)
        grid.addWidget(delete, len(SIGNS) // columns, columns - 2, 1, 2)
        return pad

    def _put(self, grid: QGridLayout, key: TouchButton, number: int, columns: int) -> None:
        key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.addWidget(key, number // columns, number % columns)
        grid.setColumnStretch(number % columns, 1)

    def _adder(self, sign: str) -> Callable[[], None]:
        return lambda: self._change(self._text + sign)

    def _delete(self) -> None:
        self._change(self._text[:-1])

    def _change(self, text: str) -> None:
        self._text = text[: self._view.length]
        self.stage.memory["code"] = self._text
        self._boxes.show_text(self._text)
        missing = self._view.length - len(self._text)
        lacking = counted(missing, _("1 character to go"), _("{n} characters to go"))
        self._next.set_lacking(lacking if missing else "")

    def _send(self) -> None:
        visit_id, code = self._view.visit_id, self._text
        self.stage.act(lambda check_in: check_in.enter_code(visit_id, code))
