"""A guest holds an appointment's QR code up to the kiosk: read through the camera as it runs, from a picture folder."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode
from numpy.typing import NDArray

from smart4s_kiosk.domain.appointments import code_in
from smart4s_kiosk.ports.vision import CameraRole
from smart4s_kiosk.services.code_camera import CameraCodes
from smart4s_kiosk.vision.camera import Camera, CameraSettings
from smart4s_kiosk.vision.codes import QrCodeReader
from smart4s_kiosk.vision.sources import SourceSettings
from tests.fakes.clock import FakeClock
from tests.waiting import PATIENCE_S

LINK = "https://chengye.example/a?code=7Q2F9K"


def held_up(text: str, *, side: int, tilt: float = 0.0, light: int = 230) -> NDArray[np.uint8]:
    """A room with a phone held up in it: the code on a bright screen, tilted, a little blurred and noisy."""
    noise = np.random.default_rng(7)
    room = noise.integers(60, 110, (720, 1280, 3), dtype=np.uint8)
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    cells = np.array(code.get_matrix(), np.uint8)
    phone = cv2.resize(np.where(cells, 20, light).astype(np.uint8), (side, side), interpolation=cv2.INTER_NEAREST)
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    left, top, lean = 400, 200, tilt * side
    seen = np.array(
        [[left, top + lean], [left + side, top], [left + side, top + side - lean], [left + lean, top + side]],
        np.float32,
    )
    place = cv2.getPerspectiveTransform(corners, seen)
    shown = cv2.warpPerspective(cv2.cvtColor(phone, cv2.COLOR_GRAY2BGR), place, (1280, 720))
    inside = cv2.warpPerspective(np.full((side, side), 255, np.uint8), place, (1280, 720)) > 0
    room[inside] = shown[inside]
    return np.asarray(cv2.GaussianBlur(room, (3, 3), 0), np.uint8)


@contextmanager
def running(camera: Camera) -> Iterator[None]:
    stop = threading.Event()
    worker = threading.Thread(target=camera.run, args=(stop,))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join(PATIENCE_S)


def camera_on(folder: Path) -> Camera:
    return Camera(CameraSettings("face", CameraRole.FACE, SourceSettings(str(folder), fps=50)), FakeClock())


@pytest.mark.parametrize(("side", "tilt"), [(380, 0.0), (300, 0.06), (220, 0.0)])
def test_a_code_held_up_is_read_through_the_running_camera(tmp_path: Path, side: int, tilt: float) -> None:
    for number in range(4):
        cv2.imwrite(str(tmp_path / f"{number}.png"), held_up(LINK, side=side, tilt=tilt))
    camera = camera_on(tmp_path)
    codes = CameraCodes(camera=camera, reader=QrCodeReader())
    assert codes.look() is None
    with running(camera):
        assert camera.next_frame(-1, PATIENCE_S) is not None
        assert codes.is_available()
        text = codes.look() or ""
    assert text == LINK
    assert code_in(text) == "7Q2F9K"


def test_a_room_without_a_code_and_a_damaged_code_say_nothing() -> None:
    reader = QrCodeReader()
    empty = np.full((720, 1280, 3), 90, np.uint8)
    assert reader.read(empty) is None
    damaged = held_up(LINK, side=380)
    damaged[200:420, 400:600] = 0
    assert reader.read(damaged) is None
    assert reader.read(np.zeros((4, 4, 3), np.uint8)) is None
