"""This machine as the first start sees it: its vault and records, cameras, printers and settings file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from smart4s_kiosk.ports.documents import PrintAnswer
from smart4s_kiosk.ports.storage import Media, Storage
from smart4s_kiosk.ports.vault import PinHasher, RecoverySheets
from smart4s_kiosk.ports.vision import CameraFound, CameraStatus, Frame


@dataclass(frozen=True, slots=True)
class OpenStore:
    """The vault is open and the records are ready."""

    storage: Storage
    media: Media
    pins: PinHasher
    sheets: RecoverySheets


class Machine(Protocol):
    """Everything outside the records that the first start reads or changes."""

    def has_store(self) -> bool:
        """Whether a vault was made for this data folder."""
        ...

    def create_store(self) -> OpenStore:
        """New keys and an empty database. Raises `VaultAlreadyThere`, `Unavailable`."""
        ...

    def restore_store(self, sheet: str) -> OpenStore:
        """Another terminal, or one that lost its key: the key comes from the recovery sheet."""
        ...

    def open_store(self) -> OpenStore:
        """The store of this data folder, migrated. Raises `Unavailable`."""
        ...

    def cameras(self) -> Sequence[CameraFound]:
        """What is plugged in now."""
        ...

    def show_camera(self, path: str) -> None:
        """Open this camera for the live picture, closing the one before; empty closes it."""
        ...

    def frame(self) -> Frame | None:
        """The newest picture of the shown camera."""
        ...

    def camera_status(self) -> CameraStatus:
        """How the shown camera is."""
        ...

    def chosen(self) -> Mapping[str, str]:
        """The settings chosen so far, by dotted name (cameras.face.source, ...); several words joined by commas."""
        ...

    def choose(self, changes: Mapping[str, str | tuple[str, ...]]) -> None:
        """Write these into the settings file of this machine. Raises `Unavailable`, or what the reader refuses."""
        ...

    def printers(self) -> Sequence[str]:
        """Printers of the system; empty: nothing can be printed."""
        ...

    def print_pdf(self, pdf: bytes, *, job_key: str, title: str, printer: str) -> PrintAnswer: ...

    def enrol(self, address: str, code: str) -> None:
        """Make this terminal known to the connector at `address`. Raises `Unavailable`."""
        ...

    def close(self) -> None:
        """Camera, database: everything is given back."""
        ...
