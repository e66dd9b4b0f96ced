"""A kiosk whose machine has another date: checks a guest in and says which time the machine and the store had.

`python -m tests.end_to_end.wrong_clock_terminal FOLDER DATABASE_URL`, started under another clock by its test.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.clock import SystemClock
from tests.end_to_end.real_showroom import Guest, settings_in


def main() -> None:
    settings = settings_in(Path(sys.argv[1]))
    settings = replace(settings, data=replace(settings.data, database_url=sys.argv[2]))
    application = build(settings, is_demo=True)
    try:
        guest = Guest(application)
        guest.check_in()
        machine, store = SystemClock().now(), application.clock.now()
        print(json.dumps({"visit": guest.visit_id, "machine": machine.isoformat(), "store": store.isoformat()}))
    finally:
        application.storage.storage.close()


if __name__ == "__main__":
    main()
