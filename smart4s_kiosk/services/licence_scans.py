"""Licences between the camera and the confirmation: capture, reading, checking, forgetting. Nothing is ever stored."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smart4s_kiosk.domain.errors import NotAllowed, RuleBroken, Unavailable
from smart4s_kiosk.domain.ids import AgreementId, StaffId
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.domain.licence_numbers import IdentityKind
from smart4s_kiosk.domain.licences import LicenceField, LicenceFieldWrong, LicenceKind, date_in
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.licence_capture import CaptureJudge, CaptureJudges, CaptureTip, CardFrame, PictureOpener
from smart4s_kiosk.ports.licence_reading import LicenceReader, Picture
from smart4s_kiosk.ports.vision import Frame, FrameSource, Pixels
from smart4s_kiosk.services.licence_sheets import (
    BLOCKING,
    DECIDING,
    FieldNeedsTyping,
    FieldsStillOpen,
    LicenceSheet,
    Scan,
    clean,
    licence_of,
    marks_of,
    sheet_of,
)
from smart4s_kiosk.services.staff import Staff
from smart4s_kiosk.services.test_drives import CheckedLicence

MOST_PAGES = 2
TRIES = 3
"""After so many failed readings the fields are typed (product.md)."""
MOST_SCANS = 3
FORGOTTEN_AFTER_S = 30 * 60
"""A scan that nobody touched for so long was walked away from: pictures and fields go."""
FRESH_S = 1.0
"""An older frame is no live picture: the camera hangs."""


class NoCamera(Unavailable):
    """This terminal has no document camera, or it gives no picture."""

    code = "licence.no_camera"


class NothingToRead(RuleBroken):
    """No page was taken yet."""

    code = "licence.nothing_to_read"


class NoLicenceSeen(RuleBroken):
    """No licence was recognised in these pictures: take them again, type the fields, or name another document."""

    code = "licence.not_seen"


class TooManyPages(RuleBroken):
    """A licence has two pages: two pictures at most."""

    code = "licence.too_many_pages"


class SecondPersonIsFirst(NotAllowed):
    """The second person must be somebody else."""

    code = "licence.second_is_first"


class NoScan(RuleBroken):
    """The reading is gone (restart or time); read the licence again."""

    code = "licence.no_scan"


@dataclass(frozen=True, slots=True, eq=False)
class CaptureView:
    """What the capture page shows now."""

    pixels: Pixels | None
    sequence: int
    tip: CaptureTip | None
    steadiness: float
    """0 to 1: how near the automatic shutter is."""
    pages_taken: int
    may_shoot: bool
    place: CardFrame | None
    """Where the card is to be held, in shares of the picture."""
    must_type: bool
    """Three readings failed: typing is offered first."""


@dataclass(frozen=True, slots=True)
class ScanParts:
    """What licence scans need from outside."""

    reader: LicenceReader
    open_picture: PictureOpener
    kinds: Sequence[IdentityKind]
    staff: Staff
    clock: Clock
    camera: FrameSource | None = None
    judges: CaptureJudges | None = None
    """None: no live tips, the shutter is pressed by hand."""


@dataclass(slots=True)
class _Watch:
    """The judging of the page that is before the camera."""

    judge: CaptureJudge | None
    is_upright: bool = False
    last: int = -1
    tips: tuple[CaptureTip, ...] = (CaptureTip.NO_CARD,)
    must_leave: bool = False
    """After a page was taken the next one counts only once this one was taken away."""


class LicenceScans:
    """One scan for each agreement, at most three at a time; pictures live in memory until they are read.

    Every method may be called from any thread; the reader itself is used by one thread at a time.
    """

    def __init__(self, parts: ScanParts) -> None:
        self._p = parts
        self._scans: dict[AgreementId, Scan] = {}
        self._watches: dict[AgreementId, _Watch] = {}
        self._lock = threading.RLock()
        self._reading = threading.Lock()

    @property
    def has_camera(self) -> bool:
        """Whether a document camera is there and gives pictures."""
        camera = self._p.camera
        if camera is None:
            return False
        frame = camera.latest()
        return frame is not None and self._p.clock.monotonic() - frame.moment < FRESH_S

    def warm_up(self) -> None:
        """Load the reader's models before the first guest waits for them (seconds: off the screen's thread)."""
        with self._reading:
            self._p.reader.warm_up()

    # capture

    def begin(self, agreement_id: AgreementId, *, upright: bool = False) -> None:
        """The first page, or everything again; failed tries still count. `upright`: a phone's electronic licence."""
        with self._lock:
            tries = self._scans[agreement_id].failed_tries if agreement_id in self._scans else 0
            self.forget(agreement_id)
            while len(self._scans) >= MOST_SCANS:
                self.forget(next(iter(self._scans)))
            self._scans[agreement_id] = Scan(agreement_id, failed_tries=tries, touched=self._p.clock.monotonic())
            self._watches[agreement_id] = self._new_watch(upright=upright)

    def look(self, agreement_id: AgreementId) -> CaptureView:
        """The newest frame with its tip; takes the picture by itself when nothing is left to say."""
        with self._lock:
            scan, watch = self._scan(agreement_id), self._watches[agreement_id]
            frame = self._p.camera.latest() if self._p.camera else None
            if frame is not None and frame.sequence != watch.last and watch.judge is not None:
                watch.last = frame.sequence
                watch.tips = watch.judge.judge(frame.pixels)
                self._maybe_take(scan, watch, frame.pixels)
            return CaptureView(
                pixels=frame.pixels if frame else None,
                sequence=frame.sequence if frame else -1,
                tip=CaptureTip.NO_CARD if watch.must_leave and not watch.tips else next(iter(watch.tips), None),
                steadiness=0.0 if watch.must_leave else 1.0 - min(1.0, len(watch.tips) / 3),
                pages_taken=len(scan.taken),
                may_shoot=frame is not None and len(scan.taken) < MOST_PAGES,
                place=_place(watch, frame),
                must_type=scan.failed_tries >= TRIES,
            )

    def shoot(self, agreement_id: AgreementId) -> int:
        """Take the newest frame now; how many pages are taken. Raises NoCamera."""
        with self._lock:
            if not self.has_camera or self._p.camera is None:
                raise NoCamera("document-camera")
            frame = self._p.camera.latest()
            if frame is not None:
                self._add(self._scan(agreement_id), frame.pixels)
            return len(self._scan(agreement_id).taken)

    def add_file(self, agreement_id: AgreementId, data: bytes) -> int:
        """A page from a picture file; how many pages are taken. Raises the opener's refusals."""
        picture = self._p.open_picture(data)
        with self._lock:
            self._add(self._scan(agreement_id), picture)
            return len(self._scan(agreement_id).taken)

    def read(self, agreement_id: AgreementId) -> LicenceSheet:
        """Read the taken pages (seconds: call it off the screen's thread).

        Raises NothingToRead, ReaderAway, NoLicenceSeen: the pictures are gone, the next page may be taken at once.
        """
        with self._lock:
            scan = self._scan(agreement_id)
            pages, scan.taken = scan.taken, ()
        if not pages:
            raise NothingToRead
        with self._reading:
            reading = self._p.reader.read(pages)
        del pages
        with self._lock:
            if reading.kind is LicenceKind.NONE:
                scan.failed_tries += 1
                upright = agreement_id in self._watches and self._watches[agreement_id].is_upright
                self._watches[agreement_id] = self._new_watch(upright=upright)
                raise NoLicenceSeen
            scan.take_reading(reading)
            if sum(not reading.text(field) for field in DECIDING) >= TRIES:
                scan.failed_tries += 1
            return sheet_of(scan, self._p.kinds)

    # checking

    def has_sheet(self, agreement_id: AgreementId) -> bool:
        """Whether something is there to check."""
        with self._lock:
            scan = self._scans.get(agreement_id)
            return scan is not None and scan.texts is not None

    def sheet(self, agreement_id: AgreementId) -> LicenceSheet:
        """The checking page. Raises NoScan."""
        with self._lock:
            return sheet_of(self._read_scan(agreement_id), self._p.kinds)

    def must_type(self, agreement_id: AgreementId) -> bool:
        """Whether three readings failed."""
        with self._lock:
            return agreement_id in self._scans and self._scans[agreement_id].failed_tries >= TRIES

    def type_by_hand(self, agreement_id: AgreementId, kind: LicenceKind = LicenceKind.PAPER) -> LicenceSheet:
        """The equal way without a camera, also for documents of another kind: every field from the document."""
        with self._lock:
            if agreement_id not in self._scans:
                self.begin(agreement_id)
            self._scan(agreement_id).begin_typing(kind)
            return self.sheet(agreement_id)

    def type_field(self, agreement_id: AgreementId, field: LicenceField, typed: str) -> LicenceSheet:
        """改: a person typed the field. Raises LicenceFieldWrong."""
        return self._change(agreement_id, lambda scan: scan.type_field(field, clean(field, typed)))

    def accept_field(self, agreement_id: AgreementId, field: LicenceField) -> LicenceSheet:
        """没错: a person compared the field with the document. Raises FieldNeedsTyping."""

        def accept(scan: Scan) -> None:
            marks = frozenset(marks_of(scan, self._p.kinds).get(field, {}))
            if marks & BLOCKING:
                raise FieldNeedsTyping(field=field.value)
            scan.accepted = {**(scan.accepted or {}), field: marks}

        return self._change(agreement_id, accept)

    def type_companion(self, agreement_id: AgreementId, typed: str) -> LicenceSheet:
        """First issue of the colleague's licence who drives along: the motorway in probation depends on it.

        Raises LicenceFieldWrong: no day, or one that has not come yet.
        """
        day = date_in(clean(LicenceField.FIRST_ISSUE, typed))
        if day > self._p.clock.now().date():
            raise LicenceFieldWrong(expected="date")

        def keep(scan: Scan) -> None:
            scan.companion_first_issue = day

        return self._change(agreement_id, keep)

    def confirm_as_second(
        self, agreement_id: AgreementId, staff_id: StaffId, pin: str, *, first: StaffId
    ) -> LicenceSheet:
        """A colleague compared the fields too, and says so with their own PIN. Raises WrongPin, SecondPersonIsFirst."""
        if staff_id == first:
            raise SecondPersonIsFirst
        member = self._p.staff.sign_in(staff_id, pin)

        def confirm(scan: Scan) -> None:
            scan.second_staff_id, scan.second_name = member.id, member.name

        return self._change(agreement_id, confirm)

    def checked(
        self, agreement_id: AgreementId, declaration: Declaration | None = None, *, is_final: bool = True
    ) -> CheckedLicence:
        """What the decision needs; `is_final` refuses open fields. Raises FieldsStillOpen, LicenceFieldWrong."""
        with self._lock:
            scan = self._read_scan(agreement_id)
            sheet = sheet_of(scan, self._p.kinds)
            if is_final and not sheet.is_complete:
                raise FieldsStillOpen(open=sheet.open_rows)
            second = StaffId(scan.second_staff_id) if scan.second_staff_id else None
            return CheckedLicence(licence_of(scan), declaration, second, scan.companion_first_issue)

    def pictures(self, agreement_id: AgreementId) -> tuple[bytes, ...]:
        """The read pages, portrait blacked out; empty once they are forgotten."""
        with self._lock:
            scan = self._scans.get(agreement_id)
            return tuple(page.picture for page in scan.pages) if scan else ()

    def forget(self, agreement_id: AgreementId) -> None:
        """The pictures and everything read from them are gone."""
        with self._lock:
            self._scans.pop(agreement_id, None)
            self._watches.pop(agreement_id, None)

    def tidy(self) -> int:
        """Forget what was walked away from; how many. Called now and then by whoever shows the pages."""
        with self._lock:
            now = self._p.clock.monotonic()
            old = [name for name, scan in self._scans.items() if now - scan.touched >= FORGOTTEN_AFTER_S]
            for name in old:
                self.forget(name)
            return len(old)

    # inside

    def _scan(self, agreement_id: AgreementId) -> Scan:
        if agreement_id not in self._scans:
            raise NoScan
        scan = self._scans[agreement_id]
        scan.touched = self._p.clock.monotonic()
        return scan

    def _read_scan(self, agreement_id: AgreementId) -> Scan:
        scan = self._scan(agreement_id)
        if scan.texts is None:
            raise NoScan
        return scan

    def _change(self, agreement_id: AgreementId, act: Callable[[Scan], None]) -> LicenceSheet:
        with self._lock:
            scan = self._read_scan(agreement_id)
            act(scan)
            return sheet_of(scan, self._p.kinds)

    def _new_watch(self, *, upright: bool) -> _Watch:
        return _Watch(self._p.judges(upright=upright) if self._p.judges else None, is_upright=upright)

    def _maybe_take(self, scan: Scan, watch: _Watch, pixels: Pixels) -> None:
        """Sharp, lit, flat and still: take it. Then the page must leave the frame before the next one counts."""
        if CaptureTip.NO_CARD in watch.tips:
            watch.must_leave = False
        if watch.tips or watch.must_leave or len(scan.taken) >= MOST_PAGES:
            return
        self._add(scan, pixels)

    def _add(self, scan: Scan, picture: Picture) -> None:
        if len(scan.taken) < MOST_PAGES:
            scan.taken = (*scan.taken, picture)
            before = self._watches.get(scan.agreement_id)
            watch = self._new_watch(upright=before is not None and before.is_upright)
            watch.must_leave = True
            self._watches[scan.agreement_id] = watch


def _place(watch: _Watch, frame: Frame | None) -> CardFrame | None:
    if watch.judge is None or frame is None:
        return None
    height, width = frame.pixels.shape[:2]
    return watch.judge.place(width, height)
