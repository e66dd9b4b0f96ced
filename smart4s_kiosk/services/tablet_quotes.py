"""A quote while it is built on the tablet: three plans of one model, priced at once, published as the chosen one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.ids import QuoteId, StaffId, VisitId
from smart4s_kiosk.domain.insurance import CommercialInsurance, Cover, CoverCode
from smart4s_kiosk.domain.loans import LoanTerms
from smart4s_kiosk.domain.money import fen
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.price_book import PriceBook
from smart4s_kiosk.domain.quote_rules import QuoteRules
from smart4s_kiosk.domain.quotes import (
    Discount,
    DiscountLimits,
    Extra,
    LineCode,
    LineKind,
    PricedQuote,
    QuotedCar,
    QuoteDraft,
    TradeIn,
)
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.domain.taxes import Place
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.documents import Previews
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.check_in_views import QuoteShown
from smart4s_kiosk.services.local_day import local_day
from smart4s_kiosk.services.quote_views import QuoteViews
from smart4s_kiosk.services.quotes import Quotes, quote_of
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.tablet_day import title_of

MOST_PLANS = 3
LOAN_MONTHS = (12, 24, 36, 48, 60)
LOAN_RATES = (Decimal(0), Decimal("0.0299"), Decimal("0.0399"), Decimal("0.045"), Decimal("0.0525"))
USUAL_MONTHS, USUAL_RATE = 36, Decimal("0.045")
LOAN_STEP_FEN = 1_000_000
REGISTRATION_FEN = 50_000
TRADE_IN_LIFE = timedelta(days=7)


class NoPriceBook(NotFound):
    """This terminal has no price book, so nothing can be quoted."""

    code = "price_book.missing"


class InsuranceSet(StrEnum):
    """Sets of commercial covers that the tablet offers; the compulsory insurance is always in the quote."""

    NONE = "none"
    THIRD_PARTY = "third_party"
    STANDARD = "standard"
    FULL = "full"


_THIRD = Cover(CoverCode.THIRD_PARTY, fen(2_000_000))
COVERS: dict[InsuranceSet, tuple[Cover, ...]] = {
    InsuranceSet.NONE: (),
    InsuranceSet.THIRD_PARTY: (_THIRD, Cover(CoverCode.OUTSIDE_MEDICAL_LIST)),
    InsuranceSet.STANDARD: (Cover(CoverCode.OWN_DAMAGE), _THIRD, Cover(CoverCode.OUTSIDE_MEDICAL_LIST)),
    InsuranceSet.FULL: (
        Cover(CoverCode.OWN_DAMAGE),
        Cover(CoverCode.THIRD_PARTY, fen(3_000_000)),
        Cover(CoverCode.OUTSIDE_MEDICAL_LIST),
        Cover(CoverCode.SEATS, fen(50_000)),
        Cover(CoverCode.SCRATCHES, fen(5_000)),
    ),
}


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What differs from plan to plan."""

    trim: str
    discount_fen: int = 0
    approved_by: StaffId | None = None
    """Whose PIN allowed this discount."""
    loan_fen: int = 0
    """Principal; 0 pays at once."""


@dataclass(frozen=True, slots=True)
class QuoteChoices:
    """Everything chosen so far; the page keeps it and sends it back. The id makes a second press harmless."""

    quote_id: QuoteId
    by: StaffId
    visit_id: VisitId | None
    model: str
    colour: str
    province: str
    insurance: InsuranceSet
    plans: tuple[PlanChoice, ...]
    chosen: int = 0
    with_registration: bool = True
    months: int = USUAL_MONTHS
    rate: Decimal = USUAL_RATE
    trade_in_fen: int = 0
    subsidies: tuple[SubsidyKind, ...] = ()

    def with_plan(self, number: int, **changes: object) -> "QuoteChoices":
        """The same with one plan changed; another discount needs another approval."""
        plans = list(self.plans)
        if "discount_fen" in changes:
            changes.setdefault("approved_by", None)
        plans[number] = replace(plans[number], **changes)  # type: ignore[arg-type] # named fields of a plan
        return replace(self, plans=tuple(plans))


@dataclass(frozen=True, slots=True)
class PlanView:
    """One column."""

    trim: str
    priced: PricedQuote
    is_above_limit: bool
    """The discount needs a manager's PIN before it can be published."""
    most_loan_fen: int


@dataclass(frozen=True, slots=True)
class QuoteDesk:
    """The whole page: the choices with what follows from them, and what else could be chosen."""

    choices: QuoteChoices
    plans: tuple[PlanView, ...]
    models: tuple[str, ...]
    colours: tuple[str, ...]
    provinces: tuple[str, ...]
    name: str
    title: Title
    version: int
    limit_fen: int


class TabletQuotes:
    """Prices drafts and publishes them. Keeps no draft of its own."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        quotes: Quotes,
        views: QuoteViews,
        staff: Staff,
        rules: QuoteRules,
        price_book: Callable[[], PriceBook | None],
        previews: Previews,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._quotes = quotes
        self._views = views
        self._staff = staff
        self._rules = rules
        self._price_book = price_book
        self._previews = previews

    def begin(self, by: StaffId, visit_id: VisitId | None) -> QuoteDesk:
        """A new draft, for a guest or for nobody yet. Raises NoPriceBook."""
        book = self._book()
        wanted = self._wanted_model(visit_id)
        model = next((m for m in models_of(book) if wanted and m in wanted), models_of(book)[0])
        with self._storage.look() as view:
            address = view.settings.current().address
        choices = QuoteChoices(
            quote_id=QuoteId(self._ids.new()),
            by=by,
            visit_id=visit_id,
            model=model,
            colour="",
            province=next((region for region in self._rules.regions if region in address), ""),
            insurance=InsuranceSet.STANDARD,
            plans=(),
        )
        return self.desk(self.of_model(choices, model))

    def of_model(self, choices: QuoteChoices, model: str) -> QuoteChoices:
        """Another model: its trims as plans, its first colour."""
        book = self._book()
        listed = [one for one in book.models if one.model == model][:MOST_PLANS]
        plans = tuple(PlanChoice(one.trim, loan_fen=_usual_loan(one.list_price_fen)) for one in listed)
        colour = listed[0].colours[0] if listed and listed[0].colours else ""
        return replace(choices, model=model, colour=colour, plans=plans, chosen=min(1, len(plans) - 1))

    def desk(self, choices: QuoteChoices) -> QuoteDesk:
        """Everything that follows from the choices: quick enough for a moving slider."""
        book = self._book()
        plans = tuple(self._plan(choices, number) for number in range(len(choices.plans)))
        with self._storage.look() as view:
            visit = view.visits.get(choices.visit_id) if choices.visit_id else None
            earlier = view.quotes.of_visit(choices.visit_id) if choices.visit_id else []
            limit = dict(view.settings.current().discount_limits).get(view.staff.get(choices.by).role.value, 0)
            name, title = (visit.display_name, title_of(view, visit)) if visit else ("", Title.NONE)
        colours = {colour: None for one in book.models if one.model == choices.model for colour in one.colours}
        return QuoteDesk(
            choices=choices,
            plans=tuple(
                replace(p, is_above_limit=_is_above(c, limit)) for p, c in zip(plans, choices.plans, strict=True)
            ),
            models=models_of(book),
            colours=tuple(colours),
            provinces=(*self._rules.regions, ""),
            name=name,
            title=title,
            version=len(earlier) + 1,
            limit_fen=limit,
        )

    def approve(self, choices: QuoteChoices, pin: str) -> QuoteDesk:
        """A manager allows the chosen plan's discount with their PIN. Raises WrongPin, DiscountAboveLimit."""
        member = self._staff.approve(pin, Permission.APPROVE)
        plan = choices.plans[choices.chosen]
        with self._storage.look() as view:
            limits = DiscountLimits(view.settings.current().discount_limits)
        limits.check(Discount(plan.discount_fen), member.role.value)
        return self.desk(choices.with_plan(choices.chosen, approved_by=member.id))

    def publish(self, choices: QuoteChoices) -> QuoteShown:
        """The chosen plan as a quote with number, seal, sheet and codes; the kiosk shows the same.

        Raises DiscountAboveLimit.
        """
        issued = self._quotes.issue(
            self._draft(choices, choices.chosen),
            quote_id=choices.quote_id,
            by=choices.by,
            visit_id=choices.visit_id,
            approved_by=choices.plans[choices.chosen].approved_by,
        )
        return self._views.shown(issued)

    def newest(self, visit_id: VisitId) -> QuoteShown | None:
        """What was published for this visit last."""
        return self._views.newest_of(visit_id)

    def next_draft(self, choices: QuoteChoices) -> QuoteChoices:
        """The same choices for the next version."""
        return replace(choices, quote_id=QuoteId(self._ids.new()))

    def sheet_pages(self, quote_id: QuoteId, width_px: int) -> tuple[bytes, ...]:
        """The issued sheet as pictures."""
        return self._previews.pages(self._quotes.sheet(quote_id), width_px)

    # inside

    def _book(self) -> PriceBook:
        book = self._price_book()
        if book is None or not book.models:
            raise NoPriceBook
        return book

    def _wanted_model(self, visit_id: VisitId | None) -> str:
        """The model of the visit's newest quote or of its appointment."""
        if visit_id is None:
            return ""
        with self._storage.look() as view:
            earlier = view.quotes.of_visit(visit_id)
            if earlier:
                return quote_of(earlier[-1]).priced.draft.car.model
            visit = view.visits.get(visit_id)
            return view.appointments.get(visit.appointment_id).model if visit.appointment_id else ""

    def _plan(self, choices: QuoteChoices, number: int) -> PlanView:
        draft = self._draft(choices, number)
        return PlanView(
            trim=choices.plans[number].trim,
            priced=self._quotes.price(draft),
            is_above_limit=False,
            most_loan_fen=draft.net_price_fen // LOAN_STEP_FEN * LOAN_STEP_FEN,
        )

    def _draft(self, choices: QuoteChoices, number: int) -> QuoteDraft:
        plan = choices.plans[number]
        car = self._book().car(choices.model, plan.trim, colour=choices.colour)
        discount = Discount(min(plan.discount_fen, car.list_price_fen))
        net = car.list_price_fen - discount.amount_fen
        principal = min(plan.loan_fen, net // LOAN_STEP_FEN * LOAN_STEP_FEN)
        registration = Extra("", REGISTRATION_FEN, kind=LineKind.OPTIONAL, code=LineCode.REGISTRATION_SERVICE)
        return QuoteDraft(
            car=car,
            place=Place(choices.province),
            discount=discount,
            insurance=self._insurance(choices.insurance, car, net),
            extras=(registration,) if choices.with_registration else (),
            loan=LoanTerms(principal, choices.months, rate=choices.rate) if principal else None,
            trade_in=self._trade_in(choices),
            subsidy_kinds=choices.subsidies,
        )

    def _insurance(self, chosen: InsuranceSet, car: QuotedCar, net_fen: int) -> CommercialInsurance | None:
        estimates = self._rules.premiums
        if estimates is None or not COVERS[chosen]:
            return None
        return estimates.estimate(
            COVERS[chosen], net_fen, seats=car.taxed.seats, new_energy=car.taxed.energy.is_new_energy
        )

    def _trade_in(self, choices: QuoteChoices) -> TradeIn | None:
        if not choices.trade_in_fen:
            return None
        now = self._clock.now()
        with self._storage.look() as view:
            name = view.staff.get(choices.by).name
            today = local_day(now, view.settings.current().zone)[0].date()
        return TradeIn("", choices.trade_in_fen, name, today + TRADE_IN_LIFE)


def models_of(book: PriceBook) -> tuple[str, ...]:
    """Each model once, in the book's order."""
    return tuple(dict.fromkeys(one.model for one in book.models))


def _usual_loan(list_price_fen: int) -> int:
    """Two thirds of the price, in round ten thousands."""
    return list_price_fen * 2 // 3 // LOAN_STEP_FEN * LOAN_STEP_FEN


def _is_above(plan: PlanChoice, limit_fen: int) -> bool:
    return plan.discount_fen > limit_fen and not plan.approved_by
