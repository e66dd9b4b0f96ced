"""Set-up again in the manager's window: the list of steps, a step, and the PIN before the recovery sheet."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.i18n import language
from smart4s_kiosk.services.first_start import Step
from smart4s_kiosk.services.set_up_again import SetUpAgain
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.manager.set_up_page import SetUpPage
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from tests.fakes.background import PromptBackground
from tests.fakes.first_start import ShownFirstStart
from tests.manager_day import a_filled_showroom, an_office, manager_services
from tests.screenshots.shot import DESK, SMALL, Shot, Size
from tests.screenshots.tablet_pages import settle
from tests.waiting import PATIENCE_S

BACKGROUNDS: list[PromptBackground] = []
Act = Callable[[SetUpPage], object]


class ShownSetUp(ShownFirstStart, SetUpAgain):
    """The steps on a machine in memory; the sheet is open."""

    def open_sheet(self, pin: str) -> None: ...

    def close_sheet(self) -> None: ...


class Made:
    """The manager's window, signed in as an administrator, at the set-up."""

    def __init__(self, page: str, theme: ThemeName, then: Act | None) -> None:
        self.page, self.theme, self.then = page, theme, then

    def __call__(self, size: Size, _language: str) -> QWidget:
        showroom = a_filled_showroom()
        office = an_office(showroom)
        office.set_up = lambda _by: an_opened_set_up()
        BACKGROUNDS.append(PromptBackground())
        window = ManagerWindow(
            services=manager_services(showroom),
            background=BACKGROUNDS[-1],
            announcements=Announcements(),
            clock=showroom.clock,
            look=Look(theme=self.theme, density="desk", reduce_motion=True),
            office=office,
        )
        window.resize(*size)
        window.show()
        settle(window)
        window.enter(showroom.staff.get(StaffId("管理员")))
        window.open_page(self.page)
        settle(window)
        if self.then is not None:
            assert isinstance(window.page, SetUpPage)
            self.then(window.page)
            settle(window)
        return window


def an_opened_set_up() -> SetUpAgain:
    shown = ShownSetUp()
    shown.language = language()
    return shown


def done(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    settle(window)
    assert BACKGROUNDS.pop().stop(PATIENCE_S)


def at(step: Step) -> Act:
    return lambda page: page.open_step(step)


def shot(name: str, then: Act | None = None, *, page: str = "set_up") -> Shot:
    made, dark = Made(page, "light", then), Made(page, "dark", then)
    return Shot("manager", name, made, (DESK, SMALL), ((SMALL, "zh_CN"),), done, dark)


SHOTS = [
    shot("set-up"),
    shot("set-up-cameras", at(Step.CAMERAS)),
    shot("set-up-sheet", at(Step.SHEET)),
    shot("set-up-printing", at(Step.PRINTING)),
    shot("set-up-pin", lambda page: page.ask_pin()),
    shot("settings-administrator", page="settings"),
]
