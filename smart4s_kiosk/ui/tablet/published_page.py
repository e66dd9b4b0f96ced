"""The published quote turned to the customer: total, code large enough for an arm's length, the sheet beside it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.tablet_quotes import QuoteChoices
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.parts import card, row, wide
from smart4s_kiosk.ui.tablet.places import PublishedPlace, QuotePlace, TodayPlace
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.widgets.pdf_preview import PdfPreview
from smart4s_kiosk.ui.widgets.qr_label import QrLabel
from smart4s_kiosk.ui.widgets.segmented import Segmented
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from smart4s_kiosk.ui.widgets.words import CENTRE, Words
from smart4s_kiosk.ui.wording import day, joined, money

PREVIEW_PX = 900


class PublishedPage(TabletPage):
    """The kiosk shows the same figures."""

    section = "quotes"

    def __init__(self, stage: Stage, place: PublishedPlace) -> None:
        super().__init__(stage)
        self._place = place
        self._has_read = False
        shown = place.shown
        line = self.columns()
        self.paper = PdfPreview()
        line.addWidget(self.paper, 6)
        right = QVBoxLayout()
        right.setSpacing(self.px(12))
        frame, column = card(self.look_, gap=8)
        column.addWidget(Words(shown.car, "body_l", tone="ink_2", align=CENTRE))
        column.addWidget(Words(money(shown.total_fen), "display", align=CENTRE))
        self._ways = Segmented(((_("Online version"), ""), (_("No network: text"), "")))
        self._ways.chosen.connect(self._show_code)
        self._ways.setVisible(bool(shown.text_code))
        column.addWidget(self._ways)
        self.code = QrLabel(shown.code, side=self.px(372), least=3)
        column.addWidget(self.code, 0, CENTRE)
        self._hint = Words("", "note", tone="ink_2", align=CENTRE)
        column.addWidget(self._hint)
        right.addWidget(frame)
        numbers = _("Quote {number} v{version}").format(number=shown.number, version=shown.version)
        until = _("valid until {day}").format(day=day(shown.valid_until))
        code = _("check code {code}").format(code=shown.check_code)
        right.addWidget(Words(joined(numbers, until, code), "note", tone="ink_2", align=CENTRE))
        right.addStretch(1)
        again = TouchButton(_("Change it, next version"), "secondary", height=64).on_press(self._change)
        done = wide(TouchButton(_("Done"), "primary", height=64).on_press(lambda: stage.open(TodayPlace())))
        self.print = self.print_button(lambda: stage.tablet.printing.print_quote(shown.quote_id))
        right.addLayout(row(self.look_, *filter(None, (again, self.print)), done))
        line.addLayout(right, 5)
        self._show_code(0)

    def title(self) -> str:
        return _("For the customer")

    def can_go_back(self) -> bool:
        return True

    def back(self) -> None:
        self._change()

    def bar_parts(self) -> list[QWidget]:
        return []

    def read(self) -> None:
        if self._has_read:
            return
        self._has_read = True
        quotes, quote_id = self.stage.tablet.quotes, self._place.shown.quote_id
        self.ask(lambda: quotes.sheet_pages(quote_id, PREVIEW_PX), self.paper.show_pages, kind="sheet")

    def _show_code(self, number: int) -> None:
        shown = self._place.shown
        self.code.show_matrix(shown.text_code if number else shown.code)
        hint = (
            _("The figures are in the code as text")
            if number
            else _("The quote is in the code itself; it opens without our network")
        )
        self._hint.set_text(hint)

    def _change(self) -> None:
        quotes, choices = self.stage.tablet.quotes, self._place.choices
        self.ask(lambda: quotes.next_draft(choices), self._go_on, kind="next")

    def _go_on(self, choices: QuoteChoices) -> None:
        visit_id: VisitId | None = choices.visit_id
        self.stage.open(QuotePlace(visit_id, choices))
