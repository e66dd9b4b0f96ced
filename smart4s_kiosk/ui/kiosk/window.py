"""The self-service screen: full screen, one page at a time, idle return, privacy wipe, a single way out."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.i18n import _, use_language
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.check_in_acts import CheckIn
from smart4s_kiosk.services.check_in_views import Accepted, ChooseConsultant, ChooseWay, FaceKept, Screen, Shop, Waiting
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.kiosk.closing_pages import ClosedPage
from smart4s_kiosk.ui.kiosk.flow import COMMITTED, PASSING, page_for
from smart4s_kiosk.ui.kiosk.frame import KioskFrame
from smart4s_kiosk.ui.kiosk.idle import Idle
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.staff_exit import PinDialog
from smart4s_kiosk.ui.kiosk.stage import Act, Question, Stage
from smart4s_kiosk.ui.kiosk.welcome_page import WelcomePage
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.wording import Trouble, fault_words

TICK_MS = 250
STILL_HERE_EVERY_S = 20.0
NEWEST_EVERY_S: dict[type, float] = {ChooseWay: 3.0, ChooseConsultant: 20.0, Waiting: 10.0}
"""Cameras, consultants, places in the queue and minutes change without anybody touching the page."""
SHOP_EVERY_MS = 30_000


class KioskWindow(KioskFrame):
    """Put together by `app.desktop`. `left_by_staff` follows the right PIN; everything else cannot close it."""

    left_by_staff = Signal()

    def __init__(
        self,
        *,
        check_in: CheckIn,
        background: Background,
        announcements: Announcements,
        clock: Clock,
        look: Look,
        hides_pointer: bool = True,
        home_language: str = "zh_CN",
    ) -> None:
        super().__init__(look, clock)
        self._check_in, self._background = check_in, background
        self._home_language = home_language
        self._shop = Shop(brand=look.tokens.brand.name, store=look.tokens.brand.store)
        self._view: Screen | None = None
        self._history: list[tuple[Screen, dict[str, object]]] = []
        self._memory: dict[str, object] = {}
        self._visit_id = VisitId("")
        self._is_acting = False
        self._may_close = False
        self._idle = Idle(clock)
        self._told_here = self._read_progress = clock.monotonic()
        if hides_pointer:
            self.setCursor(Qt.CursorShape.BlankCursor)
        announcements.listen(self, (), self._hear)
        self._connect()
        self._ticker = self._timer(TICK_MS, self.tick)
        self._shop_timer = self._timer(SHOP_EVERY_MS, self.read_shop)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self.reset()
        self.read_shop()

    def _connect(self) -> None:
        self.corner.held.connect(self._ask_pin)
        self.language_chosen.connect(self.change_language)
        self.back_asked.connect(self.go_back)
        self.staff_called.connect(self._call_staff)
        self.low_asked.connect(self._toggle_low)
        self.still_here.connect(lambda: self._idle.touch())  # noqa: PLW0108 - slots of a slotted value cannot be held weakly

    def _timer(self, every_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.timeout.connect(then)
        timer.start()
        return timer

    # what is shown

    @property
    def view(self) -> Screen | None:
        """The screen shown now; None on the welcome or closed page."""
        return self._view

    def show_view(self, view: Screen, memory: dict[str, object] | None = None) -> None:
        """Show the page of `view`, with what was typed on it before when it is come back to."""
        if isinstance(view, COMMITTED):
            self._history.clear()
        elif self._view is not None and type(self._view) is not type(view) and not isinstance(self._view, PASSING):
            self._history.append((self._view, self._memory))
        if type(view) is not type(self._view):
            self._memory = memory or {}
        self._view, self._visit_id = view, view.visit_id
        self._idle.touch()
        self._told_here = self.clock.monotonic()
        self._build(rises=True)

    def _build(self, *, rises: bool = False) -> None:
        """Make the present page anew: another view, language, size, theme or layout."""
        page = self._make_page()
        self.put_page(page, shop=self._shop, can_go_back=page.may_go_back and bool(self._history), rises=rises)
        self._idle.limit_s = page.idle_s
        self.tick()

    def _make_page(self) -> KioskPage:
        stage = self._stage()
        if self._view is not None:
            return page_for(self._view, stage)
        return WelcomePage(stage, self._toggle_large) if self._shop.is_open else ClosedPage(stage)

    def _stage(self) -> Stage:
        return Stage(
            look=self.page_look(),
            shop=self._shop,
            clock=self.clock,
            act=self.act,
            show=self.show_view,
            start=self.begin,
            finish=self.reset,
            call_staff=self._call_staff,
            ask=self.ask,
            preview=self._check_in.face_preview,
            is_portrait=self.is_portrait,
            is_low=self.is_low and self.page_is_low_itself,
            memory=self._memory,
        )

    def rebuild(self) -> None:
        """The window's size or look changed."""
        self._build()

    @property
    def page_is_low_itself(self) -> bool:
        """The first questions are drawn low on an upright screen; every other page is moved down as it is."""
        return self.is_portrait and (self._view is None or isinstance(self._view, ChooseWay))

    # acting

    def begin(self) -> None:
        """A guest touched the welcome page."""
        if self._view is None and self._shop.is_open:
            self.act(lambda check_in: check_in.begin())

    def act(self, act: Act) -> None:
        """One act at a time: a second tap while one runs is the same tap."""
        if self._is_acting:
            return
        self._is_acting = True
        self._idle.touch()
        self.wait_shown.wait_for(_("One moment, we are on it"), may_cancel=False)
        self._background.change(self, lambda: act(self._check_in), self._answered, refused=self._refused)

    def ask(self, question: Question) -> None:
        """Something may have happened that no finger did; an act that runs meanwhile, or a new page, goes first."""
        asked_on = self.page

        def found(view: Screen | None) -> None:
            if view is not None and not self._is_acting and self.page is asked_on:
                self.show_view(view)

        self._background.ask(self, lambda: question(self._check_in), found, kind="question")

    def _answered(self, view: Screen) -> None:
        self._is_acting = False
        self.wait_shown.done()
        self.show_view(view)

    def _refused(self, trouble: Trouble) -> None:
        self._is_acting = False
        self.wait_shown.done()
        if trouble.is_fault:
            self.reset()
        self.show_trouble(trouble)

    def go_back(self) -> None:
        """One screen back, as it was."""
        if self.page is not None and self.page.back():
            return
        if self._history and not self._is_acting:
            before, memory = self._history.pop()
            self._view = None
            self.show_view(before, memory)

    def change_language(self, language: str) -> None:
        """The whole page at once, with everything typed so far."""
        use_language(language)
        self._build()

    def _toggle_low(self) -> None:
        self.is_low = not self.is_low
        self._build()

    def _toggle_large(self) -> None:
        self.large_type = not self.large_type
        self._build()

    def _call_staff(self) -> None:
        visit_id = self._visit_id
        self._background.change(
            self, lambda: self._check_in.call_staff(visit_id), lambda _none: self.say(_("Somebody is coming to you"))
        )

    # what others do

    def _hear(self, announcement: Announcement) -> None:
        mine = announcement.subject_id in {"", str(self._visit_id)}
        waits = isinstance(self._view, Waiting | Accepted | FaceKept) or getattr(self._view, "enrols", False)
        if announcement.concept == "visits" and mine and waits:
            self._ask_progress()
        elif announcement.concept in {"connector", "business_settings", "cameras", "settings"}:
            self.read_shop()
        elif announcement.concept == "faults":
            self.reset()
            self.show_trouble(fault_words(announcement.subject_id))

    def _ask_progress(self) -> None:
        self._read_progress = self.clock.monotonic()
        visit_id = self._visit_id
        self._background.ask(
            self,
            lambda: self._check_in.progress(visit_id),
            lambda view: self._progressed(visit_id, view),
            kind="progress",
        )

    def _ask_newest(self) -> None:
        self._read_progress, view = self.clock.monotonic(), self._view
        assert view is not None

        def show(newest: Screen | None) -> None:
            if newest is None or self._is_acting or self._view is not view or newest == view:
                return
            if type(newest) is type(view):
                self._view, self._visit_id = newest, newest.visit_id
                self._build()
            else:
                self.show_view(newest)

        self._background.ask(self, lambda: self._check_in.newest(view), show, kind="newest")

    def _progressed(self, asked: VisitId, view: Screen) -> None:
        """News of the visit on the screen. The same page with other words is no touch: the idle time goes on."""
        if asked != self._visit_id or view == self._view or self._view is None:
            return
        if not isinstance(self._view, Waiting | Accepted):
            self._tell_beside(view)
            return
        if type(view) is type(self._view):
            self._view, self._visit_id = view, view.visit_id
            self._build()
        else:
            self.show_view(view)

    def _tell_beside(self, view: Screen) -> None:
        """Another question is on the screen: it stays, and the news is told beside it."""
        if isinstance(view, Accepted):
            self.say(_("{name} is coming to you").format(name=view.person.name))

    def read_shop(self) -> None:
        """Open or closed, online or not."""
        self._background.ask(self, self._check_in.shop, self.show_shop)

    def show_shop(self, shop: Shop) -> None:
        """What `read_shop` brought."""
        changed = shop != self._shop
        self._shop = shop
        if changed and (self._view is None or isinstance(self._view, Waiting)):
            self._build()

    # idle, reset, exit

    def tick(self) -> None:
        """Clock and idle ring; called four times a second."""
        left = self._idle.left_s
        self.show_tick(self._shop.zone, left, self._idle.limit_s, warns=self._idle.must_warn)
        if self._idle.is_over and not self._is_acting:
            self.reset()
        self._keep_the_visit()

    def _keep_the_visit(self) -> None:
        """Now and then: this guest still touches the page; this waiting guest's place and minutes are read again."""
        now = self.clock.monotonic()
        every_s = NEWEST_EVERY_S.get(type(self._view))
        if every_s is not None and now - self._read_progress >= every_s and not self._is_acting:
            self._ask_newest()
        asks = self._visit_id and not isinstance(self._view, COMMITTED)
        if asks and self._idle.touched > self._told_here and now - self._told_here >= STILL_HERE_EVERY_S:
            self._told_here, visit_id = now, self._visit_id
            self._background.ask(
                self, lambda: self._check_in.still_here(visit_id), lambda _none: None, kind="still_here"
            )

    def reset(self) -> None:
        """Privacy wipe: camera off, nothing typed, seen or chosen stays; back to the start in the home language."""
        if self._visit_id:
            left = self._visit_id
            self._background.change(self, lambda: self._check_in.leave(left), lambda _none: None)
        self._view, self._visit_id = None, VisitId("")
        self._history.clear()
        self._memory = {}
        self.is_low = self.large_type = False
        use_language(self._home_language)
        self.close_dialogs()
        self._idle.touch()
        self._build()

    def _ask_pin(self) -> None:
        dialog = PinDialog(self)
        dialog.entered.connect(lambda pin: self._check_pin(dialog, pin))
        dialog.open_now()

    def _check_pin(self, dialog: PinDialog, pin: str) -> None:
        self._background.change(
            dialog,
            lambda: self._check_in.may_exit(pin),
            lambda _none: self._leave(),
            refused=lambda trouble: dialog.say(trouble.words),
        )

    def _leave(self) -> None:
        self.left_by_staff.emit()
        self.close_for_good()

    def close_for_good(self) -> None:
        """The one way to close: after the staff PIN, or when the application stops."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            event.ignore()
            return
        self._ticker.stop()
        self._shop_timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if self.page is not None:
            self.page.leave()
        event.accept()

    # nothing leads out

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress}:
            if isinstance(watched, QWidget) and watched.window() is self:
                self._idle.touch()
                self._idle.is_held = kind != QEvent.Type.KeyPress
        elif kind in {QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}:
            self._idle.is_held = False
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters reach the page's own pads; every chord ends here."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self.rebuild()
