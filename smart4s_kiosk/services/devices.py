"""How this terminal's devices are, for the tile on the board: the cloud's line and the cameras."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Device(StrEnum):
    """What is looked at."""

    CLOUD = "cloud"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    FLOOR_CAMERA = "floor_camera"


class Condition(StrEnum):
    """How it is."""

    WORKS = "works"
    LOST = "lost"
    """Was there and is tried again by itself; everything else goes on."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device. Those that were never set up have no line."""

    device: Device
    condition: Condition


class Devices:
    """Asks each device; `probes` answer at once (they read a state, they do not try anything)."""

    def __init__(self, probes: Mapping[Device, Callable[[], bool]]) -> None:
        self._probes = dict(probes)

    def lines(self) -> tuple[DeviceLine, ...]:
        """Every device that is set up, in the order they were given."""
        return tuple(
            DeviceLine(device, Condition.WORKS if works() else Condition.LOST) for device, works in self._probes.items()
        )

    def is_online(self) -> bool:
        """Whether cards and quotes leave at once; True where no cloud was set up."""
        works = self._probes.get(Device.CLOUD)
        return works is None or works()
