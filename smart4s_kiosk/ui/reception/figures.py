"""The row of figures above the board, and the red strip while somebody waits too long."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from smart4s_kiosk.domain.visits import Alarm
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.board_views import Figures, VisitCard
from smart4s_kiosk.ui.reception.board_words import alarm_words, card_line
from smart4s_kiosk.ui.reception.key_button import AlarmButton
from smart4s_kiosk.ui.reception.rows import MIDDLE_LEFT
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.wording import minutes_seconds, people_unit

STRIP = 64


class FiguresRow(QWidget):
    """Five figures of the room, parted by hairlines. What is not counted is hatched, never zero."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[tuple[str, str, str, str]] = []
        self._figures: Figures | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Figures, now: datetime) -> None:
        """Newest values; label, figure, tone, remark of each."""
        self._figures = figures
        longest = figures.longest_wait_since
        waited = _("longest {time}").format(time=minutes_seconds((now - longest).total_seconds())) if longest else ""
        unmet = "" if figures.entered_unmet is None else str(figures.entered_unmet)
        not_met = people_unit(figures.entered_unmet) if unmet else ""
        self._cells = [
            (_("In the showroom"), str(figures.in_shop), "ink", people_unit(figures.in_shop)),
            (_("Waiting"), str(figures.waiting), "danger" if figures.waiting else "ink", waited),
            (_("Entered, not met"), unmet, "warn" if figures.entered_unmet else "ink", not_met),
            (_("Visits today"), str(figures.arrived_today), "ink", _("{n} booked").format(n=figures.expected_today)),
            (_("On a drive"), str(figures.driving), "ink", _("car") if figures.driving == 1 else _("cars")),
        ]
        self.setAccessibleName(
            "; ".join(f"{label} {figure or '-'} {more}" for label, figure, _tone, more in self._cells)
        )
        self.updateGeometry()
        self.update()

    def tick(self, now: datetime) -> None:
        """The longest wait runs on."""
        if self._figures is not None and self._figures.longest_wait_since is not None:
            self.show_figures(self._figures, now)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(480), look.px(STRIP))

    def _wide(self, look: Look, cell: tuple[str, str, str, str]) -> float:
        label, figure, _tone, more = cell
        beside = text_width(figure or "00", look.font("stat")) + look.px(6) + text_width(more, look.font("note"))
        return max(text_width(label, look.font("note")), beside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        gaps = 2 * len(self._cells) - 1
        needed = sum(self._wide(look, cell) for cell in self._cells)
        gap = max(look.px(8), min(look.px(36), (self.width() - needed) / max(1, gaps)))
        left = 0.0
        for number, cell in enumerate(self._cells):
            if number:
                painter.fillRect(QRectF(left, look.px(2), 1, self.height() - look.px(4)), look.colour("line"))
                left += gap
            self._draw(painter, look, cell, left)
            left += self._wide(look, cell) + gap

    def _draw(self, painter: QPainter, look: Look, cell: tuple[str, str, str, str], left: float) -> None:
        label, figure, tone, more = cell
        painter.setFont(look.font("note"))
        painter.setPen(look.colour("ink_2"))
        painter.drawText(QRectF(left, 0, self.width(), look.px(22)), MIDDLE_LEFT, label)
        top, high = look.px(24), look.px(38)
        if not figure:
            place = QRectF(left, top + look.px(6), look.px(44), look.px(26))
            painter.fillRect(place, QBrush(look.colour("line_strong"), Qt.BrushStyle.BDiagPattern))
            return
        painter.setFont(look.font("stat"))
        painter.setPen(look.colour(tone))
        painter.drawText(QRectF(left, top, self.width(), high), MIDDLE_LEFT, figure)
        beside = left + text_width(figure, look.font("stat")) + look.px(6)
        painter.setFont(look.font("note"))
        painter.setPen(look.colour("ink_2"))
        painter.drawText(QRectF(beside, top + look.px(5), self.width(), high - look.px(5)), MIDDLE_LEFT, more)


class AlarmStrip(QWidget):
    """There only while there is an alarm; the page moves down for it."""

    receive_asked = Signal()
    assign_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: VisitCard | None = None
        self._people, self._seconds = 0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.receive = AlarmButton(_("I will go"), key="F2", is_main=True).on_press(self.receive_asked.emit)
        self.assign = AlarmButton(_("Assign to…"), key="F3", is_main=False).on_press(self.assign_asked.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(self.receive)
        row.addWidget(self.assign)
        self.hide()

    @property
    def card(self) -> VisitCard | None:
        """Whom the strip names."""
        return self._card

    @property
    def sentence(self) -> str:
        """What it says now."""
        if self._card is not None:
            return alarm_words(self._card, self._seconds)
        return _("{n} came in and nobody has met them").format(n=self._people) if self._people else ""

    @property
    def people(self) -> int:
        """How many stand unmet, where the strip names a group and no visit."""
        return self._people

    def show_alarm(self, card: VisitCard | None, now: datetime, *, people: int = 0) -> None:
        """The most urgent visit; without one, a group of `people` whom nobody met; or nothing."""
        self._card, self._people = card, 0 if card is not None else people
        self.receive.set_word(_("Send somebody") if self._people else _("I will go"))
        self.assign.setVisible(card is not None)
        self.setVisible(bool(self.sentence))
        self.setAccessibleName(self.sentence)
        self.update()
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """One second later."""
        if self._card is not None:
            self._seconds = (now - self._card.since).total_seconds()
            self.setAccessibleName(self.sentence)
            self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(600), look.px(STRIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        panel(painter, QRectF(self.rect()), look.radius("card"), look.colour("alarm"))
        white = look.colour("on_alarm")
        side = look.px(26)
        draw_icon(painter, "warning", QRectF(look.px(20), (self.height() - side) / 2, side, side), white)
        left, room = float(look.px(62)), float(self.receive.x() - look.px(16))
        painter.setPen(white)
        painter.setFont(look.font("name"))
        said = painter.fontMetrics().elidedText(self.sentence, Qt.TextElideMode.ElideRight, int(room - left))
        painter.drawText(QRectF(left, 0, room - left, self.height()), MIDDLE_LEFT, said)
        left += text_width(said, painter.font()) + look.px(16)
        more = card_line(self._card) if self._card is not None else ""
        if self._card is not None and self._card.alarm is Alarm.MANAGER:
            more = _("{line}·the manager knows").format(line=more)
        painter.setFont(look.font("note"))
        if left + text_width(more, painter.font()) < room:
            painter.drawText(QRectF(left, 0, room - left, self.height()), MIDDLE_LEFT, more)
