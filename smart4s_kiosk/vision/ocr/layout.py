"""Where things stand on a licence: labels and value zones of each page in a frame of its own.

Main page and sub-page: pixels of a 1250 × 882 and a 1280 × 894 picture of the card (88 × 60 mm, GA 482). Electronic
page: rows 70 apart. A label's point is the middle of its left edge; a zone holds the middles of a value's letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from smart4s_kiosk.domain.licences import LicenceField, PageKind

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle of the page's frame."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Clockwise from the top left."""
        return (
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """One page."""

    kind: PageKind
    labels: Mapping[str, Point]
    """Middle of each label's left edge."""
    label_widths: Mapping[int, float]
    """Width of a label by its number of characters."""
    titles: Mapping[str, tuple[Point, Point]]
    """Middles of a title's left and right edge."""
    zones: Mapping[LicenceField, tuple[Zone, ...]]
    """Where each field's value stands; several zones are lines of one value."""
    latest_start: Mapping[LicenceField, float]
    """A value whose first letter's middle lies further right has lost a letter under something."""
    required: tuple[LicenceField, ...]
    number_copies: tuple[Zone, ...] = ()
    portrait: Zone | None = None


F = LicenceField

MAIN = Layout(
    kind=PageKind.MAIN,
    labels={
        "证号": (366, 204),
        "姓名": (93, 265),
        "性别": (582, 265),
        "国籍": (779, 265),
        "住址": (93, 340),
        "出生日期": (348, 493),
        "初次领证日期": (347, 577),
        "准驾车型": (346, 661),
        "有效期限": (92, 752),
        "有效起始日期": (92, 752),
    },
    label_widths={2: 84, 4: 153, 6: 223},
    titles={"中华人民共和国机动车驾驶证": ((255, 106), (980, 110))},
    zones={
        F.NUMBER: (Zone(480, 172, 1250, 236),),
        F.NAME: (Zone(170, 240, 572, 312),),
        F.SEX: (Zone(655, 240, 768, 312),),
        F.NATIONALITY: (Zone(866, 236, 1400, 312),),
        F.ADDRESS: (Zone(184, 318, 1400, 384), Zone(84, 400, 900, 462)),
        F.BIRTH: (Zone(502, 470, 880, 542),),
        F.FIRST_ISSUE: (Zone(572, 552, 890, 624),),
        F.LICENCE_CLASS: (Zone(502, 634, 880, 714),),
        F.VALID_FROM: (Zone(246, 726, 540, 800),),
        F.VALID_TO: (Zone(576, 722, 890, 800),),
    },
    latest_start={F.NAME: 252, F.ADDRESS: 259, F.LICENCE_CLASS: 672},
    required=(
        *(F.NUMBER, F.NAME, F.SEX, F.NATIONALITY, F.ADDRESS),
        *(F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS, F.VALID_FROM, F.VALID_TO),
    ),
    number_copies=(Zone(896, 785, 1230, 855),),
    portrait=Zone(880, 370, 1235, 850),
)

SUB = Layout(
    kind=PageKind.SUB,
    labels={"证号": (378, 170), "姓名": (92, 263), "档案编号": (635, 263), "记录": (88, 387)},
    label_widths={2: 84, 4: 153},
    titles={"中华人民共和国机动车驾驶证副页": ((192, 92), (1050, 94))},
    zones={
        F.NUMBER: (Zone(500, 134, 1270, 212),),
        F.NAME: (Zone(170, 230, 620, 305),),
        F.FILE_NUMBER: (Zone(778, 222, 1400, 314),),
        F.RECORD: (Zone(168, 355, 1270, 430), Zone(70, 450, 1270, 590), Zone(70, 600, 1270, 740)),
    },
    latest_start={F.NAME: 252},
    required=(F.NUMBER, F.NAME, F.FILE_NUMBER),
)

_ROW = 70.0
_VALUES_LEFT = 300.0
_ROWS = (
    ("证号", F.NUMBER),
    ("姓名", F.NAME),
    ("性别", F.SEX),
    ("国籍", F.NATIONALITY),
    ("出生日期", F.BIRTH),
    ("初次领证日期", F.FIRST_ISSUE),
    ("准驾车型", F.LICENCE_CLASS),
    ("有效期限", F.VALID_FROM),
    ("档案编号", F.FILE_NUMBER),
    ("状态", F.STATUS),
    ("累积记分", F.POINTS),
)


def _row_zone(row: int) -> Zone:
    middle = 100 + _ROW * row
    right = 705 if 1 <= row <= 4 else 1000  # the portrait stands beside rows 1 to 4
    return Zone(_VALUES_LEFT, middle - 33, right, middle + 33)


ELECTRONIC = Layout(
    kind=PageKind.ELECTRONIC,
    labels={
        **{label: (100, 100 + _ROW * row) for row, (label, _) in enumerate(_ROWS)},
        "生成时间": (109, 915),
        "当前时间": (109, 972),
    },
    label_widths={2: 83, 4: 154, 6: 227},
    titles={"中华人民共和国机动车驾驶证": ((161, -18), (861, -20)), "电子驾驶证": ((400, -163), (643, -163))},
    zones={
        **{field: (_row_zone(row),) for row, (_, field) in enumerate(_ROWS)},
        F.VALID_TO: (_row_zone(7),),
        F.GENERATED_AT: (Zone(230, 885, 800, 944),),
        F.SHOWN_AT: (Zone(230, 945, 800, 1004),),
    },
    latest_start={F.NAME: 396, F.LICENCE_CLASS: 390},
    required=(
        *(F.NUMBER, F.NAME, F.SEX, F.NATIONALITY, F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS, F.VALID_FROM, F.VALID_TO),
        *(F.FILE_NUMBER, F.STATUS, F.GENERATED_AT, F.SHOWN_AT),
    ),
    portrait=Zone(715, 120, 985, 450),
)

LAYOUTS = (MAIN, SUB, ELECTRONIC)
