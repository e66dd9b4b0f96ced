"""The demo with a display: each surface in a process of its own on one database, beside the demo's far end."""

import os
import subprocess
import sys
import webbrowser
from pathlib import Path

from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.desktop import run_desktop, with_surfaces
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.demo.headless import start_far_end
from smart4s_kiosk.demo.place import DemoPlace, usual_place
from smart4s_kiosk.demo.seed import is_empty, seed

ROOT = Path(__file__).resolve().parents[2]
SURFACE, CONNECTOR = "KIOSK_DEMO_SURFACE", "KIOSK_DEMO_CONNECTOR"


def open_windows(machine: Settings) -> int:
    """Kiosk here, reception beside it; returns when the kiosk is left."""
    surface = os.environ.get(SURFACE)
    place = usual_place()
    if surface:
        return run_desktop(_settings(place, machine, surface, os.environ[CONNECTOR]), is_demo=True)
    place.prepare(fresh=False)
    far_end = start_far_end(place.folder / "far-end")
    beside: subprocess.Popen[bytes] | None = None
    try:
        settings = _settings(place, machine, "kiosk", far_end.connector_url)
        application = build(settings, is_demo=True)
        if is_empty(application):
            seed(application)
        if application.line.courier is not None:
            application.line.courier.enrol(far_end.enrolment_code("kiosk-1"), "kiosk-1")
        application.storage.storage.close()
        environment = {**os.environ, SURFACE: "reception", CONNECTOR: far_end.connector_url}
        beside = subprocess.Popen([sys.executable, str(ROOT / "main.py"), "demo"], env=environment)
        webbrowser.open(far_end.phone_page("wangjing"))
        return run_desktop(settings, is_demo=True)
    finally:
        if beside is not None:
            beside.terminate()
        far_end.stop()


def _settings(place: DemoPlace, machine: Settings, surface: str, connector_url: str) -> Settings:
    return with_surfaces(place.settings(machine, connector_url=connector_url, terminal=f"{surface}-1"), surface)
