"""Reads a driving licence from one or two pictures with RapidOCR."""

import time
from collections.abc import Sequence

import numpy as np

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.licence_numbers import IdentityKind
from smart4s_kiosk.domain.licences import LicenceKind, LicenceReading, PageKind, PageReading
from smart4s_kiosk.ports.licence_reading import Picture, ReaderAway
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.ocr.engine import RapidOcrEngine
from smart4s_kiosk.vision.ocr.judgement import judge
from smart4s_kiosk.vision.ocr.page_reader import Page, TextEngine, read_page
from smart4s_kiosk.vision.ocr.portrait import jpeg_without_portrait


class RapidOcrLicenceReader:
    """The default reader. Loads its models at the first use or at `warm_up`; not thread-safe."""

    def __init__(self, models: ModelStore, kinds: Sequence[IdentityKind]) -> None:
        self._models = models
        self._kinds = tuple(kinds)
        self._engine: TextEngine | None = None

    def warm_up(self) -> None:
        """Load the models and run each once."""
        self.read([np.full((540, 960, 3), 200, dtype=np.uint8)])

    def read(self, pages: Sequence[Picture]) -> LicenceReading:
        """What the pictures say; see the port."""
        if self._engine is None:
            self._engine = self._load()
        return read_licence(self._engine, pages, self._kinds)

    def _load(self) -> TextEngine:
        try:
            return RapidOcrEngine(self._models)
        except Unavailable as error:
            raise ReaderAway(error.what, waiting_helps=False) from error


def read_licence(engine: TextEngine, pictures: Sequence[Picture], kinds: Sequence[IdentityKind]) -> LicenceReading:
    """The same for any engine that finds and reads lines."""
    start = time.perf_counter()
    pages = [read_page(engine, picture) for picture in pictures]
    return LicenceReading(
        kind=_kind(pages),
        fields=judge(pages, kinds),
        pages=tuple(
            PageReading(kind=page.kind, turned=round(page.turned) % 360, picture=jpeg_without_portrait(page))
            for page in pages
        ),
        seconds=round(time.perf_counter() - start, 3),
    )


_TITLES = {
    LicenceKind.INTERNATIONAL: ("INTERNATIONALDRIVING", "国际驾驶"),
    LicenceKind.TEMPORARY: ("临时机动车驾驶许可", "临时驾驶许可"),
    LicenceKind.MILITARY: ("解放军", "武警", "武装警察", "军用"),
}


_FOREIGN_TITLES = (
    *("DRIVINGLICENCE", "DRIVERLICENSE", "DRIVERLICENCE", "DRIVER'SLICENSE", "DRIVERSLICENSE", "PERMIS"),
    *("FÜHRERSCHEIN", "FUHRERSCHEIN", "PATENTEDIGUIDA", "LICENCIADECONDUCIR", "RIJBEWIJS", "運転免許証", "运転免许证"),
)
"""Any other country's licence is chosen by hand."""


def _kind(pages: Sequence[Page]) -> LicenceKind:
    """By the title of a document of another kind, else by the page found."""
    text = "".join(line.text for page in pages for line in page.lines).replace(" ", "")
    for kind, titles in _TITLES.items():
        if any(title in text.upper() for title in titles):
            return kind
    kinds = {page.kind for page in pages}
    if PageKind.ELECTRONIC in kinds:
        return LicenceKind.ELECTRONIC
    if kinds & {PageKind.MAIN, PageKind.SUB}:
        return LicenceKind.PAPER
    is_foreign = any(title in text.upper() for title in _FOREIGN_TITLES)
    return LicenceKind.FOREIGN if is_foreign else LicenceKind.NONE
