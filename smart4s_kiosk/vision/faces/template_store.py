"""Keeps face templates in one sealed file on this terminal: never in the showroom's database, never on the network.

One line of JSON a person: the person's random id, and everything else (consent, expiry, model, numbers) sealed under
the person's own key and this terminal's. Destroying the person's key makes the line useless at once; the next change
or the daily tidy removes it. Every change writes a new file beside the old one, flushes it and puts it in place, so
that a kill at any moment leaves the old or the new file, never half of one; the old file's bytes are overwritten.
"""

import base64
import json
import os
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.faces import TEMPLATE_BYTES, Candidate, Embedding, FaceTemplate
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.ports.vault import FaceSealer, PersonForgotten, PersonKeyUnknown, SealBroken
from smart4s_kiosk.vision.faces.gallery import NumpyGallery

FORMAT: Final = "smart4s-faces-1"


class TemplateStoreAway(Unavailable):
    """The face templates of this terminal cannot be read or written."""

    code = "vision.template_store_away"


@dataclass(frozen=True, slots=True)
class _Line:
    """A person's line: what is sealed in the file, and what it says when it opens."""

    sealed: bytes
    templates: tuple[FaceTemplate, ...]


class SealedTemplateStore:
    """Implements `FaceTemplates`. Thread-safe; several processes of one terminal may share the file."""

    def __init__(self, path: Path, sealer: FaceSealer, *, model: str) -> None:
        self._path = path
        self._sealer = sealer
        self._gallery = NumpyGallery(model)
        self._lock = threading.RLock()
        self._lines: dict[PersonId, _Line] = {}
        self._signature: tuple[int, int, int] | None = None
        self.refresh()

    def candidates(self, embedding: Embedding, *, limit: int = 3) -> tuple[Candidate, ...]:
        return self._gallery.candidates(embedding, limit=limit)

    def people(self) -> int:
        return self._gallery.people()

    def of(self, person: PersonId) -> tuple[FaceTemplate, ...]:
        with self._lock:
            line = self._lines.get(person)
            return line.templates if line else ()

    def consents(self) -> frozenset[ConsentId]:
        with self._lock:
            return frozenset(t.consent for line in self._lines.values() for t in line.templates)

    def unreadable(self) -> int:
        """Lines that do not open under this terminal's keys; kept in the file, for the health page."""
        with self._lock:
            return sum(not line.templates for line in self._lines.values())

    def refresh(self) -> None:
        with self._lock, _translated():
            if self._file_signature() != self._signature:
                self._load()

    def enrol(self, templates: Sequence[FaceTemplate]) -> None:
        people = {template.person for template in templates}
        if len(people) != 1:
            raise ValueError("enrol one person at a time")
        person = people.pop()
        line = _Line(self._sealer.seal(person, _pack(templates)), tuple(templates))
        with self._changing():
            self._lines[person] = line

    def erase(self, person: PersonId) -> int:
        with self._changing():
            line = self._lines.pop(person, None)
        return len(line.templates) or 1 if line else 0

    def erase_consent(self, consent: ConsentId) -> int:
        return self._keep(lambda template: template.consent != consent)

    def prolong(self, person: PersonId, until: datetime) -> None:
        kept = tuple(replace(template, expires_at=until) for template in self.of(person))
        if kept:
            self.enrol(kept)

    def expire(self, now: datetime) -> int:
        self.refresh()
        forgotten = [person for person in list(self._lines) if self._is_forgotten(person)]
        gone = sum(self.erase(person) for person in forgotten)
        return gone + self._keep(lambda template: not template.is_expired(now))

    def _is_forgotten(self, person: PersonId) -> bool:
        try:
            self._sealer.open(person, self._lines[person].sealed)
        except PersonForgotten:
            return True
        except (PersonKeyUnknown, SealBroken):
            return False
        return False

    def _keep(self, wanted: Callable[[FaceTemplate], bool]) -> int:
        """Keep only the templates wanted; how many went. Writes only when something goes."""
        with self._lock:
            going = [t for line in self._lines.values() for t in line.templates if not wanted(t)]
        for person in {template.person for template in going}:
            kept = [template for template in self.of(person) if wanted(template)]
            if kept:
                self.enrol(kept)
            else:
                self.erase(person)
        return len(going)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Lock out other threads and processes, take in their changes, and write ours."""
        with self._lock, _translated(), _file_lock(self._path.with_suffix(".lock")):
            if self._file_signature() != self._signature:
                self._load()
            before = dict(self._lines)
            try:
                yield
                self._write()
            except OSError:
                self._lines = before
                raise
            self._fill_gallery()

    def _fill_gallery(self) -> None:
        self._gallery.fill(template for line in self._lines.values() for template in line.templates)

    def _load(self) -> None:
        signature = self._file_signature()
        lines: dict[PersonId, _Line] = {}
        if signature is not None:
            with self._path.open(encoding="ascii") as file:
                if json.loads(file.readline() or "{}").get("format") != FORMAT:
                    raise TemplateStoreAway("face templates", waiting_helps=False)
                for text in file:
                    record = json.loads(text)
                    person = PersonId(str(record["person"]))
                    sealed = base64.b64decode(record["sealed"])
                    lines[person] = _Line(sealed, self._open(person, sealed))
        self._lines, self._signature = lines, signature
        self._fill_gallery()

    def _open(self, person: PersonId, sealed: bytes) -> tuple[FaceTemplate, ...]:
        try:
            return _unpack(person, self._sealer.open(person, sealed))
        except (PersonForgotten, PersonKeyUnknown, SealBroken):
            return ()

    def _write(self) -> None:
        beside = self._path.with_suffix(".new")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
            file.write(json.dumps({"format": FORMAT}) + "\n")
            for person, line in self._lines.items():
                sealed = base64.b64encode(line.sealed).decode("ascii")
                file.write(json.dumps({"person": person, "sealed": sealed}) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _replace_and_overwrite(beside, self._path)
        self._signature = self._file_signature()

    def _file_signature(self) -> tuple[int, int, int] | None:
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return None
        return state.st_ino, state.st_mtime_ns, state.st_size


def _pack(templates: Sequence[FaceTemplate]) -> bytes:
    """A JSON head with what is short, then the numbers as they are. No pickle: reading must never run anything."""
    head = [
        {
            "consent": t.consent,
            "model": t.embedding.model,
            "quality": round(t.quality, 4),
            "made_at": t.made_at.isoformat(),
            "expires_at": t.expires_at.isoformat(),
        }
        for t in templates
    ]
    text = json.dumps(head).encode("ascii")
    return struct.pack("<I", len(text)) + text + b"".join(t.embedding.vector for t in templates)


def _unpack(person: PersonId, plain: bytes) -> tuple[FaceTemplate, ...]:
    (length,) = struct.unpack_from("<I", plain)
    head = json.loads(plain[4 : 4 + length])
    body = plain[4 + length :]
    return tuple(
        FaceTemplate(
            person=person,
            embedding=Embedding(item["model"], body[at * TEMPLATE_BYTES : (at + 1) * TEMPLATE_BYTES]),
            quality=float(item["quality"]),
            consent=ConsentId(item["consent"]),
            made_at=datetime.fromisoformat(item["made_at"]).astimezone(UTC),
            expires_at=datetime.fromisoformat(item["expires_at"]).astimezone(UTC),
        )
        for at, item in enumerate(head)
    )


def _replace_and_overwrite(new: Path, old: Path) -> None:
    """Put the new file in place of the old one, then write zeros over the old one's bytes.

    Overwriting is best effort (a journal or a flash disk may keep a copy): what counts is that the person's key goes.
    """
    if sys.platform == "win32" or not old.exists():
        new.replace(old)
        return
    with old.open("r+b") as before:
        new.replace(old)
        _flush_folder(old.parent)
        before.write(bytes(os.fstat(before.fileno()).st_size))
        before.flush()
        os.fsync(before.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    """One process at a time; the system frees the lock when its holder dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, json.JSONDecodeError, UnicodeDecodeError, KeyError) as error:
        raise TemplateStoreAway("face templates") from error
