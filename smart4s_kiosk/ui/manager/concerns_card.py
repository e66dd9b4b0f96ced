"""需要您过问: what waits for the manager's decision, one button each."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _, counted
from smart4s_kiosk.services.report_views import Concern, ConcernKind, Report
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.record_table import Column
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, joined

MOST = 3
FILING_LIMIT = 100_000
"""People whose faces are stored: from here the authority must be told (rules.md, face recognition measures)."""
SIGNS = {
    ConcernKind.ALARM: ("bell", "danger"),
    ConcernKind.WANTS_MANAGER: ("chat", "danger"),
    ConcernKind.LOW_SCORE: ("star", "warn"),
    ConcernKind.KEY_OVERDUE: ("key", "warn"),
    ConcernKind.MESSAGE_PARKED: ("cloud_off", "accent"),
}
ACTS = {
    ConcernKind.ALARM: N_("Look"),
    ConcernKind.WANTS_MANAGER: N_("Look"),
    ConcernKind.LOW_SCORE: N_("Look"),
    ConcernKind.KEY_OVERDUE: N_("Look"),
    ConcernKind.MESSAGE_PARKED: N_("Handle"),
}


def what(concern: Concern) -> str:
    """The first line."""
    words = {
        ConcernKind.ALARM: N_("{name} has waited {n} minutes and nobody came"),
        ConcernKind.WANTS_MANAGER: N_("{name} wants to speak to the manager"),
        ConcernKind.LOW_SCORE: N_("{name} would not recommend us"),
        ConcernKind.KEY_OVERDUE: N_("Key of {name} overdue by {n} minutes"),
        ConcernKind.MESSAGE_PARKED: N_("A message could not be delivered"),
    }
    name = concern.name or _("A guest")
    return _(words[concern.kind]).format(name=name, n=concern.minutes)


def facts(concern: Concern, zone: str) -> str:
    """The second line."""
    at = clock(concern.at, zone)
    if concern.kind is ConcernKind.KEY_OVERDUE:
        return joined(concern.note, concern.plate, concern.holder, _("due {at}").format(at=at))
    score = "" if concern.score is None else _("score {n}").format(n=concern.score)
    return joined(score, concern.note, at)


class ConcernsCard(Card):
    """`act` gets the concern whose button was pressed."""

    def __init__(self, look: Look, act: Callable[[Concern], object], open_all: Callable[[], object]) -> None:
        super().__init__(look, _("Needs you"))
        self._act = act
        self.all = self.add_action(_("All concerns"), open_all)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(10))
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(Icon("shield_check", 20, tone="ink_2"))
        self.faces = Words("", "note", tone="ink_2", wraps=False)
        foot.addWidget(self.faces)
        foot.addStretch(1)
        self.filing = Words("", "note", tone="ink_2", wraps=False)
        foot.addWidget(self.filing)
        self.body.addLayout(foot)

    def show_report(self, report: Report, zone: str) -> None:
        self.note.set_text(str(len(report.concerns)))
        while (item := self._rows.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        for concern in report.concerns[:MOST]:
            self._rows.addWidget(self._row(concern, zone))
        if not report.concerns:
            self._rows.addWidget(Words(_("Nothing waits for you at the moment"), "body", tone="ink_2"))
        kept = report.faces_kept
        self.faces.set_text(
            _("Face templates: not used")
            if kept is None
            else counted(kept, _("1 face template"), _("{n} face templates"))
        )
        self.filing.set_text(_("Filing line {n} / 100,000").format(n=kept or 0))

    def _row(self, concern: Concern, zone: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.look.px(14))
        sign, tone = SIGNS[concern.kind]
        line.addWidget(Icon(sign, 22, tone=tone))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(what(concern), "body", weight=500))
        words.addWidget(Words(facts(concern, zone), "caption", tone="ink_2"))
        line.addLayout(words, 1)
        button = TouchButton(_(ACTS[concern.kind]), "secondary").on_press(lambda: self._act(concern))
        line.addWidget(button)
        return row


def concern_columns(zone: str) -> tuple[Column, ...]:
    """All of them as a table."""
    return (
        Column(_("Time"), lambda c: clock(c.at, zone), lambda c: c.at, width=90),
        Column(_("What"), what),
        Column(_("Facts"), lambda c: facts(c, zone)),
    )
