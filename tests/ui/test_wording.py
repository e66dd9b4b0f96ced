"""Every refusal and every enum value that a screen shows has words in both languages."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
from babel.messages.pofile import read_po

import smart4s_kiosk
from smart4s_kiosk import i18n
from smart4s_kiosk.domain.business_settings import SettingOutOfRange
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import VisitAlreadyAccepted
from smart4s_kiosk.services.customers import TooManyReveals
from smart4s_kiosk.ui import wording
from smart4s_kiosk.ui.refusal_words import MORE_REFUSALS
from smart4s_kiosk.ui.theme.tokens import RESOURCES
from smart4s_kiosk.ui.wording import REFUSALS, TABLES


def every_refusal() -> Iterator[type[ShowroomError]]:
    for module in pkgutil.walk_packages(smart4s_kiosk.__path__, "smart4s_kiosk."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = list(ShowroomError.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("smart4s_kiosk."):
            yield kind


def test_every_refusal_has_words_in_both_languages() -> None:
    codes = {kind.code for kind in every_refusal()}
    words = {**MORE_REFUSALS, **REFUSALS}
    assert codes - set(words) == set(), "add these codes to ui/refusal_words.py"
    i18n.use_language("zh_CN")
    assert [code for code in sorted(codes) if i18n._(words[code]) == words[code]] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: type(next(iter(table))).__name__)
def test_every_value_of_a_shown_enum_has_words(table: dict[object, str]) -> None:
    kind = type(next(iter(table)))
    assert set(table) == set(kind)  # type: ignore[call-overload] # an enum class is iterable
    i18n.use_language("zh_CN")
    assert [value for value, english in table.items() if wording.words(value) == english] == []


@pytest.mark.parametrize("area", ["kiosk", "widgets", "ui"])
def test_the_chinese_of_these_areas_is_complete(area: str) -> None:
    with (RESOURCES / "locales" / "zh_CN" / f"{area}.po").open("rb") as source:
        assert [message.id for message in read_po(source) if message.id and not message.string] == []


def test_a_refusal_never_shows_its_code_and_an_unknown_fact_leaves_no_gap_mark() -> None:
    trouble = wording.refusal_words(Unavailable("camera"))
    assert "unavailable" not in trouble.words
    assert "{" not in trouble.words


def test_a_late_press_hears_who_is_with_the_guest() -> None:
    late = VisitAlreadyAccepted(visit_id=VisitId("v"), by="wang", colleague="王静")
    i18n.use_language("zh_CN")
    assert wording.refusal_words(late).words == "已由王静接待"
    i18n.use_language("en")
    assert wording.refusal_words(late).words == "王静 is already with this guest"


def test_lists_and_days_stand_as_the_language_says_them() -> None:
    saturday = date(2026, 11, 28)
    i18n.use_language("zh_CN")
    assert (wording.listed(["时间", "来意"]), wording.on_day(saturday)) == ("时间、来意", "11 月 28 日 周六")
    i18n.use_language("en")
    assert (wording.listed(["time", "purpose"]), wording.on_day(saturday)) == ("time, purpose", "Sat 28 Nov")
    assert [wording.people_unit(n) for n in (0, 1, 2)] == ["people", "person", "people"]


@pytest.mark.parametrize("reason", ["waits", "hours", "opening", "routes"])
def test_a_rule_that_is_refused_says_which(reason: str) -> None:
    i18n.use_language("zh_CN")
    general = wording.refusal_words(SettingOutOfRange()).words
    assert wording.refusal_words(SettingOutOfRange(reason=reason)).words not in {general, ""}


def test_a_limit_is_told_as_it_is_set() -> None:
    refused = TooManyReveals(limit=35)
    i18n.use_language("zh_CN")
    assert "35 次" in wording.refusal_words(refused).words
    i18n.use_language("en")
    assert "35 contacts" in wording.refusal_words(refused).words


def test_figures_dates_and_names_are_written_as_people_say_them() -> None:
    assert wording.money(25_085_513) == "250,855.13"
    assert wording.money(0) == "0.00"
    assert wording.minutes_seconds(125.9) == "2:05"
    assert wording.day(date(2026, 11, 28)) == "11 月 28 日"
    assert wording.guest_name("张*", Title.MR) == "张*先生"
    assert wording.clock(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "07:30"
    assert wording.clock(time(9, 0)) == "09:00"
    i18n.use_language("en")
    assert wording.day(date(2026, 11, 28)) == "28 Nov"
    assert wording.guest_name("张*", Title.MS) == "Ms 张*"
    assert wording.greeting(datetime(2026, 11, 21, 2, 0, tzinfo=UTC)) == "Good morning."
