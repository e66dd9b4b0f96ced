"""What the store sells at which list price: models of one dated price book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smart4s_kiosk.domain.errors import NotFound, RuleBroken
from smart4s_kiosk.domain.quotes import QuotedCar
from smart4s_kiosk.domain.taxes import Energy, TaxedCar


class ModelNotInBook(NotFound):
    """The price book does not list this model."""

    code = "price_book.no_such_model"


class PriceBookUnreadable(RuleBroken):
    """The price book has mistakes; each names its entry."""

    code = "price_book.unreadable"


@dataclass(frozen=True, slots=True)
class ListedModel:
    """One trim of one model."""

    brand: str
    model: str
    trim: str
    model_year: int
    colours: tuple[str, ...]
    list_price_fen: int
    taxed: TaxedCar


@dataclass(frozen=True, slots=True)
class PriceBook:
    """The whole book."""

    dated: date
    models: tuple[ListedModel, ...]

    def car(self, model: str, trim: str, *, colour: str = "", options: tuple[str, ...] = ()) -> QuotedCar:
        """The car as a quote takes it. Raises ModelNotInBook."""
        for one in self.models:
            if (one.model, one.trim) == (model, trim):
                return QuotedCar(
                    brand=one.brand,
                    model=one.model,
                    trim=one.trim,
                    model_year=one.model_year,
                    colour=colour or (one.colours[0] if one.colours else ""),
                    list_price_fen=one.list_price_fen,
                    taxed=one.taxed,
                    price_book_dated=self.dated,
                    options=options,
                )
        raise ModelNotInBook(model=model, trim=trim)


def price_book_from(entries: Sequence[Mapping[str, Any]], *, brand: str, dated: date) -> PriceBook:
    """The book that parsed entries describe; every mistake is reported at once."""
    models: list[ListedModel] = []
    mistakes: list[str] = []
    for number, entry in enumerate(entries, 1):
        try:
            models.append(_model(entry, brand))
        except (KeyError, ValueError, TypeError) as broken:
            mistakes.append(f"{number}: {type(broken).__name__} {broken}")
    if mistakes:
        raise PriceBookUnreadable(mistakes=tuple(mistakes))
    return PriceBook(dated, tuple(models))


def _model(entry: Mapping[str, Any], brand: str) -> ListedModel:
    return ListedModel(
        brand=brand,
        model=str(entry["model"]),
        trim=str(entry["trim"]),
        model_year=int(entry["model_year"]),
        colours=tuple(str(c) for c in entry.get("colours", ())),
        list_price_fen=int(entry["list_price_yuan"]) * 100,
        taxed=TaxedCar(
            energy=Energy(entry["energy"]),
            displacement_ml=int(entry["displacement_ml"]),
            seats=int(entry["seats"]),
            on_purchase_tax_list=bool(entry.get("on_purchase_tax_list", False)),
            on_vehicle_tax_list=bool(entry.get("on_vehicle_tax_list", False)),
        ),
    )
