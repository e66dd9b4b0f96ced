"""Drawn stand-ins for staff photos and the camera picture: nobody's likeness."""

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

HAIRS = ("#2B2422", "#23262E", "#3A2A26", "#262A33", "#221E20")
SUITS = ("#2F3E5C", "#20252F", "#4A4248", "#39404F", "#2A2F3A")


def _draw(number: int, width: int, height: int) -> Image.Image:
    over = 2
    image = Image.new("RGB", (width * over, height * over), "#DAD5CC")
    for x in range(0, width * over, 4):
        shade = 226 - 22 * x // (width * over)
        ImageDraw.Draw(image).rectangle((x, 0, x + 4, height * over), fill=(shade, shade - 5, shade - 13))
    draw, unit = ImageDraw.Draw(image), min(width, height * 0.86) * over / 100
    middle, top = width * over / 2, height * over - unit * 104

    def box(cx: float, cy: float, rx: float, ry: float) -> tuple[float, float, float, float]:
        return (middle + (cx - rx) * unit, top + (cy - ry) * unit, middle + (cx + rx) * unit, top + (cy + ry) * unit)

    long_hair = number in {0, 2}
    draw.ellipse(box(0, 40, 23, 27 if not long_hair else 29), fill=HAIRS[number % 5])
    if long_hair:
        draw.rounded_rectangle(box(0, 52, 23, 16 if number == 0 else 26), 8 * unit, fill=HAIRS[number % 5])
    if number == 4:
        draw.ellipse(box(0, 12, 9, 6), fill=HAIRS[number % 5])
    draw.rounded_rectangle(box(0, 112, 44, 34), 26 * unit, fill=SUITS[number % 5])
    draw.polygon(
        [(middle - 12 * unit, top + 77 * unit), (middle + 12 * unit, top + 77 * unit), (middle, top + 98 * unit)],
        fill="#F1EEE8",
    )
    draw.rounded_rectangle(box(0, 72, 8.5, 12), 6 * unit, fill="#B99A84")
    draw.ellipse(box(0, 47, 18.5, 25), fill="#D3BBA8")
    draw.chord(box(0, 40, 20, 22), 190, 350, fill=HAIRS[number % 5])
    for side in (-1, 1):
        draw.ellipse(box(side * 8, 46, 2.1, 1.5), fill="#25211F")
        draw.arc(box(side * 8, 42, 4.6, 3.4), 205, 335, fill="#3A322E", width=max(1, int(unit * 0.9)))
    draw.arc(box(0, 58, 6.5, 4), 25, 155, fill="#9B5E50", width=max(1, int(unit)))
    return image.resize((width, height), Image.Resampling.LANCZOS).filter(ImageFilter.SMOOTH)


@cache
def portrait(number: int) -> bytes:
    """A PNG of 300 x 360."""
    file = io.BytesIO()
    _draw(number, 300, 360).save(file, "PNG")
    return file.getvalue()


@cache
def as_pixels(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """Blue-green-red, read-only, like a camera's frame."""
    pixels = np.ascontiguousarray(np.asarray(_draw(number, width, height))[:, :, ::-1])
    pixels.setflags(write=False)
    return pixels
