"""The window's furniture: scale and orientation, head and foot over the page, notices, dialogs, the hidden corner."""

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPoint, QPropertyAnimation, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.check_in_views import Shop
from smart4s_kiosk.ui.kiosk.head import Foot, Head
from smart4s_kiosk.ui.kiosk.hero import HeroPicture
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.staff_exit import HiddenCorner
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.widgets.busy_overlay import BusyOverlay
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.wording import Trouble
from smart4s_kiosk.ui.wording import clock as clock_words

NOTICE_MS = 7000
RISE = 24
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
LOW_UPRIGHT, LOW_WIDE, LOW_LEAST = 0.2, 0.26, 1000
"""Low layout: the page begins so far down the screen, for an arm in a seat. A wide screen lower than that many pixels
is small enough to be reached as it is."""


class KioskFrame(QWidget):
    """Knows where things lie, not what they mean."""

    language_chosen = Signal(str)
    back_asked = Signal()
    staff_called = Signal()
    low_asked = Signal()
    still_here = Signal()

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.is_low = False
        self.large_type = look.large_type
        self._base = look
        self.page: KioskPage | None = None
        self._head: Head | None = None
        self._foot: Foot | None = None
        self._hero: HeroPicture | None = None
        self._notice: NoticeBar | None = None
        self._warning: NoticeBar | None = None
        self._rising: QPropertyAnimation | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setWindowTitle("Smart 4S Kiosk")
        role(self, "page")
        dress(self, look)
        self.wait_shown = BusyOverlay(self)
        self.corner = HiddenCorner(self)
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.setInterval(NOTICE_MS)
        self._notice_timer.timeout.connect(self.drop_notice)

    # size and look

    @property
    def is_portrait(self) -> bool:
        return self.height() >= self.width()

    @property
    def may_be_low(self) -> bool:
        """Whether the low layout changes anything on this screen."""
        return self.is_portrait or self.height() >= LOW_LEAST

    def page_area(self) -> QRect:
        """Where page, head and foot lie: everything, or the lower part of the screen in the low layout."""
        if not self.is_low or not self.may_be_low or self.page_is_low_itself:
            return self.rect()
        share = LOW_UPRIGHT if self.is_portrait else LOW_WIDE
        return self.rect().adjusted(0, round(self.height() * share), 0, 0)

    @property
    def page_is_low_itself(self) -> bool:
        """Whether the page to be shown has a low arrangement of its own."""
        return False

    def page_look(self) -> Look:
        """This window's look at its present size."""
        wide, high = PORTRAIT if self.is_portrait else LANDSCAPE
        area = self.page_area()
        scale = min(area.width() / wide, area.height() / high) or 1.0
        base = self._base
        return Look(
            theme=base.theme,
            density="kiosk",
            scale=round(scale, 4),
            large_type=self.large_type,
            reduce_motion=base.reduce_motion,
            tokens=base.tokens,
        )

    def set_theme(self, theme: ThemeName) -> None:
        """Day or evening, at run time."""
        self._base = self._base.in_theme(theme)
        self.rebuild()

    def set_base_look(self, look: Look) -> None:
        """Another brand or motion setting."""
        self._base = look
        self.rebuild()

    def rebuild(self) -> None:
        """Build the page again; the window says how."""

    # page, head, foot

    def put_page(self, page: KioskPage, *, shop: Shop, can_go_back: bool, rises: bool) -> None:
        """Replace page, head and foot."""
        self._remove_old()
        look = self.page_look()
        dress(self, look)
        self.page = page
        page.setParent(self)
        page_look = look if page.theme is None else look.in_theme(page.theme)
        dress(page, page_look)
        page.setGeometry(self.page_area())
        page.show()
        self._show_hero(look)
        banner = _("Demo") if shop.is_demo else ""
        self._head = Head(page_look, shop.brand, is_portrait=self.is_portrait, banner=banner)
        self._head.language_chosen.connect(self.language_chosen)
        self._add(self._head, page_look)
        if page.shows_foot:
            foot_look = page_look if page.foot_theme is None else look
            self._foot = self._new_foot(page, foot_look, can_go_back=can_go_back)
            self._add(self._foot, foot_look)
        self._place()
        if rises:
            self._rise(page, look)

    def _new_foot(self, page: KioskPage, look: Look, *, can_go_back: bool) -> Foot:
        word = _(page.back_word) if page.back_word and can_go_back else ""
        foot = Foot(
            look,
            is_portrait=self.is_portrait,
            is_low=self.is_low,
            back_word=word,
            has_low=page.shows_low_button and self.may_be_low,
        )
        foot.back.connect(self.back_asked)
        foot.call.connect(self.staff_called)
        foot.low.connect(self.low_asked)
        return foot

    def _show_hero(self, look: Look) -> None:
        """In the low layout the picture fills what an arm in a seat cannot reach."""
        above = self.page_area().top()
        if above:
            self._hero = HeroPicture(height=280, is_framed=False)
            self._add(self._hero, look)
            self._hero.setGeometry(0, 0, self.width(), above)

    def _add(self, part: QWidget, look: Look) -> None:
        part.setParent(self)
        dress(part, look)
        part.show()

    def _remove_old(self) -> None:
        if self._rising is not None:
            self._rising.stop()
            self._rising = None
        if self.page is not None:
            self.page.leave()
        for part in (self.page, self._head, self._foot, self._hero):
            if part is not None:
                part.hide()
                part.deleteLater()
        self.page = self._head = self._foot = self._hero = None
        self.drop_notice()
        self._drop_warning()

    def _rise(self, page: KioskPage, look: Look) -> None:
        """24 px up in 240 ms; never sideways, never with reduced motion."""
        duration = look.duration("page")
        if not duration or not self.isVisible():
            return
        rising = QPropertyAnimation(page, b"pos", page)
        rising.setDuration(duration)
        rising.setEasingCurve(QEasingCurve.Type.OutCubic)
        place = self.page_area().topLeft()
        rising.setStartValue(place + QPoint(0, look.px(RISE)))
        rising.setEndValue(place)
        rising.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)
        self._rising = rising

    def _place(self) -> None:
        look = self.page_look()
        if self._head is not None:
            self._head.setGeometry(0, self.page_area().top(), self.width(), look.px(152 if self.is_portrait else 136))
            self._head.raise_()
        if self._foot is not None:
            high = look.px(160 if self.is_portrait else 156)
            self._foot.setGeometry(0, self.height() - high, self.width(), high)
            self._foot.raise_()
        for notice in (self._notice, self._warning):
            if notice is not None:
                self._place_notice(notice)
        self.corner.setGeometry(0, 0, look.px(220), look.px(150))
        self.corner.raise_()
        for dialog in self.findChildren(Dialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            dialog.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.page is not None:
            self.page.setGeometry(self.page_area())
        self._place()

    # telling

    def show_tick(self, zone: str, left_s: float | None, limit_s: int, *, warns: bool) -> None:
        """Time of day, idle ring, and the last seconds as a question."""
        if self._head is not None:
            self._head.show_time(clock_words(self.clock.now(), zone))
        seconds = None if left_s is None else int(left_s + 0.999)
        if self._foot is not None and self.page is not None:
            self._foot.show_left(seconds if self.page.shows_idle else None, limit_s)
        if warns and self._warning is None:
            self._warning = NoticeBar(
                self.page_look(),
                _("Still there?"),
                _("Otherwise we go back to the start"),
                icon="clock",
                action=_("Yes"),
            )
            if self._warning.button is not None:
                self._warning.button.on_press(self.still_here.emit)
            self._add(self._warning, self.page_look())
            self._place_notice(self._warning)
        elif not warns:
            self._drop_warning()

    def say(self, what: str, then: str = "") -> None:
        """One notice at a time, for a few seconds."""
        self.drop_notice()
        self._notice = NoticeBar(self.page_look(), what, then)
        self._add(self._notice, self.page_look())
        self._place_notice(self._notice)
        self._notice_timer.start()

    def show_trouble(self, trouble: Trouble) -> None:
        """A refusal or an apology in words; never a code of ours except the reference of a fault."""
        self.say(trouble.words)

    def _place_notice(self, notice: NoticeBar) -> None:
        look = self.page_look()
        margin, foot = look.px(72 if self.is_portrait else 96), look.px(180)
        wide = min(self.width() - 2 * margin, look.px(1200))
        notice.setFixedWidth(wide)
        layout = notice.layout()
        high = max(notice.sizeHint().height(), layout.heightForWidth(wide) if layout is not None else 0)
        notice.setGeometry((self.width() - wide) // 2, self.height() - foot - high, wide, high)
        notice.raise_()

    def drop_notice(self) -> None:
        self._notice_timer.stop()
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    def _drop_warning(self) -> None:
        if self._warning is not None:
            self._warning.hide()
            self._warning.deleteLater()
            self._warning = None

    def close_dialogs(self) -> None:
        """Nothing of the last guest stays open."""
        for dialog in self.findChildren(Dialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            dialog.close()
