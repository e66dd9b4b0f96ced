"""The few sentences that members read in WeCom, in both languages."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

_ZH = {
    "source": "展厅接待",
    "title": "新到店客户",
    "purpose": "来访目的",
    "party": "同行人数",
    "arrived": "到店时间",
    "pass_to": "转给",
    "next": "下一位同事",
    "accept": "接待",
    "later": "稍后",
    "pass": "转给同事",
    "party_size": "{size} 人",
    "accepted": "已接待",
    "accepted_by": "已由{name}接待",
    "accepted_by_someone": "已有同事接待",
    "postponed": "已选稍后",
    "passed_to": "已转给{name}",
    "passed_on": "已转给下一位",
    "closed": "来访已结束",
    "unknown": "卡片已失效",
    "escalated": "【接待提醒】{address} 已等候 {waited}，还没有人接待，请安排。",
    "waited_minutes": "{n} 分钟",
    "waited_seconds": "{n} 秒",
    "todo": "【待办提醒】您有一项跟进已到期（{due}），请在平板上处理。",
    "purpose.look": "看车",
    "purpose.test_drive": "试驾",
    "purpose.quote": "报价",
    "purpose.service": "保养维修",
    "purpose.pick_up": "提车",
    "purpose.meet": "找人",
    "purpose.event": "活动",
}
_EN = {
    "source": "Showroom",
    "title": "New visitor",
    "purpose": "Purpose",
    "party": "Party",
    "arrived": "Arrived",
    "pass_to": "Pass to",
    "next": "Next in line",
    "accept": "Receive",
    "later": "Later",
    "pass": "Pass on",
    "party_size": "{size}",
    "accepted": "Received",
    "accepted_by": "Received by {name}",
    "accepted_by_someone": "Already received",
    "postponed": "Later",
    "passed_to": "Passed to {name}",
    "passed_on": "Passed on",
    "closed": "Visit has ended",
    "unknown": "No longer valid",
    "escalated": "[Reception] {address} has waited {waited} and nobody has come. Please send somebody.",
    "waited_minutes": "{n} min",
    "waited_seconds": "{n} s",
    "todo": "[To-do] A follow-up is due ({due}). Please open it on the tablet.",
    "purpose.look": "Look at cars",
    "purpose.test_drive": "Test drive",
    "purpose.quote": "Quote",
    "purpose.service": "Service",
    "purpose.pick_up": "Car delivery",
    "purpose.meet": "Meet somebody",
    "purpose.event": "Event",
}
WORDS: Mapping[str, Mapping[str, str]] = {"zh_CN": _ZH, "en": _EN}


def words(language: str, key: str, **facts: object) -> str:
    """One sentence in `language` (zh_CN where it is unknown)."""
    return WORDS.get(language, _ZH)[key].format(**facts)


def clock_words(moment: datetime, zone: ZoneInfo) -> str:
    """A time as the showroom's wall clock shows it: 10:21."""
    return f"{moment.astimezone(zone):%H:%M}"


def waited_words(language: str, seconds: int) -> str:
    """How long somebody has waited."""
    if seconds < 120:
        return words(language, "waited_seconds", n=seconds)
    return words(language, "waited_minutes", n=seconds // 60)
