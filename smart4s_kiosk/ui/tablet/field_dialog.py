"""Typing one field with the tablet's own pads: digits for dates and numbers, pinyin for names, keys for classes."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.licences import CLASS_CODES, LONG_TERM, LicenceField
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.licence_words import FIELDS
from smart4s_kiosk.ui.tablet.parts import wide
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.key_rows import KeyRows
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine
from smart4s_kiosk.ui.widgets.words import Words

F = LicenceField
DATES = {F.BIRTH, F.FIRST_ISSUE, F.VALID_FROM, F.VALID_TO}
TIMES = {F.GENERATED_AT, F.SHOWN_AT}
KEYS: dict[LicenceField, tuple[str, ...]] = {
    F.SEX: ("男", "女"),
    F.LICENCE_CLASS: CLASS_CODES,
    F.NATIONALITY: ("中国", "中国香港", "中国澳门", "中国台湾"),
    F.STATUS: ("正常", "超分", "转出", "暂扣", "注销", "违法未处理", "事故未处理", "实习期"),
}
LETTERS = ("ABCDEFGHJKLM", "NPQRSTUVWXYZ")


class SignKey(TouchButton):
    """A key of one or two signs that a finger still meets."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), look_of(self).px(50)), hint.height())


class FieldDialog(Dialog):
    """`done` receives the text as typed; the service cleans and judges it."""

    def __init__(
        self, window: QWidget, field: LicenceField, text: str, done: Callable[[str], None], *, title: str = ""
    ) -> None:
        super().__init__(window, title or _(FIELDS[field]), _hint(field), width=720)
        self._field, self._done = field, done
        self._line = TypedLine(_(FIELDS[field]))
        self._text = ""
        self.body.addWidget(self._line)
        self._add_pad(field, text)
        self.add_action(_("Cancel"))
        self.ok = self.add_action(_("Use this"), self._take, kind="primary")
        self._show("")

    def _add_pad(self, field: LicenceField, text: str) -> None:
        look = look_of(self._window)
        if field in KEYS:
            keys: list[QWidget] = [self._key(word) for word in KEYS[field]]
            if field is F.LICENCE_CLASS:
                keys.append(TouchButton(_("Clear"), "plain").on_press(lambda: self._show("")))
            self.body.addWidget(FlowRow(keys, gap=10))
            if field is not F.NATIONALITY:
                return
        if field in DATES | TIMES or field in {F.NUMBER, F.POINTS}:
            lengths = {F.NUMBER: 18, F.POINTS: 2}
            length = lengths.get(field, 14 if field in TIMES else 8)
            self._pad = NumberPad(look, length, key_height=60)
            self._pad.typed.connect(self._show)
            if field is F.NUMBER:
                letters = KeyRows(look, LETTERS, 48)
                letters.pressed.connect(self._pad.add)
                self.body.addWidget(letters)
            if field is F.VALID_TO:
                self.body.addWidget(wide(TouchButton(LONG_TERM, "secondary").on_press(lambda: self._show(LONG_TERM))))
            self.body.addWidget(self._pad)
        else:
            pad = PinyinPad(look, length=20, surname=field is F.NAME, key_height=52, latin=False)
            pad.typed.connect(self._show)
            self.body.addWidget(pad)
            if text:
                self.body.addWidget(Words(_("Read: {text}").format(text=text), "note", tone="ink_2"))

    def _key(self, word: str) -> TouchButton:
        key = SignKey(word, "key", height=52)
        several = self._field is F.LICENCE_CLASS
        return key.on_press(lambda: self._show(self._text + word if several else word))

    def _show(self, text: str) -> None:
        self._text = text
        self._line.show_text(_written(self._field, text))
        if hasattr(self, "ok"):
            self.ok.set_lacking("" if text else _("Nothing typed yet"))

    def _take(self) -> None:
        self._done(_written(self._field, self._text))


def _hint(field: LicenceField) -> str:
    if field in DATES:
        return _("Eight digits: year, month, day")
    if field in TIMES:
        return _("Fourteen digits: year, month, day, hour, minute, second")
    return _("As it stands on the document")


def _written(field: LicenceField, typed: str) -> str:
    """Digits of a day or time with their marks, as far as typed."""
    if field in DATES and typed.isdigit():
        return "-".join(p for p in (typed[:4], typed[4:6], typed[6:8]) if p)
    if field in TIMES and typed.isdigit():
        day = "-".join(p for p in (typed[:4], typed[4:6], typed[6:8]) if p)
        time = ":".join(p for p in (typed[8:10], typed[10:12], typed[12:14]) if p)
        return f"{day} {time}".strip()
    return typed
