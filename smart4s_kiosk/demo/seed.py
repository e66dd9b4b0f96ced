"""Fills an empty demo database: invented staff, cars, customers, appointments; never a database that holds anything."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from smart4s_kiosk.app.build import Application
from smart4s_kiosk.app.consent_notice import load_notice
from smart4s_kiosk.demo.face_frames import enrolment_templates
from smart4s_kiosk.demo.portraits import portrait
from smart4s_kiosk.domain.appointments import Appointment
from smart4s_kiosk.domain.business_settings import BusinessSettings, DriveCover, OpeningHours, TestRoute
from smart4s_kiosk.domain.consents import Consent, ConsentKind
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.faces import TEMPLATE_LIFE
from smart4s_kiosk.domain.ids import AppointmentId, CarId, ConsentId, CustomerId, KeyId, StaffId, TerminalId
from smart4s_kiosk.domain.keys import Key
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.price_book import PriceBook, price_book_from
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.vehicles import Energy, Gearbox, TestCar
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.appointments import NewAppointment
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.staff_changes import NewMember

DEMO_FILE = Path(__file__).resolve().parents[2] / "resources" / "demo" / "showroom.toml"
LONG_HAIR = frozenset({"沈佳", "王静", "于晴"})
INSURED_FOR = timedelta(days=200)


class NotEmpty(RuleBroken):
    """Demo data goes into an empty demo showroom only."""

    code = "demo.not_empty"


def demo_facts() -> dict[str, Any]:
    """The file as parsed."""
    return tomllib.loads(DEMO_FILE.read_text(encoding="utf-8"))


def demo_price_book(dated: date) -> PriceBook:
    """The demo's models, as if entered on `dated`."""
    facts = demo_facts()
    return price_book_from(facts["models"], brand=facts["settings"]["brand_name"], dated=dated)


def is_empty(application: Application) -> bool:
    """Whether nothing was entered yet."""
    with application.storage.storage.look() as view:
        return not view.staff.all() and not view.settings.current().is_set_up


def seed(application: Application) -> None:
    """Fill the demo showroom. Raises NotEmpty."""
    if not application.is_demo or not is_empty(application):
        raise NotEmpty
    facts = demo_facts()
    _settings(application, facts)
    staff = _staff(application, facts)
    _cars(application, facts)
    _customers(application, facts, staff)
    _faces(application, facts)
    _appointments(application, facts, staff)


def book_today(application: Application) -> None:
    """The demo was filled on an earlier day: the invented guests are expected today again, with new codes."""
    if application.services.appointments.today():
        return
    with application.storage.storage.look() as view:
        staff = {member.name: member.id for member in view.staff.all()}
    now = application.clock.now()
    for one in demo_facts()["appointments"]:
        application.services.appointments.book(
            NewAppointment(
                at=now + timedelta(minutes=one["minutes_from_now"]),
                purpose=Purpose(one["purpose"]),
                name=one["name"],
                title=Title(one["title"]),
                consultant_id=staff.get(one.get("consultant", "")),
                model=one.get("model", ""),
            )
        )


def _settings(application: Application, facts: Mapping[str, Any]) -> None:
    """Open day and night, so that the demo shows alarms whenever it is started."""
    always = OpeningHours(time(0, 0), time(23, 59, 59))
    settings = replace(
        BusinessSettings(**facts["settings"]),
        opening=(always,) * 7,
        routes=tuple(TestRoute(**route) for route in facts["routes"]),
        test_car_cover=DriveCover(**facts["test_car_cover"]),
        time_zone=str(application.settings.showroom.time_zone),
        is_set_up=True,
    )
    with application.storage.storage.begin() as work:
        work.settings.put(settings, by=None, at=application.clock.now())


def _staff(application: Application, facts: Mapping[str, Any]) -> dict[str, StaffId]:
    ids: dict[str, StaffId] = {}
    administrator: StaffId | None = None
    ordered = sorted(facts["staff"], key=lambda one: one["role"] != "administrator")
    for one in ordered:
        photo = application.media.put(portrait(one["name"], long_hair=one["name"] in LONG_HAIR))
        member = application.services.staff.add(
            NewMember(
                name=one["name"],
                role=Role(one["role"]),
                badge=one["badge"],
                job_title=one["job_title"],
                wecom_userid=one.get("wecom", ""),
                skills=tuple(one.get("skills", ())),
                languages=tuple(one.get("languages", ("zh",))),
                pin=one["pin"],
                rating=one.get("rating"),
                photo=photo,
            ),
            by=administrator,
        )
        administrator = administrator or member.id
        application.services.staff.change_duty(member.id, Duty.ON)
        ids[one["name"]] = member.id
    return ids


def _cars(application: Application, facts: Mapping[str, Any]) -> None:
    insured = application.clock.now().date() + INSURED_FOR
    with application.storage.storage.begin() as work:
        for one in facts["cars"]:
            car_id = CarId(application.ids.new())
            work.vehicles.add(
                TestCar(
                    id=car_id,
                    version=1,
                    plate=one["plate"],
                    model=one["model"],
                    gearbox=Gearbox(one["gearbox"]),
                    energy=Energy(one["energy"]),
                    licence_class=one.get("licence_class", "C2"),
                    vin=one["vin"],
                    mileage_km=one["mileage_km"],
                    insured_until=insured,
                )
            )
            work.keys.add(Key(id=KeyId(application.ids.new()), version=1, car_id=car_id, label=one["key"]))


def _customers(application: Application, facts: Mapping[str, Any], staff: Mapping[str, StaffId]) -> None:
    last_visit = application.clock.now() - timedelta(days=11)
    for one in facts["customers"]:
        customer = application.services.customers.register(
            NewCustomer(
                name=one["name"],
                title=Title(one["title"]),
                phone=one["phone"],
                source="demo",
                consultant_id=staff.get(one.get("consultant", "")),
            )
        )
        for _ in range(one["visits"]):
            with application.storage.storage.begin() as work:
                work.customers.put(work.customers.get(customer.id).visited(last_visit))


def _faces(application: Application, facts: Mapping[str, Any]) -> None:
    """The customer whose face is known: enrolled from other pictures than the camera will show, with a consent."""
    if application.faces is None:
        return
    for one in facts["customers"]:
        if not one.get("face"):
            continue
        (customer,) = application.services.customers.by_phone(one["phone"])
        consent = _face_consent(application, customer.id)
        templates = enrolment_templates(
            application.faces.engine, person=customer.person_id, consent=consent, now=application.clock.now()
        )
        application.faces.templates.enrol(templates)


def _face_consent(application: Application, customer_id: CustomerId) -> ConsentId:
    notice, now = load_notice(ConsentKind.FACE), application.clock.now()
    consent = Consent(
        id=ConsentId(application.ids.new()),
        kind=ConsentKind.FACE,
        is_given=True,
        text_version=str(notice.version),
        text_hash=notice.digest(),
        at=now,
        terminal_id=TerminalId(application.settings.terminal.id),
        surface="demo",
        customer_id=customer_id,
        expires_at=now + TEMPLATE_LIFE,
    )
    with application.storage.storage.begin() as work:
        work.consents.add(consent)
    return consent.id


def _appointments(application: Application, facts: Mapping[str, Any], staff: Mapping[str, StaffId]) -> None:
    now = application.clock.now()
    with application.storage.storage.begin() as work:
        for one in facts["appointments"]:
            work.appointments.add(
                Appointment(
                    id=AppointmentId(application.ids.new()),
                    version=1,
                    code=one["code"],
                    at=now + timedelta(minutes=one["minutes_from_now"]),
                    purpose=Purpose(one["purpose"]),
                    name=one["name"],
                    title=Title(one["title"]),
                    consultant_id=staff.get(one.get("consultant", "")),
                    model=one.get("model", ""),
                )
            )
