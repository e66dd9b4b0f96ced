"""The important clauses one by one, large, each for its least time; in the customer's language, whole on demand."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.domain.agreements import ClauseRead
from smart4s_kiosk.i18n import _
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.services.tablet_views import ClausePage, ClausesToRead, DriveSheet
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.parts import Refilled, card, full_text, inner_column, row, scrolled, wide
from smart4s_kiosk.ui.tablet.reading_button import ReadingButton
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.language_switch import LanguageSwitch
from smart4s_kiosk.ui.widgets.painting import panel, ring, round_pen, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class ClauseMark(QWidget):
    """One clause in the list at the left."""

    def __init__(self, number: int, words: str, state: str) -> None:
        super().__init__()
        self._number, self._words, self._state = number, words, state
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(280), look.px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        is_now = self._state == "now"
        if is_now:
            panel(painter, QRectF(self.rect()), look.radius("control"), look.colour("accent_soft"))
        radius = look.px(14)
        box = QRectF(look.px(16), self.height() / 2 - radius, 2 * radius, 2 * radius)
        if self._state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("ink"))
            painter.drawEllipse(box)
            edge = radius * 0.4
            draw_icon(painter, "check", box.adjusted(edge, edge, -edge, -edge), look.colour("on_action"))
        else:
            tone = look.colour("accent" if is_now else "line_strong")
            ring(painter, box.center(), radius - 1.5, round_pen(tone, look.px(3 if is_now else 2)), 1)
            painter.setFont(look.font("caption", weight=500))
            painter.setPen(look.colour("accent" if is_now else "ink_3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(look.font("body", weight=500 if is_now else 400))
        painter.setPen(look.colour("ink_2" if self._state == "later" else "ink"))
        place = QRectF(box.right() + look.px(14), 0, self.width() - box.right() - look.px(18), self.height())
        wrap = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, wrap, self._words)


class ReadingPage(DrivePage):
    """Acknowledged by the customer's own finger. What was read stays read over a lock or a turn of the tablet."""

    step = 3

    def __init__(self, stage: Stage, sheet: DriveSheet) -> None:
        super().__init__(stage, sheet)
        self._text: ClausesToRead | None = None
        self._number = 0
        self._read: list[ClauseRead] = stage.memory.setdefault(f"reading:{sheet.agreement_id}", [])
        self._shown_at = stage.now()
        line = self.columns()
        self._left = Refilled(self.look_, gap=4)
        if not stage.is_portrait:
            self._left.setFixedWidth(self.px(312))
        line.addWidget(self._left)
        right = QVBoxLayout()
        right.setSpacing(self.px(16))
        frame, inside = card(self.look_, pad=40, gap=0)
        self._clause = Refilled(self.look_)
        inside.addWidget(self._clause)
        right.addWidget(frame, 1)
        self.refuse = self.give_up_button(_("I have questions, not now"))
        self.go = ReadingButton(_("Understood, next"))
        wide(self.go).on_press(self._acknowledge)
        right.addLayout(row(self.look_, self.refuse, self.go))
        line.addLayout(right, 1)

    def title(self) -> str:
        return _("Test drive agreement")

    def read(self) -> None:
        drives, agreement_id, language = self.stage.tablet.drives, self.drive.agreement_id, self.language()
        self.ask(lambda: drives.clauses(agreement_id, language), self.show_text, kind="clauses")

    def heard(self, _announcement: Announcement) -> None:
        """Reading goes on whatever others do."""

    def show_text(self, text: ClausesToRead) -> None:
        """In the customer's language; what was read in another language stays read."""
        self._text = text
        self._number = min(len(self._read), len(text.important) - 1)
        self._show_clause()

    def _show_clause(self) -> None:
        text = self._text
        if text is None:
            return
        clause = text.important[self._number]
        self._shown_at = self.stage.now()
        self._show_list(text)
        column = self._clause.fresh()
        column.addLayout(self._clause_head(text))
        column.addSpacing(self.px(12))
        column.addWidget(Words(clause.title, "figure"))
        column.addSpacing(self.px(16))
        inner, lines = inner_column(self.look_, gap=16, right=12)
        for paragraph in clause.paragraphs:
            lines.addWidget(Words(paragraph, "clause"))
        self._add_facts(lines, clause)
        lines.addStretch(1)
        column.addWidget(scrolled(inner), 1)
        basis = _("Basis: {law}. A summary, not legal advice.").format(law=clause.basis) if clause.basis else ""
        version = Words(_("Text v{version}").format(version=text.version), "note", tone="ink_2", wraps=False)
        foot = QHBoxLayout()
        foot.addWidget(Words(basis, "note", tone="ink_3"), 1)
        foot.addWidget(version)
        column.addLayout(foot)
        self.tick()

    def _clause_head(self, text: ClausesToRead) -> QHBoxLayout:
        switch = LanguageSwitch(current=self.language())
        switch.chosen.connect(lambda _language: self._switch())
        whole = TouchButton(_("Whole text"), "link", style="note")
        whole.on_press(lambda: full_text(self, self.look_, text.title, text.whole, _("Close")))
        count = _("{n} of {all}").format(n=self._number + 1, all=len(text.important))
        return row(self.look_, Words(count, "body", tone="ink_2", wraps=False), 1, whole, switch)

    def _add_facts(self, lines: QVBoxLayout, clause: ClausePage) -> None:
        """Facts of this car beside the clause that speaks of them."""
        if "insur" in clause.code or "liab" in clause.code:
            until = self.drive.insured_until
            if until is not None:
                chip = Chip(_("Insured until {date}").format(date=until.isoformat()), icon="shield_check")
                lines.addLayout(row(self.look_, chip, 1))

    def _show_list(self, text: ClausesToRead) -> None:
        left = self._left.fresh()
        said = _("{n} points that matter, one by one").format(n=len(text.important))
        left.addWidget(Words(said, "note", tone="ink_2"))
        left.addSpacing(self.px(8))
        for number, clause in enumerate(text.important):
            state = "done" if number < self._number else "now" if number == self._number else "later"
            left.addWidget(ClauseMark(number + 1, clause.title, state))
        left.addStretch(1)
        frame, column = card(self.look_, pad=18, gap=4)
        for number, line in enumerate(self.car_lines()):
            column.addWidget(
                Words(
                    line,
                    "body" if not number else "caption",
                    weight=0 if number else 500,
                    tone="ink_2" if number else "ink",
                )
            )
        left.addWidget(frame)

    def _switch(self) -> None:
        self.change_language(self.read)

    # time and answers

    def _seconds_needed(self) -> float:
        return float(self._text.important[self._number].least_seconds) if self._text else 1.0

    def tick(self) -> None:
        super().tick()
        if self._text is None or self.go.is_busy:
            return
        shown = (self.stage.now() - self._shown_at).total_seconds()
        needed = self._seconds_needed()
        left = needed - shown
        words = _("Please read, {n} s more").format(n=int(left) + 1) if left > 0 else ""
        last = self._number + 1 == len(self._text.important)
        self.go.set_word(_("All read, to the signature") if last else _("Understood, next"))
        self.go.set_lacking(words)
        self.go.show_share(shown / needed if needed else 1.0)

    def _acknowledge(self) -> None:
        text = self._text
        if text is None:
            return
        now: datetime = self.stage.now()
        del self._read[self._number :]  # a second press on the last one is the same reading
        self._read.append(ClauseRead(text.important[self._number].code, self._shown_at, now))
        if self._number + 1 < len(text.important):
            self._number += 1
            self._show_clause()
            return
        drives, agreement_id, read, language = (
            self.stage.tablet.drives,
            self.drive.agreement_id,
            tuple(self._read),
            self.language(),
        )
        self.change(
            lambda: drives.finish_reading(agreement_id, read, language),
            self.stage.show_drive,
            button=self.go,
            word=_("One moment"),
        )
