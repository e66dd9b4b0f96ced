"""The table of decisions: every combination of every block, each with the rule that decides it."""

import itertools
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.licence_checks import add_years
from smart4s_kiosk.domain.licence_decisions import Circumstances, Declaration, DrivenCar, decide
from smart4s_kiosk.domain.licence_rules import Alternative
from smart4s_kiosk.domain.licences import Licence, LicenceField, LicenceKind
from smart4s_kiosk.domain.vehicles import Gearbox

F = LicenceField
RULES = load_licence_rules()
TABLE = tomllib.loads((Path(__file__).parents[1] / "data" / "licence_decisions.toml").read_text(encoding="utf-8"))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def cases() -> Iterator[tuple[str, dict[str, Any], Mapping[str, Any]]]:
    for place, block in enumerate(TABLE["block"]):
        varied = block.get("vary", {})
        for combination in itertools.product(*varied.values()):
            case = {**TABLE["base"], **block.get("with", {}), **dict(zip(varied, combination, strict=True))}
            name = "-".join([block["rule"], str(place), *(str(value) for value in combination)])
            yield name, case, block


ALL = list(cases())


def number_of(birth: str, sex: str) -> str:
    body = f"110105{birth.replace('-', '')}00{1 if sex == '男' else 2}"
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


def licence_of(case: dict[str, Any]) -> Licence:
    if "issued" in case:
        case = {**case, "first": case["issued"], "from": case["issued"]}
        case["to"] = add_years(date.fromisoformat(case["issued"]), 6).isoformat()
    start = case.get("from", "")
    if not start and case["to"] != "长期":
        start = add_years(date.fromisoformat(case["to"]), -case["span"]).isoformat()
    number = number_of(case.get("number_birth", case["birth"]), case.get("number_sex", case["sex"]))
    texts = {
        F.NUMBER: case.get("number", number),
        F.NAME: case["name"],
        F.SEX: case["sex"],
        F.NATIONALITY: case["nationality"],
        F.BIRTH: case["birth"],
        F.FIRST_ISSUE: case["first"],
        F.LICENCE_CLASS: case["classes"],
        F.VALID_FROM: start,
        F.VALID_TO: case["to"],
        F.STATUS: case.get("status", ""),
        F.POINTS: case.get("points", ""),
        F.GENERATED_AT: case.get("generated", ""),
        F.SHOWN_AT: case.get("shown", ""),
    }
    names = {
        "number": F.NUMBER,
        "name": F.NAME,
        "birth": F.BIRTH,
        "first": F.FIRST_ISSUE,
        "classes": F.LICENCE_CLASS,
        "to": F.VALID_TO,
        "shown": F.SHOWN_AT,
        "generated": F.GENERATED_AT,
    }
    if "without" in case:
        del texts[names[case["without"]]]
    return Licence.from_texts(texts, kind=LicenceKind(case["kind"]))


def circumstances_of(case: Mapping[str, Any]) -> Circumstances:
    said = {
        "seized": "seized_or_suspended",
        "points": "twelve_points",
        "lost": "lost_or_damaged",
        "alcohol": "alcohol",
        "drugs": "drugs_or_medicine",
        "illness": "illness_or_fatigue",
    }
    declared = case["declared"]
    return Circumstances(
        now=datetime.fromisoformat(case["now"]),
        zone=case["zone"],
        car=DrivenCar(gearbox=Gearbox(case["car"]), kind=case["car_kind"], is_adapted=case["adapted"]),
        uses_motorway=case["motorway"],
        declaration=None if declared == "open" else Declaration(**{said[name]: True for name in declared}),
        second_person_confirmed=case["second_person"],
        companion_first_issue=date.fromisoformat(case["companion"]) if "companion" in case else None,
    )


@pytest.mark.parametrize(("case", "block"), [(case, block) for _, case, block in ALL], ids=[name for name, _, _ in ALL])
def test_decision(case: dict[str, Any], block: Mapping[str, Any]) -> None:
    decision = decide(licence_of(case), circumstances_of(case), RULES)
    assert (decision.deciding_rule, decision.outcome.value) == (block["rule"], block["outcome"])
    assert set(block.get("also", [])) <= {reason.code for reason in decision.reasons}


def test_the_table_is_large_and_meets_every_rule() -> None:
    assert len(ALL) >= 400
    met = {block["rule"] for _, _, block in ALL} | {name for _, _, block in ALL for name in block.get("also", [])}
    assert met - {"nothing-against"} == set(RULES.rules)


def test_what_is_offered_instead_is_open_under_every_reason() -> None:
    case = {**TABLE["base"], "classes": "C2", "car": "manual"}
    alone = decide(licence_of(case), circumstances_of(case), RULES)
    assert alone.alternatives == (Alternative.OTHER_CAR, Alternative.PASSENGER)
    expired = {**case, "to": "2026-11-20"}
    both = decide(licence_of(expired), circumstances_of(expired), RULES)
    assert both.alternatives == (Alternative.PASSENGER,)


def test_every_reason_carries_its_source_and_date() -> None:
    for rule in RULES.rules.values():
        assert rule.source
        assert rule.since <= date(2026, 11, 21)
