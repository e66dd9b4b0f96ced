"""Pictures of damage when a car comes back: from the tablet's camera or a file, kept sealed with the agreement."""

from collections.abc import Callable
from dataclasses import dataclass

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.licence_capture import PictureOpener
from smart4s_kiosk.ports.vision import Frame, FrameSource, Pixels
from smart4s_kiosk.services.licence_scans import FRESH_S

MOST_PHOTOS = 3


class NoPictureNow(Unavailable):
    """The camera gives no picture: a file does as well."""

    code = "damage.no_picture"


@dataclass(frozen=True, slots=True)
class DamagePhotos:
    """Every picture is encoded anew, so that nothing but the picture is kept (no place, no device)."""

    clock: Clock
    open_picture: PictureOpener
    encode: Callable[[Pixels], bytes]
    camera: FrameSource | None = None

    def newest(self) -> Frame | None:
        """The live picture; None without a camera, or when it hangs."""
        frame = self.camera.latest() if self.camera is not None else None
        return frame if frame is not None and self.clock.monotonic() - frame.moment < FRESH_S else None

    def take(self) -> bytes:
        """The picture of now. Raises NoPictureNow."""
        frame = self.newest()
        if frame is None:
            raise NoPictureNow("document-camera")
        return self.encode(frame.pixels)

    def from_file(self, data: bytes) -> bytes:
        """A picture file. Raises the opener's refusals."""
        return self.encode(self.open_picture(data))
