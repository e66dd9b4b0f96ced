"""How to check in: equal cards, same size, same ink, none recommended."""

from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import ChooseWay
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.choice_card import TALL, WIDE, ChoiceCard
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.notice_bar import NoticeBar
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import greeting

CARD = 452
"""Height of an upright screen's card."""


class WayWords(NamedTuple):
    """Icon, heading, note of two lines, note of one line."""

    icon: str
    heading: str
    two_lines: str
    one_line: str


WORDS = {
    Way.FACE: WayWords(
        "face",
        N_("Face"),
        N_("3 seconds if we know you.\nOnly with your consent"),
        N_("About 3 seconds, only with your consent"),
    ),
    Way.PHONE: WayWords(
        "phone",
        N_("Phone number"),
        N_("The full number, or just\nits last four digits"),
        N_("The full number, or its last four digits"),
    ),
    Way.CODE: WayWords(
        "ticket",
        N_("Booking code"),
        N_("Show or type the code\nfrom your message"),
        N_("Show or type the code from your message"),
    ),
    Way.ANONYMOUS: WayWords(
        "car",
        N_("Just looking"),
        N_("Leave no details. Call us\nwhenever you like"),
        N_("Leave no details, call us when you like"),
    ),
}
COUNTS = {
    4: N_("Four ways, the same welcome."),
    3: N_("Three ways, the same welcome."),
    2: N_("Two ways, the same welcome."),
    1: N_("One way is open at the moment."),
}


class WayPage(KioskPage):
    """The first question."""

    may_go_back = False

    def __init__(self, view: ChooseWay, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        title, content = self.split(top=146)
        self.add_hero_when_low(title)
        question = _("How shall we check you in?")
        if not stage.is_low:
            question = f"{greeting(stage.now(), stage.shop.zone)}\n{question}"
        self.add_title(title, question, "" if stage.is_low else _(COUNTS[len(view.ways)]))
        if stage.is_portrait:
            self.gap(content, 36 if stage.is_low else 76)
        is_grid = len(view.ways) == 4 and not (stage.is_low and stage.is_portrait)
        if is_grid:
            content.addLayout(self._grid(), 0 if self._card_height else 1)
        else:
            self._rows(content)
        if stage.is_portrait:
            self.gap(content, 36)
            self._notice(content)
            content.addStretch(0 if is_grid and not self._card_height else 1)
        else:
            title.addStretch(1)
            self._notice(title)

    def _card(self, way: Way, shape: str, height: int = 0) -> ChoiceCard:
        words = WORDS[way]
        tall = shape == TALL and self.stage.is_portrait and (bool(self._card_height) or language() == "zh_CN")
        note = _(words.two_lines) if tall else _(words.one_line)
        card = ChoiceCard(
            words.icon, _(words.heading), note, shape=shape, height=height, icon_size=104 if shape == TALL else 92
        )
        visit_id = self._view.visit_id
        card.pressed_once.connect(lambda: self.stage.act(lambda check_in: check_in.choose_way(visit_id, way)))
        return card

    @property
    def _card_height(self) -> int:
        """Larger type and wide screens take all the room there is."""
        return CARD if self.stage.is_portrait and not self.stage.look.large_type else 0

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.px(32))
        for number, way in enumerate(self._view.ways):
            grid.addWidget(self._card(way, TALL, self._card_height), number // 2, number % 2)
        return grid

    def _rows(self, content: QVBoxLayout) -> None:
        height = 176 if self.stage.is_low else 252
        for number, way in enumerate(self._view.ways):
            if number:
                self.gap(content, 24 if self.stage.is_low else 32)
            content.addWidget(self._card(way, WIDE, height))

    def _notice(self, layout: QVBoxLayout) -> None:
        if self._view.face_is_away:
            layout.addWidget(
                NoticeBar(
                    self.stage.look,
                    _("Face check-in is unavailable just now; the other ways work as usual"),
                    _("Reception knows"),
                    icon="camera_off",
                    beside=self.has_short_words,
                )
            )
            return
        row = QHBoxLayout()
        row.setSpacing(self.px(18))
        row.addWidget(Icon("lock", 36, tone="ink_2"))
        row.addWidget(
            Words(_("Names and numbers are only ever shown in part on this screen."), "caption", tone="ink_2"), 1
        )
        layout.addLayout(row)
