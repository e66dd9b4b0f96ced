"""Makes what the front desk needs besides visits and customers: colleagues, keys, appointments, log, devices."""

from collections.abc import Callable, Mapping

from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.domain.terminals import Device
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vision import CameraRole, CameraStatus
from smart4s_kiosk.services.devices import Devices, ThisTerminal
from smart4s_kiosk.vision.camera import Camera

CAMERAS = {
    CameraRole.FACE: Device.FACE_CAMERA,
    CameraRole.DOCUMENT: Device.DOCUMENT_CAMERA,
    CameraRole.FLOOR: Device.FLOOR_CAMERA,
}
WORKING = frozenset({CameraStatus.OPENING, CameraStatus.RUNNING})


def make_devices(
    cameras: Mapping[CameraRole, Camera],
    is_online: Callable[[], bool],
    settings: Settings,
    storage: Storage,
    clock: Clock,
) -> Devices:
    """The probes of this terminal's devices, and what it tells the others."""
    has_cloud = bool(settings.connector.url)
    probes: dict[Device, Callable[[], bool]] = {Device.CLOUD: is_online} if has_cloud else {}
    for role, camera in cameras.items():
        probes[CAMERAS[role]] = _probe(camera)
    mine = settings.terminal
    terminal = ThisTerminal(TerminalId(mine.id), mine.place, mine.surfaces)
    return Devices(probes, storage=storage, clock=clock, terminal=terminal)


def _probe(camera: Camera) -> Callable[[], bool]:
    return lambda: camera.health().status in WORKING
