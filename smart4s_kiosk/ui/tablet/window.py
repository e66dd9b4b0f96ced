"""The consultant's tablet: sign-in, rail, bar and one page at a time; locks after three minutes without a touch."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Duty
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.tablet import Tablet
from smart4s_kiosk.services.tablet_views import DriveSheet, Person, Store
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.tablet.account import AccountDialog
from smart4s_kiosk.ui.tablet.bar import Bar, DriveSteps
from smart4s_kiosk.ui.tablet.flow import page_at, page_for
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import Refilled
from smart4s_kiosk.ui.tablet.places import (
    CustomersPlace,
    DrivePlace,
    DrivesPlace,
    PhrasesPlace,
    Place,
    QuotePlace,
    TodayPlace,
)
from smart4s_kiosk.ui.tablet.rail import Rail
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look, with_look
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.sign_in import Candidate, SignIn
from smart4s_kiosk.ui.wording import Trouble, words

LOCK_AFTER_S = 180
TICK_MS = 250
STORE_EVERY_MS = 20_000
NOTICE_MS = 6000
ACROSS, UPRIGHT = (1280, 800), (900, 1600)
MOST_SCALE = 1.5
LEAST_WIDTH, LEAST_HEIGHT = 1024, 720
SECTION_PLACES: dict[str, Callable[[], Place]] = {
    "today": TodayPlace,
    "customers": CustomersPlace,
    "drives": DrivesPlace,
    "quotes": QuotePlace,
    "phrases": PhrasesPlace,
}
TOUCHES = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.KeyPress}


class TabletWindow(QWidget):
    """Put together by `app.desktop`. A lock keeps the place and its draft; whoever signs in goes on there."""

    def __init__(
        self,
        *,
        tablet: Tablet,
        background: Background,
        announcements: Announcements,
        clock: Clock,
        look: Look,
    ) -> None:
        super().__init__()
        self._tablet, self._background, self._clock = tablet, background, clock
        self._base, self._look_given = look, look
        self._store = Store("", "", "Asia/Shanghai", is_online=True)
        self.person: Person | None = None
        self.page: TabletPage | None = None
        self._sign_in: SignIn | None = None
        self._place: Place = TodayPlace()
        self._memory: dict[str, Any] = {}
        self._touched = clock.monotonic()
        self._notice: NoticeBar | None = None
        self._rail: Rail | None = None
        self._bar: Bar | None = None
        self._offline: NoticeBar | None = None
        self._last_person = ""
        self._laid_upright = False
        self._all = self._furnish(look)
        announcements.listen(self, (), self._hear)
        self._timers = [self._timer(TICK_MS, self.tick), self._timer(STORE_EVERY_MS, self.read_store)]
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.timeout.connect(self.drop_notice)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self.read_store()
        background.ask(self, tablet.scans.warm_up, lambda _none: None, refused=lambda _away: None, kind="warm")
        self.lock()

    def _furnish(self, look: Look) -> Refilled:
        role(self, "page")
        dress(self, look)
        self.setWindowTitle("Smart 4S Kiosk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(*ACROSS)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        everything = Refilled(look)
        outer.addWidget(everything)
        return everything

    def _timer(self, every_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.timeout.connect(then)
        timer.start()
        return timer

    # size

    @property
    def is_portrait(self) -> bool:
        """Taller than wide."""
        return self.height() > self.width()

    def page_look(self) -> Look:
        """Larger on a larger screen, never smaller than drawn: a finger stays a finger."""
        wide, high = UPRIGHT if self.is_portrait else ACROSS
        scale = min(self.width() / wide, self.height() / high, MOST_SCALE)
        return replace(self._base, scale=round(max(1.0, scale), 3))

    def _fit(self) -> None:
        """The tablet was turned, or its window resized: the same place, laid out anew."""
        look = self.page_look()
        if look == self._look_given and self._laid_upright == self.is_portrait:
            return
        self._look_given, self._laid_upright = look, self.is_portrait
        dress(self, look)
        if self.person is None:
            self.lock()
        else:
            self.open(self._place)

    # signing in and locking

    def lock(self) -> None:
        """Sign-in covers everything; the page is gone from the screen, its place and drafts are kept."""
        self.person = None
        self._close_dialogs()
        self._clear()
        store = self._store
        remark = _("Demo showroom: everybody here is invented") if store.is_demo else ""
        self._sign_in = SignIn(
            self._look_given, _("Who is using this tablet?"), brand=store.brand, store=store.store, remark=remark
        )
        self._sign_in.entered.connect(self._enter)
        self._all.fresh().addWidget(self._sign_in)
        self._read_people()

    def _read_people(self) -> None:
        if self._sign_in is not None:
            self._background.ask(self._sign_in, self._tablet.day.people, self._show_people)

    def _show_people(self, people: tuple[Person, ...]) -> None:
        if self._sign_in is not None:
            keys = [Candidate(p.staff_id, p.name, p.job_title or words(p.role), p.photo) for p in people]
            self._sign_in.show_people(keys, last=self._last_person)

    def _enter(self, staff_id: str, pin: str) -> None:
        page = self._sign_in
        if page is None:
            return
        self._background.change(
            page,
            lambda: self._tablet.day.sign_in(StaffId(staff_id), pin),
            self.sign_in_as,
            refused=lambda trouble: page.say(trouble.words),
        )

    def sign_in_as(self, person: Person) -> None:
        """The PIN was right. Another person keeps the place only when a test drive or quote is under way there."""
        if person.staff_id != self._last_person and isinstance(self._place, CustomersPlace | PhrasesPlace):
            self._place = TodayPlace()
        self.person, self._last_person = person, person.staff_id
        self._touched = self._clock.monotonic()
        self.open(self._place)

    def _account(self) -> None:
        if self.person is None:
            return
        dialog = AccountDialog(self, self.person)
        dialog.duty_chosen.connect(self._change_duty)
        dialog.lock_asked.connect(self.lock)
        dialog.open_now()

    def _change_duty(self, duty: Duty) -> None:
        person = self.person
        if person is not None:
            self._background.change(self, lambda: self._tablet.day.change_duty(person.staff_id, duty), self._on_duty)

    def _on_duty(self, person: Person) -> None:
        self.person = person
        if self._rail is not None:
            self._rail.photo.show_person(person)
        if self.page is not None:
            self.page.read()

    # pages

    def stage(self) -> Stage:
        """What a page gets."""
        assert self.person is not None
        return Stage(
            look=self._look_given,
            tablet=self._tablet,
            background=self._background,
            clock=self._clock,
            person=self.person,
            store=self._store,
            open=self.open,
            show_drive=self.show_drive,
            say=self.say,
            is_portrait=self.is_portrait,
            memory=self._memory,
        )

    def open(self, place: Place) -> None:
        """Go somewhere."""
        self._place = place
        if self.person is None:
            return
        page = page_at(place, self.stage())
        if page is not None:
            self._put(page)
            return
        if not isinstance(place, DrivePlace):
            return
        agreement_id = place.agreement_id  # its sheet says which page it is at
        self._background.ask(self, lambda: self._tablet.drives.sheet(agreement_id), self.show_drive, kind="open")

    def show_drive(self, sheet: DriveSheet) -> None:
        """The page of this step."""
        if self.person is None:
            return
        page = page_for(sheet, self.stage())
        self._place = page.place()
        self._put(page)

    def _put(self, page: TabletPage) -> None:
        self._close_dialogs()
        self._clear()
        assert self.person is not None
        look = self._look_given
        self._rail = Rail(look, self.person)
        self._rail.chosen.connect(lambda name: self.open(SECTION_PLACES[name]()))
        self._rail.account.connect(self._account)
        self._rail.show_section(page.section)
        line = self._all.fresh_row()
        line.addWidget(self._rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.page = page
        parts = page.bar_parts()
        steps = with_look(DriveSteps(page.step), look) if page.step >= 0 else None
        if steps is not None and not self.is_portrait:
            parts = [steps, *parts]
        below = steps if self.is_portrait else None
        self._bar = Bar(look, page.title(), can_go_back=page.can_go_back(), parts=parts, below=below)
        self._bar.back.connect(page.back)
        column.addWidget(self._bar)
        if not self._store.is_online:
            column.addWidget(self._offline_bar(look))
        column.addWidget(page, 1)
        line.addLayout(column, 1)
        page.read()
        page.tick()

    def _offline_bar(self, look: Look) -> QWidget:
        frame = QWidget()
        line = QVBoxLayout(frame)
        line.setContentsMargins(look.px(24), look.px(12), look.px(24), 0)
        self._offline = NoticeBar(
            look,
            _("No connection to the cloud; receiving, test drives and quotes go on"),
            icon="cloud_off",
            beside=True,
        )
        line.addWidget(self._offline)
        return frame

    def _clear(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # so that no ring jumps to the rail when a pressed button goes
        if self.page is not None:
            self.page.leave()
        self.page = self._rail = self._bar = self._sign_in = self._offline = None
        self.drop_notice()

    # what others do, time

    def _hear(self, announcement: Announcement) -> None:
        if announcement.concept in {"connector", "business_settings", "settings"}:
            self.read_store()
        if announcement.concept == "staff":
            self._read_people()
        page = self.page
        if page is not None and (announcement.concept in page.concepts or not announcement.concept):
            page.heard(announcement)

    def read_store(self) -> None:
        """Name, zone, and whether the cloud is reached; scans that were walked away from are forgotten beside it."""
        self._background.ask(self, self._tablet.scans.tidy, lambda _count: None, kind="tidy")
        self._background.ask(self, self._tablet.day.store, self._show_store, kind="store")

    def _show_store(self, store: Store) -> None:
        changed, self._store = store != self._store, store
        if changed and self._sign_in is not None:
            self.lock()

    def tick(self) -> None:
        """Clocks of the page, and the lock."""
        if self.person is None:
            return
        if self._clock.monotonic() - self._touched >= LOCK_AFTER_S:
            self.lock()
        elif self.page is not None:
            self.page.tick()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES and isinstance(watched, QWidget) and watched.window() is self:
            self._touched = self._clock.monotonic()
        return False

    # notices

    def say(self, words: str, kind: str = "quiet") -> None:
        """One line over the foot of the page."""
        self.drop_notice()
        self._notice = NoticeBar(self._look_given, words, kind=kind, parent=self)
        self._place_notice()
        self._notice.show()
        self._notice_timer.start(NOTICE_MS)

    def show_trouble(self, trouble: Trouble) -> None:
        """A refusal or an apology in words."""
        self.say(trouble.words, "warn" if not trouble.is_fault else "danger")

    def drop_notice(self) -> None:
        self._notice_timer.stop()
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    def _place_notice(self) -> None:
        if self._notice is None:
            return
        wide = min(self.width() - 200, 760)
        self._notice.setFixedWidth(wide)
        high = max(self._notice.sizeHint().height(), 60)
        self._notice.setGeometry((self.width() - wide) // 2, 84, wide, high)
        self._notice.raise_()

    def _close_dialogs(self) -> None:
        for dialog in self.findChildren(Dialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            dialog.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_notice()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        for timer in self._timers:
            timer.stop()
        if self.page is not None:
            self.page.leave()
        event.accept()
