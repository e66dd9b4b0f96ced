"""Where the demo lives: its own folder, its own keys, its own recorded cameras. It never meets a real connector."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from smart4s_kiosk.app.settings import (
    CameraSettings,
    CamerasSettings,
    ConnectorSettings,
    DataSettings,
    Settings,
    TerminalSettings,
    VaultSettings,
    user_data_folder,
)
from smart4s_kiosk.demo.face_frames import FPS, HEIGHT, WIDTH, write_visitor_video
from smart4s_kiosk.demo.floor_video import write_floor_video, write_plan
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.ports.vision import CameraStatus
from smart4s_kiosk.vision.sources import list_cameras

LICENCE_PICTURES = Path(__file__).resolve().parents[2] / "resources" / "demo" / "licence"
"""What lies under the document camera: the drawn licence of a guest who does not exist."""
DEMO_CONNECTORS = ("http://127.0.0.1:", "http://localhost:")


class DemoRefusesConnector(RuleBroken):
    """The demo showroom speaks to the demo's own far end only."""

    code = "demo.refuses_connector"


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """Folders of one demo."""

    folder: Path

    @property
    def face_video(self) -> Path:
        """What the kiosk's camera sees."""
        return self.folder / "cameras" / "face.avi"

    @property
    def floor_video(self) -> Path:
        """What the camera above the floor sees."""
        return self.folder / "cameras" / "floor.avi"

    @property
    def floor_plan(self) -> Path:
        """The measured floor, where the people counter looks for it."""
        return self.folder / "data" / "floor.toml"

    def prepare(self, *, fresh: bool, floor_seconds: float = 40.0) -> None:
        """Make the recorded cameras; `fresh` begins an empty showroom."""
        if fresh:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.face_video.exists():
            write_visitor_video(self.face_video)
        if not self.floor_video.exists():
            write_floor_video(self.floor_video, seconds=floor_seconds)
        (self.folder / "data").mkdir(exist_ok=True)
        write_plan(self.floor_plan)

    def settings(
        self,
        machine: Settings,
        *,
        connector_url: str = "",
        terminal: str = "kiosk-1",
        face: CameraSettings | None = None,
    ) -> Settings:
        """This machine's settings, turned to the demo; `face` None: the recorded visitor.

        Raises `DemoRefusesConnector` for a real one.
        """
        if connector_url and not connector_url.startswith(DEMO_CONNECTORS):
            raise DemoRefusesConnector
        recorded = CameraSettings(source=str(self.face_video), width=WIDTH, height=HEIGHT, frames_per_second=FPS)
        floor = CameraSettings(source=str(self.floor_video), frames_per_second=10)
        document = CameraSettings(source=str(LICENCE_PICTURES), frames_per_second=10)
        return replace(
            machine,
            data=DataSettings(folder=self.folder / "data"),
            vault=VaultSettings(key_folder=self.folder / "keys", use_keyring=False),
            connector=ConnectorSettings(url=connector_url),
            terminal=TerminalSettings(id=terminal, place="B1 洽谈区", role="kiosk", surfaces=("kiosk", "reception")),
            cameras=CamerasSettings(face=face or recorded, document=document, floor=floor),
        )


def real_camera() -> CameraSettings | None:
    """This computer's first camera that may be opened, for a person who tries the demo; None without one."""
    usable = (found.path for found in list_cameras() if found.status is CameraStatus.RUNNING)
    path = next(usable, None)
    return CameraSettings(source=path) if path else None


def usual_place() -> DemoPlace:
    """Beside the user's data, never inside it."""
    return DemoPlace(user_data_folder().parent / "smart4s-kiosk-demo")
