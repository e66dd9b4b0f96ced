"""A store with planted personal values, written by the real services into real files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cloud_connector.relay.intake import take_batch
from cloud_connector.storage.database import Database
from cloud_connector.storage.migrate import migrate
from cloud_connector.storage.sites import Device
from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.logs import start_logging, stop_logging
from smart4s_kiosk.app.places import vault_folders
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.domain.ids import CustomerId, MediaHash
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.customers import PHONE, NewCustomer
from smart4s_kiosk.services.staff_changes import NewMember
from smart4s_kiosk.sync.event_messages import to_wire
from smart4s_kiosk.vault.opening import create_vault
from tests.builders import open_all_week

PIN = "739154"


@dataclass
class Guest:
    """Invented; the digits keep the forms of real ones."""

    name: str
    phone: str
    id_number: str
    address: str
    plate: str
    customer: CustomerId = field(default_factory=lambda: CustomerId(""))


GUESTS = [
    Guest("诸葛晨曦", "13917280645", "110105199003072316", "望江路金桂里七弄十二号", "浙A8K62Q"),
    Guest("司徒暮雨", "15068841273", "330106198511302467", "文三西路紫薇苑四幢", "浙A7M93P"),
    Guest("慕容听雪", "18758190236", "310104197802145672", "学院路银杏公寓二单元", "浙A5T18W"),
    Guest("公孙清和", "17681432905", "320102196606218834", "江南大道海棠湾九号", "浙A3R74D"),
]
CANARIES = [value for g in GUESTS for value in (g.name, g.phone, g.id_number, g.address, g.plate)]


class Store:
    """An open showroom, seen as the tests of backups see it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.storage = application.storage.storage

    def contact(self, customer_id: CustomerId) -> str:
        with self.storage.look() as view:
            customer = view.customers.get(customer_id)
        return self.application.vault.persons.open(customer.person_id, PHONE, customer.phone_sealed).decode()

    def found_by_phone(self, phone: str) -> CustomerId:
        fingerprint = self.application.vault.fingerprints.phone(phone)
        with self.storage.look() as view:
            return view.customers.by_phone(fingerprint)[0].id

    def paper(self) -> bytes:
        with self.storage.look() as view:
            stored = view.receipts.find("paper")
        return self.application.media.get(MediaHash(stored or ""))

    def administrator_signs_in(self) -> bool:
        """Raises where the PIN is not the one of before."""
        staff = self.application.services.staff
        (administrator,) = (member for member in staff.all() if member.role is Role.ADMINISTRATOR)
        return staff.sign_in(administrator.id, PIN) is not None

    def forget(self, customer_id: CustomerId) -> None:
        self.application.services.privacy.forget(customer_id, by=None)

    def tell_the_connector(self, folder: Path) -> None:
        """Everything that waits to be sent, as the connector keeps it."""
        database = Database(f"sqlite:///{folder / 'connector.db'}")
        migrate(database)
        device = Device("dev-1", "store-1", "kiosk", "00" * 32, None)
        now = SystemClock().now()
        with database.begin() as work:
            work.sites.add_store("store-1", "一店", now)
        with self.storage.look() as view:
            waiting = [to_wire(message) for message in view.outbox.due(now)]
        events = [event.model_dump(mode="json", by_alias=True) for event in waiting if event is not None]
        assert events, "something waits to be sent"
        answers = take_batch(database, device, events, now)
        assert {item.outcome for item in answers.items} == {"accepted"}
        database.engine.dispose()


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    application = build(settings)
    try:
        yield Store(application)
    finally:
        application.storage.storage.close()


def fill(settings: Settings) -> None:
    """Open for the first time: staff, four guests with everything, a visit of each, a paper, and a log of it all."""
    create_vault(vault_folders(settings), SystemClock())
    start_logging(settings.logs, settings.data.place / "logs", "test", SystemClock())
    try:
        with opened_store(settings) as store:
            _fill(store)
    finally:
        stop_logging()


def _fill(store: Store) -> None:
    application, services = store.application, store.application.services
    with store.storage.begin() as work:
        work.settings.put(open_all_week(), by=None, at=application.clock.now())
    administrator = services.staff.add(NewMember("管理员", Role.ADMINISTRATOR, "A1", pin=PIN))
    consultant = NewMember("王静", Role.CONSULTANT, "C1", wecom_userid="wangjing")
    services.staff.change_duty(services.staff.add(consultant, by=administrator.id).id, Duty.ON)
    for guest in GUESTS:
        _register(application, guest)
        _visit(application, guest)
    paper = application.media.put(b"%PDF-1.7 agreement of " + GUESTS[0].name.encode())
    with store.storage.begin() as work:
        work.receipts.keep("paper", paper, application.clock.now())


def _register(application: Application, guest: Guest) -> None:
    services, persons = application.services, application.vault.persons
    new = NewCustomer(name=guest.name, title=Title.MR, phone=guest.phone, source="test")
    customer = services.customers.register(new)
    guest.customer = customer.id
    with application.storage.storage.begin() as work:
        work.customers.put(
            replace(
                customer,
                version=customer.version + 1,
                plate_fingerprint=application.vault.fingerprints.plate(guest.plate),
                id_number_sealed=persons.seal(customer.person_id, "id_number", guest.id_number.encode()),
                address_sealed=persons.seal(customer.person_id, "address", guest.address.encode()),
            )
        )
    logging.getLogger("smart4s_kiosk.test").info("guest %s %s %s", guest.phone, guest.id_number, guest.plate)


def _visit(application: Application, guest: Guest) -> None:
    kiosk = application.services.kiosk
    visit_id = kiosk.begin().visit_id
    kiosk.choose_way(visit_id, Way.PHONE)
    kiosk.enter_phone(visit_id, guest.phone)
    kiosk.enter_surname(visit_id, guest.name[:2], Title.MR)
    kiosk.confirm_guest(visit_id, is_me=True)
    kiosk.choose_purpose(visit_id, Purpose.TEST_DRIVE, people=2)
    kiosk.choose_consultant(visit_id, None)
