"""What a quote is made of and how it is priced: every line to the fen, with kind, payee and the rule behind it.

Total (落地价) = list price − discount + purchase tax + compulsory insurance + vehicle tax + commercial insurance +
services and extras that were chosen. Subsidies that the customer claims later and a car traded in stand beside the
total, never inside it. A line whose rule is missing is "to be checked": it counts nothing and no total is final.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.insurance import CommercialInsurance
from smart4s_kiosk.domain.loans import Loan, LoanTerms, loan
from smart4s_kiosk.domain.provenance import Provenance, earliest_end
from smart4s_kiosk.domain.quote_rules import QuoteRules
from smart4s_kiosk.domain.subsidies import SubsidyEstimate, SubsidyKind, estimate
from smart4s_kiosk.domain.taxes import (
    Charge,
    ChargeNote,
    Place,
    TaxedCar,
    compulsory_insurance,
    purchase_tax,
    vehicle_tax,
)

PRICE_BOOK_OLD_AFTER = timedelta(days=7)
END_IS_NEAR = timedelta(days=45)
DEFAULT_VALIDITY_DAYS = 7


class AmountNegative(RuleBroken):
    """An amount in a quote cannot be below zero."""

    code = "quote.amount_negative"


class DiscountAbovePrice(RuleBroken):
    """The discount is larger than the price."""

    code = "quote.discount_above_price"


class DiscountAboveLimit(RuleBroken):
    """The discount needs the approval of someone with a higher limit."""

    code = "quote.discount_above_limit"


class LoanAboveCarPrice(RuleBroken):
    """The loan is larger than the price of the car."""

    code = "quote.loan_above_price"


class LineCode(StrEnum):
    """What a line is for."""

    LIST_PRICE = "list_price"
    DISCOUNT = "discount"
    PURCHASE_TAX = "purchase_tax"
    COMPULSORY_INSURANCE = "compulsory_insurance"
    VEHICLE_TAX = "vehicle_tax"
    COMMERCIAL_INSURANCE = "commercial_insurance"
    REGISTRATION_SERVICE = "registration_service"
    LOAN_SERVICE = "loan_service"
    EXTRA = "extra"


class LineKind(StrEnum):
    """Whether the customer must pay it: 车价, 法定, 可选, 服务费, 免征."""

    CAR = "car"
    STATUTORY = "statutory"
    OPTIONAL = "optional"
    SERVICE_FEE = "service_fee"
    EXEMPT = "exempt"


class Payee(StrEnum):
    """Who receives the money."""

    STORE = "store"
    TAX_AUTHORITY = "tax_authority"
    INSURER = "insurer"
    LENDER = "lender"
    OTHER = "other"


class QuoteWarning(StrEnum):
    """What the consultant must see before issuing."""

    PRICE_BOOK_OLD = "price_book_old"
    RULE_ENDS_SOON = "rule_ends_soon"
    TRADE_IN_VALUATION_OVER = "trade_in_valuation_over"


@dataclass(frozen=True, slots=True)
class QuotedCar:
    """The car as the price book lists it."""

    brand: str
    model: str
    trim: str
    model_year: int
    colour: str
    list_price_fen: int
    """指导价, VAT included."""
    taxed: TaxedCar
    price_book_dated: date
    options: tuple[str, ...] = ()
    vin: str = ""
    """Empty: to be ordered (订货)."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Something chosen on top: accessory, warranty, service. Never added without being asked for."""

    name: str
    amount_fen: int
    kind: LineKind = LineKind.OPTIONAL
    code: LineCode = LineCode.EXTRA
    payee: Payee = Payee.STORE


@dataclass(frozen=True, slots=True)
class TradeIn:
    """The customer's old car, valued by somebody until some day."""

    description: str
    valuation_fen: int
    valued_by: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Discount:
    """What the store takes off, and who allowed it."""

    amount_fen: int = 0
    approved_by: str = ""
    """Name of whoever allowed more than the consultant's own limit."""


@dataclass(frozen=True, slots=True)
class DiscountLimits:
    """Most that each role may take off, in fen."""

    by_role: tuple[tuple[str, int], ...]

    def check(self, discount: Discount, role: str) -> None:
        """Raises `DiscountAboveLimit` with the limit, unless somebody approved."""
        limit = dict(self.by_role).get(role, 0)
        if discount.amount_fen > limit and not discount.approved_by:
            raise DiscountAboveLimit(limit_fen=limit, asked_fen=discount.amount_fen, role=role)


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Everything that was chosen; prices follow from it."""

    car: QuotedCar
    place: Place
    discount: Discount = field(default_factory=Discount)
    insurance: CommercialInsurance | None = None
    extras: tuple[Extra, ...] = ()
    loan: LoanTerms | None = None
    trade_in: TradeIn | None = None
    subsidy_kinds: tuple[SubsidyKind, ...] = ()

    def __post_init__(self) -> None:
        amounts = [self.car.list_price_fen, self.discount.amount_fen, *(one.amount_fen for one in self.extras)]
        amounts += [self.insurance.premium_fen] if self.insurance else []
        amounts += [self.trade_in.valuation_fen] if self.trade_in else []
        if min(amounts) < 0:
            raise AmountNegative
        if self.discount.amount_fen > self.car.list_price_fen:
            raise DiscountAbovePrice(price_fen=self.car.list_price_fen)
        if self.loan and self.loan.principal_fen > self.net_price_fen:
            raise LoanAboveCarPrice(price_fen=self.net_price_fen)

    @property
    def net_price_fen(self) -> int:
        """裸车价: list price less discount, VAT included."""
        return self.car.list_price_fen - self.discount.amount_fen


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of the quote."""

    code: LineCode
    kind: LineKind
    amount_fen: int
    payee: Payee
    note: ChargeNote = ChargeNote.NONE
    provenance: Provenance | None = None
    """None: the store's, insurer's or lender's own price."""
    name: str = ""
    """Of an extra, as the store calls it."""
    is_estimate: bool = False
    is_unverified: bool = False
    """待核: the rule for it is missing, so it counts nothing and the total is not final."""
    months: int = 0
    relief_fen: int = 0


@dataclass(frozen=True, slots=True)
class PricedQuote:
    """The draft with its lines; the declaration "nothing that is not listed is charged" belongs to it."""

    draft: QuoteDraft
    priced_on: date
    valid_until: date
    """Last day, in the showroom's time zone."""
    lines: tuple[QuoteLine, ...]
    subsidies: tuple[SubsidyEstimate, ...] = ()
    loan: Loan | None = None
    warnings: tuple[QuoteWarning, ...] = ()

    @property
    def total_fen(self) -> int:
        """落地价: the sum of the lines, exactly."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def is_final(self) -> bool:
        """False as long as one line is to be checked: then no total may be called final."""
        return not any(line.is_unverified for line in self.lines)

    @property
    def down_payment_fen(self) -> int:
        """What is paid without the loan's principal."""
        return self.total_fen - (self.loan.terms.principal_fen if self.loan else 0)

    @property
    def after_trade_in_fen(self) -> int:
        """What is left to pay (negative: paid out) if the old car is handed in at its valuation."""
        return self.total_fen - (self.draft.trade_in.valuation_fen if self.draft.trade_in else 0)

    def is_expired(self, today: date) -> bool:
        return today > self.valid_until


def price(draft: QuoteDraft, rules: QuoteRules, today: date, validity_days: int = DEFAULT_VALIDITY_DAYS) -> PricedQuote:
    """The draft priced by the rules in force on `today` (showroom's time zone); registration is taken to be now."""
    lines = (*_car_lines(draft), *_legal_lines(draft, rules, today), *_chosen_lines(draft))
    subsidies = estimate(rules.subsidies, draft.subsidy_kinds, draft.car.taxed, draft.place, draft.net_price_fen, today)
    line_ends = [line.provenance.valid_until for line in lines if line.provenance]
    policy_end = earliest_end(*line_ends, *(one.last_day for one in subsidies))
    valid_until = earliest_end(today + timedelta(days=validity_days), policy_end) or today
    return PricedQuote(
        draft=draft,
        priced_on=today,
        valid_until=valid_until,
        lines=lines,
        subsidies=subsidies,
        loan=loan(draft.loan) if draft.loan else None,
        warnings=_warnings(draft, policy_end, today),
    )


def _car_lines(draft: QuoteDraft) -> list[QuoteLine]:
    lines = [QuoteLine(LineCode.LIST_PRICE, LineKind.CAR, draft.car.list_price_fen, Payee.STORE)]
    if draft.discount.amount_fen:
        lines.append(QuoteLine(LineCode.DISCOUNT, LineKind.CAR, -draft.discount.amount_fen, Payee.STORE))
    return lines


def _legal_lines(draft: QuoteDraft, rules: QuoteRules, today: date) -> list[QuoteLine]:
    car = draft.car.taxed
    return [
        _legal_line(
            LineCode.PURCHASE_TAX,
            Payee.TAX_AUTHORITY,
            purchase_tax(rules.purchase_tax, car, draft.net_price_fen, today),
        ),
        _legal_line(
            LineCode.COMPULSORY_INSURANCE,
            Payee.INSURER,
            compulsory_insurance(rules.compulsory_insurance, car.seats, today),
        ),
        _legal_line(
            LineCode.VEHICLE_TAX,
            Payee.TAX_AUTHORITY,
            vehicle_tax(rules.vehicle_tax, rules.vehicle_tax_exemption, car, draft.place, today),
        ),
    ]


def _legal_line(code: LineCode, payee: Payee, charge: Charge | None) -> QuoteLine:
    if charge is None:
        return QuoteLine(code, LineKind.STATUTORY, 0, payee, is_unverified=True)
    return QuoteLine(
        code,
        LineKind.EXEMPT if charge.note is ChargeNote.EXEMPT else LineKind.STATUTORY,
        charge.amount_fen,
        payee,
        note=charge.note,
        provenance=charge.provenance,
        months=charge.months,
        relief_fen=charge.relief_fen,
    )


def _chosen_lines(draft: QuoteDraft) -> list[QuoteLine]:
    lines = []
    if draft.insurance:
        lines.append(
            QuoteLine(
                LineCode.COMMERCIAL_INSURANCE,
                LineKind.OPTIONAL,
                draft.insurance.premium_fen,
                Payee.INSURER,
                name=draft.insurance.insurer,
                is_estimate=draft.insurance.is_estimate,
            )
        )
    if draft.loan and draft.loan.upfront_fee_fen:
        fee = draft.loan.upfront_fee_fen
        lines.append(QuoteLine(LineCode.LOAN_SERVICE, LineKind.SERVICE_FEE, fee, Payee.LENDER, name=draft.loan.lender))
    lines += [QuoteLine(one.code, one.kind, one.amount_fen, one.payee, name=one.name) for one in draft.extras]
    return lines


def _warnings(draft: QuoteDraft, policy_end: date | None, today: date) -> tuple[QuoteWarning, ...]:
    found = []
    if today - draft.car.price_book_dated > PRICE_BOOK_OLD_AFTER:
        found.append(QuoteWarning.PRICE_BOOK_OLD)
    if policy_end is not None and policy_end - today <= END_IS_NEAR:
        found.append(QuoteWarning.RULE_ENDS_SOON)
    if draft.trade_in and draft.trade_in.valid_until < today:
        found.append(QuoteWarning.TRADE_IN_VALUATION_OVER)
    return tuple(found)
