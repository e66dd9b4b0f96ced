"""The face notice: a separate page, seven short rows, an empty tick, two equal buttons, version and digest."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import _, language
from smart4s_kiosk.services.check_in_views import AskConsent, ConsentText
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.reading import open_full_text
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.theme.icons import draw_icon
from smart4s_kiosk.ui.theme.lettering import SetText, text_width
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.painted_key import PaintedKey
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words

UPRIGHT_WIDTH, UPRIGHT_ROOM = 816, 900
WIDE_WIDTH, WIDE_ROOM = 916, 690
"""Room of labels and statements beside each other, and of all rows, above the age row or beside it."""


class TickRow(PaintedKey):
    """A box and its sentence, pressed as a whole; points at itself when it was overlooked."""

    def __init__(self, sentence: str, remark: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(sentence)
        self._points = False
        self._sentence, self._remark = Words(sentence, "body", weight=500, wraps=False), Words(remark, "caption")
        self._remark.set_tone("ink_2")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def furnish(self, gap: int, box: int, height: int) -> "TickRow":
        row = QHBoxLayout(self)
        row.setContentsMargins(box + gap, 0, 0, 0)
        row.setSpacing(gap)
        row.addWidget(self._sentence)
        row.addWidget(self._remark, 1)
        row.setAlignment(self._remark, Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(height)
        return self

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(600), look.px(96))

    def point_here(self) -> None:
        """Agreeing without the tick answers by pointing at it."""
        self._points = True
        self.update()
        QTimer.singleShot(2400, self, self._rest)

    def _rest(self) -> None:
        self._points = False
        self.update()

    @property
    def points(self) -> bool:
        return self._points

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        if self._points:
            panel(painter, QRectF(self.rect()), look.radius("chip"), look.colour("warn_soft"))
        side = look.px(64)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        checked = self.isChecked()
        edge = look.colour("accent" if self._points else "ink" if checked else "line_strong")
        fill = look.colour("action" if checked else "surface")
        panel(painter, box, look.px(14), fill, edge, look.px(4))
        if checked:
            inner = box.adjusted(side * 0.18, side * 0.18, -side * 0.18, -side * 0.18)
            draw_icon(painter, "check", inner, look.colour("on_action"))


class ConsentPage(KioskPage):
    """Agree and decline have the same size, shape, weight and colour."""

    answered = Signal(bool)

    def __init__(self, view: AskConsent, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        self._since = stage.clock.monotonic()
        self._text = next((text for text in view.texts if text.language == language()), view.texts[0])
        self.tick_row = TickRow(_("I am 14 or older"), _("Under 14, please use another way"))
        self.tick_row.furnish(self.px(28), self.px(64), self.px(96 if stage.is_portrait else 88))
        self.tick_row.setChecked(bool(stage.memory.get("is_14", False)))
        self.tick_row.toggled.connect(lambda on: stage.memory.__setitem__("is_14", on))
        title, content = self.split(top=60, landscape_top=4)
        self.may_go_back = not view.enrols
        question = _("Check in by face\nnext time?") if view.enrols else _("Your face,\nyour decision")
        if stage.is_portrait:
            question = question.replace("\n", " " if language() == "en" else "")
        note = (
            _("Your check-in is done. This is a question of its own.")
            if view.enrols
            else _("A separate consent, about 8 seconds to read.")
        )
        self.add_title(title, question, note, gap=12)
        column = content if stage.is_portrait else title
        if stage.is_portrait:
            self.gap(content, 40)
        content.addWidget(self._rows(self._text))
        self.gap(column, 48 if stage.is_portrait else 16)
        column.addStretch(1)
        column.addWidget(self.tick_row)
        self.gap(column, 20 if stage.is_portrait else 12)
        column.addLayout(self._buttons())
        self.gap(column, 28 if stage.is_portrait else 4)
        column.addLayout(self._version())
        if not stage.is_portrait:
            content.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(200)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def _rows(self, text: ConsentText) -> QWidget:
        card = role(QFrame(), "card")
        column = QVBoxLayout(card)
        pad = self.px(48 if self.stage.is_portrait else 40)
        column.setContentsMargins(pad, self.px(14), pad, self.px(14))
        column.setSpacing(0)
        size, labels = self._row_size(text)
        for number, (label, statement) in enumerate(text.rows):
            if number:
                column.addWidget(role(QFrame(), "rule"))
            row = QHBoxLayout()
            space = self.px(16 if self.stage.is_portrait else 6)
            row.setContentsMargins(0, space, 0, space)
            row.setSpacing(self.px(24))
            name = Words(label, size, weight=500)
            name.setFixedWidth(labels)
            row.addWidget(name)
            row.addWidget(Words(statement, size, tone="ink_2"), 1)
            column.addLayout(row)
        return card

    def _row_size(self, text: ConsentText) -> tuple[str, int]:
        """Letters as large as the page allows, and the width of the labels beside the statements."""
        portrait, look = self.stage.is_portrait, self.stage.look
        inner, room = (UPRIGHT_WIDTH, UPRIGHT_ROOM) if portrait else (WIDE_WIDTH, WIDE_ROOM)
        space = 2 * self.px(16 if portrait else 6)
        size, labels = "", 0
        for size in ("body", "note") if portrait else ("note", "caption"):
            font = look.font(size, weight=500)
            labels = max(self.px(150), int(max(text_width(label, font) for label, _statement in text.rows)) + 2)
            wide, line = self.px(inner) - labels, look.style(size).line
            heights = [SetText(words, look.font(size), wide, line).height + space for _label, words in text.rows]
            if sum(heights) <= self.px(room):
                break
        return size, labels

    def _buttons(self) -> QBoxLayout:
        """Side by side, or below each other in the narrow column: always of one size."""
        no, yes = (
            (_("No, thank you"), _("Agree, remember me"))
            if self._view.enrols
            else (_("Decline, another way"), _("Agree, use my face"))
        )
        high = 0 if self.stage.is_portrait else 84
        self.no = TouchButton(no, "equal", height=high).on_press(lambda: self._answer(agrees=False))
        self.yes = TouchButton(yes, "equal", height=high).on_press(lambda: self._answer(agrees=True))
        if self.stage.is_portrait:
            return self.row(self.no, self.yes)
        stack = QVBoxLayout()
        stack.setSpacing(self.px(12))
        for button in (self.no, self.yes):
            stack.addWidget(self.wide(button))
        return stack

    def _version(self) -> QHBoxLayout:
        row = QHBoxLayout()
        digest = f"{self._view.digest[:4]} {self._view.digest[4:8]}".upper()
        words = _("Notice v{version} · {date} · {digest}").format(
            version=self._view.version, date=self._view.dated.isoformat(), digest=digest
        )
        row.addWidget(Words(words, "caption", tone="ink_2"), 1, Qt.AlignmentFlag.AlignVCenter)
        link = TouchButton(_("Read it all"), "link", icon_after="chevron_right", style="caption", height=80)
        row.addWidget(link.on_press(lambda: open_full_text(self, _("Face notice"), self._text.full_text)))
        return row

    @property
    def seconds_shown(self) -> float:
        """Counted from the first showing, a change of language included."""
        before = float(self.stage.memory.get("shown_s", 0.0))
        return before + self.stage.clock.monotonic() - self._since

    def leave(self) -> None:
        self.stage.memory["shown_s"], self._since = self.seconds_shown, self.stage.clock.monotonic()
        self._timer.stop()

    def tick(self) -> None:
        """Count the seconds that are left to read."""
        left = self._view.least_seconds - self.seconds_shown
        if left <= 0:
            self._timer.stop()
        words = _("{n} s more to read").format(n=int(left) + 1) if left > 0 else ""
        for button in (self.no, self.yes):
            button.set_lacking(words)

    def _answer(self, *, agrees: bool) -> None:
        if agrees and not self.tick_row.isChecked():
            self.tick_row.point_here()
            return
        view, is_14, shown_s, shown_in = self._view, self.tick_row.isChecked(), self.seconds_shown, language()
        self.stage.act(
            lambda check_in: check_in.answer_consent(
                view.visit_id, agrees=agrees, is_14=is_14, version=view.version, shown_s=shown_s, language=shown_in
            )
        )
