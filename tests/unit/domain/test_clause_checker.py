"""The shipped texts pass; each unfair term that showrooms really print is found, and fair wording is left alone."""

from dataclasses import replace

import pytest

from smart4s_kiosk.domain.agreement_texts import AgreementText, AgreementTextUnreadable, Clause, read_agreement_text
from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.clause_checker import (
    BASIS,
    FindingCode,
    TextNotPublishable,
    check_text,
    must_be_publishable,
)
from tests.builders_documents import TEXTS, a_text

CHINESE, ENGLISH = a_text("zh_CN"), a_text("en")


def with_clause(words: str, **changes: object) -> AgreementText:
    clause = Clause("extra", "补充", (words,), **changes)  # type: ignore[arg-type] # named fields of a Clause
    return replace(CHINESE, clauses=(*CHINESE.clauses, clause))


def codes(text: AgreementText) -> set[FindingCode]:
    return {one.code for one in check_text(text)}


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["zh_CN", "en"])
def test_the_shipped_texts_may_be_published(text: AgreementText) -> None:
    assert check_text(text) == ()
    must_be_publishable(text)


def test_both_languages_have_the_same_clauses() -> None:
    def shape(text: AgreementText) -> list[tuple[object, ...]]:
        return [(one.code, one.kinds, one.is_important, len(one.paragraphs)) for one in text.clauses]

    assert shape(CHINESE) == shape(ENGLISH)
    assert [one.code for one in CHINESE.declarations] == [one.code for one in ENGLISH.declarations]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("试驾期间发生的一切事故责任及损失均由试驾人承担。", FindingCode.BLANKET_LIABILITY),
        ("试驾人承担试驾过程中的全部责任。", FindingCode.BLANKET_LIABILITY),
        ("因试驾造成的任何损失，由乙方负责赔偿。", FindingCode.BLANKET_LIABILITY),
        ("所产生的费用概由客户承担。", FindingCode.BLANKET_LIABILITY),
        ("The driver is liable for all damage.", FindingCode.BLANKET_LIABILITY),
        ("All losses are paid by the customer.", FindingCode.BLANKET_LIABILITY),
        ("本店对人身伤害不承担任何责任。", FindingCode.STORE_WAIVES_ITSELF),
        ("由此引起的纠纷与本店无关。", FindingCode.STORE_WAIVES_ITSELF),
        ("客户自愿放弃向经销商索赔的权利。", FindingCode.STORE_WAIVES_ITSELF),
        ("The dealer is not liable for injury.", FindingCode.STORE_WAIVES_ITSELF),
        ("乘坐人受伤的，由乘坐人自行承担。", FindingCode.PASSENGER_LIABILITY_SHIFTED),
        ("试驾前须将驾驶证原件交由本店保管。", FindingCode.LICENCE_KEPT),
        ("本店有权留存驾驶证作为抵押。", FindingCode.LICENCE_KEPT),
        ("本活动最终解释权归本店所有。", FindingCode.FINAL_WORD),
        ("签署本协议即视为同意本店使用其个人信息进行营销。", FindingCode.CONSENT_BUNDLED),
        ("押金一经交付概不退还。", FindingCode.DEPOSIT_FORFEITED),
    ],
)
def test_an_unfair_term_blocks_publication(words: str, code: FindingCode) -> None:
    text = with_clause(words)
    assert code in codes(text)
    with pytest.raises(TextNotPublishable):
        must_be_publishable(text)
    assert all(one.basis for one in check_text(text))


@pytest.mark.parametrize(
    "words",
    [
        "本店依法应负的责任，不因本协议免除。",
        "本店不扣留驾驶证，核对后当场归还。",
        "押金在还车当日全额退还。",
        "保险理赔由本店协助办理。",
        "您可以改为签署纸质文本。",
    ],
)
def test_fair_wording_is_left_alone(words: str) -> None:
    assert check_text(with_clause(words)) == ()


def test_a_risk_term_must_be_bold_and_acknowledged() -> None:
    words = "驾驶人因超速造成的损失，由驾驶人依法承担。"
    assert codes(with_clause(words)) == {FindingCode.RISK_NOT_BOLD, FindingCode.RISK_NOT_ACKNOWLEDGED}
    assert codes(with_clause(f"**{words}**")) == {FindingCode.RISK_NOT_ACKNOWLEDGED}
    assert codes(with_clause(f"**{words}**", is_important=True)) == set()
    two = f"**{words}{words}**"
    assert codes(with_clause(two, is_important=True)) == set()


def test_drive_and_passenger_ride_need_liability_clauses_of_their_own() -> None:
    joined = tuple(replace(one, kinds=tuple(RideKind)) if one.code == "liability" else one for one in CHINESE.clauses)
    assert codes(replace(CHINESE, clauses=joined)) == {FindingCode.SPLIT_MISSING}
    dropped = tuple(one for one in CHINESE.clauses if one.code != "liability_passenger")
    assert codes(replace(CHINESE, clauses=dropped)) == {FindingCode.SPLIT_MISSING}


def test_missing_topics_and_declarations_are_named() -> None:
    dropped = tuple(one for one in CHINESE.clauses if one.code != "emergency")
    found = check_text(replace(CHINESE, clauses=dropped, declarations=()))
    assert {(one.code, one.kind) for one in found} == {
        (FindingCode.TOPIC_MISSING, RideKind.DRIVE),
        (FindingCode.TOPIC_MISSING, RideKind.PASSENGER),
        (FindingCode.DECLARATIONS_MISSING, RideKind.DRIVE),
        (FindingCode.DECLARATIONS_MISSING, RideKind.PASSENGER),
    }


def test_every_finding_names_its_rule() -> None:
    assert set(BASIS) == set(FindingCode)


def test_a_changed_word_is_another_text() -> None:
    clause = replace(CHINESE.clauses[0], title="车辆")
    assert replace(CHINESE, clauses=(clause, *CHINESE.clauses[1:])).hash != CHINESE.hash
    assert a_text("zh_CN").hash == CHINESE.hash


@pytest.mark.parametrize(
    ("old", "new"),
    [('version = "2.3"', ""), ("**酒驾", "酒驾"), ('kinds = ["drive"]', 'kinds = ["fly"]'), ("2026-11-01", '"soon"')],
)
def test_mistakes_in_a_text_file_are_refused(old: str, new: str) -> None:
    text = (TEXTS / "2.3-zh_CN.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(AgreementTextUnreadable):
        read_agreement_text(text.replace(old, new, 1))


def test_a_kind_has_its_title_clauses_and_declarations() -> None:
    assert CHINESE.title(RideKind.DRIVE) == "试驾协议"
    assert [one.code for one in CHINESE.important(RideKind.PASSENGER)] == [
        "passenger_safety",
        "liability_passenger",
        "personal_data",
    ]
    assert [one.code for one in CHINESE.declarations_for(RideKind.PASSENGER)] == ["belt", "guardian"]
