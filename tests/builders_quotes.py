"""Valid cars and drafts for quotes, with defaults."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from smart4s_kiosk.domain.quote_rules import QuoteRules, read_quote_rules
from smart4s_kiosk.domain.quotes import Discount, QuotedCar, QuoteDraft
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
    return QuotedCar(**(facts | changes))  # type: ignore[arg-type]


def a_draft(car: QuotedCar | None = None, discount_fen: int = 0, **changes: object) -> QuoteDraft:
    facts: dict[str, object] = {"car": car or a_car(), "place": BEIJING, "discount": Discount(discount_fen)}
    return QuoteDraft(**(facts | changes))  # type: ignore[arg-type]
