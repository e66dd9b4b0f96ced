from datetime import date, timedelta

import pytest

from smart4s_kiosk.domain.quote_rules import QuoteRulesUnreadable, read_quote_rules
from tests.builders_quotes import RULES, RULES_FILE, TODAY


def test_every_shipped_rule_has_source_and_date_and_every_subsidy_an_end() -> None:
    assert {"北京", "湖南"} <= set(RULES.regions)
    provenances = [one.provenance for one in RULES.purchase_tax]
    provenances += [one.provenance for one in RULES.vehicle_tax]
    provenances += [one.provenance for one in RULES.subsidies]
    assert all(one.source and one.dated <= date(2026, 11, 30) for one in provenances)
    assert all(one.ends for one in RULES.subsidies)


def test_amounts_stay_within_the_law_s_own_limits() -> None:
    """Vehicle and vessel tax law, table: least and most yuan a year by engine size."""
    limits = [(60, 360), (300, 540), (360, 660), (660, 1200), (1200, 2400), (2400, 3600), (3600, 5400)]
    for table in RULES.vehicle_tax:
        for (_, amount_fen), (least, most) in zip(table.bands, limits, strict=True):
            assert least * 100 <= amount_fen <= most * 100


def test_what_ends_soon_is_told_before() -> None:
    ending = RULES.ending(TODAY, timedelta(days=45))
    assert {one.rule for one, _ in ending} >= {"subsidy.scrap_nev", "vehicle_tax.beijing"}
    assert all(TODAY <= end <= date(2027, 1, 5) for _, end in ending)
    assert RULES.ending(date(2026, 3, 1), timedelta(days=45)) == ()


def test_every_mistake_is_reported_at_once() -> None:
    text = RULES_FILE.read_text(encoding="utf-8")
    text = text.replace("vat_rate = 0.13", "vat_rate = 13", 1).replace("yearly_yuan = [300, ", "yearly_yuan = [", 1)
    text = text.replace('kind = "scrap"', 'kind = "gift"', 1).replace("dated = 2020-09-19\n", "", 1)
    with pytest.raises(QuoteRulesUnreadable) as refused:
        read_quote_rules(text)
    mistakes = refused.value.facts["mistakes"]
    assert isinstance(mistakes, tuple)
    assert [one.split(":")[0] for one in mistakes] == [
        "purchase_tax 1",
        "compulsory_insurance 1",
        "vehicle_tax 1",
        "subsidy 1",
    ]


def test_text_that_is_no_toml_is_one_clear_mistake() -> None:
    with pytest.raises(QuoteRulesUnreadable):
        read_quote_rules("[[purchase_tax")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("dated = 2018-12-29", 'dated = "soon"', "is not a date"),
        ("below_six_seats_yuan = 950", "below_six_seats_yuan = -950", "below zero"),
        ("valid_until = 2025-12-31", "valid_until = 2023-12-31", "before it begins"),
        ('source = "车辆购置税法 第四条、第六条"', 'source = " "', "source is empty"),
        ('cover = "wheels"', 'cover = "wings"', "premiums 1"),
    ],
)
def test_each_kind_of_mistake_is_named(old: str, new: str, said: str) -> None:
    text = RULES_FILE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(QuoteRulesUnreadable) as refused:
        read_quote_rules(text.replace(old, new, 1))
    assert said in str(refused.value.facts["mistakes"])
