"""The manager's pages and the first start for the harness: made on fakes, signed in, at the desk's sizes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from tests.manager_day import PIN, a_filled_showroom, an_office, manager_services
from tests.screenshots.shot import DESK, SMALL, Shot, Size

LIMIT = 400


def _make(page: str, theme: ThemeName, size: Size, language: str) -> QWidget:
    use_language(language)
    showroom, background = a_filled_showroom(), Background()
    window = ManagerWindow(
        services=manager_services(showroom),
        background=background,
        announcements=Announcements(),
        clock=showroom.clock,
        look=Look(density="desk", theme=theme),
        office=an_office(showroom),
    )
    background.setParent(window)
    window.resize(*size)
    window.show()
    _settle(background)
    if page != "sign-in":
        window.enter(showroom.staff.sign_in(StaffId("周启明"), PIN))
        _settle(background)
        if page != "today":
            window.open_page(page)
            _settle(background)
    return window


def _settle(background: Background) -> None:
    for _ in range(LIMIT):
        QTest.qWait(5)
        if background.is_idle:
            break
    QTest.qWait(60)  # layouts are done by then


def _done(window: QWidget) -> None:
    for background in window.findChildren(Background):
        background.stop(2.0)
    window.close()


def _maker(page: str, theme: ThemeName = "light") -> Callable[[Size, str], QWidget]:
    return partial(_make, page, theme)


PAGES = ("sign-in", "today", "people", "settings", "sync", "privacy", "health")
SHOTS = [
    *(Shot("manager", page, _maker(page), sizes=(DESK, SMALL), done=_done) for page in PAGES),
    Shot("manager", "today-dark", _maker("today", "dark"), sizes=(DESK,), done=_done),
]
