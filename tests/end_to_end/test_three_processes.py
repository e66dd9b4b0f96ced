"""Kiosk, reception and tablet are three processes on one database, and none disturbs the others by dying.

How fast they see each other is measured by `benchmarks/three_processes.py`.
"""

import time
from contextlib import closing

import pytest

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.visits import replay
from smart4s_kiosk.ports.storage import VisitQuery
from smart4s_kiosk.storage.database import SqlcipherFile
from smart4s_kiosk.storage.open import DatabasePlace, open_storage
from tests.end_to_end.terminals import Terminal, three_terminals
from tests.showroom_databases import Listener

pytestmark = pytest.mark.slow
LEASE_S = 2.0


def check_that_nothing_is_torn(place: DatabasePlace) -> int:
    """Each visit with its journal and its message; how many there are."""
    opened = open_storage(place, announcer=Listener(), clock=SystemClock())
    with closing(opened.storage), opened.storage.look() as view:
        visits = view.visits.search(VisitQuery(limit=1_000_000))
        waiting = {m.message_id for m in view.outbox.due(SystemClock().now(), limit=1_000_000)}
        assert waiting == {f"message-{visit.id}" for visit in visits}
        for visit in visits[:50]:
            assert replay(view.visits.journal(visit.id)) == visit
    if place.url is None:
        with closing(SqlcipherFile(place.file, place.key).connect()) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    return len(visits)


def wait_for_courier(*terminals: Terminal) -> str:
    """Who has the courier's lease, once somebody has it (at the latest when a dead one's has run out)."""
    seen = [len(terminal.lines) for terminal in terminals]
    end = time.monotonic() + 10 * LEASE_S
    while time.monotonic() < end:
        for number, terminal in enumerate(terminals):
            answer = terminal.wait_for(lambda line: "courier" in line, since=seen[number])
            seen[number] = terminal.lines.index(answer) + 1
            if answer["courier"]:
                return terminal.name
    pytest.fail("the lease did not move")


def test_each_sees_the_others_and_none_is_disturbed_by_a_kill(place: DatabasePlace) -> None:
    with three_terminals(place, lease_s=LEASE_S) as (kiosk, reception, tablet):
        for number in range(5):
            kiosk.check_in(f"guest-{number}")
            reception.waits_until_shown(f"guest-{number}")
            tablet.waits_until_shown(f"guest-{number}")
        reception.check_in("by-hand")
        kiosk.waits_until_shown("by-hand")

        name = wait_for_courier(kiosk, reception, tablet)
        courier = next(t for t in (kiosk, reception, tablet) if t.name == name)
        courier.hammer()
        courier.wait_for(lambda line: line.get("hammered") == 20)
        courier.kill()
        one, other = (t for t in (kiosk, reception, tablet) if t is not courier)
        one.check_in("after-the-kill")
        other.waits_until_shown("after-the-kill")
        assert wait_for_courier(one, other) in {one.name, other.name}
        assert (one.exit_code, other.exit_code) == (None, None)
    assert check_that_nothing_is_torn(place) >= 27
