"""Who was asked, since when, what happens next; the customer can act before the clock does. No blame on screen."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.services.check_in_choices import StepMark, WaitLine, WaitStage
from smart4s_kiosk.services.check_in_views import Waiting, WaitStep
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.choice_card import SMALL, ChoiceCard
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.step_list import StepLine, StepList
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.waiting_ring import WaitingRing
from smart4s_kiosk.ui.widgets.words import CENTRE, LEFT, Words
from smart4s_kiosk.ui.wording import clock, minutes_seconds, words

TICK_MS = 200
LONG_WAIT_IDLE_S = 60
DRINKS = {
    Drink.WATER: (N_("Water"), "water"),
    Drink.COFFEE: (N_("Americano"), "coffee"),
    Drink.TEA: (N_("Black tea"), "tea"),
}
LINES = {
    WaitLine.NOTIFIED: N_("{name} has been told"),
    WaitLine.NOTIFIED_LOCALLY: N_("{name}'s tablet has been told"),
    WaitLine.AWAITING: N_("Waiting for an answer"),
    WaitLine.BUSY: N_("{name} is busy"),
    WaitLine.THEN_NEXT: N_("After {minutes} min we ask {name}"),
    WaitLine.THEN_RECEPTION: N_("After {minutes} min reception comes to you"),
    WaitLine.RECEPTION_COMING: N_("Reception is on the way"),
    WaitLine.THEN_MANAGER: N_("After {minutes} min the manager comes"),
    WaitLine.QUEUED: N_("In the queue"),
}


def line_words(step: WaitStep) -> str:
    """The sentence of one line."""
    if step.line is WaitLine.RECEPTION_COMING and step.name:
        return _("{name} from reception is on the way").format(name=step.name)
    if step.line is WaitLine.THEN_NEXT and not step.name:
        return _("After {minutes} min we ask the next consultant").format(minutes=(step.after_s or 60) // 60)
    return _(LINES[step.line]).format(name=step.name, minutes=(step.after_s or 60) // 60)


class WaitingPage(KioskPage):
    """The ring turns once in 60 seconds; black when somebody from the front desk is on the way."""

    shows_idle = False
    may_go_back = False
    idle_s = 120
    """The visit goes on without the page: the next guest must be able to check in."""

    def __init__(self, view: Waiting, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        if view.stage is not WaitStage.ASKED:
            self.idle_s = LONG_WAIT_IDLE_S
        offline = not stage.shop.is_online
        title, content = self.split(top=20 if offline else 64, landscape_top=16)
        if offline:
            title.addWidget(
                NoticeBar(
                    stage.look,
                    _("The network is down for a moment; we carry on as usual"),
                    _("Using the network inside the store"),
                    icon="cloud_off",
                    beside=self.has_short_words,
                )
            )
            self.gap(title, 24 if stage.is_portrait else 12)
        size = 386 if stage.is_portrait and not offline else 286 if stage.is_portrait or not offline else 120
        person = view.person
        stands_for = person.name if person else str(view.queue_number or _("Reception"))
        self.ring = WaitingRing(person.photo if person else None, stands_for, size=size)
        title.addWidget(self.ring, 0, CENTRE if stage.is_portrait else LEFT)
        self.gap(title, 44 if stage.is_portrait else 20)
        align = CENTRE if stage.is_portrait else LEFT
        headline, note = self._says()
        title.addWidget(Words(headline, "title", align=align))
        self.gap(title, 8)
        title.addWidget(Words(note, "body_l", tone="ink_2", align=align))
        self._content(content, title)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def _content(self, content: QVBoxLayout, title: QVBoxLayout) -> None:
        if self.stage.is_portrait:
            self.gap(content, 56)
        self.steps = StepList((), row=96 if self.stage.is_portrait else 66)
        content.addWidget(self._card(self.steps))
        self.gap(content, 28 if self.stage.is_portrait else 18)
        if self._view.drinks:
            content.addWidget(Words(self._drink_question(), "body_l", weight=500))
            self.gap(content, 24 if self.stage.is_portrait else 12)
            content.addLayout(self.row(*[self._drink(drink) for drink in self._view.drinks], gap=24))
        content.addStretch(1)
        self.gap(content, 28 if self.stage.is_portrait else 18)
        content.addLayout(self._answers())
        if not self.stage.is_portrait:
            title.addStretch(1)
        if self.stage.shop.prints_slips:
            self.gap(content, 24 if self.stage.is_portrait else 12)
            content.addWidget(self._slip_button())

    def _card(self, inside: QWidget) -> QFrame:
        card = role(QFrame(), "card")
        column = QVBoxLayout(card)
        pad = self.px(48)
        column.setContentsMargins(pad, self.px(14), pad, self.px(14))
        column.addWidget(inside)
        return card

    def _says(self) -> tuple[str, str]:
        view = self._view
        name = view.person.name if view.person else ""
        if view.stage is WaitStage.RECEPTION:
            lead = _("{name} from reception comes to you") if name else _("Reception comes to you")
            wait, place = view.queue_minutes, view.queue_number
            if place is not None and wait is not None:
                return lead.format(name=name), _("You are number {n}, about {m} min").format(n=place, m=wait)
            return lead.format(name=name), _("Thank you for your patience")
        if view.stage is WaitStage.LATER:
            lead = _("{name} comes a little later").format(name=name)
            return lead, _("In about {n} min; your place is kept").format(n=view.later_minutes or 3)
        if view.stage is WaitStage.QUEUED:
            lead = _("You are number {n}").format(n=view.queue_number or 1)
            wait = view.queue_minutes
            return lead, _("About {n} min; do look around").format(n=wait) if wait else _("Do look around meanwhile")
        return _("Asking {name} to come").format(name=name), _("Usually answered within a minute; please take a seat")

    def _drink_question(self) -> str:
        if self._view.seat:
            return _("Something to drink? Brought to {seat}").format(seat=self._view.seat)
        return _("Something to drink?")

    def _drink(self, drink: Drink) -> ChoiceCard:
        word, icon = DRINKS[drink]
        card = ChoiceCard(
            icon,
            _(word),
            shape=SMALL,
            height=158 if self.stage.is_portrait else 132,
            icon_size=56,
            chosen=drink is self._view.drink,
        )
        visit_id = self._view.visit_id
        card.pressed_once.connect(lambda: self.stage.act(lambda check_in: check_in.choose_drink(visit_id, drink)))
        return card

    def _answers(self) -> QHBoxLayout:
        visit_id = self._view.visit_id
        change = TouchButton(_("Another consultant"), "equal", height=120).on_press(
            lambda: self.stage.act(lambda check_in: check_in.change_consultant(visit_id))
        )
        if self._view.stage in {WaitStage.RECEPTION, WaitStage.QUEUED}:
            other = TouchButton(_("Look around first"), "equal", height=120).on_press(
                lambda: self.stage.act(lambda check_in: check_in.look_around(visit_id))
            )
        else:
            other = TouchButton(_("Reception, now"), "equal", height=120).on_press(
                lambda: self.stage.act(lambda check_in: check_in.ask_reception(visit_id))
            )
        return self.row(change, other)

    def _slip_button(self) -> TouchButton:
        """For those who would rather hold paper; without a printer it is not there."""
        visit_id, is_printed = self._view.visit_id, self._view.slip_printed
        word = _("Your slip is being printed") if is_printed else _("Print a slip")
        self.slip = TouchButton(word, "secondary", icon="printer", height=104 if self.stage.is_portrait else 72)
        return self.slip.on_press(
            lambda: self.stage.act(lambda check_in: check_in.print_slip(visit_id, words, language()))
        )

    def tick(self) -> None:
        """Ring and running time follow the clock."""
        view, now = self._view, self.stage.now()
        waited = max(0.0, (now - view.asked_at).total_seconds())
        if view.stage is WaitStage.RECEPTION:
            self.ring.show_coming()
        elif view.turn_s > 0:
            self.ring.show_share(min(1.0, waited / view.turn_s))
        self.steps.show_lines(tuple(self._line(step, waited) for step in view.steps))

    def _line(self, step: WaitStep, waited: float) -> StepLine:
        if step.mark is StepMark.NOW:
            time = minutes_seconds(waited)
        elif step.mark is StepMark.DONE and step.at is not None:
            time = clock(step.at, self.stage.shop.zone, seconds=True)
        else:
            time = minutes_seconds(step.after_s) if step.after_s is not None else ""
        return StepLine(step.mark.value, line_words(step), time)

    def leave(self) -> None:
        self._timer.stop()
