"""Looks through an agreement text before it may be published: unfair, missing or unpointed-out terms.

A finding is an opinion by pattern, not a court's: it names clause, words and rule, and a text with a blocking finding
cannot be published.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from smart4s_kiosk.domain.agreement_texts import AgreementText, Clause
from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.errors import RuleBroken

LEAST_BOLD = 6
"""Characters in bold that make a risk sentence stand out."""


class TextNotPublishable(RuleBroken):
    """This agreement text has terms that block its publication."""

    code = "agreement_text.not_publishable"


class FindingCode(StrEnum):
    """What is wrong."""

    BLANKET_LIABILITY = "blanket_liability"
    STORE_WAIVES_ITSELF = "store_waives_itself"
    PASSENGER_LIABILITY_SHIFTED = "passenger_liability_shifted"
    SPLIT_MISSING = "split_missing"
    RISK_NOT_BOLD = "risk_not_bold"
    RISK_NOT_ACKNOWLEDGED = "risk_not_acknowledged"
    LICENCE_KEPT = "licence_kept"
    FINAL_WORD = "final_word"
    CONSENT_BUNDLED = "consent_bundled"
    DEPOSIT_FORFEITED = "deposit_forfeited"
    TOPIC_MISSING = "topic_missing"
    DECLARATIONS_MISSING = "declarations_missing"


BASIS = {
    FindingCode.BLANKET_LIABILITY: "民法典第497条、第1209条",
    FindingCode.STORE_WAIVES_ITSELF: "民法典第497条、第506条；消费者权益保护法第26条",
    FindingCode.PASSENGER_LIABILITY_SHIFTED: "最高人民法院道路交通事故损害赔偿司法解释（2020年修正）第6条",
    FindingCode.SPLIT_MISSING: "最高人民法院道路交通事故损害赔偿司法解释（2020年修正）第6条；民法典第1209条",
    FindingCode.RISK_NOT_BOLD: "合同行政监督管理办法第6条；民法典第496条",
    FindingCode.RISK_NOT_ACKNOWLEDGED: "合同行政监督管理办法第6条；民法典第496条",
    FindingCode.LICENCE_KEPT: "道路交通安全法第110条（仅交警可扣留驾驶证）；居民身份证法第15条",
    FindingCode.FINAL_WORD: "合同行政监督管理办法第8条；民法典第498条",
    FindingCode.CONSENT_BUNDLED: "个人信息保护法第14条、第16条、第29条",
    FindingCode.DEPOSIT_FORFEITED: "民法典第497条；消费者权益保护法第26条",
    FindingCode.TOPIC_MISSING: "合同行政监督管理办法第6条",
    FindingCode.DECLARATIONS_MISSING: "最高人民法院道路交通事故损害赔偿司法解释（2020年修正）第1条",
}


@dataclass(frozen=True, slots=True)
class ClauseFinding:
    """One finding; `words` are those of the text that gave rise to it, or the topic that is missing."""

    code: FindingCode
    clause: str = ""
    """Code of the clause; empty for the text as a whole."""
    words: str = ""
    kind: RideKind | None = None

    @property
    def basis(self) -> str:
        return BASIS[self.code]


_DRIVER = r"(?:驾驶人|试驾人|试驾者|试驾方|客户|乙方|乘坐人|试乘人|试乘者|消费者|本人)"
_STORE = r"(?:本店|甲方|经销商|4S店|门店|我店|本公司|我司)"
_ALL = r"(?:一切|全部|所有|任何)"
_LOSS = r"(?:责任|损失|后果|费用|赔偿)"
_BEARS = r"(?:承担|负责|赔偿)"
_IN = r"[^。；;，,]"
_WHO_EN = r"(?:driver|customer|passenger|party b|user)"
_ALL_EN = r"(?:all|any|every|full|entire)"
_STORE_EN = r"(?:store|dealer|company|party a)"
_PATTERNS = {
    FindingCode.BLANKET_LIABILITY: (
        rf"{_ALL}[^。；;]{{0,24}}{_LOSS}{_IN}{{0,10}}[,，]?{_IN}{{0,4}}由{_IN}{{0,6}}{_DRIVER}{_IN}{{0,8}}{_BEARS}",
        rf"{_DRIVER}{_IN}{{0,8}}{_BEARS}{_IN}{{0,12}}{_ALL}{_IN}{{0,12}}{_LOSS}",
        rf"{_LOSS}{_IN}{{0,6}}(?:概由|均由|全部由|完全由|一律由){_IN}{{0,6}}{_DRIVER}",
        rf"{_WHO_EN}[^.;]{{0,30}}\b(?:liable|responsible|bears?|pays?)\b[^.;]{{0,20}}\b{_ALL_EN}\b",
        rf"\b{_ALL_EN}\b[^.;]{{0,40}}\b(?:loss(?:es)?|damages?|liability|costs?)\b[^.;]{{0,40}}\bby\b[^.;]{{0,12}}{_WHO_EN}",
    ),
    FindingCode.STORE_WAIVES_ITSELF: (
        rf"{_STORE}{_IN}{{0,12}}(?:概不负责|不承担任何|不承担一切|不负任何|不承担(?:法律|赔偿)?责任|不负(?:法律|赔偿)?责任)",
        rf"与{_STORE}(?:均)?无关",
        rf"(?:放弃|免除)[^。；;]{{0,12}}{_STORE}[^。；;]{{0,12}}(?:追究|索赔|请求|主张|责任)",
        r"放弃[^。；;]{0,8}(?:追究|索赔|诉讼)",
        rf"{_STORE_EN}[^.;]{{0,20}}\b(?:not|no)\b[^.;]{{0,20}}\b(?:liable|liability|responsible)\b",
        rf"\bwaives?\b[^.;]{{0,40}}\b(?:claims?|rights?)\b[^.;]{{0,30}}{_STORE_EN}",
    ),
    FindingCode.LICENCE_KEPT: (
        rf"(?<!不)(?<!不得)(?:扣留|扣押|质押|抵押|留存|代为保管){_IN}{{0,6}}(?:驾驶证|证件|身份证)",
        rf"(?:驾驶证|身份证|证件)(?:原件)?{_IN}{{0,4}}(?:交由|留在|押在|由){_IN}{{0,4}}{_STORE}",
        r"(?<!never )\b(?:keeps?|retains?|holds?)\b (?:the |your |his |her )?(?:driving )?licen[cs]e",
    ),
    FindingCode.FINAL_WORD: (r"最终解释权", r"final (?:right of )?interpretation"),
    FindingCode.CONSENT_BUNDLED: (
        r"(?:签署|签订|同意|接受)本协议[^。；;]{0,8}(?:即|视为|等于)[^。；;]{0,16}(?:同意|授权)[^。；;]{0,30}(?:信息|营销|推广|短信|人脸)",
        r"signing[^.;]{0,40}(?:consents?|agrees?)[^.;]{0,40}(?:marketing|personal data)",
    ),
    FindingCode.DEPOSIT_FORFEITED: (
        r"押金[^。；;]{0,20}(?:不予退还|概不退还|一律不退|没收)",
        r"deposit[^.;]{0,30}(?:forfeited|not refunded)",
    ),
}
_BAD_WORDS = tuple((code, re.compile(one, re.IGNORECASE)) for code, many in _PATTERNS.items() for one in many)
_MEASURED = re.compile(r"依法|依照法律|法律规定|过错|by law|according to|fault", re.IGNORECASE)
_RISK = re.compile(
    rf"(?:损失|责任|赔偿|罚款|记分)[^。；;]{{0,16}}{_BEARS}|{_BEARS}{_IN}{{0,10}}(?:损失|责任|罚款|记分)|"
    r"\b(?:borne by|liable|answered for|pays? for)\b",
    re.IGNORECASE,
)
_PASSENGER_BEARS = re.compile(
    rf"(?:损害|受伤|伤害|伤亡|人身)[^。；;]{{0,14}}由?(?:乘坐人|试乘人|试乘者|乙方|本人)(?:自行|自己|自){_IN}{{0,4}}{_BEARS}|"
    r"passenger[^.;]{0,40}own risk",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\*\*|[^。；;.!])+[。；;.!]?(?:\*\*)?")
_TOPICS = {
    RideKind.DRIVE: ("driver", "route", "liability", "violations", "emergency", "personal_data"),
    RideKind.PASSENGER: ("passenger_safety", "liability_passenger", "emergency", "personal_data"),
}
_ONLY_FOR = {"liability": RideKind.DRIVE, "liability_passenger": RideKind.PASSENGER}


def check_text(text: AgreementText) -> tuple[ClauseFinding, ...]:
    """Every finding, in the order of the text; none: it may be published."""
    found: list[ClauseFinding] = []
    for clause in text.clauses:
        found += _bad_words(clause)
        found += _risk_terms(clause)
    found += _split(text)
    found += _missing(text)
    return tuple(found)


def must_be_publishable(text: AgreementText) -> None:
    """Raises `TextNotPublishable` with the findings."""
    findings = check_text(text)
    if findings:
        raise TextNotPublishable(version=text.version, findings=tuple(one.code.value for one in findings))


def _bad_words(clause: Clause) -> Iterator[ClauseFinding]:
    """Each unfair pattern once a clause. "All loss according to fault" is measured, hence no blanket."""
    seen = set()
    for sentence in _sentences("\n".join(clause.paragraphs).replace("**", "")):
        for code, pattern in _BAD_WORDS:
            match = pattern.search(sentence)
            blanket_but_measured = code is FindingCode.BLANKET_LIABILITY and _MEASURED.search(sentence)
            if match and code not in seen and not blanket_but_measured:
                seen.add(code)
                yield ClauseFinding(code, clause.code, match.group())


def _risk_terms(clause: Clause) -> Iterator[ClauseFinding]:
    """Whoever bears a loss must be read in bold and acknowledged by itself."""
    for sentence in _sentences("\n".join(clause.paragraphs)):
        plain = sentence.replace("**", "")
        if not _RISK.search(plain):
            continue
        bold = "".join(sentence.split("**")[1::2])
        if len(bold) < LEAST_BOLD:
            yield ClauseFinding(FindingCode.RISK_NOT_BOLD, clause.code, plain.strip())
        if not clause.is_important:
            yield ClauseFinding(FindingCode.RISK_NOT_ACKNOWLEDGED, clause.code, plain.strip())


def _sentences(words: str) -> Iterator[str]:
    """Sentences with their marks of bold; a bold run over several sentences is bold in each."""
    inside = False
    for found in _SENTENCE.findall(words):
        sentence = f"**{found}" if inside else found
        inside = bool(sentence.count("**") % 2)
        yield f"{sentence}**" if inside else sentence


def _split(text: AgreementText) -> Iterator[ClauseFinding]:
    """A drive and a passenger ride have different liability: each its own clause, for its own kind only."""
    for code, kind in _ONLY_FOR.items():
        for clause in text.clauses:
            if clause.code == code and clause.kinds != (kind,):
                yield ClauseFinding(FindingCode.SPLIT_MISSING, code, clause.title, kind)
    for clause in text.clauses_for(RideKind.PASSENGER):
        match = _PASSENGER_BEARS.search(clause.plain)
        if match:
            yield ClauseFinding(FindingCode.PASSENGER_LIABILITY_SHIFTED, clause.code, match.group(), RideKind.PASSENGER)


def _missing(text: AgreementText) -> Iterator[ClauseFinding]:
    for kind, topics in _TOPICS.items():
        present = {clause.code for clause in text.clauses_for(kind)}
        for topic in topics:
            if topic not in present:
                code = FindingCode.SPLIT_MISSING if topic in _ONLY_FOR else FindingCode.TOPIC_MISSING
                yield ClauseFinding(code, words=topic, kind=kind)
        if not text.declarations_for(kind):
            yield ClauseFinding(FindingCode.DECLARATIONS_MISSING, kind=kind)
