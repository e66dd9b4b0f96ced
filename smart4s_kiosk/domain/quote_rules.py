"""The dated rules that quotes are priced by, read from their data file; every mistake in it is reported at once."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.insurance import CoverCode, PremiumEstimates, PremiumRate
from smart4s_kiosk.domain.money import fen
from smart4s_kiosk.domain.provenance import Provenance
from smart4s_kiosk.domain.subsidies import SubsidyKind, SubsidyRule
from smart4s_kiosk.domain.taxes import CompulsoryInsuranceRule, PurchaseTaxRule, VehicleTaxTable

ANY_SIZE_ML = 1_000_000
ENGINE_BANDS_ML = (1000, 1600, 2000, 2500, 3000, 4000, ANY_SIZE_ML)

Value = TypeVar("Value")
Table = Mapping[str, Any]


class QuoteRulesUnreadable(RuleBroken):
    """The rule file for quotes has mistakes."""

    code = "quote.rules_unreadable"


@dataclass(frozen=True, slots=True)
class QuoteRules:
    """All rules that a quote may need."""

    purchase_tax: tuple[PurchaseTaxRule, ...]
    compulsory_insurance: tuple[CompulsoryInsuranceRule, ...]
    vehicle_tax: tuple[VehicleTaxTable, ...]
    vehicle_tax_exemption: Provenance | None
    subsidies: tuple[SubsidyRule, ...]
    premiums: PremiumEstimates | None

    @property
    def regions(self) -> tuple[str, ...]:
        """Where the vehicle tax is known."""
        return tuple(table.region for table in self.vehicle_tax)

    def ending(self, today: date, within: timedelta) -> tuple[tuple[Provenance, date], ...]:
        """Rules in force that end within that time, soonest first: to be told before, not after."""
        provenances = [rule.provenance for rule in self.purchase_tax]
        provenances += [rule.provenance for rule in self.vehicle_tax]
        provenances += [rule.provenance for rule in self.subsidies]
        ends = [(one, one.valid_until) for one in provenances if one.valid_until is not None]
        near = [(one, end) for one, end in ends if today <= end <= today + within]
        return tuple(sorted(near, key=lambda pair: (pair[1], pair[0].rule)))


def read_quote_rules(text: str) -> QuoteRules:
    """Rules from the text of `resources/rules/quotes.toml`; raises `QuoteRulesUnreadable` naming every mistake."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise QuoteRulesUnreadable(mistakes=(str(error),)) from error
    mistakes: list[str] = []
    exemptions = _all(data, "vehicle_tax_exemption", _provenance, mistakes)
    premiums = _all(data, "premiums", _premiums, mistakes)
    rules = QuoteRules(
        purchase_tax=_all(data, "purchase_tax", _purchase_tax, mistakes),
        compulsory_insurance=_all(data, "compulsory_insurance", _compulsory, mistakes),
        vehicle_tax=_all(data, "vehicle_tax", _vehicle_tax, mistakes),
        vehicle_tax_exemption=exemptions[0] if exemptions else None,
        subsidies=_all(data, "subsidy", _subsidy, mistakes),
        premiums=premiums[0] if premiums else None,
    )
    if mistakes:
        raise QuoteRulesUnreadable(mistakes=tuple(mistakes))
    return rules


def _all(data: Table, name: str, read: Callable[[Table], Value], mistakes: list[str]) -> tuple[Value, ...]:
    """Each entry of one kind; what cannot be read is noted by kind, place and reason."""
    values = []
    for place, entry in enumerate(data.get(name, []), 1):
        try:
            values.append(read(entry))
        except KeyError as error:
            mistakes.append(f"{name} {place}: {error.args[0]} is missing")
        except (ValueError, TypeError, ArithmeticError, RuleBroken) as error:
            mistakes.append(f"{name} {place}: {error}")
    return tuple(values)


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"{value!r} is not a date")
    return value


def _share(value: object) -> Decimal:
    share = Decimal(str(value))
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share between 0 and 1")
    return share


def _fen(value: object) -> int:
    amount = fen(str(value))
    if amount < 0:
        raise ValueError(f"{value} is below zero")
    return amount


def _provenance(entry: Table) -> Provenance:
    until = entry.get("valid_until")
    start, end = _day(entry["valid_from"]), None if until is None else _day(until)
    if end is not None and end < start:
        raise ValueError(f"ends on {end}, before it begins")
    if not str(entry["source"]).strip():
        raise ValueError("source is empty")
    return Provenance(str(entry["rule"]), str(entry["source"]), _day(entry["dated"]), start, end)


def _purchase_tax(entry: Table) -> PurchaseTaxRule:
    return PurchaseTaxRule(
        provenance=_provenance(entry),
        vat_rate=_share(entry["vat_rate"]),
        tax_rate=_share(entry["tax_rate"]),
        relief_share=_share(entry.get("relief_share", 0)),
        relief_cap_fen=_fen(entry.get("relief_cap_yuan", 0)),
        new_energy_only=bool(entry.get("new_energy_only", False)),
    )


def _compulsory(entry: Table) -> CompulsoryInsuranceRule:
    return CompulsoryInsuranceRule(
        _provenance(entry), _fen(entry["below_six_seats_yuan"]), _fen(entry["six_seats_or_more_yuan"])
    )


def _vehicle_tax(entry: Table) -> VehicleTaxTable:
    yearly: Sequence[object] = entry["yearly_yuan"]
    if len(yearly) != len(ENGINE_BANDS_ML):
        raise ValueError(f"{len(ENGINE_BANDS_ML)} yearly amounts are needed, {len(yearly)} are given")
    bands = tuple((most, _fen(amount)) for most, amount in zip(ENGINE_BANDS_ML, yearly, strict=True))
    return VehicleTaxTable(str(entry["region"]), _provenance(entry), bands)


def _subsidy(entry: Table) -> SubsidyRule:
    return SubsidyRule(
        kind=SubsidyKind(entry["kind"]),
        provenance=_provenance(entry),
        ends=_day(entry["valid_until"]),
        share=_share(entry["share"]),
        cap_fen=_fen(entry["cap_yuan"]),
        new_energy=bool(entry["new_energy"]),
        max_displacement_ml=int(entry.get("max_displacement_ml", 0)),
        region=str(entry.get("region", "")),
        earlier_ends=tuple((str(e["region"]), _day(e["last_day"])) for e in entry.get("earlier_end", [])),
    )


def _premiums(entry: Table) -> PremiumEstimates:
    rates = tuple(
        PremiumRate(
            code=CoverCode(rate["cover"]),
            new_energy=bool(rate["new_energy"]),
            insured_fen=_fen(rate.get("insured_yuan", 0)),
            fixed_fen=_fen(rate["fixed_yuan"]),
            share=_share(rate.get("share", 0)),
            by_seat=bool(rate.get("by_seat", False)),
        )
        for rate in entry["rates"]
    )
    return PremiumEstimates(_provenance(entry), rates)
