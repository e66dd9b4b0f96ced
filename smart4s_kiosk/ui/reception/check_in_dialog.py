"""F1 快速登记: two things are enough, none is needed; likely guests stand beside. Fifteen seconds by keyboard."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from smart4s_kiosk.domain.names import Title, read_address
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.colleagues import ColleagueCard
from smart4s_kiosk.services.desk import DeskCheckIn, FoundGuest, Match
from smart4s_kiosk.ui.reception.board_words import short_purpose
from smart4s_kiosk.ui.reception.choice_row import ChoiceRow, labelled
from smart4s_kiosk.ui.reception.console import Console
from smart4s_kiosk.ui.reception.dialogs import DeskDialog, colleague_row
from smart4s_kiosk.ui.reception.match_panel import MatchPanel
from smart4s_kiosk.ui.reception.rows import Row, Rows, RowsArea
from smart4s_kiosk.ui.theme.dress import refresh
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import minutes_seconds

SOURCES = (
    ("walk_in", N_("Walk-in")),
    ("appointment", N_("Appointment")),
    ("referral", N_("Referral")),
    ("online_ad", N_("Online ad")),
    ("call", N_("Phone call")),
)
PARTIES = (N_("1 person"), N_("2 people"), N_("3 people"), N_("4 or more"))
TYPING_MS = 150
PERSON_ROW, MOST_SEEN = 52, 3
"""Three people stand in the list; half of the next shows that there are more, by arrow keys or by rolling."""


class CheckInDialog(DeskDialog):
    """`done` carries the visit. The id is made once: pressing twice makes one visit."""

    done = Signal(object)

    def __init__(self, console: Console, guest: FoundGuest | None = None) -> None:
        super().__init__(console.host, _("Quick check-in"), width=1196)
        self._console = console
        self._visit_id = console.services.desk.new_visit_id()
        self._began = console.clock.monotonic()
        self._customer_id = guest.customer_id if guest is not None else None
        self._matches: tuple[Match, ...] = ()
        self._is_sending = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._look_up)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.show_colleagues(console.colleagues)
        if guest is not None:
            self.name.setText(guest.name)
        console.ask(self, console.services.colleagues.all, self._know, kind="colleagues")

    # building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words(_("Two things are enough, and none is needed"), "note", tone="ink_2", wraps=False))
        head.addStretch(1)
        self.elapsed = Words("", "body", tone="ink_2", wraps=False)
        head.addWidget(self.elapsed)
        self.body.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._make_form(), 7)
        self.match = MatchPanel(self._take_match, self._take_nobody, self._next_match)
        columns.addWidget(self.match, 4)
        self.body.addLayout(columns)
        self.said = Words("", "note", tone="danger")
        self.body.addWidget(self.said)
        self.anonymous = self.add_key(_("No details, just looking"), "Alt+0", self._send_anonymous)
        self._row.removeWidget(self.anonymous)
        self._row.insertWidget(0, self.anonymous)
        self.add_key(_("Back"), "Esc", self.close_now, kind="plain")
        self.only = self.add_key(_("Check in only"), "Ctrl+S", lambda: self._send(wants_nobody=True))
        self.send = self.add_key(_("Check in and notify"), "Ctrl+Return", self._send, kind="primary")
        self.bind("Ctrl+N", self._take_nobody)

    def _make_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        fields = QGridLayout()
        fields.setHorizontalSpacing(24)
        fields.setVerticalSpacing(6)
        self.phone = self._line(fields, 0, _("Phone number"), "Alt+1", Writes.DIGITS)
        self.name = self._line(fields, 1, _("How to address the guest"), "Alt+2", Writes.NAME)
        self.phone.setMaxLength(20)
        self.name.setMaxLength(40)
        column.addLayout(fields)
        purposes = [short_purpose(p) for p in Purpose]
        self.purpose = self._choice(column, _("Purpose"), "Alt+3", purposes, 0)
        self.source = self._choice(column, _("How they came"), "Alt+4", [_(word) for _name, word in SOURCES], 0)
        self.party = self._choice(column, _("Party"), "Alt+5", [_(word) for word in PARTIES], 0)
        head = labelled(_("Consultant"), "Alt+6")
        self.on_duty = Words("", "note", tone="ink_2", wraps=False)
        head.insertWidget(1, self.on_duty)
        column.addLayout(head)
        self.people = Rows(choosable=True, row_height=PERSON_ROW, framed=True)
        self.people.setAccessibleName(_("Consultant"))
        self.bind("Alt+6", lambda: self.people.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.people.moved.connect(lambda _index: self._word_send())
        self.people_area = RowsArea(self.people, MOST_SEEN)
        column.addWidget(self.people_area)
        column.addStretch(1)
        form.setMinimumHeight(560)
        return form

    def _line(self, grid: QGridLayout, column: int, name: str, key: str, writes: Writes) -> QLineEdit:
        line = with_pad(QLineEdit(), name, writes)
        line.setFixedHeight(48)
        line.textChanged.connect(self._typed)
        grid.addLayout(labelled(name, key), 0, column)
        grid.addWidget(line, 1, column)
        self.bind(key, lambda: line.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return line

    def _choice(self, column: QVBoxLayout, name: str, key: str, parts: Sequence[str], current: int) -> ChoiceRow:
        box = QVBoxLayout()
        box.setSpacing(6)
        box.addLayout(labelled(name, key))
        choice = ChoiceRow(name, parts, current)
        box.addWidget(choice)
        column.addLayout(box)
        self.bind(key, lambda: choice.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return choice

    def open_now(self) -> None:
        super().open_now()
        self.phone.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tick()

    # colleagues

    def _know(self, colleagues: tuple[ColleagueCard, ...]) -> None:
        self._console.know_colleagues(colleagues)
        self.show_colleagues(colleagues)

    def show_colleagues(self, colleagues: Sequence[ColleagueCard]) -> None:
        """The next in line, the guest's own consultant, then those who are free."""
        own = self._matches[0].consultant_id if self._matches and self._customer_id else None
        able = [c for c in colleagues if c.may_receive and not c.may_assign and c.duty == "on"]
        able.sort(key=lambda c: c.staff_id != own)
        self._able = tuple(able)
        self.on_duty.set_text(_("{n} on duty").format(n=len(able)))
        rows = [Row(_("Next in line"), detail=_("by the rota"), icon="users")]
        rows += [colleague_row(self._console, one) for one in self._able]
        self.people.show_rows(rows, 1 if own is not None and able and able[0].staff_id == own else 0)
        self.people_area.fit()
        self._word_send()

    def _chosen(self) -> ColleagueCard | None:
        place = self.people.current - 1
        return self._able[place] if 0 <= place < len(self._able) else None

    def _word_send(self) -> None:
        chosen = self._chosen()
        word = _("Check in and tell {name}").format(name=chosen.name) if chosen else _("Check in and notify")
        self.send.set_word(word)

    # the likely guest

    def _typed(self) -> None:
        self._customer_id = None
        self.said.set_text("")
        self._mark(self.phone, "")
        self._typing.start()

    def _look_up(self) -> None:
        name, phone, desk = self.name.text(), self.phone.text(), self._console.services.desk
        self._console.ask(self, lambda: desk.matches(name=name, phone=phone), self.show_matches, kind="matches")

    def show_matches(self, matches: tuple[Match, ...]) -> None:
        """The likeliest first."""
        self._matches = matches
        self.match.show_match(matches[0] if matches else None, more=len(matches) - 1, is_taken=False)

    def _next_match(self) -> None:
        self.show_matches((*self._matches[1:], *self._matches[:1]))

    def _take_match(self) -> None:
        if not self._matches:
            return
        match = self._matches[0]
        self._customer_id = match.customer_id
        if match.appointment_purpose is not None:
            self.purpose.choose(list(Purpose).index(match.appointment_purpose))
            self.source.choose(1)
        self.match.show_match(match, more=0, is_taken=True)
        self.show_colleagues(self._console.colleagues)

    def _take_nobody(self) -> None:
        self._customer_id = None
        self._matches = ()
        self.match.show_match(None, more=0, is_taken=False)
        self.show_colleagues(self._console.colleagues)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self._matches and self._customer_id is None:
                self._take_match()
            else:
                self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    # sending

    def typed(self) -> DeskCheckIn:
        """The form as it is now."""
        name, title = read_address(self.name.text())
        chosen, match = self._chosen(), self._matches[0] if self._matches and self._customer_id else None
        return DeskCheckIn(
            name="" if self._customer_id else name,
            title=title if name else Title.NONE,
            phone="" if self._customer_id else self.phone.text().strip(),
            purpose=list(Purpose)[self.purpose.current],
            party_size=self.party.current + 1,
            consultant_id=chosen.staff_id if chosen is not None else None,
            customer_id=self._customer_id,
            appointment_id=match.appointment_id if match is not None else None,
            source=SOURCES[self.source.current][0],
        )

    def _send_anonymous(self) -> None:
        self._start(DeskCheckIn(purpose=Purpose.LOOK, party_size=self.party.current + 1, wants_nobody=True))

    def _send(self, *, wants_nobody: bool = False) -> None:
        self._start(replace(self.typed(), wants_nobody=wants_nobody))

    def _start(self, typed: DeskCheckIn) -> None:
        if self._is_sending:
            return
        self._is_sending = True
        self.send.set_busy(_("Checking in"))
        desk, me, visit_id = self._console.services.desk, self._console.my_id, self._visit_id
        self._console.act(self, lambda: desk.check_in(visit_id, typed, by=me), self._sent, refused=self._refused)

    def _sent(self, visit: object) -> None:
        self.done.emit(visit)
        self.close_now()

    def _refused(self, trouble: object) -> None:
        self._is_sending = False
        self.send.set_busy("")
        self.said.set_text(str(getattr(trouble, "words", "")))
        if getattr(trouble, "code", "") == "customer.phone_not_complete":
            self._mark(self.phone, "error")
            self.phone.setFocus()

    @staticmethod
    def _mark(line: QLineEdit, state: str) -> None:
        line.setProperty("state", state)
        refresh(line)

    def _tick(self) -> None:
        seconds = self._console.clock.monotonic() - self._began
        self.elapsed.set_text(_("{time} used").format(time=minutes_seconds(seconds)))
