"""Customers on the tablet: search by name, number or plate, masked; the whole number for a reason only."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import AgreementId, CustomerId, StaffId, VisitId
from smart4s_kiosk.domain.names import Title, mask_name, mask_phone
from smart4s_kiosk.domain.visits import Outcome, VisitState
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vault import PersonVault
from smart4s_kiosk.services.customers import PHONE, Customers
from smart4s_kiosk.services.licence_pictures import KeptPictures, LicencePictures
from smart4s_kiosk.services.visits import Visits

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One customer of a list: masked."""

    customer_id: CustomerId
    name: str
    title: Title
    phone: str
    """Masked; empty when none is known."""
    visits: int
    last_visit: datetime | None
    consultant: str
    is_mine: bool
    licence_classes: str = ""
    licence_valid_until: date | None = None
    kept: KeptPictures | None = None
    """Pictures of their last licence that lie on this tablet, when whoever asks may see them."""


class TabletGuests:
    """Answers to a guest and the customers' list."""

    def __init__(
        self,
        *,
        storage: Storage,
        visits: Visits,
        customers: Customers,
        vault: PersonVault,
        pictures: LicencePictures,
    ) -> None:
        self._storage = storage
        self._pictures = pictures
        self._visits = visits
        self._customers = customers
        self._vault = vault

    def accept(self, visit_id: VisitId, by: StaffId) -> None:
        """接待. Raises VisitAlreadyAccepted."""
        self._visits.accept(visit_id, by)

    def postpone(self, visit_id: VisitId, by: StaffId, minutes: int) -> None:
        """稍后: the guest keeps their place."""
        self._visits.postpone(visit_id, by, minutes=minutes)

    def pass_on(self, visit_id: VisitId, by: StaffId, to: StaffId | None) -> None:
        """转给同事: one by name, or whoever is next."""
        self._visits.pass_on(visit_id, by, to=to)

    def leave(self, visit_id: VisitId, by: StaffId, outcome: Outcome) -> None:
        """The guest has left."""
        self._visits.close(visit_id, outcome, by=by)

    def stand_beside(self, visit_id: VisitId, by: StaffId) -> None:
        """The consultant is with the guest: the first act for them on the tablet says so."""
        if self._visits.get(visit_id).state is VisitState.ACCEPTED:
            self._visits.serve(visit_id, by)

    def find(self, typed: str, by: StaffId) -> tuple[CustomerLine, ...]:
        """By part of the name, last four digits, whole number or plate; nothing typed: the last ones seen."""
        found = self._customers.search(typed) if typed.strip() else None
        with self._storage.look() as view:
            if found is None:
                found = view.customers.search("", limit=MOST_FOUND)
            kept = {one.customer_id: one for one in self._pictures.kept_for(view, by)}
            return tuple(
                replace(self._line(view, customer, by), kept=kept.get(customer.id))
                for customer in list(found)[:MOST_FOUND]
            )

    def reveal(self, customer_id: CustomerId, by: StaffId, reason: str) -> str:
        """The whole number; written into the audit. Raises ReasonMissing, TooManyReveals."""
        return self._customers.reveal_phone(customer_id, by=by, reason=reason)

    def kept_pictures(self, agreement_id: AgreementId, by: StaffId, reason: str) -> tuple[bytes, ...]:
        """A licence that the store keeps for 30 days; written into the audit.

        Raises ReasonMissing, RoleMayNot, PicturesOfAnothersDrive, NoPicturesKept.
        """
        return self._pictures.show(agreement_id, by=by, reason=reason)

    def remove_pictures(self, agreement_id: AgreementId, by: StaffId) -> None:
        """The customer does not want them kept any longer; written into the audit.

        Raises RoleMayNot, PicturesOfAnothersDrive, NoPicturesKept.
        """
        self._pictures.remove(agreement_id, by=by)

    def _line(self, view: UnitOfWork, customer: Customer, by: StaffId) -> CustomerLine:
        phone = ""
        if customer.phone_sealed:
            phone = mask_phone(self._vault.open(customer.person_id, PHONE, customer.phone_sealed).decode())
        owner = customer.consultant_id
        return CustomerLine(
            customer_id=customer.id,
            name=mask_name(customer.name),
            title=customer.title,
            phone=phone,
            visits=customer.visits,
            last_visit=customer.last_visit_at,
            consultant=view.staff.get(owner).name if owner else "",
            is_mine=owner == by,
            licence_classes=customer.licence_classes,
            licence_valid_until=customer.licence_valid_until,
        )
