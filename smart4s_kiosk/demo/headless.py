"""The demo without a display: the same pages offscreen, a scripted visit, everything it saw in one folder."""

import shutil
from pathlib import Path

from smart4s_kiosk.app.build import build
from smart4s_kiosk.app.desktop import Desktop, qt_application
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.demo.far_end import FarEnd
from smart4s_kiosk.demo.hands import Hands
from smart4s_kiosk.demo.place import DemoPlace
from smart4s_kiosk.demo.seed import demo_facts, seed
from smart4s_kiosk.demo.visit import ActPart, VisitScene, play
from smart4s_kiosk.demo.visit_desk import board_moved, count_people, manager_today, open_reception
from smart4s_kiosk.demo.visit_kiosk import card_and_press, face, purpose_and_consultant, welcome
from smart4s_kiosk.demo.visit_report import Report
from smart4s_kiosk.demo.visit_tablet import quote, scan, sign
from smart4s_kiosk.ports.sync import LineState

PARTS: tuple[ActPart, ...] = (
    open_reception,
    welcome,
    face,
    purpose_and_consultant,
    card_and_press,
    board_moved,
    scan,
    sign,
    quote,
    count_people,
    manager_today,
)
SIZES = {"kiosk": (1080, 1920), "tablet": (1280, 800), "reception": (1920, 1080), "manager": (1920, 1080)}


def play_visit(output: Path, machine: Settings, *, parts: tuple[ActPart, ...] = PARTS) -> bool:
    """Play the visit into `output` (emptied first); whether every step could be played."""
    output = output.resolve()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    place = DemoPlace(output / "showroom")
    place.prepare(fresh=True)
    far_end: FarEnd | None = None
    desktop: Desktop | None = None
    try:
        qt = qt_application()
        far_end = start_far_end(output / "far-end")
        application = build(place.settings(machine, connector_url=far_end.connector_url), is_demo=True)
        desktop = Desktop(application, qt)
        seed(application)
        application.workers.start()
        scene = VisitScene(desktop, Hands(application.clock, output), Report(output), far_end, place)
        enrol(scene)
        for surface in desktop.surfaces():
            window = desktop.open(surface)
            window.resize(*SIZES[surface])
            window.show()
        is_whole = play(scene, parts)
        print(f"{output / 'index.html'}", flush=True)
        return is_whole
    finally:
        if desktop is not None:
            desktop.stop()
        if far_end is not None:
            far_end.stop()


def start_far_end(folder: Path) -> FarEnd:
    """Sandbox and connector, with a phone for everybody of the demo who has one."""
    from smart4s_kiosk.app.clock import SystemClock

    members = tuple((one["wecom"], one["name"]) for one in demo_facts()["staff"] if one.get("wecom"))
    far_end = FarEnd(folder, SystemClock(), members)
    far_end.start()
    return far_end


def enrol(scene: VisitScene) -> None:
    """Make this terminal known to the connector with a one-time code, as an installer does."""
    courier = scene.desktop.application.line.courier
    if courier is None or scene.far_end is None:
        return
    with scene.step("enrol the terminal") as read:
        courier.enrol(scene.far_end.enrolment_code("kiosk-1"), "kiosk-1")
        scene.hands.wait(lambda: courier.status().state is LineState.UP, what="connector")
        read["connector"] = courier.status().state.value
