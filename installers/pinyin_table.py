"""Builds resources/pinyin/: syllables with their characters, and radicals with theirs (pypinyin, jieba, Unihan).

Run by hand when a source changes: `.venv/bin/python installers/pinyin_table.py UNIHAN`, with pypinyin and jieba
installed and UNIHAN the folder of the Unicode database's Unihan_*.txt (on Debian the package `unicode-data`, unpacked).
"""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import jieba
from fontTools.ttLib import TTFont
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "pinyin"
FONTS = ("NotoSansSC-Regular.ttf", "Smart4SRare-Regular.ttf")

# Characters that parents choose, commonest kinds first; they move up among the others, most of all in names.
GIVEN_NAMES = """
伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌辉玲红梅兰凤莲珍荣琴云洁琳雪莉婷慧巧美娇燕萍娥芬淑惠珠翠雅芝
玉萃宁蓉眉君志义兴良海山仁波贵福生龙元全胜学祥才发武新利清飞彬富顺信子健世广安岩达星光天行泰盛振壮会思群豪心邦承乐绍功松
善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旭鹏泽晨辰士以峰致炎德河鑫淼森焱垚晶犇
梓涵轩睿宸玥珺琰祎彧烜晗翊骞炘燊堃煊珩璟劼彣曌昉旸昀晟筠箐嫚妍嬿婠昇喆翀赟沐晞芷萱瑶璇怡悦欣可馨诗语梦佳琪依诺一铭皓俊宇
博文昊然嘉熙瑞霖逸轩煜城懿烨伟苑致晓啸灏灿焕炫炜炳烁熠煦熹瑾瑜璐瑛琦琛璋璞琼瑰珊玫珂珞珈玮玲琅琬琮琨瑄璨璟钰钧铮锐锋锦铠
铄鉴鑫镕锴钊钦铎淳淇渊清涵渝沁沛泓泠洵浚涓淙湛滢潇澜澄濡瀚沅沣汐汶汀沂沄泱浔淮添源溪滨漪芊芸芮苒苓茜茵荷菁菡菲萌葶蓓蔚蕊
蕾薇薪蕴藜芃苇茉莹莎菊菀萧葵蒙蓝颖影彤彦彭形彩妤妮姗姝娅娴婉婕婧媛嫣嫦嬅娆婵媚嫒妙妘姣娉娣姿威婳婼宜宛宥实宣容寅密寒寓
岚峻崇嵘嵩岳岱峥峤崎屹巍帆帅常幼康庭廷延弘张强彰征律徵循忠怀恒恩恬悠惟愉愔慈慕懋戈成戎扬拓振捷攀敦斐斯旻昂昆昌昕昭时晋晏
景晴智暄暖曙曜朔朝望木杉李杏杨杭松林枫柏柔柯柳栎栩桐桑桓梧棋棠楚楠榕槿樊樱欢歆正毅毓水永汉汝沙沈波泉洪津济浦涛润渤温游
湘滔漫澎澳瀛烈焰照熊爱牧珏现球理琪琳瑗璧璘甄甫甲男畅略白百皎盈益真眉知石硕碧磊祁祖祯祺禄福禹科秋程穆空立竞竹笑笛筱简箫米
粲素紫红纯纶绅经绣绮维绫缨罡羽翎翔翼翾翰耀耕聪肃育胤能自舒航良艺节花苏苗荃荔莘莫菱萤葛蒋蓁薄藏虎虹融衍衡袁裕西见观觉言诚
诣诺谊谕谨谷贝贞贤贺资赋赞超越跃路踪轲辉达迅迎运进远迪迦逢通道遥遵邺郁郎野金鑫钟铁银锡镇长闻阔阳陆隆雁雄雅雨雪雯零雷霁霄
震霆霏霓霖露青靖静韦韬韵音顺颀颂预颐题颜风飒飞香馥马驰骁骅骊骏骐高魁鲁鲲鸿鹃鹤鹭鹰麒麟黎黛鼎齐龄龙䶮妧㛃姸娢翌旼旿暐暻昳
晔晖昶晁晢晧晸曈曦杲枢栾榛樾橙檀沚沺泂浠浥淏湉滟溥漾澍潼潞濂瀞炅炆炯烔焓煖熔燚爽牟玓玘玙玠玢玦玹珉珅珒珣珮珰珽琇琏琤琲
瑀瑊瑝瑧瑭瑷瓒畯畴皙盼眸睦瞳矜砚祐祚祜祾禛禧秉稷穗竣笙筝篁籽絮绎绚绢绰缃缇缈羲翡翥聿臻舜舟艾芙芍苡茗茹荏荞莞菘菽萦葳蒲蓥
蔓蕙薰蘅蘭蘩虞蝶裴襄训诏谌谦豫赫起轶辕辛辞迩逍逸遐邈邵郡郦酉釉钏钗钥铃铉铖铧锟锵镁镛镜闵闽阅阙隽雍雎霜霰靓靳鞅韫韶顼颢飏飘
馡馨骋鸢鸾鹂鹏鹿黍默黟鼐
"""
NAME_BONUS = 4.0
"""As much as a word used fifty times as often."""

# The 214 radicals in order, with the shapes they take beside another part.
RADICALS = """
一 丨 丶 丿 乙 亅 二 亠 人亻 儿 入 八 冂 冖 冫 几 凵 刀刂 力 勹 匕 匚 匸 十 卜 卩 厂 厶 又
口 囗 土 士 夂 夊 夕 大 女 子 宀 寸 小 尢 尸 屮 山 川 工 己 巾 干 幺 广 廴 廾 弋 弓 彐 彡 彳
心忄 戈 户 手扌 支 攴攵 文 斗 斤 方 无 日 曰 月 木 欠 止 歹 殳 毋 比 毛 氏 气 水氵 火灬 爪 父 爻 爿 片 牙 牛牜 犬犭
玄 玉王 瓜 瓦 甘 生 用 田 疋 疒 癶 白 皮 皿 目 矛 矢 石 示礻 禸 禾 穴 立
竹 米 糸纟 缶 网罒 羊 羽 老耂 而 耒 耳 聿 肉月 臣 自 至 臼 舌 舛 舟 艮 色 艸艹 虍 虫 血 行 衣衤 西
见 角 言讠 谷 豆 豕 豸 贝 赤 走 足 身 车 辛 辰 辵辶 邑阝 酉 釆 里
金钅 长 门 阜阝 隶 隹 雨 青 非 面 革 韦 韭 音 页 风 飞 食饣 首 香
马 骨 高 髟 鬥 鬯 鬲 鬼 鱼 鸟 卤 鹿 麦 麻 黄 黍 黑 黹 黾 鼎 鼓 鼠 鼻 齐 齿 龙 龟 龠
""".split()


def plain(syllable: str) -> str:
    return to_normal(syllable).replace("ü", "v").replace("ê", "e").strip()


def unihan(folder: Path, file: str, field: str) -> Iterator[tuple[str, str]]:
    """Each character with one field of the Unihan database."""
    for line in (folder / file).read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[1] == field:
            yield chr(int(parts[0].removeprefix("U+"), base=16)), parts[2]


def standard_readings(folder: Path) -> dict[str, tuple[str, ...]]:
    """The 8,105 characters of the national table (通用规范汉字表 2013), which newer names come from, with readings."""
    found: dict[str, tuple[str, ...]] = {}
    for field in ("kTGHZ2013", "kXHC1983"):
        for sign, value in unihan(folder, "Unihan_Readings.txt", field):
            if field == "kTGHZ2013" or sign in found:
                written = [reading for place in value.split(" ") for reading in place.split(":")[1].split(",")]
                found[sign] = tuple(dict.fromkeys((*found.get(sign, ()), *map(plain, written))))
    return found


def drawable() -> set[str]:
    """What the bundled fonts can draw: another character would be an empty key."""
    codes: set[int] = set()
    for name in FONTS:
        codes |= set(TTFont(ROOT / "resources" / "fonts" / name).getBestCmap())
    return {chr(code) for code in codes}


def uses() -> dict[tuple[str, str], float]:
    """How often each character is read each way in jieba's words."""
    counted: dict[tuple[str, str], float] = defaultdict(float)
    source = Path(jieba.__file__).with_name("dict.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        word, often, *_kind = line.split(" ")
        readings = lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore")
        if len(readings) == len(word):
            for sign, reading in zip(word, readings, strict=True):
                counted[sign, plain(reading)] += float(often)
    return counted


def table(standard: dict[str, tuple[str, ...]], drawn: set[str]) -> dict[str, str]:
    """Syllable to characters: standard ones first and commonest first, then the others in code order."""
    often = uses()
    ranked: dict[str, list[tuple[bool, float, str]]] = defaultdict(list)
    for code, written in PINYIN_DICT.items():
        sign = chr(code)
        usual = standard.get(sign, ())
        others = [plain(reading) for reading in written.split(",")]
        for place, syllable in enumerate(dict.fromkeys((*usual, *others))):
            if sign in drawn and syllable.isascii() and syllable.isalpha():
                weight = math.log1p(often.get((sign, syllable), 0.0))
                is_name = sign in GIVEN_NAMES and place < max(1, len(usual))
                weight += NAME_BONUS if is_name else 0.0
                ranked[syllable].append((syllable not in usual and weight == 0, 0.01 * place - weight, sign))
    return {syllable: "".join(sign for *_rank, sign in sorted(rows)) for syllable, rows in sorted(ranked.items())}


def radicals(folder: Path, standard: dict[str, tuple[str, ...]], drawn: set[str]) -> dict[tuple[int, int], str]:
    """Radical number and further strokes to characters, standard ones first."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for sign, value in unihan(folder, "Unihan_IRGSources.txt", "kRSUnicode"):
        for place in value.split(" "):
            radical, strokes = place.replace("'", "").split(".")
            if sign in drawn:
                found[int(radical), max(0, int(strokes))].append(sign)
    return {
        place: "".join(sorted(dict.fromkeys(signs), key=lambda sign: (sign not in standard, sign)))
        for place, signs in sorted(found.items())
    }


def main(folder: Path) -> None:
    standard, drawn = standard_readings(folder), drawable()
    made, parts = table(standard, drawn), radicals(folder, standard, drawn)
    TARGET.mkdir(exist_ok=True)
    rows = [f"{syllable}\t{signs}\n" for syllable, signs in made.items()]
    (TARGET / "table.txt").write_text("".join(rows), encoding="utf-8")
    lines = [f"{RADICALS[number - 1]}\t{strokes}\t{signs}\n" for (number, strokes), signs in parts.items()]
    (TARGET / "radicals.txt").write_text("".join(lines), encoding="utf-8")
    print(len(made), "syllables", sum(map(len, made.values())), "characters", len(parts), "places of radicals")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
