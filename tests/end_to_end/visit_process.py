"""A showroom process that plays a visit up to a step and says so, so that a test may kill it there.

`python -m tests.end_to_end.visit_process FOLDER STEP`: `signed` waits when the customer has signed, `sealing` says so
and then seals and hands out the key.
"""

import sys
from pathlib import Path

from smart4s_kiosk.app.build import build
from tests.end_to_end.real_showroom import Guest, settings_in


def main() -> None:
    folder, step = Path(sys.argv[1]), sys.argv[2]
    guest = Guest(build(settings_in(folder), is_demo=True))
    guest.check_in()
    guest.is_received()
    guest.chooses_a_car()
    guest.shows_a_licence()
    guest.reads_the_text()
    guest.signs()
    if step == "sealing":
        guest.is_signed_for()
    print(guest.visit_id, guest.agreement_id, flush=True)
    if step == "sealing":
        guest.drives_away()
    sys.stdin.read()


if __name__ == "__main__":
    main()
