"""Typing into a field without a keyboard: the field's own pad in a dialog, opened by its key or by a finger."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.touch_button import FINGER, TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine

MOST_SIGNS = 400
KEY_ROOM = 40
"""What the field's text leaves free for the key at its right end."""
Field = QLineEdit | QPlainTextEdit | QAbstractSpinBox
AnyField = TypeVar("AnyField", QLineEdit, QPlainTextEdit)


class Writes(StrEnum):
    """What a field takes, so that its pad opens with the right keys."""

    NAME = "name"
    WORDS = "words"
    PLAIN = "plain"
    """Latin letters as they are: addresses, codes, the words of a recovery sheet."""
    DIGITS = "digits"
    FIGURES = "figures"
    """Digits and the signs between them: a date, a time of day, a decimal number."""
    PIN = "pin"


class TypingDialog(Dialog):
    """Begins with `before`; only its main button gives the text to `take`. A keyboard writes into it too."""

    def __init__(
        self,
        owner: QWidget,
        name: str,
        writes: Writes,
        take: Callable[[str], object],
        *,
        before: str = "",
        length: int = MOST_SIGNS,
        lines: int = 1,
        text: str = "",
    ) -> None:
        super().__init__(owner.window(), name, text, width=720)
        self._owner, self._writes, self._give = owner, writes, take
        self._line = TypedLine(name, lines=lines)
        owner.destroyed.connect(self.close)
        self.body.addWidget(self._line)
        self.pad = self._make_pad(before, min(length, MOST_SIGNS))
        self.pad.typed.connect(self._show)
        self.body.addWidget(self.pad)
        self.add_action(_("Cancel"))
        self.use = self.add_action(_("Use this"), self._take, kind="primary")
        self._show(self.pad.text)

    def _make_pad(self, text: str, length: int) -> NumberPad | PinyinPad:
        look, writes = look_of(self._window), self._writes
        if writes in {Writes.PIN, Writes.DIGITS}:
            return NumberPad(look, length, key_height=60, text=text)
        if writes in {Writes.PLAIN, Writes.FIGURES}:
            return PinyinPad(
                look,
                length=length,
                text=text,
                surname=False,
                key_height=52,
                mark=".",
                capitals=False,
                latin=True,
                signs=writes is Writes.FIGURES,
            )
        return PinyinPad(look, length=length, text=text, surname=writes is Writes.NAME, key_height=52)

    def _show(self, text: str) -> None:
        self._line.show_text("•" * len(text) if self._writes is Writes.PIN else text)

    def _take(self) -> None:
        self._give(self.pad.text)

    def close_now(self) -> None:
        """The keyboard goes on where the text went."""
        super().close_now()
        self._owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.use.click()
        elif event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        else:
            self.pad.keyPressEvent(event)


def is_by_finger(event: QEvent) -> bool:
    """Whether a finger was just lifted off the screen; a mouse only places the cursor."""
    return (
        event.type() == QEvent.Type.MouseButtonRelease
        and isinstance(event, QMouseEvent)
        and event.device().type() == QInputDevice.DeviceType.TouchScreen
    )


class TypesByFinger(QObject):
    """Opens the pad when a finger, not a mouse, touches the field; `key` is the key at its right end, if it has one."""

    def __init__(self, field: Field, writes: Writes, *, has_key: bool = True) -> None:
        super().__init__(field)
        self._field, self._writes = field, writes
        self.key = self._make_key() if has_key else None
        self._margins = field.textMargins() if isinstance(field, QLineEdit) else None
        field.installEventFilter(self)
        if isinstance(field, QPlainTextEdit):
            field.viewport().installEventFilter(self)
        elif isinstance(field, QAbstractSpinBox):
            field.lineEdit().installEventFilter(self)

    def _make_key(self) -> TouchButton:
        """A keyboard's Tab passes it by: whoever has a keyboard types into the field."""
        key = TouchButton("", "plain", icon="keyboard", parent=self._field).on_press(self.open_pad)
        key.setAccessibleName(_("Type {field} on the screen").format(field=self._field.accessibleName()))
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setCursor(Qt.CursorShape.ArrowCursor)
        return key

    def open_pad(self) -> None:
        field, writes = self._field, self._writes
        is_anew = writes is Writes.PIN or isinstance(field, QSpinBox | QDoubleSpinBox)
        dialog = TypingDialog(
            field,
            field.accessibleName(),
            writes,
            self._take,
            before="" if is_anew else _text_of(field),
            length=field.maxLength() if isinstance(field, QLineEdit) else MOST_SIGNS,
            lines=3 if isinstance(field, QPlainTextEdit) else 2 if writes is Writes.PLAIN else 1,
            text=_limits(field),
        )
        dialog.open_now()

    def _take(self, text: str) -> None:
        field = self._field
        if isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        elif isinstance(field, QLineEdit):
            field.setText(text)
        elif text:
            field.lineEdit().setText(text)
            field.interpretText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() in {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.EnabledChange}:
            self._place_key()
        if is_by_finger(event) and self._field.isEnabled():
            self.open_pad()
        return False

    def _place_key(self) -> None:
        """Inside the field, at its right end; a field that takes nothing has none."""
        field, key = self._field, self.key
        if key is None:
            return
        look = look_of(field)
        key.setVisible(field.isEnabled())
        high = look.px(FINGER) if isinstance(field, QPlainTextEdit) else field.height()
        key.setGeometry(field.width() - look.px(FINGER), 0, look.px(FINGER), high)
        room = look.px(KEY_ROOM)
        if isinstance(field, QLineEdit) and self._margins is not None:
            before = self._margins
            field.setTextMargins(before.left(), before.top(), before.right() + room, before.bottom())
        elif isinstance(field, QPlainTextEdit):
            field.setViewportMargins(0, 0, room, 0)


def with_pad(field: AnyField, name: str, writes: Writes) -> AnyField:
    """The field, named, with a key at its right end that opens its pad: for terminals without a keyboard."""
    field.setAccessibleName(name)
    TypesByFinger(field, writes)
    return field


def _text_of(field: Field) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text()


def _limits(field: Field) -> str:
    """What a number may be; empty for words."""
    if isinstance(field, QSpinBox):
        return _("From {least} to {most}").format(least=f"{field.minimum():,}", most=f"{field.maximum():,}")
    if isinstance(field, QDoubleSpinBox):
        return _("From {least} to {most}").format(least=f"{field.minimum():g}", most=f"{field.maximum():g}")
    return ""
