"""Valid cars and drafts for quotes, with defaults."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from smart4s_kiosk.domain.ids import QuoteId, StaffId
from smart4s_kiosk.domain.insurance import CommercialInsurance, Cover, CoverCode
from smart4s_kiosk.domain.loans import LoanTerms
from smart4s_kiosk.domain.quote_rules import QuoteRules, read_quote_rules
from smart4s_kiosk.domain.quote_versions import Quote
from smart4s_kiosk.domain.quotes import Discount, Extra, LineCode, LineKind, QuotedCar, QuoteDraft, TradeIn, price
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.domain.taxes import Energy, Place, TaxedCar

RULES_FILE = Path(__file__).resolve().parent.parent / "resources" / "rules" / "quotes.toml"
RULES: QuoteRules = read_quote_rules(RULES_FILE.read_text(encoding="utf-8"))
TODAY = date(2026, 11, 21)
BEIJING = Place("北京")
A_RATE = Decimal("0.045")

FUEL = TaxedCar(Energy.FUEL, 1498, 5)
ELECTRIC = TaxedCar(Energy.ELECTRIC, 0, 5, on_purchase_tax_list=True, on_vehicle_tax_list=True)


def a_car(list_price_fen: int = 23_980_000, taxed: TaxedCar = ELECTRIC, **changes: object) -> QuotedCar:
    facts: dict[str, object] = {
        "brand": "澄野",
        "model": "E7",
        "trim": "长续航版",
        "model_year": 2026,
        "colour": "雪岭白",
        "list_price_fen": list_price_fen,
        "taxed": taxed,
        "price_book_dated": date(2026, 11, 18),
    }
    return QuotedCar(**(facts | changes))  # type: ignore[arg-type] # named fields of the value


def a_draft(car: QuotedCar | None = None, discount_fen: int = 0, **changes: object) -> QuoteDraft:
    facts: dict[str, object] = {"car": car or a_car(), "place": BEIJING, "discount": Discount(discount_fen)}
    return QuoteDraft(**(facts | changes))  # type: ignore[arg-type] # named fields of the value


def a_full_quote(version: int = 2) -> Quote:
    """The long-range car of the pictures, with everything a quote may have."""
    insurance = CommercialInsurance((Cover(CoverCode.OWN_DAMAGE),), 526_000, is_estimate=True, insurer="示例财险")
    registration = Extra("上牌服务", 50_000, LineKind.OPTIONAL, LineCode.REGISTRATION_SERVICE)
    draft = a_draft(
        discount_fen=600_000,
        place=Place("湖南"),
        insurance=insurance,
        extras=(registration,),
        loan=LoanTerms(16_000_000, 36, rate=A_RATE, lender="示例金融"),
        trade_in=TradeIn("2019 款轿车", 5_200_000, "李评估", date(2026, 11, 30)),
        subsidy_kinds=(SubsidyKind.TRADE_IN,),
    )
    made = datetime(2026, 11, 21, 2, 18, tzinfo=UTC)
    return Quote(QuoteId("q2"), "WJ-20261121-0037", version, StaffId("s1"), price(draft, RULES, TODAY), made)
