"""Draws documents that are no Chinese civil licence, with made-up people: each by its printed title and a few lines."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from smart4s_kiosk.domain.licences import LicenceKind
from tests.licence_drawings import FONTS, font

LINES: dict[str, tuple[LicenceKind, tuple[str, ...]]] = {
    "us": (
        LicenceKind.FOREIGN,
        ("CALIFORNIA", "DRIVER LICENSE", "DL I1234568", "EXP 08/31/2029", "LN SAMPLE", "FN ALEX", "DOB 08/31/1985"),
    ),
    "uk": (
        LicenceKind.FOREIGN,
        ("DRIVING LICENCE", "1. MORGAN", "2. SARAH MEREDYTH", "3. 11.03.1976", "4a. 19.01.2023", "9. AM/A/B1/B"),
    ),
    "france": (
        LicenceKind.FOREIGN,
        ("PERMIS DE CONDUIRE", "RÉPUBLIQUE FRANÇAISE", "1. MARTIN", "2. CLAIRE", "3. 14.07.1988", "4b. 14.07.2033"),
    ),
    "germany": (
        LicenceKind.FOREIGN,
        ("FÜHRERSCHEIN", "BUNDESREPUBLIK DEUTSCHLAND", "1. Muster", "2. Erika", "3. 12.08.1983", "4b. 21.01.2034"),
    ),
    "japan": (
        LicenceKind.FOREIGN,
        ("運転免許証", "氏名 見本 太郎", "昭和60年8月31日生", "交付 令和5年9月1日", "2028年9月30日まで有効"),
    ),
    "international": (
        LicenceKind.INTERNATIONAL,
        ("INTERNATIONAL MOTOR TRAFFIC", "INTERNATIONAL DRIVING PERMIT", "Convention of 1949", "Valid until 2027-05-01"),
    ),
    "temporary": (
        LicenceKind.TEMPORARY,
        (
            "中华人民共和国",
            "临时机动车驾驶许可",
            "姓名 ALEX SAMPLE",
            "准驾车型 C1",
            "有效期限 2026-10-01 至 2027-01-01",
        ),
    ),
    "military": (
        LicenceKind.MILITARY,
        ("中国人民解放军机动车驾驶证", "姓名 张示例", "准驾车型 B2", "初次领证日期 2015-06-01", "有效期 6 年"),
    ),
    "armed-police": (
        LicenceKind.MILITARY,
        ("中国人民武装警察部队机动车驾驶证", "姓名 李示例", "准驾车型 C1", "初次领证日期 2018-03-01", "有效期 6 年"),
    ),
}


def draw_other(name: str) -> NDArray[np.uint8]:
    """The document on a dark table, blue-green-red."""
    card = Image.new("RGB", (1250, 800), (228, 226, 214))
    pen = ImageDraw.Draw(card)
    bold, regular = FONTS / "NotoSansSC-Bold.ttf", FONTS / "NotoSansSC-Regular.ttf"
    bold = bold if bold.exists() else regular
    for number, text in enumerate(LINES[name][1]):
        pen.text((70, 60 + 96 * number), text, font=font(bold if number < 2 else regular, 52), fill=(25, 30, 40))
    pen.rectangle((930, 330, 1190, 690), fill=(196, 200, 214))
    table = np.full((1080, 1600, 3), 80, dtype=np.uint8)
    table[140:940, 175:1425] = np.asarray(card)[:, :, ::-1]
    return table
