"""Store rules: opening hours, waits, quotes, discounts, rotation, face check-in, routes; each change is a version."""

from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDoubleSpinBox, QSpinBox, QVBoxLayout

from smart4s_kiosk.domain.business_settings import BusinessSettings, WaitLimits
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.rotation import Weights
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.business_settings import SettingsChange
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.cover_dialog import CoverDialog
from smart4s_kiosk.ui.manager.opening_card import OpeningCard
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.routes_table import RoutesTable
from smart4s_kiosk.ui.manager.setting_rows import add_row, number
from smart4s_kiosk.ui.manager.sound_card import SoundCard
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import Words
from smart4s_kiosk.ui.wording import clock, day, listed, refusal_words

NARROW = 940
WAITS = {
    "ask_next_s": N_("Ask the next consultant after, seconds"),
    "alarm_s": N_("Alarm at reception after, seconds"),
    "manager_s": N_("Alarm to the manager after, seconds"),
    "later_s": N_('"Later" means, seconds'),
    "walked_away_s": N_("Visitor walked away after, seconds"),
}
WEIGHTS = {
    "fair_share": N_("Fair share"),
    "idle": N_("Waiting long without a guest"),
    "answer": N_("Answers late"),
    "skill": N_("Knows what the guest came for"),
    "language": N_("Speaks the guest's language"),
    "own": N_("Is the guest's own consultant"),
    "own_wait_min": N_("Keep a guest for the own consultant, minutes"),
    "own_reach": N_("…while theirs is likely over within so many times that"),
    "ahead_visits": N_("Visits ahead of the fair share, from which one steps back"),
    "colleague_min": N_("…for a colleague who is free within, minutes"),
    "rest_min": N_("…and for at most, minutes after the own last guest"),
    "ask_again_min": N_("Ask the same person again for a guest after, minutes"),
}
"""Every weight of the rule; a test compares the names."""
FIELDS = {
    "opening": N_("Opening hours"),
    "closed_days": N_("Opening hours"),
    "sound_volume": N_("Sounds at reception"),
    "sound_by_hour": N_("Sounds at reception"),
    "waits": N_("Waiting limits"),
    "weights": N_("Rotation"),
    "quote_days": N_("Quotes"),
    "discount_limits": N_("Discounts"),
    "face_enabled": N_("Face check-in"),
    "keep_licence_pictures": N_("Licence pictures"),
    "routes": N_("Test routes"),
    "deposit_fen": N_("Insurance and deposit"),
    "test_car_cover": N_("Insurance and deposit"),
    "store_name": N_("Store"),
    "brand_name": N_("Store"),
    "accent": N_("Accent colour"),
}


class SettingsPage(ManagerPage):
    """What is typed stays until it is saved; a save that is refused says why."""

    def __init__(self, stage: Stage) -> None:
        self.settings: BusinessSettings | None = None
        super().__init__(stage, _("Store rules"))

    def read(self) -> None:
        rules = self.stage.office.rules
        if self.settings is None:
            self.stage.background.ask(self, rules.current, self.show_settings, kind="rules")
        self.stage.background.ask(self, rules.history, self._show_history, kind="history")

    def show_settings(self, settings: BusinessSettings) -> None:
        """Fill every field."""
        self.settings = settings
        if self.stage.office.set_up is not None and self.stage.member.may(Permission.MANAGE_STAFF):
            again = TouchButton(_("Set up again"), "secondary", icon="settings")
            self.controls.addWidget(again.on_press(lambda: self.stage.open_page("set_up")))
        self.controls.addWidget(TouchButton(_("Save the rules"), "primary").on_press(self._save))
        columns = self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(self.look.px(16))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(self.look.px(16))
        self.sounds = SoundCard(self.look, settings.sound_volume, settings.sound_by_hour)
        left.addWidget(self._opening_card(settings))
        left.addWidget(self.sounds)
        left.addWidget(self._routes_card(settings), 1)
        right.addWidget(self._waits_card(settings))
        right.addWidget(self._sales_card(settings))
        right.addWidget(self._rotation_card(settings))
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.insertLayout(0, columns)
        self._turn_columns()

    def _turn_columns(self) -> None:
        """On a narrow screen the cards stand below each other."""
        ways, is_narrow = QBoxLayout.Direction, self.width() < self.look.px(NARROW)
        self.columns.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.settings is not None:
            self._turn_columns()

    def _opening_card(self, settings: BusinessSettings) -> OpeningCard:
        today = self.stage.clock.now().astimezone(settings.zone).date()
        self.opening = OpeningCard(self.look, settings.opening, settings.closed_days, today=today)
        self.days = self.opening.days
        return self.opening

    def _waits_card(self, settings: BusinessSettings) -> Card:
        card = Card(self.look, _("Waiting limits"))
        self.waits = {
            name: self._number(card, _(words), getattr(settings.waits, name), 15, 900) for name, words in WAITS.items()
        }
        return card

    def _sales_card(self, settings: BusinessSettings) -> Card:
        card = Card(self.look, _("Quotes, discounts, faces, licences"))
        self.quote_days = self._number(card, _("A quote is good for, days"), settings.quote_days, 1, 30)
        limits = dict(settings.discount_limits)
        self.discounts = {
            role: self._number(card, _(words), limits.get(role, 0) // 100, 0, 1_000_000)
            for role, words in (
                ("consultant", N_("A consultant may take off, yuan")),
                ("manager", N_("A manager may take off, yuan")),
            )
        }
        self.faces = QCheckBox(_("Face check-in (needs the assessment that the law asks for)"))
        self.faces.setChecked(settings.face_enabled)
        self.faces.setMinimumHeight(self.look.px(48))
        card.body.addWidget(self.faces)
        self.pictures = QCheckBox(_("Keep licence pictures sealed for 30 days"))
        self.pictures.setChecked(settings.keep_licence_pictures)
        self.pictures.setMinimumHeight(self.look.px(48))
        card.body.addWidget(self.pictures)
        card.body.addWidget(Words(_("Otherwise they are deleted right after the check"), "note", tone="ink_2"))
        return card

    def _rotation_card(self, settings: BusinessSettings) -> Card:
        card = Card(self.look, _("Rotation"))
        weights = Weights.of(settings.weights)
        self.weights: dict[str, QDoubleSpinBox] = {}
        for name, words in WEIGHTS.items():
            box = QDoubleSpinBox()
            box.setRange(0, 10_000)
            box.setDecimals(1)
            box.setValue(float(getattr(weights, name)))
            add_row(card.body, self.look, _(words), box)
            self.weights[name] = box
        return card

    def _routes_card(self, settings: BusinessSettings) -> Card:
        card = Card(self.look, _("Test routes"))
        self.routes = RoutesTable(settings.routes)
        card.body.addWidget(self.routes, 1)
        card.add_action(_("Add a route"), self.routes.add_row)
        card.add_action(_("Insurance"), self.ask_cover)
        return card

    def ask_cover(self) -> CoverDialog:
        """Insured sums and deposit; like every field, what is typed holds after the save."""
        assert self.settings is not None
        dialog = CoverDialog(self.window(), self.settings)
        dialog.add_action(_("Cancel"))
        dialog.add_action(_("Take over"), lambda: self._take_cover(dialog), kind="primary")
        dialog.open_now()
        return dialog

    def _take_cover(self, dialog: CoverDialog) -> None:
        assert self.settings is not None
        cover, deposit_fen = dialog.cover, dialog.deposit_fen
        self.settings = replace(self.settings, test_car_cover=cover, deposit_fen=deposit_fen)

    def _number(self, card: Card, words: str, value: int, least: int, most: int) -> QSpinBox:
        box = number(value, least, most)
        add_row(card.body, self.look, words, box)
        return box

    def wanted(self) -> BusinessSettings:
        """What the fields say. Raises `SettingOutOfRange`."""
        assert self.settings is not None
        before = Weights.of(self.settings.weights)
        changed = {n: box.value() for n, box in self.weights.items() if box.value() != float(getattr(before, n))}
        return replace(
            self.settings,
            opening=self.opening.opening(),
            closed_days=self.opening.closed_days(),
            sound_volume=self.sounds.usual.value(),
            sound_by_hour=self.sounds.by_hour(),
            waits=WaitLimits(**{name: box.value() for name, box in self.waits.items()}),
            quote_days=self.quote_days.value(),
            discount_limits=tuple((role, box.value() * 100) for role, box in self.discounts.items()),
            face_enabled=self.faces.isChecked(),
            keep_licence_pictures=self.pictures.isChecked(),
            weights={**self.settings.weights, **changed},
            routes=self.routes.routes(),
        )

    def _save(self) -> None:
        rules, by = self.stage.office.rules, self.stage.member.id
        try:
            wanted = self.wanted()
        except RuleBroken as refusal:  # fields are read here, on the main thread; the rules look at them once more
            self.stage.refuse(refusal_words(refusal))
            return
        self.stage.background.change(self, lambda: rules.change(wanted, by=by), self._saved)

    def _saved(self, settings: BusinessSettings) -> None:
        self.settings = settings
        self.stage.say(_("The rules hold from now on"))
        self.stage.background.ask(self, self.stage.office.rules.history, self._show_history, kind="history")

    def _show_history(self, changes: tuple[SettingsChange, ...]) -> None:
        if not hasattr(self, "history"):
            card = Card(self.look, _("Changes"))
            self.history = RecordTable(self._history_columns(), empty=_("Nothing was changed yet"))
            self.history.setMinimumHeight(self.look.px(240))
            card.body.addWidget(self.history, 1)
            self.body.addWidget(card, 1)
        self.history.show_rows(changes)

    def _history_columns(self) -> tuple[Column, ...]:
        zone = self.stage.office_zone()

        def at(change: SettingsChange) -> str:
            return f"{day(change.at.astimezone(zone).date())} {clock(change.at, str(zone))}"

        def what(change: SettingsChange) -> str:
            return listed(dict.fromkeys(_(FIELDS.get(name, N_("Other rules"))) for name in change.changed))

        return (
            Column(_("Time"), at, lambda c: c.at, width=180),
            Column(_("Who"), lambda c: c.by or "–", width=160),
            Column(_("What"), what),
        )
