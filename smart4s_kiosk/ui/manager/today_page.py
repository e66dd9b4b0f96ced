"""The manager's first page: tiles, plan with heat, funnel, gap, arrivals, consultants, what needs a decision."""

from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.report_views import Concern, ConcernKind, Heat, ListKind, Period, Report, VisitLine
from smart4s_kiosk.ui.manager.card_grid import CardGrid
from smart4s_kiosk.ui.manager.concerns_card import ConcernsCard, concern_columns
from smart4s_kiosk.ui.manager.figures_row import FiguresRow, seconds
from smart4s_kiosk.ui.manager.heat_card import HeatCard
from smart4s_kiosk.ui.manager.list_sheet import ListSheet
from smart4s_kiosk.ui.manager.page import ManagerPage
from smart4s_kiosk.ui.manager.stage import Stage
from smart4s_kiosk.ui.manager.today_cards import (
    LISTS,
    ArrivalsCard,
    ConsultantsCard,
    FunnelCard,
    GapCard,
    consultant_columns,
    hour_columns,
)
from smart4s_kiosk.ui.widgets.record_table import Column
from smart4s_kiosk.ui.wording import clock, day, joined, on_day, words

PERIODS = {
    Period.TODAY: N_("Today"),
    Period.YESTERDAY: N_("Yesterday"),
    Period.WEEK: N_("7 days"),
    Period.MONTH: N_("30 days"),
    Period.YEAR: N_("One year"),
}
CHANGES = ("visits", "agreements", "quotes", "feedback", "foot_traffic", "keys", "staff", "business_settings")


class TodayPage(ManagerPage):
    """Reads again whenever something changed; what is on screen stays until the newer figures are there."""

    def __init__(self, stage: Stage) -> None:
        self.period = Period.TODAY
        self.report: Report | None = None
        super().__init__(stage, _("Today"))

    def read(self) -> None:
        """Make the cards at the first call; then ask for figures and heat."""
        if self.body.count() == 0:
            self._build()
        reports, period = self.stage.services.reports, self.period
        low, high = self.heat.range.chosen
        self.stage.background.ask(self, lambda: reports.read(period), self.show_report, kind="report")
        ask_heat = lambda: reports.heat(period, from_hour=low, until_hour=high)  # noqa: E731 - one question, used once
        self.stage.background.ask(self, ask_heat, self.show_heat, kind="heat")

    def _build(self) -> None:
        look = self.look
        self.periods = QComboBox()
        self.periods.setAccessibleName(_("Which days"))
        self.periods.addItems([_(name) for name in PERIODS.values()])
        self.periods.currentIndexChanged.connect(self._choose_period)
        self.stores = QComboBox()
        self.stores.setAccessibleName(_("Which store"))
        self.stores.addItem(_("This store"))
        self.controls.addWidget(self.periods)
        self.controls.addWidget(self.stores)
        self.figures = FiguresRow(look, self.open_list, self.open_hours)
        self.body.addWidget(self.figures)
        self.heat = HeatCard(look, self._open_zones)
        self.heat.asked.connect(lambda _low, _high: self._read_heat())
        self.funnel = FunnelCard(look, self.open_list)
        self.gap = GapCard(look, self.open_hours)
        self.arrivals = ArrivalsCard(look, self.open_hours)
        self.consultants = ConsultantsCard(look, self._open_consultants)
        self.concerns = ConcernsCard(look, self._act_on, self._open_concerns)
        self.body.addWidget(CardGrid(look, page_parts(self)[1:]), 1)

    # showing

    def show_report(self, report: Report) -> None:
        """The newest figures."""
        self.report = report
        self.note.set_text(joined(self._days(report), report.store))
        zone = str(report.span.start.tzinfo)
        local = report.now.astimezone(report.span.start.tzinfo)
        is_today = report.period is Period.TODAY
        now = local.hour + local.minute / 60 if is_today else None
        self.figures.show_report(report)
        self.heat.show_hours(report.hours)
        self.funnel.show_report(report)
        self.gap.show_report(report, now)
        self.arrivals.show_report(report, now, _("now {at}").format(at=clock(report.now, zone)) if is_today else "")
        self.consultants.show_report(report)
        self.concerns.show_report(report, zone)

    def show_heat(self, heat: Heat) -> None:
        """Another heat."""
        self.heat.show_heat(heat)

    def _days(self, report: Report) -> str:
        first, last = report.span.first, report.span.last
        if first == last:
            return on_day(first)
        return _("{a} to {b}").format(a=self._long_day(first, last), b=self._long_day(last, last))

    def _long_day(self, on: date, other: date) -> str:
        return day(on) if on.year == other.year else f"{on.year}-{on.month:02d}-{on.day:02d}"

    def _choose_period(self, number: int) -> None:
        self.period = list(PERIODS)[number]
        self.title.set_text(_(PERIODS[self.period]))
        self.read()

    def _read_heat(self) -> None:
        reports, period, (low, high) = self.stage.services.reports, self.period, self.heat.range.chosen
        self.stage.background.ask(
            self, lambda: reports.heat(period, from_hour=low, until_hour=high), self.show_heat, kind="heat"
        )

    # lists

    def open_list(self, kind: ListKind) -> None:
        """The visits behind a tile or a stage."""
        sheet = self._sheet(joined(_(LISTS[kind]), _(PERIODS[self.period])), visit_columns(self._zone()))
        reports, period = self.stage.services.reports, self.period
        self.stage.background.ask(sheet, lambda: reports.visits(kind, period), sheet.show_rows, kind="list")

    def open_hours(self) -> None:
        """The table of both charts."""
        sheet = self._sheet(_("Arrivals and door by hour"), hour_columns())
        sheet.show_rows(self.report.hours if self.report else ())

    def _open_consultants(self) -> None:
        sheet = self._sheet(_("Consultants"), consultant_columns(is_whole=True))
        sheet.show_rows(self.report.consultants if self.report else ())

    def _open_zones(self) -> None:
        heat = self.heat.heat
        sheet = self._sheet(_("Stays by zone"), zone_columns())
        sheet.show_rows(heat.zones if heat else ())

    def _open_concerns(self) -> None:
        sheet = self._sheet(_("Needs you"), concern_columns(self._zone()))
        sheet.show_rows(self.report.concerns if self.report else ())

    def _act_on(self, concern: Concern) -> None:
        if concern.kind is ConcernKind.MESSAGE_PARKED:
            self.stage.open_page("sync")
            return
        self._open_concerns()

    def _sheet(self, title: str, columns: tuple[Column, ...]) -> ListSheet:
        sheet = ListSheet(self.window(), title, columns)
        sheet.open_now()
        return sheet

    def _zone(self) -> str:
        return str(self.report.span.start.tzinfo) if self.report else "Asia/Shanghai"


def visit_columns(zone: str) -> tuple[Column, ...]:
    """One line a visit; names are masked as everywhere."""

    def name(line: VisitLine) -> str:
        return line.name or line.label

    return (
        Column(_("Time"), lambda v: f"{day(v.at.date())} {clock(v.at, zone)}", lambda v: v.at, width=150),
        Column(_("Guest"), name),
        Column(_("Purpose"), lambda v: words(v.purpose) if v.purpose else "–", width=130),
        Column(_("Party"), lambda v: str(v.party_size), lambda v: v.party_size, is_figure=True, width=80),
        Column(_("Consultant"), lambda v: v.consultant or "–", width=130),
        Column(_("Waited"), lambda v: seconds(v.waited_s), lambda v: v.waited_s, is_figure=True, width=90),
        Column(_("State"), lambda v: words(v.outcome or v.state), width=180),
    )


def zone_columns() -> tuple[Column, ...]:
    """The heat as a table."""
    return (
        Column(_("Zone"), lambda z: z.id),
        Column(_("Entries"), lambda z: str(z.entries), lambda z: z.entries, is_figure=True, width=160),
        Column(
            _("Mean stay, minutes"),
            lambda z: "–" if z.minutes is None else f"{z.minutes:.1f}",
            lambda z: z.minutes,
            is_figure=True,
            width=220,
        ),
    )


def page_parts(page: TodayPage) -> tuple[QWidget, ...]:
    """The cards, for tests and pictures."""
    return page.figures, page.heat, page.funnel, page.gap, page.arrivals, page.consultants, page.concerns
