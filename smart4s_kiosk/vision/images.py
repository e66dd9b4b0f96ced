"""Pictures: opened within limits, cropped, resized, encoded; the place where OpenCV meets files."""

from pathlib import Path

import cv2
import numpy as np

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.vision import Box, Pixels

MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 40_000_000
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})

# Heavy threads of OpenCV would fight with the preview for two cores.
cv2.setNumThreads(1)
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)


class PictureUnreadable(Unavailable):
    """The file is not a picture that can be read."""

    code = "vision.picture_unreadable"


def read_picture(path: Path) -> Pixels:
    """The picture in blue-green-red order, read-only.

    Raises:
        PictureUnreadable: missing, too large, damaged or no picture.

    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if 0 < size <= MAX_FILE_BYTES else b""
    except OSError as error:
        raise PictureUnreadable(path.name, waiting_helps=False) from error
    return decode_picture(data, name=path.name)


def decode_picture(data: bytes, *, name: str = "picture") -> Pixels:
    """The picture of an encoded file's bytes; limits as for `read_picture`."""
    if not data or len(data) > MAX_FILE_BYTES or _claimed_pixels(data) > MAX_PIXELS:
        raise PictureUnreadable(name, waiting_helps=False)
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise PictureUnreadable(name, waiting_helps=False) from error
    if pixels is None or pixels.shape[0] * pixels.shape[1] > MAX_PIXELS:
        raise PictureUnreadable(name, waiting_helps=False)
    return read_only(pixels)


def _claimed_pixels(data: bytes) -> int:
    """Pixels that a PNG or BMP header claims, so that a bomb is refused before it is unpacked; 0 for other kinds.

    JPEG and WebP cannot claim more than 65,535 a side, and OpenCV itself refuses above 2^30 pixels.
    """
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    if data[:2] == b"BM":
        width, height = (int.from_bytes(data[at : at + 4], "little", signed=True) for at in (18, 22))
        return abs(width * height)
    return _jpeg_pixels(data) if data[:2] == b"\xff\xd8" else 0


def _jpeg_pixels(data: bytes) -> int:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 5 : at + 7], "big") * int.from_bytes(data[at + 7 : at + 9], "big")
        at += 2 + length
    return 0


def read_only(pixels: Pixels) -> Pixels:
    """The same array, locked: frames cross threads."""
    pixels.setflags(write=False)
    return pixels


def crop(pixels: Pixels, box: Box) -> Pixels:
    """A copy of the box, cut to the picture's edges."""
    height, width = pixels.shape[:2]
    left, top = max(0, box.left), max(0, box.top)
    right, bottom = min(width, box.left + box.width), min(height, box.top + box.height)
    return pixels[top:bottom, left:right].copy()


def fit_within(pixels: Pixels, width: int, height: int) -> Pixels:
    """Scaled down to fit; never enlarged."""
    scale = min(width / pixels.shape[1], height / pixels.shape[0], 1.0)
    if scale == 1.0:
        return pixels
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def upright(pixels: Pixels, degrees: int) -> Pixels:
    """Turned clockwise by 0, 90, 180 or 270 degrees, read-only."""
    if degrees == 0:
        return pixels
    return read_only(np.asarray(cv2.rotate(pixels, _TURNS[degrees]), np.uint8))


def encode_jpeg(pixels: Pixels, *, quality: int = 90) -> bytes:
    """JPEG bytes."""
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise PictureUnreadable("frame", waiting_helps=False)
    return bytes(data)


def encode_png(pixels: Pixels) -> bytes:
    """PNG bytes."""
    done, data = cv2.imencode(".png", pixels)
    if not done:
        raise PictureUnreadable("frame", waiting_helps=False)
    return bytes(data)
