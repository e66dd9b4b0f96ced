"""YuNet, SFace and the whole face check on real pictures: scikit-image's astronaut, drawn as a living head."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

import cv2
import numpy as np
import pytest

from smart4s_kiosk.demo import face_frames
from smart4s_kiosk.domain.faces import TEMPLATE_LIFE, FaceHint, FaceOutcome, FaceTemplate, Match, similarity
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.ports.vision import FaceEngine, Frame, Pixels
from smart4s_kiosk.services.recognition import Recognition
from smart4s_kiosk.vision.faces.engine import SFaceEngine
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.pipeline import FaceAnalyser
from tests.fakes.clock import FakeClock, SequentialIds
from tests.fakes.vision import FakeFaceConsents, FakeFaceTemplates, embedding_of

ASTRONAUT, CONSENT = PersonId("astronaut"), ConsentId("consent")


@pytest.fixture(scope="module")
def engine() -> FaceEngine:
    return SFaceEngine(ModelStore())


@pytest.fixture(scope="module")
def photograph() -> Pixels:
    return face_frames.photograph()


@pytest.fixture(scope="module")
def ahead(photograph: Pixels) -> Pixels:
    return face_frames.draw(photograph, face_frames.Head())


def test_the_face_is_found_with_its_points_where_they_are(engine: FaceEngine, photograph: Pixels) -> None:
    (face,) = engine.find(photograph)
    left, top, right, bottom = 175, 60, 275, 185
    assert left < face.box.left < face.box.left + face.box.width < right
    assert top < face.box.top < face.box.top + face.box.height < bottom
    right_eye, left_eye, nose, *mouth = face.landmarks
    assert right_eye[0] < nose[0] < left_eye[0]
    assert all(y > nose[1] for _, y in mouth)


def test_the_same_face_is_alike_in_other_light_place_and_size(
    engine: FaceEngine, photograph: Pixels, ahead: Pixels
) -> None:
    enrolled = engine.embed(ahead, engine.find(ahead)[0])
    for head in face_frames.enrolment_frames(count=5, seed=11):
        picture = face_frames.draw(photograph, head)
        (face,) = engine.find(picture)
        assert engine.assess(picture, face).hint is FaceHint.FINE
        assert similarity(enrolled, engine.embed(picture, face)) > 0.6


def test_a_picture_without_a_face_has_none(engine: FaceEngine) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (480, 640, 3), np.uint8)
    assert engine.find(noise) == ()


def assessed(engine: FaceEngine, picture: Pixels) -> FaceHint:
    return engine.assess(picture, engine.find(picture)[0]).hint


def test_quality_says_what_would_help(engine: FaceEngine, photograph: Pixels, ahead: Pixels) -> None:
    assert assessed(engine, ahead) is FaceHint.FINE
    assert assessed(engine, np.asarray(cv2.GaussianBlur(ahead, (0, 0), 7), np.uint8)) is FaceHint.HOLD_STILL
    assert assessed(engine, (ahead * 0.22).astype(np.uint8)) is FaceHint.MORE_LIGHT
    small = face_frames.draw(photograph, face_frames.Head(size=0.25))
    assert assessed(engine, small) is FaceHint.COME_CLOSER


def test_two_people_in_the_guide_are_not_embedded_and_one_beside_it_does_not_matter(engine: FaceEngine) -> None:
    head = face_frames.draw(face_frames.photograph(), face_frames.Head())[:, 187:457]
    wall = np.full((480, 200, 3), 90, np.uint8)
    clock, analyser = FakeClock(), FaceAnalyser(engine)
    analyser.start()
    side_by_side = Frame("face", 1, clock.now(), clock.monotonic(), np.hstack([head, head]))
    (finding,) = analyser.look(side_by_side)
    assert finding.hint is FaceHint.ONE_AT_A_TIME
    assert finding.subject is None
    one_apart = Frame("face", 2, clock.now(), clock.monotonic(), np.hstack([wall, wall, head, wall, head]))
    (finding,) = analyser.look(one_apart)
    assert finding.subject is not None
    assert finding.subject.embedding is not None
    assert len(finding.bystanders) == 1


class Check:
    """The real engine, analyser and service, fed with pictures at the camera's pace."""

    def __init__(self, engine: FaceEngine, templates: FakeFaceTemplates) -> None:
        self.clock = FakeClock()
        self.analyser = FaceAnalyser(engine)
        self.recognition = Recognition(
            watch=self.analyser,
            templates=templates,
            consents=FakeFaceConsents(CONSENT),
            rules=engine.rules,
            clock=self.clock,
            ids=SequentialIds(),
            announcer=self,
        )

    def announce(self, announcement: object) -> None:
        """Nobody listens here."""

    def run(self, pictures: Iterable[Pixels], *, fps: float = face_frames.FPS) -> Match | None:
        self.recognition.begin(consent=CONSENT, is_14=True)
        for number, picture in enumerate(pictures, 1):
            self.clock.advance(1 / fps)
            frame = Frame("face", number, self.clock.now(), self.clock.monotonic(), picture)
            for finding in self.analyser.look(frame):
                self.recognition.see(finding)
            if not self.analyser.is_on:
                break
        progress = self.recognition.progress()
        assert progress is not None
        return progress.match


def enrolled(engine: FaceEngine) -> FakeFaceTemplates:
    templates = FakeFaceTemplates(engine.model)
    clock = FakeClock()
    until = clock.now() + TEMPLATE_LIFE
    kept = face_frames.enrolment_templates(engine, person=ASTRONAUT, consent=CONSENT, now=clock.now())
    templates.enrol(kept)
    for number in range(50):
        other = embedding_of(number, model=engine.model)
        person = PersonId(f"other-{number}")
        templates.enrol([FaceTemplate(person, other, 0.9, CONSENT, clock.now(), until + timedelta(1))])
    return templates


@pytest.mark.slow
def test_a_living_head_is_recognised_among_fifty_and_the_analyser_goes_off(
    engine: FaceEngine, photograph: Pixels
) -> None:
    check = Check(engine, enrolled(engine))
    match = check.run(face_frames.draw(photograph, head) for head in face_frames.visitor_frames(seconds=14))
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.RECOGNISED, ASTRONAUT)
    assert match.probability > 0.95
    assert not check.analyser.is_on


@pytest.mark.slow
def test_the_same_face_as_a_print_moved_before_the_camera_is_not_recognised(
    engine: FaceEngine, photograph: Pixels
) -> None:
    check = Check(engine, enrolled(engine))
    match = check.run(islice(face_frames.photo_held_up(seconds=19), 0, None, 3), fps=face_frames.FPS / 3)
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.LIVENESS_FAILED, None)
