"""Typing into a field without a keyboard: the field's own pad in a dialog, opened by its button or by a finger."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine

MOST_SIGNS = 400
PIN_LENGTH = 12


class Writes(StrEnum):
    """What a field takes, so that its pad opens with the right keys."""

    NAME = "name"
    WORDS = "words"
    PLAIN = "plain"
    """Latin letters as they are: addresses, codes, the words of a recovery sheet."""
    PIN = "pin"


class TypingDialog(Dialog):
    """Takes over what the field has; only the main button gives it back."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, writes: Writes) -> None:
        super().__init__(field.window(), field.accessibleName(), width=720)
        self._field, self._writes = field, writes
        before = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        lines = 3 if isinstance(field, QPlainTextEdit) else 2 if writes is Writes.PLAIN else 1
        self._line = TypedLine(field.accessibleName(), lines=lines)
        field.destroyed.connect(self.close)
        self.body.addWidget(self._line)
        self.pad = self._make_pad("" if writes is Writes.PIN else before)
        self.pad.typed.connect(self._show)
        self.body.addWidget(self.pad)
        self.add_action(_("Cancel"))
        self.add_action(_("Use this"), self._take, kind="primary")
        self._show(self.pad.text)

    def _make_pad(self, text: str) -> NumberPad | PinyinPad:
        look, writes = look_of(self._window), self._writes
        if writes is Writes.PIN:
            return NumberPad(look, PIN_LENGTH, key_height=60)
        if writes is Writes.PLAIN:
            return PinyinPad(
                look, length=MOST_SIGNS, text=text, surname=False, key_height=52, mark=".", capitals=False, latin=True
            )
        return PinyinPad(look, length=MOST_SIGNS, text=text, surname=writes is Writes.NAME, key_height=52)

    def _show(self, text: str) -> None:
        self._line.show_text("•" * len(text) if self._writes is Writes.PIN else text)

    def _take(self) -> None:
        if isinstance(self._field, QLineEdit):
            self._field.setText(self.pad.text)
        else:
            self._field.setPlainText(self.pad.text)


class TypesByFinger(QObject):
    """Opens the pad when a finger, not a mouse, touches the field."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, writes: Writes) -> None:
        super().__init__(field)
        self._field, self._writes = field, writes
        touched = field if isinstance(field, QLineEdit) else field.viewport()
        touched.installEventFilter(self)

    def open_pad(self) -> None:
        TypingDialog(self._field, self._writes).open_now()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False
        self.open_pad()
        return False


class FieldWithPad(QHBoxLayout):
    """A field and, beside it, the button that opens its pad: for terminals without a keyboard."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, writes: Writes) -> None:
        super().__init__()
        finger = TypesByFinger(field, writes)
        button = TouchButton("", "plain", icon="keyboard").on_press(finger.open_pad)
        button.setAccessibleName(_("Type {field} on the screen").format(field=field.accessibleName()))
        self.setSpacing(look_of(field).px(4))
        self.addWidget(field, 1)
        self.addWidget(button)
        self.addStretch(0)
