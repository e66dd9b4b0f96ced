"""How cars, drives and their consents become the tablet's views."""

from smart4s_kiosk.domain.agreements import Agreement
from smart4s_kiosk.domain.consents import Consent, ConsentKind
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.names import mask_name
from smart4s_kiosk.domain.vehicles import TestCar, mask_plate
from smart4s_kiosk.ports.storage import UnitOfWork
from smart4s_kiosk.services.tablet_day import OVER, title_of
from smart4s_kiosk.services.tablet_views import CarChoice, TodaysDrive


def consents_of(view: UnitOfWork, agreement: Agreement) -> list[Consent]:
    """Answers to the licence notice that were given for this drive: several drivers may share one visit."""
    found = view.consents.of_visit(agreement.visit_id)
    return [c for c in found if c.kind is ConsentKind.LICENCE_READING and c.at >= agreement.created_at]


def free_first(car: CarChoice) -> tuple[bool, str]:
    """Cars whose key is in the cabinet come first."""
    return (not car.is_free, car.plate)


def car_choice(view: UnitOfWork, car: TestCar) -> CarChoice:
    """A test car with its key that is nearest to hand."""
    keys = sorted(view.keys.of_car(car.id), key=lambda k: k.place is not KeyPlace.IN)
    key = keys[0] if keys else None
    return CarChoice(
        car_id=car.id,
        model=car.model,
        plate=mask_plate(car.plate),
        gearbox=car.gearbox,
        key_label=key.label if key else "",
        key_place=key.place if key else None,
        due_at=key.due_at if key else None,
        mileage_km=car.mileage_km,
    )


def todays(view: UnitOfWork, agreement: Agreement) -> TodaysDrive:
    """One line of today's list."""
    visit = view.visits.get(agreement.visit_id)
    car = view.vehicles.get(agreement.car_id)
    return TodaysDrive(
        agreement_id=agreement.id,
        number=agreement.number,
        name=visit.display_name or mask_name(agreement.driver_name),
        title=title_of(view, visit),
        model=car.model,
        plate=mask_plate(car.plate),
        state=agreement.state,
        kind=agreement.kind,
        consultant=view.staff.get(agreement.consultant_id).name,
        at=agreement.created_at,
        due_at=agreement.due_at,
        is_open=agreement.state not in OVER,
    )
