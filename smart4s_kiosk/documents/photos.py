"""Photographs of the car's condition, four in a row, made small for paper."""

import hashlib
import io
from collections.abc import Callable, Sequence

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from smart4s_kiosk.documents.pdf import INK_3, MM, Paper, Style
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.ports.documents import ConditionPhoto

A_ROW = 4
GAP = 3 * MM
LARGEST_PIXELS = 40_000_000
PRINT_PIXELS = (640, 480)
CAPTION = Style(7.5, 10, colour=INK_3)


class PhotoUnreadable(RuleBroken):
    """This picture cannot be printed."""

    code = "documents.photo_unreadable"


def draw_photos(sheet: Paper, photos: Sequence[ConditionPhoto], _: Callable[[str], str]) -> None:
    """Rows of pictures with caption and the start of their SHA-256."""
    wide = (sheet.room - GAP * (A_ROW - 1)) / A_ROW
    high = wide * 0.75
    for start in range(0, len(photos), A_ROW):
        sheet.need(high + 26)
        sheet.skip(4)
        top = sheet.y
        for place, photo in enumerate(photos[start : start + A_ROW]):
            x = sheet.left + place * (wide + GAP)
            sheet.picture(x, top, small(photo.image), wide, high)
            digest = hashlib.sha256(photo.image).hexdigest()[:12]
            sheet.text(x, top + high + 9, photo.caption, CAPTION)
            sheet.text(x, top + high + 18, digest, CAPTION)
        sheet.y = top + high + 22


def small(image: bytes) -> ImageReader:
    """At most 640 by 480, JPEG, without the camera's own data (place, time, owner). Raises `PhotoUnreadable`."""
    try:
        with Image.open(io.BytesIO(image)) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise PhotoUnreadable(pixels=picture.width * picture.height)
            picture.draft("RGB", PRINT_PIXELS)
            plain = picture.convert("RGB")
            plain.thumbnail(PRINT_PIXELS)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable from error
    buffer = io.BytesIO()
    plain.save(buffer, "JPEG", quality=82)
    buffer.seek(0)
    return ImageReader(buffer)
