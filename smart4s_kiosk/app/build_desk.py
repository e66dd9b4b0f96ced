"""Makes what the front desk needs besides visits and customers: colleagues, keys, appointments, log, devices."""

from collections.abc import Callable, Mapping

from smart4s_kiosk.ports.vision import CameraRole, CameraStatus
from smart4s_kiosk.services.devices import Device, Devices
from smart4s_kiosk.vision.camera import Camera

CAMERAS = {
    CameraRole.FACE: Device.FACE_CAMERA,
    CameraRole.DOCUMENT: Device.DOCUMENT_CAMERA,
    CameraRole.FLOOR: Device.FLOOR_CAMERA,
}
WORKING = frozenset({CameraStatus.OPENING, CameraStatus.RUNNING})


def make_devices(cameras: Mapping[CameraRole, Camera], *, is_online: Callable[[], bool], has_cloud: bool) -> Devices:
    """The probes of this terminal's devices."""
    probes: dict[Device, Callable[[], bool]] = {Device.CLOUD: is_online} if has_cloud else {}
    for role, camera in cameras.items():
        probes[CAMERAS[role]] = _probe(camera)
    return Devices(probes)


def _probe(camera: Camera) -> Callable[[], bool]:
    return lambda: camera.health().status in WORKING
