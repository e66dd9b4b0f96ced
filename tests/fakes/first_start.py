"""The first start on a machine in memory: nothing is opened, everything that a page may show is there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from smart4s_kiosk.documents.preview import PdfiumPreviews
from smart4s_kiosk.documents.slips import SlipMaker
from smart4s_kiosk.ports.documents import RecoveryPaper, StoreFace
from smart4s_kiosk.ports.vault import RecoverySheet
from smart4s_kiosk.ports.vision import CameraFound, CameraRole, CameraStatus, Frame
from smart4s_kiosk.services.first_start import ROLE_KEYS, FirstStart, Progress, Step, StoreFacts

EYE, DOC, CEILING = "/dev/v4l/by-id/usb-eye", "/dev/v4l/by-id/usb-doc", "/dev/v4l/by-path/ceiling"
DONE = Progress(
    has_store=True,
    done=frozenset({Step.LANGUAGE, Step.STORE, Step.SURFACES, Step.ADMINISTRATOR}),
    store=StoreFacts("澄野汽车", "望江路体验中心", "澄野汽车销售有限公司", "#2348A8", "Asia/Shanghai"),
    administrators=("周启明",),
    staff=6,
    chosen={
        "screen.language": "zh_CN",
        "terminal.surfaces": "kiosk,reception",
        ROLE_KEYS[CameraRole.FACE]: EYE,
        ROLE_KEYS[CameraRole.DOCUMENT]: DOC,
    },
)
LINES = (
    "ba-be-bi bo-bu-da de-di-do",
    "du-fa-fe fi-fo-fu ga-ge-gi",
    "go-gu-ha he-hi-ho hu-ja-je",
    "ji-jo-ju ka-ke-ki ko-ku-la",
)
CODE = "SMART4S:" + "A1B2" * 10
EMPTY = Progress(has_store=False, done=frozenset())
"""Before anything was done."""


@cache
def sheet_pages(facts: StoreFacts, width_px: int) -> tuple[bytes, ...]:
    """The real sheet, drawn once."""
    face = StoreFace(brand=facts.brand, name=facts.name, accent=facts.accent, time_zone=facts.time_zone)
    paper = RecoveryPaper(face, LINES, CODE, datetime(2026, 11, 21, 2, 18, tzinfo=UTC), "zh_CN")
    return PdfiumPreviews().pages(SlipMaker().recovery_sheet(paper), width_px)


class ShownFirstStart(FirstStart):
    """What pages read; acts answer with the same progress."""

    def __init__(self, progress: Progress = DONE, *, status: CameraStatus = CameraStatus.RUNNING) -> None:
        self.shown, self.status = progress, status
        self.language = "zh_CN"
        self.asked_line = 2
        self.names: tuple[str, ...] = ("front-desk", "back-office")
        self.chosen_surfaces: tuple[str, ...] = ()

    def progress(self) -> Progress:
        return self.shown

    def cameras(self) -> tuple[CameraFound, ...]:
        return (
            CameraFound(EYE, "HD USB Eye", self.status),
            CameraFound(DOC, "Document 4K", CameraStatus.RUNNING),
            CameraFound(CEILING, "Ceiling", CameraStatus.RUNNING),
        )

    def show_camera(self, path: str) -> None: ...

    def frame(self) -> Frame | None:
        return None

    def camera_status(self) -> CameraStatus:
        return self.status

    def printers(self) -> tuple[str, ...]:
        return self.names

    def sheet(self) -> RecoverySheet:
        return RecoverySheet(LINES, CODE)

    def sheet_pages(self, width_px: int) -> tuple[bytes, ...]:
        return sheet_pages(self.shown.store, width_px)

    def choose_cameras(self, chosen: Mapping[CameraRole, str]) -> Progress:
        return replace(self.shown, chosen={ROLE_KEYS[role]: path for role, path in chosen.items()})

    def close(self) -> None: ...
