"""The real application without Qt, on SQLCipher and filled with the demo's people, and what a visit in it does."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.rule_files import agreement_texts
from smart4s_kiosk.app.settings import CamerasSettings, Settings
from smart4s_kiosk.demo.place import DemoPlace
from smart4s_kiosk.demo.seed import seed
from smart4s_kiosk.domain.agreements import Agreement, ClauseRead, RideKind, Signature, StrokePoint
from smart4s_kiosk.domain.ids import AgreementId, StaffId, VisitId
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.domain.licences import Licence, LicenceKind, Sex
from smart4s_kiosk.domain.staff import StaffMember
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import Waiting
from smart4s_kiosk.services.test_drives import CheckedLicence

CONSULTANT, CONSULTANT_USERID = "王静", "wangjing"


def fill_showroom(folder: Path) -> Path:
    """A demo showroom without cameras, seeded and closed: tests copy it, which takes milliseconds."""
    application = build(settings_in(folder), is_demo=True)
    try:
        seed(application)
    finally:
        application.storage.storage.close()
    return folder


def settings_in(folder: Path, *, connector_url: str = "", cameras: CamerasSettings | None = None) -> Settings:
    """The demo's settings for a showroom in `folder`; without cameras unless some are given."""
    place = DemoPlace(folder)
    return replace(place.settings(Settings(), connector_url=connector_url), cameras=cameras or CamerasSettings())


@contextmanager
def running(settings: Settings) -> Iterator[Application]:
    """The application with all its workers, stopped and closed afterwards."""
    application = build(settings, is_demo=True)
    application.workers.start()
    try:
        yield application
    finally:
        application.workers.stop()
        application.storage.storage.close()


def copy_showroom(filled: Path, folder: Path) -> Path:
    """A showroom of the test's own."""
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    return folder


def consultant(application: Application) -> StaffMember:
    """The one whose phone is watched."""
    return next(m for m in application.services.staff.all() if m.name == CONSULTANT)


def outbox_counts(application: Application) -> dict[str, int]:
    """How many messages stand where, without those that stand nowhere."""
    with application.storage.storage.look() as view:
        return {state.value: count for state, count in view.outbox.counts().items() if count}


@dataclass
class Guest:
    """One guest's visit, step by step as the kiosk, the tablet and the desk call the services."""

    application: Application
    visit_id: VisitId = field(default_factory=lambda: VisitId(""))
    agreement_id: AgreementId = field(default_factory=lambda: AgreementId(""))

    @property
    def by(self) -> StaffId:
        return consultant(self.application).id

    @property
    def agreement(self) -> Agreement:
        return self.application.services.test_drives.get(self.agreement_id)

    def check_in(self, way: Way = Way.ANONYMOUS) -> Waiting:
        """At the kiosk, unnamed: purpose, consultant, waiting page."""
        kiosk = self.application.services.kiosk
        self.visit_id = kiosk.begin().visit_id
        kiosk.choose_way(self.visit_id, way)
        kiosk.choose_purpose(self.visit_id, Purpose.TEST_DRIVE, people=2)
        page = kiosk.choose_consultant(self.visit_id, self.by)
        assert isinstance(page, Waiting), page
        return page

    def is_received(self) -> None:
        """On the consultant's tablet: taken, and standing beside the guest."""
        self.application.services.visits.accept(self.visit_id, self.by)
        self.application.services.desk.serve(self.visit_id, by=self.by)

    def chooses_a_car(self, number: int = 0) -> None:
        self.agreement_id = AgreementId(self.application.ids.new())
        with self.application.storage.storage.look() as view:
            route = view.settings.current().routes[0].name
            car = view.vehicles.all()[number]
        self.application.services.test_drives.offer(
            agreement_id=self.agreement_id,
            visit_id=self.visit_id,
            car_id=car.id,
            kind=RideKind.DRIVE,
            by=self.by,
            route=route,
        )

    def shows_a_licence(self, *, is_typed: bool = False) -> None:
        """Its fields, confirmed by people (typed ones by two)."""
        drives = self.application.services.test_drives
        drives.scanned(self.agreement_id)
        second = next(m.id for m in self.application.services.staff.all() if m.id != self.by)
        checked = CheckedLicence(a_licence(), DECLARED, second_staff_id=second if is_typed else None)
        drives.verify(self.agreement_id, checked, verdict_words=("可以试驾",))

    def reads_the_text(self) -> None:
        """As if every important clause had stood on the screen for its time."""
        drives, now = self.application.services.test_drives, self.application.clock.now()
        text = agreement_texts(now.date)("zh_CN")
        important = text.important(RideKind.DRIVE)
        read = tuple(ClauseRead(c.code, now - timedelta(seconds=c.least_seconds), now) for c in important)
        drives.finish_reading(self.agreement_id, read)

    def signs(self, *, seed: int = 1) -> None:
        self.application.services.test_drives.sign_as_customer(self.agreement_id, a_signature(seed))

    def is_signed_for(self, *, seed: int = 2) -> None:
        self.application.services.test_drives.sign_as_staff(self.agreement_id, a_signature(seed))

    def drives_away(self) -> None:
        """Sealed, and the key is out."""
        self.application.services.test_drives.seal(self.agreement_id)
        self.application.services.test_drives.hand_out_key(self.agreement_id, by=self.by)


def a_licence() -> Licence:
    """Of an invented person, valid for years, long enough ago."""
    today = date.today()  # noqa: DTZ011 - a day more or less does not matter here
    return Licence(
        kind=LicenceKind.PAPER,
        number="110101198803070015",
        name="李雷",
        sex=Sex.MALE,
        nationality="中国",
        birth=date(1988, 3, 7),
        first_issue=date(today.year - 8, 1, 5),
        classes=("C1",),
        valid_from=date(today.year - 2, 1, 5),
        valid_to=date(today.year + 8, 1, 5),
    )


DECLARED = Declaration()


def a_signature(seed: int) -> Signature:
    """Three strokes across the pad; another `seed`, other strokes."""
    strokes = tuple(
        tuple(
            StrokePoint(0.1 + 0.25 * number + 0.02 * step, 0.3 + 0.01 * step * (seed % 7 + 1), 400 * number + 20 * step)
            for step in range(12)
        )
        for number in range(3)
    )
    return Signature(strokes, 800, 300)
