"""Every finding that a check can make has words, in both languages, and facts that fit them."""

import re
import string
from pathlib import Path

import pytest

from smart4s_kiosk import i18n
from smart4s_kiosk.app import health_words
from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.app.health_words import CHECKS, FINDINGS, LEVELS, PLACES, ROLES, say
from smart4s_kiosk.vault.person_copy import CopyState
from smart4s_kiosk.vault.places import PlaceName

ROOT = Path(__file__).resolve().parents[3] / "smart4s_kiosk"
FACTS = {
    "free_gb": 1.5, "percent": 3, "folder": "/data", "files": "a.ttf", "count": 4, "model": "m", "role": "face",
    "path": "/dev/x", "holder": "app", "printer": "HP", "host": "example.com", "reason": "expired", "status": 503,
    "seconds": 2, "minutes": 7, "place": "tpm2", "what": "key folder", "file": "/keys", "check": "disk", "limit_s": 5,
    "code": "unavailable", "portal": "x", "hours": 5, "days": 4,
    "proxy": "proxy.local", "certificate_until": "2027-01-31",
}  # fmt: skip
FACTS_OF_CHECKS = {"role": "face", "place": "tpm2"}


def codes_in_the_source() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").glob("health*.py"))
    written = set(
        re.findall(
            r'"((?:check|disk|fonts|models|camera|printer|proxy|certificate|dns|vault|person_keys|database|backup|clock)\.\w+)"',
            text,
        )
    )
    line = (ROOT / "sync" / "line_check.py").read_text(encoding="utf-8")
    steps = set(re.findall(r'LineReport\(\s*"(\w+)"', line)) | set(
        re.findall(r'"((?:tls|proxy)_\w+|refused|no_answer)"', line)
    )
    return written | {f"connector.{step}" for step in steps} | {f"person_keys.copy_{s.value}" for s in CopyState}


def test_every_code_that_a_check_uses_has_words() -> None:
    codes = codes_in_the_source()
    assert len(codes) > 45
    assert codes <= set(FINDINGS)


def test_no_words_stand_for_nothing() -> None:
    assert set(FINDINGS) - codes_in_the_source() <= {"connector.not_chosen"}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_words_are_whole_sentences_with_all_facts_filled_in(code: str, language: str) -> None:
    needed = {name for words in FINDINGS[code] for _t, name, _s, _c in string.Formatter().parse(words) if name}
    finding = Finding(code, Level.WARNING, {name: FACTS[name] for name in needed})
    i18n.use_language(language)
    try:
        said = say(finding)
    finally:
        i18n.use_language("zh_CN")
    assert said.what
    assert "{" not in said.what + said.to_do
    has_chinese = bool(re.search(r"[\u4e00-\u9fff]", said.what))
    assert has_chinese == (language == "zh_CN")
    assert (not said.to_do) == (not FINDINGS[code][1])


def test_all_small_words_are_there() -> None:
    assert set(LEVELS) == set(Level)
    assert set(PLACES) == {place.value for place in PlaceName}
    assert set(ROLES) == {"face", "document", "floor"}
    chinese = i18n.catalogue("zh_CN")
    for words in (*LEVELS.values(), *PLACES.values(), *ROLES.values(), *CHECKS.values()):
        assert chinese.gettext(words) != words


def test_something_to_do_is_said_unless_all_is_well() -> None:
    well = {code for code, (_what, to_do) in FINDINGS.items() if not to_do}
    fine = re.compile(r"\.(good|ok|remote|not_needed|guarded|copy_fresh)$|^proxy\.(none|used)$")
    assert all(fine.search(code) for code in well)
    assert health_words._GOOD == ""
