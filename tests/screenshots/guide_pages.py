"""The demo's guide for the harness, at the widths it has beside the kiosk."""

from PySide6.QtWidgets import QWidget

from smart4s_kiosk.demo.seed import demo_facts
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.guide.window import DemoDoors, DemoPerson, GuideWindow
from smart4s_kiosk.ui.theme.look import Look
from tests.screenshots.shot import Shot, Size

WIDE, NARROW = (1336, 260), (1080, 260)


def _make(size: Size, language: str) -> QWidget:
    use_language(language)
    people = [DemoPerson(one["name"], one["job_title"], one["pin"]) for one in demo_facts()["staff"]]
    doors = DemoDoors(tablet=bool, manager=bool, phone=bool, is_over=bool)
    guide = GuideWindow(Look(density="desk"), people, doors, has_camera=False)
    guide.resize(*size)
    guide.show()
    return guide


SHOTS = [Shot("guide", "first-steps", _make, sizes=(WIDE, NARROW))]
