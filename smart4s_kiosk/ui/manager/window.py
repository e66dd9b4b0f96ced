"""The manager's window: sign-in, navigation, one page at a time; put together by `app.desktop`."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.domain.ids import MediaHash, StaffId
from smart4s_kiosk.domain.staff import Permission, StaffMember
from smart4s_kiosk.i18n import _, language, use_language
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.office import Office
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.manager.health_page import HealthPage
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.people_page import PeoplePage
from smart4s_kiosk.ui.manager.privacy_page import PrivacyPage
from smart4s_kiosk.ui.manager.set_up_page import SetUpPage
from smart4s_kiosk.ui.manager.settings_page import SettingsPage
from smart4s_kiosk.ui.manager.side import Side
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.manager.sync_page import SyncPage
from smart4s_kiosk.ui.manager.today_page import CHANGES, TodayPage
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.one_part import OnePart
from smart4s_kiosk.ui.widgets.sign_in import Candidate, SignIn
from smart4s_kiosk.ui.wording import Trouble, words

READ_AGAIN_MS = 1_000
CLOCK_MS = 10_000
NOTICE_MS = 8_000
EVERY_MS = 60_000
Photo = Callable[[MediaHash], bytes | None]
PAGES: dict[str, Callable[[Stage], ManagerPage]] = {
    "today": TodayPage,
    "people": PeoplePage,
    "settings": SettingsPage,
    "sync": SyncPage,
    "privacy": PrivacyPage,
    "health": HealthPage,
    "set_up": SetUpPage,
}
BELONGS_TO = {"set_up": "settings"}
"""Pages without an entry of their own in the navigation."""


def no_photo(_photo: MediaHash) -> bytes | None:
    """Where no pictures are kept."""
    return None


class ManagerWindow(QWidget):
    """Begins and ends with sign-in. `member` is who is signed in."""

    signed_in = Signal()

    def __init__(
        self,
        *,
        services: Services,
        background: Background,
        announcements: Announcements,
        clock: Clock,
        look: Look,
        office: Office,
        photo: Photo = no_photo,
    ) -> None:
        super().__init__()
        self._services, self._background, self._announcements = services, background, announcements
        self._clock, self._look_now, self._photo = clock, look, photo
        self._office = office
        self.member: StaffMember | None = None
        self.page: ManagerPage | None = None
        self._page_name = "today"
        self._zone = ZoneInfo("Asia/Shanghai")
        role(self, "page")
        dress(self, look)
        self.setWindowTitle(look.tokens.brand.name)
        self.resize(1920, 1080)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._content = OnePart(outer, 1)
        self._notice: NoticeBar | None = None
        self._notice_timer = self._timer(NOTICE_MS, self._forget_notice, once=True)
        self._again = self._timer(READ_AGAIN_MS, self._read_page, once=True)
        self._timer(CLOCK_MS, self._tick).start()
        self._timer(EVERY_MS, self._read_page).start()
        announcements.listen(self, CHANGES, self._hear)
        self.sign_out()

    def _timer(self, every_ms: int, then: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.setSingleShot(once)
        timer.timeout.connect(then)
        return timer

    # who is there

    def sign_out(self) -> None:
        """Nothing is shown until somebody signs in again."""
        self.member, self.page = None, None
        self._page_name = "today"
        brand = self._look_now.tokens.brand
        self.sign_in = SignIn(self._look_now, _("Manager: who are you?"), brand=brand.name, store=brand.store)
        self.sign_in.entered.connect(self._check)
        self._put(self.sign_in)
        self._background.ask(self.sign_in, self._managers, self.sign_in.show_people, kind="people")

    def _managers(self) -> list[Candidate]:
        managers = [m for m in self._services.staff.all() if m.may(Permission.CHANGE_SETTINGS)]
        return [Candidate(m.id, m.name, m.job_title or words(m.role), self._photo_of(m)) for m in managers]

    def _photo_of(self, member: StaffMember) -> bytes | None:
        return self._photo(member.photo) if member.photo else None

    def _check(self, staff_id: str, pin: str) -> None:
        self._background.change(
            self.sign_in,
            lambda: self._services.staff.sign_in(StaffId(staff_id), pin),
            self.enter,
            refused=lambda trouble: self.sign_in.say(trouble.words),
        )

    def enter(self, member: StaffMember) -> None:
        """Somebody whose PIN was right: today's page opens."""
        self.member = member
        self._background.ask(self.sign_in, self._office.rules.current, self._open_first)

    def _open_first(self, settings: BusinessSettings) -> None:
        self.use_settings(settings)
        self._build()
        self.signed_in.emit()

    # pages

    def open_page(self, name: str) -> None:
        """Another page."""
        self._page_name = name
        if self.member is not None:
            self._build()

    def _build(self) -> None:
        member = self.member
        if member is None:
            return
        brand = self._look_now.tokens.brand
        side = Side(
            self._look_now,
            brand.name,
            person=member.name,
            post=member.job_title or words(member.role),
            photo=self._photo(member.photo) if member.photo else None,
        )
        side.opened.connect(self.open_page)
        side.left.connect(self.sign_out)
        side.language_asked.connect(self._change_language)
        side.mark(BELONGS_TO.get(self._page_name, self._page_name))
        self._side = side
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        self._column = QVBoxLayout()
        row.addLayout(self._column, 1)
        self._put(content)
        self.page = PAGES[self._page_name](self._stage(member))
        self._column.addWidget(self.page, 1)
        self._tick()

    def _stage(self, member: StaffMember) -> Stage:
        return Stage(
            services=self._services,
            office=self._office,
            background=self._background,
            announcements=self._announcements,
            clock=self._clock,
            look=self._look_now,
            member=member,
            open_page=self.open_page,
            say=self.say,
            refuse=self.show_trouble,
            photo=self._photo,
            zone=self._zone,
        )

    def _put(self, content: QWidget) -> None:
        self._notice = None
        self._content.put(content)

    def _change_language(self) -> None:
        use_language("en" if language() == "zh_CN" else "zh_CN")
        self._build()

    def use_look(self, look: Look) -> None:
        """Another theme or accent at run time."""
        self._look_now = look
        dress(self, look)
        if self.member is not None:
            self._build()
        else:
            self.sign_out()

    # what others do

    def _hear(self, _announcement: Announcement) -> None:
        if not self._again.isActive():
            self._again.start()

    def _read_page(self) -> None:
        if self.page is not None:
            self.page.read()

    def _tick(self) -> None:
        if self.member is not None:
            now = self._clock.now().astimezone(self._zone)
            self._side.show_time(f"{now:%H:%M}")

    def use_settings(self, settings: BusinessSettings) -> None:
        """The store's time zone for the clock."""
        self._zone = settings.zone

    # notices

    def say(self, told: str) -> None:
        """One sentence at the foot of the page, for a while."""
        self._show_notice(NoticeBar(self._look_now, told, kind="success"))

    def show_trouble(self, trouble: Trouble) -> None:
        """A refusal or fault of an act that no part of the page answered."""
        self._show_notice(NoticeBar(self._look_now, trouble.words, kind="danger" if trouble.is_fault else "warn"))

    def _show_notice(self, notice: NoticeBar) -> None:
        self._forget_notice()
        if self.member is None:
            self.sign_in.say(notice.accessibleName())
            notice.deleteLater()
            return
        self._notice = notice
        self._column.addWidget(notice)
        self._notice_timer.start()

    def _forget_notice(self) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
