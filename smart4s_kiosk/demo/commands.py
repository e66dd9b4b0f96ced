"""`main.py demo` and `seed-demo`: the demo showroom."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from smart4s_kiosk.app.commands.command import FAILURE, SUCCESS, Command
from smart4s_kiosk.app.commands.settings import settings_of

OUTPUT = "demo-output"


def _demo(arguments: Namespace) -> int:
    if arguments.headless or os.environ.get("HEADLESS") == "1" or not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from smart4s_kiosk.demo.headless import play_visit

        return SUCCESS if play_visit(Path(arguments.output), settings_of(arguments)) else FAILURE
    from smart4s_kiosk.demo.windows import open_windows

    return open_windows(settings_of(arguments))


def _seed(arguments: Namespace) -> int:
    from smart4s_kiosk.app.build import build
    from smart4s_kiosk.demo.place import usual_place
    from smart4s_kiosk.demo.seed import seed

    place = usual_place()
    place.prepare(fresh=arguments.fresh)
    application = build(place.settings(settings_of(arguments)), is_demo=True)
    try:
        seed(application)
    finally:
        application.storage.storage.close()
    print(place.folder)
    return SUCCESS


def _has_display() -> bool:
    return sys.platform == "win32" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="no windows: a scripted visit, pictures and papers")
    parser.add_argument(
        "--output", default=OUTPUT, metavar="FOLDER", help="where the scripted visit leaves its results"
    )


def _seed_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true", help="throw the demo showroom away first")


DEMO = Command("demo", "the demo showroom: windows, or a scripted visit without a display", _demo, _demo_arguments)
SEED = Command("seed-demo", "fill the demo showroom with invented people and cars", _seed, _seed_arguments)
