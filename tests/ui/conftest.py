"""Dressed windows and a background whose answers can be waited for."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from smart4s_kiosk import i18n
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.theme.dress import prepare_application
from tests.waiting import PATIENCE_S


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Once: setting the style anew polishes every widget that still lives, seconds for each test of a long run."""
    prepare_application(qapp)
    return qapp


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test begins and ends in Chinese, whatever it switches to."""
    i18n.use_language("zh_CN")
    yield
    i18n.use_language("zh_CN")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.stop(PATIENCE_S)
