"""When a match counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.faces import (
    SFACE_CALIBRATION,
    SFACE_RULES,
    Candidate,
    Embedding,
    FaceOutcome,
    FaceRules,
    FaceTemplate,
    FaceVerdict,
    FrameJudgement,
    agree,
    judge,
)
from smart4s_kiosk.domain.ids import ConsentId, PersonId

ZHANG, LI = PersonId("zhang"), PersonId("li")


def candidates(*scores: float) -> list[Candidate]:
    return [Candidate(PersonId(f"p{n}"), score) for n, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ((), FaceVerdict.UNKNOWN),
        ((0.379,), FaceVerdict.UNKNOWN),
        ((0.38,), FaceVerdict.UNSURE),
        ((0.449,), FaceVerdict.UNSURE),
        ((0.45,), FaceVerdict.SURE),
        ((0.60, 0.56), FaceVerdict.UNSURE),
        ((0.60, 0.549), FaceVerdict.SURE),
    ],
)
def test_a_frame_is_judged_by_score_and_margin(scores: tuple[float, ...], verdict: FaceVerdict) -> None:
    assert judge(candidates(*scores), SFACE_RULES).verdict is verdict


def test_a_second_template_of_the_same_person_takes_no_margin() -> None:
    twice = [Candidate(ZHANG, 0.7), Candidate(ZHANG, 0.69), Candidate(LI, 0.2)]
    assert judge(twice, SFACE_RULES).verdict is FaceVerdict.SURE


def sure(person: PersonId = ZHANG, score: float = 0.7) -> FrameJudgement:
    return FrameJudgement(FaceVerdict.SURE, person, score, 0.3)


def unsure(person: PersonId = ZHANG) -> FrameJudgement:
    return FrameJudgement(FaceVerdict.UNSURE, person, 0.42, 0.3)


UNKNOWN = FrameJudgement(FaceVerdict.UNKNOWN, score=0.1)


def test_three_sure_frames_recognise_before_five_were_seen() -> None:
    match = agree([sure(), sure(), sure()], SFACE_RULES, people=100)
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.RECOGNISED, ZHANG)
    assert match.probability > 0.9


def test_two_sure_frames_decide_nothing_yet() -> None:
    assert agree([sure(), UNKNOWN, sure()], SFACE_RULES, people=100) is None


def test_old_frames_leave_the_window() -> None:
    match = agree([sure(), sure(), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, sure()], SFACE_RULES, people=100)
    assert match is not None
    assert match.outcome is FaceOutcome.STRANGER


def test_unsure_frames_make_an_unsure_match_only_when_the_window_is_full() -> None:
    assert agree([unsure()] * 3, SFACE_RULES, people=100) is None
    match = agree([unsure()] * 4 + [sure()], SFACE_RULES, people=100)
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.UNSURE, ZHANG)


def test_frames_that_name_different_people_end_unsure_without_a_name() -> None:
    match = agree([sure(), sure(LI), sure(), sure(LI), UNKNOWN], SFACE_RULES, people=100)
    assert match is not None
    assert (match.outcome, match.person) == (FaceOutcome.UNSURE, None)


def test_the_same_score_means_less_in_a_larger_gallery() -> None:
    few = agree([sure(score=0.46)] * 3, SFACE_RULES, people=5)
    many = agree([sure(score=0.46)] * 3, SFACE_RULES, people=50_000)
    assert few is not None
    assert many is not None
    assert (few.outcome, many.outcome) == (FaceOutcome.RECOGNISED, FaceOutcome.UNSURE)
    assert few.probability > 0.9 > many.probability


@given(st.floats(-1, 1), st.floats(-1, 1), st.integers(1, 100_000), st.integers(1, 100_000))
def test_probability_grows_with_the_score_and_falls_with_the_gallery(one: float, other: float, n: int, m: int) -> None:
    low, high = sorted((one, other))
    assert SFACE_CALIBRATION.probability(low, people=n) <= SFACE_CALIBRATION.probability(high, people=n)
    small, large = sorted((n, m))
    assert SFACE_CALIBRATION.probability(one, people=small) >= SFACE_CALIBRATION.probability(one, people=large)


def test_nobody_enrolled_means_nobody_recognised() -> None:
    assert SFACE_CALIBRATION.probability(0.99, people=0) == 0.0


@pytest.mark.parametrize("wrong", [{"ask_at": 0.5, "confirm_at": 0.4}, {"confirm_at": 1.2}])
def test_thresholds_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="ask_at"):
        FaceRules(**wrong)  # type: ignore[arg-type] # wrong values are the point


def test_more_agreeing_frames_than_frames_are_refused() -> None:
    with pytest.raises(ValueError, match="frames_agreeing"):
        FaceRules(frames_agreeing=6)


def test_an_embedding_has_512_bytes() -> None:
    with pytest.raises(ValueError, match="512"):
        Embedding("model", b"short")


def test_a_template_expires_at_its_time() -> None:
    made = datetime(2026, 11, 21, tzinfo=UTC)
    template = FaceTemplate(ZHANG, Embedding("m", bytes(512)), 0.9, ConsentId("c"), made, made + timedelta(days=180))
    assert not template.is_expired(made + timedelta(days=179))
    assert template.is_expired(made + timedelta(days=180))


def test_an_embedding_never_shows_its_numbers() -> None:
    assert "vector" not in repr(Embedding("m", bytes(512)))
