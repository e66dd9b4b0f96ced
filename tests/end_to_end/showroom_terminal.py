"""A terminal of the showroom as a process of its own: checks in when told, and says what it hears and reads.

`python -m tests.end_to_end.showroom_terminal` with one JSON line on standard input, then one command a line:
`check_in <visit>`, `hammer`, `quiet`. Answers are JSON lines on standard output.
"""

import json
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.ids import MessageId, TerminalId, VisitId
from smart4s_kiosk.domain.visits import VisitAct, VisitStep, begin
from smart4s_kiosk.ports.announcer import Announcement
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.storage.open import DatabasePlace, open_storage
from smart4s_kiosk.sync.courier_lease import CourierLease
from tests.showroom_databases import KEY
from tests.waiting import PATIENCE_S

_saying = threading.Lock()


def say(**what: object) -> None:
    with _saying:
        print(json.dumps(what), flush=True)


@dataclass
class Board:
    """Reads each announced visit again, as a page does."""

    storage: Storage | None = None

    def announce(self, announcement: Announcement) -> None:
        if self.storage is None or not announcement.subject_id:
            return
        if threading.current_thread().name != "feed":  # its own check-in: the board of this process shows it anyway
            return
        with self.storage.look() as view:
            visit = view.visits.get(VisitId(announcement.subject_id))
        say(shows=visit.id, at=time.time())


def check_in(storage: Storage, name: str, visit_id: str) -> None:
    now = SystemClock().now()
    step = VisitStep(VisitId(visit_id), 1, VisitAct.BEGIN, now, label=visit_id, terminal_id=TerminalId(name))
    with storage.begin() as work:
        work.visits.add(begin(step), step)
        work.outbox.add(
            VisitEnded(VisitId(visit_id), 1, "served", now),
            message_id=MessageId(f"message-{visit_id}"),
            aggregate=f"visit:{visit_id}",
            at=now,
        )
        work.announce("visits", visit_id)


def hammer(storage: Storage, name: str, stop: threading.Event) -> None:
    """Visits as fast as they go, so that a kill always falls into a transaction."""
    number = 0
    while not stop.is_set():
        number += 1
        check_in(storage, name, f"{name}-{number:06}")
        say(hammered=number)


def hold_lease(storage: Storage, name: str, seconds: float, stop: threading.Event) -> None:
    """The courier's part: ask as it asks, and say what came of it."""
    lease = CourierLease(storage, SystemClock(), name, seconds)
    while not stop.wait(seconds / 24):
        try:
            is_mine = lease.is_held()
        except Unavailable:
            continue
        say(courier=is_mine, at=time.time())


def main() -> None:
    told = json.loads(sys.stdin.readline())
    name, stop, quiet = told["name"], threading.Event(), threading.Event()
    board = Board()
    place = DatabasePlace(told["url"], Path(told["file"]), KEY)
    opened = open_storage(place, announcer=board, clock=SystemClock())
    board.storage = opened.storage
    threads = [threading.Thread(target=opened.feed.run, args=(stop,), name="feed")]
    if told["lease_s"]:
        threads.append(threading.Thread(target=hold_lease, args=(opened.storage, name, told["lease_s"], stop)))
    for thread in threads:
        thread.start()
    say(ready=name)
    for line in sys.stdin:
        command, _space, rest = line.strip().partition(" ")
        if command == "check_in":
            before = time.time()
            check_in(opened.storage, name, rest)
            say(checked_in=rest, began=before, at=time.time())
        elif command == "hammer":
            threads.append(threading.Thread(target=hammer, args=(opened.storage, name, quiet)))
            threads[-1].start()
        elif command == "quiet":
            quiet.set()
    quiet.set()
    stop.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    opened.storage.close()


if __name__ == "__main__":
    main()
