"""One kiosk's check-in: what each tap of a guest does, and which screen comes next."""

from datetime import timedelta

from smart4s_kiosk.domain.appointments import CODE_LENGTH, Appointment, code_in
from smart4s_kiosk.domain.consent_texts import ConsentNotice
from smart4s_kiosk.domain.consents import SHOWN_FIRST, Consent, ConsentKind
from smart4s_kiosk.domain.customers import TAIL_DIGITS, Customer, clean_phone
from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.domain.faces import FaceNotUnder14
from smart4s_kiosk.domain.ids import ConsentId, TerminalId, VisitId
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vault import Fingerprints
from smart4s_kiosk.services import expected_guests
from smart4s_kiosk.services.check_in_choices import PhoneReason, Presence, ThanksKind, Way
from smart4s_kiosk.services.check_in_sessions import Session, Sessions, WrongTries
from smart4s_kiosk.services.check_in_views import (
    AskConsent,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    ConfirmGuest,
    ConsentText,
    EnterCode,
    EnterPhone,
    EnterSurname,
    FacePreview,
    Guest,
    GuideFace,
    Screen,
    Thanks,
)
from smart4s_kiosk.services.code_camera import CodeCamera
from smart4s_kiosk.services.consultant_cards import Photo, cards_of_today
from smart4s_kiosk.services.consultant_choice import HOME_LANGUAGE, ConsultantChoice
from smart4s_kiosk.services.customers import Customers, NewCustomer
from smart4s_kiosk.services.face_check import FaceCheck
from smart4s_kiosk.services.visits import Arrival, Visits

DAY = timedelta(days=1)


class ConsentTooQuick(RuleBroken):
    """The text has to stand on the screen for some seconds before it can be answered."""

    code = "consent.too_quick"


class GuestsOwnCheckIn:
    """The first half of a check-in: from the welcome page to a chosen consultant."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        terminal_id: TerminalId,
        place: str,
        visits: Visits,
        customers: Customers,
        fingerprints: Fingerprints,
        faces: FaceCheck | None,
        codes: CodeCamera | None = None,
        notice: ConsentNotice,
        photo: Photo,
        sessions: Sessions,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._terminal_id = terminal_id
        self._place = place
        self._visits = visits
        self._customers = customers
        self._fingerprints = fingerprints
        self._faces = faces
        self._codes = codes
        self._notice = notice
        self._photo = photo
        self._sessions = sessions
        self._tries = WrongTries()

    def begin(self) -> ChooseWay:
        """A guest touched the welcome page: a new id, nothing stored yet."""
        return self._ways(VisitId(self._ids.new()))

    def choose_way(self, visit_id: VisitId, way: Way) -> Screen:
        """The guest's own choice among equal ways."""
        self._sessions.change(visit_id, way=way)
        if way is Way.FACE:
            if self._faces is None or not self._faces.is_available():
                return self._ways(visit_id)  # lost since the page was shown: the others stay, and it says so
            return self._consent_page(visit_id)
        self._visits.begin(visit_id=visit_id, place=self._place)
        if way is Way.PHONE:
            return EnterPhone(visit_id, locked_minutes=self._tries.minutes_locked(self._clock.now()))
        if way is Way.CODE:
            return self._code_page(visit_id)
        self._visits.identify(visit_id, Arrival(IdentifiedBy.ANONYMOUS))
        return self._purposes(visit_id, Guest())

    def answer_consent(
        self, visit_id: VisitId, *, agrees: bool, is_14: bool, version: int, shown_s: float, language: str = SHOWN_FIRST
    ) -> Screen:
        """Yes or no to the face notice; either is evidence and is kept. A no is asked about only once a visit."""
        page = self._consent_page(visit_id)
        if shown_s < page.least_seconds or version != page.version:
            raise ConsentTooQuick(seconds=page.least_seconds)
        if agrees and not is_14:
            raise FaceNotUnder14
        now = self._clock.now()
        consent = Consent(
            id=ConsentId(self._ids.new()),
            kind=ConsentKind.FACE,
            is_given=agrees,
            text_version=str(self._notice.version),
            text_hash=self._notice.digest(),
            at=now,
            terminal_id=self._terminal_id,
            surface="kiosk",
            visit_id=visit_id,
            seconds_on_screen=int(shown_s),
            language=language,
            expires_at=now + DAY,
        )
        self._visits.begin(visit_id=visit_id, place=self._place)
        with self._storage.begin() as work:
            work.consents.add(consent)
        if not agrees or self._faces is None:
            self._sessions.change(visit_id, has_declined_face=True)
            return self._ways(visit_id)
        self._sessions.change(visit_id, consent_id=consent.id)
        self._faces.start(visit_id, consent.id)
        return GuideFace(visit_id)

    def face_preview(self) -> FacePreview | None:
        """The newest picture for the page."""
        return self._faces.preview() if self._faces else None

    def finish_face(self, visit_id: VisitId) -> Screen:
        """The look has ended: ask "is this you?", or go on by phone without a word of blame."""
        if self._faces is None:
            raise Unavailable("camera")
        answer = self._faces.finish(visit_id)
        if answer.person_id is None or not answer.is_sure:
            return EnterPhone(visit_id, reason=PhoneReason.FACE_UNSURE)
        with self._storage.look() as view:
            customer = view.customers.by_person(answer.person_id)
        if customer is None:
            return EnterPhone(visit_id, reason=PhoneReason.FACE_UNSURE)
        self._sessions.change(
            visit_id, candidate_id=customer.id, identified_by=IdentifiedBy.FACE, percent=answer.percent
        )
        return self._confirm(visit_id, customer, percent=answer.percent)

    def stop_face(self, visit_id: VisitId) -> Screen:
        """Another way after all: the camera goes off."""
        if self._faces is not None:
            self._faces.stop(visit_id)
        return self._ways(visit_id)

    def confirm_guest(self, visit_id: VisitId, *, is_me: bool) -> Screen:
        """The guest's tap makes it true; "not me" leads to the phone, and the shown name is forgotten."""
        session = self._sessions.of(visit_id)
        if not is_me or (session.candidate_id is None and session.appointment_id is None):
            self._sessions.change(visit_id, candidate_id=None, appointment_id=None, identified_by=None)
            return EnterPhone(visit_id, reason=PhoneReason.NOT_ME)
        self._sessions.change(visit_id, confirmed_id=session.candidate_id)
        self._tries.right()
        if session.identified_by is IdentifiedBy.FACE and self._faces is not None and session.candidate_id is not None:
            self._faces.confirm(self._customers.get(session.candidate_id).person_id)
        return self._arrive(visit_id, session)

    def enter_phone(self, visit_id: VisitId, digits: str) -> Screen:
        """Four digits or eleven. The answer looks the same whether the number is known or not."""
        now = self._clock.now()
        locked = self._tries.minutes_locked(now)
        if locked:
            return EnterPhone(visit_id, locked_minutes=locked)
        if len(digits) != TAIL_DIGITS:
            digits = clean_phone(digits)
        self._sessions.change(visit_id, digits=digits)
        return EnterSurname(visit_id)

    def enter_surname(self, visit_id: VisitId, typed: str, title: Title) -> Screen:
        """Surname beside the number: a match is asked about, an unknown whole number is a new guest."""
        digits = self._sessions.of(visit_id).digits
        is_whole = len(digits) > TAIL_DIGITS
        found = self._customers.by_phone(digits) if is_whole else self._customers.by_tail(digits)
        matches = [c for c in found if expected_guests.same_surname(c.name, typed)]
        if len(matches) == 1:
            self._sessions.change(visit_id, candidate_id=matches[0].id, identified_by=IdentifiedBy.PHONE)
            return self._confirm(visit_id, matches[0])
        with self._storage.look() as view:
            expected = expected_guests.by_phone(view, digits, typed, self._fingerprints, self._clock.now())
        if expected is not None:
            return self._expect(visit_id, expected, IdentifiedBy.PHONE)
        if is_whole and not matches:
            return self._welcome_new(visit_id, typed.strip(), title, digits)
        return self._no_match(visit_id)

    def enter_code(self, visit_id: VisitId, code: str) -> Screen:
        """An appointment code of today."""
        if self._tries.minutes_locked(self._clock.now()):
            return self._code_page(visit_id, was_unknown=True)
        with self._storage.look() as view:
            appointment = expected_guests.by_code(view, code, self._clock.now())
        if appointment is None:
            self._count_wrong_try(visit_id)
            return self._code_page(visit_id, was_unknown=True)
        return self._expect(visit_id, appointment, IdentifiedBy.CODE)

    def look_for_code(self, visit_id: VisitId) -> Screen | None:
        """A code held to the camera counts like a typed one, once however long it is held there; None without one."""
        code = code_in(self._codes.look() or "") if self._codes is not None else ""
        if not code or code == self._sessions.of(visit_id).shown_code:
            return None
        self._sessions.change(visit_id, shown_code=code)
        return self.enter_code(visit_id, code)

    def choose_purpose(
        self, visit_id: VisitId, purpose: Purpose, *, people: int, language: str = HOME_LANGUAGE
    ) -> Screen:
        """Why they came; an anonymous guest who wants to look is left alone."""
        visit = self._visits.state_purpose(visit_id, purpose, party_size=people, language=language)
        if visit.identified_by is IdentifiedBy.ANONYMOUS and visit.purpose is Purpose.LOOK:
            return self.look_around(visit_id)
        return self.change_consultant(visit_id)

    def change_consultant(self, visit_id: VisitId) -> Screen:
        """The list of consultants, own one first."""
        now = self._clock.now()
        with self._storage.look() as view:
            visit = view.visits.get(visit_id)
            customer = view.customers.get(visit.customer_id) if visit.customer_id else None
            appointment = view.appointments.get(visit.appointment_id) if visit.appointment_id else None
            own_id = (appointment.consultant_id if appointment else None) or (
                customer.consultant_id if customer else None
            )
            own, others = cards_of_today(view, own_id, now, self._photo)
            is_full = all(card.presence is not Presence.FREE for card in (*others, *((own,) if own else ())))
            minutes = ConsultantChoice().queue_minutes(view, visit, now) if is_full else None
        guest = _guest(customer) if customer else Guest(masked_name=visit.display_name)
        purpose = visit.purpose or Purpose.LOOK
        return ChooseConsultant(visit_id, guest, purpose, own, others, queue_minutes=minutes)

    def look_around(self, visit_id: VisitId) -> Screen:
        """The guest goes and looks; the visit stays on the board."""
        visit = self._visits.look_around(visit_id)
        return Thanks(visit_id, ThanksKind.LOOKING_AROUND, visit_code=visit.label)

    def _code_page(self, visit_id: VisitId, *, was_unknown: bool = False) -> EnterCode:
        has_camera = self._codes is not None and self._codes.is_available()
        return EnterCode(visit_id, camera_is_on=has_camera, was_unknown=was_unknown, length=CODE_LENGTH)

    def _ways(self, visit_id: VisitId) -> ChooseWay:
        with self._storage.look() as view:
            wanted = view.settings.current().face_enabled
        declined = self._sessions.of(visit_id).has_declined_face
        has_camera = self._faces is not None and self._faces.is_available()
        ways = tuple(w for w in Way if w is not Way.FACE or (wanted and has_camera and not declined))
        return ChooseWay(visit_id, ways, face_is_away=wanted and not has_camera)

    def _consent_page(self, visit_id: VisitId) -> AskConsent:
        texts = tuple(ConsentText(w.language, w.rows, w.full_text) for w in self._notice.words)
        return AskConsent(visit_id, self._notice.version, self._notice.dated, self._notice.digest()[:8], texts)

    def _purposes(self, visit_id: VisitId, guest: Guest, expected: Purpose | None = None) -> ChoosePurpose:
        return ChoosePurpose(visit_id, guest, tuple(Purpose), expected=expected)

    def _confirm(self, visit_id: VisitId, customer: Customer, percent: int | None = None) -> ConfirmGuest:
        with self._storage.look() as view:
            zone = view.settings.current().zone
            own = view.staff.get(customer.consultant_id).name if customer.consultant_id else ""
        last = customer.last_visit_at.astimezone(zone).date() if customer.last_visit_at else None
        return ConfirmGuest(
            visit_id, _guest(customer), last, own, likeness_percent=percent, by_face=percent is not None
        )

    def _expect(self, visit_id: VisitId, appointment: Appointment, by: IdentifiedBy) -> Screen:
        candidate = appointment.customer_id
        self._sessions.change(visit_id, candidate_id=candidate, appointment_id=appointment.id, identified_by=by)
        with self._storage.look() as view:
            inviting = view.staff.get(appointment.consultant_id).name if appointment.consultant_id else ""
        guest = Guest(mask_name(appointment.name), appointment.title)
        return ConfirmGuest(visit_id, guest, last_consultant=inviting, by_face=False)

    def _arrive(self, visit_id: VisitId, session: Session) -> Screen:
        with self._storage.look() as view:
            appointment = view.appointments.get(session.appointment_id) if session.appointment_id else None
            customer = view.customers.get(session.candidate_id) if session.candidate_id else None
            if appointment is None and customer is not None:
                appointment = expected_guests.of_customer(view, customer, self._clock.now())
        name, title = ("", Title.NONE)
        if customer is not None:
            name, title = customer.name, customer.title
        elif appointment is not None:
            name, title = appointment.name, appointment.title
        arrival = Arrival(
            session.identified_by or IdentifiedBy.PHONE,
            customer_id=session.candidate_id,
            display_name=mask_name(name),
            appointment_id=appointment.id if appointment else None,
        )
        self._visits.identify(visit_id, arrival)
        guest = Guest(mask_name(name), title)
        return self._purposes(visit_id, guest, appointment.purpose if appointment else None)

    def _welcome_new(self, visit_id: VisitId, name: str, title: Title, phone: str) -> Screen:
        new = NewCustomer(name=name, title=title, phone=phone, source="kiosk")
        customer = self._customers.register(new)
        session = self._sessions.change(
            visit_id, candidate_id=customer.id, confirmed_id=customer.id, identified_by=IdentifiedBy.PHONE
        )
        return self._arrive(visit_id, session)

    def _no_match(self, visit_id: VisitId) -> EnterPhone:
        self._count_wrong_try(visit_id)
        minutes = self._tries.minutes_locked(self._clock.now())
        return EnterPhone(visit_id, reason=PhoneReason.NO_MATCH, locked_minutes=minutes)

    def _count_wrong_try(self, visit_id: VisitId) -> None:
        if self._tries.wrong(self._clock.now()):
            with self._storage.begin() as work:
                work.audit.append(
                    at=self._clock.now(),
                    act="kiosk.path_locked",
                    subject_id=visit_id,
                    staff_id=None,
                    terminal_id=self._terminal_id,
                )
                work.announce("alarms", visit_id)


def _guest(customer: Customer) -> Guest:
    return Guest(mask_name(customer.name), customer.title)
