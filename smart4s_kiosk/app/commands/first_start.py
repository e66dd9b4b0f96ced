"""`main.py first-start`: the steps of the first start once more, on a store that is open already."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from smart4s_kiosk.app.commands.command import SUCCESS, Command
from smart4s_kiosk.app.commands.run import must_have_screen
from smart4s_kiosk.app.commands.settings import settings_of


def _run(arguments: Namespace) -> int:
    must_have_screen(sys.platform, os.environ)
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.desktop import qt_application
    from smart4s_kiosk.app.first_start import run_first_start

    file = Path(arguments.settings_file) if arguments.settings_file else None
    run_first_start(settings_of(arguments), SystemClock(), qt_application(), file=file)
    return SUCCESS


COMMAND = Command("first-start", "do steps of the first start again: cameras, names, recovery sheet", _run)
