"""Frames, findings and readers as services and screens see them; nothing here knows OpenCV."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.faces import Candidate, Embedding, FaceHint, FaceRules, FaceTemplate
from smart4s_kiosk.domain.foot_traffic import Metres
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.domain.liveness import Pose

Pixels = NDArray[np.uint8]
"""Height × width × 3 in blue-green-red order, read-only wherever it leaves the thread that made it."""


class CameraRole(Enum):
    """What a camera is for; each role has one device, told apart by its stable path."""

    FACE = "face"
    DOCUMENT = "document"
    FLOOR = "floor"


class CameraStatus(Enum):
    """How a camera is. Words for each stand in the screens' wording."""

    OPENING = "opening"
    RUNNING = "running"
    BLACK = "black"
    """Pictures come, all of them black: a closed privacy shutter, or a cap."""
    LOST = "lost"
    BUSY = "busy"
    """Another program has it open."""
    NO_PERMISSION = "no_permission"
    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"
    """A file that is no video, is damaged, or is larger than the limits."""
    ENDED = "ended"
    """A recorded source that is not repeated came to its end."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of one camera. Equal only to itself: comparing pixels is never what a caller means."""

    camera: str
    sequence: int
    """Counts the frames that the camera gave since it started; a gap shows frames that were overtaken."""
    taken_at: datetime
    moment: float
    """Monotonic seconds of the same instant, for ages and paces."""
    pixels: Pixels = field(repr=False)


@dataclass(frozen=True, slots=True)
class CameraHealth:
    """A camera's state for the health page and for hiding the face tile."""

    camera: str
    role: CameraRole
    status: CameraStatus
    frames: int = 0
    overtaken: int = 0
    """Frames that a newer one replaced before anybody took them."""
    reopened: int = 0
    last_frame_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CameraFound:
    """A camera that this machine has."""

    path: str
    """Stable across reboots and sockets where the system offers it; goes into the settings as it is."""
    name: str
    status: CameraStatus


class FrameSource(Protocol):
    """A camera as others see it. Thread-safe."""

    def latest(self) -> Frame | None:
        """The newest frame, without waiting; None before the first."""
        ...

    def next_frame(self, after: int, timeout_s: float) -> Frame | None:
        """The newest frame whose sequence is above `after`; waits for it, None when none came in time."""
        ...

    def health(self) -> CameraHealth: ...


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class FaceFound:
    """A face that a detector found: box, score (0..1), five points (right eye, left eye, nose, mouth corners)."""

    box: Box
    score: float
    landmarks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """Why a face is or is not good enough to compare. `value` 0..1 ranks pictures of one person."""

    hint: FaceHint
    value: float
    width_px: int
    sharpness: float
    """Variance of the Laplacian of the aligned 112 × 112 picture after brightness normalisation."""
    brightness: float


@dataclass(frozen=True, slots=True)
class FaceSeen:
    """The one face inside the guide, measured; embedded only when the quality is fine."""

    face: FaceFound
    quality: FaceQuality
    pose: Pose
    embedding: Embedding | None


@dataclass(frozen=True, slots=True)
class FacesLooked:
    """Finding: one look of the face analyser. No pixels. Bystanders are boxes, never embeddings."""

    camera: str
    sequence: int
    taken_at: datetime
    moment: float
    size: tuple[int, int]
    hint: FaceHint
    subject: FaceSeen | None = None
    bystanders: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """Finding: an anonymous track of the floor camera moved. `place` is None while the floor is not measured in."""

    camera: str
    track: int
    taken_at: datetime
    box: Box
    place: Metres | None


@dataclass(frozen=True, slots=True)
class CameraMoved:
    """Finding: the floor camera sees another scene than the one that was measured in; counts pause until it is."""

    camera: str
    taken_at: datetime


Finding = FacesLooked | PersonMoved | CameraMoved
Report = Callable[[Finding], None]


class FaceEngine(Protocol):
    """Finds faces and turns one into 128 numbers. One model, one thread; holds no picture."""

    @property
    def model(self) -> str:
        """SHA-256 of the embedding weights."""
        ...

    @property
    def rules(self) -> FaceRules:
        """The thresholds that belong to this model."""
        ...

    def find(self, pixels: Pixels) -> tuple[FaceFound, ...]:
        """Every face, largest first."""
        ...

    def assess(self, pixels: Pixels, face: FaceFound) -> FaceQuality: ...

    def pose(self, face: FaceFound) -> Pose: ...

    def embed(self, pixels: Pixels, face: FaceFound) -> Embedding: ...


class CodeReader(Protocol):
    """Reads codes out of pictures. Thread-safe; keeps nothing."""

    def read(self, pixels: Pixels) -> str | None:
        """The text of the one QR code in the picture; None without a readable one."""
        ...


class FaceGallery(Protocol):
    """The enrolled people of this terminal, for searching. Thread-safe."""

    def candidates(self, embedding: Embedding, *, limit: int = 3) -> tuple[Candidate, ...]:
        """The most similar people, best first, one entry a person. Raises FaceModelMismatch on another model's."""
        ...

    def people(self) -> int:
        """How many people are enrolled."""
        ...


class FaceTemplates(FaceGallery, Protocol):
    """The sealed store of templates on this terminal. Never in the showroom's database, never on the network.

    Raises Unavailable when the file cannot be read or written.
    """

    def enrol(self, templates: Sequence[FaceTemplate]) -> None:
        """Replace this person's templates (all of one person) by these."""
        ...

    def erase(self, person: PersonId) -> int:
        """Remove every template of the person from file and memory; how many there were."""
        ...

    def erase_consent(self, consent: ConsentId) -> int:
        """Remove what was kept under a consent that was withdrawn."""
        ...

    def prolong(self, person: PersonId, until: datetime) -> None:
        """Move the expiry of a person who came back."""
        ...

    def expire(self, now: datetime) -> int:
        """Remove what has run out and what belongs to people whose key was destroyed; how many."""
        ...

    def of(self, person: PersonId) -> tuple[FaceTemplate, ...]: ...

    def consents(self) -> frozenset[ConsentId]:
        """Under which consents something is kept now."""
        ...

    def refresh(self) -> None:
        """Read again what another process of this terminal changed."""
        ...


class FaceWatch(Protocol):
    """Switches the face analyser of the kiosk's camera. It is off except between a press with consent and the end."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    @property
    def is_on(self) -> bool: ...


class FaceConsents(Protocol):
    """Asks the consent records. Implemented on the showroom's database."""

    def is_valid(self, consent: ConsentId, now: datetime) -> bool:
        """Whether this is a face consent (to look or to keep), given, not withdrawn and not run out."""
        ...

    def covers_keeping(self, consent: ConsentId, now: datetime) -> bool:
        """Whether this one allows features to be kept: the consent to one look does not."""
        ...


class StopSignal(Protocol):
    """What a loop is stopped by (a `threading.Event` fits)."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...
