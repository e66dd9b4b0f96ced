"""Recognising a visitor who asked for it: consent first, one face, gestures, several frames that agree, then off."""

import threading
from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.errors import NotFound
from smart4s_kiosk.domain.face_attempts import FaceAttempt, Look
from smart4s_kiosk.domain.faces import (
    TEMPLATE_LIFE,
    TEMPLATES_NEEDED,
    FaceBusy,
    FaceConsentMissing,
    FaceHint,
    FaceKnownToAnother,
    FaceNotCaptured,
    FaceNotUnder14,
    FaceOutcome,
    FaceResting,
    FaceRules,
    FaceTemplate,
    Match,
    judge,
)
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.domain.liveness import ORDERS, Gesture
from smart4s_kiosk.ports.announcer import Announcement, Announcer
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vision import FaceConsents, FacesLooked, FaceTemplates, FaceWatch, Finding

_ORDER_LETTERS = "ABCDEF"
"""One letter for each order of gestures, drawn by the unpredictable source behind `Ids.code`."""


@dataclass(frozen=True, slots=True)
class FaceProgress:
    """What the page shows now. `match` is set once, when the check is over."""

    attempt: str
    hint: FaceHint
    gesture: Gesture | None
    share: float
    match: Match | None = None

    @property
    def is_decided(self) -> bool:
        return self.match is not None


class StoredFaceConsents:
    """Asks the showroom's consent records."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def is_valid(self, consent: ConsentId, now: datetime) -> bool:
        """Whether there is such a consent, for faces, in force."""
        return self._is_in_force(consent, now, {ConsentKind.FACE, ConsentKind.FACE_KEEPING})

    def covers_keeping(self, consent: ConsentId, now: datetime) -> bool:
        """The same for keeping features, which has a consent of its own."""
        return self._is_in_force(consent, now, {ConsentKind.FACE_KEEPING})

    def _is_in_force(self, consent: ConsentId, now: datetime, kinds: set[ConsentKind]) -> bool:
        with self._storage.look() as view:
            try:
                record = view.consents.get(consent)
            except NotFound:
                return False
        return record.kind in kinds and record.is_valid(now)


class Recognition:
    """The face check of one kiosk. One visitor at a time; safe to call from pages' lanes and the vision worker."""

    def __init__(
        self,
        *,
        watch: FaceWatch,
        templates: FaceTemplates,
        consents: FaceConsents,
        rules: FaceRules,
        clock: Clock,
        ids: Ids,
        announcer: Announcer,
    ) -> None:
        self._watch = watch
        self._templates = templates
        self._consents = consents
        self._rules = rules
        self._clock = clock
        self._ids = ids
        self._announcer = announcer
        self._lock = threading.Lock()
        self._attempt: FaceAttempt | None = None
        self._failures = 0
        self._rests_until = 0.0
        self._announced: dict[PersonId, float] = {}

    def begin(self, *, consent: ConsentId, is_14: bool) -> FaceProgress:
        """Switch the analyser on for the person who just agreed.

        Raises:
            FaceNotUnder14: the visitor is younger.
            FaceConsentMissing: not given, withdrawn or run out.
            FaceBusy: another check is running.
            FaceResting: too many failed checks in a row.

        """
        if not is_14:
            raise FaceNotUnder14
        if not self._consents.is_valid(consent, self._clock.now()):
            raise FaceConsentMissing(consent=consent)
        self._templates.refresh()
        with self._lock:
            moment = self._clock.monotonic()
            if self._attempt is not None and not self._timed(self._attempt, moment).is_decided:
                raise FaceBusy
            if moment < self._rests_until:
                raise FaceResting(seconds=round(self._rests_until - moment))
            gestures = ORDERS[_ORDER_LETTERS.index(self._ids.code(1, _ORDER_LETTERS))]
            self._attempt = FaceAttempt.start(
                attempt=self._ids.new(), consent=consent, moment=moment, gestures=gestures, rules=self._rules
            )
            self._watch.start()
            return _progress(self._attempt)

    def see(self, finding: Finding) -> None:
        """Take a finding of the face camera; called by the vision worker. Without a running check it is dropped."""
        if not isinstance(finding, FacesLooked):
            return
        with self._lock:
            if self._attempt is None or self._attempt.is_decided or finding.moment < self._attempt.began:
                return
            after = self._attempt.seen(self._look(finding), people=self._templates.people())
            self._settle(after)

    def progress(self) -> FaceProgress | None:
        """What to show now; also notices that time is up when no picture comes any more."""
        with self._lock:
            if self._attempt is None:
                return None
            self._settle(self._timed(self._attempt, self._clock.monotonic()))
            return _progress(self._attempt)

    def cancel(self) -> None:
        """The visitor went another way or left: analyser off, everything of the check forgotten."""
        with self._lock:
            self._watch.stop()
            self._attempt = None

    def confirm(self, person: PersonId) -> None:
        """The visitor said "yes, that is me": their templates live on from today."""
        self._templates.prolong(person, self._clock.now() + TEMPLATE_LIFE)

    def enrol(self, *, person: PersonId, consent: ConsentId) -> int:
        """Keep the face of the check just finished, now that the person is known; how many templates.

        Raises:
            FaceConsentMissing: this consent does not cover keeping.
            FaceNotCaptured: no finished check with enough good frames.
            FaceKnownToAnother: the check recognised somebody else.

        """
        now = self._clock.now()
        if not self._consents.covers_keeping(consent, now):
            raise FaceConsentMissing(consent=consent)
        with self._lock:
            attempt = self._attempt
        views = attempt.templates() if attempt is not None else ()
        if attempt is None or attempt.match is None or len(views) < TEMPLATES_NEEDED:
            raise FaceNotCaptured
        if attempt.match.outcome not in {FaceOutcome.RECOGNISED, FaceOutcome.UNSURE, FaceOutcome.STRANGER}:
            raise FaceNotCaptured
        if attempt.match.outcome is FaceOutcome.RECOGNISED and attempt.match.person != person:
            raise FaceKnownToAnother
        self._templates.enrol(
            [
                FaceTemplate(person, embedding, quality, consent, now, now + TEMPLATE_LIFE)
                for quality, embedding in views
            ]
        )
        return len(views)

    def erase(self, person: PersonId) -> int:
        """Remove every template of the person from this terminal; how many there were."""
        return self._templates.erase(person)

    def tidy(self) -> int:
        """Daily: remove what ran out, whose consent is no longer valid, or whose key was destroyed; how many."""
        now = self._clock.now()
        self._templates.refresh()
        gone = self._templates.expire(now)
        for consent in self._templates.consents():
            if not self._consents.is_valid(consent, now):
                gone += self._templates.erase_consent(consent)
        return gone

    def people(self) -> int:
        """How many people are enrolled here: 100,000 in a store must be filed with the authority."""
        return self._templates.people()

    def _look(self, finding: FacesLooked) -> Look:
        subject = finding.subject
        if subject is None:
            return Look(finding.moment, finding.hint)
        if subject.embedding is None:
            return Look(finding.moment, finding.hint, subject.pose)
        judgement = judge(self._templates.candidates(subject.embedding), self._rules)
        return Look(finding.moment, finding.hint, subject.pose, subject.embedding, subject.quality.value, judgement)

    def _timed(self, attempt: FaceAttempt, moment: float) -> FaceAttempt:
        return attempt.timed(moment, people=self._templates.people())

    def _settle(self, after: FaceAttempt) -> None:
        """Store the grown check; at its decision the analyser goes off at once. Called with the lock held."""
        was_decided = self._attempt is not None and self._attempt.is_decided
        self._attempt = after
        if after.match is None or was_decided:
            return
        self._watch.stop()
        self._count_failures(after.match)
        if not self._is_repeat(after.match):
            self._announcer.announce(Announcement("faces", after.id))

    def _count_failures(self, match: Match) -> None:
        self._failures = self._failures + 1 if match.outcome is FaceOutcome.LIVENESS_FAILED else 0
        if self._failures >= self._rules.failures_before_rest:
            self._failures = 0
            self._rests_until = self._clock.monotonic() + self._rules.rest.total_seconds()

    def _is_repeat(self, match: Match) -> bool:
        """Whether this person was announced within the cool-down: nobody hears of one arrival twice."""
        if match.outcome is not FaceOutcome.RECOGNISED or match.person is None:
            return False
        moment = self._clock.monotonic()
        last = self._announced.get(match.person)
        self._announced = {p: at for p, at in self._announced.items() if moment - at < 3600}
        self._announced[match.person] = moment
        return last is not None and moment - last < self._rules.cool_down.total_seconds()


def _progress(attempt: FaceAttempt) -> FaceProgress:
    hint = FaceHint.FINE if attempt.wanted and attempt.hint is FaceHint.LOOK_STRAIGHT else attempt.hint
    return FaceProgress(attempt.id, hint, attempt.wanted, attempt.progress, attempt.match)
