"""The four tiles of the manager's first page."""

from collections.abc import Callable, Sequence

from smart4s_kiosk.i18n import _, counted
from smart4s_kiosk.services.report_views import ListKind, Period, Report
from smart4s_kiosk.ui.manager.tile_row import TileRow
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.tile import Tile
from smart4s_kiosk.ui.wording import listed, minutes_seconds, people_unit, weekday

UNKNOWN = "–"


def percent(share: float | None) -> str:
    """37%; a dash where nothing is known."""
    return UNKNOWN if share is None else f"{round(100 * share)}%"


def seconds(value: int | None) -> str:
    """0:38; a dash where nothing is known."""
    return UNKNOWN if value is None else minutes_seconds(value)


def hours_words(hours: Sequence[int]) -> str:
    """9、13–15: hours that follow each other are one span."""
    spans: list[list[int]] = []
    for hour in hours:
        if spans and hour == spans[-1][1] + 1:
            spans[-1][1] = hour
        else:
            spans.append([hour, hour])
    return listed(str(a) if a == b else f"{a}–{b}" for a, b in spans)


class FiguresRow(TileRow):
    """Each tile opens its list."""

    def __init__(self, look: Look, open_list: Callable[[ListKind], None], open_gap: Callable[[], None]) -> None:
        self.in_shop = Tile(_("In the showroom"))
        self.waiting = Tile(_("Waiting time, median"))
        self.gap = Tile(_("Came in, not registered"))
        self.drives = Tile(_("Test-drive rate"))
        super().__init__(look, (self.in_shop, self.waiting, self.gap, self.drives))
        self.in_shop.pressed_once.connect(lambda: open_list(ListKind.IN_SHOP))
        self.waiting.pressed_once.connect(lambda: open_list(ListKind.WAITED))
        self.gap.pressed_once.connect(open_gap)
        self.drives.pressed_once.connect(lambda: open_list(ListKind.DROVE))

    def show_report(self, report: Report) -> None:
        """The newest figures."""
        f = report.figures
        before = _("Last {day} at this time {n}").format(day=weekday(report.span.first), n=f.in_shop_week_ago)
        registered = counted(f.registered, _("1 person registered"), _("{n} people registered"))
        self.in_shop.show_figure(
            str(f.in_shop),
            people_unit(f.in_shop),
            before if report.period is Period.TODAY else registered,
            trend=f.in_shop_trend,
        )
        self.waiting.show_figure(
            seconds(f.wait_p50_s),
            f"p95 {seconds(f.wait_p95_s)}",
            _("Goal: within {time}").format(time=minutes_seconds(f.wait_goal_s)),
            tone="warn" if f.wait_p95_s is not None and f.wait_p95_s > f.wait_goal_s else "ink_2",
            trend=f.wait_trend,
        )
        self._show_gap(report)
        scored = (
            _("Recommendation {value} of {n}").format(value=f.recommend, n=f.scores)
            if f.recommend is not None
            else _("No answers to the question yet")
        )
        self.drives.show_figure(
            percent(f.drive_rate),
            _("{drives} of {received}").format(drives=f.drives, received=f.received),
            scored,
            trend=f.drive_trend,
        )

    def _show_gap(self, report: Report) -> None:
        f = report.figures
        if f.came_in is None:
            self.gap.show_figure(UNKNOWN, "", _("No camera counts at the door"))
            return
        words = _("In {came}, registered {registered}").format(came=f.came_in, registered=f.registered_counted)
        if f.unmet_this_hour:
            words += _("; now {n}").format(n=f.unmet_this_hour)
        self.gap.show_figure(
            str(f.unmet),
            people_unit(f.unmet),
            words,
            tone="warn" if f.unmet_this_hour else "ink_2",
            trend=f.unmet_trend,
        )
