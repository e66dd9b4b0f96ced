"""Gathers the facts of one agreement into the paper that is drawn and sealed."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from smart4s_kiosk.domain.agreement_texts import AgreementText
from smart4s_kiosk.domain.agreements import Agreement, Signature, StrokePoint
from smart4s_kiosk.domain.business_settings import BusinessSettings, DriveCover, TestRoute
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.seals import SealEntry
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.vehicles import TestCar
from smart4s_kiosk.ports.documents import (
    AgreementPaper,
    CarFacts,
    EvidenceFacts,
    PersonFacts,
    RouteFacts,
    SignatureFacts,
    StoreFace,
)

VIN_TAIL = 6


def store_face(settings: BusinessSettings) -> StoreFace:
    """The store as it stands on every paper."""
    return StoreFace(
        brand=settings.brand_name,
        name=settings.store_name,
        address=settings.address,
        phone=settings.phone,
        accent=settings.accent,
        domain=settings.domain,
        time_zone=settings.time_zone,
        emergency_phone=settings.emergency_phone,
        company=settings.company or settings.store_name,
    )


def mask_licence_number(number: str) -> str:
    """First six and last two places: 110101********15."""
    return f"{number[:6]}{'*' * max(0, len(number) - 8)}{number[-2:]}" if len(number) > 8 else "*" * len(number)


def strokes_to_bytes(signature: Signature) -> bytes:
    """A signature as canonical JSON: what is stored, sealed and hashed."""
    return json.dumps(asdict(signature), sort_keys=True, separators=(",", ":")).encode()


def strokes_from_bytes(content: bytes) -> Signature:
    """The signature that `strokes_to_bytes` wrote."""
    facts = json.loads(content)
    strokes = tuple(tuple(StrokePoint(**point) for point in stroke) for stroke in facts["strokes"])
    return Signature(strokes, facts["pad_width"], facts["pad_height"])


def signature_facts(name: str, content: bytes, signed_at: datetime) -> SignatureFacts:
    """One signature as the paper shows it."""
    return SignatureFacts(name, strokes_from_bytes(content), signed_at, hashlib.sha256(content).hexdigest())


def route_named(settings: BusinessSettings, name: str) -> TestRoute:
    """The route of that name; an unnamed one counts as the shortest in town."""
    return next((r for r in settings.routes if r.name == name), TestRoute(name=name, distance_km=0.0))


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Everything that stands on the paper of one agreement."""

    agreement: Agreement
    settings: BusinessSettings
    text: AgreementText
    car: TestCar
    consultant: StaffMember
    customer: Customer | None
    masked_phone: str
    licence_number: str
    terminal: str
    program: str
    licence_consent: str
    previous: SealEntry | None
    customer_signature: SignatureFacts | None = None
    consultant_signature: SignatureFacts | None = None


def paper_of(facts: PaperFacts) -> AgreementPaper:
    """The complete paper; without signatures it is the copy to read."""
    agreement = facts.agreement
    return AgreementPaper(
        store=store_face(facts.settings),
        number=agreement.number,
        kind=agreement.kind,
        text=facts.text,
        person=_person(agreement, facts.customer, facts.masked_phone, facts.licence_number),
        consultant=facts.consultant.name,
        consultant_badge=facts.consultant.badge,
        car=_car(agreement, facts.car, facts.settings.test_car_cover),
        route=_route(agreement, facts.settings, facts.consultant.name),
        deposit_fen=facts.settings.deposit_fen,
        clauses_read=agreement.clauses_read,
        evidence=EvidenceFacts(
            agreement_id=agreement.id,
            visit_id=agreement.visit_id,
            terminal=facts.terminal,
            program=facts.program,
            created_at=agreement.created_at,
            licence_consent=facts.licence_consent,
            witness=facts.consultant.name,
            previous_seal=facts.previous,
        ),
        customer_signature=facts.customer_signature,
        consultant_signature=facts.consultant_signature,
    )


def _car(agreement: Agreement, car: TestCar, cover: DriveCover) -> CarFacts:
    return CarFacts(
        model=car.model,
        plate=car.plate,
        vin_tail=car.vin[-VIN_TAIL:],
        mileage_km=agreement.mileage_out_km if agreement.mileage_out_km is not None else car.mileage_km,
        energy_level=agreement.energy_level,
        gearbox=car.gearbox.value,
        compulsory_until=car.insured_until,
        commercial_until=car.insured_until,
        third_party_fen=cover.third_party_fen,
        seat_fen=cover.seat_fen,
        excess_fen=cover.excess_fen,
        insurer=cover.insurer,
    )


def _route(agreement: Agreement, settings: BusinessSettings, companion: str) -> RouteFacts:
    route = route_named(settings, agreement.route)
    starts = agreement.signed_by_staff_at or agreement.created_at
    return RouteFacts(
        name=route.name,
        distance_km=route.distance_km,
        motorway_km=route.motorway_km,
        speed_limit_kmh=route.speed_limit_kmh,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=route.minutes),
        companion=companion,
    )


def _person(agreement: Agreement, customer: Customer | None, masked_phone: str, licence_number: str) -> PersonFacts:
    until = agreement.licence_valid_until
    words = agreement.verdict_words
    return PersonFacts(
        name=agreement.driver_name or (customer.name if customer else ""),
        phone=masked_phone,
        licence_number=mask_licence_number(licence_number),
        licence_class=agreement.licence_classes,
        licence_until=until.isoformat() if until else ("长期" if agreement.licence_classes else ""),
        first_issued=agreement.licence_first_issue,
        verdict=words[0] if words else "",
        verdict_reasons=words[1:],
    )
