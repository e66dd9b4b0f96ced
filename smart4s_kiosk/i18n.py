"""Words: loads the gettext catalogues and offers the one `_`; the language switches at run time."""

import gettext
from pathlib import Path

LANGUAGES = ("zh_CN", "en")
_LOCALES = Path(__file__).resolve().parent.parent / "resources" / "locales"


class _Words:
    """The language in use. One per process; switching is a plain assignment, so readers never see half a catalogue."""

    def __init__(self) -> None:
        self.language = "zh_CN"
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()


_words = _Words()


def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of one language, for documents written in another language than the screen's."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("smart4s", localedir=str(_LOCALES), languages=[language], fallback=True)


def use_language(language: str) -> None:
    """Switch every later `_` of this process to `language` (one of LANGUAGES)."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _words.catalogue = catalogue(language)
    _words.language = language


def language() -> str:
    """The language in use, for example "zh_CN"."""
    return _words.language


def _(message: str) -> str:
    """`message` (English, the source language) in the language in use."""
    return _words.catalogue.gettext(message) if message else ""


def N_(message: str) -> str:
    """Mark a message for the catalogue where it is written down before a language is known; `_` it when shown."""
    return message


def counted(number: int, one: str, several: str) -> str:
    """`one` for exactly 1, which English says in another form, else `several` with its {n}; both translated before."""
    return one if number == 1 else several.format(n=number)


use_language("zh_CN")
