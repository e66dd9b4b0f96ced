"""The showroom of fakes with everything that reception uses, and people to receive."""

from datetime import timedelta
from typing import Any, cast

from smart4s_kiosk.documents.qr import matrix
from smart4s_kiosk.documents.tables import TableFiles
from smart4s_kiosk.domain.agreements import Agreement, AgreementState, RideKind
from smart4s_kiosk.domain.ids import AgreementId, StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Role
from smart4s_kiosk.domain.terminals import Device
from smart4s_kiosk.domain.visits import IdentifiedBy, Outcome, Purpose
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.appointment_slips import AppointmentSlips
from smart4s_kiosk.services.appointments import Appointments
from smart4s_kiosk.services.board import BoardReader
from smart4s_kiosk.services.colleagues import Colleagues
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.desk import Desk
from smart4s_kiosk.services.devices import Devices, ThisTerminal
from smart4s_kiosk.services.foot_traffic import FootTraffic
from smart4s_kiosk.services.keys import Keys
from smart4s_kiosk.services.reports import Reports
from smart4s_kiosk.services.showroom_log import ShowroomLog
from smart4s_kiosk.services.visits import Arrival
from tests.builders import a_car, a_key, a_member, an_appointment
from tests.showroom import TERMINAL, Showroom, no_photo

PIN = "270519"
MANAGER_PIN = "861357"
SHEN, ZHOU = StaffId("沈佳"), StaffId("周启明")
CONSULTANTS = ("王静", "李明哲", "何屿", "罗一鸣", "于晴")


def rows_of_signs(payload: str) -> tuple[str, ...]:
    """A code as screens take it."""
    return tuple("".join("01"[dark] for dark in row) for row in matrix(payload).rows)


class DeskShowroom(Showroom):
    """Staff, cars and keys are there; visits come with `arrive`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.is_online = True
        self.unmet: int | None = None
        with self.storage.begin() as work:
            work.staff.add(a_member("沈佳", role=Role.RECEPTION, job_title="前台", pin_hash=f"hash:{PIN}"))
            work.staff.add(a_member("周启明", role=Role.MANAGER, job_title="店总", pin_hash=f"hash:{MANAGER_PIN}"))
            for name in CONSULTANTS:
                work.staff.add(a_member(name))
            for number, plate in enumerate(("京AD01312", "京AD01268", "京AD01285"), 1):
                car = a_car(plate)
                work.vehicles.add(car)
                work.keys.add(a_key(car, label=f"示A·{number}", id=f"key-{number}"))
        self.desk = Desk(
            storage=self.storage,
            clock=self.clock,
            ids=self.ids,
            visits=self.visits,
            customers=self.customers,
            fingerprints=self.fingerprints,
            terminal_id=TERMINAL,
        )
        self.appointments = Appointments(
            storage=self.storage,
            clock=self.clock,
            ids=self.ids,
            fingerprints=self.fingerprints,
            tables=TableFiles(),
            terminal_id=TERMINAL,
        )
        self.slips = AppointmentSlips(
            storage=self.storage, papers=self.papers, matrix=rows_of_signs, printing=self.printing
        )
        self.log = ShowroomLog(
            storage=self.storage,
            clock=self.clock,
            tables=TableFiles(),
            lists=self.papers,
            printing=self.printing,
            terminal_id=TERMINAL,
        )
        self.keys = Keys(storage=self.storage, clock=self.clock, terminal_id=TERMINAL)
        probes = {Device.CLOUD: lambda: self.is_online, Device.FACE_CAMERA: lambda: not self.faces.is_lost}
        this = ThisTerminal(TERMINAL, "前台", ("reception",))
        self.devices = Devices(probes, storage=self.storage, clock=self.clock, terminal=this)

    def services(self) -> Services:
        """As `app/build.py` hands them to screens; those that reception never calls are left out."""
        left_out = cast("Any", None)
        return Services(
            visits=self.visits,
            visit_clock=self.visit_clock,
            kiosk=self.kiosk,
            customers=self.customers,
            staff=self.staff,
            test_drives=left_out,
            quotes=left_out,
            privacy=self.privacy,
            board=BoardReader(storage=self.storage, clock=self.clock, unmet=lambda: self.unmet),
            drinks=self.drinks,
            foot_traffic=FootTraffic(self.storage, self.clock),
            reports=Reports(storage=self.storage, clock=self.clock),
            desk=self.desk,
            appointments=self.appointments,
            appointment_slips=self.slips,
            showroom_log=self.log,
            keys=self.keys,
            colleagues=Colleagues(storage=self.storage, clock=self.clock, photo=no_photo),
            devices=self.devices,
            printing=self.printing,
        )

    def arrive(
        self,
        key: str,
        name: str = "",
        *,
        title: Title = Title.NONE,
        purpose: Purpose = Purpose.LOOK,
        people: int = 1,
        ask: StaffId | None = None,
        wants: bool = True,
        place: str = "B1",
    ) -> VisitId:
        """Somebody checks in at the kiosk and asks for a consultant."""
        visit_id = VisitId(key)
        self.visits.begin(visit_id=visit_id, place=place, party_size=people)
        customer = self.customers.register(NewCustomer(name=name, title=title)) if name else None
        arrival = Arrival(
            IdentifiedBy.PHONE if customer else IdentifiedBy.ANONYMOUS,
            customer_id=customer.id if customer else None,
            display_name=customer.masked_name if customer else "",
        )
        self.visits.identify(visit_id, arrival)
        self.visits.state_purpose(visit_id, purpose, party_size=people)
        if wants:
            self.visits.ask(visit_id, ask)
        return visit_id

    def drive(self, key: str, name: str, consultant: str, *, minutes: int, title: Title = Title.MR) -> None:
        """A test car is out and due in so many minutes (below 0: it should have been back)."""
        now, driver = self.clock.now(), self.customers.register(NewCustomer(name=name, title=title))
        with self.storage.begin() as work:
            car = work.vehicles.all()[len(work.agreements.between(now - timedelta(days=1), now + timedelta(days=1)))]
            work.agreements.add(
                Agreement(
                    id=AgreementId(f"agreement-{key}"),
                    version=1,
                    number=f"D-20261121-{key}",
                    kind=RideKind.DRIVE,
                    state=AgreementState.KEY_OUT,
                    visit_id=VisitId(key),
                    car_id=car.id,
                    consultant_id=StaffId(consultant),
                    created_at=now - timedelta(minutes=20),
                    text_version="1",
                    customer_id=driver.id,
                    driver_name=name,
                    seal_hash="0" * 64,
                    key_out_at=now - timedelta(minutes=15),
                    due_at=now + timedelta(minutes=minutes),
                )
            )

    def busy_morning(self) -> None:
        """Every column has cards, one alarm rings."""
        now = self.clock.now()
        for number, (minutes, name, purpose) in enumerate(
            ((-15, "郑成", Purpose.TEST_DRIVE), (42, "陈立", Purpose.SERVICE), (72, "冯敏", Purpose.COLLECT))
        ):
            with self.storage.begin() as work:
                work.appointments.add(
                    an_appointment(
                        f"CDE23{number + 2}",
                        at=now + timedelta(minutes=minutes),
                        name=name,
                        purpose=purpose,
                        model="S5",
                    )
                )
        for number, (name, title, who) in enumerate(
            (("韩冰", Title.MR, "王静"), ("", Title.NONE, "何屿"), ("杨柳", Title.MS, "于晴"))
        ):
            left = self.arrive(f"left-{number}", name, title=title, ask=StaffId(who))
            self.visits.accept(left, StaffId(who))
            self.clock.advance(300)
            self.visits.close(left, Outcome.NOT_BUYING_NOW if number else Outcome.SERVED, by=StaffId(who))
        for name, title, who in (("曹操", Title.MR, "罗一鸣"), ("刘芳", Title.MS, "于晴"), ("", Title.NONE, "何屿")):
            served = self.arrive(f"served-{who}", name, title=title, purpose=Purpose.QUOTE, ask=StaffId(who), people=2)
            self.visits.accept(served, StaffId(who))
            self.visits.serve(served, StaffId(who))
            self.clock.advance(240)
        self.keys.hand_out(self.keys.board()[0].key_id, StaffId("王静"), by=SHEN)
        self.arrive("w1", "李婷", title=Title.MS, ask=StaffId("李明哲"))
        self.tick(68)
        self.arrive("w2", "郑成", title=Title.MR, purpose=Purpose.TEST_DRIVE, place="B2")
        self.tick(66)
