"""One plan: total first, three groups parted by hairlines, the loan in a well with its slider."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout

from smart4s_kiosk.domain.quotes import LineCode, PricedQuote, QuoteLine
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_quotes import LOAN_STEP_FEN, PlanView
from smart4s_kiosk.ui.tablet.parts import Refilled, row, rule
from smart4s_kiosk.ui.tablet.quote_words import line_name, line_note
from smart4s_kiosk.ui.theme.dress import refresh, role
from smart4s_kiosk.ui.theme.look import Look, look_of, with_look
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.words import RIGHT, Words
from smart4s_kiosk.ui.wording import joined, money

LETTERS = "ABC"
FEW_LINES = 9
"""So many lines leave air between them."""


class PlanColumn(QFrame):
    """Figures change in place, so that nothing moves under a finger on the slider."""

    chosen = Signal(int)
    loan_moved = Signal(int, int)
    """Number of the plan, principal in fen."""

    def __init__(self, look: Look, number: int, *, is_narrow: bool = False) -> None:
        super().__init__()
        with_look(self, look)
        self._look_used, self._number, self._is_narrow = look, number, is_narrow
        self._space = 0
        self._keys: tuple[object, ...] = ()
        self._figures: list[tuple[Words, Words, Words]] = []
        self._column = column = QVBoxLayout(self)
        column.setSpacing(look.px(4))
        self._trim = Words("", "heading", wraps=False)
        self._chip = Chip(_("Plan {letter}").format(letter=LETTERS[number]))
        column.addLayout(row(look, self._trim, 1, self._chip))
        self._facts = Words("", "note", tone="ink_2")
        column.addWidget(self._facts)
        self._total = Words("", "figure", wraps=False)
        self._label = Words(_("On the road"), "note", tone="ink_2", wraps=False)
        column.addLayout(row(look, self._label, self._total, 1))
        self._rows = Refilled(look, gap=3)
        column.addWidget(self._rows)
        column.addStretch(1)
        column.addWidget(self._loan_box(look))

    def _loan_box(self, look: Look) -> QFrame:
        box = with_look(role(QFrame(), "well"), look)
        column = QVBoxLayout(box)
        pad = look.px(14)
        column.setContentsMargins(pad, look.px(10), pad, look.px(10))
        column.setSpacing(look.px(2))
        self._months = Words("", "note", tone="ink_2", wraps=False)
        self._monthly = Words("", "heading", wraps=False, align=RIGHT)
        column.addLayout(row(look, self._months, 1, self._monthly))
        self._principal = Words("", "note", tone="ink_2", wraps=False)
        self._rate = Words("", "note", tone="ink_2", wraps=False, align=RIGHT)
        column.addLayout(row(look, self._principal, 1, self._rate))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMinimumHeight(look.px(48))
        self.slider.setAccessibleName(_("Loan of plan {letter}").format(letter=LETTERS[self._number]))
        self.slider.valueChanged.connect(lambda value: self.loan_moved.emit(self._number, value * LOAN_STEP_FEN))
        column.addWidget(self.slider)
        return box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._number)

    def show_plan(self, plan: PlanView, months: int, *, is_chosen: bool) -> None:
        """The newest figures."""
        priced = plan.priced
        self.setProperty("role", "chosen" if is_chosen else "card")
        self._set_margins(look_of(self).border("chosen" if is_chosen else "hair"))
        refresh(self)
        self._chip.show_state(
            _("Plan {letter}").format(letter=LETTERS[self._number]), "accent" if is_chosen else "quiet"
        )
        self._trim.set_text(plan.trim)
        car = priced.draft.car
        self._facts.set_text(joined(f"{car.model} {car.model_year}", car.colour))
        self._total.set_text(money(priced.total_fen))
        self._label.set_text(_("On the road") if priced.is_final else _("So far, part to be checked"))
        self._show_lines(priced, is_above=plan.is_above_limit)
        self._show_loan(priced, months, plan.most_loan_fen)

    def _set_margins(self, border: int) -> None:
        """A thicker border takes its room from the margin: nothing in the column moves."""
        pad = self._look_used.px(18) - border
        self._column.setContentsMargins(pad, self._look_used.px(14) - border, pad, pad)

    def _show_lines(self, priced: PricedQuote, *, is_above: bool) -> None:
        lines = _shown_lines(priced)
        keys = tuple((name, is_strong, new_group) for name, _note, _amount, _tone, is_strong, new_group in lines)
        if keys != self._keys:
            self._keys = keys
            rows = self._rows.fresh()
            self._space = self._look_used.px(3 if len(lines) <= FEW_LINES else 0)
            self._figures = [self._add_row(rows, is_strong=strong, new_group=group) for *_rest, strong, group in lines]
        for (name_words, note_words, amount_words), (name, note, amount, tone, _strong, _group) in zip(
            self._figures, lines, strict=True
        ):
            name_words.set_text(name)
            is_discount = tone == "success"
            note_words.set_text(_("needs the manager") if is_discount and is_above else note)
            note_words.set_tone("warn" if is_discount and is_above else "ink_3")
            amount_words.set_text(amount)
            amount_words.set_tone(tone)

    def _add_row(self, rows: QVBoxLayout, *, is_strong: bool, new_group: bool) -> tuple[Words, Words, Words]:
        look = self._look_used
        if new_group:
            rows.addSpacing(look.px(2))
            rows.addWidget(rule())
            rows.addSpacing(look.px(2))
        weight = 500 if is_strong else 0
        name = Words(
            " ", "body" if is_strong else "note", tone="ink" if is_strong else "ink_2", weight=weight, wraps=False
        )
        note = Words(" ", "caption", tone="ink_3")
        amount = Words(" ", "body" if is_strong else "note", weight=weight, wraps=False, align=RIGHT)
        line = QHBoxLayout()
        line.setContentsMargins(0, self._space, 0, self._space)
        line.setSpacing(look.px(8))
        line.addWidget(name)
        if self._is_narrow:
            line.addStretch(1)
        else:
            line.addWidget(note, 1)
        line.addWidget(amount)
        rows.addLayout(line)
        if self._is_narrow:
            rows.addWidget(note)
        return name, note, amount

    def _show_loan(self, priced: PricedQuote, months: int, most_fen: int) -> None:
        loan = priced.loan
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, most_fen // LOAN_STEP_FEN)
            if not self.slider.isSliderDown():
                self.slider.setValue(loan.terms.principal_fen // LOAN_STEP_FEN if loan else 0)
        if loan is None:
            self._months.set_text(_("Paid in full"))
            self._monthly.set_text(money(priced.total_fen))
            self._principal.set_text(_("No loan"))
            self._rate.set_text("")
            return
        self._months.set_text(_("Monthly, {n} months").format(n=months))
        self._monthly.set_text(money(loan.first_fen))
        whole = f"{loan.terms.principal_fen // 100:,}"
        self._principal.set_text(_("Loan {amount}").format(amount=whole))
        self._rate.set_text(_("{rate}% a year").format(rate=f"{loan.annual_rate * 100:.2f}"))


Shown = tuple[str, str, str, str, bool, bool]
"""Name, note, amount, tone of the amount, whether it is a sum, whether a group begins."""


def _shown_lines(priced: PricedQuote) -> list[Shown]:
    draft = priced.draft
    lines: list[Shown] = [
        (line_name_of(priced, LineCode.LIST_PRICE), "", money(draft.car.list_price_fen), "ink", False, True)
    ]
    discount = draft.discount.amount_fen
    given = "success" if discount else "ink"
    lines.append((_("Our discount"), "", money(-discount).replace("-", "−"), given, False, False))
    lines.append((_("Car price"), "", money(draft.net_price_fen), "ink", True, False))
    others = [line for line in priced.lines if line.code not in {LineCode.LIST_PRICE, LineCode.DISCOUNT}]
    for number, line in enumerate(others):
        lines.append((line_name(line), line_note(line), _amount(line), "ink", False, number == 0))
    if draft.trade_in is not None:
        worth = money(-draft.trade_in.valuation_fen).replace("-", "−")
        lines.append((_("Old car"), _("not in the total"), worth, "ink_2", False, True))
        lines.append((_("Left to pay"), "", money(priced.after_trade_in_fen), "ink", True, False))
    return lines


def line_name_of(priced: PricedQuote, code: LineCode) -> str:
    """The name of the first line of a code."""
    return next((line_name(line) for line in priced.lines if line.code is code), "")


def _amount(line: QuoteLine) -> str:
    return _("to be checked") if line.is_unverified else money(line.amount_fen)
