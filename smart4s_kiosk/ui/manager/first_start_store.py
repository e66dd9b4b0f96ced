"""First start: language and way in; then names, logo, accent with live preview, time zone."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPlainTextEdit

from smart4s_kiosk.domain.business_settings import BusinessSettings
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.first_start import LARGEST_LOGO, Progress, StoreFacts, time_zones
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.first_start_page import FirstStartPage
from smart4s_kiosk.ui.theme.dress import dress
from smart4s_kiosk.ui.theme.tokens import Brand
from smart4s_kiosk.ui.widgets.brand_mark import BrandMark
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.chosen_file import read_chosen
from smart4s_kiosk.ui.widgets.flow_row import FlowRow
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.typing_dialog import Writes, with_pad
from smart4s_kiosk.ui.widgets.words import Words

ACCENTS = ("#2348A8", "#9B1C2E", "#8C6A1A", "#1F6B52", "#5B3E96", "#23262D", "#1B6FA8")


class LanguagePage(FirstStartPage):
    """The first page: language, then a new store or the way back from a recovery sheet."""

    language_chosen = Signal(str)

    def build(self) -> None:
        languages = QHBoxLayout()
        for language, word in (("zh_CN", "中文"), ("en", "English")):
            is_chosen = self.first_start.language == language
            button = TouchButton(word, "chip_chosen" if is_chosen else "chip", height=44)
            button.on_press(partial(self.language_chosen.emit, language))
            languages.addWidget(button)
        languages.addStretch(1)
        self.body.addLayout(languages)
        if self.progress.has_store:
            self.say(_("This machine has its store already; the steps on the left can be done again in any order"))
            self.button(TouchButton(_("Go on"), "primary").on_press(self.save))
            return
        self.say(_("Keys and records are made here and stay here."))
        self.button(TouchButton(_("Start a new store"), "primary").on_press(self._begin))
        self.say(_("A further terminal or a replaced machine: type the twelve words of the recovery sheet"))
        self.sheet = with_pad(QPlainTextEdit(), _("Words of the recovery sheet"), Writes.PLAIN)
        self.sheet.setMaximumHeight(self.look.px(130))
        self.body.addWidget(self.sheet)
        self.button(TouchButton(_("Bring the store back"), "secondary").on_press(self._restore))

    def _begin(self) -> None:
        self.change(self.first_start.begin)

    def _restore(self) -> None:
        typed = self.sheet.toPlainText()
        self.change(lambda: self.first_start.restore(typed))


class StorePage(FirstStartPage):
    """How the store presents itself; the preview follows every key."""

    def build(self) -> None:
        self.next_word = _("Save the store")
        facts = self.progress.store
        self._logo: Path | None = None
        form = self.form()
        self.brand = self.field(form, _("Brand"), facts.brand, _("as guests know it"))
        self.name = self.field(form, _("Name of the store"), facts.name)
        self.company = self.field(form, _("Registered company"), facts.company, _("stands on agreements"))
        colour = facts.accent or BusinessSettings().accent
        self.accent = self.field(form, _("Accent colour"), colour, writes=Writes.PLAIN)
        form.addRow(Words("", "body"), self._colours())
        self.zone = QComboBox()
        self.zone.setAccessibleName(_("Time zone"))
        self.zone.addItems(time_zones())
        self.zone.setCurrentText(facts.time_zone)
        self.zone.setMaximumWidth(self.look.px(520))
        form.addRow(Words(_("Time zone"), "body", wraps=False), self.zone)
        logo = QHBoxLayout()
        logo.addWidget(TouchButton(_("Choose a logo"), "secondary", icon="upload").on_press(self._ask_logo))
        self._logo_words = Words(_("SVG of one colour; without one a drawn mark stands there"), "caption", tone="ink_2")
        logo.addWidget(self._logo_words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(logo)
        self.preview = Card(self.look, _("Preview"))
        self.body.addWidget(self.preview)
        self._fill_preview()
        for line in (self.brand, self.name, self.accent):
            line.textChanged.connect(self._show_preview)
        self._show_preview()

    def _colours(self) -> FlowRow:
        chips = [TouchButton(colour, "chip", height=36) for colour in ACCENTS]
        for chip, colour in zip(chips, ACCENTS, strict=True):
            chip.on_press(partial(self.accent.setText, colour))
        return FlowRow(chips, gap=8)

    def _fill_preview(self) -> None:
        head = QHBoxLayout()
        head.addWidget(BrandMark(40))
        self._shown_brand = Words("", "title", wraps=False)
        self._shown_name = Words("", "body", tone="ink_2", wraps=False)
        head.addWidget(self._shown_brand)
        head.addWidget(self._shown_name)
        head.addStretch(1)
        self.preview.body.addLayout(head)
        row = QHBoxLayout()
        row.addWidget(TouchButton(_("Check in"), "primary"))
        row.addWidget(Chip(_("Your consultant"), "accent"))
        row.addWidget(Words(_("A link looks like this"), "body", tone="accent", wraps=False))
        row.addStretch(1)
        self.preview.body.addLayout(row)

    def _show_preview(self) -> None:
        self._shown_brand.set_text(self.brand.text() or _("Brand"))
        self._shown_name.set_text(self.name.text() or _("Name of the store"))
        is_colour = QColor.isValidColorName(self.accent.text()) and len(self.accent.text()) == 7
        if is_colour:
            brand = Brand(self.brand.text(), self.name.text(), self.accent.text().upper())
            tokens = self.look.tokens.for_brand(brand)
            dress(self.preview, type(self.look)(theme=self.look.theme, density=self.look.density, tokens=tokens))

    def _ask_logo(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a logo"), "", "SVG (*.svg)")
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, place: Path) -> None:
        """This file; it is read and checked when the store is saved."""
        self._logo = place
        self._logo_words.set_text(place.name)

    def save(self) -> None:
        facts = StoreFacts(
            brand=self.brand.text(),
            name=self.name.text(),
            company=self.company.text(),
            accent=self.accent.text(),
            time_zone=self.zone.currentText(),
        )
        place = self._logo

        def save() -> Progress:
            logo = None if place is None else read_chosen(place, LARGEST_LOGO)
            return self.first_start.save_store(facts, logo=logo)

        self.change(save)
