"""The second half of a check-in: asking a consultant, waiting, feedback, own data. With the first half: the kiosk."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.consents import SHOWN_FIRST
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.errors import NotAllowed, NotFound
from smart4s_kiosk.domain.events import SurveyScored
from smart4s_kiosk.domain.faces import TEMPLATE_LIFE
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.staff import NotOnDuty, Permission
from smart4s_kiosk.domain.visits import (
    WITH_CONSULTANT,
    Alarm,
    IdentifiedBy,
    Purpose,
    Visit,
    VisitAct,
    VisitState,
    apply,
)
from smart4s_kiosk.ports.documents import Slips, TicketPaper
from smart4s_kiosk.ports.storage import UnitOfWork
from smart4s_kiosk.services.agreement_papers import store_face
from smart4s_kiosk.services.check_in import GuestsOwnCheckIn
from smart4s_kiosk.services.check_in_choices import Praise, ThanksKind
from smart4s_kiosk.services.check_in_sessions import Session
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskFeedback,
    ChooseConsultant,
    ChooseWay,
    FaceKept,
    Guest,
    GuideFace,
    MyData,
    QuoteShown,
    Screen,
    Shop,
    Thanks,
    Waiting,
)
from smart4s_kiosk.services.consultant_cards import card_of
from smart4s_kiosk.services.consultant_choice import ConsultantChoice
from smart4s_kiosk.services.drinks import Drinks, drink_awaited
from smart4s_kiosk.services.face_keeping import FaceKeeping
from smart4s_kiosk.services.printing import Printing
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.waiting_views import waiting_view


class NotYourData(NotAllowed):
    """Only the guest who has just confirmed who they are sees what is kept about them."""

    code = "privacy.not_yours"


class NoQuoteYet(NotFound):
    """No quote of this visit is published yet."""

    code = "quote.none_yet"


class ShownQuotes(Protocol):
    """Published quotes as the customer's side shows them."""

    def newest_of(self, visit_id: VisitId) -> QuoteShown | None: ...


@dataclass(frozen=True, slots=True)
class KioskParts:
    """What the second half needs besides the first."""

    staff: Staff
    privacy: Privacy
    quotes: ShownQuotes
    is_online: Callable[[], bool]
    keeping: FaceKeeping
    slips: Slips
    printing: Printing
    drinks: Drinks
    choice: ConsultantChoice = field(default_factory=ConsultantChoice)
    is_demo: bool = False


class KioskGuests(GuestsOwnCheckIn):
    """All acts of a guest at one kiosk: implements `check_in_acts.CheckIn`."""

    def __init__(self, *, parts: KioskParts, **first_half: Any) -> None:
        super().__init__(**first_half)
        self._parts = parts

    def shop(self) -> Shop:
        """The showroom now: name, hours, whether the cloud is reachable."""
        now = self._clock.now()
        with self._storage.look() as view:
            settings = view.settings.current()
        local = now.astimezone(settings.zone)
        hours = settings.opening[local.weekday()]
        return Shop(
            brand=settings.brand_name,
            store=settings.store_name,
            is_open=settings.is_open(now),
            opens=hours.opens if hours else None,
            closes=hours.closes if hours else None,
            next_open_day=_next_open_day(settings, now),
            is_online=self._parts.is_online(),
            is_demo=self._parts.is_demo,
            zone=settings.time_zone,
            prints_slips=self._parts.printing.has_slips,
        )

    def choose_consultant(self, visit_id: VisitId, staff_id: StaffId | None) -> Screen:
        """Ask one consultant; None asks whoever is next in line. Who has just gone off duty: the list as it is now.

        Whoever has accepted while the guest looked at the list is coming: nobody else is asked.
        """
        if self._visits.get(visit_id).state in WITH_CONSULTANT:
            return self.progress(visit_id)
        try:
            self._visits.ask(visit_id, staff_id)
        except NotOnDuty:
            return self.change_consultant(visit_id)
        session = self._sessions.of(visit_id)
        by_hand = session.identified_by in {IdentifiedBy.PHONE, IdentifiedBy.CODE}
        if session.confirmed_id is None or session.was_asked_to_keep or session.has_declined_face or not by_hand:
            return self.progress(visit_id)
        if not self._parts.keeping.may_ask(session.confirmed_id):
            return self.progress(visit_id)
        self._sessions.change(visit_id, was_asked_to_keep=True)
        return self._parts.keeping.page(visit_id)

    # keeping the face for the next time

    def answer_consent(
        self, visit_id: VisitId, *, agrees: bool, is_14: bool, version: int, shown_s: float, language: str = SHOWN_FIRST
    ) -> Screen:
        """The answer to the notice on the screen: to look once, or to keep."""
        session = self._sessions.of(visit_id)
        if not session.was_asked_to_keep or session.confirmed_id is None:
            return super().answer_consent(
                visit_id, agrees=agrees, is_14=is_14, version=version, shown_s=shown_s, language=language
            )
        keeping_id = self._parts.keeping.answer(
            visit_id,
            session.confirmed_id,
            agrees=agrees,
            is_14=is_14,
            version=version,
            shown_s=shown_s,
            language=language,
        )
        self._sessions.change(visit_id, keeping_id=keeping_id)
        return GuideFace(visit_id, enrols=True) if keeping_id is not None else self.progress(visit_id)

    def finish_face(self, visit_id: VisitId) -> Screen:
        """The look has ended: for a check-in, or for keeping."""
        session = self._sessions.of(visit_id)
        if session.keeping_id is None or session.confirmed_id is None:
            return super().finish_face(visit_id)
        is_kept = self._parts.keeping.finish(visit_id, session.confirmed_id, session.keeping_id)
        self._sessions.change(visit_id, keeping_id=None)
        with self._storage.look() as view:
            zone = view.settings.current().zone
        until = (self._clock.now() + TEMPLATE_LIFE).astimezone(zone).date()
        return FaceKept(visit_id, is_kept, until if is_kept else None)

    def stop_face(self, visit_id: VisitId) -> Screen:
        """Not after all: the camera goes off, and nothing is kept."""
        if self._give_up_keeping(visit_id):
            return self.progress(visit_id)
        return super().stop_face(visit_id)

    def _give_up_keeping(self, visit_id: VisitId) -> bool:
        keeping_id = self._sessions.of(visit_id).keeping_id
        if keeping_id is None:
            return False
        if self._faces is not None:
            self._faces.stop(visit_id)
        self._parts.keeping.give_up(keeping_id)
        self._sessions.change(visit_id, keeping_id=None)
        return True

    def withdraw_face(self, visit_id: VisitId) -> Screen:
        """The kept face goes; everything else stays."""
        customer_id = self._sessions.of(visit_id).confirmed_id
        if customer_id is None:
            raise NotYourData
        self._parts.privacy.withdraw_face(customer_id)
        return self.my_data(visit_id)

    def progress(self, visit_id: VisitId) -> Screen:
        """What the guest sees now."""
        now = self._clock.now()
        with self._storage.look() as view:
            visit = view.visits.get(visit_id)
            while visit.merged_into is not None:
                visit = view.visits.get(visit.merged_into)
            if visit.state is VisitState.LEFT:
                return AskFeedback(visit_id)
            if visit.state is VisitState.CANCELLED:
                return Thanks(visit_id, ThanksKind.LOOKING_AROUND)
            drink = drink_awaited(view, visit.id)
            if visit.state in WITH_CONSULTANT and visit.consultant_id is not None:
                member = view.staff.get(visit.consultant_id)
                card = card_of(member, view.visits.open_visits(), now, self._photo)
                return Accepted(
                    visit_id, card, arrives_minutes=1, seat=visit.place, drink=drink, visit_code=visit.label
                )
            return waiting_view(
                view,
                visit,
                now=now,
                photo=self._photo,
                is_online=self._parts.is_online(),
                drink=drink,
                choice=self._parts.choice,
            )

    def newest(self, view: Screen) -> Screen | None:
        """The same page as it is now; None for a page that does not change by itself."""
        if isinstance(view, ChooseWay):
            return self._ways(view.visit_id)
        if isinstance(view, ChooseConsultant):
            return self.change_consultant(view.visit_id)
        return self.progress(view.visit_id) if isinstance(view, Waiting) else None

    def choose_drink(self, visit_id: VisitId, drink: Drink) -> Screen:
        """Reception hears what to bring."""
        self._parts.drinks.ask(visit_id, drink)
        return self.progress(visit_id)

    def ask_reception(self, visit_id: VisitId) -> Screen:
        """The guest would rather not wait: reception's alarm rings at once."""
        with self._storage.begin() as work:
            self._alarm_reception(work, work.visits.get(visit_id))
        return self.progress(visit_id)

    def print_slip(self, visit_id: VisitId, purpose: Callable[[Purpose], str], language: str) -> Screen:
        """The name is left out: a slip is forgotten on tables."""
        screen = self.progress(visit_id)
        if not isinstance(screen, Waiting):
            return screen  # somebody is coming meanwhile: that page says more than a slip
        with self._storage.look() as view:
            visit, face = view.visits.get(visit_id), store_face(view.settings.current())
        ticket = TicketPaper(
            store=face,
            number=visit.label,
            purpose=purpose(visit.purpose) if visit.purpose is not None else "",
            at=self._clock.now(),
            ahead=None if screen.queue_number is None else screen.queue_number - 1,
            wait_minutes=screen.queue_minutes,
            consultant=screen.person.name if screen.person is not None else "",
            language=language,
        )
        self._parts.printing.print_slip(self._parts.slips.ticket(ticket), subject=f"slip:{visit_id}", title="Slip")
        return replace(screen, slip_printed=True)

    def show_quote(self, visit_id: VisitId) -> Screen:
        """The newest published quote of this visit."""
        shown = self._parts.quotes.newest_of(visit_id)
        if shown is None:
            raise NoQuoteYet
        return shown

    def rate(self, visit_id: VisitId, *, score: int | None, reasons: tuple[Praise, ...], tell_manager: str) -> Screen:
        """A score, a word for the manager, or neither. A second tap answers the same."""
        now = self._clock.now()
        key = f"feedback:{visit_id}"
        with self._storage.begin() as work:
            if (score is not None or tell_manager) and work.receipts.find(key) is None:
                note = ",".join(r.value for r in reasons)
                work.feedback.add(Feedback(visit_id, score, now, bool(tell_manager), tell_manager or note))
                if score is not None:
                    fact = SurveyScored(visit_id, score, bool(tell_manager), now)
                    self._visits.tell(work, fact, visit_id)
                work.receipts.keep(key, visit_id, now)
                work.announce("feedback", visit_id)
                if tell_manager:
                    work.announce("alarms", visit_id)
        return Thanks(visit_id, ThanksKind.FEEDBACK)

    def my_data(self, visit_id: VisitId) -> Screen:
        """What is kept about the guest before the screen."""
        customer_id = self._sessions.of(visit_id).confirmed_id
        if customer_id is None:
            raise NotYourData
        kept = self._parts.privacy.kept_about(customer_id)
        customer = self._customers.get(customer_id)
        guest = Guest(customer.masked_name)
        return MyData(
            visit_id,
            guest,
            kept.face_since,
            kept.visits,
            kept.has_phone,
            kept.agreements,
            kept.quotes,
            kept.agreements_kept_until,
        )

    def forget_me(self, visit_id: VisitId) -> Screen:
        """Erases, and shows the receipt."""
        customer_id = self._sessions.of(visit_id).confirmed_id
        if customer_id is None:
            raise NotYourData
        receipt = self._parts.privacy.forget(customer_id, by=None, reason="kiosk")
        self._sessions.drop(visit_id)
        return Thanks(visit_id, ThanksKind.FORGOTTEN, receipt=receipt.receipt_hash[:16])

    def call_staff(self, visit_id: VisitId) -> None:
        """The bell: reception hears where."""
        with self._storage.begin() as work:
            work.announce("calls", f"{self._place or self._terminal_id}")
        _ = visit_id

    def still_here(self, visit_id: VisitId) -> None:
        """Whoever still touches the page has not walked away, however long it takes."""
        try:
            self._visits.stay(visit_id)
        except NotFound:
            return  # a page before the visit is stored

    def leave(self, visit_id: VisitId) -> None:
        """The page was reset: camera off, memory dropped. A stored visit goes on; time ends an abandoned one."""
        if not self._give_up_keeping(visit_id) and self._faces is not None:
            self._faces.stop(visit_id)
        self._sessions.drop(visit_id)

    def may_exit(self, pin: str) -> None:
        """A PIN of somebody who may leave the kiosk."""
        self._parts.staff.approve(pin, Permission.LEAVE_KIOSK)

    def _arrive(self, visit_id: VisitId, session: Session) -> Screen:
        """A guest who comes back to the kiosk while waiting finds the same visit again, at the same place."""
        before = self._waiting_visit(session)
        if before is None or before.id == visit_id:
            return super()._arrive(visit_id, session)
        self._visits.merge(visit_id, before.id, by=None)
        self._sessions.drop(visit_id)
        self._sessions.change(before.id, confirmed_id=session.candidate_id)
        return self.progress(before.id)

    def _waiting_visit(self, session: Session) -> Visit | None:
        with self._storage.look() as view:
            here = [v for v in view.visits.open_visits() if v.is_waiting or v.state is VisitState.ACCEPTED]
        same = (
            v
            for v in here
            if (session.candidate_id is not None and v.customer_id == session.candidate_id)
            or (session.appointment_id is not None and v.appointment_id == session.appointment_id)
        )
        return next(same, None)

    def _alarm_reception(self, work: UnitOfWork, visit: Visit) -> None:
        if visit.alarm is not Alarm.NONE or visit.waiting_since is None:
            return
        step = replace(visit.next_step(VisitAct.RAISE_ALARM, self._clock.now()), alarm=Alarm.RECEPTION)
        work.visits.put(apply(visit, step), step)
        work.announce("visits", visit.id)
        work.announce("alarms", visit.id)


def _next_open_day(settings: BusinessSettings, now: datetime) -> date | None:
    local = now.astimezone(settings.zone)
    for ahead in range(8):
        day = local.date() + timedelta(days=ahead)
        hours = settings.opening[day.weekday()]
        is_past = ahead == 0 and hours is not None and local.time() >= hours.closes
        if hours is not None and day.isoformat() not in settings.closed_days and not is_past:
            return day
    return None
