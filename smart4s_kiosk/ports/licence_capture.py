"""Guiding a licence before the camera and opening a picture file, as services see them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from smart4s_kiosk.ports.licence_reading import Picture

LARGEST_PICTURE_FILE = 32 * 1024 * 1024
"""Bytes. A phone's picture has about 15 MB; a heavier file is refused before it is opened."""


class CaptureTip(StrEnum):
    """What to change before the picture is good enough; the words stand in the screens."""

    NO_CARD = "no_card"
    TOO_DARK = "too_dark"
    GLARE = "glare"
    CLOSER = "closer"
    BLURRED = "blurred"
    FLATTEN = "flatten"
    HOLD_STILL = "hold_still"


@dataclass(frozen=True, slots=True)
class CardFrame:
    """Where the card is to be held, in shares (0 to 1) of the camera's picture."""

    left: float
    top: float
    width: float
    height: float


class CaptureJudge(Protocol):
    """Judges the frames of one page in order; a new one for each page. One thread at a time."""

    def judge(self, frame: Picture) -> tuple[CaptureTip, ...]:
        """What to change, the most important first; nothing: sharp, lit, flat and still. The frame is not kept."""
        ...

    def place(self, width: int, height: int) -> CardFrame:
        """Where the card is to be held in a picture of this size: exactly what `judge` looks at."""
        ...


class CaptureJudges(Protocol):
    """Makes judges."""

    def __call__(self, *, upright: bool) -> CaptureJudge:
        """For a card, or `upright` for a phone that shows its electronic licence."""
        ...


class PictureOpener(Protocol):
    """Opens what a person chose as a picture file."""

    def __call__(self, data: bytes) -> Picture:
        """The picture, upright. Refuses whatever is no still picture of a sensible size, with a reason of its own."""
        ...
