"""The consultant's tablet on fakes: a showroom with cars, keys and a guest, and every service of the window."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import numpy as np

from smart4s_kiosk.app.consent_notice import LICENCE_KEPT, load_notice
from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.app.rule_files import load_phrases, price_book
from smart4s_kiosk.domain.agreements import ClauseRead
from smart4s_kiosk.domain.business_settings import TestRoute
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.ids import AgreementId, CarId, MediaHash, TerminalId, VisitId
from smart4s_kiosk.domain.licence_numbers import check_digit
from smart4s_kiosk.domain.licences import LicenceField, Mark, PageKind
from smart4s_kiosk.domain.staff import Role
from smart4s_kiosk.domain.vehicles import Gearbox
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose
from smart4s_kiosk.ports.licence_reading import Picture
from smart4s_kiosk.services.damage_photos import DamagePhotos
from smart4s_kiosk.services.licence_pictures import LicencePictures, PictureParts
from smart4s_kiosk.services.licence_scans import LicenceScans, ScanParts
from smart4s_kiosk.services.phrases import Phrases
from smart4s_kiosk.services.printing import Printing, StoredPapers
from smart4s_kiosk.services.quote_views import QuoteViews
from smart4s_kiosk.services.quotes import QuoteParts, Quotes
from smart4s_kiosk.services.sealed_papers import DriveParts
from smart4s_kiosk.services.tablet import Tablet
from smart4s_kiosk.services.tablet_day import TabletDay
from smart4s_kiosk.services.tablet_drives import TabletDriveParts, TabletDrives
from smart4s_kiosk.services.tablet_guests import TabletGuests
from smart4s_kiosk.services.tablet_quotes import TabletQuotes
from smart4s_kiosk.services.test_drives import TestDrives
from smart4s_kiosk.services.visits import Arrival
from tests.builders import a_car, a_customer, a_key, a_member, an_appointment, open_all_week
from tests.builders_documents import a_text
from tests.builders_quotes import RULES
from tests.fakes.documents import FakeDocuments, FakePreviews, FakePrinter, FakeQrCodes, FakeSeals
from tests.fakes.licence_pictures import FakeLicencePictures
from tests.fakes.licence_reading import FakeLicenceReader
from tests.showroom import Showroom

F = LicenceField
TERMINAL = TerminalId("tablet-1")
PIN = "731846"
NAME = "张示例"
NUMBER = "11000019910523041" + check_digit("11000019910523041")
TEXTS = {
    F.NAME: NAME,
    F.NUMBER: NUMBER,
    F.SEX: "男",
    F.NATIONALITY: "中国",
    F.BIRTH: "1991-05-23",
    F.FIRST_ISSUE: "2014-07-09",
    F.LICENCE_CLASS: "C2",
    F.VALID_FROM: "2020-07-09",
    F.VALID_TO: "2030-07-09",
}
CAR = CarId("京AD01312")


class MemoryMedia:
    """Pictures and papers by name."""

    def __init__(self) -> None:
        self.kept: dict[MediaHash, bytes] = {}

    def put(self, content: bytes) -> MediaHash:
        name = MediaHash(f"media-{len(self.kept) + 1}")
        self.kept[name] = content
        return name

    def get(self, media_hash: MediaHash) -> bytes:
        return self.kept[media_hash]

    def remove(self, media_hash: MediaHash) -> None:
        self.kept.pop(media_hash, None)

    def older_than(self, _moment: datetime) -> Sequence[MediaHash]:
        return ()


def a_page(shade: int) -> Picture:
    """A picture that is like no other."""
    return np.full((240, 320, 3), shade, dtype=np.uint8)


def open_shade(data: bytes) -> Picture:
    """A picture file of these tests: one byte, its shade."""
    return a_page(data[0])


@dataclass
class TabletRoom:
    """Everything, wired; tests reach in by name."""

    room: Showroom = field(default_factory=Showroom)
    reader: FakeLicenceReader = field(default_factory=FakeLicenceReader)
    papers: FakeDocuments = field(default_factory=FakeDocuments)
    is_online: bool = True

    def __post_init__(self) -> None:
        self.storage, self.clock = self.room.storage, self.room.clock
        self._fill()
        self.media = MemoryMedia()
        self.printer = FakePrinter()
        self.picture_shelf = FakeLicencePictures()
        self.pictures = LicencePictures(
            PictureParts(
                storage=self.storage,
                clock=self.clock,
                vault=self.room.vault,
                shelf=self.picture_shelf,
                notice_kept=load_notice(ConsentKind.LICENCE_READING, name=LICENCE_KEPT),
                terminal_id=TERMINAL,
            )
        )
        self.drives = TestDrives(self._drive_parts())
        quotes = Quotes(
            QuoteParts(
                self.storage, self.clock, self.room.ids, self.media, self.papers, FakeQrCodes(), FakeSeals(), RULES
            )
        )
        scans = LicenceScans(
            ScanParts(self.reader, open_shade, load_licence_rules().kinds, self.room.staff, self.clock)
        )
        self.tablet = Tablet(
            day=TabletDay(
                storage=self.storage,
                clock=self.clock,
                staff=self.room.staff,
                photo=lambda _photo: None,
                is_online=lambda: self.is_online,
            ),
            guests=TabletGuests(
                storage=self.storage,
                visits=self.room.visits,
                customers=self.room.customers,
                vault=self.room.vault,
                pictures=self.pictures,
            ),
            drives=TabletDrives(self._walk_parts(scans)),
            scans=scans,
            quotes=TabletQuotes(
                storage=self.storage,
                clock=self.clock,
                ids=self.room.ids,
                quotes=quotes,
                views=QuoteViews(storage=self.storage, quotes=quotes),
                staff=self.room.staff,
                rules=RULES,
                price_book=price_book(Path("/nowhere"), demo_day=date(2026, 11, 18)),
                previews=FakePreviews(),
            ),
            phrases=Phrases(load_phrases(Path("/nowhere"))),
            printing=StoredPapers(
                printing=Printing(printer=self.printer, sheets="Front_Desk", slips="", clock=self.clock),
                quotes=quotes,
                drives=self.drives,
            ),
        )

    def _fill(self) -> None:
        self.wang = a_member("王静", pin_hash=f"hash:{PIN}")
        self.li = a_member("李明哲", pin_hash="hash:620493")
        self.zhou = a_member("周启明", role=Role.MANAGER, pin_hash="hash:861357")
        self.car = a_car("京AD01312", insured_until=date(2027, 6, 9), mileage_km=2210)
        self.manual = a_car("京A88K21", model="S5 1.5T", gearbox=Gearbox.MANUAL)
        self.zhang = a_customer(NAME, visits=2)
        routes = (TestRoute("望江环线", 8.5), TestRoute("绕城高速线", 18.0, motorway_km=9.0, minutes=40))
        with self.storage.begin() as work:
            work.settings.put(open_all_week(routes=routes, address="北京"), by=None, at=self.clock.now())
            for member in (self.wang, self.li, self.zhou):
                work.staff.add(member)
            for car in (self.car, self.manual):
                work.vehicles.add(car)
                work.keys.add(a_key(car))
            work.customers.add(self.zhang)
            work.appointments.add(an_appointment(consultant_id=self.wang.id))

    def _drive_parts(self) -> DriveParts:
        return DriveParts(
            storage=self.storage,
            clock=self.clock,
            ids=self.room.ids,
            vault=self.room.vault,
            media=self.media,
            papers=self.papers,
            seals=FakeSeals(),
            rules=load_licence_rules(),
            text=a_text,
            terminal_id=TERMINAL,
            program="test",
        )

    def _walk_parts(self, scans: LicenceScans) -> TabletDriveParts:
        return TabletDriveParts(
            storage=self.storage,
            clock=self.clock,
            ids=self.room.ids,
            drives=self.drives,
            scans=scans,
            notice=load_notice(ConsentKind.LICENCE_READING),
            notice_kept=load_notice(ConsentKind.LICENCE_READING, name=LICENCE_KEPT),
            pictures=self.pictures,
            text=a_text,
            previews=FakePreviews(),
            codes=FakeQrCodes(),
            terminal_id=TERMINAL,
            photos=DamagePhotos(self.clock, open_picture=open_shade, encode=lambda pixels: pixels.tobytes()),
        )

    def guest(self, visit_id: str = "v1", *, known: bool = True, accepted: bool = False) -> VisitId:
        """A guest who asks for 王静."""
        made, visits = VisitId(visit_id), self.room.visits
        visits.begin(visit_id=made, place="B3 洽谈区")
        arrival = Arrival(IdentifiedBy.FACE, self.zhang.id, "张*") if known else Arrival(IdentifiedBy.ANONYMOUS)
        visits.identify(made, arrival)
        visits.state_purpose(made, Purpose.TEST_DRIVE)
        visits.ask(made, self.wang.id)
        if accepted:
            visits.accept(made, self.wang.id)
        return made

    def all_read(self, agreement_id: AgreementId) -> tuple[ClauseRead, ...]:
        """Every important clause, each for its least time."""
        read = []
        for clause in self.tablet.drives.clauses(agreement_id, "zh_CN").important:
            shown = self.clock.now()
            read.append(ClauseRead(clause.code, shown, self.clock.advance(clause.least_seconds)))
        return tuple(read)

    def learn(self, marks: dict[LicenceField, tuple[Mark, ...]] | None = None, **texts: str) -> None:
        """What the reader will say to the pictures of shade 1 (main page) and 2 (sub-page)."""
        said = TEXTS | {LicenceField(name): text for name, text in texts.items()}
        self.reader.learn(a_page(1), PageKind.MAIN, {f: t for f, t in said.items() if t}, marks=marks)
        self.reader.learn(a_page(2), PageKind.SUB, {F.NAME: said[F.NAME], F.NUMBER: said[F.NUMBER]})
