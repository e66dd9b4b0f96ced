"""Made-up holders of driving licences: every field consistent, numbers with the right check digit."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方")
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉力志新宇浩然子轩梓涵欣怡雨泽诗琪思远嘉豪俊峰晓东海燕雪飞鹏程龙凤翔玲珊琳瑶玥珺骁翊烨淼鑫睿宸"
_PLACES = (
    ("110108", "北京市海淀区", "中关村南大街"),
    ("310115", "上海市浦东新区", "张江路"),
    ("370203", "山东省青岛市市北区", "敦化路"),
    ("440305", "广东省深圳市南山区", "科技园南路"),
    ("330110", "浙江省杭州市余杭区", "五常街道文一西路"),
    ("510107", "四川省成都市武侯区", "天府大道中段"),
    ("420111", "湖北省武汉市洪山区", "珞喻路"),
    ("450103", "广西壮族自治区南宁市青秀区", "民族大道"),
    ("610113", "陕西省西安市雁塔区", "小寨东路"),
    ("320106", "江苏省南京市鼓楼区", "中山北路"),
    ("210102", "辽宁省沈阳市和平区", "南京南街"),
    ("350203", "福建省厦门市思明区", "湖滨南路"),
    ("430104", "湖南省长沙市岳麓区", "麓山南路"),
    ("500112", "重庆市渝北区", "龙溪街道金山路"),
    ("120101", "天津市和平区", "南京路"),
    ("230103", "黑龙江省哈尔滨市南岗区", "西大直街"),
)
_CLASSES = (
    ("C1",) * 10
    + ("C2",) * 5
    + ("A1", "A2", "A3", "B1", "B2", "C3", "C5", "D", "A2D", "B2D", "C1D", "C2D", "C1E", "A1A2D")
)


@dataclass(frozen=True, slots=True)
class Holder:
    """One made-up person and licence."""

    number: str
    name: str
    sex: str
    nationality: str
    address: str
    birth: date
    first_issue: date
    licence_class: str
    valid_from: date
    valid_to: date | None
    file_number: str
    record: str

    def truth(self, kind: str) -> dict[str, str]:
        """Fields of one page, under the labels that stand on it."""
        if kind == "sub":
            return {"证号": self.number, "姓名": self.name, "档案编号": self.file_number}
        fields = {
            "证号": self.number,
            "姓名": self.name,
            "性别": self.sex,
            "国籍": self.nationality,
            "住址": self.address,
            "出生日期": self.birth.isoformat(),
            "初次领证日期": self.first_issue.isoformat(),
            "准驾车型": self.licence_class,
            "有效期自": self.valid_from.isoformat(),
            "有效期至": self.valid_to.isoformat() if self.valid_to else "长期",
        }
        if kind == "elec":
            del fields["住址"]
            fields["档案编号"] = self.file_number
        return fields


def a_holder(rng: random.Random) -> Holder:
    """A new person; one in twelve has dates that do not share month and day, one in fifteen holds it for life."""
    code, district, street = rng.choice(_PLACES)
    birth = date(1950, 1, 1) + timedelta(days=rng.randrange(20_000))
    sequence = rng.randrange(1, 999)
    body = f"{code}{birth:%Y%m%d}{sequence:03}"
    first = _same_day(birth, 18) + timedelta(days=rng.randrange(0, 4000))
    start = _same_day(first, rng.choice((0, 6, 16, 26)))
    if rng.random() < 1 / 12:
        start += timedelta(days=rng.randrange(20, 900))
    lifelong = rng.random() < 1 / 15
    years = 6 if start == first else 10
    return Holder(
        number=body + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11],
        name=_name(rng),
        sex="男" if sequence % 2 else "女",
        nationality="中国",
        address=f"{district}{street}{_house(rng)}",
        birth=birth,
        first_issue=first,
        licence_class=rng.choice(_CLASSES),
        valid_from=start,
        valid_to=None if lifelong else _same_day(start, years),
        file_number=f"{code[:4]}{rng.randrange(10**8):08}",
        record=rng.choice(
            (
                f"实习期至{_same_day(first, 1):%Y年%m月%d日}。",
                f"请于{_same_day(start, years):%Y年%m月%d日}前90日内申请换领新驾驶证。",
                "请于每两年提交一次身体条件证明。",
            )
        ),
    )


def _name(rng: random.Random) -> str:
    family = rng.choice(_DOUBLE) if rng.random() < 0.06 else rng.choice(_FAMILY)
    return family + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2))))


def _house(rng: random.Random) -> str:
    number, block, unit, room = (rng.randrange(1, top) for top in (2500, 60, 30, 40))
    return rng.choice(
        (
            f"{number}号{block}栋{room}室",
            f"{number}弄{block}号{room}室",
            f"{number}号{block}幢{unit}单元{room}号",
            f"{number}号院{block}号楼{unit}单元{room}室",
            f"{number}号{block}幢{unit}-{room}",
        )
    )


def _same_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
