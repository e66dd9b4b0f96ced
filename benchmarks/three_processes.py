"""How soon a check-in on the kiosk is on the reception's and the tablet's board, and how soon a courier is replaced.

Three real processes on one database. Goals: reception p95 ≤ 300 ms, tablet ≤ 1 s, the courier's lease moves in ≤ 15 s,
and kill -9 disturbs nobody. Run: python -m benchmarks.three_processes [--check-ins N] [--save]
"""

import sys
import threading
import time
from typing import Any

from benchmarks.bar import on_both, run_bar
from benchmarks.databases import percentile
from smart4s_kiosk.storage.open import DatabasePlace
from smart4s_kiosk.sync.courier_lease import LEASE_S
from tests.end_to_end.terminals import Terminal, three_terminals

KILLS = 3


def main() -> int:
    return run_bar("three_processes", __doc__, on_both(measure), check_ins=200)


def measure(place: DatabasePlace, check_ins: int) -> dict[str, Any]:
    """Milliseconds from before the kiosk's commit until the others have read the visit again."""
    pause = threading.Event()
    commit, reception_ms, tablet_ms = [], [], []
    with three_terminals(place) as (kiosk, reception, tablet):
        for number in range(check_ins):
            visit_id = f"guest-{number}"
            made = kiosk.check_in(visit_id)
            commit.append((made["at"] - made["began"]) * 1000)
            reception_ms.append((reception.waits_until_shown(visit_id)["at"] - made["began"]) * 1000)
            tablet_ms.append((tablet.waits_until_shown(visit_id)["at"] - made["began"]) * 1000)
            pause.wait(0.017 * (number % 7))  # not in step with the others' polling
    moved = [replace_courier(place, number) for number in range(KILLS)]
    return {
        "check_ins": check_ins,
        "commit_ms": both_ends(commit),
        "reception_ms": both_ends(reception_ms),
        "tablet_ms": both_ends(tablet_ms),
        "lease_moved_s": [round(seconds, 1) for seconds in moved],
        "first_check_in_after_kill_ms": round(after_kill(place), 1),
    }


def both_ends(values: list[float]) -> dict[str, float]:
    return {
        "p50": round(percentile(values, 0.5), 1),
        "p95": round(percentile(values, 0.95), 1),
        "max": round(max(values), 1),
    }


def replace_courier(place: DatabasePlace, _number: int) -> float:
    """Kill the courier; seconds until another terminal has the lease."""
    with three_terminals(place, lease_s=LEASE_S) as terminals:
        courier = holder_among(terminals)
        others = [terminal for terminal in terminals if terminal is not courier]
        marks = [len(terminal.lines) for terminal in others]
        killed_at = time.time()
        courier.kill()
        while True:
            for place_in_list, terminal in enumerate(others):
                answer = terminal.wait_for(lambda line: "courier" in line, since=marks[place_in_list])
                marks[place_in_list] = terminal.lines.index(answer) + 1
                if answer["courier"] and answer["at"] > killed_at:
                    return float(answer["at"]) - killed_at


def holder_among(terminals: tuple[Terminal, ...]) -> Terminal:
    marks = [0] * len(terminals)
    while True:
        for number, terminal in enumerate(terminals):
            answer = terminal.wait_for(lambda line: "courier" in line, since=marks[number])
            marks[number] = terminal.lines.index(answer) + 1
            if answer["courier"]:
                return terminal


def after_kill(place: DatabasePlace) -> float:
    """The kiosk dies in the middle of its transactions; milliseconds of the desk's next check-in."""
    with three_terminals(place) as (kiosk, reception, tablet):
        kiosk.hammer()
        kiosk.wait_for(lambda line: line.get("hammered") == 50)
        kiosk.kill()
        made = reception.check_in("after-the-kill")
        tablet.waits_until_shown("after-the-kill")
        return float(made["at"] - made["began"]) * 1000


if __name__ == "__main__":
    sys.exit(main())
