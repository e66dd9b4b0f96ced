"""The demo with a display: each surface in a process of its own on one database, side by side, with a guide."""

import os
import subprocess
import sys
import webbrowser
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.desktop import qt_application, run_desktop, with_surfaces
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.demo.far_end import FarEnd
from smart4s_kiosk.demo.headless import start_far_end
from smart4s_kiosk.demo.place import DemoPlace, real_camera, usual_place
from smart4s_kiosk.demo.seed import book_today, demo_facts, is_empty, seed
from smart4s_kiosk.demo.side_by_side import Spot, side_by_side
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.guide.window import DemoDoors, DemoPerson, GuideWindow
from smart4s_kiosk.ui.theme.dress import prepare_application
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.widgets.demo_sign import DemoSign

ROOT = Path(__file__).resolve().parents[2]
SURFACE, CONNECTOR, SPOT = "KIOSK_DEMO_SURFACE", "KIOSK_DEMO_CONNECTOR", "KIOSK_DEMO_SPOT"
PHONE = "wangjing"
SIGNED = ("reception", "manager", "tablet")
"""Surfaces with a sign over them; the kiosk says so beside its name."""


@dataclass
class Windows:
    """The surfaces' processes."""

    connector_url: str
    spots: dict[str, Spot]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def open(self, surface: str) -> None:
        """Start a surface, unless it stands already."""
        if self.is_open(surface):
            return
        spot = self.spots[surface]
        environment = {
            **os.environ,
            SURFACE: surface,
            CONNECTOR: self.connector_url,
            SPOT: f"{spot.left},{spot.top},{spot.width},{spot.height}",
            "QT_SCALE_FACTOR": str(spot.scale),
        }
        self.running[surface] = subprocess.Popen([sys.executable, str(ROOT / "main.py"), "demo"], env=environment)

    def is_open(self, surface: str) -> bool:
        process = self.running.get(surface)
        return process is not None and process.poll() is None

    def close(self) -> None:
        """End all, as switching a terminal off does: nothing that was written is lost."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def open_windows(machine: Settings) -> int:
    """Kiosk and reception side by side, and the guide; returns when the kiosk or the guide is closed."""
    surface = os.environ.get(SURFACE)
    place = usual_place()
    if surface:
        settings = _settings(place, machine, surface, os.environ[CONNECTOR])
        return run_desktop(settings, is_demo=True, show=partial(_stand, surface))
    place.prepare(fresh=False)
    far_end = start_far_end(place.folder / "far-end")
    try:
        _fill(_settings(place, machine, "kiosk", far_end.connector_url), far_end)
        return _guide(machine, far_end)
    finally:
        far_end.stop()


def _fill(settings: Settings, far_end: FarEnd) -> None:
    """People, cars and today's appointments; and this terminal known to the demo's connector."""
    application = build(settings, is_demo=True)
    try:
        if is_empty(application):
            seed(application)
        else:
            book_today(application)
        if application.line.courier is not None:
            application.line.courier.enrol(far_end.enrolment_code("kiosk-1"), "kiosk-1")
    finally:
        application.storage.storage.close()


def _guide(machine: Settings, far_end: FarEnd) -> int:
    qt = qt_application()
    use_language(machine.screen.language)
    prepare_application(qt)
    screen = qt.primaryScreen().availableGeometry()
    windows = Windows(far_end.connector_url, side_by_side(screen.width(), screen.height()))
    phone = partial(webbrowser.open, far_end.phone_page(PHONE))
    doors = DemoDoors(
        tablet=partial(windows.open, "tablet"),
        manager=partial(windows.open, "manager"),
        phone=phone,
        is_over=lambda: not windows.is_open("kiosk"),
    )
    people = [DemoPerson(one["name"], one["job_title"], one["pin"]) for one in demo_facts()["staff"]]
    try:
        windows.open("reception")
        windows.open("kiosk")
        phone()
        guide = GuideWindow(Look(density="desk"), people, doors, has_camera=real_camera() is not None)
        spot = windows.spots["guide"]
        guide.setGeometry(spot.left, spot.top, spot.width, spot.height)
        guide.show()
        return qt.exec()
    finally:
        windows.close()


def _stand(surface: str, window: QWidget) -> None:
    """A surface's window at its place."""
    left, top, width, height = (int(number) for number in os.environ[SPOT].split(","))
    if surface in SIGNED:
        DemoSign(window)
    window.move(left, top)
    window.resize(width, height)
    window.show()


def _settings(place: DemoPlace, machine: Settings, surface: str, connector_url: str) -> Settings:
    demo = place.settings(machine, connector_url=connector_url, terminal=f"{surface}-1", face=real_camera())
    return with_surfaces(demo, surface)
