"""Makes what the manager's window alone needs."""

from pathlib import Path

from smart4s_kiosk.app.build_people import measured_plan
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.reports import Reports
from smart4s_kiosk.vision.faces.template_store import SealedTemplateStore


def make_reports(storage: Storage, clock: Clock, templates: SealedTemplateStore | None, *, folder: Path) -> Reports:
    """Figures, drawn on the measured floor when there is one."""
    return Reports(
        storage=storage,
        clock=clock,
        plan=lambda: measured_plan(folder),
        faces=lambda: templates.people() if templates else None,
    )
