"""The first start of a store on this machine: every step can be done again, and nothing is kept until it is asked."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Role, StaffMember, check_pin_strength
from smart4s_kiosk.ports.documents import NoticePaper, RecoveryPaper, StoreFace, TicketPaper
from smart4s_kiosk.ports.machine import OpenStore
from smart4s_kiosk.ports.vault import RecoverySheet
from smart4s_kiosk.ports.vision import CameraFound, CameraRole, CameraStatus, Frame
from smart4s_kiosk.services.first_start_refusals import (
    CameraTwice,
    NameMissing,
    NoSurface,
    NotAColour,
    NotALogo,
    NotAnAddress,
    PinsDiffer,
    SheetNotCopied,
    StepMissing,
)
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.staff_changes import NewMember
from smart4s_kiosk.services.step_tools import StepTools

CONFIRMED = "recovery_sheet.confirmed"
LARGEST_LOGO = 200_000
SURFACES = ("kiosk", "reception", "tablet", "manager")
"""What a terminal may show; one computer may show several."""
ROLE_KEYS = {role: f"cameras.{role.value}.source" for role in CameraRole}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+(/[\w./~-]*)?", re.ASCII)


class Step(StrEnum):
    """The steps, in order."""

    LANGUAGE = "language"
    STORE = "store"
    SURFACES = "surfaces"
    CAMERAS = "cameras"
    ADMINISTRATOR = "administrator"
    SHEET = "sheet"
    STAFF = "staff"
    PRINTING = "printing"
    CONNECTOR = "connector"
    DONE = "done"


NEEDED = (Step.STORE, Step.ADMINISTRATOR, Step.SHEET)
"""Without these the store cannot open; everything else may wait."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """How the store presents itself."""

    brand: str = ""
    name: str = ""
    company: str = ""
    accent: str = "#2348A8"
    time_zone: str = "Asia/Shanghai"
    has_logo: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been done so far."""

    has_store: bool
    done: frozenset[Step]
    store: StoreFacts = field(default_factory=StoreFacts)
    administrators: tuple[str, ...] = ()
    staff: int = 0
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[Step, ...]:
        """What the store cannot open without."""
        return tuple(step for step in NEEDED if step not in self.done)


class FirstStart:
    """Use cases of the first start; `by` is written beside every change once somebody is known."""

    def __init__(self, tools: StepTools, *, language: str, by: StaffId | None = None) -> None:
        self._machine, self._clock, self._ids = tools.machine, tools.clock, tools.ids
        self._terminal_id, self._slips, self._previews = tools.terminal_id, tools.slips, tools.previews
        self._tables, self.language = tools.tables, language
        self._store: OpenStore | None = self._machine.open_store() if self._machine.has_store() else None
        self._first_administrator = by
        self.asked_line = secrets.randbelow(4)
        """Which line of the sheet has to be typed back."""

    # where it stands

    def progress(self) -> Progress:
        """What is done; read again after every step."""
        chosen = self._machine.chosen()
        if self._store is None:
            return Progress(has_store=False, done=frozenset(), chosen=chosen)
        with self._store.storage.look() as view:
            settings, staff = view.settings.current(), view.staff.all()
            lines = view.audit.between(datetime.fromtimestamp(0, tz=UTC), self._clock.now())
        administrators = tuple(m.name for m in staff if m.role is Role.ADMINISTRATOR)
        done = {
            Step.LANGUAGE: True,
            Step.STORE: bool(settings.store_name and settings.brand_name),
            Step.SURFACES: bool(chosen.get("terminal.surfaces")),
            Step.CAMERAS: any(chosen.get(key) for key in ROLE_KEYS.values()),
            Step.ADMINISTRATOR: bool(administrators),
            Step.SHEET: any(line.act == CONFIRMED for line in lines) or settings.is_set_up,
            Step.STAFF: len(staff) > len(administrators),
            Step.PRINTING: bool(chosen.get("printing.printer") or chosen.get("printing.slip_printer")),
            Step.CONNECTOR: bool(chosen.get("connector.url")),
            Step.DONE: settings.is_set_up,
        }
        return Progress(
            has_store=True,
            done=frozenset(step for step, is_done in done.items() if is_done),
            store=_facts(settings),
            administrators=administrators,
            staff=len(staff),
            chosen=chosen,
        )

    def use_language(self, language: str) -> None:
        """The language of this terminal."""
        self.language = language
        self._machine.choose({"screen.language": language})

    def begin(self) -> Progress:
        """A new store: new keys, empty records."""
        if self._store is None:
            self._store = self._machine.open_store() if self._machine.has_store() else self._machine.create_store()
        return self.progress()

    def restore(self, sheet: str) -> Progress:
        """A further terminal, or a replaced machine: the store's key comes from its recovery sheet."""
        self._store = self._machine.restore_store(sheet)
        return self.progress()

    # the store

    def save_store(self, facts: StoreFacts, *, logo: bytes | None = None) -> Progress:
        """Names, accent, logo and time zone. `logo` None keeps the one before."""
        if not facts.brand.strip() or not facts.name.strip():
            raise NameMissing
        if not _COLOUR.fullmatch(facts.accent):
            raise NotAColour
        store = self._opened()
        if logo is not None and not is_logo(logo):
            raise NotALogo
        zone = str(ZoneInfo(facts.time_zone))
        self._machine.choose({"showroom.time_zone": zone})
        kept = store.media.put(logo) if logo is not None else ""
        with store.storage.begin() as work:
            now = work.settings.current()
            changed = replace(
                now,
                brand_name=facts.brand.strip(),
                store_name=facts.name.strip(),
                company=facts.company.strip(),
                accent=facts.accent.upper(),
                time_zone=zone,
                logo=kept or now.logo,
            )
            work.settings.put(changed, by=self._first_administrator, at=self._clock.now())
            work.announce("business_settings")
        return self.progress()

    def choose_surfaces(self, surfaces: Sequence[str], place: str) -> Progress:
        """Which screens this terminal opens from its next start on, and where it stands."""
        wanted = tuple(name for name in SURFACES if name in surfaces)
        if not wanted:
            raise NoSurface
        self._machine.choose({"terminal.surfaces": wanted, "terminal.place": place.strip()})
        return self.progress()

    # cameras

    def cameras(self) -> tuple[CameraFound, ...]:
        """What is plugged in now."""
        return tuple(self._machine.cameras())

    def show_camera(self, path: str) -> None:
        """Live picture of one camera; empty ends it."""
        self._machine.show_camera(path)

    def frame(self) -> Frame | None:
        """The newest picture of the shown camera."""
        return self._machine.frame()

    def camera_status(self) -> CameraStatus:
        """How the shown camera is."""
        return self._machine.camera_status()

    def choose_cameras(self, chosen: Mapping[CameraRole, str]) -> Progress:
        """Which camera is which; an empty path is "none"."""
        used = [path for path in chosen.values() if path]
        if len(used) != len(set(used)):
            raise CameraTwice
        self._machine.show_camera("")
        self._machine.choose({ROLE_KEYS[role]: path for role, path in chosen.items()})
        return self.progress()

    # people

    def add_administrator(self, name: str, badge: str, pin: str, again: str) -> Progress:
        """The first administrator, with a PIN of their own; there is no default."""
        if pin != again:
            raise PinsDiffer
        check_pin_strength(pin)
        member = self._staff().add(NewMember(name, Role.ADMINISTRATOR, badge, pin=pin), by=self._by())
        self._first_administrator = member.id
        return self.progress()

    def import_staff(self, content: bytes) -> int:
        """Everybody of a CSV or XLSX; how many were added."""
        by = self._by()
        if by is None:
            raise StepMissing(step=Step.ADMINISTRATOR.value)
        return self._staff().import_list(content, by=by)

    # the recovery sheet

    def sheet(self) -> RecoverySheet:
        """The store's key on paper."""
        return self._opened().sheets.sheet()

    def sheet_pdf(self) -> bytes:
        """The sheet to print."""
        sheet, facts = self.sheet(), self.progress().store
        face = StoreFace(brand=facts.brand, name=facts.name, accent=facts.accent, time_zone=facts.time_zone)
        return self._slips.recovery_sheet(
            RecoveryPaper(face, sheet.lines, sheet.code, self._clock.now(), self.language)
        )

    def sheet_pages(self, width_px: int) -> tuple[bytes, ...]:
        """The sheet as it will be printed, as pictures."""
        return self._previews.pages(self.sheet_pdf(), width_px)

    def confirm_sheet(self, typed_line: str) -> Progress:
        """The asked line, typed from the paper: the proof that the paper is in somebody's hand."""
        lines = list(self.sheet().lines)
        if _letters(typed_line) != _letters(lines[self.asked_line]):
            raise SheetNotCopied(line=self.asked_line + 1)
        with self._opened().storage.begin() as work:
            work.audit.append(
                at=self._clock.now(),
                act=CONFIRMED,
                subject_id="store",
                staff_id=self._by_within(work.staff.all()),
                terminal_id=self._terminal_id,
            )
        return self.progress()

    # printing and line

    def printers(self) -> tuple[str, ...]:
        """Empty: the buttons are absent."""
        return tuple(self._machine.printers())

    def print_sheet(self, printer: str) -> None:
        """The recovery sheet on paper; every press is a new job."""
        key = f"sheet:{self._ids.new()}"
        self._machine.print_pdf(self.sheet_pdf(), job_key=key, title="Recovery sheet", printer=printer)

    def test_print(self, printer: str, title: str, words: tuple[str, ...]) -> None:
        """One page, to see that the printer answers; it becomes this terminal's printer."""
        now = self._clock.now()
        facts = self.progress().store
        face = StoreFace(brand=facts.brand, name=facts.name, accent=facts.accent, time_zone=facts.time_zone)
        today = now.astimezone(ZoneInfo(facts.time_zone)).date()
        pdf = self._slips.notice(NoticePaper(face, title, words, title, words, "test", today))
        self._machine.print_pdf(pdf, job_key=f"test:{self._ids.new()}", title="Test page", printer=printer)
        self._machine.choose({"printing.printer": printer})

    def test_slip(self, printer: str, words: str) -> None:
        """One slip of 80 mm; its printer becomes this terminal's printer for slips."""
        facts = self.progress().store
        face = StoreFace(brand=facts.brand, name=facts.name, accent=facts.accent, time_zone=facts.time_zone)
        slip = TicketPaper(face, "000", words, self._clock.now(), None, None, language=self.language)
        job_key = f"test:{self._ids.new()}"
        self._machine.print_pdf(self._slips.ticket(slip), job_key=job_key, title="Test slip", printer=printer)
        self._machine.choose({"printing.slip_printer": printer})

    def choose_printers(self, sheets: str, slips: str) -> Progress:
        """Empty: this terminal has none, and shows no button."""
        self._machine.choose({"printing.printer": sheets, "printing.slip_printer": slips})
        return self.progress()

    def connect(self, address: str, code: str) -> Progress:
        """Make this terminal known to the connector; its address goes into the settings only when that worked.

        Raises `NotAnAddress` before the code is spent, `ConnectorNotReached`, `ConnectorRefused`.
        """
        whole = address.strip().rstrip("/")
        if "://" not in whole:
            whole = f"https://{whole}"
        if not _ADDRESS.fullmatch(whole):
            raise NotAnAddress
        self._machine.enrol(whole, code.strip())
        self._machine.choose({"connector.url": whole})
        return self.progress()

    # the end

    def finish(self) -> None:
        """The store opens. Raises `StepMissing` while something needed is not done."""
        missing = self.progress().missing
        if missing:
            raise StepMissing(step=missing[0].value)
        store = self._opened()
        with store.storage.begin() as work:
            by = self._by_within(work.staff.all())
            current = work.settings.current()
            if not current.is_set_up:
                work.settings.put(replace(current, is_set_up=True), by=by, at=self._clock.now())
            work.announce("business_settings")
        self._machine.show_camera("")

    def close(self) -> None:
        """Give everything back."""
        self._machine.close()

    def _opened(self) -> OpenStore:
        if self._store is None:
            raise StepMissing(step=Step.LANGUAGE.value)
        return self._store

    def _staff(self) -> Staff:
        store = self._opened()
        return Staff(
            storage=store.storage,
            clock=self._clock,
            ids=self._ids,
            pins=store.pins,
            tables=self._tables,
            terminal_id=self._terminal_id,
        )

    def _by(self) -> StaffId | None:
        with self._opened().storage.look() as view:
            return self._by_within(view.staff.all())

    def _by_within(self, staff: Sequence[StaffMember]) -> StaffId | None:
        administrators = [m.id for m in staff if m.role is Role.ADMINISTRATOR]
        if self._first_administrator in administrators:
            return self._first_administrator
        return administrators[0] if administrators else None


def time_zones() -> tuple[str, ...]:
    """Every zone by name, China's first."""
    return ("Asia/Shanghai", *sorted(z for z in available_timezones() if "/" in z and z != "Asia/Shanghai"))


def is_logo(content: bytes) -> bool:
    """Whether this can be a one-colour SVG."""
    start = content[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return (
        len(content) <= LARGEST_LOGO and (start.startswith((b"<svg", b"<?xml"))) and b"<svg" in content[:2000].lower()
    )


def _facts(settings: BusinessSettings) -> StoreFacts:
    return StoreFacts(
        brand=settings.brand_name,
        name=settings.store_name,
        company=settings.company,
        accent=settings.accent,
        time_zone=settings.time_zone,
        has_logo=bool(settings.logo),
    )


def _letters(text: str) -> str:
    return "".join(re.findall(r"[a-z]", text.lower()))
