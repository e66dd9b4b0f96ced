"""Reads papers back the way strangers would: text with pypdf, pictures with PDFium, codes with zbar."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader

from smart4s_kiosk.ports.documents import QrMatrix


def text_of(pdf: bytes) -> str:
    """All pages' text without spaces and line ends: line breaking must not matter."""
    return "".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """The same, page by page."""
    return ["".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Base font name to whether it is embedded, over all pages."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for reference in resources.get("/Font", {}).values():
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            found[str(font["/BaseFont"])] = bool(descriptor and "/FontFile2" in descriptor.get_object())
    return found


def picture_of(pdf: bytes, page: int = 0, width_px: int = 1400) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    picture: Image.Image = sheet.render(scale=width_px / sheet.get_width()).to_pil()
    document.close()
    return picture


def picture_of_code(matrix: QrMatrix, module_px: int = 6) -> Image.Image:
    """Ink on white with its quiet zone."""
    side = (matrix.size + 8) * module_px
    picture = Image.new("L", (side, side), 255)
    for row, modules in enumerate(matrix.rows):
        for column, dark in enumerate(modules):
            if dark:
                x, y = (column + 4) * module_px, (row + 4) * module_px
                picture.paste(0, (x, y, x + module_px, y + module_px))
    return picture


def codes_in(picture: Image.Image, folder: Path) -> list[str]:
    """What a reader program finds, as UTF-8."""
    place = folder / "code.png"
    picture.save(place)
    if shutil.which("zbarimg"):
        command = ["zbarimg", "--quiet", "--raw", "-Sbinary", "-S*.disable", "-Sqrcode.enable", str(place)]
        answer = subprocess.run(command, capture_output=True, check=False, timeout=30)
        return [answer.stdout.decode("utf-8")] if answer.stdout else []
    import cv2

    found, _points, _straight = cv2.QRCodeDetector().detectAndDecode(cv2.imread(str(place)))
    return [found] if found else []
