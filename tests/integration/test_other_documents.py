"""Foreign, international, temporary and military licences: recognised on a picture, each decided by its own rule."""

from datetime import UTC, datetime

import pytest

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.domain.licence_decisions import Circumstances, Declaration, DrivenCar, decide
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.licences import Licence, LicenceField, LicenceKind
from smart4s_kiosk.domain.vehicles import Gearbox
from smart4s_kiosk.services.licence_sheets import Scan
from tests.licence_other_kinds import LINES, draw_other
from tests.licence_shelf import reader

F = LicenceField
RULES = load_licence_rules()
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
OUTCOMES = {
    LicenceKind.FOREIGN: Outcome.PASSENGER_ONLY,
    LicenceKind.INTERNATIONAL: Outcome.PASSENGER_ONLY,
    LicenceKind.MILITARY: Outcome.PASSENGER_ONLY,
    LicenceKind.TEMPORARY: Outcome.ACCOMPANIED,
}


@pytest.mark.parametrize("name", LINES)
def test_a_document_of_another_kind_is_known_by_its_title_and_has_a_rule_of_its_own(name: str) -> None:
    kind, _ = LINES[name]
    reading = reader().read([draw_other(name)])
    assert reading.kind is kind
    confirmed = {F.BIRTH: "1985-08-31", F.LICENCE_CLASS: "C1", F.VALID_FROM: "2026-10-01", F.VALID_TO: "2027-01-01"}
    decision = decide(
        Licence.from_texts(confirmed, kind=reading.kind),
        Circumstances(NOW, "Asia/Shanghai", DrivenCar(Gearbox.AUTOMATIC), declaration=Declaration()),
        RULES,
    )
    assert (decision.deciding_rule, decision.outcome) == (f"kind-{kind.value}", OUTCOMES[kind])
    assert decision.reasons[0].rule.source


@pytest.mark.parametrize("name", LINES)
def test_no_picture_of_it_is_handed_on_because_its_portrait_is_not_known(name: str) -> None:
    scan = Scan(AgreementId("a1"))
    scan.take_reading(reader().read([draw_other(name)]))
    assert [page.picture for page in scan.pages] == [b""]
