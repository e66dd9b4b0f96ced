"""From letters to the written form of a field: dates, numbers, classes, sex, nationality, addresses."""

import re
from collections.abc import Callable
from dataclasses import replace

from smart4s_kiosk.domain.licences import LONG_TERM, LicenceField
from smart4s_kiosk.vision.ocr.engine import Letter, Letters
from smart4s_kiosk.vision.ocr.simplified_forms import SIMPLIFIED

F = LicenceField

_DATE = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})")
# Two digits each, as printed: 2-2 may be 2-22 with its end washed out.
_LOOSE_DATE = re.compile(r"(\d{4})[-./·年 ](\d{2})[-./·月 ](\d{2})")
_TIME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})\D?(\d{2})\D?(\d{2})\D?(\d{2})")
_NOT_NAME = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff·A-Za-z ]")
# The label's end before a name, when a finger hides its beginning; neither sign begins a name.
_LABEL_REST = re.compile(r"^(姓名|名)(?=[\u3400-\u9fff]{2})")
# Punctuation that the dotted writing lines turn into at the ends of a value.
_EDGES = " .·…-_—~'\"`，。:：、|"
_YEARS_VALID = re.compile(r"(6|10)年")


def _number(text: str) -> str:
    compact = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    return compact if re.fullmatch(r"[0-9A-Z]{6,18}", compact) else ""


def _date(text: str) -> str:
    compact = text.replace(" ", "")
    found = _LOOSE_DATE.search(compact) or _DATE.fullmatch(re.sub(r"[^0-9-]", "", compact))
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""


def _valid_to(text: str) -> str:
    if "长期" in text or "长" in text:
        return LONG_TERM
    years = _YEARS_VALID.search(text.replace(" ", ""))
    return f"{years[1]}年" if years and not _DATE.search(text) else _date(text)


def _time(text: str) -> str:
    found = _TIME.search(text.replace(" ", ""))
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}:{found[5]}:{found[6]}" if found else ""


def _licence_class(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _sex(text: str) -> str:
    return next((char for char in text if char in "男女"), "")


def _nationality(text: str) -> str:
    name = re.split(r"[/／]", text.strip(_EDGES))[0]
    chinese = re.sub(r"[^\u4e00-\u9fff]", "", name)
    return chinese or name.strip(_EDGES)


def _name(text: str) -> str:
    cleaned = _LABEL_REST.sub("", _NOT_NAME.sub("", text.strip(_EDGES)).strip(_EDGES))
    return re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "", cleaned)


def _address(text: str) -> str:
    return text.strip(_EDGES).replace(" ", "").replace("—", "-").replace("－", "-")


def _file_number(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _plain(text: str) -> str:
    return text.strip(_EDGES)


FORMS: dict[LicenceField, Callable[[str], str]] = {
    F.NUMBER: _number,
    F.NAME: _name,
    F.SEX: _sex,
    F.NATIONALITY: _nationality,
    F.ADDRESS: _address,
    F.BIRTH: _date,
    F.FIRST_ISSUE: _date,
    F.LICENCE_CLASS: _licence_class,
    F.VALID_FROM: _date,
    F.VALID_TO: _valid_to,
    F.FILE_NUMBER: _file_number,
    F.RECORD: _plain,
    F.STATUS: _plain,
    F.POINTS: _plain,
    F.GENERATED_AT: _time,
    F.SHOWN_AT: _time,
}


def written(field: LicenceField, text: str) -> str:
    """The field's written form; empty when the text cannot be that field."""
    return FORMS[field](text)


_COUNTING = {
    F.NUMBER: re.compile(r"[0-9A-Za-z]"),
    F.FILE_NUMBER: re.compile(r"[0-9A-Za-z]"),
    F.LICENCE_CLASS: re.compile(r"[0-9A-Za-z]"),
    F.SEX: re.compile(r"[男女]"),
    F.NATIONALITY: re.compile(r"[\u3400-\u9fff]"),
    F.NAME: re.compile(r"[\u3400-\u9fffA-Za-z·]"),
    **dict.fromkeys((F.BIRTH, F.FIRST_ISSUE, F.VALID_FROM, F.GENERATED_AT, F.SHOWN_AT), re.compile(r"\d")),
    F.VALID_TO: re.compile(r"[\d长期年]"),
}


_ALPHABETS: dict[LicenceField, frozenset[str]] = {
    **dict.fromkeys((F.BIRTH, F.FIRST_ISSUE, F.VALID_FROM, F.FILE_NUMBER, F.GENERATED_AT), frozenset("0123456789")),
    F.LICENCE_CLASS: frozenset("ABCDEFMNP123456"),
    F.SEX: frozenset("男女"),
}


def counting(field: LicenceField, letters: Letters) -> tuple[Letter, ...]:
    """The letters that matter to the field's value: separators and dotted lines do not.

    A runner-up that cannot stand in the field takes nothing away: 1 against l in a licence class is a sure 1, and a
    name's simplified character against its own traditional form is no other name.
    """
    matters = _COUNTING.get(field)
    if matters is None:
        return tuple(letter for letter in letters if letter.char not in _EDGES)
    alphabet = _ALPHABETS.get(field)
    own = (letter for letter in letters if matters.match(letter.char))
    if field is F.NAME:
        return tuple(_in_either_writing(letter) for letter in own)
    return tuple(_without_impossible(letter, alphabet) if alphabet else letter for letter in own)


def possible(field: LicenceField, letters: Letters) -> Letters:
    """The letters with impossible ones replaced by their runner-up, which is then only as sure as it was: L in a class.

    Separators and Chinese signs stay: they part dates and are taken out by the field's form.
    """
    alphabet = _ALPHABETS.get(field)
    if alphabet is None or field is F.SEX:
        return letters
    return tuple(_possible(letter, alphabet) for letter in letters)


def _possible(letter: Letter, alphabet: frozenset[str]) -> Letter:
    is_wrong = letter.char.isascii() and letter.char.isalnum() and letter.char.upper() not in alphabet
    if not is_wrong or letter.second not in alphabet:
        return letter
    return replace(letter, char=letter.second, sure=letter.second_sure, second="", second_sure=0.0)


def _without_impossible(letter: Letter, alphabet: frozenset[str]) -> Letter:
    is_rival = not letter.second or letter.second in alphabet
    if letter.char not in alphabet or is_rival:
        return letter
    return replace(letter, sure=min(1.0, letter.sure + letter.second_sure))


def _in_either_writing(letter: Letter) -> Letter:
    if letter.char not in SIMPLIFIED.get(letter.second, ""):
        return letter
    return replace(letter, sure=min(1.0, letter.sure + letter.second_sure))


def has_traditional(text: str) -> bool:
    """Whether a character stands in it that licences, which follow the national table, print in its simplified form."""
    return any(char in SIMPLIFIED for char in text)
