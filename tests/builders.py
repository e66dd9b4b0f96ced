"""Valid domain values with defaults: tests say only what matters to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.business_settings import BusinessSettings, OpeningHours
from smart4s_kiosk.domain.customers import Customer
from smart4s_kiosk.domain.ids import AppointmentId, CarId, CustomerId, KeyId, PersonId, StaffId
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, Role, StaffMember
from smart4s_kiosk.domain.vehicles import Energy, Gearbox, TestCar
from smart4s_kiosk.domain.visits import Purpose

SATURDAY_TEN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""


def a_member(
    name: str = "王静", *, role: Role = Role.CONSULTANT, duty: Duty = Duty.ON, **changes: object
) -> StaffMember:
    key = str(changes.pop("id", name))
    member = StaffMember(
        id=StaffId(key),
        version=1,
        person_id=PersonId(f"person-{key}"),
        name=name,
        role=role,
        job_title="销售顾问",
        badge=f"B-{key}",
        wecom_userid=f"wx-{key}",
        duty=duty,
        duty_since=SATURDAY_TEN - timedelta(hours=1),
    )
    return replace(member, **changes)  # type: ignore[arg-type] # named fields of the value


def a_customer(name: str = "张伟", **changes: object) -> Customer:
    key = str(changes.pop("id", name))
    customer = Customer(
        id=CustomerId(key),
        version=1,
        person_id=PersonId(f"person-{key}"),
        name=name,
        title=Title.MR,
        created_at=SATURDAY_TEN - timedelta(days=30),
    )
    return replace(customer, **changes)  # type: ignore[arg-type] # named fields of the value


def an_appointment(code: str = "ABC234", **changes: object) -> Appointment:
    appointment = Appointment(
        id=AppointmentId(f"appointment-{code}"),
        version=1,
        code=code,
        at=SATURDAY_TEN + timedelta(minutes=30),
        purpose=Purpose.TEST_DRIVE,
        name="郑成",
        title=Title.MR,
    )
    return replace(appointment, **changes)  # type: ignore[arg-type] # named fields of the value


def a_car(plate: str = "京AD0131", **changes: object) -> TestCar:
    car = TestCar(
        id=CarId(plate), version=1, plate=plate, model="E7 长续航", gearbox=Gearbox.AUTOMATIC, energy=Energy.ELECTRIC
    )
    return replace(car, **changes)  # type: ignore[arg-type] # named fields of the value


def a_key(car: TestCar | None = None, **changes: object) -> Key:
    car_id = car.id if car else CarId("京AD0131")
    return replace(Key(id=KeyId(f"key-{car_id}"), version=1, car_id=car_id, label="示A"), **changes)  # type: ignore[arg-type] # named fields of the value


def open_all_week(**changes: object) -> BusinessSettings:
    hours = OpeningHours(opens=datetime(1, 1, 1, 9, 0).time(), closes=datetime(1, 1, 1, 18, 0).time())  # noqa: DTZ001 - a time of day knows no zone
    settings = BusinessSettings(store_name="望江路体验中心", brand_name="澄野汽车", opening=(hours,) * 7)
    return replace(settings, **changes)  # type: ignore[arg-type] # named fields of the value
