"""The scripted visit: one guest from the door to the key, by events on the real widgets of every surface."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from smart4s_kiosk.app.desktop import Desktop
from smart4s_kiosk.demo.far_end import FarEnd
from smart4s_kiosk.demo.hands import Hands
from smart4s_kiosk.demo.place import DemoPlace
from smart4s_kiosk.demo.visit_report import Report, Step
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.domain.ids import VisitId

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class VisitScene:
    """What the steps of the visit share."""

    desktop: Desktop
    hands: Hands
    report: Report
    far_end: FarEnd | None
    place: DemoPlace
    visit_id: VisitId = field(default_factory=lambda: VisitId(""))
    facts: dict[str, object] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[dict[str, object]]:
        """One step of the report: its time, what was read in it and the pictures taken in it."""
        clock = self.desktop.application.clock
        began, pictures = clock.monotonic(), len(self.hands.pictures)
        read: dict[str, object] = {}
        print(f"  {name} ...", flush=True)
        yield read
        seconds = clock.monotonic() - began
        self.report.add(Step(name, seconds, read, tuple(self.hands.pictures[pictures:])))
        print(f"  {name}: {seconds:.1f} s {read or ''}", flush=True)


ActPart = Callable[[VisitScene], None]


def play(scene: VisitScene, parts: tuple[ActPart, ...]) -> bool:
    """Play the parts in order; False (and the reason in the report) when one could not be played."""
    try:
        for part in parts:
            part(scene)
    except ShowroomError as refusal:
        scene.report.failed = str(refusal)
        _log.warning("the visit stopped", extra={"action": "demo", "code": refusal.code})
        for name, window in scene.desktop.windows.items():
            scene.hands.picture(window, f"stopped-{name}")
        scene.report.write()
        return False
    scene.report.write()
    return True
