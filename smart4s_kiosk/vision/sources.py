"""What a camera may be: a device, a video file decoded in its own process, or a folder of pictures."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import cv2
import numpy as np

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.vision import CameraFound, CameraStatus, Pixels
from smart4s_kiosk.vision import video_reader
from smart4s_kiosk.vision.device_holder import holder_of
from smart4s_kiosk.vision.images import PICTURE_SUFFIXES, PictureUnreadable, fit_within, read_only, read_picture

MAX_WIDTH, MAX_HEIGHT = 1920, 1920
_DEVICES = Path("/dev/v4l")
_DEVICE_INFO = Path("/sys/class/video4linux")


class SourceLost(Unavailable):
    """A camera or recording gives no pictures."""

    code = "vision.source_lost"

    def __init__(self, status: CameraStatus) -> None:
        self.status = status
        super().__init__("camera", status=status.value)


class SourceEnded(Exception):
    """The recording is over."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a source gives: pixels, and for recordings the second at which they belong on the recording's own clock."""

    pixels: Pixels
    at_s: float | None = None


class Source(Protocol):
    """Something that gives pictures one after another, in one thread."""

    def read(self) -> Picture:
        """The next picture. Raises SourceLost or SourceEnded."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What to open and how."""

    address: str
    """A stable device path or a device number, a video file, or a folder of pictures."""
    width: int = 1280
    height: int = 720
    fps: float = 30.0
    repeat: bool = True
    rotate: int = 0
    """Clockwise degrees (0, 90, 180, 270) for a camera mounted on its side."""


def open_source(settings: SourceSettings) -> Source:
    """Open whatever the address means. Raises SourceLost with the reason as a status."""
    path = Path(settings.address)
    if settings.address.isdigit() or settings.address.startswith("/dev/"):
        return DeviceSource(settings)
    if path.is_dir():
        return FolderSource(path, fps=settings.fps, repeat=settings.repeat)
    if path.is_file():
        return VideoSource(path, fps=settings.fps, repeat=settings.repeat)
    raise SourceLost(CameraStatus.NOT_FOUND)


class DeviceSource:
    """A camera of this machine."""

    def __init__(self, settings: SourceSettings) -> None:
        address: str | int = int(settings.address) if settings.address.isdigit() else settings.address
        status = device_status(f"/dev/video{address}" if isinstance(address, int) else address)
        if status is not CameraStatus.RUNNING:
            raise SourceLost(status)
        self._capture = cv2.VideoCapture(address, _device_backend())
        if not self._capture.isOpened():
            is_held = isinstance(address, str) and bool(holder_of(Path(address)))
            raise SourceLost(CameraStatus.BUSY if is_held else CameraStatus.LOST)
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height)
        self._capture.set(cv2.CAP_PROP_FPS, settings.fps)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def read(self) -> Picture:
        got, pixels = self._capture.read()
        if not got or pixels is None or pixels.ndim != 3:
            raise SourceLost(CameraStatus.LOST)
        return Picture(read_only(pixels))

    def close(self) -> None:
        self._capture.release()


def _device_backend() -> int:
    backends = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW}
    return int(backends.get(sys.platform, cv2.CAP_ANY))


def device_status(path: str) -> CameraStatus:
    """RUNNING when this process may open the device; else why not."""
    if sys.platform == "win32":
        return CameraStatus.RUNNING
    if not Path(path).exists():
        return CameraStatus.NOT_FOUND
    return CameraStatus.RUNNING if os.access(path, os.R_OK | os.W_OK) else CameraStatus.NO_PERMISSION


def list_cameras(devices: Path = _DEVICES, info: Path = _DEVICE_INFO) -> tuple[CameraFound, ...]:
    """The cameras of this machine, each with the most stable path there is.

    A device's own id is best, but two identical cameras without serial numbers share it: then the socket's path tells
    them apart. Index 0 of a device is its picture; higher ones carry metadata.
    """
    by_id = _links(devices / "by-id")
    by_path = _links(devices / "by-path")
    names = {folder.name: folder for folder in sorted(info.glob("video*"))} if info.is_dir() else {}
    found = []
    for device in sorted(set(names) | set(by_id) | set(by_path)):
        if _index(names.get(device)) != 0:
            continue
        path = by_id.get(device) or by_path.get(device) or f"/dev/{device}"
        found.append(CameraFound(path, _name(names.get(device), device), device_status(path)))
    return tuple(found)


def _links(folder: Path) -> dict[str, str]:
    """Device file name → stable link. Names that the system numbers (-1, -2 …) never appear here: links are unique."""
    if not folder.is_dir():
        return {}
    return {link.resolve().name: str(link) for link in sorted(folder.iterdir()) if "index0" in link.name}


def _index(info: Path | None) -> int:
    try:
        return int((info / "index").read_text(encoding="ascii")) if info else 0
    except (OSError, ValueError):
        return 0


def _name(info: Path | None, device: str) -> str:
    try:
        return (info / "name").read_text(encoding="utf-8", errors="replace").strip() if info else device
    except OSError:
        return device


class FolderSource:
    """Pictures of a folder by name, at a pace. One that cannot be read is passed over."""

    def __init__(self, folder: Path, *, fps: float, repeat: bool) -> None:
        self._files = sorted(p for p in folder.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file())
        self._fps, self._repeat = fps, repeat
        self._given = 0
        self._next = 0
        self._unreadable_in_a_row = 0
        if not self._files:
            raise SourceLost(CameraStatus.UNREADABLE)

    def read(self) -> Picture:
        while True:
            if self._next == len(self._files):
                if not self._repeat:
                    raise SourceEnded
                self._next = 0
            file = self._files[self._next]
            self._next += 1
            try:
                pixels = fit_within(read_picture(file), MAX_WIDTH, MAX_HEIGHT)
            except PictureUnreadable:
                self._unreadable_in_a_row += 1
                if self._unreadable_in_a_row >= len(self._files):
                    raise SourceLost(CameraStatus.UNREADABLE) from None
                continue
            self._unreadable_in_a_row = 0
            self._given += 1
            return Picture(read_only(pixels), (self._given - 1) / self._fps)

    def close(self) -> None:
        """Nothing is held open."""


class VideoSource:
    """A video file, decoded by a process of its own (see `video_reader`)."""

    def __init__(self, path: Path, *, fps: float, repeat: bool) -> None:
        command = [*_reader_command(), str(path.resolve()), *(["--loop"] if repeat else [])]
        self._process = subprocess.Popen(  # noqa: S603 - our own program, one path as its argument
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_reader_environment(),
        )
        assert self._process.stdout is not None
        self._frames: IO[bytes] = self._process.stdout
        self._fps = fps
        self._given = 0
        self._run_began_s = 0.0
        self._last_s = -1.0
        if self._frames.read(len(video_reader.MAGIC)) != video_reader.MAGIC:
            self.close()
            raise SourceLost(CameraStatus.UNREADABLE)

    def read(self) -> Picture:
        header = self._frames.read(video_reader.HEADER.size)
        if len(header) < video_reader.HEADER.size:
            self._raise_end()
        width, height, milliseconds = video_reader.HEADER.unpack(header)
        data = self._frames.read(width * height * 3)
        if len(data) < width * height * 3:
            self._raise_end()
        self._given += 1
        pixels = np.frombuffer(data, np.uint8).reshape(height, width, 3)
        return Picture(pixels, self._second(milliseconds / 1000))

    def _second(self, in_file_s: float) -> float:
        """Seconds since the beginning, going on over repeats; files without times are paced by the settings' rate."""
        second = self._run_began_s + in_file_s
        if second <= self._last_s:
            step = 1 / self._fps
            if in_file_s < 2 * step:
                self._run_began_s = self._last_s + step - in_file_s
            second = self._last_s + step
        self._last_s = second
        return second

    def _raise_end(self) -> None:
        status = self._process.wait(timeout=5)
        if status == 0 and self._given:
            raise SourceEnded
        raise SourceLost(CameraStatus.UNREADABLE)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._frames.close()


def _reader_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "video-reader"]
    return [sys.executable, "-m", video_reader.__name__]


def _reader_environment() -> dict[str, str]:
    """What a decoder needs, and none of the program's own settings or secrets."""
    wanted = {"PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name in wanted}
    return {**kept, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "OPENCV_LOG_LEVEL": "ERROR"}
