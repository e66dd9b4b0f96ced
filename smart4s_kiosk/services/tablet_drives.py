"""The test drive as the tablet walks through it: which step is next, and every act of a step."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from smart4s_kiosk.domain.agreement_texts import AgreementText
from smart4s_kiosk.domain.agreements import Agreement, AgreementState, ClauseRead, RideKind, Signature
from smart4s_kiosk.domain.consent_texts import ConsentNotice
from smart4s_kiosk.domain.consents import MIN_SECONDS_ON_SCREEN, Consent, ConsentKind
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.ids import AgreementId, CarId, ConsentId, StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.names import mask_name
from smart4s_kiosk.domain.vehicles import mask_plate
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.documents import Previews, QrCodes
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.services.agreement_papers import route_named
from smart4s_kiosk.services.damage_photos import DamagePhotos
from smart4s_kiosk.services.licence_pictures import LicencePictures
from smart4s_kiosk.services.licence_scans import LicenceScans
from smart4s_kiosk.services.licence_sheets import LicenceSheet
from smart4s_kiosk.services.local_day import local_day
from smart4s_kiosk.services.tablet_day import title_of
from smart4s_kiosk.services.tablet_drive_views import car_choice, consents_of, free_first, todays
from smart4s_kiosk.services.tablet_views import (
    ClausePage,
    ClausesToRead,
    DriveChoices,
    DriveSheet,
    DriveStep,
    Judged,
    RouteChoice,
    SealedView,
    TodaysDrive,
)
from smart4s_kiosk.services.test_drives import TestDrives

STEPS = {
    AgreementState.VERIFIED: DriveStep.READ,
    AgreementState.READ: DriveStep.SIGN_CUSTOMER,
    AgreementState.SIGNED_BY_CUSTOMER: DriveStep.SIGN_STAFF,
    AgreementState.SIGNED_BY_STAFF: DriveStep.SEAL,
    AgreementState.SEALED: DriveStep.KEY,
    AgreementState.KEY_OUT: DriveStep.DRIVING,
    AgreementState.RETURNED: DriveStep.RETURNED,
    AgreementState.CLOSED: DriveStep.OVER,
    AgreementState.VOID: DriveStep.OVER,
}
FEEDBACK_QUESTIONS = ("drive", "comfort", "wish")
"""Three taps after the drive: how it drove, how it felt inside, whether the car is still wanted."""


class ConsentTooFast(RuleBroken):
    """The notice was not on the screen long enough."""

    code = "test_drive.consent_too_fast"


@dataclass(frozen=True, slots=True)
class TabletDriveParts:
    """What the walk needs."""

    storage: Storage
    clock: Clock
    ids: Ids
    drives: TestDrives
    scans: LicenceScans
    notice: ConsentNotice
    notice_kept: ConsentNotice
    """The same where the store keeps the pictures for 30 days."""
    pictures: LicencePictures
    text: Callable[[str], AgreementText]
    previews: Previews
    codes: QrCodes
    terminal_id: TerminalId
    photos: DamagePhotos


class TabletDrives:
    """Acts answer with the sheet after them, so that the page that follows is always the service's choice."""

    def __init__(self, parts: TabletDriveParts) -> None:
        self._p = parts

    # beginning

    def choices(self, visit_id: VisitId) -> DriveChoices:
        """Cars with their keys, routes, and a new id for the agreement."""
        with self._p.storage.look() as view:
            visit = view.visits.get(visit_id)
            settings = view.settings.current()
            cars = sorted((car_choice(view, c) for c in view.vehicles.all() if c.is_active), key=free_first)
            return DriveChoices(
                agreement_id=AgreementId(self._p.ids.new()),
                visit_id=visit_id,
                name=visit.display_name,
                title=title_of(view, visit),
                cars=tuple(cars),
                routes=tuple(RouteChoice(r.name, r.distance_km, r.motorway_km, r.minutes) for r in settings.routes),
            )

    def begin(
        self, choices: DriveChoices, *, car_id: CarId, route: str, kind: RideKind, by: StaffId, language: str = "zh_CN"
    ) -> DriveSheet:
        """Reserve the key; a passenger with a known name goes straight to reading. Raises NoKeyForCar."""
        agreement = self._p.drives.offer(
            agreement_id=choices.agreement_id,
            visit_id=choices.visit_id,
            car_id=car_id,
            kind=kind,
            by=by,
            route=route,
            language=language,
        )
        name = self._known_name(agreement)
        if kind is RideKind.PASSENGER and name and agreement.state is AgreementState.DRAFT:
            self._p.drives.as_passenger(agreement.id, name=name)
        return self.sheet(agreement.id)

    def sheet(self, agreement_id: AgreementId) -> DriveSheet:
        """The drive now, and the page it is at: also after a crash."""
        with self._p.storage.look() as view:
            return self._sheet(view, view.agreements.get(agreement_id))

    def todays(self, by: StaffId) -> tuple[TodaysDrive, ...]:
        """Today's test drives, open ones first, newest first; with the kept licence pictures that `by` may see."""
        with self._p.storage.look() as view:
            start, end = local_day(self._p.clock.now(), view.settings.current().zone)
            kept = {one.agreement_id: one for one in self._p.pictures.kept_for(view, by)}
            found = [replace(todays(view, a), kept=kept.get(a.id)) for a in view.agreements.between(start, end)]
        return tuple(sorted(found, key=lambda d: (not d.is_open, -d.at.timestamp())))

    # licence

    def notice(self, sheet: DriveSheet) -> ConsentNotice:
        """What the customer is asked before the camera opens: it says how long the pictures live."""
        return self._p.notice_kept if sheet.keeps_pictures else self._p.notice

    def answer_consent(
        self,
        agreement_id: AgreementId,
        *,
        agrees: bool,
        shown_s: float,
        language: str,
        notice: ConsentNotice | None = None,
    ) -> DriveSheet:
        """The customer's answer to the notice shown; 不同意 ends on typing, with the same drive."""
        shown = notice or self._p.notice
        if shown_s < MIN_SECONDS_ON_SCREEN:
            raise ConsentTooFast(seconds=MIN_SECONDS_ON_SCREEN)
        agreement = self._p.drives.get(agreement_id)
        self._p.drives.record_consent(
            agreement_id,
            Consent(
                id=ConsentId(self._p.ids.new()),
                kind=ConsentKind.LICENCE_READING,
                is_given=agrees,
                text_version=str(shown.version),
                text_hash=shown.digest(),
                at=self._p.clock.now(),
                terminal_id=self._p.terminal_id,
                surface="tablet",
                visit_id=agreement.visit_id,
                customer_id=agreement.customer_id,
                seconds_on_screen=int(shown_s),
                language=language,
            ),
        )
        self._p.drives.speak(agreement_id, language)
        self._p.scans.begin(agreement_id)
        if not agrees:
            self._p.scans.type_by_hand(agreement_id)
            self._p.drives.scanned(agreement_id)
        return self.sheet(agreement_id)

    def licence_was_read(self, agreement_id: AgreementId) -> DriveSheet:
        """Something lies there to check: read from pictures, or to be typed."""
        self._p.drives.scanned(agreement_id)
        return self.sheet(agreement_id)

    def speak(self, agreement_id: AgreementId, language: str) -> DriveSheet:
        """The customer's language: kept with the draft, so that a lock, another person or a crash changes nothing."""
        self._p.drives.speak(agreement_id, language)
        return self.sheet(agreement_id)

    def licence(self, agreement_id: AgreementId) -> LicenceSheet:
        """The checking page; after a restart of a declined reading the typing begins anew. Raises NoScan."""
        if not self._p.scans.has_sheet(agreement_id) and self.sheet(agreement_id).was_declined:
            return self._p.scans.type_by_hand(agreement_id)
        return self._p.scans.sheet(agreement_id)

    def judge(self, agreement_id: AgreementId, declaration: Declaration | None) -> Judged:
        """The decision on what is there now; not final while a field is open or the declaration is not made."""
        sheet = self._p.scans.sheet(agreement_id)
        checked = self._p.scans.checked(agreement_id, declaration, is_final=False)
        decision = self._p.drives.judge(agreement_id, checked)
        return Judged(
            decision,
            is_final=sheet.is_complete and declaration is not None,
            may_drive=decision.outcome in {Outcome.ALLOW, Outcome.ACCOMPANIED},
            licence=checked.licence,
            gearbox=self.sheet(agreement_id).gearbox,
            companion_first_issue=checked.companion_first_issue,
        )

    def confirm_licence(
        self,
        agreement_id: AgreementId,
        declaration: Declaration,
        *,
        verdict_words: tuple[str, ...],
        is_companion: bool = False,
    ) -> DriveSheet:
        """Fields compared, declaration made: kept, and the pictures are gone.

        `is_companion`: the driver is not the guest but came with them. Raises FieldsStillOpen, DriveRefused,
        NameDiffers.
        """
        checked = replace(self._p.scans.checked(agreement_id, declaration), is_companion_of_guest=is_companion)
        self._p.drives.scanned(agreement_id)
        self._p.drives.verify(agreement_id, checked, verdict_words=verdict_words)
        self._p.pictures.keep(agreement_id, self._p.scans.pictures(agreement_id))
        self._p.scans.forget(agreement_id)
        return self.sheet(agreement_id)

    def ride_along(self, agreement_id: AgreementId, *, name: str = "") -> DriveSheet:
        """改为试乘: the customer is driven; a name is asked only when none is known."""
        agreement = self._p.drives.get(agreement_id)
        known = name.strip() or self._known_name(agreement)
        if known:
            self._p.drives.as_passenger(agreement_id, name=known)
            self._p.scans.forget(agreement_id)
            return self.sheet(agreement_id)
        with self._p.storage.look() as view:
            return replace(self._sheet(view, agreement), step=DriveStep.NAME)

    # reading and signing

    def clauses(self, agreement_id: AgreementId, language: str) -> ClausesToRead:
        """The text in force, in the customer's language."""
        kind = self._p.drives.get(agreement_id).kind
        text = self._p.text(language)
        whole = [f"**{c.title}**\n" + "\n".join(c.paragraphs) for c in text.clauses_for(kind)]
        whole += [d.words for d in text.declarations_for(kind)]
        return ClausesToRead(
            version=text.version,
            language=language,
            title=text.title(kind),
            important=tuple(
                ClausePage(c.code, c.title, c.paragraphs, c.basis, c.least_seconds) for c in text.important(kind)
            ),
            whole=tuple(whole),
        )

    def finish_reading(self, agreement_id: AgreementId, read: tuple[ClauseRead, ...], language: str) -> DriveSheet:
        """Every important clause was on the screen. Raises ClausesNotRead."""
        self._p.drives.finish_reading(agreement_id, read, language=language)
        return self.sheet(agreement_id)

    def sign(self, agreement_id: AgreementId, signature: Signature) -> DriveSheet:
        """The customer's signature, then the consultant's. Raises SignatureTooShort."""
        if self._p.drives.get(agreement_id).state is AgreementState.READ:
            self._p.drives.sign_as_customer(agreement_id, signature)
        else:
            self._p.drives.sign_as_staff(agreement_id, signature)
        return self.sheet(agreement_id)

    def seal(self, agreement_id: AgreementId, language: str) -> DriveSheet:
        """Draw, seal, store; a failure leaves both signatures and gives no key. Sealing twice is sealing once."""
        if self._p.drives.get(agreement_id).state is AgreementState.SIGNED_BY_STAFF:
            self._p.drives.seal(agreement_id, language=language)
        return self.sheet(agreement_id)

    def sealed_view(self, agreement_id: AgreementId, width_px: int) -> SealedView:
        """The sealed paper as pictures, and its facts as a code."""
        agreement = self._p.drives.get(agreement_id)
        with self._p.storage.look() as view:
            settings = view.settings.current()
        pdf = self._p.drives.pdf(agreement_id)
        digest = hashlib.sha256(pdf).hexdigest()
        facts = "\n".join(
            part
            for part in (
                settings.store_name,
                agreement.number,
                f"PDF SHA-256 {digest}",
                f"SEAL {agreement.seal_hash[:32]}",
                settings.domain,
            )
            if part
        )
        rows = self._p.codes.matrix(facts).rows
        matrix = tuple("".join("1" if dark else "0" for dark in row) for row in rows)
        return SealedView(self._p.previews.pages(pdf, width_px), matrix)

    # key, return, end

    def hand_out_key(self, agreement_id: AgreementId, *, by: StaffId) -> DriveSheet:
        """The key leaves the cabinet. Only under a sealed agreement."""
        self._p.drives.hand_out_key(agreement_id, by=by)
        return self.sheet(agreement_id)

    @property
    def photos(self) -> DamagePhotos:
        """Pictures of damage."""
        return self._p.photos

    def take_back(
        self, agreement_id: AgreementId, *, mileage_km: int, damage: str, photos: tuple[bytes, ...] = ()
    ) -> DriveSheet:
        """Car and key are back. Raises MileageWentBack."""
        self._p.drives.take_back(agreement_id, mileage_km=mileage_km, damage=damage, photos=photos)
        return self.sheet(agreement_id)

    def close(self, agreement_id: AgreementId, answers: tuple[int, ...] = ()) -> DriveSheet:
        """Three taps of feedback (1 to 5 each) or none, and the drive is over."""
        agreement = self._p.drives.get(agreement_id)
        now = self._p.clock.now()
        if answers:
            pairs = zip(FEEDBACK_QUESTIONS, answers, strict=True)
            note = "test_drive " + " ".join(f"{question}={answer}" for question, answer in pairs)
            with self._p.storage.begin() as work:
                key = f"drive-feedback:{agreement_id}"
                if work.receipts.find(key) is None:
                    work.feedback.add(Feedback(agreement.visit_id, None, now, note=note))
                    work.receipts.keep(key, agreement_id, now)
                    work.announce("feedback", agreement.visit_id)
        self._p.drives.close(agreement_id)
        return self.sheet(agreement_id)

    def give_up(self, agreement_id: AgreementId, *, reason: str) -> DriveSheet:
        """不签, refused or changed their mind: void with the reason, the key is free, the pictures are gone."""
        self._p.drives.void(agreement_id, reason=reason)
        self._p.scans.forget(agreement_id)
        self._p.pictures.forget(agreement_id)
        return self.sheet(agreement_id)

    # inside

    def _known_name(self, agreement: Agreement) -> str:
        with self._p.storage.look() as view:
            customer = view.customers.get(agreement.customer_id) if agreement.customer_id else None
        return customer.name if customer else ""

    def _sheet(self, view: UnitOfWork, agreement: Agreement) -> DriveSheet:
        settings = view.settings.current()
        visit = view.visits.get(agreement.visit_id)
        car = view.vehicles.get(agreement.car_id)
        member = view.staff.get(agreement.consultant_id)
        route = route_named(settings, agreement.route)
        own = next((k for k in view.keys.of_car(agreement.car_id) if k.agreement_id == agreement.id), None)
        read = agreement.clauses_read
        consents = consents_of(view, agreement)
        return DriveSheet(
            agreement_id=agreement.id,
            visit_id=agreement.visit_id,
            number=agreement.number,
            state=agreement.state,
            step=self._step(agreement, consents),
            kind=agreement.kind,
            name=visit.display_name or mask_name(agreement.driver_name),
            title=title_of(view, visit),
            driver_name=agreement.driver_name,
            consultant=member.name,
            badge=member.badge,
            model=car.model,
            plate=mask_plate(car.plate),
            gearbox=car.gearbox,
            key_label=own.label if own else "",
            route=RouteChoice(route.name, route.distance_km, route.motorway_km, route.minutes),
            created_at=agreement.created_at,
            starts_at=agreement.signed_by_staff_at or self._p.clock.now(),
            insured_until=car.insured_until,
            mileage_out_km=agreement.mileage_out_km or car.mileage_km,
            mileage_in_km=agreement.mileage_in_km,
            due_at=agreement.due_at,
            clauses=len(read),
            reading_s=round(sum((c.acknowledged_at - c.shown_at).total_seconds() for c in read)),
            seal_hash=agreement.seal_hash,
            void_reason=agreement.void_reason,
            language=agreement.language,
            was_declined=bool(consents) and not consents[-1].is_given,
            keeps_pictures=settings.keep_licence_pictures,
        )

    def _step(self, agreement: Agreement, consents: list[Consent]) -> DriveStep:
        if agreement.state in STEPS:
            return STEPS[agreement.state]
        if agreement.kind is RideKind.PASSENGER:
            return DriveStep.NAME
        if self._p.scans.has_sheet(agreement.id):
            return DriveStep.CHECK
        if not consents:
            return DriveStep.CONSENT
        return DriveStep.CAPTURE if consents[-1].is_given else DriveStep.CHECK
