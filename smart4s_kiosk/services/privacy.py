"""What is kept about somebody, and forgetting it: the person's key is destroyed, and the receipt proves it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from smart4s_kiosk.domain.agreements import AgreementState
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.ids import CustomerId, PersonId, StaffId, TerminalId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vault import ErasureReceipt, PersonVault

FACE_KINDS = frozenset({ConsentKind.FACE, ConsentKind.FACE_KEEPING})
AGREEMENT_YEARS = 3
"""Civil code art. 188: the limitation period; product proposal keeps 60 days more."""


class Templates(Protocol):
    """The face templates of this terminal, as forgetting needs them."""

    def erase(self, person: PersonId) -> int:
        """How many were removed."""
        ...


@dataclass(frozen=True, slots=True)
class KeptAbout:
    """Kinds and counts of what is kept about one customer; no content."""

    customer_id: CustomerId
    face_since: date | None
    visits: int
    has_phone: bool
    agreements: int
    quotes: int
    agreements_kept_until: date | None


class Privacy:
    """Rights of the people in the files."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        vault: PersonVault,
        templates: Templates | None,
        terminal_id: TerminalId,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._vault = vault
        self._templates = templates
        self._terminal_id = terminal_id

    def kept_about(self, customer_id: CustomerId) -> KeptAbout:
        """What "my data" shows."""
        now = self._clock.now()
        with self._storage.look() as view:
            customer = view.customers.get(customer_id)
            consents = [c for c in view.consents.of_customer(customer_id) if c.kind in FACE_KINDS]
            signed = [
                a
                for a in view.agreements.between(datetime.fromtimestamp(0, tz=now.tzinfo), now)
                if a.customer_id == customer_id and a.state is not AgreementState.VOID and a.sealed_at is not None
            ]
            zone = view.settings.current().zone
        face = next((c for c in consents if c.is_valid(now)), None)
        sealed = [a.sealed_at for a in signed if a.sealed_at is not None]
        newest = max(sealed).astimezone(zone).date() if sealed else None
        return KeptAbout(
            customer_id=customer_id,
            face_since=face.at.astimezone(zone).date() if face else None,
            visits=customer.visits,
            has_phone=bool(customer.phone_sealed),
            agreements=len(signed),
            quotes=0,
            agreements_kept_until=newest.replace(year=newest.year + AGREEMENT_YEARS) if newest else None,
        )

    def forget(self, customer_id: CustomerId, *, by: StaffId | None, reason: str = "") -> ErasureReceipt:
        """Erase templates, name, contact and key, withdraw consents. Sealed agreements stay as the law asks."""
        now = self._clock.now()
        with self._storage.begin() as work:
            customer = work.customers.get(customer_id)
            for consent in work.consents.of_customer(customer_id):
                if consent.withdrawn_at is None:
                    work.consents.put(consent.withdraw(now))
            if customer.erased_at is None:
                work.customers.put(customer.erased(now))
            work.audit.append(
                at=now,
                act="person.erased",
                subject_id=customer_id,
                staff_id=by,
                terminal_id=self._terminal_id,
                reason=reason,
            )
            work.announce("customers", customer_id)
        if self._templates is not None:
            self._templates.erase(customer.person_id)
        return self._vault.forget(customer.person_id)

    def finish_erasures(self) -> int:
        """At start: whoever was erased in the database but kept a key (power cut between the two) loses it now."""
        with self._storage.look() as view:
            erased = [c.person_id for c in view.customers.erased()]
        unfinished = [person for person in erased if self._vault.known(person)]
        for person in unfinished:
            if self._templates is not None:
                self._templates.erase(person)
            self._vault.forget(person)
        return len(unfinished)

    def forget_key(self, person: PersonId) -> None:
        """Destroy the key of somebody without a record of their own: a nameless driver's, made for one agreement."""
        if self._vault.known(person):
            self._vault.forget(person)

    def withdraw_face(self, customer_id: CustomerId) -> int:
        """Take back the face consent only: templates go, the rest stays."""
        now = self._clock.now()
        with self._storage.begin() as work:
            person = work.customers.get(customer_id).person_id
            for consent in work.consents.of_customer(customer_id):
                if consent.kind in FACE_KINDS and consent.withdrawn_at is None:
                    work.consents.put(replace(consent, withdrawn_at=now))
        return self._templates.erase(person) if self._templates is not None else 0
