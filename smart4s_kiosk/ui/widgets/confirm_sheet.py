"""The sheet that rises from below with a question, a large answer and two buttons of the same height."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from smart4s_kiosk.ui.theme.look import Look, look_of
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.painting import panel, smooth
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class ConfirmSheet(QWidget):
    """Porcelain with round upper corners. `answered` tells True for the right button."""

    answered = Signal(bool)

    def __init__(
        self,
        look: Look,
        *,
        lead: str,
        question: str,
        fact: str = "",
        no: str,
        yes: str,
        hint: str = "",
        chip: str = "",
        chip_icon: str = "",
        margin: int = 72,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(margin), look.px(72), look.px(margin), 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.addWidget(Words(lead, "body_l", tone="ink_2"), 1)
        if chip:
            top.addWidget(Chip(chip, "quiet", icon=chip_icon))
        column.addLayout(top)
        column.addSpacing(look.px(16))
        column.addWidget(Words(question, "display"))
        if fact:
            column.addWidget(Words(fact, "body", tone="ink_2"))
        column.addSpacing(look.px(96))
        self.no, self.yes = self._button(no, "secondary", ""), self._button(yes, "primary", "check")
        column.addLayout(self._answers(look.px(32)))
        column.addSpacing(look.px(32))
        if hint:
            column.addWidget(Words(hint, "caption", tone="ink_2"))
        column.addStretch(1)

    def _answers(self, gap: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(gap)
        self.no.on_press(lambda: self.answered.emit(False))
        self.yes.on_press(lambda: self.answered.emit(True))
        row.addWidget(self.no, 1)
        row.addWidget(self.yes, 1)
        return row

    def _button(self, word: str, kind: str, icon: str) -> TouchButton:
        button = TouchButton(word, kind, icon=icon, style="action", height=152)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = smooth(QPainter(self))
        radius = look.px(48)
        place = QRectF(self.rect()).adjusted(0, 0, 0, radius)
        painter.setClipRect(self.rect(), Qt.ClipOperation.IntersectClip)
        panel(painter, place, radius, look.colour("ground"))
