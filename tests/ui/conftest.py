"""Dressed windows and a background whose answers can be waited for."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smart4s_kiosk import i18n
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.kiosk.window import KioskWindow
from smart4s_kiosk.ui.theme.dress import dress, prepare_application
from smart4s_kiosk.ui.theme.look import Look
from tests.fakes.check_in import FakeCheckIn
from tests.fakes.clock import FakeClock
from tests.ui.touched_kiosk import Kiosk
from tests.ui.widget_window import LOOK
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


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(900, 700)
    QVBoxLayout(made)
    dress(made, LOOK)
    made.show()
    yield made
    made.close()


@pytest.fixture
def kiosk(qtbot: QtBot, background: Background) -> Iterator[Kiosk]:
    clock = FakeClock()
    fake, announcements = FakeCheckIn(clock), Announcements()
    window = KioskWindow(
        check_in=fake,
        background=background,
        announcements=announcements,
        clock=clock,
        look=Look(reduce_motion=True),
    )
    window.resize(540, 960)
    window.show()
    made = Kiosk(window, fake, clock, background, announcements, qtbot)
    made.settle()
    yield made
    made.settle()
    window.close_for_good()
    window.deleteLater()
