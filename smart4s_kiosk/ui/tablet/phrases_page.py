"""话术: topics at the left, questions and answers at the right, large enough to be read out or shown."""

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.phrases import Phrase
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import Refilled, card, row, scrolled, wide
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words


class PhrasesPage(TabletPage):
    """The store's own library; nothing in it promises a figure."""

    section = "phrases"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._topics = stage.tablet.phrases.topics()
        self._buttons: dict[str, TouchButton] = {}
        line, ways = self.columns(), QBoxLayout.Direction
        left = QBoxLayout(ways.LeftToRight if stage.is_portrait else ways.TopToBottom)
        left.setSpacing(self.px(8))
        side = QWidget()
        if not stage.is_portrait:
            side.setFixedWidth(self.px(200))
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        for topic in self._topics:
            button = wide(TouchButton(topic, "secondary", height=56))
            button.on_press(partial(self._show, topic))
            self._buttons[topic] = button
            left.addWidget(button)
        if not stage.is_portrait:
            left.addStretch(1)
        line.addWidget(side)
        self._answers = Refilled(self.look_, gap=16, right=8)
        line.addWidget(scrolled(self._answers), 1)
        if self._topics:
            self._show(self._topics[0])

    def title(self) -> str:
        return _("What to say")

    def _show(self, topic: str) -> None:
        for name, button in self._buttons.items():
            button.set_role("primary" if name == topic else "secondary")
        answers = self._answers.fresh()
        for phrase in self.stage.tablet.phrases.find(topic):
            answers.addWidget(self._card(phrase))
        answers.addStretch(1)

    def _card(self, phrase: Phrase) -> QFrame:
        frame, column = card(self.look_, gap=8)
        question = row(self.look_, Words(phrase.question, "heading", wraps=False), 1)
        for model in phrase.models:
            question.addWidget(Chip(model))
        column.addLayout(question)
        column.addWidget(Words(phrase.answer, "body_l", tone="ink_2"))
        return frame
