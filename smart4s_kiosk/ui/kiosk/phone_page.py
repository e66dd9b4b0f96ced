"""Phone: the last four digits or the whole number; the disabled button counts what is missing."""

from PySide6.QtWidgets import QVBoxLayout

from smart4s_kiosk.i18n import N_, _, counted
from smart4s_kiosk.services.check_in_choices import PhoneReason
from smart4s_kiosk.services.check_in_views import EnterPhone
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.digit_boxes import DigitBoxes
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.number_pad import NumberPad
from smart4s_kiosk.ui.widgets.segmented import Segmented
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

TAIL, WHOLE = 4, 11
HINTS = {
    PhoneReason.CHOSEN: N_("If guests share these digits we ask your surname; no name is shown"),
    PhoneReason.FACE_UNSURE: N_("We are not sure yet; your number tells us"),
    PhoneReason.NOT_ME: N_("Thank you for telling us; your number tells us who you are"),
    PhoneReason.FACE_AWAY: N_("Face check-in is unavailable just now; your number works as well"),
    PhoneReason.NO_MATCH: N_("No match with this number and name; try the full number or call our staff"),
}


class PhonePage(KioskPage):
    """Keys are large; the typed digits survive a change of language."""

    back_word = N_("Back")

    def __init__(self, view: EnterPhone, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        is_whole = bool(stage.memory.get("is_whole", not view.by_tail))
        self._length = WHOLE if is_whole else TAIL
        typed = str(stage.memory.get("digits", ""))[: self._length]
        title, content = self.split(top=80, landscape_top=30)
        self.add_title(title, _("Your phone number"))
        self._segments = Segmented(
            ((_("Last four"), _("been here or booked")), (_("Full number"), _("first visit"))), int(is_whole)
        )
        self._segments.chosen.connect(self.change_kind)
        self._boxes = self._new_boxes()
        self.pad = NumberPad(stage.look, self._length, key_height=self._key_height(), text=typed)
        self.pad.typed.connect(self._typed)
        self._next = self.wide(TouchButton(_("Next"), "primary").on_press(self._send))
        self._lay_out(title, content)
        self._typed(typed)

    def _key_height(self) -> int:
        if self.stage.is_portrait:
            return 152
        return 116

    def _new_boxes(self) -> DigitBoxes:
        groups = (3, 4, 4) if self._length == WHOLE else ()
        portrait = self.stage.is_portrait
        height = (208 if portrait else 144) if self._length == TAIL else (136 if portrait else 100)
        return DigitBoxes(self._length, groups=groups, height=height)

    def _lay_out(self, title: QVBoxLayout, content: QVBoxLayout) -> None:
        self._box_column = content if self.stage.is_portrait else title
        self.gap(title, 28 if self.stage.is_portrait else 36)
        is_locked = self._view.locked_minutes > 0
        for part in (self._segments, self._boxes, self.pad):
            part.setVisible(not is_locked)
        title.addWidget(self._segments)
        self.gap(title, 0 if is_locked else 44)
        self._boxes_at = QVBoxLayout()
        self._boxes_at.addWidget(self._boxes)
        title.addLayout(self._boxes_at)
        self.gap(title, 24)
        title.addWidget(self._hint())
        if self.stage.is_portrait:
            self.gap(content, 36)
            content.addStretch(1)
        else:
            title.addStretch(1)
        content.addWidget(self.pad)
        self.gap(content, 32)
        content.addWidget(self._next)
        if self.stage.is_portrait:
            self.gap(content, 20)

    def _hint(self) -> Words | NoticeBar:
        if self._view.locked_minutes:
            words = _("Phone check-in is paused for {n} minutes; please use another way or ask our staff")
            return NoticeBar(self.stage.look, words.format(n=self._view.locked_minutes), icon="clock")
        tone = "ink_2" if self._view.reason is PhoneReason.CHOSEN else "ink"
        self._said = Words(" ", "caption", tone=tone)
        self._say_hint()
        return self._said

    def _say_hint(self) -> None:
        """About tails only while a tail is typed."""
        is_idle = self._view.reason is PhoneReason.CHOSEN and self._length == WHOLE
        self._said.set_text(" " if is_idle else _(HINTS[self._view.reason]))

    def change_kind(self, number: int) -> None:
        """Tail or whole number; what was typed stays as far as it fits."""
        self.stage.memory["is_whole"] = bool(number)
        self._length = WHOLE if number else TAIL
        self._boxes.hide()
        self._boxes_at.removeWidget(self._boxes)
        self._boxes.deleteLater()
        self._boxes = self._new_boxes()
        self._boxes_at.addWidget(self._boxes)
        self.pad.set_length(self._length)
        self._say_hint()

    def _typed(self, digits: str) -> None:
        self.stage.memory["digits"] = digits
        self._boxes.show_text(digits)
        if self._view.locked_minutes:
            self._next.set_word(_("Another way"))
            return
        missing = self._length - len(digits)
        lacking = counted(missing, _("1 digit to go"), _("{n} digits to go"))
        self._next.set_lacking(lacking if missing else "")

    def _send(self) -> None:
        visit_id, digits = self._view.visit_id, self.pad.text
        if self._view.locked_minutes:
            self.stage.act(lambda check_in: check_in.stop_face(visit_id))
            return
        self.stage.act(lambda check_in: check_in.enter_phone(visit_id, digits))
