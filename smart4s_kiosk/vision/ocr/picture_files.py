"""Opens picture files that nobody vouches for: kind, size and wholeness are judged before a byte is decoded."""

import struct
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from smart4s_kiosk.domain.errors import NotFound, RuleBroken
from smart4s_kiosk.ports.licence_capture import LARGEST_PICTURE_FILE
from smart4s_kiosk.vision.ocr.engine import Image

MAX_PIXELS = 50_000_000
"""Phones make 48-million-pixel pictures; a 100-million one would need 300 MB to open."""
MAX_PIXELS_WHOLE = 16_000_000
"""PNG and WebP cannot be opened at reduced size; a progressive JPEG needs all of its coefficients at once."""
MIN_SIDE = 200
REDUCE_ABOVE = 12_000_000


class PictureNotFound(NotFound):
    """There is no picture at this place."""

    code = "picture.not_found"


class PictureTooHeavy(RuleBroken):
    """The file is larger than {limit} MB."""

    code = "picture.too_heavy"


class PictureOfWrongKind(RuleBroken):
    """The file is not a JPEG, PNG or WebP picture."""

    code = "picture.wrong_kind"


class PictureTooLarge(RuleBroken):
    """The picture has {pixels} million pixels; {limit} million are enough."""

    code = "picture.too_large"


class PictureTooSmall(RuleBroken):
    """The picture is too small to read: {width} × {height} pixels."""

    code = "picture.too_small"


class PictureMoves(RuleBroken):
    """The picture is an animation; take a still one."""

    code = "picture.animated"


class PictureIncomplete(RuleBroken):
    """The picture file is damaged or incomplete."""

    code = "picture.incomplete"


@dataclass(frozen=True, slots=True)
class _Header:
    kind: str
    width: int
    height: int
    is_animated: bool = False
    is_opened_whole: bool = True
    """Cannot be opened at reduced size."""
    frame_at: int = 0
    """Where a JPEG's own frame begins; its thumbnail stands before."""


def open_picture(path: Path) -> Image:
    """The picture, upright as its camera noted it, blue-green-red.

    Raises:
        PictureNotFound, PictureTooHeavy, PictureOfWrongKind, PictureTooLarge, PictureTooSmall, PictureMoves,
        PictureIncomplete: one for each way in which a file can be unusable.

    """
    try:
        if not path.is_file():
            raise PictureNotFound
        if path.stat().st_size > LARGEST_PICTURE_FILE:
            raise PictureTooHeavy(limit=LARGEST_PICTURE_FILE // 1024 // 1024)
        data = path.read_bytes()
    except OSError:
        raise PictureNotFound from None
    return decode_picture(data)


def decode_picture(data: bytes) -> Image:
    """The same for bytes that are in memory already (a paste, an upload)."""
    if len(data) > LARGEST_PICTURE_FILE:
        raise PictureTooHeavy(limit=LARGEST_PICTURE_FILE // 1024 // 1024)
    header = _header(data)
    if header is None:
        raise PictureOfWrongKind
    if header.is_animated:
        raise PictureMoves
    pixels = header.width * header.height
    limit = MAX_PIXELS_WHOLE if header.is_opened_whole else MAX_PIXELS
    if pixels > limit:
        raise PictureTooLarge(pixels=pixels // 1_000_000, limit=limit // 1_000_000)
    if min(header.width, header.height) < MIN_SIDE:
        raise PictureTooSmall(width=header.width, height=header.height)
    if not _is_whole(header, data):
        raise PictureIncomplete
    is_reduced = pixels > REDUCE_ABOVE and not header.is_opened_whole
    flags = cv2.IMREAD_REDUCED_COLOR_2 if is_reduced else cv2.IMREAD_COLOR
    try:
        picture = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), flags)
    except cv2.error:
        raise PictureIncomplete from None
    if picture is None:
        raise PictureIncomplete
    return np.asarray(picture, dtype=np.uint8)


def _header(data: bytes) -> _Header | None:
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
            return _Header("png", width, height, is_animated=b"acTL" in data[: data.find(b"IDAT")])
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        raise PictureIncomplete from None
    if data[:6] in {b"GIF87a", b"GIF89a"} and _gif_frames(data) > 1:
        return _Header("gif", 0, 0, is_animated=True)
    return None


def _gif_frames(data: bytes) -> int:
    """Frames of a GIF, two at most: a still one is of the wrong kind, a moving one deserves its own words."""
    frames = 0
    try:
        place = 13 + _colours(data[10])
        while frames < 2 and data[place] in {0x21, 0x2C}:
            is_frame = data[place] == 0x2C
            frames += is_frame
            place += 11 + _colours(data[place + 9]) if is_frame else 2
            while data[place]:
                place += data[place] + 1
            place += 1
    except IndexError:
        return frames
    return frames


def _colours(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _jpeg(data: bytes) -> _Header:
    """Size from the frame header; the segments before it are stepped over."""
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            break
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            is_progressive = marker & 3 == 2
            return _Header("jpeg", width, height, is_opened_whole=is_progressive, frame_at=place)
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    raise PictureIncomplete


def _webp(data: bytes) -> _Header:
    form = data[12:16]
    if form == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
        return _Header("webp", width, height, is_animated=bool(data[20] & 0x02))
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return _Header("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = struct.unpack("<HH", data[26:30])
    return _Header("webp", width & 0x3FFF, height & 0x3FFF)


def _is_whole(header: _Header, data: bytes) -> bool:
    """The decoders fill what is missing with grey and say nothing: look for the end.

    Behind a JPEG's end a phone may have put a short film; within its picture the end's two bytes cannot stand.
    """
    if header.kind == "jpeg":
        return data.find(b"\xff\xd9", header.frame_at) >= 0
    if header.kind == "png":
        return b"IEND" in data[-65_536:]
    return int.from_bytes(data[4:8], "little") + 8 <= len(data)
