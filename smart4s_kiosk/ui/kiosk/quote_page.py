"""The quote on the customer's side: total first, each line with its kind, the subsidy apart, a code for the phone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.services.check_in_choices import QuoteLineKind, QuoteNote
from smart4s_kiosk.services.check_in_views import QuoteRow, QuoteShown
from smart4s_kiosk.ui.kiosk.consultant_card import Rule
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.theme.dress import role
from smart4s_kiosk.ui.widgets.chip import Chip
from smart4s_kiosk.ui.widgets.icon import Icon
from smart4s_kiosk.ui.widgets.qr_label import QrLabel
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import RIGHT, Words
from smart4s_kiosk.ui.wording import day, money

KINDS = {
    QuoteLineKind.CAR: N_("Car"),
    QuoteLineKind.PURCHASE_TAX: N_("Purchase tax"),
    QuoteLineKind.COMPULSORY_INSURANCE: N_("Compulsory insurance"),
    QuoteLineKind.VEHICLE_TAX: N_("Vehicle tax"),
    QuoteLineKind.COMMERCIAL_INSURANCE: N_("Commercial insurance"),
    QuoteLineKind.REGISTRATION: N_("Registration service"),
    QuoteLineKind.EXTRA: N_("Extra"),
    QuoteLineKind.SUBSIDY: N_("Subsidy you may claim"),
}
NOTES = {
    QuoteNote.NONE: "",
    QuoteNote.LIST_AND_DISCOUNT: N_("list {list}, less {discount}"),
    QuoteNote.NEV_HALF: N_("new energy, half"),
    QuoteNote.FIRST_YEAR: N_("first year"),
    QuoteNote.EXEMPT: N_("electric, exempt"),
    QuoteNote.ESTIMATE: N_("estimate, see policy"),
    QuoteNote.OPTIONAL: N_("optional"),
    QuoteNote.UNTIL_NOT_INCLUDED: N_("until {day}, not included"),
}
APART = {QuoteLineKind.CAR, QuoteLineKind.SUBSIDY}


def note_words(row: QuoteRow) -> str:
    """The remark beside a line."""
    pattern = NOTES[row.note]
    if not pattern:
        return ""
    whole = money(row.list_fen).removesuffix(".00"), money(row.discount_fen).removesuffix(".00")
    return _(pattern).format(list=whole[0], discount=whole[1], day=day(row.until) if row.until else "")


class QuotePage(KioskPage):
    """The same figures in the same order as on the phone and the sheet."""

    back_word = N_("Back")

    def __init__(self, view: QuoteShown, stage: Stage) -> None:
        super().__init__(stage)
        self._view = view
        self._shows_text_code = bool(stage.memory.get("text_code", False))
        if stage.is_portrait:
            self._portrait()
        else:
            self._landscape()

    def _portrait(self) -> None:
        column = self.root(top=36)
        head = QHBoxLayout()
        head.addWidget(Words(self._view.car, "body_l", tone="ink_2"), 1)
        head.addWidget(self._valid(), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.gap(column, 16)
        column.addLayout(self._total())
        self.gap(column, 40)
        column.addWidget(self._rows())
        self.gap(column, 40)
        column.addWidget(self._code_card())
        self.gap(column, 36)
        column.addLayout(self._numbers())
        column.addStretch(1)

    def _landscape(self) -> None:
        column = self.root(top=8, bottom=8)
        head, car = QHBoxLayout(), QVBoxLayout()
        car.setSpacing(self.px(8))
        car.addWidget(Words(self._view.car, "body_l", tone="ink_2", align=RIGHT))
        car.addWidget(self._valid(), 0, Qt.AlignmentFlag.AlignRight)
        head.addLayout(self._total(), 1)
        head.addLayout(car, 1)
        column.addLayout(head)
        self.gap(column, 16)
        cards = QHBoxLayout()
        cards.setSpacing(self.px(32))
        cards.addWidget(self._rows(), 1)
        cards.addWidget(self._code_card(), 1)
        column.addLayout(cards)
        self.gap(column, 12)
        column.addLayout(self._numbers())
        column.addStretch(1)

    def _valid(self) -> Chip:
        return Chip(_("valid until {day}").format(day=day(self._view.valid_until)))

    def _total(self) -> QHBoxLayout:
        words = Words(_("On the road"), "body_l", weight=500, wraps=False)
        unit = Words(_("yuan"), "body_l", tone="ink_2", wraps=False)
        figure = Words(money(self._view.total_fen), "figure", wraps=False)
        row = QHBoxLayout()
        row.setSpacing(self.px(18))
        for part in (words, figure, unit):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        return row

    def _rows(self) -> QFrame:
        card = role(QFrame(), "card")
        column = QVBoxLayout(card)
        pad = self.px(48)
        column.setContentsMargins(pad, self.px(20), pad, self.px(20))
        column.setSpacing(0)
        before: QuoteRow | None = None
        for row in self._view.rows:
            if before is not None and (row.kind in APART or before.kind in APART):
                self._part(column)
            column.addLayout(self._row(row))
            before = row
        self._part(column)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, self.px(6), 0, 0)
        foot.setSpacing(self.px(16))
        foot.addWidget(Icon("shield_check", 36))
        foot.addWidget(Words(_("What is not listed is not charged"), "note", weight=500), 1)
        column.addLayout(foot)
        return card

    def _part(self, column: QVBoxLayout) -> None:
        self.gap(column, 12 if self.stage.is_portrait else 7)
        column.addWidget(Rule())
        self.gap(column, 12 if self.stage.is_portrait else 7)

    def _row(self, row: QuoteRow) -> QHBoxLayout:
        strong = row.kind is QuoteLineKind.CAR
        line = QHBoxLayout()
        space = self.px(5 if self.stage.is_portrait else 1)
        line.setContentsMargins(0, space, 0, space)
        line.setSpacing(self.px(16))
        name = row.name or _(KINDS[row.kind])
        usual = "body" if self.stage.is_portrait and language() == "zh_CN" else "note"
        line.addWidget(Words(name, usual if not strong else "body_l", tone="ink" if strong else "ink_2", wraps=False))
        line.addWidget(Words(note_words(row), "caption", tone="ink_3"), 1, Qt.AlignmentFlag.AlignVCenter)
        style, weight = ("body_l", 500) if strong else (usual, 400)
        line.addWidget(Words(money(row.amount_fen), style, weight=weight, wraps=False, align=RIGHT))
        return line

    def _code_card(self) -> QFrame:
        view = self._view
        card = role(QFrame(), "card")
        row = QHBoxLayout(card)
        pad = self.px(24)
        row.setContentsMargins(pad, pad, self.px(40), pad)
        row.setSpacing(self.px(28))
        matrix = view.text_code if self._shows_text_code else view.code
        side = self.px(470)
        row.addWidget(QrLabel(matrix, side=side, least=max(3, self.px(5))))
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(Words(_("Take this\nquote along"), "heading"))
        self.gap(words, 20)
        hint = (
            _("The figures are in the code as text")
            if self._shows_text_code
            else _("The quote is in the code itself; it opens without our network")
        )
        words.addWidget(Words(hint, "note", tone="ink_2"))
        self.gap(words, 12)
        if view.text_code:
            link = _("Online version") if self._shows_text_code else _("No network?")
            button = TouchButton(link, "link", icon_after="chevron_right", style="note", height=80).on_press(self._swap)
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if view.site:
            words.addWidget(Words(view.site, "caption", tone="ink_3"))
        words.addStretch(1)
        row.addLayout(words, 1)
        return card

    def _swap(self) -> None:
        self.stage.memory["text_code"] = not self._shows_text_code
        self.stage.show(self._view)

    def _numbers(self) -> QHBoxLayout:
        view = self._view
        number = _("Quote {number} v{version}").format(number=view.number, version=view.version)
        code = _("{name} · check code {code}").format(name=view.consultant, code=view.check_code)
        row = QHBoxLayout()
        row.addWidget(Words(number, "caption", tone="ink_2"), 1)
        row.addWidget(Words(code, "caption", tone="ink_2", align=RIGHT), 1)
        return row
