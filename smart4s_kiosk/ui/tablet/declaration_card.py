"""What paper cannot show: six questions to the driver, each answered 有 or 没有, none beforehand."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.ui.tablet.parts import row, rule
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.look import Look, with_look
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("seized_or_suspended", N_("Licence seized, suspended or revoked")),
    ("twelve_points", N_("12 penalty points reached")),
    ("lost_or_damaged", N_("Licence lost, damaged or handed in")),
    ("alcohol", N_("Alcohol today")),
    ("drugs_or_medicine", N_("Medicine or drugs that impair driving")),
    ("illness_or_fatigue", N_("Illness or fatigue that makes driving unsafe")),
)


class DeclarationCard(QFrame):
    """Answered by the customer, one by one, or all with one press that says what it does."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        with_look(role(self, "card"), look)
        self._answers: dict[str, bool] = {}
        self._buttons: dict[str, tuple[TouchButton, TouchButton]] = {}
        column = QVBoxLayout(self)
        pad = look.px(24)
        column.setContentsMargins(pad, look.px(18), pad, look.px(18))
        column.setSpacing(look.px(7))
        column.addWidget(Words(_("Driver's declaration"), "heading"))
        column.addWidget(
            Words(_("Please answer yourself; a wrong answer can void the insurance."), "note", tone="ink_2")
        )
        for name, question in QUESTIONS:
            column.addWidget(rule())
            no, yes = TouchButton(_("Does not apply"), "chip"), TouchButton(_("Applies"), "chip")
            for button, says in ((no, False), (yes, True)):
                button.setAccessibleName(f"{_(question)}: {button.text()}")
                button.setFixedWidth(look.px(112))
                button.on_press(partial(self._answer, name, says=says))
            self._buttons[name] = (no, yes)
            column.addLayout(row(look, Words(_(question), "body", wraps=True), no, yes))
        column.addWidget(rule())
        self.none = TouchButton(_("None of these apply to me"), "equal", height=56).on_press(self._none)
        column.addWidget(self.none)
        column.addStretch(1)

    def _answer(self, name: str, *, says: bool) -> None:
        self._answers[name] = says
        self._show()

    def _none(self) -> None:
        self._answers = {name: False for name, _question in QUESTIONS}
        self._show()

    def _show(self) -> None:
        for name, (no, yes) in self._buttons.items():
            says = self._answers.get(name)
            no.set_role("chip_chosen" if says is False else "chip")
            yes.set_role("chip_chosen" if says is True else "chip")
        self.changed.emit()

    @property
    def missing(self) -> int:
        """How many questions are open."""
        return len(QUESTIONS) - len(self._answers)

    def declaration(self) -> Declaration | None:
        """The answers; None while one is open."""
        return None if self.missing else Declaration(**self._answers)
