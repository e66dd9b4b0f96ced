"""Drawing, sealing and storing an agreement's paper, and the one seal chain of papers and keys."""

from collections.abc import Callable
from dataclasses import dataclass

from smart4s_kiosk.domain.agreement_texts import AgreementText
from smart4s_kiosk.domain.agreements import Agreement, AgreementState
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import MediaHash, PersonId, TerminalId
from smart4s_kiosk.domain.licence_rules import LicenceRules
from smart4s_kiosk.domain.names import mask_phone
from smart4s_kiosk.domain.seals import SealKind, first_entry
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.documents import Agreements, Seals
from smart4s_kiosk.ports.storage import Media, Storage, UnitOfWork
from smart4s_kiosk.ports.vault import PersonVault
from smart4s_kiosk.services.agreement_papers import PaperFacts, paper_of, signature_facts
from smart4s_kiosk.services.customers import PHONE

LICENCE_NUMBER = "agreement.licence_number"


@dataclass(frozen=True, slots=True)
class DriveParts:
    """What test drives need from outside."""

    storage: Storage
    clock: Clock
    ids: Ids
    vault: PersonVault
    media: Media
    papers: Agreements
    seals: Seals
    rules: LicenceRules
    text: Callable[[str], AgreementText]
    """The agreement text in force, by language."""
    terminal_id: TerminalId
    program: str
    clock_offset_s: Callable[[], float | None] = lambda: None
    """The connector's clock minus this machine's; None while nobody knows."""


def person_of(work: UnitOfWork, agreement: Agreement) -> PersonId:
    """Whose key seals the licence number: the customer's; a nameless visitor's own, made for this agreement."""
    if agreement.customer_id is not None:
        return work.customers.get(agreement.customer_id).person_id
    return PersonId(agreement.id)


class SealedPapers:
    """The paper side of a test drive."""

    def __init__(self, parts: DriveParts) -> None:
        self._p = parts

    def seal(self, work: UnitOfWork, agreement: Agreement, language: str) -> Agreement:
        """The agreement with its paper drawn, sealed, stored and linked into the chain."""
        agreement.to(AgreementState.SEALED)
        sealed = self._p.seals.seal(
            self._draw(work, agreement, language),
            kind=SealKind.AGREEMENT,
            subject_id=agreement.id,
            now=self._p.clock.now(),
            previous=work.seals.last(),
            mileage_km=agreement.mileage_out_km,
        )
        stored = self._p.media.put(sealed.pdf)
        work.seals.append(sealed.entry)
        return agreement.to(
            AgreementState.SEALED, pdf=stored, seal_hash=sealed.entry.hash, sealed_at=sealed.entry.sealed_at
        )

    def chain(self, work: UnitOfWork, kind: SealKind, agreement: Agreement, mileage_km: int | None) -> None:
        """Link a key move to the paper it happened under."""
        now, last = self._p.clock.now(), work.seals.last()
        if last is None:
            work.seals.append(first_entry(kind, agreement.id, agreement.seal_hash, now, mileage_km=mileage_km))
        else:
            work.seals.append(last.next(kind, agreement.id, agreement.seal_hash, now, mileage_km=mileage_km))

    def _draw(self, work: UnitOfWork, agreement: Agreement, language: str) -> bytes:
        person = person_of(work, agreement)
        customer = work.customers.get(agreement.customer_id) if agreement.customer_id else None
        consultant = work.staff.get(agreement.consultant_id)
        sealed = agreement.licence_sealed
        number = self._p.vault.open(person, LICENCE_NUMBER, sealed).decode() if sealed else ""
        consents = [c for c in work.consents.of_visit(agreement.visit_id) if c.kind is ConsentKind.LICENCE_READING]
        facts = PaperFacts(
            agreement=agreement,
            settings=work.settings.current(),
            text=self._p.text(language),
            car=work.vehicles.get(agreement.car_id),
            consultant=consultant,
            customer=customer,
            masked_phone=self._masked_phone(customer),
            licence_number=number,
            terminal=self._p.terminal_id,
            program=self._p.program,
            licence_consent=f"{consents[-1].text_version} {consents[-1].text_hash[:16]}" if consents else "",
            previous=work.seals.last(),
            customer_signature=signature_facts(
                agreement.driver_name,
                self._p.media.get(agreement.customer_strokes or MediaHash("")),
                agreement.signed_by_customer_at or agreement.created_at,
            ),
            consultant_signature=signature_facts(
                consultant.name,
                self._p.media.get(agreement.staff_strokes or MediaHash("")),
                agreement.signed_by_staff_at or agreement.created_at,
            ),
        )
        return self._p.papers.agreement(paper_of(facts))

    def _masked_phone(self, customer: Customer | None) -> str:
        if customer is None or not customer.phone_sealed:
            return ""
        return mask_phone(self._p.vault.open(customer.person_id, PHONE, customer.phone_sealed).decode())
