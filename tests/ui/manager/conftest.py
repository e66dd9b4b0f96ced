"""A manager's desk; an empty machine and its first start on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.first_start import make_first_start
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.ui.background import Background
from tests.empty_machine import empty_machine
from tests.ui.manager.installer import Installer
from tests.ui.manager.manager_desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return empty_machine(tmp_path, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "smart4s-kiosk" / "settings.toml"


@pytest.fixture
def installer(qtbot: QtBot, background: Background, settings: Settings, file: Path) -> Iterator[Installer]:
    first_start = make_first_start(settings, SystemClock(), file=file)
    yield Installer(qtbot, background, first_start)
    first_start.close()
