"""The screenshot harness: pinned fonts before Qt wakes up, and the option that takes today's pictures as golden."""

import os
from pathlib import Path

os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

import pytest
from PySide6.QtWidgets import QApplication

from smart4s_kiosk.ui.theme.dress import prepare_application


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept-screenshots", action="store_true", help="take today's page pictures as the golden ones")


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Once: setting the style anew would polish every widget that still lives."""
    prepare_application(qapp)
    return qapp
