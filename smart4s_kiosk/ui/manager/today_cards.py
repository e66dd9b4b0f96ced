"""Funnel, gap, arrivals and consultants of the manager's first page, and their tables."""

from collections.abc import Callable

from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.report_views import ConsultantLine, HourLine, ListKind, Report
from smart4s_kiosk.ui.manager.card import Card
from smart4s_kiosk.ui.manager.figures_row import hours_words, percent, seconds
from smart4s_kiosk.ui.manager.hour_chart import HourBar, HourChart
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.funnel import Funnel, FunnelStage
from smart4s_kiosk.ui.widgets.record_table import Column, RecordTable
from smart4s_kiosk.ui.widgets.words import Words

STAGES = {
    ListKind.ARRIVED: N_("Arrived"),
    ListKind.RECEIVED: N_("Received"),
    ListKind.DROVE: N_("Test drive"),
    ListKind.QUOTED: N_("Quote"),
    ListKind.ORDERED: N_("Order deposit"),
}
LISTS = {
    ListKind.IN_SHOP: N_("In the showroom"),
    ListKind.WAITED: N_("Waiting times"),
    **STAGES,
}


class FunnelCard(Card):
    """A press on a stage opens its list."""

    def __init__(self, look: Look, open_list: Callable[[ListKind], None]) -> None:
        super().__init__(look, _("From arrival to deposit"), _("press a stage for its list"))
        self._open = open_list
        self._kinds: tuple[ListKind, ...] = ()
        self.funnel = Funnel()
        self.funnel.stage_pressed.connect(self._press)
        self.funnel.setMinimumHeight(look.px(190))
        self.body.addWidget(self.funnel, 1)

    def show_report(self, report: Report) -> None:
        self._kinds = tuple(line.kind for line in report.funnel)
        self.funnel.show_stages(
            tuple(
                FunnelStage(_(STAGES[line.kind]), line.count, percent(line.rate) if line.rate is not None else "")
                for line in report.funnel
            )
        )

    def _press(self, number: int) -> None:
        self._open(self._kinds[number])


class GapCard(Card):
    """Through the door less registered, by hour."""

    def __init__(self, look: Look, open_table: Callable[[], object]) -> None:
        super().__init__(look, _("Not met"), _("by hour: came in less registered"))
        self.sum = Words("", "note", tone="ink_2", wraps=False)
        self.head.addWidget(self.sum)
        self.add_action(_("Table of the door"), open_table)
        self.chart = HourChart("warn_fill", "warn")
        self.chart.setMinimumHeight(look.px(110))
        self.body.addWidget(self.chart, 1)

    def show_report(self, report: Report, now: float | None) -> None:
        f = report.figures
        known = _("{came} − {registered} = {n}").format(came=f.came_in, registered=f.registered_counted, n=f.unmet)
        self.sum.set_text(known if f.came_in is not None else "")
        bars = tuple(HourBar(h.hour, h.unmet, h.is_partly_unknown) for h in report.hours)
        self.chart.show_bars(bars, now=now)


class ArrivalsCard(Card):
    """Visits by hour beside what is usual on this weekday."""

    def __init__(self, look: Look, open_table: Callable[[], object]) -> None:
        super().__init__(look, _("Arrivals"), _("by hour · dashed: usual"))
        self.add_action(_("Table of hours"), open_table)
        self.chart = HourChart()
        self.chart.setMinimumHeight(look.px(150))
        self.body.addWidget(self.chart, 1)
        self.unknown = Words("", "caption", tone="ink_2")
        self.body.addWidget(self.unknown)

    def show_report(self, report: Report, now: float | None, now_words: str) -> None:
        bars = tuple(
            HourBar(
                h.hour,
                None if h.is_future else h.visits,
                usual=h.expected,
                low=h.expected_low,
                high=h.expected_high,
            )
            for h in report.hours
        )
        self.chart.show_bars(bars, now=now, now_words=now_words)
        unknown = [h.hour for h in report.hours if h.is_partly_unknown]
        words = _("Door count unknown at {hours} o'clock, not zero").format(hours=hours_words(unknown))
        self.unknown.set_text(words if unknown and report.counts_traffic else "")


def rating(line: ConsultantLine) -> str:
    """Tenths as people write them; a dash before there are five scores."""
    return "–" if line.rating is None else f"{line.rating // 10}.{line.rating % 10}"


def consultant_columns(*, is_whole: bool) -> tuple[Column, ...]:
    """Answer, drives, conversion, rating; the whole table has visits and quotes too."""
    more = (
        Column(_("Visits"), lambda c: str(c.visits), lambda c: c.visits, is_figure=True, width=110),
        Column(_("Quotes"), lambda c: str(c.quotes), lambda c: c.quotes, is_figure=True, width=110),
        Column(_("Quote rate"), lambda c: percent(c.quote_rate), lambda c: c.quote_rate, is_figure=True, width=120),
    )
    return (
        *_consultant_columns(),
        *(more if is_whole else ()),
    )


def _consultant_columns() -> tuple[Column, ...]:
    return (
        Column(_("Consultant"), lambda c: c.name),
        Column(
            _("Answer"),
            lambda c: seconds(c.answer_s),
            lambda c: c.answer_s,
            is_figure=True,
            tone=lambda c: "warn" if c.is_slow else "ink",
            width=76,
        ),
        Column(_("Drives"), lambda c: str(c.drives), lambda c: c.drives, is_figure=True, width=70, drop=2),
        Column(_("Drive rate"), lambda c: percent(c.drive_rate), lambda c: c.drive_rate, is_figure=True, width=92),
        Column(_("Rating"), rating, lambda c: c.rating, is_figure=True, width=70, drop=1),
    )


def hour_columns() -> tuple[Column, ...]:
    """The table of both charts."""

    def unknown(value: int | None) -> str:
        return _("unknown") if value is None else str(value)

    def usual(line: HourLine) -> str:
        return "–" if line.expected is None else f"{line.expected:.1f}"

    return (
        Column(_("Hour"), lambda h: f"{h.hour}:00", lambda h: h.hour),
        Column(_("Visits"), lambda h: str(h.visits), lambda h: h.visits, is_figure=True, width=120),
        Column(_("Usual"), usual, lambda h: h.expected, is_figure=True, width=120),
        Column(_("People registered"), lambda h: str(h.people), lambda h: h.people, is_figure=True, width=180),
        Column(_("Came in"), lambda h: unknown(h.came_in), lambda h: h.came_in, is_figure=True, width=140),
        Column(_("Not met"), lambda h: unknown(h.unmet), lambda h: h.unmet, is_figure=True, width=140),
        Column(_("Count"), lambda h: _("incomplete") if h.is_partly_unknown else _("complete"), width=140),
    )


class ConsultantsCard(Card):
    """Everybody who receives guests."""

    def __init__(self, look: Look, open_table: Callable[[], object]) -> None:
        super().__init__(look, _("Consultants"))
        self.add_action(_("Whole table"), open_table)
        self.table = RecordTable(consultant_columns(is_whole=False), empty=_("No consultants yet"))
        self.table.setMinimumHeight(look.px(180))
        self.body.addWidget(self.table, 1)

    def show_report(self, report: Report) -> None:
        self.table.show_rows(report.consultants)
