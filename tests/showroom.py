"""A whole showroom on fakes: services as `app/build.py` wires them, for tests of services and pages."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from smart4s_kiosk.documents.tables import TableFiles
from smart4s_kiosk.domain.consent_texts import ConsentNotice, ConsentWords
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.ids import ConsentId, MediaHash, PersonId, TerminalId, VisitId
from smart4s_kiosk.ports.vault import ErasureReceipt
from smart4s_kiosk.services.check_in_sessions import Sessions
from smart4s_kiosk.services.check_in_views import FacePreview, QuoteShown
from smart4s_kiosk.services.consultant_choice import ConsultantChoice
from smart4s_kiosk.services.customers import Customers
from smart4s_kiosk.services.drinks import Drinks
from smart4s_kiosk.services.face_check import FaceAnswer
from smart4s_kiosk.services.face_keeping import FaceKeeping
from smart4s_kiosk.services.kiosk_guests import KioskGuests, KioskParts
from smart4s_kiosk.services.printing import Printing
from smart4s_kiosk.services.privacy import Privacy
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.visit_clock import VisitClock
from smart4s_kiosk.services.visits import Visits
from tests.builders import open_all_week
from tests.fakes.clock import FakeClock, SequentialIds
from tests.fakes.documents import FakeDocuments, FakePrinter
from tests.fakes.storage import FakeStorage

TERMINAL = TerminalId("kiosk-1")


class PlainVault:
    """Reversible "seals" that show whom they are for, and forgetting that is final."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._forgotten: dict[PersonId, ErasureReceipt] = {}

    def seal(self, person: PersonId, purpose: str, plain: bytes) -> bytes:
        return f"{person}|{purpose}|".encode() + plain[::-1]

    def open(self, person: PersonId, purpose: str, sealed: bytes) -> bytes:
        head = f"{person}|{purpose}|".encode()
        if person in self._forgotten or not sealed.startswith(head):
            raise LookupError(person)
        return sealed.removeprefix(head)[::-1]

    def forget(self, person: PersonId) -> ErasureReceipt:
        receipt = ErasureReceipt(person, self._clock.now(), hashlib.sha256(person.encode()).hexdigest())
        return self._forgotten.setdefault(person, receipt)

    def known(self, person: PersonId) -> bool:
        return person not in self._forgotten

    def receipt(self, person: PersonId) -> ErasureReceipt | None:
        return self._forgotten.get(person)


class PlainFingerprints:
    """Values under a readable prefix: equal values are equal, kinds never mix."""

    def phone(self, number: str) -> str:
        return f"phone:{number}"

    def phone_tail(self, last4: str) -> str:
        return f"tail:{last4}"

    def plate(self, plate: str) -> str:
        return f"plate:{plate}"

    def document_number(self, number: str) -> str:
        return f"document:{number}"


class PlainPins:
    """Hashes that show the PIN."""

    def hash(self, pin: str) -> str:
        return f"hash:{pin}"

    def verify(self, pin: str, hashed: str | None) -> bool:
        return hashed == f"hash:{pin}"


@dataclass
class ScriptedFaces:
    """A face camera whose answer is set by the test."""

    answer: FaceAnswer = field(default_factory=FaceAnswer)
    is_lost: bool = False
    running: VisitId | None = None
    confirmed: list[PersonId] = field(default_factory=list)
    sees_enough: bool = True
    kept: dict[PersonId, ConsentId] = field(default_factory=dict)

    def is_available(self) -> bool:
        return not self.is_lost

    def start(self, visit_id: VisitId, consent_id: ConsentId) -> None:
        assert consent_id
        self.running = visit_id

    def preview(self) -> FacePreview | None:
        return None

    def finish(self, visit_id: VisitId) -> FaceAnswer:
        assert self.running == visit_id
        self.running = None
        return self.answer

    def stop(self, visit_id: VisitId) -> None:
        self.running = None

    def confirm(self, person_id: PersonId) -> None:
        self.confirmed.append(person_id)

    def keep(self, person_id: PersonId, consent_id: ConsentId) -> bool:
        if self.sees_enough:
            self.kept[person_id] = consent_id
        return self.sees_enough

    def erase(self, person: PersonId) -> int:
        return 3 if self.kept.pop(person, None) else 0


@dataclass
class HeldCodes:
    """A camera that codes are held up to by the test; one look takes what is there."""

    held: str | None = None

    def is_available(self) -> bool:
        return True

    def look(self) -> str | None:
        return self.held


class NoQuotes:
    """Nothing published."""

    def newest_of(self, visit_id: VisitId) -> QuoteShown | None:
        return None


def no_photo(_photo: MediaHash) -> bytes | None:
    return None


NOTICE = ConsentNotice(
    kind=ConsentKind.FACE,
    version=3,
    dated=date(2026, 11, 1),
    words=(ConsentWords("zh_CN", (("用途", "签到"),), "全文"), ConsentWords("en", (("Purpose", "Check-in"),), "Text")),
)

KEEPING_NOTICE = replace(NOTICE, kind=ConsentKind.FACE_KEEPING, version=1)


@dataclass
class Showroom:
    """Everything, wired; tests reach in by name."""

    clock: FakeClock = field(default_factory=FakeClock)
    ids: SequentialIds = field(default_factory=SequentialIds)
    storage: FakeStorage = field(default_factory=FakeStorage)
    faces: ScriptedFaces = field(default_factory=ScriptedFaces)
    codes: HeldCodes = field(default_factory=HeldCodes)
    is_online: bool = True
    papers: FakeDocuments = field(default_factory=FakeDocuments)
    printer: FakePrinter = field(default_factory=FakePrinter)

    def __post_init__(self) -> None:
        self.printing = Printing(printer=self.printer, sheets="Front_Desk", slips="Front_Desk", clock=self.clock)
        self.drinks = Drinks(storage=self.storage, clock=self.clock)
        self.fingerprints = PlainFingerprints()
        self.vault = PlainVault(self.clock)
        self.visits = Visits(
            storage=self.storage, clock=self.clock, ids=self.ids, terminal_id=TERMINAL, choice=ConsultantChoice()
        )
        self.visit_clock = VisitClock(storage=self.storage, clock=self.clock, visits=self.visits)
        self.customers = Customers(
            storage=self.storage,
            clock=self.clock,
            ids=self.ids,
            vault=self.vault,
            fingerprints=self.fingerprints,
            terminal_id=TERMINAL,
        )
        self.staff = Staff(
            storage=self.storage,
            clock=self.clock,
            ids=self.ids,
            pins=PlainPins(),
            tables=TableFiles(),
            terminal_id=TERMINAL,
        )
        self.privacy = Privacy(
            storage=self.storage, clock=self.clock, vault=self.vault, templates=self.faces, terminal_id=TERMINAL
        )
        self.kiosk = KioskGuests(
            parts=KioskParts(
                staff=self.staff,
                privacy=self.privacy,
                quotes=NoQuotes(),
                is_online=lambda: self.is_online,
                keeping=FaceKeeping(self.storage, self.clock, self.ids, TERMINAL, KEEPING_NOTICE, self.faces),
                slips=self.papers,
                printing=self.printing,
                drinks=self.drinks,
            ),
            storage=self.storage,
            clock=self.clock,
            ids=self.ids,
            terminal_id=TERMINAL,
            place="B1",
            visits=self.visits,
            customers=self.customers,
            fingerprints=self.fingerprints,
            faces=self.faces,
            codes=self.codes,
            notice=NOTICE,
            photo=no_photo,
            sessions=Sessions(),
        )
        with self.storage.begin() as work:
            work.settings.put(open_all_week(face_enabled=True), by=None, at=self.clock.now())

    def tick(self, seconds: float) -> None:
        """Let time pass and do what is due, a second at a time."""
        for _ in range(int(seconds)):
            self.clock.advance(1)
            self.visit_clock.advance()
