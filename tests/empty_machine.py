"""A machine on which no store was opened yet."""

from dataclasses import replace
from pathlib import Path

import pytest

from smart4s_kiosk.app.settings import DataSettings, Settings, VaultSettings


def empty_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Its settings: data, keys and the settings file's own place lie in `folder`, and no key ring is asked."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    return replace(
        Settings(),
        data=DataSettings(folder=folder / "data"),
        vault=VaultSettings(key_folder=folder / "keys", use_keyring=False),
    )
