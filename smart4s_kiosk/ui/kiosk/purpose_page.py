"""Why the guest came and how many they are: one tap and, if more than one, a second."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.services.check_in_acts import CheckIn
from smart4s_kiosk.services.check_in_views import ChoosePurpose, Screen
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.choice_card import WIDE, ChoiceCard
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import guest_name, words

ICONS = {
    Purpose.LOOK: "car",
    Purpose.TEST_DRIVE: "wheel",
    Purpose.QUOTE: "quote",
    Purpose.SERVICE: "wrench",
    Purpose.COLLECT: "key",
    Purpose.MEET: "user",
    Purpose.EVENT: "gift",
}


class PurposePage(KioskPage):
    """The purpose of an appointment is marked with a word, not chosen for the guest."""

    back_word = N_("Back")

    def __init__(self, view: ChoosePurpose, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        title, content = self.split(top=80, landscape_top=40)
        name = view.guest.masked_name
        question = _("What brings\nyou here today?")
        if name:
            hello = _("{name},").format(name=guest_name(name, view.guest.title))
            asks = _("what brings you here?")
            question = f"{hello}\n{asks}"
        self.add_title(title, question)
        column = content if stage.is_portrait else title
        self.gap(column, 48)
        column.addWidget(Words(_("How many are you?"), "body", tone="ink_2"))
        self.gap(column, 20)
        column.addLayout(self._people())
        self.gap(column, 44)
        content.addLayout(self._grid(), 1)
        if stage.is_portrait:
            self.gap(content, 24)
            content.addLayout(self._my_data())
        else:
            title.addStretch(1)
            title.addLayout(self._my_data())

    def _people(self) -> QHBoxLayout:
        self._counts: list[TouchButton] = []
        for number in range(1, self._view.most_people + 1):
            word = str(number) if number < self._view.most_people else _("{n}+").format(n=number)
            chip = TouchButton(word, "chip", style="body", height=104)
            chip.setAccessibleName(_("{n} people").format(n=number))
            chip.on_press(self._counter(number))
            self._counts.append(chip)
        self._count(int(self.stage.memory.get("people", 1)))
        return self.row(*self._counts, gap=16)

    def _counter(self, number: int) -> Callable[[], None]:
        return lambda: self._count(number)

    def _count(self, number: int) -> None:
        self.stage.memory["people"] = number
        for place, chip in enumerate(self._counts, 1):
            chip.set_role("chip_chosen" if place == number else "chip")

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.px(24))
        columns = 2
        for number, purpose in enumerate(self._view.purposes):
            grid.addWidget(self._card(purpose), number // columns, number % columns)
        return grid

    def _card(self, purpose: Purpose) -> QWidget:
        is_expected = purpose is self._view.expected
        note = _("as booked") if is_expected else ""
        card = ChoiceCard(ICONS[purpose], words(purpose), note, shape=WIDE, icon_size=72, is_compact=True)
        card.setMinimumHeight(self.px(150))
        visit_id, memory = self._view.visit_id, self.stage.memory

        def choose(check_in: CheckIn) -> Screen:
            return check_in.choose_purpose(visit_id, purpose, people=int(memory["people"]), language=language()[:2])

        card.pressed_once.connect(lambda: self.stage.act(choose))
        return card

    def _my_data(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self._view.guest.masked_name:
            visit_id = self._view.visit_id
            link = TouchButton(_("My data"), "link", icon_after="chevron_right", style="caption", height=104)
            row.addWidget(link.on_press(lambda: self.stage.act(lambda check_in: check_in.my_data(visit_id))))
        row.addStretch(1)
        return row
