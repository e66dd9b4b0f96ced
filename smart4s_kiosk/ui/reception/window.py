"""The reception console's window: sign-in first, then the console; notices, flashing title, sounds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import Permission, StaffMember
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services import Services
from smart4s_kiosk.services.board_views import Board
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.reception.attention import Attention
from smart4s_kiosk.ui.reception.calls import CALLS
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.shell import Shell
from smart4s_kiosk.ui.reception.sounds import Sounds, SystemSounds
from smart4s_kiosk.ui.theme.dress import dress, role
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.sign_in import Candidate, SignIn
from smart4s_kiosk.ui.wording import Trouble, words

NOTICE_MS = 8000
SIZE = (1920, 1080)
LEAST = (1080, 720)
NOBODY_SIGNED_IN_VOLUME = 70
"""The store's own volume is read with the board, which nobody sees before the PIN."""


class ReceptionWindow(QWidget):
    """Put together by `app.desktop`; shows what services say and decides nothing."""

    def __init__(
        self,
        *,
        services: Services,
        background: Background,
        announcements: Announcements,
        clock: Clock,
        look: Look,
        sounds: Sounds | None = None,
    ) -> None:
        super().__init__()
        self._services, self._background = services, background
        self._announcements, self._clock, self._look = announcements, clock, look
        self._sounds = sounds or SystemSounds()
        self.shell: Shell | None = None
        self._missed_calls: list[Announcement] = []
        self._notice: NoticeBar | None = None
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.setInterval(NOTICE_MS)
        self._notice_timer.timeout.connect(self.drop_notice)
        title = f"{look.tokens.brand.name} · {_('Reception')}"
        self.setWindowTitle(title)
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        role(self, "page")
        dress(self, look)
        self._attention = Attention(self, self._sounds, title)
        self._stack = QStackedLayout(self)
        brand = look.tokens.brand
        self.sign_in = SignIn(look, _("Reception: who are you?"), brand=brand.name, store=brand.store)
        self.sign_in.entered.connect(self._check)
        self._stack.addWidget(self.sign_in)
        announcements.listen(self, ("staff",), self._hear_staff)
        announcements.listen(self, (CALLS,), self._hear_call)
        announcements.listen(self, ("visits", "alarms"), self._hear_guests)
        self._read_people()

    # signing in and out

    def _read_people(self) -> None:
        self._background.ask(self, self._services.colleagues.all, self._show_people, kind="people")

    def _hear_staff(self, _announcement: Announcement) -> None:
        if self.shell is None:
            self._read_people()

    def _hear_call(self, announcement: Announcement) -> None:
        """A bell while nobody is signed in: it sounds, and its bar stands there after the PIN."""
        if self.shell is None:
            self._missed_calls.append(announcement)
            self._sounds.alarm(NOBODY_SIGNED_IN_VOLUME)
            QApplication.alert(self)

    def _hear_guests(self, _announcement: Announcement) -> None:
        """Arrivals and alarms sound while nobody is signed in too; who it is stays behind the PIN."""
        if self.shell is None:
            self._background.ask(self, self._services.board.read, self._observe_unseen, kind="board")

    def _observe_unseen(self, board: Board) -> None:
        if self.shell is None:
            self._attention.observe(board, names=False)

    def _show_people(self, people: tuple[ColleagueCard, ...]) -> None:
        self._people = people
        self.sign_in.show_people(
            [Candidate(p.staff_id, p.name, p.job_title or words(p.role), p.photo) for p in people if p.may_assign],
            nobody=_("Nobody may run the desk yet: an administrator adds staff in the manager panel, under People"),
        )

    def _check(self, staff_id: str, pin: str) -> None:
        def work() -> StaffMember:
            member = self._services.staff.sign_in(StaffId(staff_id), pin)
            member.must_be_allowed(Permission.ASSIGN_VISITS)
            return member

        self._background.change(self, work, self.open_console, refused=lambda trouble: self.sign_in.say(trouble.words))

    def open_console(self, member: StaffMember) -> None:
        """The PIN was right: the board of this person."""
        me = next(p for p in self._people if p.staff_id == member.id)
        console = Console(self._services, self._background, self._clock, self._look, self, self, me)
        console.know_colleagues(self._people)
        self.shell = Shell(console, self._announcements, self._attention)
        self.shell.left.connect(self.sign_out)
        for missed in self._missed_calls:
            self.shell.calls.ring(missed)
        self._missed_calls.clear()
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.shell.live.setFocus()
        self.sign_in.start_anew()

    def sign_out(self) -> None:
        """Back to the names; nothing of the console stays in memory or on the screen."""
        if self.shell is None:
            return
        for dialog in self.findChildren(Dialog):
            dialog.close_now()
        self.drop_notice()
        self._stack.setCurrentWidget(self.sign_in)
        self._stack.removeWidget(self.shell)
        self.shell.deleteLater()
        self.shell = None
        self._attention.rest()
        self._read_people()
        self.sign_in.setFocus()

    # notices

    def say(self, words: str, *, undo: Callable[[], None] | None = None) -> None:
        """One sentence at the bottom for some seconds; `undo` takes the act back."""
        self._show_notice(NoticeBar(self._look, words, kind="success", action=_("Undo") if undo else ""), undo)

    def show_trouble(self, trouble: Trouble) -> None:
        """A refusal or a fault, in words; the board is read anew, so what is shown is the newest state."""
        self._show_notice(NoticeBar(self._look, trouble.words, kind="danger" if trouble.is_fault else "warn"), None)
        if self.shell is not None:
            self.shell.read_board()

    def _show_notice(self, notice: NoticeBar, undo: Callable[[], None] | None) -> None:
        self.drop_notice()
        notice.setParent(self)
        if undo is not None and notice.button is not None:
            notice.button.on_press(undo)
            notice.button.on_press(self.drop_notice)
        self._notice = notice
        self._place_notice()
        notice.show()
        notice.raise_()
        self._notice_timer.start()

    def _place_notice(self) -> None:
        if self._notice is not None:
            wide = min(720, self.width() - 96)
            high = self._notice.sizeHint().height()
            self._notice.setGeometry((self.width() - wide) // 2, self.height() - high - 24, wide, high)

    @property
    def notice(self) -> str:
        """What the notice says now."""
        return self._notice.accessibleName() if self._notice is not None else ""

    def drop_notice(self) -> None:
        """The notice goes."""
        self._notice_timer.stop()
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    # the window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys work wherever the focus is."""
        if self.shell is None or not self.shell.handle_key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._attention.seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notice()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._attention.rest()
        event.accept()
