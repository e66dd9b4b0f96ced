"""What a setting's value may be: each kind reads a TOML value or an environment text and says what is wrong with it."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class WrongValueError(ValueError):
    """Why a value cannot be used; `code` is worded in `settings_words`, `facts` fills the words."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code, facts)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one setting is read. `accepts` says in the reference page, in English, what may stand there."""

    accepts: str
    read: Callable[[object], object]
    from_text: Callable[[str], object] = str


def _text_of(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError("not_text", value=value)
    return value.strip()


def text(longest: int = 200) -> Kind:
    """Any text of one line, at most `longest` characters."""

    def read(value: object) -> str:
        words = _text_of(value)
        if len(words) > longest or "\n" in words:
            raise WrongValueError("text_too_long", longest=longest)
        return words

    return Kind(f"text of at most {longest} characters", read)


def name() -> Kind:
    """A short word for machines: letters, digits, `-` and `_`."""

    def read(value: object) -> str:
        word = _text_of(value)
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", word):
            raise WrongValueError("not_a_name", value=word)
        return word

    return Kind("1 to 64 letters, digits, `-` or `_`", read)


def choice(*allowed: str) -> Kind:
    """One of a few words."""

    def read(value: object) -> str:
        word = _text_of(value)
        if word not in allowed:
            raise WrongValueError("not_one_of", value=word, allowed=", ".join(allowed))
        return word

    return Kind(" \\| ".join(f"`{word}`" for word in allowed), read)


def choices(*allowed: str) -> Kind:
    """A list of at least one of a few words, each once. In the environment: separated by commas."""

    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise WrongValueError("not_a_list", allowed=", ".join(allowed))
        for word in value:
            if word not in allowed:
                raise WrongValueError("not_one_of", value=word, allowed=", ".join(allowed))
        if len(set(value)) != len(value):
            raise WrongValueError("said_twice", value=", ".join(value))
        return tuple(value)

    return Kind(
        "a list of " + ", ".join(f"`{word}`" for word in allowed),
        read,
        lambda words: [word.strip() for word in words.split(",")],
    )


def flag() -> Kind:
    """Yes or no."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise WrongValueError("not_a_flag", value=value)
        return value

    def from_text(words: str) -> object:
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(
            words.strip().lower(), words
        )

    return Kind("`true` or `false`", read, from_text)


def whole(least: int, most: int) -> Kind:
    """A whole number between two limits, both allowed."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongValueError("not_a_whole_number", value=value, least=least, most=most)
        if not least <= value <= most:
            raise WrongValueError("out_of_range", value=value, least=least, most=most)
        return value

    def from_text(words: str) -> object:
        return int(words) if re.fullmatch(r"\s*[+-]?\d{1,18}\s*", words) else words

    return Kind(f"a whole number from {least} to {most}", read, from_text)


def whole_of(*allowed: int) -> Kind:
    """One of a few whole numbers."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
            raise WrongValueError("not_one_of", value=value, allowed=", ".join(map(str, allowed)))
        return value

    return Kind(" \\| ".join(f"`{number}`" for number in allowed), read, whole(0, 0).from_text)


def path() -> Kind:
    """A file or folder; `~` is the user's home. Empty means the default place."""

    def read(value: object) -> Path | None:
        words = _text_of(value)
        if not words:
            return None
        if "\0" in words:
            raise WrongValueError("not_a_path", value=words.replace("\0", "\\0"))
        place = Path(words).expanduser()
        if not place.is_absolute():
            raise WrongValueError("path_not_absolute", value=words)
        return Path(os.path.normpath(place))

    return Kind("an absolute path, `~` for the user's home; empty for the default", read)


def web_address(*schemes: str) -> Kind:
    """A URL with one of `schemes` and a host, without user, password, query or fragment; or empty."""

    def read(value: object) -> str:
        words = _text_of(value)
        if not words:
            return ""
        try:
            parts = urlsplit(words)
            has_port = parts.port is None or parts.port > 0
        except ValueError:
            raise WrongValueError("not_a_web_address", value=words, schemes=", ".join(schemes)) from None
        if parts.scheme not in schemes or not parts.hostname or not has_port:
            raise WrongValueError("not_a_web_address", value=words, schemes=", ".join(schemes))
        if parts.username or parts.password:
            raise WrongValueError("secret_in_settings")
        if parts.query or parts.fragment:
            raise WrongValueError("web_address_too_long", value=words)
        return words.rstrip("/")

    return Kind("a URL (" + ", ".join(f"`{scheme}://`" for scheme in schemes) + "), or empty", read)


def database_address() -> Kind:
    """Empty for the embedded database, else a PostgreSQL URL; a password in it is refused."""

    def read(value: object) -> str:
        words = _text_of(value)
        if not words:
            return ""
        try:
            parts = urlsplit(words)
        except ValueError:
            raise WrongValueError("not_a_database", value=words) from None
        if parts.scheme not in {"postgresql", "postgresql+psycopg"} or not parts.path.strip("/"):
            raise WrongValueError("not_a_database", value=parts.scheme or words)
        if parts.password or "password=" in parts.query:
            raise WrongValueError("secret_in_settings")
        return words

    return Kind("a `postgresql://host/name` URL without a password, or empty", read)


def time_zone() -> Kind:
    """A name of the IANA time zone database."""

    def read(value: object) -> ZoneInfo:
        words = _text_of(value)
        try:
            return ZoneInfo(words)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise WrongValueError("not_a_time_zone", value=words) from None

    return Kind("a time zone name such as `Asia/Shanghai`", read)
