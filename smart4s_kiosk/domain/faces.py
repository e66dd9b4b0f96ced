"""Faces: what a template is, when a picture is good enough, and when a match counts."""

import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from smart4s_kiosk.domain.errors import NotAllowed, RuleBroken
from smart4s_kiosk.domain.ids import ConsentId, PersonId

MINIMUM_AGE = 14
"""Under 14 a face is sensitive data of a child (personal information law, art. 31): here never embedded."""
TEMPLATE_BYTES = 512
TEMPLATE_LIFE = timedelta(days=180)
"""Without a visit; order 19 of 2025 asks for the shortest retention, and this is the showroom's proposal."""
TEMPLATES_WANTED = 4
TEMPLATES_NEEDED = 3


class FaceConsentMissing(NotAllowed):
    """There is no valid consent to use this face."""

    code = "faces.consent_missing"


class FaceNotUnder14(NotAllowed):
    """Faces of people under 14 are never used."""

    code = "faces.not_under_14"


class FaceBusy(RuleBroken):
    """Another visitor's face check is still running."""

    code = "faces.busy"


class FaceResting(RuleBroken):
    """Too many failed face checks in a row: please use another way for now."""

    code = "faces.resting"


class FaceNotCaptured(RuleBroken):
    """There is no finished face check whose picture could be kept."""

    code = "faces.not_captured"


class FaceKnownToAnother(RuleBroken):
    """This face is already kept under another person."""

    code = "faces.known_to_another"


class FaceModelMismatch(RuleBroken):
    """Templates of different models must never be compared."""

    code = "faces.model_mismatch"


class FaceHint(Enum):
    """What the visitor may do so that the picture becomes good enough."""

    FINE = "fine"
    NOBODY = "nobody"
    ONE_AT_A_TIME = "one_at_a_time"
    COME_CLOSER = "come_closer"
    HOLD_STILL = "hold_still"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    LOOK_STRAIGHT = "look_straight"


class FaceVerdict(Enum):
    """What one frame says."""

    SURE = "sure"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


class FaceOutcome(Enum):
    """How an attempt ended. An end is never a mistake of the visitor: each leads on by another way."""

    RECOGNISED = "recognised"
    UNSURE = "unsure"
    STRANGER = "stranger"
    LIVENESS_FAILED = "liveness_failed"
    NOT_SEEN = "not_seen"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a similarity into the chance that the best candidate is this person.

    Two bell curves: similarities of the same person and of different people. With N people enrolled a stranger's
    best score is the highest of N draws, so the chance falls as the gallery grows. `source` says where the four
    numbers come from; they are shown beside the figure and are to be measured again on site.
    """

    same_mean: float
    same_deviation: float
    other_mean: float
    other_deviation: float
    share_enrolled: float
    source: str

    def probability(self, score: float, *, people: int) -> float:
        """Chance (0..1) that a best `score` among `people` enrolled belongs to that person."""
        if people < 1:
            return 0.0
        same = _log_density(min(score, self.same_mean), self.same_mean, self.same_deviation)
        other = _log_density(max(score, self.other_mean), self.other_mean, self.other_deviation) + math.log(people)
        odds = math.log(self.share_enrolled / (1 - self.share_enrolled)) + same - other
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, odds))))


def _log_density(value: float, mean: float, deviation: float) -> float:
    return -0.5 * ((value - mean) / deviation) ** 2 - math.log(deviation)


SFACE_CALIBRATION = Calibration(
    same_mean=0.68,
    same_deviation=0.11,
    other_mean=0.10,
    other_deviation=0.0805,
    share_enrolled=0.5,
    source="SFace int8, November 2026: LFW subset (450 same, 4,500 different pairs; 42 % of strangers above 0.363 "
    "among 1,000 people) and 19 public photographs; not measured on site",
)
DLIB_CALIBRATION = Calibration(
    same_mean=0.958,
    same_deviation=0.015,
    other_mean=0.81,
    other_deviation=0.038,
    share_enrolled=0.5,
    source="dlib ResNet on 19 public photographs, November 2026, widened towards its LFW error; not measured on site",
)


@dataclass(frozen=True, slots=True)
class FaceRules:
    """When a match counts. The numbers belong to one model; a manager may tighten them."""

    confirm_at: float = 0.45
    ask_at: float = 0.38
    margin: float = 0.05
    sure_from: float = 0.9
    """Below this calibrated probability a match is asked about (phone tail), however similar: galleries grow."""
    frames_agreeing: int = 3
    frames_looked_at: int = 5
    cool_down: timedelta = timedelta(seconds=30)
    attempt_limit: timedelta = timedelta(seconds=25)
    failures_before_rest: int = 3
    rest: timedelta = timedelta(seconds=60)
    same_visitor_at: float = 0.5
    """Frames of one attempt less alike than this show two people: the check starts again."""
    calibration: Calibration = SFACE_CALIBRATION

    def __post_init__(self) -> None:
        if not 0 < self.ask_at <= self.confirm_at < 1:
            raise ValueError("0 < ask_at <= confirm_at < 1 must hold")
        if not 0 < self.frames_agreeing <= self.frames_looked_at:
            raise ValueError("0 < frames_agreeing <= frames_looked_at must hold")


SFACE_RULES = FaceRules()
DLIB_RULES = FaceRules(confirm_at=0.945, ask_at=0.925, margin=0.012, same_visitor_at=0.94, calibration=DLIB_CALIBRATION)


@dataclass(frozen=True, slots=True)
class Embedding:
    """A face as 128 numbers (float32, length one, little-endian), comparable only within one model."""

    model: str
    """SHA-256 of the weights that made it."""
    vector: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.vector) != TEMPLATE_BYTES:
            raise ValueError(f"an embedding has {TEMPLATE_BYTES} bytes")


def similarity(one: Embedding, other: Embedding) -> float:
    """Cosine of two embeddings, -1..1. Raises FaceModelMismatch."""
    if one.model != other.model:
        raise FaceModelMismatch(one=one.model, other=other.model)
    numbers = zip(struct.unpack("<128f", one.vector), struct.unpack("<128f", other.vector), strict=True)
    return math.fsum(a * b for a, b in numbers)


@dataclass(frozen=True, slots=True)
class FaceTemplate:
    """One enrolled view of a person, with everything that its keeping depends on."""

    person: PersonId
    embedding: Embedding
    quality: float
    consent: ConsentId
    made_at: datetime
    expires_at: datetime

    def is_expired(self, now: datetime) -> bool:
        return now >= self.expires_at


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whose best template is this similar (cosine, -1..1)."""

    person: PersonId
    score: float


@dataclass(frozen=True, slots=True)
class FrameJudgement:
    """What one frame says about who this is."""

    verdict: FaceVerdict
    person: PersonId | None = None
    score: float = 0.0
    margin: float = 0.0


def judge(candidates: Sequence[Candidate], rules: FaceRules) -> FrameJudgement:
    """One frame's verdict from its candidates, at most one per person, best first.

    A second person nearly as similar makes any verdict unsure at best: a sister must never be greeted by name.
    """
    if not candidates or candidates[0].score < rules.ask_at:
        return FrameJudgement(FaceVerdict.UNKNOWN, score=candidates[0].score if candidates else 0.0)
    best = candidates[0]
    second = max((c.score for c in candidates[1:] if c.person != best.person), default=-1.0)
    margin = best.score - second
    sure = best.score >= rules.confirm_at and margin >= rules.margin
    return FrameJudgement(FaceVerdict.SURE if sure else FaceVerdict.UNSURE, best.person, best.score, margin)


@dataclass(frozen=True, slots=True)
class Match:
    """What several frames say together."""

    outcome: FaceOutcome
    person: PersonId | None = None
    score: float = 0.0
    probability: float = 0.0


def agree(judgements: Sequence[FrameJudgement], rules: FaceRules, *, people: int) -> Match | None:
    """The decision of the last frames, or None while they do not agree yet.

    Recognised: enough frames are sure of the same person. Unsure: enough frames name the same person, not all of
    them surely. Stranger: enough frames know nobody. A tie of names stays undecided until the window is full, then
    it is unsure without a name.
    """
    window = judgements[-rules.frames_looked_at :]
    for verdicts, outcome in (
        ((FaceVerdict.SURE,), FaceOutcome.RECOGNISED),
        ((FaceVerdict.SURE, FaceVerdict.UNSURE), FaceOutcome.UNSURE),
    ):
        if outcome is FaceOutcome.UNSURE and len(window) < rules.frames_looked_at:
            continue
        match = _most_named((j for j in window if j.verdict in verdicts), rules, outcome, people=people)
        if match is not None:
            return match
    unknown = [j for j in window if j.verdict is FaceVerdict.UNKNOWN]
    if len(window) < rules.frames_looked_at:
        return None
    if len(unknown) >= rules.frames_agreeing:
        return Match(FaceOutcome.STRANGER, score=max(j.score for j in unknown))
    return Match(FaceOutcome.UNSURE)


def _most_named(
    judgements: Iterable[FrameJudgement], rules: FaceRules, outcome: FaceOutcome, *, people: int
) -> Match | None:
    scores: dict[PersonId, list[float]] = {}
    for judgement in judgements:
        if judgement.person is not None:
            scores.setdefault(judgement.person, []).append(judgement.score)
    if not scores:
        return None
    person, named = max(scores.items(), key=lambda item: len(item[1]))
    if len(named) < rules.frames_agreeing:
        return None
    score = sorted(named)[len(named) // 2]
    probability = rules.calibration.probability(score, people=people)
    if outcome is FaceOutcome.RECOGNISED and probability < rules.sure_from:
        outcome = FaceOutcome.UNSURE
    return Match(outcome, person, score, probability)
