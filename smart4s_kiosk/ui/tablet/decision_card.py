"""The verdict with its reasons: one a row, the rule with source and date at the right."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.domain.licence_decisions import Decision
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_views import Judged
from smart4s_kiosk.ui.licence_words import ALTERNATIVES, outcome_words, reason_words, source_words
from smart4s_kiosk.ui.tablet.choose_drive_page import GEARBOXES
from smart4s_kiosk.ui.tablet.parts import Refilled, row, rule, scrolled
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look, with_look
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import RIGHT, Words

SIGNS = {
    Outcome.ALLOW: ("success", "success"),
    Outcome.ACCOMPANIED: ("success", "success"),
    Outcome.PASSENGER_ONLY: ("warning", "warn"),
    Outcome.REFUSE: ("error", "danger"),
}


WAITING = frozenset({"field-missing", "number-second-person"})
"""Rules that speak only because people are not done yet: no verdict while they decide."""


class DecisionCard(QFrame):
    """Says what the rules say, and that this is not legal advice."""

    companion_wanted = Signal()
    """Pressed: type the first issue of the colleague's licence who drives along."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look_used = look
        with_look(role(self, "card"), look)
        column = QVBoxLayout(self)
        pad = look.px(20)
        column.setContentsMargins(pad, look.px(14), pad, look.px(14))
        self._said = Refilled(look, gap=8, right=6)
        column.addWidget(scrolled(self._said))

    def show_judged(self, judged: Judged) -> None:
        """The newest decision."""
        look, decision = self._look_used, judged.decision
        column = self._said.fresh()
        is_open = not judged.is_final and decision.deciding_rule in WAITING
        icon, tone = ("pause", "ink_2") if is_open else SIGNS[decision.outcome]
        title = _("Not decided yet") if is_open else outcome_words(decision)
        column.addLayout(row(look, Icon(icon, 32, tone=tone), Words(title, "title")))
        if not judged.is_final:
            column.addWidget(Words(_("valid once all is checked"), "note", tone="ink_2"))
        if judged.asks_companion:
            column.addLayout(self._companion(judged.companion_first_issue))
        for reason in decision.reasons:
            column.addWidget(rule())
            said = Words(reason_words(reason), "note")
            source = Words(source_words(reason), "caption", tone="ink_3", align=RIGHT)
            line = row(look)
            line.addWidget(said, 6)
            line.addWidget(source, 5)
            column.addLayout(line)
        for fits in _what_fits(judged):
            column.addWidget(rule())
            column.addWidget(Words(fits, "note"))
        offered = _("Offer instead: ") + _(" / ").join(_(ALTERNATIVES[a]) for a in decision.alternatives)
        if decision.alternatives and not is_open:
            column.addWidget(rule())
            column.addWidget(Words(offered, "note", weight=500))
        column.addWidget(Words(_("A summary of the rules, not legal advice"), "caption", tone="ink_3"))
        column.addStretch(1)

    def _companion(self, first_issue: date | None) -> QHBoxLayout:
        """Whoever drives along on the motorway, and the day of their own licence."""
        known = _("Colleague beside: licence since {date}").format(date=first_issue) if first_issue else ""
        words = Words(known or _("Does a colleague with a licence drive along?"), "note", weight=500)
        button = TouchButton(_("Change") if first_issue else _("Enter their licence"), "secondary", height=48)
        line = row(self._look_used)
        line.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(button.on_press(self.companion_wanted.emit))
        return line


def _what_fits(judged: Judged) -> tuple[str, ...]:
    """What speaks for driving, when the rules let the person drive."""
    licence, today = judged.licence, judged.decision.today
    if not judged.may_drive or not licence.classes:
        return ()
    gearbox = _(GEARBOXES[judged.gearbox])
    lines = [_("Class {classes} covers this car: {gearbox}").format(classes="".join(licence.classes), gearbox=gearbox)]
    until = _("no last day") if licence.is_long_term else licence.valid_to.isoformat() if licence.valid_to else ""
    if until:
        lines.append(_("Valid until: {until}").format(until=until))
    if licence.first_issue is not None:
        years = whole_years(licence.first_issue, today)
        lines.append(_("First issued {date}, {years} years ago").format(date=licence.first_issue, years=years))
    return tuple(lines)


def whole_years(start: date, today: date) -> int:
    """Whole years from one day to the other."""
    return today.year - start.year - ((today.month, today.day) < (start.month, start.day))


def verdict_lines(decision: Decision) -> tuple[str, ...]:
    """The verdict and its reasons as the paper will show them."""
    reasons = (f"{reason_words(r)} · {source_words(r)}" for r in decision.reasons if r.code != "declaration-open")
    return (outcome_words(decision), *reasons)
