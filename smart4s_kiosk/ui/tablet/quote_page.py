"""Three plans side by side with the same rows in the same order; every touch changes the totals at once."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.check_in_views import QuoteShown
from smart4s_kiosk.services.tablet_quotes import LOAN_MONTHS, LOAN_RATES, InsuranceSet, QuoteChoices, QuoteDesk
from smart4s_kiosk.ui.tablet.amount_dialog import AmountDialog
from smart4s_kiosk.ui.tablet.choose_dialog import choose
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import row
from smart4s_kiosk.ui.tablet.pin_dialog import PinDialog
from smart4s_kiosk.ui.tablet.places import PublishedPlace, QuotePlace, TodayPlace
from smart4s_kiosk.ui.tablet.plan_column import PlanColumn
from smart4s_kiosk.ui.tablet.quote_words import INSURANCE, SUBSIDIES, WARNINGS
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import day, guest_name, money

THREE_ABREAST = 1.2
"""An upright tablet is laid out 900 wide; three plans side by side need 1080."""


def _with_room(stage: Stage) -> Stage:
    """Eyes compare across: the plans stay side by side on an upright tablet too, drawn a step smaller."""
    if not stage.is_portrait:
        return stage
    return replace(stage, look=replace(stage.look, scale=max(1.0, stage.look.scale / THREE_ABREAST)))


class QuotePage(TabletPage):
    """The draft lives on the page and in the window's memory; only publishing stores."""

    section = "quotes"

    def __init__(self, stage: Stage, place: QuotePlace) -> None:
        super().__init__(_with_room(stage))
        self._place = place
        self._desk: QuoteDesk | None = None
        self.plans: list[PlanColumn] = []
        column = self.column(bottom=16)
        column.setSpacing(self.px(12))
        self._options = QHBoxLayout()
        self._options.setSpacing(self.px(8))
        self._buttons: dict[str, TouchButton] = {}
        for name, act in (
            ("model", self._choose_model),
            ("colour", self._choose_colour),
            ("province", self._choose_province),
            ("insurance", self._choose_insurance),
            ("discount", self._type_discount),
            ("trade_in", self._type_trade_in),
            ("loan", self._choose_months),
        ):
            button = TouchButton("", "secondary", icon_after="chevron_down", style="note").on_press(act)
            self._buttons[name] = button
            self._options.addWidget(button)
        self._options.addStretch(1)
        column.addLayout(self._options)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(self.px(16))
        column.addLayout(self._columns, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self._hint = Chip("", "warn", icon="calendar")
        self._hint.hide()
        self._book = Words("", "note", tone="ink_2", wraps=False)
        shield = Icon("shield_check", 20)
        said = Words(_("What is not listed is not charged"), "note", weight=500, wraps=False)
        return row(self.look_, self._hint, 1, self._book, shield, said)

    def title(self) -> str:
        return _("Quote")

    def can_go_back(self) -> bool:
        return self._place.visit_id is not None

    def back(self) -> None:
        self.stage.open(TodayPlace())

    def bar_parts(self) -> list[QWidget]:
        self._state = Words("", "note", tone="ink_2", wraps=False)
        self._rates = TouchButton(_("Interest"), "secondary").on_press(self._choose_rate)
        self.go = TouchButton(_("Make the quote"), "primary", icon="qr", height=48).on_press(self._publish)
        return [self._state, self._rates, self.go]

    def heard(self, _announcement: Announcement) -> None:
        """A draft is nobody else's."""

    # reading

    def read(self) -> None:
        quotes, me, visit_id = self.stage.tablet.quotes, self.stage.person.staff_id, self._place.visit_id
        kept = self._place.choices or self.stage.memory.get(f"quote:{visit_id}")
        if isinstance(kept, QuoteChoices):
            own = replace(kept, by=me)
            self.ask(lambda: quotes.desk(own), self.show_desk, kind="desk")
        else:
            self.ask(lambda: quotes.begin(me, visit_id), self.show_desk, kind="desk")

    def change_choices(self, choices: QuoteChoices) -> None:
        """Price anew; a newer touch overtakes an older answer."""
        self.stage.memory[f"quote:{self._place.visit_id}"] = choices
        if self._desk is not None:
            self._desk = replace(self._desk, choices=choices)
        quotes = self.stage.tablet.quotes
        self.ask(lambda: quotes.desk(choices), self.show_desk, kind="desk")

    @property
    def choices(self) -> QuoteChoices:
        """What is chosen now."""
        assert self._desk is not None
        return self._desk.choices

    def show_desk(self, desk: QuoteDesk) -> None:
        """Figures in place; columns are made anew only for another number of plans."""
        self._desk = desk
        if len(self.plans) != len(desk.plans):
            self._make_columns(len(desk.plans))
        for number, (column, plan) in enumerate(zip(self.plans, desk.plans, strict=True)):
            column.show_plan(plan, desk.choices.months, is_chosen=number == desk.choices.chosen)
        self._show_options(desk)
        self._show_state(desk)

    def _make_columns(self, count: int) -> None:
        for old in self.plans:
            old.hide()
            old.deleteLater()
        self.plans = [PlanColumn(self.look_, number, is_narrow=self.stage.is_portrait) for number in range(count)]
        for column in self.plans:
            column.chosen.connect(self._choose_plan)
            column.loan_moved.connect(self._move_loan)
            self._columns.addWidget(column, 1)

    def _show_options(self, desk: QuoteDesk) -> None:
        c = desk.choices
        plan = c.plans[c.chosen]
        words = {
            "model": c.model,
            "colour": c.colour or _("Colour"),
            "province": c.province or _("Other region"),
            "insurance": _("Insurance: {name}").format(name=_(INSURANCE[c.insurance][0])),
            "discount": _("Discount {amount}").format(amount=money(plan.discount_fen).removesuffix(".00")),
            "trade_in": _("Old car") if not (c.trade_in_fen or c.subsidies) else _("With old car"),
            "loan": _("{n} months").format(n=c.months),
        }
        for name, word in words.items():
            self._buttons[name].set_word(word)

    def _show_state(self, desk: QuoteDesk) -> None:
        chosen = desk.plans[desk.choices.chosen]
        who = guest_name(desk.name, desk.title) if desk.name else _("no guest yet")
        self._state.set_text(_("{guest} · version {n}, draft").format(guest=who, n=desk.version))
        if not self.go.is_busy:
            word = _("The manager has to allow it") if chosen.is_above_limit else _("Make the quote")
            self.go.set_word(word)
        priced = chosen.priced
        hints = [
            _("about {amount} subsidy to claim until {day}, not in the total").format(
                amount=money(one.amount_fen).removesuffix(".00"), day=day(one.last_day)
            )
            for one in priced.subsidies
        ]
        hints += [_(WARNINGS[warning]) for warning in priced.warnings]
        self._hint.setVisible(bool(hints))
        if hints:
            self._hint.show_state(hints[0], "warn")
        self._book.set_text(_("Price book {day}").format(day=day(priced.draft.car.price_book_dated)))

    # touches

    def _choose_plan(self, number: int) -> None:
        if self._desk is not None and number != self.choices.chosen:
            self.change_choices(replace(self.choices, chosen=number))

    def _move_loan(self, number: int, principal_fen: int) -> None:
        if self._desk is not None:
            self.change_choices(replace(self.choices.with_plan(number, loan_fen=principal_fen), chosen=number))

    def _choose_model(self) -> None:
        desk, quotes = self._desk, self.stage.tablet.quotes
        if desk is None:
            return
        names = [(name, "", name) for name in desk.models]
        choose(
            self.window(),
            _("Which model?"),
            names,
            desk.choices.model,
            lambda name: self.ask(lambda: quotes.of_model(desk.choices, name), self.change_choices, kind="model"),
        )

    def _choose_colour(self) -> None:
        if self._desk is not None:
            names = [(name, "", name) for name in self._desk.colours]
            choose(
                self.window(),
                _("Which colour?"),
                names,
                self.choices.colour,
                lambda name: self.change_choices(replace(self.choices, colour=name)),
            )

    def _choose_province(self) -> None:
        if self._desk is not None:
            names = [
                (name or _("Other region"), "" if name else _("vehicle tax to be checked"), name)
                for name in self._desk.provinces
            ]
            choose(
                self.window(),
                _("Registered where?"),
                names,
                self.choices.province,
                lambda name: self.change_choices(replace(self.choices, province=name)),
            )

    def _choose_insurance(self) -> None:
        if self._desk is not None:
            sets = [(_(INSURANCE[one][0]), _(INSURANCE[one][1]), one) for one in InsuranceSet]
            choose(
                self.window(),
                _("Which commercial insurance?"),
                sets,
                self.choices.insurance,
                lambda one: self.change_choices(replace(self.choices, insurance=one)),
            )

    def _choose_months(self) -> None:
        if self._desk is not None:
            months = [(_("{n} months").format(n=n), "", n) for n in LOAN_MONTHS]
            choose(
                self.window(),
                _("Loan over how long?"),
                months,
                self.choices.months,
                lambda n: self.change_choices(replace(self.choices, months=n)),
            )

    def _choose_rate(self) -> None:
        if self._desk is not None:
            rates = [(f"{rate * 100:.2f} %", "", rate) for rate in LOAN_RATES]
            choose(
                self.window(),
                _("The lender's rate a year"),
                rates,
                self.choices.rate,
                lambda rate: self.change_choices(replace(self.choices, rate=rate)),
            )

    def _type_discount(self) -> None:
        desk = self._desk
        if desk is None:
            return
        number = desk.choices.chosen
        limit = _("You may give up to {amount}; above that the manager's PIN is asked.").format(
            amount=money(desk.limit_fen).removesuffix(".00")
        )
        AmountDialog(
            self.window(),
            _("Discount of plan {letter}").format(letter="ABC"[number]),
            limit,
            desk.choices.plans[number].discount_fen,
            lambda fen: self.change_choices(self.choices.with_plan(number, discount_fen=fen)),
        ).open_now()

    def _type_trade_in(self) -> None:
        """The old car's valuation; with one, the subsidy for a traded-in car is estimated beside the total."""
        if self._desk is None:
            return
        dialog = AmountDialog(
            self.window(),
            _("Valuation of the old car"),
            _("Valid for seven days; stands beside the total, never inside it."),
            self.choices.trade_in_fen,
            self._traded_in,
        )
        for kind in (SubsidyKind.TRADE_IN, SubsidyKind.SCRAP):
            is_on = kind in self.choices.subsidies
            chip = TouchButton(_(SUBSIDIES[kind]), "chip_chosen" if is_on else "chip")
            chip.on_press(partial(self._toggle_subsidy, kind, chip))
            dialog.body.addWidget(chip)
        dialog.open_now()

    def _toggle_subsidy(self, kind: SubsidyKind, chip: TouchButton) -> None:
        kinds = set(self.choices.subsidies) ^ {kind}
        chip.set_role("chip_chosen" if kind in kinds else "chip")
        self.change_choices(replace(self.choices, subsidies=tuple(k for k in SubsidyKind if k in kinds)))

    def _traded_in(self, fen: int) -> None:
        self.change_choices(replace(self.choices, trade_in_fen=fen))

    # publishing

    def _publish(self) -> None:
        desk, quotes = self._desk, self.stage.tablet.quotes
        if desk is None:
            return
        if desk.plans[desk.choices.chosen].is_above_limit:
            self._ask_manager()
            return
        choices = desk.choices
        self.change(
            lambda: quotes.publish(choices),
            lambda shown: self._published(shown, choices),
            button=self.go,
            word=_("Making it"),
        )

    def _published(self, shown: QuoteShown, choices: QuoteChoices) -> None:
        self.stage.memory.pop(f"quote:{self._place.visit_id}", None)
        self.stage.open(PublishedPlace(shown, choices))

    def _ask_manager(self) -> None:
        dialog = PinDialog(
            self.window(), _("The manager allows the discount"), _("The manager's PIN; the name stands in the quote.")
        )
        dialog.entered.connect(lambda _person, pin: self._approve(dialog, pin))
        dialog.open_now()

    def _approve(self, dialog: PinDialog, pin: str) -> None:
        quotes, choices = self.stage.tablet.quotes, self.choices

        def approved(desk: QuoteDesk) -> None:
            dialog.close_now()
            self.stage.memory[f"quote:{self._place.visit_id}"] = desk.choices
            self.show_desk(desk)

        self.stage.background.change(
            dialog,
            lambda: quotes.approve(choices, pin),
            approved,
            refused=lambda trouble: dialog.say(trouble.words),
        )
