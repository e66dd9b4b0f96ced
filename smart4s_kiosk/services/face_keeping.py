"""Keeping a guest's face for the next check-in: asked apart from everything else, only of somebody who is known."""

from dataclasses import dataclass
from datetime import timedelta

from smart4s_kiosk.domain.consent_texts import ConsentNotice
from smart4s_kiosk.domain.consents import SHOWN_FIRST, Consent, ConsentKind
from smart4s_kiosk.domain.faces import TEMPLATE_LIFE, FaceNotUnder14
from smart4s_kiosk.domain.ids import ConsentId, CustomerId, TerminalId, VisitId
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.check_in import ConsentTooQuick
from smart4s_kiosk.services.check_in_views import AskConsent, ConsentText
from smart4s_kiosk.services.face_check import FaceCheck

QUIET = timedelta(days=30)
"""After an answer nobody is asked again for so long; GB/T 41819-2022 calls two questions in 48 hours bad practice."""


@dataclass(frozen=True, slots=True)
class FaceKeeping:
    """Nothing is kept without this consent, and a consent that led to nothing is taken back."""

    storage: Storage
    clock: Clock
    ids: Ids
    terminal_id: TerminalId
    notice: ConsentNotice
    faces: FaceCheck | None

    def may_ask(self, customer_id: CustomerId) -> bool:
        """Face check-in is on, the camera works, and this guest was not asked lately."""
        if self.faces is None or not self.faces.is_available():
            return False
        now = self.clock.now()
        with self.storage.look() as view:
            if not view.settings.current().face_enabled:
                return False
            answers = [c for c in view.consents.of_customer(customer_id) if c.kind is ConsentKind.FACE_KEEPING]
        return not any(c.at > now - QUIET or c.is_valid(now) for c in answers)

    def page(self, visit_id: VisitId) -> AskConsent:
        """The notice in force."""
        texts = tuple(ConsentText(w.language, w.rows, w.full_text) for w in self.notice.words)
        return AskConsent(
            visit_id, self.notice.version, self.notice.dated, self.notice.digest()[:8], texts, enrols=True
        )

    def answer(
        self,
        visit_id: VisitId,
        customer_id: CustomerId,
        *,
        agrees: bool,
        is_14: bool,
        version: int,
        shown_s: float,
        language: str = SHOWN_FIRST,
    ) -> ConsentId | None:
        """Keep the answer; with a yes the camera looks. Raises ConsentTooQuick, FaceNotUnder14."""
        page = self.page(visit_id)
        if shown_s < page.least_seconds or version != page.version:
            raise ConsentTooQuick(seconds=page.least_seconds)
        if agrees and not is_14:
            raise FaceNotUnder14
        now = self.clock.now()
        consent = Consent(
            id=ConsentId(self.ids.new()),
            kind=ConsentKind.FACE_KEEPING,
            is_given=agrees,
            text_version=str(self.notice.version),
            text_hash=self.notice.digest(),
            at=now,
            terminal_id=self.terminal_id,
            surface="kiosk",
            visit_id=visit_id,
            customer_id=customer_id,
            seconds_on_screen=int(shown_s),
            language=language,
            expires_at=now + TEMPLATE_LIFE,
        )
        with self.storage.begin() as work:
            work.consents.add(consent)
        if not agrees or self.faces is None:
            return None
        self.faces.start(visit_id, consent.id)
        return consent.id

    def finish(self, visit_id: VisitId, customer_id: CustomerId, consent_id: ConsentId) -> bool:
        """The look has ended: keep the features, or nothing at all and no consent either. Whether they are kept."""
        assert self.faces is not None
        self.faces.finish(visit_id)
        with self.storage.look() as view:
            person = view.customers.get(customer_id).person_id
        is_kept = self.faces.keep(person, consent_id)
        self.faces.stop(visit_id)
        if not is_kept:
            self.give_up(consent_id)
        return is_kept

    def give_up(self, consent_id: ConsentId) -> None:
        """Nothing was kept under this consent: it is taken back."""
        with self.storage.begin() as work:
            consent = work.consents.get(consent_id)
            if consent.withdrawn_at is None:
                work.consents.put(consent.withdraw(self.clock.now()))
