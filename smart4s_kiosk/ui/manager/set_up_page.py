"""Set-up again: every step of the first start on its own, for an administrator of a store that is open."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from smart4s_kiosk.i18n import N_, _, counted, use_language
from smart4s_kiosk.services.first_start import ROLE_KEYS, Progress, Step
from smart4s_kiosk.services.set_up_again import AGAIN, NEXT_START, SetUpAgain
from smart4s_kiosk.ui.manager.first_start_machine import SURFACE_WORDS
from smart4s_kiosk.ui.manager.first_start_page import STEPS, FirstStartPage
from smart4s_kiosk.ui.manager.first_start_store import LanguagePage
from smart4s_kiosk.ui.manager.first_start_window import PAGES
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.pin_again import PinAgain
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.one_part import OnePart
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import listed

LANGUAGE_WORDS = {"zh_CN": "中文", "en": "English"}
SAVED = N_("Saved")
SAID: dict[Step | None, str] = {Step.STORE: N_("Saved. Colour and logo follow at each terminal's next start")}
AT_NEXT_START = N_("Saved. This terminal works with it from its next start on")


class SetUpPage(ManagerPage):
    """A list of steps; pressing one opens it in place of the list, and its end or Cancel leads back."""

    def __init__(self, stage: Stage) -> None:
        self.set_up: SetUpAgain | None = None
        self.step: Step | None = None
        self.page: FirstStartPage | None = None
        self._content: OnePart | None = None
        self._progress = Progress(has_store=True, done=frozenset())
        super().__init__(stage, _("Set up again"), _("Store and this terminal"))

    def read(self) -> None:
        """The list is read again when something changed; an open step stays as it is."""
        if self.set_up is None:
            open_set_up, by = self.stage.office.set_up, self.stage.member.id
            if open_set_up is not None:
                self.stage.background.ask(self, lambda: open_set_up(by), self._opened, kind="set_up")
        elif self.step is None:
            self.stage.background.ask(self, self.set_up.progress, self._show_list, kind="progress")

    def _opened(self, set_up: SetUpAgain) -> None:
        self.set_up = set_up
        self.read()

    # the list

    def _show_list(self, progress: Progress) -> None:
        if self.step is not None:
            return
        self._progress = progress
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(10))
        for step in AGAIN:
            column.addWidget(self._row(step))
        column.addStretch(1)
        self._put(content)

    def _row(self, step: Step) -> QFrame:
        name = _(STEPS[step])
        card = role(QFrame(), "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(self.look.px(20), self.look.px(8), self.look.px(20), self.look.px(8))
        row.setSpacing(self.look.px(16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(name, "heading", wraps=False))
        words.addWidget(Words(self._now(step), "note", tone="ink_2"))
        row.addLayout(words, 1)
        again = TouchButton(_("Do it again"), "secondary").on_press(partial(self.ask_step, step))
        again.setAccessibleName(_("{name}: do it again").format(name=name))
        row.addWidget(again, 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _now(self, step: Step) -> str:
        """How it stands now."""
        progress, chosen = self._progress, self._progress.chosen
        surfaces = [_(SURFACE_WORDS[one][0]) for one in chosen.get("terminal.surfaces", "").split(",") if one]
        cameras = sum(bool(chosen.get(key)) for key in ROLE_KEYS.values())
        printers = [chosen[key] for key in ("printing.printer", "printing.slip_printer") if chosen.get(key)]
        store = progress.store
        return {
            Step.LANGUAGE: LANGUAGE_WORDS.get(chosen.get("screen.language", ""), ""),
            Step.STORE: " · ".join(part for part in (store.brand, store.name, store.time_zone) if part),
            Step.SURFACES: listed(surfaces),
            Step.CAMERAS: _("{n} of 3 are chosen").format(n=cameras),
            Step.ADMINISTRATOR: listed(progress.administrators),
            Step.SHEET: _("Shown after your PIN, and written into the audit trail"),
            Step.STAFF: counted(progress.staff, _("1 person"), _("{n} people")),
            Step.PRINTING: listed(printers) or _("no printer"),
            Step.CONNECTOR: chosen.get("connector.url", "") or _("no connector"),
        }[step]

    # one step

    def ask_step(self, step: Step) -> None:
        """Open a step; the recovery sheet only after the own PIN once more."""
        if step is Step.SHEET:
            self.ask_pin()
        else:
            self.open_step(step)

    def ask_pin(self) -> PinAgain:
        """Whoever holds the sheet and a backup can read everything: the person at the screen proves who they are."""
        dialog = PinAgain(self.window(), _("Your PIN once more"), _("The recovery sheet opens every record."))
        dialog.entered.connect(partial(self._check_pin, dialog))
        dialog.open_now()
        return dialog

    def _check_pin(self, dialog: PinAgain, pin: str) -> None:
        set_up = self.set_up
        assert set_up is not None
        self.stage.background.change(
            dialog, lambda: set_up.open_sheet(pin), lambda _none: self._sheet_opened(dialog), refused=dialog.refuse
        )

    def _sheet_opened(self, dialog: PinAgain) -> None:
        dialog.close_now()
        self.open_step(Step.SHEET)

    def open_step(self, step: Step) -> None:
        """This step's page with its buttons, in place of the list."""
        if self.set_up is None:
            return
        self._leave()
        self.step = step
        upright = self.height() > self.width()
        page = PAGES[step](
            self.set_up, self.stage.background, self.look, self._progress, self._finished, is_upright=upright
        )
        if isinstance(page, LanguagePage):
            page.language_chosen.connect(self._change_language)
        self.page = page
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(16))
        column.addWidget(Words(_(STEPS[step]), "title"))
        column.addWidget(page, 1)
        foot = QHBoxLayout()
        foot.addWidget(TouchButton(_("Cancel"), "secondary").on_press(self.back_to_list))
        foot.addStretch(1)
        if page.next_word:
            page.save_button = TouchButton(page.next_word, "primary").on_press(page.save)
            foot.addWidget(page.save_button)
        column.addLayout(foot)
        self._put(content)

    def _finished(self, progress: Progress) -> None:
        self._progress = progress
        step = self.step
        self.back_to_list()
        self.stage.say(_(AT_NEXT_START) if step in NEXT_START else _(SAID.get(step, SAVED)))

    def back_to_list(self) -> None:
        """The step is left as it was saved last."""
        self._leave()
        self.step = None
        self.read()

    def _change_language(self, language: str) -> None:
        set_up = self.set_up
        assert set_up is not None
        self.stage.background.change(self, lambda: set_up.use_language(language), lambda _n: self._speak(language))

    def _speak(self, language: str) -> None:
        use_language(language)
        self.stage.open_page("set_up")

    def _leave(self) -> None:
        """Camera off, sheet shut."""
        if self.page is not None:
            self.page.leave()
            self.page = None
        if self.set_up is not None and self.step is Step.SHEET:
            self.set_up.close_sheet()

    def _put(self, content: QWidget) -> None:
        self._content = self._content or OnePart(self.body, 1)
        self._content.put(content)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, or signed out: nothing of a step stays behind."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave()
