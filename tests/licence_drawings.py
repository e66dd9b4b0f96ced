"""Draws driving licences of made-up people: main page, sub-page and electronic page, in several print styles.

The places follow the published card (88 × 60 mm) and are written down here apart from the reader's, so that a wrong
place in one of them shows.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.licence_people import Holder

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
GREEN, LIGHT_GREEN, INK, LABEL = (176, 224, 196), (205, 240, 218), (25, 30, 30), (35, 55, 50)


@dataclass(frozen=True, slots=True)
class Style:
    """How the values were printed."""

    label_font: Path
    value_font: Path
    slashed_zeros: bool
    """Narrow digits with a stroke through the zero, as card printers make them."""
    country_code: bool
    """中国/CHN instead of 中国."""
    shift: tuple[int, int]
    """Printers miss the form by some pixels."""


def a_style(rng: random.Random, *, more_fonts: Path | None = None) -> Style:
    """A print style; `more_fonts` is a folder with further Chinese TrueType fonts."""
    own = sorted(FONTS.glob("NotoSansSC-*.ttf"))
    fonts = own + sorted(more_fonts.rglob("*.ttf")) * 3 if more_fonts else own
    return Style(
        label_font=rng.choice(fonts),
        value_font=rng.choice(fonts),
        slashed_zeros=rng.random() < 0.35,
        country_code=rng.random() < 0.5,
        shift=(rng.randrange(-6, 16), rng.randrange(-3, 12)),
    )


@cache
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """One font at one size."""
    return ImageFont.truetype(str(path), size)


def _waves(image: Image.Image, rng: random.Random) -> None:
    """The guilloche lines of the card."""
    draw = ImageDraw.Draw(image)
    phase = rng.random() * 60
    for top in range(-20, image.height + 20, 11):
        points = []
        for x in range(0, image.width + 12, 12):
            swing = ((x + phase + top * 1.7) % 90) / 90
            points.append((x, top + 10 * abs(2 * swing - 1)))
        draw.line(points, fill=LIGHT_GREEN, width=2)


class Card:
    """A page being drawn; positions are left edge and vertical middle."""

    def __init__(self, size: tuple[int, int], style: Style, ground: tuple[int, int, int] = GREEN) -> None:
        self.image = Image.new("RGB", size, ground)
        self.draw = ImageDraw.Draw(self.image)
        self.style = style

    def label(self, text: str, x: float, y: float, size: int = 38, fill: tuple[int, int, int] = LABEL) -> None:
        self.draw.text((x, y), text, font=font(self.style.label_font, size), fill=fill, anchor="lm")

    def value(self, text: str, x: float, y: float, size: int = 44) -> None:
        x, y = x + self.style.shift[0], y + self.style.shift[1]
        if self.style.slashed_zeros and any(char.isdigit() for char in text) and text.isascii():
            self._slashed(text, x, y, size)
        else:
            self.draw.text((x, y), text, font=font(self.style.value_font, size), fill=INK, anchor="lm")

    def _slashed(self, text: str, x: float, y: float, size: int) -> None:
        narrow, high = size * 0.42, size * 0.72
        face = font(FONTS / "NotoSansSC-Regular.ttf", size)
        for char in text:
            cell = Image.new("L", (size, size * 2), 0)
            ImageDraw.Draw(cell).text((size / 2, size), char, font=face, fill=255, anchor="mm")
            if char == "0":
                ImageDraw.Draw(cell).line((size * 0.33, size * 1.22, size * 0.67, size * 0.78), fill=255, width=3)
            cell = cell.resize((int(size * 0.72), size * 2))
            self.image.paste(INK, (int(x - size * 0.14), int(y - size)), cell)
            x += narrow if char != "-" else narrow * 0.8
        del high

    def dots(self, left: int, right: int, y: int) -> None:
        for x in range(left, right, 7):
            self.draw.line((x, y, x + 3, y), fill=(70, 110, 95), width=2)


def draw_main(holder: Holder, style: Style, rng: random.Random) -> Image.Image:
    """The main page, 1250 × 882."""
    card = Card((1250, 882), style)
    _waves(card.image, rng)
    card.draw.text((618, 112), "中华人民共和国机动车驾驶证", font=font(style.label_font, 56), fill=LABEL, anchor="mm")
    card.draw.text(
        (618, 160),
        "Driving License of the People's Republic of China",
        font=font(style.label_font, 28),
        fill=LABEL,
        anchor="mm",
    )
    card.draw.rectangle((366, 180, 478, 230), fill=(108, 106, 160))
    card.label("证 号" if rng.random() < 0.5 else "证号", 378, 205, 36, (245, 245, 250))
    card.value(holder.number, 495, 205, 46)
    for text, english, x, y in (
        ("姓名", "Name", 93, 265),
        ("性别", "Sex", 583, 265),
        ("国籍", "Nationality", 779, 265),
        ("住址", "Address", 93, 340),
        ("出生日期", "Date of Birth", 348, 495),
        ("初次领证日期", "Date of First Issue", 348, 577),
        ("准驾车型", "Class", 346, 662),
        ("有效期限", "Valid Period", 92, 752),
    ):
        card.label(text, x, y)
        card.label(english, x, y + 36, 24)
    for left, right, y in (
        (180, 570, 300),
        (650, 760, 300),
        (910, 1160, 300),
        (190, 1160, 375),
        (93, 860, 455),
        (510, 860, 530),
        (580, 860, 612),
        (250, 540, 790),
        (620, 860, 790),
    ):
        card.dots(left, right, y)
    _main_values(card, holder)
    _seal(card, holder)
    _photo(card, holder, (905, 395, 1202, 810))
    return card.image


def _main_values(card: Card, holder: Holder) -> None:
    style = card.style
    card.value(holder.name, 185, 265)
    card.value(holder.sex, 672, 265)
    card.value("中国/CHN" if style.country_code else "中国", 926, 268)
    first, rest = _broken(holder.address, font(style.value_font, 42), 960)
    card.value(first, 197, 342, 42)
    card.value(rest, 97, 424, 42)
    card.value(holder.birth.isoformat(), 520, 502, 42)
    card.value(holder.first_issue.isoformat(), 584, 580, 42)
    card.draw.rectangle((500, 632, 857, 708), outline=(40, 60, 55), width=3)
    card.value(holder.licence_class, 604, 668, 48)
    card.value(holder.valid_from.isoformat(), 283, 756, 42)
    if holder.valid_to is None:
        card.value("至 长期", 553, 752, 42)
    else:
        card.label("至", 555 + style.shift[0], 752 + style.shift[1], 40)
        card.value(holder.valid_to.isoformat(), 614, 752, 42)


def _broken(text: str, face: ImageFont.FreeTypeFont, width: int) -> tuple[str, str]:
    end = len(text)
    while face.getlength(text[:end]) > width:
        end -= 1
    return text[:end], text[end:]


def _seal(card: Card, holder: Holder) -> None:
    red = (205, 60, 60)
    card.draw.rectangle((72, 465, 337, 727), outline=red, width=5)
    for text, y in ((holder.address[:3] + "市", 510), ("公安局交通", 590), ("警察支队", 665)):
        card.draw.text((90, y), text, font=font(card.style.label_font, 46), fill=red, anchor="lm")


def _photo(card: Card, holder: Holder, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    card.draw.rectangle((left, top, right, bottom + 32), fill=(238, 240, 245))
    middle = (left + right) / 2
    card.draw.ellipse((middle - 62, top + 70, middle + 62, top + 220), fill=(216, 186, 160))
    card.draw.pieslice((middle - 120, top + 250, middle + 120, top + 560), 180, 360, fill=(60, 70, 110))
    size = 30
    card.draw.text(
        (left + 8, bottom + 8), holder.number, font=font(card.style.value_font, size - 2), fill=INK, anchor="lm"
    )


def draw_sub(holder: Holder, style: Style, rng: random.Random) -> Image.Image:
    """The sub-page, 1280 × 894."""
    card = Card((1280, 894), style)
    _waves(card.image, rng)
    card.draw.text(
        (620, 95), "中华人民共和国机动车驾驶证副页", font=font(style.label_font, 56), fill=LABEL, anchor="mm"
    )
    card.draw.rectangle((378, 145, 494, 198), fill=(108, 106, 160))
    card.label("证号", 390, 171, 38, (245, 245, 250))
    card.value(holder.number, 515, 170, 46)
    card.label("姓名", 92, 263)
    card.value(holder.name, 185, 263)
    card.label("档案编号", 635, 263)
    card.value(holder.file_number, 800, 263)
    card.label("记录", 88, 387)
    card.value(holder.record, 185, 387, 40)
    for y in (300, 425, 560, 690, 820):
        card.dots(180, 1190, y)
    x = 560
    while x < 980:
        wide = rng.choice((3, 3, 5, 8))
        card.draw.rectangle((x, 790, x + wide, 850), fill=(15, 15, 15))
        x += wide + rng.choice((3, 5))
    code = f"*{rng.randrange(10**13):013}*"
    card.draw.text((770, 868), code, font=font(FONTS / "NotoSansSC-Regular.ttf", 32), fill=INK, anchor="mm")
    return card.image


def draw_electronic(holder: Holder, style: Style, rng: random.Random, *, now: datetime) -> Image.Image:
    """A phone that shows the electronic licence, 800 × 1130; `now` is what its clock says."""
    card = Card((800, 1130), style, (240, 245, 255))
    card.draw.rectangle((0, 0, 800, 88), fill=(38, 98, 205))
    card.draw.text((400, 46), "电子驾驶证", font=font(style.label_font, 38), fill=(250, 250, 255), anchor="mm")
    card.draw.rounded_rectangle((32, 112, 768, 880), 24, fill=(226, 244, 232))
    card.draw.text((400, 162), "中华人民共和国机动车驾驶证", font=font(style.label_font, 46), fill=INK, anchor="mm")
    card.draw.text(
        (400, 204),
        "Driving License of the People's Republic of China",
        font=font(style.label_font, 24),
        fill=INK,
        anchor="mm",
    )
    end = holder.valid_to.isoformat() if holder.valid_to else "长期"
    rows = (
        ("证号", holder.number),
        ("姓名", holder.name),
        ("性别", holder.sex),
        ("国籍", holder.nationality),
        ("出生日期", holder.birth.isoformat()),
        ("初次领证日期", holder.first_issue.isoformat()),
        ("准驾车型", holder.licence_class),
        ("有效期限", f"{holder.valid_from.isoformat()} 至 {end}"),
        ("档案编号", holder.file_number),
        ("状态", "正常"),
        ("累积记分", f"{rng.randrange(0, 9)}分"),
    )
    for row, (label, value) in enumerate(rows):
        y = 258 + 56 * row
        card.label(label, 60, y, 28, (110, 120, 120))
        card.draw.text((256, y), value, font=font(style.value_font, 31), fill=INK, anchor="lm")
    card.draw.rectangle((588, 300, 742, 506), fill=(196, 200, 214))
    card.draw.text((665, 403), "样本", font=font(style.label_font, 40), fill=(235, 238, 245), anchor="mm")
    made = now - timedelta(seconds=rng.randrange(20, 400))
    for text, y in ((f"生成时间：{made:%Y-%m-%d %H:%M:%S}", 930), (f"当前时间：{now:%Y-%m-%d %H:%M:%S}", 976)):
        card.draw.text((66, y), text, font=font(style.value_font, 27), fill=INK, anchor="lm")
    return card.image
