"""Cameras, engines and galleries that tests steer by hand."""

import hashlib
import os
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from smart4s_kiosk.domain.faces import (
    SFACE_RULES,
    Candidate,
    Embedding,
    FaceHint,
    FaceModelMismatch,
    FaceRules,
    FaceTemplate,
    similarity,
)
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.domain.liveness import Gesture, Pose
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vault import PersonForgotten, PersonKeyUnknown, SealBroken
from smart4s_kiosk.ports.vision import (
    Box,
    CameraHealth,
    CameraRole,
    CameraStatus,
    FaceFound,
    FaceQuality,
    FaceSeen,
    FacesLooked,
    Frame,
    Pixels,
)

FAKE_MODEL = "f" * 64
BOX = Box(200, 120, 160, 200)


def embedding_of(seed: int, *, like: Embedding | None = None, alike: float = 0.0, model: str = FAKE_MODEL) -> Embedding:
    """A unit vector of a seed; with `like`, one whose cosine to it is `alike`."""
    vector = np.random.default_rng(seed).normal(size=128)
    if like is not None:
        base = np.frombuffer(like.vector, "<f4").astype(np.float64)
        vector -= base * (vector @ base)
        vector = alike * base + (1 - alike**2) ** 0.5 * vector / np.linalg.norm(vector)
    return Embedding(model, (vector / np.linalg.norm(vector)).astype("<f4").tobytes())


class FakeFaceTemplates:
    """Templates in a dictionary, compared number by number."""

    def __init__(self, model: str = FAKE_MODEL) -> None:
        self._model = model
        self._kept: dict[PersonId, tuple[FaceTemplate, ...]] = {}

    def candidates(self, embedding: Embedding, *, limit: int = 3) -> tuple[Candidate, ...]:
        if embedding.model != self._model:
            raise FaceModelMismatch(asked=embedding.model, enrolled=self._model)
        best = {
            person: max(similarity(t.embedding, embedding) for t in usable)
            for person, templates in self._kept.items()
            if (usable := [t for t in templates if t.embedding.model == self._model])
        }
        ranked = sorted(best.items(), key=lambda item: item[1], reverse=True)
        return tuple(Candidate(person, score) for person, score in ranked[:limit])

    def people(self) -> int:
        return sum(any(t.embedding.model == self._model for t in kept) for kept in self._kept.values())

    def enrol(self, templates: Sequence[FaceTemplate]) -> None:
        if len({template.person for template in templates}) != 1:
            raise ValueError("enrol one person at a time")
        self._kept[templates[0].person] = tuple(templates)

    def erase(self, person: PersonId) -> int:
        return len(self._kept.pop(person, ()))

    def erase_consent(self, consent: ConsentId) -> int:
        return self._keep(lambda template: template.consent != consent)

    def prolong(self, person: PersonId, until: datetime) -> None:
        if person in self._kept:
            self._kept[person] = tuple(replace(t, expires_at=until) for t in self._kept[person])

    def expire(self, now: datetime) -> int:
        return self._keep(lambda template: not template.is_expired(now))

    def of(self, person: PersonId) -> tuple[FaceTemplate, ...]:
        return self._kept.get(person, ())

    def consents(self) -> frozenset[ConsentId]:
        return frozenset(t.consent for kept in self._kept.values() for t in kept)

    def refresh(self) -> None:
        """Nobody else changes a dictionary."""

    def _keep(self, wanted) -> int:  # type: ignore[no-untyped-def] # any test of a template
        before = sum(map(len, self._kept.values()))
        kept = {person: tuple(t for t in templates if wanted(t)) for person, templates in self._kept.items()}
        self._kept = {person: templates for person, templates in kept.items() if templates}
        return before - sum(map(len, self._kept.values()))


class FakeFaceSealer:
    """A toy cipher with a key per person: hides the plain bytes, notices every change, forgets for good."""

    def __init__(self) -> None:
        self._keys: dict[PersonId, bytes] = {}
        self._forgotten: set[PersonId] = set()

    def seal(self, person: PersonId, template: bytes) -> bytes:
        if person in self._forgotten:
            raise PersonForgotten
        key, salt = self._keys.setdefault(person, os.urandom(32)), os.urandom(16)
        hidden = self._mask(key, salt, template)
        return salt + hashlib.sha256(key + salt + hidden).digest() + hidden

    def open(self, person: PersonId, sealed: bytes) -> bytes:
        if person in self._forgotten:
            raise PersonForgotten
        if person not in self._keys:
            raise PersonKeyUnknown
        key, salt, hidden = self._keys[person], sealed[:16], sealed[48:]
        if hashlib.sha256(key + salt + hidden).digest() != sealed[16:48]:
            raise SealBroken("face template")
        return self._mask(key, salt, hidden)

    def forget(self, person: PersonId) -> None:
        self._keys.pop(person, None)
        self._forgotten.add(person)

    @staticmethod
    def _mask(key: bytes, salt: bytes, data: bytes) -> bytes:
        stream = hashlib.shake_256(key + salt).digest(len(data))
        return bytes(a ^ b for a, b in zip(data, stream, strict=True))


class FakeFaceWatch:
    """Remembers whether the analyser is on, and how often it was switched."""

    def __init__(self) -> None:
        self._on = False
        self.starts = 0

    @property
    def is_on(self) -> bool:
        return self._on

    def start(self) -> None:
        self._on = True
        self.starts += 1

    def stop(self) -> None:
        self._on = False


class FakeFaceConsents:
    """Consents that a test gives and withdraws."""

    def __init__(self, *valid: ConsentId) -> None:
        self.valid = set(valid)
        self.only_look: set[ConsentId] = set()

    def is_valid(self, consent: ConsentId, now: datetime) -> bool:
        return consent in self.valid

    def covers_keeping(self, consent: ConsentId, now: datetime) -> bool:
        return consent in self.valid - self.only_look


class FakeFaceEngine:
    """Finds the faces that a test announces, whatever the picture shows."""

    def __init__(self, faces: Iterable[FaceFound] = (), *, hint: FaceHint = FaceHint.FINE) -> None:
        self.faces = tuple(faces)
        self.hint = hint
        self.embedded: list[FaceFound] = []

    @property
    def model(self) -> str:
        return FAKE_MODEL

    @property
    def rules(self) -> FaceRules:
        return SFACE_RULES

    def find(self, pixels: Pixels) -> tuple[FaceFound, ...]:
        return tuple(sorted(self.faces, key=lambda face: face.box.area, reverse=True))

    def assess(self, pixels: Pixels, face: FaceFound) -> FaceQuality:
        return FaceQuality(self.hint, 0.8, face.box.width, 200.0, 120.0)

    def pose(self, face: FaceFound) -> Pose:
        return REST

    def embed(self, pixels: Pixels, face: FaceFound) -> Embedding:
        self.embedded.append(face)
        return embedding_of(face.box.left)


class FakeCamera:
    """Gives the frames that a test puts, newest first, without waiting."""

    def __init__(self, clock: Clock, camera: str = "face") -> None:
        self._clock = clock
        self._camera = camera
        self._frame: Frame | None = None
        self._changed = threading.Condition()
        self.status = CameraStatus.RUNNING

    def put(self, pixels: Pixels) -> Frame:
        with self._changed:
            sequence = self._frame.sequence + 1 if self._frame else 1
            self._frame = Frame(self._camera, sequence, self._clock.now(), self._clock.monotonic(), pixels)
            self._changed.notify_all()
            return self._frame

    def latest(self) -> Frame | None:
        with self._changed:
            return self._frame

    def next_frame(self, after: int, timeout_s: float) -> Frame | None:
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None and self._frame.sequence > after, timeout_s)
            return self._frame if self._frame is not None and self._frame.sequence > after else None

    def health(self) -> CameraHealth:
        return CameraHealth(self._camera, CameraRole.FACE, self.status)


def a_face(left: int = 240, top: int = 140, width: int = 160) -> FaceFound:
    height = round(width * 1.25)
    points = tuple(
        (left + width * x, top + height * y) for x, y in ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
    )
    return FaceFound(Box(left, top, width, height), 0.95, points)


REST = Pose(turn=0.02, nose_y=240.0, eyes=70.0, breadth=0.9)
POSES = {
    Gesture.TURN_LEFT: Pose(0.25, 240.0, 58.0, 0.75),
    Gesture.TURN_RIGHT: Pose(-0.25, 240.0, 58.0, 0.75),
    Gesture.NOD: Pose(0.02, 275.0, 70.0, 1.0),
}


def looked(
    clock: Clock,
    *,
    embedding: Embedding | None = None,
    pose: Pose | None = REST,
    hint: FaceHint = FaceHint.FINE,
    quality: float = 0.8,
) -> FacesLooked:
    """A finding of the face camera as the analyser makes it; `pose` None: no single face in the guide."""
    seen = None
    if pose is not None:
        seen = FaceSeen(a_face(), FaceQuality(hint, quality, 160, 200.0, 120.0), pose, embedding)
    return FacesLooked("face", 1, clock.now(), clock.monotonic(), (640, 480), hint, seen)
