"""The face check of one kiosk, from the press to the decision."""

from datetime import timedelta

import pytest

from smart4s_kiosk.domain.faces import (
    SFACE_RULES,
    TEMPLATE_LIFE,
    Embedding,
    FaceBusy,
    FaceConsentMissing,
    FaceHint,
    FaceKnownToAnother,
    FaceNotCaptured,
    FaceNotUnder14,
    FaceOutcome,
    FaceResting,
    FaceTemplate,
)
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.domain.liveness import STEP_LIMIT, Pose
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.vision import CameraMoved
from smart4s_kiosk.services.recognition import FaceProgress, Recognition
from tests.fakes.clock import FakeClock, SequentialIds
from tests.fakes.vision import (
    POSES,
    REST,
    FakeFaceConsents,
    FakeFaceTemplates,
    FakeFaceWatch,
    embedding_of,
    looked,
)

ZHANG, LI = PersonId("zhang"), PersonId("li")
CONSENT = ConsentId("consent-1")
LOOK_S = 1 / 12


class Kiosk:
    """A recognition service on fakes, and a visitor who does as asked."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.watch = FakeFaceWatch()
        self.templates = FakeFaceTemplates()
        self.consents = FakeFaceConsents(CONSENT)
        self.announced: list[Announcement] = []
        self.recognition = Recognition(
            watch=self.watch,
            templates=self.templates,
            consents=self.consents,
            rules=SFACE_RULES,
            clock=self.clock,
            ids=SequentialIds(),
            announcer=self,
        )

    def announce(self, announcement: Announcement) -> None:
        self.announced.append(announcement)

    def enrolled(self, person: PersonId, embedding: Embedding, consent: ConsentId = CONSENT) -> None:
        now = self.clock.now()
        self.templates.enrol([FaceTemplate(person, embedding, 0.9, consent, now, now + TEMPLATE_LIFE)])

    def begin(self) -> FaceProgress:
        return self.recognition.begin(consent=CONSENT, is_14=True)

    def progress(self) -> FaceProgress:
        progress = self.recognition.progress()
        assert progress is not None
        return progress

    def look(
        self, embedding: Embedding | None = None, pose: Pose | None = REST, hint: FaceHint = FaceHint.FINE
    ) -> None:
        self.clock.advance(LOOK_S)
        self.recognition.see(looked(self.clock, embedding=embedding, pose=pose, hint=hint))

    def perform(self, embedding: Embedding) -> FaceProgress:
        """A living visitor: looks ahead, shows each gesture when asked, looks ahead again."""
        for _ in range(60):
            gesture = self.progress().gesture
            if gesture is None:
                self.look(embedding)
            else:
                self.look(pose=POSES[gesture])
                self.look(pose=POSES[gesture])
            if self.progress().is_decided:
                break
        return self.progress()


@pytest.fixture
def kiosk() -> Kiosk:
    return Kiosk()


def test_an_enrolled_visitor_who_shows_the_gestures_is_recognised_and_the_analyser_goes_off(kiosk: Kiosk) -> None:
    face = embedding_of(1)
    kiosk.enrolled(ZHANG, face)
    kiosk.enrolled(LI, embedding_of(2))
    kiosk.begin()
    assert kiosk.watch.starts == 1
    progress = kiosk.perform(embedding_of(9, like=face, alike=0.7))
    assert progress.match is not None
    assert (progress.match.outcome, progress.match.person) == (FaceOutcome.RECOGNISED, ZHANG)
    assert progress.match.probability > 0.9
    assert not kiosk.watch.is_on
    assert kiosk.announced == [Announcement("faces", progress.attempt)]


def test_without_consent_nothing_is_switched_on(kiosk: Kiosk) -> None:
    with pytest.raises(FaceConsentMissing):
        kiosk.recognition.begin(consent=ConsentId("withdrawn"), is_14=True)
    assert kiosk.watch.starts == 0
    assert kiosk.recognition.progress() is None


def test_under_14_nothing_is_switched_on(kiosk: Kiosk) -> None:
    with pytest.raises(FaceNotUnder14):
        kiosk.recognition.begin(consent=CONSENT, is_14=False)
    assert kiosk.watch.starts == 0


def test_findings_without_a_running_check_are_dropped(kiosk: Kiosk) -> None:
    kiosk.look(embedding_of(1))
    kiosk.recognition.see(CameraMoved("floor", kiosk.clock.now()))
    assert kiosk.recognition.progress() is None


def test_a_finding_from_before_the_press_is_dropped(kiosk: Kiosk) -> None:
    old = looked(kiosk.clock, embedding=embedding_of(1))
    kiosk.clock.advance(0.1)
    kiosk.begin()
    kiosk.recognition.see(old)
    assert kiosk.progress().share == 0.0


def test_a_second_visitor_cannot_take_over_a_running_check(kiosk: Kiosk) -> None:
    kiosk.begin()
    with pytest.raises(FaceBusy):
        kiosk.begin()
    kiosk.recognition.cancel()
    kiosk.begin()


def test_a_photograph_that_shows_no_gesture_fails_without_a_name(kiosk: Kiosk) -> None:
    face = embedding_of(1)
    kiosk.enrolled(ZHANG, face)
    kiosk.begin()
    for _ in range(round(STEP_LIMIT.total_seconds() / LOOK_S) + 3):
        kiosk.look(face)
    match = kiosk.progress().match
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.LIVENESS_FAILED, None)
    assert not kiosk.watch.is_on


def test_three_failed_checks_in_a_row_make_the_face_way_rest(kiosk: Kiosk) -> None:
    for _ in range(3):
        kiosk.begin()
        kiosk.look(embedding_of(1))
        kiosk.look(embedding_of(1))
        kiosk.clock.advance(STEP_LIMIT.total_seconds() + 1)
        assert kiosk.progress().is_decided
    with pytest.raises(FaceResting) as resting:
        kiosk.begin()
    assert 0 < int(str(resting.value.facts["seconds"])) <= 60
    kiosk.clock.advance(61)
    kiosk.begin()


def test_a_stranger_stays_a_stranger(kiosk: Kiosk) -> None:
    kiosk.enrolled(ZHANG, embedding_of(1))
    kiosk.begin()
    match = kiosk.perform(embedding_of(2)).match
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.STRANGER, None)


def test_a_likeness_between_the_thresholds_is_asked_about(kiosk: Kiosk) -> None:
    face = embedding_of(1)
    kiosk.enrolled(ZHANG, face)
    kiosk.begin()
    match = kiosk.perform(embedding_of(9, like=face, alike=0.42)).match
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.UNSURE, ZHANG)


def test_nobody_before_the_camera_ends_the_check_when_time_is_up(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.look(pose=None, hint=FaceHint.NOBODY)
    assert kiosk.progress().hint is FaceHint.NOBODY
    kiosk.clock.advance(SFACE_RULES.attempt_limit.total_seconds() + 1)
    match = kiosk.progress().match
    assert match is not None
    assert match.outcome is FaceOutcome.NOT_SEEN
    assert not kiosk.watch.is_on


def test_two_people_in_the_guide_are_asked_to_come_one_at_a_time(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.look(pose=None, hint=FaceHint.ONE_AT_A_TIME)
    assert kiosk.progress().hint is FaceHint.ONE_AT_A_TIME
    assert not kiosk.progress().is_decided


def test_a_change_of_face_starts_again_and_a_second_one_ends_the_check(kiosk: Kiosk) -> None:
    kiosk.enrolled(ZHANG, embedding_of(1))
    kiosk.begin()
    kiosk.look(embedding_of(2))
    kiosk.look(embedding_of(2))
    kiosk.look(embedding_of(1))
    assert kiosk.progress().share == 0.0
    kiosk.look(embedding_of(1))
    kiosk.look(embedding_of(3))
    match = kiosk.progress().match
    assert match is not None
    assert match.outcome is FaceOutcome.LIVENESS_FAILED


def test_turning_away_is_no_reproach_while_a_turn_is_asked_for(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.look(embedding_of(1))
    kiosk.look(embedding_of(1))
    gesture = kiosk.progress().gesture
    assert gesture is not None
    kiosk.look(pose=POSES[gesture], hint=FaceHint.LOOK_STRAIGHT)
    assert kiosk.progress().hint is FaceHint.FINE


def test_the_share_grows_to_one(kiosk: Kiosk) -> None:
    face = embedding_of(1)
    kiosk.begin()
    shares = [kiosk.progress().share]
    for _ in range(40):
        gesture = kiosk.progress().gesture
        kiosk.look(face if gesture is None else None, REST if gesture is None else POSES[gesture])
        shares.append(kiosk.progress().share)
        if kiosk.progress().is_decided:
            break
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_one_arrival_is_announced_once_within_the_cool_down(kiosk: Kiosk) -> None:
    face = embedding_of(1)
    kiosk.enrolled(ZHANG, face)
    for _ in range(2):
        kiosk.begin()
        kiosk.perform(face)
    assert len(kiosk.announced) == 1
    kiosk.clock.advance(SFACE_RULES.cool_down.total_seconds() + 1)
    kiosk.begin()
    kiosk.perform(face)
    assert len(kiosk.announced) == 2


def test_a_stranger_who_tells_who_they_are_is_enrolled_from_the_same_check_and_known_next_time(kiosk: Kiosk) -> None:
    face = embedding_of(1)
    kiosk.begin()
    kiosk.perform(face)
    assert kiosk.recognition.enrol(person=ZHANG, consent=CONSENT) >= 3
    kept = kiosk.templates.of(ZHANG)
    assert all(template.expires_at == kiosk.clock.now() + TEMPLATE_LIFE for template in kept)
    kiosk.begin()
    match = kiosk.perform(embedding_of(5, like=face, alike=0.8)).match
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.RECOGNISED, ZHANG)


def test_enrolling_needs_a_consent_of_its_own(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.perform(embedding_of(1))
    with pytest.raises(FaceConsentMissing):
        kiosk.recognition.enrol(person=ZHANG, consent=ConsentId("only compare"))
    assert kiosk.recognition.people() == 0


def test_a_consent_to_one_look_does_not_allow_keeping(kiosk: Kiosk) -> None:
    kiosk.consents.only_look.add(CONSENT)
    kiosk.begin()
    kiosk.perform(embedding_of(1))
    with pytest.raises(FaceConsentMissing):
        kiosk.recognition.enrol(person=ZHANG, consent=CONSENT)
    assert kiosk.recognition.people() == 0


def test_a_check_that_failed_or_never_was_enrols_nobody(kiosk: Kiosk) -> None:
    with pytest.raises(FaceNotCaptured):
        kiosk.recognition.enrol(person=ZHANG, consent=CONSENT)
    kiosk.begin()
    for _ in range(8):
        kiosk.look(embedding_of(1))
    with pytest.raises(FaceNotCaptured):
        kiosk.recognition.enrol(person=ZHANG, consent=CONSENT)
    kiosk.clock.advance(STEP_LIMIT.total_seconds() + 1)
    assert kiosk.progress().is_decided
    with pytest.raises(FaceNotCaptured):
        kiosk.recognition.enrol(person=ZHANG, consent=CONSENT)


def test_a_cancelled_check_leaves_nothing_to_enrol(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.perform(embedding_of(1))
    kiosk.recognition.cancel()
    assert not kiosk.watch.is_on
    with pytest.raises(FaceNotCaptured):
        kiosk.recognition.enrol(person=ZHANG, consent=CONSENT)


def test_a_face_known_as_another_person_is_not_enrolled_twice(kiosk: Kiosk) -> None:
    kiosk.enrolled(ZHANG, embedding_of(1))
    kiosk.begin()
    kiosk.perform(embedding_of(1))
    with pytest.raises(FaceKnownToAnother):
        kiosk.recognition.enrol(person=LI, consent=CONSENT)


def test_a_confirmed_visit_prolongs_the_templates(kiosk: Kiosk) -> None:
    kiosk.enrolled(ZHANG, embedding_of(1))
    kiosk.clock.advance(days=170)
    kiosk.recognition.confirm(ZHANG)
    kiosk.clock.advance(days=170)
    assert kiosk.recognition.tidy() == 0
    kiosk.clock.advance(days=11)
    assert kiosk.recognition.tidy() == 1
    assert kiosk.recognition.people() == 0


def test_what_was_kept_under_a_withdrawn_consent_goes_with_the_daily_tidy(kiosk: Kiosk) -> None:
    kiosk.enrolled(ZHANG, embedding_of(1))
    other = ConsentId("consent-2")
    kiosk.consents.valid.add(other)
    kiosk.enrolled(LI, embedding_of(2), other)
    kiosk.consents.valid.remove(CONSENT)
    assert kiosk.recognition.tidy() == 1
    assert kiosk.templates.of(ZHANG) == ()
    assert len(kiosk.templates.of(LI)) == 1


def test_an_erased_person_is_a_stranger(kiosk: Kiosk) -> None:
    kiosk.enrolled(ZHANG, embedding_of(1))
    assert kiosk.recognition.erase(ZHANG) == 1
    kiosk.begin()
    match = kiosk.perform(embedding_of(1)).match
    assert match is not None
    assert match.outcome is FaceOutcome.STRANGER


def test_time_that_passes_between_looks_counts(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.clock.advance((SFACE_RULES.attempt_limit + timedelta(seconds=1)).total_seconds())
    kiosk.look(embedding_of(1))
    assert kiosk.progress().is_decided
