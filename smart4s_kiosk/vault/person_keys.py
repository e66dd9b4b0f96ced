"""The file of person keys: one for the showroom, shared by every process and terminal; destroying a key is the erasure.

New keys are appended and handed to the disk before they are used. An erasure rewrites the file under a new name, puts
it in place of the old one in one step, and then overwrites the old one. Readers open the file anew each time, so an
erasure elsewhere holds at once. See docs/adr for why it is a file and not a table.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vault import ErasureReceipt, KeyFileDamaged, PersonForgotten, PersonKeyUnknown
from smart4s_kiosk.vault import files, person_records
from smart4s_kiosk.vault.person_copy import CopyState, PersonKeyCopy
from smart4s_kiosk.vault.person_records import HEADER_BYTES, Pages, RecordBook
from smart4s_kiosk.vault.sealing import Key

FILE_NAME = "person_keys"


class PersonKeyFile:
    """Keys by person. Safe in threads and in several processes.

    Every method raises Unavailable when the file or its folder is away, and KeyFileDamaged when it cannot be read.
    """

    def __init__(self, folder: Path, store_key: Key, clock: Clock, copy_folder: Path | None = None) -> None:
        self.place = folder / FILE_NAME
        self._book = RecordBook(store_key)
        self._clock = clock
        self._lock = files.FileLock(folder / f"{FILE_NAME}.lock", clock)
        self._copy = PersonKeyCopy(copy_folder, self._book) if copy_folder else None
        self._pages = Pages(b"", 0, {})
        self._reading = threading.Lock()

    def create(self) -> None:
        """Begin an empty file; refuses when one has keys. Once for a showroom: a missing file is never made anew."""
        files.make_private_folder(self.place.parent)
        with self._lock.held():
            if self.place.exists() and self.place.stat().st_size > HEADER_BYTES:
                raise KeyFileDamaged("person keys", waiting_helps=False, reason="already there")
            files.write_whole(self.place, self._book.new_header())

    def key_of(self, person: PersonId) -> Key:
        """The person's key. Raises PersonForgotten, PersonKeyUnknown."""
        record = self._read().records.get(self._book.tag(person))
        if record is None:
            raise PersonKeyUnknown(person=person)
        return self._key_in(record, person)

    def key_for(self, person: PersonId) -> Key:
        """The person's key, made now if there is none. Raises PersonForgotten."""
        tag = self._book.tag(person)
        record = self._read().records.get(tag)
        if record is None:
            with self._held():
                record = self._read().records.get(tag) or self._append(person)
        return self._key_in(record, person)

    def knows(self, person: PersonId) -> bool:
        """Whether the person has a key."""
        record = self._read().records.get(self._book.tag(person))
        return record is not None and not person_records.is_forgotten(record)

    def receipt(self, person: PersonId) -> ErasureReceipt | None:
        """The receipt of an earlier erasure."""
        record = self._read().records.get(self._book.tag(person))
        return self._book.receipt_in(record, person) if record and person_records.is_forgotten(record) else None

    def forget(self, person: PersonId) -> ErasureReceipt:
        """Destroy the person's key, here and in the copy; a person without one can never get one."""
        tag = self._book.tag(person)
        with self._held():
            pages = self._read()
            record = pages.records.get(tag, b"")
            if not person_records.is_forgotten(record):
                record = self._book.forgotten_record(tag, self._clock.now(), record)
                self._rewrite({**pages.records, tag: record})
            return self._book.receipt_in(record, person)

    def take_over(self, source: Path) -> int:
        """Add what a copy has and this file lacks; erasures win on both sides. Returns how many records were added."""
        with self._held():
            pages = self._read()
            merged = dict(pages.records)
            for tag, record in read_pages(source, self._book).records.items():
                if tag not in merged or person_records.is_forgotten(record):
                    merged[tag] = pages.records[tag] if self._forgot(pages, tag) else record
            self._rewrite(merged)
            return len(merged) - len(pages.records)

    @staticmethod
    def _forgot(pages: Pages, tag: bytes) -> bool:
        return tag in pages.records and person_records.is_forgotten(pages.records[tag])

    def restore_from_copy(self) -> None:
        """On a new machine: begin the file from the newest copy. Raises KeyFileDamaged when it is another store's."""
        if self._copy is None:
            raise Unavailable("person key copy", waiting_helps=False)
        read_pages(self._copy.place, self._book)
        self.create()
        self.take_over(self._copy.place)

    def copy_state(self) -> CopyState:
        """Whether the newest copy is there and has forgotten whom this file forgot."""
        return self._copy.state(self._read(), self.place) if self._copy else CopyState.NONE

    def refresh_copy(self) -> CopyState:
        """Bring the copy up to date, for example after its disk was away."""
        if self._copy:
            with self._held():
                if self.copy_state() is not CopyState.FRESH:
                    self._copy.write(self.place)
        return self.copy_state()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The writers' lock; whoever gets it first removes what a killed writer left behind."""
        if not self.place.exists():
            raise Unavailable("person keys", waiting_helps=True)
        with self._lock.held():
            with _away_is_said():
                self._remove_leftovers()
            yield

    def _remove_leftovers(self) -> None:
        files.overwrite_and_remove(self.place.with_name(f"{FILE_NAME}.new"))
        old = self.place.with_name(f"{FILE_NAME}.old")
        if old.exists():
            # Killed before the new file took its place: both names are the file in use, so only one name goes.
            if _header(old) == _header(self.place):
                old.unlink()
            files.overwrite_and_remove(old)

    def _key_in(self, record: bytes, person: PersonId) -> Key:
        if person_records.is_forgotten(record):
            raise PersonForgotten(person=person)
        return self._book.key_in(record)

    def _read(self) -> Pages:
        """The file as it is now: the tail alone when it only grew, all of it after a rewrite."""
        with self._reading:
            self._pages = read_pages(self.place, self._book, self._pages)
            return self._pages

    def _append(self, person: PersonId) -> bytes:
        record = self._book.new_key_record(person, self._clock.now())
        end = self._pages.end
        with _away_is_said(), self.place.open("r+b") as file:
            file.truncate(end)
            file.seek(end)
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
        if self._copy:
            self._copy.append(self.place, end, record)
        return record

    def _rewrite(self, records: dict[bytes, bytes]) -> None:
        """Replace the file, then overwrite the old one: its second name keeps it in reach until that is done."""
        with _away_is_said():
            old = self.place.with_name(f"{FILE_NAME}.old")
            with suppress(OSError):  # a share without hard links: the old file then goes without being overwritten
                os.link(self.place, old)
            files.write_whole(self.place, self._book.new_header() + b"".join(records.values()))
            files.overwrite_and_remove(old)
        if self._copy:
            self._copy.write(self.place)


def read_pages(place: Path, book: RecordBook, known: Pages | None = None) -> Pages:
    """A key file's records; `known` spares reading what was read before. Raises Unavailable, KeyFileDamaged."""
    with _away_is_said(), place.open("rb", buffering=0) as file:
        generation = book.generation_of(file.read(HEADER_BYTES))
        if known is None or known.generation != generation:
            known = Pages(generation, HEADER_BYTES, {})
        return _with_tail(file, known)


def _with_tail(file: BinaryIO, known: Pages) -> Pages:
    if os.fstat(file.fileno()).st_size <= known.end:
        return known
    file.seek(known.end)
    records, length = person_records.read_records(file.read())
    if not length:
        return known
    return Pages(known.generation, known.end + length, {**known.records, **records})


def _header(place: Path) -> bytes:
    with place.open("rb") as file:
        return file.read(HEADER_BYTES)


@contextmanager
def _away_is_said() -> Iterator[None]:
    """A file that cannot be reached becomes Unavailable."""
    try:
        yield
    except OSError as error:
        raise Unavailable("person keys", waiting_helps=True, reason=error.strerror or "") from error
