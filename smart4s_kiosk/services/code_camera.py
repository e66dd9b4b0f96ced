"""What the kiosk's check-in needs to read a code that a guest holds up: the newest picture, looked at once."""

from typing import Protocol

from smart4s_kiosk.ports.vision import CameraStatus, CodeReader, FrameSource


class CodeCamera(Protocol):
    """This terminal's camera as a reader of codes. No picture is kept."""

    def is_available(self) -> bool:
        """Whether the camera gives pictures now."""
        ...

    def look(self) -> str | None:
        """The text of the code in the newest picture; None without one, or when that picture was looked at before."""
        ...


class CameraCodes:
    """`CodeCamera` on a running camera."""

    def __init__(self, *, camera: FrameSource, reader: CodeReader) -> None:
        self._camera = camera
        self._reader = reader
        self._seen = -1

    def is_available(self) -> bool:
        """Pictures come and are not black."""
        return self._camera.health().status in {CameraStatus.RUNNING, CameraStatus.OPENING}

    def look(self) -> str | None:
        """Reads the newest picture once."""
        frame = self._camera.latest()
        if frame is None or frame.sequence == self._seen:
            return None
        self._seen = frame.sequence
        return self._reader.read(frame.pixels)
