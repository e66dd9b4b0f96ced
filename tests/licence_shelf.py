"""One warm reader and a few drawn pages for all tests that read licences: loading takes a second, so once."""

import random
from datetime import datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.licences import LicenceField
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.ocr.licence_reader import RapidOcrLicenceReader
from tests.licence_damage import photograph
from tests.licence_drawings import FONTS, Style, draw_electronic, draw_main, draw_sub
from tests.licence_people import Holder, a_holder

F = LicenceField
FIELDS = {
    "证号": F.NUMBER,
    "姓名": F.NAME,
    "性别": F.SEX,
    "国籍": F.NATIONALITY,
    "住址": F.ADDRESS,
    "出生日期": F.BIRTH,
    "初次领证日期": F.FIRST_ISSUE,
    "准驾车型": F.LICENCE_CLASS,
    "有效期自": F.VALID_FROM,
    "有效期至": F.VALID_TO,
    "档案编号": F.FILE_NUMBER,
}
NOW = datetime(2026, 11, 21, 10, 0, 0)  # noqa: DTZ001 (what the drawn phone shows)


@cache
def reader() -> RapidOcrLicenceReader:
    """The default reader, warm."""
    warm = RapidOcrLicenceReader(ModelStore(), load_licence_rules().kinds)
    warm.warm_up()
    return warm


def plain_style(*, slashed_zeros: bool = False) -> Style:
    """Bundled fonts, no shift."""
    regular = FONTS / "NotoSansSC-Regular.ttf"
    return Style(regular, regular, slashed_zeros=slashed_zeros, country_code=True, shift=(4, 2))


def truth(holder: Holder, kind: str) -> dict[LicenceField, str]:
    """What the page must read."""
    return {FIELDS[label]: value for label, value in holder.truth(kind).items()}


def page(
    kind: str, *, seed: int = 5, turn: float = 0.0, tier: str = "easy", slashed_zeros: bool = False
) -> tuple[Holder, NDArray[np.uint8]]:
    """A made-up holder and a photograph of one page."""
    rng = random.Random(seed)
    holder = a_holder(rng)
    style = plain_style(slashed_zeros=slashed_zeros)
    if kind == "main":
        card = draw_main(holder, style, rng)
    elif kind == "sub":
        card = draw_sub(holder, style, rng)
    else:
        card = draw_electronic(holder, style, rng, now=NOW)
    return holder, photograph(card, rng, tier=tier, turn=turn)
