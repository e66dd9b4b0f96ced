"""A terminal of the showroom that carries the outbox, as a process of its own that a test may kill.

`python -m tests.end_to_end.courier_process` with one JSON line on standard input; ends when that is closed. Says as JSON
lines when it is known to the connector, whether it is the courier, and which commands it was given.
"""

import json
import sys
import threading
from pathlib import Path

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.storage.open import DatabasePlace, open_storage
from tests.integration.cloud.showroom import Showroom
from tests.showroom_databases import KEY, Listener
from tests.waiting import PATIENCE_S

LOOK_S = 0.05


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def watch(room: Showroom, stop: threading.Event) -> None:
    """Say what changes."""
    is_courier, commands = False, 0
    while not stop.wait(LOOK_S):
        if room.courier.status().is_courier != is_courier:
            is_courier = not is_courier
            say(courier=is_courier)
        for command in room.handler.commands[commands:]:
            commands += 1
            say(command=type(command).__name__)


def main() -> None:
    told = json.loads(sys.stdin.readline())
    place = DatabasePlace(told["url"], Path(told["file"]), KEY)
    storage = open_storage(place, announcer=Listener(), clock=SystemClock()).storage
    room = Showroom(Path(told["folder"]), told["connector"], storage=storage, holder=told["name"])
    room.courier.enrol(told["code"], told["name"])
    say(ready=told["name"])
    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(room, stop))
    watcher.start()
    room.start()
    sys.stdin.read()
    stop.set()
    watcher.join(PATIENCE_S)
    room.stop()
    storage.close()


if __name__ == "__main__":
    main()
