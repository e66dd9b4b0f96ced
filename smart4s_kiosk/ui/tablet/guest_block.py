"""The waiting guest: the only dark block of the first page, found in under three seconds, answered in one tap."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import WaitingGuest
from smart4s_kiosk.ui.tablet.parts import row
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.theme.dress import dress
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.icon import StateDot
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.visit_timer import timer_tone
from smart4s_kiosk.ui.widgets.words import RIGHT, Words
from smart4s_kiosk.ui.wording import clock, guest_name, joined, minutes_seconds, words

LATER_MINUTES = 5
HEIGHT = 204


class GuestBlock(QFrame):
    """One guest. Answers by signals; the page calls the service."""

    accepted = Signal(str)
    postponed = Signal(str)
    passed_on = Signal(str)

    def __init__(self, stage: Stage, guest: WaitingGuest) -> None:
        super().__init__()
        self._stage, self._guest = stage, guest
        self._dark = stage.look.in_theme("dark")
        dress(self, self._dark)
        self.setFixedHeight(stage.px(HEIGHT))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(stage.px(28), stage.px(24), stage.px(28), stage.px(24))
        left = QVBoxLayout()
        left.setSpacing(stage.px(6))
        left.addLayout(row(stage.look, StateDot("accent", 10), Words(self._headline(), "note", tone="ink_2"), gap=12))
        name = Words(guest_name(guest.name, guest.title) if guest.name else guest.label, "display", wraps=False)
        left.addLayout(row(stage.look, name, Words(self._facts(), "body_l", tone="ink_2", wraps=False), 1, gap=16))
        left.addStretch(1)
        left.addLayout(self._buttons())
        outer.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(stage.px(2))
        self._timer = Words("", "timer", wraps=False, align=RIGHT)
        self._next = Words("", "note", tone="ink_2", wraps=False, align=RIGHT)
        right.addWidget(self._timer)
        right.addWidget(self._next)
        right.addStretch(1)
        outer.addLayout(right)
        self.tick()

    def _headline(self) -> str:
        if self._guest.later_until is not None:
            until = clock(self._guest.later_until, self._stage.store.zone)
            return _("You said later: asked again at {time}").format(time=until)
        if not self._guest.is_mine:
            return _("A guest is waiting and nobody is free yet")
        return _("Now: a guest is waiting for you")

    def _facts(self) -> str:
        guest = self._guest
        facts = [_("came before") if guest.is_returning else ""]
        facts.append(guest.place)
        facts.append(words(guest.purpose) if guest.purpose else "")
        facts.append(_("{n} people").format(n=guest.party_size) if guest.party_size > 1 else "")
        return joined(*facts)

    def _buttons(self) -> QHBoxLayout:
        visit_id = str(self._guest.visit_id)
        self.accept = TouchButton(_("Receive"), "primary", height=52).on_press(lambda: self.accepted.emit(visit_id))
        self.accept.setMinimumWidth(self._stage.px(124))
        line = row(self._stage.look, self.accept)
        if self._guest.is_mine and self._guest.later_until is None:
            later = TouchButton(_("In {n} minutes").format(n=LATER_MINUTES), "secondary", height=52)
            line.addWidget(later.on_press(lambda: self.postponed.emit(visit_id)))
            other = TouchButton(_("Pass on"), "secondary", height=52)
            line.addWidget(other.on_press(lambda: self.passed_on.emit(visit_id)))
        line.addStretch(1)
        return line

    def tick(self) -> None:
        """The waiting time, amber at 60 s, red at 120 s, and what follows."""
        now = self._stage.now()
        waited = (now - self._guest.since).total_seconds()
        self._timer.set_text(minutes_seconds(waited))
        self._timer.set_tone(timer_tone(waited))
        if self._guest.next_at is not None:
            left = max(0, int((self._guest.next_at - now).total_seconds()))
            self._next.set_text(_("a colleague is asked in {n} s").format(n=left))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        fill = self._stage.look.colour("action" if not self._stage.look.is_dark else "raised")
        panel(smooth(QPainter(self)), QRectF(self.rect()), look.radius("card"), fill)
