"""One suite for every store of face templates: the fake and the sealed file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.domain.faces import Embedding, FaceModelMismatch, FaceTemplate
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.ports.vision import FaceTemplates
from smart4s_kiosk.vault.opening import create_vault
from smart4s_kiosk.vision.faces.template_store import SealedTemplateStore
from tests.fakes.clock import FakeClock
from tests.fakes.vision import FAKE_MODEL, FakeFaceSealer, FakeFaceTemplates, embedding_of
from tests.integration.vault.places import folders_in, plain_places

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ZHANG, LI = PersonId("zhang"), PersonId("li")


@pytest.fixture(params=["fake", "file", "vault"])
def templates(request: pytest.FixtureRequest, tmp_path: Path) -> FaceTemplates:
    if request.param == "fake":
        return FakeFaceTemplates()
    if request.param == "vault":
        faces = create_vault(folders_in(tmp_path), FakeClock(), plain_places).faces
        return SealedTemplateStore(tmp_path / "templates", faces, model=FAKE_MODEL)
    return SealedTemplateStore(tmp_path / "faces" / "templates", FakeFaceSealer(), model=FAKE_MODEL)


def template(
    person: PersonId, embedding: Embedding, *, consent: str = "c", expires_at: datetime = NOW + timedelta(days=180)
) -> FaceTemplate:
    return FaceTemplate(person, embedding, 0.75, ConsentId(consent), NOW, expires_at)


def test_what_was_enrolled_comes_back_whole(templates: FaceTemplates) -> None:
    kept = (template(ZHANG, embedding_of(1)), template(ZHANG, embedding_of(2), consent="d"))
    templates.enrol(kept)
    assert templates.of(ZHANG) == kept
    assert templates.of(LI) == ()
    assert templates.consents() == {"c", "d"}


def test_enrolling_again_replaces(templates: FaceTemplates) -> None:
    templates.enrol([template(ZHANG, embedding_of(1)), template(ZHANG, embedding_of(2))])
    templates.enrol([template(ZHANG, embedding_of(3))])
    assert [t.embedding for t in templates.of(ZHANG)] == [embedding_of(3)]
    assert templates.people() == 1


def test_two_people_at_once_are_refused(templates: FaceTemplates) -> None:
    with pytest.raises(ValueError, match="one person"):
        templates.enrol([template(ZHANG, embedding_of(1)), template(LI, embedding_of(2))])


def test_the_most_similar_person_comes_first_and_each_person_once(templates: FaceTemplates) -> None:
    face = embedding_of(1)
    templates.enrol([template(ZHANG, embedding_of(n, like=face, alike=0.6 + n / 100)) for n in range(2, 6)])
    templates.enrol([template(LI, embedding_of(7, like=face, alike=0.5))])
    templates.enrol([template(PersonId("wang"), embedding_of(8, like=face, alike=0.1))])
    found = templates.candidates(face, limit=2)
    assert [c.person for c in found] == [ZHANG, LI]
    assert found[0].score == pytest.approx(0.65, abs=1e-5)
    assert found[1].score == pytest.approx(0.5, abs=1e-5)


def test_nobody_enrolled_gives_no_candidate(templates: FaceTemplates) -> None:
    assert templates.candidates(embedding_of(1)) == ()
    assert templates.people() == 0


def test_another_models_numbers_are_never_compared(templates: FaceTemplates) -> None:
    templates.enrol([template(ZHANG, embedding_of(1, model="e" * 64))])
    assert templates.candidates(embedding_of(1)) == ()
    assert templates.people() == 0
    with pytest.raises(FaceModelMismatch):
        templates.candidates(embedding_of(1, model="e" * 64))


def test_erasing_takes_everything_of_one_person_and_says_how_much(templates: FaceTemplates) -> None:
    templates.enrol([template(ZHANG, embedding_of(1)), template(ZHANG, embedding_of(2))])
    templates.enrol([template(LI, embedding_of(3))])
    assert templates.erase(ZHANG) == 2
    assert templates.erase(ZHANG) == 0
    assert [c.person for c in templates.candidates(embedding_of(1))] == [LI]


def test_a_withdrawn_consent_takes_what_was_kept_under_it(templates: FaceTemplates) -> None:
    templates.enrol([template(ZHANG, embedding_of(1)), template(ZHANG, embedding_of(2), consent="later")])
    assert templates.erase_consent(ConsentId("later")) == 1
    assert [t.embedding for t in templates.of(ZHANG)] == [embedding_of(1)]


def test_what_ran_out_goes_and_the_rest_stays(templates: FaceTemplates) -> None:
    templates.enrol([template(ZHANG, embedding_of(1), expires_at=NOW)])
    templates.enrol([template(LI, embedding_of(2))])
    assert templates.expire(NOW) == 1
    assert templates.people() == 1
    assert templates.expire(NOW) == 0


def test_prolonging_moves_the_end(templates: FaceTemplates) -> None:
    templates.enrol([template(ZHANG, embedding_of(1), expires_at=NOW)])
    templates.prolong(ZHANG, NOW + timedelta(days=1))
    templates.prolong(LI, NOW + timedelta(days=1))
    assert templates.expire(NOW) == 0
    assert templates.of(LI) == ()
