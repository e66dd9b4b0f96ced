"""The manager's pages and the first start for the harness: made on fakes, signed in, at the desk's sizes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QDate, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.ids import MessageId, StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Outcome
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.services.office import PersonLine
from smart4s_kiosk.services.report_views import ListKind
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.people_page import PeoplePage
from smart4s_kiosk.ui.manager.privacy_page import PrivacyPage
from smart4s_kiosk.ui.manager.settings_page import SettingsPage
from smart4s_kiosk.ui.manager.today_page import TodayPage
from smart4s_kiosk.ui.manager.window import ManagerWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.wording import refusal_words
from tests.manager_day import PIN, a_filled_showroom, an_empty_showroom, an_office, manager_services
from tests.screenshots.shot import DESK, PORTRAIT, SMALL, Shot, Size
from tests.showroom import Showroom
from tests.waiting import PATIENCE_MS, PATIENCE_S

LIMIT = PATIENCE_MS // 5
Prepare = Callable[[ManagerWindow, Showroom], object]


def _make(page: str, theme: ThemeName, prepare: Prepare | None, is_empty: bool, size: Size, language: str) -> QWidget:
    use_language(language)
    showroom, background = an_empty_showroom() if is_empty else a_filled_showroom(), Background()
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
    if prepare is not None:
        prepare(window, showroom)
        _settle(background)
    return window


def _settle(background: Background) -> None:
    for _ in range(LIMIT):
        QTest.qWait(5)
        if background.is_idle:
            break
    else:
        raise AssertionError("an answer did not come")
    for _ in range(6):  # however slow the machine: layouts and deferred deletions are done when nothing is posted
        QTest.qWait(2)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()


def _done(window: QWidget) -> None:
    for background in window.findChildren(Background):
        background.stop(PATIENCE_S)
    window.close()


def _shot(
    page: str,
    name: str = "",
    prepare: Prepare | None = None,
    *,
    theme: ThemeName = "light",
    is_empty: bool = False,
    sizes: tuple[Size, ...] = (DESK, PORTRAIT, SMALL),
    golden: tuple[Size, ...] = (),
) -> Shot:
    made = partial(_make, page, theme, prepare, is_empty)
    return Shot("manager", name or page, made, sizes=sizes, golden=tuple((one, "zh_CN") for one in golden), done=_done)


def a_list(window: ManagerWindow, _showroom: Showroom) -> None:
    assert isinstance(window.page, TodayPage)
    window.page.open_list(ListKind.RECEIVED)


def a_new_colleague(window: ManagerWindow, _showroom: Showroom) -> None:
    assert isinstance(window.page, PeoplePage)
    window.page._add()


def a_bad_list(window: ManagerWindow, _showroom: Showroom) -> None:
    assert isinstance(window.page, PeoplePage)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "staff.csv"
        place.write_text("name,role,badge\n任远,顾问,\n", encoding="utf-8")
        content = place.read_bytes()
    refused = refusal_words(_refusal(lambda: window._services.staff.import_list(content, by=StaffId("管理员"))))
    window.show_trouble(refused)


def _refusal(act: Callable[[], object]) -> ShowroomError:
    try:
        act()
    except ShowroomError as refusal:
        return refusal
    raise AssertionError


def volumes(window: ManagerWindow, _showroom: Showroom) -> None:
    assert isinstance(window.page, SettingsPage)
    window.page.sounds.add_line(12, 90)
    window.page.sounds.add_line(18, 0)
    for day in ("2026-10-01", "2026-10-02", "2027-02-06"):
        window.page.opening.day.setDate(QDate.fromString(day, "yyyy-MM-dd"))
        window.page.opening._close_day()


def out_of_range(window: ManagerWindow, _showroom: Showroom) -> None:
    assert isinstance(window.page, SettingsPage)
    window.page.waits["ask_next_s"].setValue(600)
    window.page._save()


def refused_message(window: ManagerWindow, showroom: Showroom) -> None:
    fact = VisitEnded(VisitId("v1"), 3, Outcome.SERVED.value, showroom.clock.now())
    with showroom.storage.begin() as work:
        work.outbox.add(fact, message_id=MessageId("m1"), aggregate="visit:v1", at=showroom.clock.now())
        work.outbox.park(MessageId("m1"), "too_large")
    assert window.page is not None
    window.page.read()


def forgetting(window: ManagerWindow, showroom: Showroom) -> None:
    page = window.page
    assert isinstance(page, PrivacyPage)
    customer = showroom.customers.register(NewCustomer("冯小敏", Title.MS, "13900004417"))
    page.people.show_rows((PersonLine(customer.id, customer.masked_name, customer.title, 3, None),))
    page.people.selectRow(0)
    page._ask()


def database_away(window: ManagerWindow, _showroom: Showroom) -> None:
    window.show_trouble(refusal_words(Unavailable("database")))


PAGES = ("today", "people", "settings", "sync", "privacy", "health")
DARK_KEPT = {"today": (DESK,)}
SHOTS = [
    _shot("sign-in"),
    *(_shot(page, golden=(DESK, PORTRAIT) if page == "today" else (DESK,)) for page in PAGES),
    *(_shot(page, f"{page}-dark", theme="dark", sizes=(DESK,), golden=DARK_KEPT.get(page, ())) for page in PAGES),
    *(_shot(page, f"{page}-empty", is_empty=True, sizes=(DESK,)) for page in ("today", "people", "sync")),
    _shot("today", "today-list", a_list),
    _shot("today", "today-database-away", database_away, sizes=(DESK,)),
    _shot("people", "people-add", a_new_colleague),
    _shot("people", "people-list-refused", a_bad_list, sizes=(DESK,)),
    _shot("settings", "settings-volumes", volumes),
    _shot("settings", "settings-refused", out_of_range, sizes=(DESK,)),
    _shot("sync", "sync-refused", refused_message, sizes=(DESK,)),
    _shot("privacy", "privacy-forget", forgetting),
]
