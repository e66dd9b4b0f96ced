"""The surname beside a tail, or how a new guest likes to be addressed: pinyin pad, no keyboard, nothing learnt."""

from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.check_in_views import EnterSurname
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.widgets.pinyin_pad import PinyinPad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typed_line import TypedLine

TITLES = ((Title.MR, N_("Mr")), (Title.MS, N_("Ms")), (Title.NONE, N_("No title")))


class SurnamePage(KioskPage):
    """Asked for known and unknown numbers alike, so that the page tells nothing about either."""

    back_word = N_("Back")

    def __init__(self, view: EnterSurname, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        title, content = self.split(top=80, landscape_top=30)
        question = _("How may we\naddress you?") if view.is_new_guest else _("And your\nsurname?")
        note = _("A surname is enough") if view.is_new_guest else _("It is compared, never shown in full")
        self.add_title(title, question, note)
        self.gap(title, 40)
        self._line = TypedLine(_("Surname"))
        title.addWidget(self._line)
        self.gap(title, 28)
        self._titles = [self._title_chip(value, _(word)) for value, word in TITLES]
        title.addLayout(self.row(*self._titles, gap=20))
        if not stage.is_portrait:
            title.addStretch(1)
        else:
            content.addStretch(1)
        key = 112 if stage.is_portrait else 84
        self.pad = PinyinPad(stage.look, length=4, text=str(stage.memory.get("surname", "")), key_height=key)
        self.pad.typed.connect(self._typed)
        content.addWidget(self.pad)
        self.gap(content, 36)
        self._next = self.wide(TouchButton(_("Next"), "primary").on_press(self._send))
        content.addWidget(self._next)
        if stage.is_portrait:
            self.gap(content, 20)
        self._choose(Title(stage.memory.get("title", Title.NONE)))
        self._typed(self.pad.text)

    def _title_chip(self, value: Title, word: str) -> TouchButton:
        return TouchButton(word, "chip", style="body", height=96).on_press(lambda: self._choose(value))

    def _choose(self, title: Title) -> None:
        self.stage.memory["title"] = title
        for chip, (value, _word) in zip(self._titles, TITLES, strict=True):
            chip.set_role("chip_chosen" if value is title else "chip")

    def _typed(self, surname: str) -> None:
        self.stage.memory["surname"] = surname
        self._line.show_text(surname)
        self._next.set_lacking("" if surname else _("Surname missing"))

    def _send(self) -> None:
        visit_id, surname = self._view.visit_id, self.pad.text
        title = Title(self.stage.memory["title"])
        self.stage.act(lambda check_in: check_in.enter_surname(visit_id, surname, title))
