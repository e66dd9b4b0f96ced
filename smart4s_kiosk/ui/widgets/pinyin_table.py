"""Pinyin letters to characters, commonest first; surnames before all in a name field."""

import string
from functools import cache

from smart4s_kiosk.ui.theme.tokens import RESOURCES

# Surnames whose reading as a name differs from the everyday one, and the compound ones (from 百家姓).
_SURNAMES = """
wang王汪 li李黎厉 zhang张章 liu刘柳 chen陈谌 yang杨阳羊 huang黄 zhao赵 wu吴武伍邬 zhou周 xu徐许
sun孙 ma马麻 zhu朱祝诸 hu胡扈 guo郭国 he何贺和 lin林蔺 gao高郜 luo罗骆 zheng郑 liang梁 xie谢解
song宋 tang唐汤 deng邓 han韩 feng冯封 cao曹 peng彭 zeng曾 xiao肖萧 tian田 dong董 pan潘 yuan袁苑
cai蔡 jiang蒋江姜 yu余于喻俞郁虞 du杜 ye叶 cheng程成 wei魏韦卫 su苏 lv吕 ding丁 ren任 lu卢陆路鲁
yao姚 shen沈申 zhong钟仲 cui崔 tan谭 fan范樊 shi石史施时 liao廖 jia贾 xia夏 fu傅付符 fang方房
bai白柏 zou邹 meng孟 xiong熊 qin秦覃 qiu邱仇裘 hou侯 yan严颜闫阎 yin尹殷 xue薛 lei雷 qian钱 long龙
tao陶 gu顾古谷 hao郝 gong龚宫 shao邵 wan万 mao毛茅 dai戴 mo莫 kong孔 shan单 ou区欧 zha查 piao朴
ge葛盖 bu卜 bi毕 nie聂 jin金靳 qi齐祁戚 kang康 ning宁 wen文温闻 chu储褚
"""
SURNAMES = {word[: -len(signs)]: signs for word in _SURNAMES.split() if (signs := word.lstrip(string.ascii_lowercase))}
COMPOUND = {
    "ouyang": "欧阳", "shangguan": "上官", "sima": "司马", "zhuge": "诸葛", "dongfang": "东方", "huangfu": "皇甫",
    "yuchi": "尉迟", "gongsun": "公孙", "murong": "慕容", "linghu": "令狐", "zhangsun": "长孙", "yuwen": "宇文",
    "situ": "司徒", "sikong": "司空", "xiahou": "夏侯", "duanmu": "端木", "nangong": "南宫", "dugu": "独孤",
}  # fmt: skip


@cache
def table() -> dict[str, str]:
    """Syllable to characters."""
    rows = (RESOURCES / "pinyin" / "table.txt").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


def candidates(letters: str, *, surname: bool = False) -> tuple[str, ...]:
    """What `letters` (a to z, v for ü) may mean: whole syllables first, then those that begin so."""
    typed = letters.lower()
    if not typed:
        return ()
    found: list[str] = []
    if surname:
        found += SURNAMES.get(typed, "")
        found += [name for letters_of, name in COMPOUND.items() if letters_of.startswith(typed)]
    found += table().get(typed, "")
    if typed not in table() or len(typed) == 1:
        for syllable, signs in table().items():
            if syllable.startswith(typed) and syllable != typed:
                found += [*(SURNAMES.get(syllable, "") if surname else ""), *signs[:6]]
    return tuple(dict.fromkeys(found))


def split(letters: str) -> tuple[str, str]:
    """The first syllable that can be read greedily, and the rest ("zhangwei": "zhang", "wei")."""
    for end in range(min(6, len(letters)), 0, -1):
        if letters[:end] in table():
            return letters[:end], letters[end:]
    return letters, ""
