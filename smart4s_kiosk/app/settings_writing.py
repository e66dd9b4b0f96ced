"""Changes single lines of the settings file and leaves every other line, comments too, as it was."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from smart4s_kiosk.app.settings_reading import SETTINGS_VARIABLE, read_settings, usual_files
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.vault.files import write_whole


def settings_file(asked: Path | None = None) -> Path:
    """The file that is read on this machine, or the user's own where there is none yet."""
    named = os.environ.get(SETTINGS_VARIABLE)
    if asked is None and named:
        return Path(named)
    return asked or next((usual for usual in usual_files() if usual.exists()), usual_files()[0])


def write_settings(changes: Mapping[str, str | tuple[str, ...]], file: Path) -> None:
    """Set these settings (dotted names), each a text or several words.

    Raises `SettingsBroken` before anything is written, `Unavailable`.
    """
    try:
        text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        for key, value in changes.items():
            text = with_value(text, key, value)
        _must_be_readable(text, file)
        write_whole(file, text.encode())
    except OSError as error:
        raise Unavailable("settings file", waiting_helps=False, reason=error.strerror or "") from error


def with_value(text: str, key: str, value: str | tuple[str, ...]) -> str:
    """The file's text with one setting at another value."""
    section, name = key.rsplit(".", 1)
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    lines = text.splitlines()
    head = next(
        (n for n, each in enumerate(lines) if re.fullmatch(rf"\s*\[\s*{re.escape(section)}\s*\].*", each)), None
    )
    if head is None:
        blank = [""] if lines else []
        return "\n".join([*lines, *blank, f"[{section}]", line]) + "\n"
    end = next((n for n in range(head + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
    for n in range(head + 1, end):
        if re.match(rf"\s*{re.escape(name)}\s*=", lines[n]):
            lines[n] = line
            return "\n".join(lines) + "\n"
    lines.insert(head + 1, line)
    return "\n".join(lines) + "\n"


def _must_be_readable(text: str, file: Path) -> None:
    """Refuse a change that the reader would refuse at the next start."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.draft")
    draft.write_text(text, encoding="utf-8")
    try:
        read_settings(draft, {})
    finally:
        draft.unlink(missing_ok=True)
