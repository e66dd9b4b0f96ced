"""Reads the settings file and the environment; every mistake is reported at once, with its file and line."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

from smart4s_kiosk.app.settings import Settings, user_config_folder
from smart4s_kiosk.app.settings_kinds import Kind, WrongValueError
from smart4s_kiosk.domain.errors import RuleBroken

ENVIRONMENT_PREFIX = "SMART4S_"
SETTINGS_VARIABLE = "SMART4S_SETTINGS"
_NOT_SETTINGS = (SETTINGS_VARIABLE, "SMART4S_TEST_", "SMART4S_DEMO_")
_LARGEST_FILE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in the settings. `settings_words.say` puts it into words."""

    where: str
    """File and line, or the environment variable."""
    key: str
    """Dotted name, such as `cameras.face.width`; empty when the file as a whole is unreadable."""
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class SettingsBroken(RuleBroken):
    """The settings have mistakes."""

    code = "settings.broken"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__(mistakes=len(mistakes))


def read_settings(
    file: Path | None = None, environment: Mapping[str, str] | None = None, data_folder: Path | None = None
) -> Settings:
    """The settings of this machine.

    `file`: asked for by name, so it must be there; without it the variable SMART4S_SETTINGS or the usual places are
    used. Environment variables win over the file, `data_folder` over both. Raises SettingsBroken.
    """
    variables = os.environ if environment is None else environment
    mistakes: list[Mistake] = []
    tree, lines, source = _read_file(file, variables, mistakes)
    found = {key: (value, f"{source}:{lines.get(key, 1)}") for key, value in _leaves(tree)}
    known = dict(_kinds(Settings))
    values: dict[str, object] = {}
    for key, (value, where) in found.items():
        _take(key, value, where, known, values, mistakes)
    for variable, text in sorted(variables.items()):
        if variable.startswith(ENVIRONMENT_PREFIX) and not variable.startswith(_NOT_SETTINGS):
            _take_variable(variable, text, known, values, mistakes)
    if mistakes:
        raise SettingsBroken(tuple(mistakes))
    if data_folder is not None:
        values["data.folder"] = data_folder.expanduser().absolute()
    built: Settings = _build(Settings, "", values)
    return built


def variable_of(key: str) -> str:
    """The environment variable of a setting: SMART4S_CAMERAS_FACE_WIDTH for cameras.face.width."""
    return ENVIRONMENT_PREFIX + key.replace(".", "_").upper()


def usual_files() -> tuple[Path, ...]:
    """Where a settings file is looked for; the first that exists is used."""
    own = user_config_folder() / "settings.toml"
    return (own,) if os.name == "nt" else (own, Path("/etc/smart4s-kiosk/settings.toml"))


def documented(section: type = Settings, prefix: str = "") -> Iterator[tuple[str, Field[Any], Kind]]:
    """Every setting as dotted name, dataclass field and kind, in the order written."""
    hints = get_type_hints(section)
    for entry in fields(section):
        key = f"{prefix}{entry.name}"
        if is_dataclass(hints[entry.name]):
            yield from documented(hints[entry.name], f"{key}.")
        else:
            yield key, entry, entry.metadata["kind"]


def _kinds(section: type) -> Iterator[tuple[str, Kind]]:
    for key, _entry, kind in documented(section):
        yield key, kind


def _read_file(
    file: Path | None, variables: Mapping[str, str], mistakes: list[Mistake]
) -> tuple[dict[str, Any], dict[str, int], str]:
    """The file's tree, the line of each key, and its name for messages."""
    asked = file or (Path(variables[SETTINGS_VARIABLE]) if variables.get(SETTINGS_VARIABLE) else None)
    place = asked or next((usual for usual in usual_files() if usual.exists()), None)
    if place is None:
        return {}, {}, ""
    try:
        if place.stat().st_size > _LARGEST_FILE:
            mistakes.append(Mistake(str(place), "", "file_too_large"))
            return {}, {}, str(place)
        text = place.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), _lines_of_keys(text), str(place)
    except OSError as error:
        mistakes.append(Mistake(str(place), "", "file_unreadable", {"reason": error.strerror or str(error)}))
    except UnicodeDecodeError:
        mistakes.append(Mistake(str(place), "", "file_not_utf8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{place}:{line[1]}" if line else str(place)
        mistakes.append(Mistake(where, "", "file_not_toml", {"reason": str(error)}))
    return {}, {}, str(place)


def _lines_of_keys(text: str) -> dict[str, int]:
    """Dotted key to line number, by reading the plain forms `[section]` and `key = value`."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([A-Za-z0-9_.\- ]+?)\s*\]\s*(#.*)?$", line):
            section = header[1].replace(" ", "")
            lines.setdefault(section, number)
        elif entry := re.match(r"\s*([A-Za-z0-9_.\-]+)\s*=", line):
            lines.setdefault(f"{section}.{entry[1]}".lstrip("."), number)
    return lines


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _take(
    key: str,
    value: object,
    where: str,
    known: Mapping[str, Kind],
    values: dict[str, object],
    mistakes: list[Mistake],
) -> None:
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
        mistakes.append(Mistake(where, key, "unknown_setting", {"near": near[0] if near else ""}))
        return
    try:
        values[key] = known[key].read(value)
    except WrongValueError as wrong:
        mistakes.append(Mistake(where, key, wrong.code, wrong.facts))


def _take_variable(
    variable: str, text: str, known: Mapping[str, Kind], values: dict[str, object], mistakes: list[Mistake]
) -> None:
    by_variable = {variable_of(key): key for key in known}
    if variable not in by_variable:
        near = difflib.get_close_matches(variable, by_variable, n=1, cutoff=0.6)
        mistakes.append(Mistake(variable, variable, "unknown_setting", {"near": near[0] if near else ""}))
        return
    key = by_variable[variable]
    _take(key, known[key].from_text(text), variable, known, values, mistakes)


def _build(section: type, prefix: str, values: Mapping[str, object]) -> Any:
    """One section, from what was read and its defaults."""
    hints = get_type_hints(section)
    chosen: dict[str, object] = {}
    for entry in fields(section):
        key = f"{prefix}{entry.name}"
        if is_dataclass(hints[entry.name]):
            chosen[entry.name] = _build(hints[entry.name], f"{key}.", values)
        elif key in values:
            chosen[entry.name] = values[key]
    return section(**chosen)
