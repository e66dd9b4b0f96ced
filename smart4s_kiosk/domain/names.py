"""How people are called on a public screen: 张*先生, 欧阳*, M***. Never a whole name."""

from enum import StrEnum

# The compound surnames (复姓) that a mask must keep whole; from the list of 百家姓 and those in use today.
COMPOUND_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 端木 南宫 独孤 轩辕 钟离 东郭 闻人 "
    "澹台 赫连 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公羊 百里 呼延 西门 第五 拓跋 纳兰 完颜 耶律".split()
)


class Title(StrEnum):
    """Form of address; NONE where the visitor did not say."""

    MR = "mr"
    MS = "ms"
    NONE = "none"


def surname(name: str) -> str:
    """The surname of a Chinese name (compound ones whole); the first letter of a Latin one."""
    clean = name.strip()
    if clean[:2] in COMPOUND_SURNAMES and len(clean) > 2:
        return clean[:2]
    return clean[:1]


_ADDRESSES = (("先生", Title.MR), ("女士", Title.MS), ("小姐", Title.MS), ("太太", Title.MS))


def read_address(typed: str, given: Title = Title.NONE) -> tuple[str, Title]:
    """Name and form of address out of what somebody typed: 冯女士 is 冯 and MS; without one, `given` stays."""
    clean = typed.strip()
    for ending, title in _ADDRESSES:
        if clean.endswith(ending) and len(clean) > len(ending):
            return clean.removesuffix(ending), title
    return clean, given


def mask_name(name: str) -> str:
    """`name` as a public screen may show it: 张*, 欧阳*, 买*, M***; empty stays empty."""
    clean = name.strip()
    if not clean:
        return ""
    if _is_latin(clean):
        return f"{clean[0].upper()}***"
    return f"{surname(clean)}*"


def mask_phone(number: str) -> str:
    """A phone number with its middle hidden: 138****5678; short ones show their last two digits only."""
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"{'*' * max(0, len(digits) - 2)}{digits[-2:]}"


def is_same_name(known: str, read: str) -> bool:
    """Whether the file's name may be the licence's: a surname alone, as the kiosk asks for it, says nothing against."""
    known, read = known.replace(" ", ""), read.replace(" ", "")
    return not known or not read or known.casefold() == read.casefold() or (len(known) <= 2 and read.startswith(known))


def _is_latin(name: str) -> bool:
    return name[0].isascii()
