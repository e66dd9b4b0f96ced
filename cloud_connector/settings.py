"""Environment into a frozen dataclass; every mistake is reported at once."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class SettingsWrong(Exception):
    """What is wrong, one line per variable."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the connector must know. Secrets may stand in a file: NAME_FILE instead of NAME."""

    database_url: str
    host: str
    port: int
    data_folder: Path
    """Where callbacks wait on disk until they are in the database."""
    wecom_base_url: str
    corp_id: str
    agent_id: int
    secret: str
    callback_token: str
    aes_key: str
    old_callback_token: str
    """The pair before a rotation, accepted beside the present one while it is set."""
    old_aes_key: str
    zone: ZoneInfo
    later_minutes: int
    senders: int
    log_level: str


class _Reader:
    """Reads variables and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self._environment.get(name, "").strip() or self._from_file(name)
        if value:
            return value
        if default is None:
            self.problems.append(f"{name}: is missing")
        return default or ""

    def checked(self, name: str, good: Callable[[str], bool], wish: str, default: str | None = None) -> str:
        value = self.text(name, default)
        if value and not good(value):
            self.problems.append(f"{name}: {wish}")
        return value

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self.text(name, None if default is None else str(default))
        if value.isascii() and value.isdecimal() and low <= int(value) <= high:
            return int(value)
        if value:
            self.problems.append(f"{name}: must be a number from {low} to {high}")
        return low

    def _from_file(self, name: str) -> str:
        path = self._environment.get(f"{name}_FILE", "").strip()
        if not path:
            return ""
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as broken:
            self.problems.append(f"{name}_FILE: cannot be read ({type(broken).__name__})")
            return ""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`.

    Raises:
        SettingsWrong: with every mistake.

    """
    read = _Reader(environment)
    host, port = _listen(read)
    zone_name = read.checked("CONNECTOR_TIMEZONE", _is_zone, "is no time zone", "Asia/Shanghai")
    old_token, old_key = read.text("WECOM_OLD_TOKEN", ""), read.checked("WECOM_OLD_AES_KEY", _is_aes_key, _KEY_WISH, "")
    if bool(old_token) != bool(old_key):
        read.problems.append("WECOM_OLD_TOKEN and WECOM_OLD_AES_KEY: set both or neither")
    settings = Settings(
        database_url=database_url(read),
        host=host,
        port=port,
        data_folder=Path(read.text("CONNECTOR_DATA", "data")),
        wecom_base_url=read.checked(
            "WECOM_BASE_URL", _is_base_url, "must be https://.../cgi-bin/ (http only for this machine)", _OFFICIAL
        ),
        corp_id=read.text("WECOM_CORP_ID"),
        agent_id=read.number("WECOM_AGENT_ID", 1, 2**31 - 1),
        secret=read.text("WECOM_SECRET"),
        callback_token=read.checked("WECOM_TOKEN", _is_token, "must be 1 to 32 letters and digits"),
        aes_key=read.checked("WECOM_AES_KEY", _is_aes_key, _KEY_WISH),
        old_callback_token=old_token,
        old_aes_key=old_key,
        zone=ZoneInfo(zone_name) if _is_zone(zone_name) else ZoneInfo("UTC"),
        later_minutes=read.number("CONNECTOR_LATER_MINUTES", 1, 120, 5),
        senders=read.number("CONNECTOR_SENDERS", 1, 16, 2),
        log_level=read.checked("CONNECTOR_LOG_LEVEL", _LEVELS.__contains__, "is no log level", "INFO"),
    )
    if read.problems:
        raise SettingsWrong(read.problems)
    return settings


def read_database_url(environment: Mapping[str, str]) -> str:
    """The database alone, for commands that need nothing else.

    Raises:
        SettingsWrong: it is missing or of another kind.

    """
    read = _Reader(environment)
    url = database_url(read)
    if read.problems:
        raise SettingsWrong(read.problems)
    return url


def database_url(read: _Reader) -> str:
    wish = "must begin with sqlite:/// or postgresql+psycopg://"
    return read.checked("CONNECTOR_DATABASE_URL", _is_database_url, wish)


_OFFICIAL = "https://qyapi.weixin.qq.com/cgi-bin/"
_KEY_WISH = "must be 43 letters and digits"
_LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR"})


def _listen(read: _Reader) -> tuple[str, int]:
    text = read.text("CONNECTOR_LISTEN", "127.0.0.1:8080")
    host, _colon, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        read.problems.append("CONNECTOR_LISTEN: must be host:port")
        return "", 0
    return host.strip("[]"), int(port)


def _is_database_url(url: str) -> bool:
    return url.startswith(("sqlite:///", "postgresql+psycopg://"))


def _is_base_url(url: str) -> bool:
    parts = urlsplit(url)
    here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def _is_token(token: str) -> bool:
    return 1 <= len(token) <= 32 and token.isascii() and token.isalnum()


def _is_aes_key(key: str) -> bool:
    if len(key) != 43 or not key.isascii() or not key.isalnum():
        return False
    try:
        return len(base64.b64decode(key + "=")) == 32
    except binascii.Error:
        return False


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
