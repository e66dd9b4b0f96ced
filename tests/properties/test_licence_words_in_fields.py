"""Written forms of fields and cross-checks never break on any text, and keep what they promise."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.domain.licence_checks import contradictions
from smart4s_kiosk.domain.licences import Licence, LicenceField, LicenceFieldWrong, LicenceKind, Mark, date_in, is_date
from smart4s_kiosk.vision.ocr.calibration import chance
from smart4s_kiosk.vision.ocr.engine import Letter
from smart4s_kiosk.vision.ocr.evidence import look
from smart4s_kiosk.vision.ocr.values import written

F = LicenceField
KINDS = load_licence_rules().kinds
ANY_TEXT = st.text(alphabet=st.sampled_from("0123456789-./年月日至长期ABCDX abc男女中国/CHN·省市区号…"), max_size=30)


@given(st.sampled_from(list(LicenceField)), st.one_of(ANY_TEXT, st.text(max_size=40)))
def test_any_text_has_a_written_form_and_writing_it_again_changes_nothing(field: LicenceField, text: str) -> None:
    once = written(field, text)
    assert written(field, once) == once


@given(st.dates(), st.sampled_from(["{:%Y-%m-%d}", "{:%Y.%m.%d}", "{:%Y年%m月%d日}", " {:%Y-%m-%d}…", "{:%Y%m%d}"]))
def test_every_way_of_writing_a_day_is_the_same_day(day: object, form: str) -> None:
    text = form.format(day)
    if len(str(day)) == 10 and str(day)[0] != "0":
        assert written(F.BIRTH, text) == str(day)


@given(st.dictionaries(st.sampled_from(list(LicenceField)), ANY_TEXT), st.lists(ANY_TEXT, max_size=3))
def test_checks_answer_for_any_fields(texts: dict[LicenceField, str], copies: list[str]) -> None:
    for found in contradictions(texts, number_copies=copies, kinds=KINDS):
        assert isinstance(found.mark, Mark)


@given(st.dictionaries(st.sampled_from(list(LicenceField)), ANY_TEXT), st.sampled_from(list(LicenceKind)))
def test_a_licence_is_made_or_refused(texts: dict[LicenceField, str], kind: LicenceKind) -> None:
    try:
        Licence.from_texts(texts, kind=kind)
    except LicenceFieldWrong:
        return


@given(st.text(max_size=12))
def test_what_counts_as_a_day_can_be_read_as_one(text: str) -> None:
    if is_date(text):
        date_in(text)


@given(st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans())
def test_more_certain_letters_never_mean_less_confidence(a: float, b: float, marked: bool, supported: bool) -> None:
    low, high = sorted((a, b))
    lower = chance(low, is_marked=marked, is_supported=supported)
    higher = chance(high, is_marked=marked, is_supported=supported)
    assert 0.0 <= lower <= higher <= 1.0
    assert not marked or higher <= 0.5


def test_an_impossible_letter_gives_way_to_its_runner_up_and_stays_weak() -> None:
    letters = (Letter("C", 1.0, 0.2), Letter("L", 0.7, 0.5, second="1", second_sure=0.29))
    seen = look(F.LICENCE_CLASS, letters)
    assert seen.text == "C1"
    assert seen.weakest == 0.29
    day = tuple(Letter(char, 1.0, 0.1 * place) for place, char in enumerate("2019-09-04"))
    assert look(F.BIRTH, day).text == "2019-09-04"
    assert look(F.NUMBER, (Letter("L", 0.7, 0.5, second="1", second_sure=0.29),) * 6).text == "LLLLLL"


def test_half_a_date_is_no_date_and_the_label_s_end_is_no_name() -> None:
    assert written(F.FIRST_ISSUE, "1979-02-2") == ""
    assert written(F.FIRST_ISSUE, "1979-2-22") == ""
    assert written(F.NAME, "名许梅明") == "许梅明"
    assert written(F.NAME, "许名") == "许名"
