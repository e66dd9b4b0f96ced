"""One field of a licence: value and tick; a weak one grows, says why, and offers 改 and 没错."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.domain.licences import LicenceField, Mark
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.agreement_papers import mask_licence_number
from smart4s_kiosk.services.licence_sheets import RowState, SheetRow
from smart4s_kiosk.ui.licence_words import FIELDS, MARKS
from smart4s_kiosk.ui.tablet.parts import dotted, row
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look, with_look
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

RESIDENT = 18
OF_RULES = frozenset(Mark) - {Mark.WEAK, Mark.TWO_READINGS_DIFFER, Mark.MISSING}


class FieldRow(QFrame):
    """Tells what a person decided; the page calls the service."""

    typed = Signal(str)
    accepted = Signal(str)

    def __init__(self, look: Look, shown: SheetRow, *, is_typed: bool = False) -> None:
        super().__init__()
        with_look(self, look)
        self.field = shown.field
        column = QVBoxLayout(self)
        column.setSpacing(look.px(4))
        is_open = shown.state is RowState.OPEN
        if is_open:
            role(self, "notice", tone="warn")
            column.setContentsMargins(look.px(14), look.px(8), look.px(10), look.px(8))
        else:
            column.setContentsMargins(look.px(14), look.px(2), look.px(14), look.px(2))
        line = QHBoxLayout()
        line.setSpacing(look.px(10))
        name = Words(_(FIELDS[shown.field]), "note", tone="ink_2")
        name.setFixedWidth(look.px(116))
        middle = Qt.AlignmentFlag.AlignVCenter
        line.addWidget(name, 0, middle)
        line.addWidget(Words(value_words(shown), "body_l", weight=500 if is_open else 400), 1, middle)
        if is_open:
            self._add_buttons(look, line, shown)
        else:
            change = TouchButton("", "plain", icon="pen", height=48)
            change.setAccessibleName(_("Change {field}").format(field=_(FIELDS[shown.field])))
            line.addWidget(change.on_press(lambda: self.typed.emit(shown.field.value)))
            line.addWidget(Icon("check", 20, tone="success"))
        column.addLayout(line)
        if is_open:
            why = _("Type it from the document") if is_typed and not shown.text else reason(shown)
            column.addLayout(row(look, Icon("warning", 18, tone="warn"), Words(why, "note", tone="warn")))

    def _add_buttons(self, look: Look, line: QHBoxLayout, shown: SheetRow) -> None:
        change = TouchButton(_("Change"), "key", height=48)
        change.setMinimumWidth(look.px(56))
        line.addWidget(change.on_press(lambda: self.typed.emit(shown.field.value)))
        if shown.may_accept:
            line.addWidget(TouchButton(_("Correct"), "primary", height=48).on_press(self._accept))

    def _accept(self) -> None:
        self.accepted.emit(self.field.value)


def value_words(shown: SheetRow) -> str:
    """The value as it stands on the card; a confirmed number is masked, an open one has to be compared whole."""
    if not shown.text:
        return "—"
    if shown.field is LicenceField.NUMBER and shown.state is not RowState.OPEN:
        return dotted(mask_licence_number(shown.text))
    if shown.field is LicenceField.NUMBER and len(shown.text) == RESIDENT:
        return f"{shown.text[:6]} {shown.text[6:14]} {shown.text[14:]}"  # place, birth, rest: groups compare faster
    return shown.text


def reason(shown: SheetRow) -> str:
    """Why a person has to look, how sure the reading is, and what might be meant."""
    said = "; ".join(_(MARKS[mark]) for mark in shown.marks)
    if not set(shown.marks) & OF_RULES and shown.text:
        said += _(" ({n}% sure)").format(n=round(shown.confidence * 100))
    if shown.suggestion and shown.suggestion != shown.text:
        said += _(". Perhaps {text}?").format(text=shown.suggestion)
    return said
