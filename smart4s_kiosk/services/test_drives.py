"""A test drive from the chosen car to the key: licence decision, clauses read, two signatures, sealed paper, key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from smart4s_kiosk.domain.agreements import Agreement, AgreementState, ClauseRead, RideKind, Signature
from smart4s_kiosk.domain.consents import Consent, ConsentKind
from smart4s_kiosk.domain.customers import age_band
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.events import DriveEnded, DriveStarted, Fact
from smart4s_kiosk.domain.ids import AgreementId, CarId, MediaHash, MessageId, StaffId, VisitId
from smart4s_kiosk.domain.keys import Key, KeyPlace
from smart4s_kiosk.domain.licence_decisions import Circumstances, Decision, Declaration, DrivenCar, decide
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.licences import Licence
from smart4s_kiosk.domain.names import is_same_name
from smart4s_kiosk.domain.seals import SealKind
from smart4s_kiosk.domain.vehicles import TestCar
from smart4s_kiosk.ports.storage import UnitOfWork
from smart4s_kiosk.services.agreement_papers import route_named, strokes_to_bytes
from smart4s_kiosk.services.clock_trust import ClockTrust
from smart4s_kiosk.services.sealed_papers import LICENCE_NUMBER, DriveParts, SealedPapers, person_of

LATE_AFTER = timedelta(minutes=15)
"""A car this late raises the alarm (product.md)."""


class NoKeyForCar(RuleBroken):
    """No key of this car is in the cabinet."""

    code = "test_drive.no_key"


class DriveRefused(RuleBroken):
    """The licence rules refuse this drive; the reasons say why."""

    code = "test_drive.refused"


class ClausesNotRead(RuleBroken):
    """Important clauses have not been on the screen long enough."""

    code = "test_drive.clauses_not_read"


class MileageWentBack(RuleBroken):
    """The mileage at return is lower than at departure."""

    code = "test_drive.mileage_went_back"


class NameDiffers(RuleBroken):
    """The licence names somebody else than this visit: another driver of the party, or the wrong visit."""

    code = "test_drive.name_differs"


@dataclass(frozen=True, slots=True)
class CheckedLicence:
    """A licence whose fields people confirmed, with all else the decision needs."""

    licence: Licence
    declaration: Declaration | None
    second_staff_id: StaffId | None = None
    """Who confirmed beside the consultant: needed for typed fields and for numbers of another kind."""
    companion_first_issue: date | None = None
    """Of the colleague's licence who drives along: None while nobody needed it."""
    is_companion_of_guest: bool = False
    """Staff says: the driver came with the guest; the guest's own file stays as it is."""


class TestDrives:
    """Use cases of one test drive; each is one transaction, so a crash resumes at the last finished step."""

    def __init__(self, parts: DriveParts) -> None:
        self._p = parts
        self._papers = SealedPapers(parts)
        self._clock_trust = ClockTrust(parts.clock, parts.clock_offset_s)

    def get(self, agreement_id: AgreementId) -> Agreement:
        """The agreement now."""
        with self._p.storage.look() as view:
            return view.agreements.get(agreement_id)

    def of_visit(self, visit_id: VisitId) -> Sequence[Agreement]:
        """Every agreement of a visit, oldest first: several drivers may share one visit."""
        with self._p.storage.look() as view:
            return view.agreements.of_visit(visit_id)

    def offer(
        self,
        *,
        agreement_id: AgreementId,
        visit_id: VisitId,
        car_id: CarId,
        kind: RideKind,
        by: StaffId,
        route: str,
        energy_level: str = "",
        language: str = "zh_CN",
    ) -> Agreement:
        """Choose the car and keep its key. The id comes from the page: a second press finds the same draft."""
        now = self._p.clock.now()
        with self._p.storage.begin() as work:
            if work.receipts.find(f"agreement:{agreement_id}"):
                return work.agreements.get(agreement_id)
            visit = work.visits.get(visit_id)
            work.keys.put(self._free_key(work, car_id).reserve(agreement_id, at=now))
            agreement = Agreement(
                id=agreement_id,
                version=1,
                number=_next_number(work, now),
                kind=kind,
                state=AgreementState.DRAFT,
                visit_id=visit_id,
                car_id=car_id,
                consultant_id=by,
                created_at=now,
                text_version=self._p.text(language).version,
                customer_id=visit.customer_id,
                route=route,
                energy_level=energy_level,
                mileage_out_km=work.vehicles.get(car_id).mileage_km,
                language=language,
            )
            work.agreements.add(agreement)
            work.receipts.keep(f"agreement:{agreement_id}", agreement_id, now)
            self._announce(work, agreement)
            return agreement

    def record_consent(self, agreement_id: AgreementId, consent: Consent) -> None:
        """The customer's own answer to "may we read your licence?"; no ends on the manual path, with the same drive."""
        if consent.kind is not ConsentKind.LICENCE_READING:
            raise DriveRefused(consent=consent.kind)
        with self._p.storage.begin() as work:
            work.agreements.get(agreement_id)
            work.consents.add(consent)

    def scanned(self, agreement_id: AgreementId) -> Agreement:
        """The licence was read (or its fields were typed): something is there to check."""
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            if agreement.state is not AgreementState.DRAFT:
                return agreement
            return self._keep(work, agreement.to(AgreementState.SCANNED))

    def judge(self, agreement_id: AgreementId, checked: CheckedLicence) -> Decision:
        """What the rules say to these fields, this car and this route, today. Changes nothing."""
        with self._p.storage.look() as view:
            agreement = view.agreements.get(agreement_id)
            car = view.vehicles.get(agreement.car_id)
            settings = view.settings.current()
        route = route_named(settings, agreement.route)
        circumstances = Circumstances(
            now=self._p.clock.now(),
            zone=settings.time_zone,
            car=DrivenCar(gearbox=car.gearbox),
            uses_motorway=route.uses_motorway,
            declaration=checked.declaration,
            second_person_confirmed=checked.second_staff_id is not None,
            companion_first_issue=checked.companion_first_issue,
        )
        return decide(checked.licence, circumstances, self._p.rules)

    def verify(
        self, agreement_id: AgreementId, checked: CheckedLicence, *, verdict_words: tuple[str, ...]
    ) -> Agreement:
        """Fields confirmed: the decision is taken again and kept. A refusal changes nothing."""
        decision = self.judge(agreement_id, checked)
        licence = checked.licence
        with self._p.storage.begin() as work:
            self._clock_trust.must_be_right(work)
            agreement = work.agreements.get(agreement_id)
            is_drive = agreement.kind is RideKind.DRIVE
            if is_drive and decision.outcome in {Outcome.PASSENGER_ONLY, Outcome.REFUSE}:
                raise DriveRefused(outcome=decision.outcome, rule=decision.deciding_rule)
            if checked.is_companion_of_guest:
                agreement = replace(agreement, customer_id=None)
            self._remember(work, agreement, licence, decision)
            person = person_of(work, agreement)
            return self._keep(
                work,
                agreement.to(
                    AgreementState.VERIFIED,
                    driver_name=licence.name,
                    licence_sealed=self._p.vault.seal(person, LICENCE_NUMBER, licence.number.encode()),
                    licence_classes="".join(licence.classes),
                    licence_valid_until=licence.valid_to,
                    licence_first_issue=licence.first_issue,
                    decision=decision.outcome.value,
                    verdict_words=verdict_words,
                    second_staff_id=checked.second_staff_id,
                ),
            )

    def as_passenger(self, agreement_id: AgreementId, *, name: str) -> Agreement:
        """试乘: nobody's licence is needed, the customer is driven."""
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            if agreement.state is AgreementState.DRAFT:
                agreement = self._keep(work, agreement.to(AgreementState.SCANNED, kind=RideKind.PASSENGER))
            changes = {"kind": RideKind.PASSENGER, "driver_name": name, "decision": Outcome.PASSENGER_ONLY.value}
            return self._keep(work, agreement.to(AgreementState.VERIFIED, **changes))

    def finish_reading(
        self, agreement_id: AgreementId, clauses: tuple[ClauseRead, ...], *, language: str = "zh_CN"
    ) -> Agreement:
        """Every important clause was on the screen for its least time and acknowledged by itself."""
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            shown = {c.clause: (c.acknowledged_at - c.shown_at).total_seconds() for c in clauses}
            needed = self._p.text(language).important(agreement.kind)
            missing = [c.code for c in needed if shown.get(c.code, 0.0) < c.least_seconds]
            if missing:
                raise ClausesNotRead(clauses=tuple(missing))
            return self._keep(work, agreement.to(AgreementState.READ, clauses_read=clauses))

    def sign_as_customer(self, agreement_id: AgreementId, signature: Signature) -> Agreement:
        """The customer's signature: stored with this agreement alone."""
        signature.must_be_real()
        with self._p.storage.look() as view:
            self._p.papers.must_be_drawable(view.agreements.get(agreement_id).driver_name)
        strokes = self._p.media.put(strokes_to_bytes(signature))
        return self._sign(agreement_id, AgreementState.SIGNED_BY_CUSTOMER, customer_strokes=strokes)

    def sign_as_staff(self, agreement_id: AgreementId, signature: Signature) -> Agreement:
        """The consultant's signature."""
        signature.must_be_real()
        strokes = self._p.media.put(strokes_to_bytes(signature))
        return self._sign(agreement_id, AgreementState.SIGNED_BY_STAFF, staff_strokes=strokes)

    def seal(self, agreement_id: AgreementId, *, language: str = "zh_CN") -> Agreement:
        """Draw, seal, store. Fails as a whole: without a sealed paper there is no key."""
        with self._p.storage.begin() as work:
            self._clock_trust.must_be_right(work)
            return self._keep(work, self._papers.seal(work, work.agreements.get(agreement_id), language))

    def pdf(self, agreement_id: AgreementId) -> bytes:
        """The sealed paper as it was stored; never rebuilt."""
        agreement = self.get(agreement_id)
        return self._p.media.get(agreement.pdf or MediaHash(""))

    def hand_out_key(self, agreement_id: AgreementId, *, by: StaffId) -> Agreement:
        """The key leaves with the consultant: only under a sealed agreement, in the same chain."""
        now = self._p.clock.now()
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            route = route_named(work.settings.current(), agreement.route)
            due = now + timedelta(minutes=route.minutes)
            out = agreement.to(AgreementState.KEY_OUT, key_out_at=now, due_at=due)
            key = next(k for k in work.keys.of_car(agreement.car_id) if k.agreement_id == agreement.id)
            work.keys.put(key.hand_out(by, agreement_id=agreement.id, due_at=due, at=now))
            work.announce("keys", key.id)
            self._papers.chain(work, SealKind.KEY_OUT, agreement, agreement.mileage_out_km)
            self._tell(work, DriveStarted(agreement.id, agreement.visit_id, out.version, now), agreement.visit_id)
            return self._keep(work, out)

    def speak(self, agreement_id: AgreementId, language: str) -> Agreement:
        """The customer's language for text, signature and paper; fixed once the paper is sealed."""
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            if agreement.language == language or agreement.sealed_at is not None:
                return agreement
            return self._keep(work, replace(agreement, language=language, version=agreement.version + 1))

    def take_back(
        self, agreement_id: AgreementId, *, mileage_km: int, damage: str = "", photos: tuple[bytes, ...] = ()
    ) -> Agreement:
        """The car is back: mileage, damage with its pictures, key in the cabinet."""
        now = self._p.clock.now()
        kept = tuple(self._p.media.put(photo) for photo in photos)
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            if mileage_km < (agreement.mileage_out_km or 0):
                raise MileageWentBack(out_km=agreement.mileage_out_km, in_km=mileage_km)
            back = agreement.to(
                AgreementState.RETURNED,
                returned_at=now,
                mileage_in_km=mileage_km,
                damage=damage.strip(),
                damage_photos=kept,
            )
            key = next(k for k in work.keys.of_car(agreement.car_id) if k.agreement_id == agreement.id)
            work.keys.put(key.take_back(at=now))
            work.announce("keys", key.id)
            car = work.vehicles.get(agreement.car_id)
            work.vehicles.put(_driven(car, mileage_km))
            self._papers.chain(work, SealKind.KEY_IN, agreement, mileage_km)
            self._tell(work, DriveEnded(agreement.id, agreement.visit_id, back.version, now), agreement.visit_id)
            return self._keep(work, back)

    def close(self, agreement_id: AgreementId) -> Agreement:
        """Feedback asked, nothing left to do."""
        with self._p.storage.begin() as work:
            return self._keep(work, work.agreements.get(agreement_id).to(AgreementState.CLOSED))

    def void(self, agreement_id: AgreementId, *, reason: str) -> Agreement:
        """Given up before the key was out; the key is free again."""
        with self._p.storage.begin() as work:
            agreement = work.agreements.get(agreement_id)
            void = agreement.void(reason)
            for key in work.keys.of_car(agreement.car_id):
                if key.place is KeyPlace.RESERVED and key.agreement_id == agreement_id:
                    work.keys.put(key.release(at=self._p.clock.now()))
                    work.announce("keys", key.id)
            return self._keep(work, void)

    def _sign(self, agreement_id: AgreementId, state: AgreementState, **strokes: MediaHash) -> Agreement:
        now = self._p.clock.now()
        at = "signed_by_customer_at" if state is AgreementState.SIGNED_BY_CUSTOMER else "signed_by_staff_at"
        with self._p.storage.begin() as work:
            self._clock_trust.must_be_right(work)
            agreement = work.agreements.get(agreement_id)
            return self._keep(work, agreement.to(state, **{at: now}, **strokes))

    def _remember(self, work: UnitOfWork, agreement: Agreement, licence: Licence, decision: Decision) -> None:
        """What was read fills the customer's file, after people confirmed it: an age band, never the birth date."""
        if agreement.customer_id is None:
            return
        customer = work.customers.get(agreement.customer_id)
        if not is_same_name(customer.name, licence.name):
            raise NameDiffers
        after = replace(
            customer,
            version=customer.version + 1,
            name=licence.name or customer.name,
            age_band=age_band(licence.birth, decision.today) if licence.birth else customer.age_band,
            sex=licence.sex or customer.sex,
            licence_classes="".join(licence.classes),
            licence_first_issue=licence.first_issue,
            licence_valid_until=licence.valid_to,
        )
        work.customers.put(after)
        work.announce("customers", customer.id)

    def _free_key(self, work: UnitOfWork, car_id: CarId) -> Key:
        for key in work.keys.of_car(car_id):
            if key.place is KeyPlace.IN:
                return key
        raise NoKeyForCar(car_id=car_id)

    def _tell(self, work: UnitOfWork, fact: Fact, visit_id: VisitId) -> None:
        work.outbox.add(
            fact, message_id=MessageId(self._p.ids.new()), aggregate=f"visit:{visit_id}", at=self._p.clock.now()
        )

    def _keep(self, work: UnitOfWork, agreement: Agreement) -> Agreement:
        work.agreements.put(agreement)
        self._announce(work, agreement)
        return agreement

    def _announce(self, work: UnitOfWork, agreement: Agreement) -> None:
        work.announce("agreements", agreement.id)
        work.announce("keys", agreement.car_id)


def _driven(car: TestCar, mileage_km: int) -> TestCar:
    return replace(car, version=car.version + 1, mileage_km=mileage_km)


def _next_number(work: UnitOfWork, now: datetime) -> str:
    day = now.astimezone(work.settings.current().zone).date()
    return f"D-{day:%Y%m%d}-{work.counters.next('agreement', day):03d}"
