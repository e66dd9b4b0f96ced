"""Golden pictures: half size, so that they stay small; equal, or at most 0.1 % of pixels beyond 8 levels.

A pixel is compared with the range of its neighbours, too: Qt sets the same large Latin text up to half a pixel apart,
depending on what the process drew before.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

FOLDER = Path(__file__).with_name("golden")
ACTUAL = Path(__file__).with_name("actual")
LEVELS, SHARE, MOST_BYTES = 8, 0.001, 100_000


def as_array(picture: QImage) -> NDArray[np.uint8]:
    """Half the size, red-green-blue."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    pixels = rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3)
    small = Image.fromarray(pixels).resize((plain.width() // 2, plain.height() // 2), Image.Resampling.BOX)
    return np.asarray(small)


def accept(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Keep this picture as the golden one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        Image.fromarray(pixels).quantize(256).save(path, optimize=True)


def difference(path: Path, pixels: NDArray[np.uint8]) -> str:
    """Empty when the picture is as it was; otherwise what changed, with both pictures saved beside each other."""
    if not path.exists():
        return f"no golden picture {path.name}: look at the page, then run with --accept-screenshots"
    image = Image.open(path)
    levels = LEVELS if image.mode == "RGB" else 3 * LEVELS
    kept = np.asarray(image.convert("RGB"))
    if kept.shape != pixels.shape:
        return f"{path.name}: size {pixels.shape[:2]} instead of {kept.shape[:2]}"
    around = np.ones((3, 3), np.uint8)
    least, most = cv2.erode(kept, around).astype(np.int16), cv2.dilate(kept, around).astype(np.int16)
    apart = ((pixels < least - levels) | (pixels > most + levels)).any(axis=2)
    if apart.mean() <= SHARE:
        return ""
    ACTUAL.mkdir(exist_ok=True)
    Image.fromarray(pixels).save(ACTUAL / path.name)
    Image.fromarray((apart * 255).astype(np.uint8)).save(ACTUAL / f"{path.stem}-difference.png")
    return f"{path.name}: {apart.mean():.2%} of the pixels differ; see tests/screenshots/actual"
