"""Cards of the board, painted: a visit, a test drive, those who came in unmet. Timers run without asking anybody."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from smart4s_kiosk.domain.visits import WITH_CONSULTANT, Alarm, VisitState
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.board_views import DeskAct, DriveCard, VisitCard
from smart4s_kiosk.ui.reception.board_words import (
    card_line,
    card_name,
    drive_left,
    drive_line,
    short_purpose,
    standing_words,
    who,
)
from smart4s_kiosk.ui.reception.key_button import KeyButton
from smart4s_kiosk.ui.reception.rows import MIDDLE_LEFT, MIDDLE_RIGHT, draw_chip, round_portrait
from smart4s_kiosk.ui.theme.focus_ring import show_focus
from smart4s_kiosk.ui.theme.lettering import text_width
from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.visit_timer import timer_tone
from smart4s_kiosk.ui.wording import minutes_seconds

PAD = 16
HEIGHT, TALL = 136, 156
LINE = 48


class Tile(QWidget):
    """A card with two lines, a figure top right, a portrait and words below. Enter or a click opens it.

    A line that is too long loses its middle: how a car is called and when it is due, who it is and how it stands.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.portrait = QImage()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self.opened.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_focus(self, event.reason())

    def draw_ground(self, painter: QPainter, look: Look, *, alarmed: bool = False) -> None:
        edge = look.colour("danger" if alarmed else "line")
        line = look.border("choice" if alarmed else "hair")
        panel(painter, QRectF(self.rect()), look.radius("card"), look.colour("surface"), edge, line)

    def draw_head(
        self, painter: QPainter, look: Look, name: str, line: str, figure: str, tone: str, style: str
    ) -> None:
        pad = look.px(PAD)
        wide = text_width(figure, look.font(style)) + look.px(4)
        painter.setFont(look.font(style))
        painter.setPen(look.colour(tone))
        painter.drawText(QRectF(self.width() - pad - wide, look.px(14), wide, look.px(34)), MIDDLE_RIGHT, figure)
        painter.setFont(look.font("name"))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(pad, look.px(16), self.width() - 2 * pad - wide, look.px(28)), MIDDLE_LEFT, name)
        painter.setFont(look.font("note"))
        painter.setPen(look.colour("ink_2"))
        said = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, self.width() - 2 * pad)
        painter.drawText(QRectF(pad, look.px(46), self.width() - 2 * pad, look.px(24)), MIDDLE_LEFT, said)

    def draw_bar(self, painter: QPainter, look: Look, share: float, role: str) -> None:
        pad, high = look.px(PAD), float(look.px(6))
        place = QRectF(pad, look.px(84), self.width() - 2 * pad, high)
        panel(painter, place, high / 2, look.colour("line"))
        if share > 0:
            place.setWidth(max(high, place.width() * min(1.0, share)))
            panel(painter, place, high / 2, look.colour(role))

    def draw_foot(self, painter: QPainter, look: Look, person: str, words: str, chip: tuple[str, str] | None) -> None:
        pad, side = look.px(PAD), look.px(28)
        middle = self.height() - look.px(14) - look.px(18)
        right = float(self.width() - pad)
        if chip is not None:
            right -= draw_chip(painter, look, chip[0], chip[1], right, middle)
        left = float(pad)
        if person:
            round_portrait(painter, look, QRectF(left, middle - side / 2, side, side), self.portrait, person)
            left += side + look.px(10)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink"))
        room = right - left - self.room_right()
        said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(room))
        painter.drawText(QRectF(left, middle - side / 2, room, side), MIDDLE_LEFT, said)

    def room_right(self) -> float:
        """Room that a button takes in the last line."""
        return 0.0


def place_action(tile: QWidget, button: KeyButton) -> None:
    """A card's one action stands in its last line, at the right."""
    look, size = look_of(tile), button.sizeHint()
    left, top = tile.width() - look.px(PAD) - size.width(), tile.height() - look.px(8) - size.height()
    button.setGeometry(left, top, size.width(), size.height())


class VisitTile(Tile):
    """One visit. The action of a waiting card is a button; the others open by Enter or click."""

    acted = Signal(object)

    def __init__(self, card: VisitCard, *, warn_s: int, alarm_s: int) -> None:
        super().__init__()
        self.card = card
        self._warn_s, self._alarm_s, self._seconds = warn_s, alarm_s, 0.0
        self._act: DeskAct | None = None
        self.button = KeyButton("", "secondary", height=36)
        self.button.setParent(self)
        self.button.hide()
        self.button.on_press(lambda: self.acted.emit(self._act))
        self.show_card(card)

    @property
    def is_waiting(self) -> bool:
        return self.card.state not in WITH_CONSULTANT

    @property
    def seconds(self) -> float:
        """The time it shows now."""
        return self._seconds

    def show_card(self, card: VisitCard) -> None:
        """The newest state."""
        self.card = card
        self._act = next((a for a in (DeskAct.ASSIGN,) if a in card.acts), None)
        self.button.setVisible(self._act is not None)
        if self._act is not None:
            self.button.set_word(_("Assign"))
            self.button.set_role("primary" if card.alarm is not Alarm.NONE else "secondary")
            self.button.setToolTip("F3")
        self.setAccessibleName(f"{card_name(card)}, {card_line(card)}, {standing_words(card)}")
        self._place_button()
        self.updateGeometry()
        self.update()

    def tick(self, now: datetime) -> None:
        """One second later."""
        self._seconds = max(0.0, (now - self.card.since).total_seconds())
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(240), look.px(TALL if self.is_waiting else HEIGHT))

    def room_right(self) -> float:
        return self.button.sizeHint().width() + look_of(self).px(10) if self._act is not None else 0.0

    def _place_button(self) -> None:
        place_action(self, self.button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def sticks_out(self) -> bool:
        look = look_of(self)
        figure = text_width("00:00", look.font("timer"))
        return text_width(card_name(self.card), look.font("name")) + figure > self.width() - 2 * look.px(PAD)

    def _tone(self) -> str:
        if self.card.alarm is not Alarm.NONE:
            return "danger"
        return timer_tone(self._seconds, self._warn_s, self._alarm_s)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, card = look_of(self), self.card
        painter = smooth(QPainter(self))
        self.draw_ground(painter, look, alarmed=card.alarm is not Alarm.NONE and self.is_waiting)
        name, line = card_name(card), card_line(card)
        if self.is_waiting:
            tone = self._tone()
            self.draw_head(painter, look, name, line, minutes_seconds(self._seconds), tone, "timer")
            bar = {"danger": "danger", "warn": "warn_fill"}.get(tone, "ink_2")
            self.draw_bar(painter, look, self._seconds / self._alarm_s, bar)
            chip = None
        else:
            self.draw_head(painter, look, name, line, f"{int(self._seconds // 60)}′", "ink_2", "name")
            on_the_way = card.state is VisitState.ACCEPTED
            chip = (_("On the way"), "accent") if on_the_way else (short_purpose(card.purpose) or _("Talking"), "quiet")
        said = card.consultant if chip is not None else standing_words(card)
        self.draw_foot(painter, look, card.consultant, said, chip)


class DriveTile(Tile):
    """One test car that is out: how long still, with whom. Once it is over time, its consultant can be called."""

    called = Signal()

    def __init__(self, card: DriveCard) -> None:
        super().__init__()
        self.card = card
        self._now = card.out_at
        self.button = KeyButton(_("Call the consultant"), "secondary", icon="call", height=36)
        self.button.setParent(self)
        self.button.hide()
        self.button.on_press(self.called.emit)
        self.opened.connect(self.called)
        self.show_card(card)

    def show_card(self, card: DriveCard) -> None:
        """The newest state."""
        self.card = card
        self.setAccessibleName(f"{who(card.name, card.title, '')}, {drive_line(card)}")
        self.update()

    def tick(self, now: datetime) -> None:
        """One second later."""
        self._now = now
        self.button.setVisible(bool(self.card.consultant) and drive_left(self.card, now)[1])
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(240), look.px(TALL))

    def room_right(self) -> float:
        return self.button.sizeHint().width() + look_of(self).px(10) if not self.button.isHidden() else 0.0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place_action(self, self.button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, card = look_of(self), self.card
        painter = smooth(QPainter(self))
        self.draw_ground(painter, look)
        left, is_over = drive_left(card, self._now)
        name = who(card.name, card.title, "")
        self.draw_head(painter, look, name, drive_line(card), left, "warn" if is_over else "ink_2", "name")
        whole = max(1.0, (card.due_at - card.out_at).total_seconds())
        share = (self._now - card.out_at).total_seconds() / whole
        self.draw_bar(painter, look, share, "warn_fill" if is_over else "accent")
        with_them = _("{name} on board").format(name=card.consultant) if card.consultant else ""
        if not self.button.isHidden():
            with_them = card.consultant  # the button needs the room
        chip = (_("Agreement sealed"), "success") if card.is_sealed else (_("Not sealed"), "warn")
        self.draw_foot(painter, look, card.consultant, with_them, None if not self.button.isHidden() else chip)


class GapTile(QWidget):
    """Seen at the door, met by nobody: a dashed card with how many, and three things to do about it."""

    check_in_asked = Signal()
    greeting_asked = Signal()
    colleague_met = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count, self._rings, self._lines = 0, False, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.greet = KeyButton(_("Send somebody"), "secondary", height=36)
        self.check_in = KeyButton(_("Check in"), "secondary", height=36)
        self.colleague = KeyButton(_("Colleague"), "plain", height=36)
        acts = (self.greet, self.greeting_asked), (self.check_in, self.check_in_asked)
        for button, told in (*acts, (self.colleague, self.colleague_met)):
            button.setParent(self)
            button.on_press(told.emit)

    def show_count(self, count: int | None, *, rings: bool = False) -> None:
        """None: no door is counted, so nothing is said; 0: everybody was met. `rings`: for two minutes already."""
        self._count, self._rings = count or 0, rings
        self.setVisible(bool(count))
        self.setAccessibleName(_("Entered, not met: {n}").format(n=self._count))
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(240), look.px(128 + LINE * (self._lines - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lines = self._place_buttons()
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _place_buttons(self) -> int:
        """Side by side; in a narrow column the last ones stand below. How many lines they take."""
        look = look_of(self)
        left, top, lines = look.px(PAD), look.px(128 - 9), 1
        for button in (self.greet, self.check_in, self.colleague):
            size = button.sizeHint()
            if left > look.px(PAD) and left + size.width() > self.width() - look.px(PAD):
                left, top, lines = look.px(PAD), top + look.px(LINE), lines + 1
            button.setGeometry(left, top - size.height(), size.width(), size.height())
            left += size.width() + look.px(8)
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        edge, tone = ("danger", "danger") if self._rings else ("line_strong", "warn")
        pen = QPen(look.colour(edge), look.border("choice"), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(Qt.GlobalColor.transparent))
        radius = look.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        pad = look.px(PAD)
        place = QRectF(pad, look.px(14), self.width() - 2 * pad, look.px(32))
        painter.setFont(look.font("timer"))
        painter.setPen(look.colour(tone))
        painter.drawText(place, MIDDLE_RIGHT, str(self._count))
        painter.setFont(look.font("name"))
        painter.setPen(look.colour("ink"))
        painter.drawText(place, MIDDLE_LEFT, _("Entered, not met"))
        painter.setFont(look.font("note"))
        painter.setPen(look.colour("ink_2"))
        place.translate(0, look.px(28))
        said = _("Waiting for more than two minutes") if self._rings else _("Counted at the door, not checked in")
        painter.drawText(place, MIDDLE_LEFT, said)
