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
ge葛盖 bu卜 bi毕 nie聂 jin金靳晋 qi齐祁戚 kang康 ning宁甯 wen文温闻 chu储褚楚
ai艾 an安 ao敖 ban班 bao包鲍 bei贝 bian边卞 bo薄柏 can昝 cang苍 cen岑 ceng曾 cha查 chai柴 chang常昌 chao晁巢 che车
chi迟 chong种崇 cong丛 dang党 di狄邸 diao刁 dou窦 duan段 dun顿 e鄂 fei费 gan甘干 gao高郜 geng耿
gou苟勾 guan关管官 gui桂归 guang光广 hang杭 hei黑 heng衡 hong洪红弘 hua华花滑 huai怀 huan桓 hui惠 huo霍 ji季纪姬吉计冀籍
jian简蹇 jiao焦矫 jie揭 jing景荆井经敬 ju鞠居 juan隽 kan阚 kou寇 kuang匡邝 kui夔隗 lai赖来 lan兰蓝 lang郎 lao劳 le乐
leng冷 lian连廉 ling凌令 lou娄楼 luan栾 luo罗骆洛 man满 mei梅 men门 mi米宓糜 miao苗缪 min闵 ming明 mu穆牧木慕 na那
nan南 ni倪 niu牛钮 nong农 pang庞逄 pei裴 pi皮 ping平 pu蒲濮普浦 qiang强 qiao乔谯 qing卿 qu曲屈瞿璩 quan全权 que阙 ran冉
rao饶 rong荣容戎 ru茹汝 ruan阮 rui芮 sang桑 sha沙 shang尚商 she佘 sheng盛 shou寿 shu舒束 shuai帅 shui水 si司
sui隋眭 tai邰 teng滕 tong童佟仝 tu涂屠 tuo庹 weng翁 wei魏韦卫尉危 xi席奚习郗 xian鲜冼咸 xiang向项相 xin辛 xing邢幸
xiu修 xuan宣轩 xun荀 yi易伊羿衣 ying应英 yong雍 you游尤 yue岳乐 yun云员恽 zang臧 zhai翟 zhan詹占湛 zhen甄
zhi支 zong宗 zu祖 zuo左 zhuang庄 zhuo卓 zi訾 mou牟 ou欧区 pu朴蒲 bie别 cai蔡采 fu傅付符伏扶富 ge葛盖戈
"""
SURNAMES: dict[str, str] = {}
for _word in _SURNAMES.split():
    _signs = _word.lstrip(string.ascii_lowercase)
    SURNAMES[_word[: -len(_signs)]] = "".join(dict.fromkeys(SURNAMES.get(_word[: -len(_signs)], "") + _signs))
COMPOUND = {
    "ouyang": "欧阳", "shangguan": "上官", "sima": "司马", "zhuge": "诸葛", "dongfang": "东方", "huangfu": "皇甫",
    "yuchi": "尉迟", "gongsun": "公孙", "murong": "慕容", "linghu": "令狐", "zhangsun": "长孙", "yuwen": "宇文",
    "moqi": "万俟", "helian": "赫连", "wenren": "闻人", "zhongli": "钟离", "puyang": "濮阳", "gongye": "公冶",
    "tantai": "澹台", "chunyu": "淳于", "xianyu": "鲜于", "xuanyuan": "轩辕", "baili": "百里", "huyan": "呼延",
    "yelv": "耶律", "wanyan": "完颜", "tuoba": "拓跋", "nalan": "纳兰", "ximen": "西门", "zuoqiu": "左丘",
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
        found += [
            name
            for letters_of, name in COMPOUND.items()
            if letters_of.startswith(typed) or typed.startswith(letters_of)
        ]
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
