"""Writes resources/settings/default.toml and docs/settings.md from the settings' own definitions."""

import json
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.settings_reading import documented, variable_of

_HEAD = """\
# Settings of this machine, with every default. Copy this file to ~/.config/smart4s-kiosk/settings.toml (Windows:
# %APPDATA%\\Smart4SKiosk\\settings.toml) and keep only the lines that you change.
# An environment variable wins over the file: SMART4S_CAMERAS_FACE_WIDTH for [cameras.face] width.
# Made by: main.py settings reference
"""

_PAGE = """\
# Settings of a machine

Read once at start, from `--settings FILE`, else the variable `SMART4S_SETTINGS`, else
`~/.config/smart4s-kiosk/settings.toml` (Windows: `%APPDATA%\\Smart4SKiosk\\settings.toml`), else
`/etc/smart4s-kiosk/settings.toml`. Environment variables win over the file. `main.py settings check` names every
mistake with its file and line. What a manager may change while the showroom is open is kept in the database instead;
secrets are kept in the vault. Made from the code by `main.py settings reference`; do not edit.
"""


def default_file() -> str:
    """The documented settings file with every default."""
    return _HEAD + "".join(_section_text(name, section) for name, section in _sections(Settings))


def page() -> str:
    """The reference page in Markdown."""
    parts = [_PAGE]
    section = None
    for key, entry, kind in documented():
        prefix, _dot, name = key.rpartition(".")
        if prefix != section:
            section = prefix
            parts.append(f"\n## [{prefix}]\n\n| setting | what may stand there | default | what it does | variable |\n")
            parts.append("|---|---|---|---|---|\n")
        default = _toml(entry.default)
        parts.append(f"| `{name}` | {kind.accepts} | `{default}` | {entry.metadata['help']} | `{variable_of(key)}` |\n")
    return "".join(parts)


def write(root: Path) -> tuple[Path, Path]:
    """Write both files below `root` (the project's folder); returns their places."""
    toml, markdown = root / "resources" / "settings" / "default.toml", root / "docs" / "settings.md"
    for place, text in ((toml, default_file()), (markdown, page())):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return toml, markdown


def _sections(section: type, prefix: str = "") -> list[tuple[str, type]]:
    found: list[tuple[str, type]] = []
    hints = get_type_hints(section)
    for entry in fields(section):
        inner = hints[entry.name]
        if not is_dataclass(inner):
            continue
        name = f"{prefix}{entry.name}"
        deeper = _sections(inner, f"{name}.")  # type: ignore[arg-type] # sections are dataclasses
        found.extend(deeper or [(name, inner)])  # type: ignore[list-item] # sections are dataclasses
    return found


def _section_text(name: str, section: type) -> str:
    lines = ["", f"# {(section.__doc__ or '').splitlines()[0]}", f"[{name}]"]
    entries: tuple[Field[Any], ...] = fields(section)
    for entry in entries:
        lines += [f"# {entry.metadata['help']}", f"{entry.name} = {_toml(entry.default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, ZoneInfo):
        return json.dumps(value.key)
    return json.dumps("" if value is None else str(value))
