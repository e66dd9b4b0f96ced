"""The manager's first page: a year's figures in 300 ms or less, the first paint in one second or less.

Run: python -m benchmarks.manager [--visits N] [--save]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.foot_traffic import FloorCounts, hour_of
from smart4s_kiosk.services.report_views import Period
from smart4s_kiosk.services.reports import Reports
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, migrate, open_storage
from tests.builders import a_member, open_all_week
from tests.manager_day import CONSULTANTS, PLAN, a_served_visit, keep
from tests.showroom_databases import Listener


def main() -> int:
    prepare()
    return run_bar("manager", __doc__, in_folder(measure), visits=60, days=365)


def measure(folder: Path, visits: int, days: int) -> dict[str, Any]:
    """Milliseconds on an encrypted database that holds so many visits on each of so many days."""
    clock = SystemClock()
    place = DatabasePlace(url=None, file=folder / "showroom.db", key=bytes(32))
    migrate(place, backups=folder / "backups", clock=clock)
    opened = open_storage(place, announcer=Listener(), clock=clock)
    try:
        fill(opened, visits, days)
        reports = Reports(storage=opened.storage, clock=clock, plan=lambda: PLAN)
        times = {f"figures_{period.value}_ms": _milliseconds(lambda p=period: reports.read(p)) for period in Period}
        times["figures_year_processor_ms"] = _milliseconds(lambda: reports.read(Period.YEAR), time.process_time)
        times["heat_today_ms"] = _milliseconds(reports.heat)
        times["heat_month_ms"] = _milliseconds(lambda: reports.heat(Period.MONTH))
        paint = first_paint_ms(reports)
    finally:
        opened.storage.close()
    return {"visits": visits * days, **times, "first_paint_ms": paint}


def fill(opened: OpenStorage, a_day: int, days: int) -> None:
    """Visits and counted hours, day by day."""
    now = SystemClock().now()
    with opened.storage.begin() as work:
        work.settings.put(open_all_week(), by=None, at=now)
        for name in CONSULTANTS:
            work.staff.add(a_member(name))
    for day in range(days):
        morning = now - timedelta(days=day, hours=8)
        with opened.storage.begin() as work:
            for n in range(a_day):
                visit = a_served_visit(n, morning + timedelta(minutes=n * 7), CONSULTANTS[n % 4], 20 + n)
                keep(work, replace(visit, id=type(visit.id)(f"{visit.id}-{day}")))
            for hour in range(9):
                cells = {(c, r): float(c + r) for c in range(PLAN.columns) for r in range(PLAN.rows)}
                at = hour_of(morning + timedelta(hours=hour))
                work.foot_traffic.add(FloorCounts("floor", at, came_in=7, cells=cells if day < 31 else {}))


def prepare() -> None:
    """The application and its style, once a process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from smart4s_kiosk.ui.theme.dress import prepare_application

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    prepare_application(application)


def first_paint_ms(reports: Reports) -> float:
    """From asking for the page to its picture with figures."""
    from PySide6.QtTest import QTest

    from smart4s_kiosk.ui.announcements import Announcements
    from smart4s_kiosk.ui.background import Background
    from smart4s_kiosk.ui.manager.today_page import TodayPage
    from smart4s_kiosk.ui.manager.window import ManagerWindow
    from smart4s_kiosk.ui.theme.look import Look
    from tests.manager_day import a_filled_showroom, an_office, manager_services

    showroom, background = a_filled_showroom(), Background()
    window = ManagerWindow(
        services=manager_services(showroom, reports=reports),
        background=background,
        announcements=Announcements(),
        clock=showroom.clock,
        look=Look(density="desk"),
        office=an_office(showroom),
    )
    window.show()
    member = showroom.staff.all()[0]
    began = time.perf_counter()
    window.enter(member)
    while not (isinstance(window.page, TodayPage) and window.page.report is not None):
        QTest.qWait(1)
    window.grab()
    took = (time.perf_counter() - began) * 1000
    background.stop(2.0)
    window.close()
    return round(took, 1)


def _milliseconds(question: Any, clock: Callable[[], float] = time.perf_counter) -> float:
    """The middle one of five; with `time.process_time`, what it costs when nobody else uses the machine."""
    times = []
    for _ in range(5):
        began = clock()
        question()
        times.append((clock() - began) * 1000)
    return round(statistics.median(times), 1)


if __name__ == "__main__":
    sys.exit(main())
