"""The tablet's own waits on the real storage: a quote priced anew, published, a drive's page, today's page.

Run: python -m benchmarks.tablet [--rounds N] [--save]
On a fresh demo showroom in a temporary folder, in milliseconds.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.build_tablet import make_tablet
from smart4s_kiosk.app.settings import DataSettings, Settings, VaultSettings
from smart4s_kiosk.demo.seed import seed
from smart4s_kiosk.domain.staff import Role


def milliseconds(act: Callable[[int], object], rounds: int) -> dict[str, float]:
    """Median and 95th of so many rounds; the first is left out."""
    taken = []
    for number in range(rounds + 1):
        began = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - began) * 1000)
    ordered = sorted(taken[1:])
    return {"p50": round(statistics.median(ordered), 2), "p95": round(ordered[int(len(ordered) * 0.95)], 2)}


def measure(folder: Path, rounds: int) -> dict[str, Any]:
    """On a demo showroom in `folder`."""
    settings = replace(
        Settings(),
        data=DataSettings(folder=folder / "data"),
        vault=VaultSettings(key_folder=folder / "keys", use_keyring=False),
    )
    application = build(settings, is_demo=True)
    try:
        seed(application)
        tablet = make_tablet(application)
        me = next(m.id for m in application.services.staff.all() if m.role is Role.CONSULTANT)
        choices = tablet.quotes.begin(me, None).choices
        return {
            "rounds": rounds,
            "quote_priced_ms": milliseconds(
                lambda n: tablet.quotes.desk(choices.with_plan(1, loan_fen=1_000_000 * (1 + n % 15))), rounds
            ),
            "quote_published_ms": milliseconds(
                lambda _n: tablet.quotes.publish(tablet.quotes.next_draft(choices)), max(5, rounds // 10)
            ),
            "today_ms": milliseconds(lambda _n: tablet.day.today(me), rounds),
        }
    finally:
        application.storage.storage.close()


def main() -> int:
    return run_bar("tablet", __doc__, in_folder(measure), rounds=200)


if __name__ == "__main__":
    sys.exit(main())
