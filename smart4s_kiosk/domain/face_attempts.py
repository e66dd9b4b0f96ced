"""One face check from the visitor's press to the decision: a value that grows with every look, and then decides."""

from dataclasses import dataclass, replace

from smart4s_kiosk.domain.faces import (
    TEMPLATES_WANTED,
    Embedding,
    FaceHint,
    FaceOutcome,
    FaceRules,
    FrameJudgement,
    Match,
    agree,
    similarity,
)
from smart4s_kiosk.domain.ids import ConsentId
from smart4s_kiosk.domain.liveness import Challenge, Gesture, Pose

KEPT_AT_MOST = 12
SWAPS_ALLOWED = 1
CHALLENGE_SHARE = 0.6
"""How much of the progress shown belongs to the gestures."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the camera brought: a tip for the visitor and, when there is one face, its pose."""

    moment: float
    hint: FaceHint
    pose: Pose | None = None
    embedding: Embedding | None = None
    quality: float = 0.0
    judgement: FrameJudgement | None = None


@dataclass(frozen=True, slots=True)
class FaceAttempt:
    """A running or finished check. `began` is monotonic."""

    id: str
    consent: ConsentId
    began: float
    gestures: tuple[Gesture, ...]
    challenge: Challenge
    rules: FaceRules
    hint: FaceHint = FaceHint.NOBODY
    judgements: tuple[FrameJudgement, ...] = ()
    views: tuple[tuple[float, Embedding], ...] = ()
    """Quality and embedding of the good frames, for enrolment once the person is known."""
    swaps: int = 0
    match: Match | None = None

    @classmethod
    def start(
        cls, *, attempt: str, consent: ConsentId, moment: float, gestures: tuple[Gesture, ...], rules: FaceRules
    ) -> "FaceAttempt":
        """A check that has seen nothing yet."""
        return cls(attempt, consent, moment, gestures, Challenge(gestures, step_began=moment), rules)

    @property
    def is_decided(self) -> bool:
        return self.match is not None

    @property
    def wanted(self) -> Gesture | None:
        """The gesture to ask for now; None before the face was seen at rest and while it returns to the front."""
        ready = self.challenge.rest is not None and not self.challenge.back_to_front
        return self.challenge.wanted if ready and not self.is_decided else None

    @property
    def progress(self) -> float:
        """0..1, never falling back except when the face changed."""
        if self.is_decided:
            return 1.0
        steps = len(self.gestures)
        shown = (steps - len(self.challenge.gestures)) / steps if steps else 1.0
        frames = min(1.0, len(self.judgements) / self.rules.frames_agreeing)
        return CHALLENGE_SHARE * shown + (1 - CHALLENGE_SHARE) * frames

    def templates(self) -> tuple[tuple[float, Embedding], ...]:
        """The best views, best first."""
        return tuple(sorted(self.views, key=lambda view: view[0], reverse=True)[:TEMPLATES_WANTED])

    def ended(self, outcome: FaceOutcome) -> "FaceAttempt":
        """Decided from outside: cancelled, or the camera went away."""
        return self if self.is_decided else replace(self, match=Match(outcome))

    def timed(self, moment: float, *, people: int) -> "FaceAttempt":
        """The check at this moment: over when its time is up or a gesture did not come."""
        if self.is_decided:
            return self
        if self.challenge.rest is not None and self.challenge.is_late(moment):
            return self.ended(FaceOutcome.LIVENESS_FAILED)
        if moment - self.began <= self.rules.attempt_limit.total_seconds():
            return self
        if not self.views:
            return self.ended(FaceOutcome.NOT_SEEN)
        if not self.challenge.is_passed:
            return self.ended(FaceOutcome.LIVENESS_FAILED)
        return replace(self, match=agree(self.judgements, self.rules, people=people) or Match(FaceOutcome.UNSURE))

    def seen(self, look: Look, *, people: int) -> "FaceAttempt":
        """The check after one more look; decides as soon as gestures and frames allow."""
        attempt = self.timed(look.moment, people=people)
        if attempt.is_decided:
            return attempt
        if attempt.hint is not look.hint:
            attempt = replace(attempt, hint=look.hint)
        if look.pose is None:
            return attempt
        if look.embedding is not None and attempt.is_another_face(look.embedding):
            return attempt.begun_again(look.moment)
        attempt = replace(attempt, challenge=attempt.challenge.seen(look.pose, look.moment))
        if look.embedding is None or look.judgement is None:
            return attempt
        return attempt.with_view(look.quality, look.embedding, look.judgement, people=people)

    def is_another_face(self, embedding: Embedding) -> bool:
        """Whether somebody else stepped before the camera since the first good frame."""
        return bool(self.views) and similarity(self.views[0][1], embedding) < self.rules.same_visitor_at

    def begun_again(self, moment: float) -> "FaceAttempt":
        """From the start with the same gestures; a second change of face ends the check."""
        if self.swaps >= SWAPS_ALLOWED:
            return self.ended(FaceOutcome.LIVENESS_FAILED)
        challenge = Challenge(self.gestures, step_began=moment)
        return replace(self, challenge=challenge, judgements=(), views=(), swaps=self.swaps + 1)

    def with_view(
        self, quality: float, embedding: Embedding, judgement: FrameJudgement, *, people: int
    ) -> "FaceAttempt":
        """The check with one more good frame; decided when the gestures are done and the frames agree."""
        judgements = (*self.judgements, judgement)[-self.rules.frames_looked_at :]
        views = (*self.views, (quality, embedding)) if len(self.views) < KEPT_AT_MOST else self.views
        match = agree(judgements, self.rules, people=people) if self.challenge.is_passed else None
        return replace(self, judgements=judgements, views=views, match=match)
