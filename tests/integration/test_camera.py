"""The camera class on real files, a hostile one, and sources that come and go."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from smart4s_kiosk.ports.vision import CameraRole, CameraStatus, Pixels
from smart4s_kiosk.vision.camera import BLACK_FRAMES, Camera, CameraSettings, is_black
from smart4s_kiosk.vision.sources import (
    Picture,
    Source,
    SourceEnded,
    SourceLost,
    SourceSettings,
    device_status,
    list_cameras,
    open_source,
)
from tests.fakes.clock import FakeClock
from tests.waiting import PATIENCE_S


def numbered(number: int, size: tuple[int, int] = (64, 48)) -> Pixels:
    return np.full((size[1], size[0], 3), 40 + 10 * number, np.uint8)


def settings(address: Path | str, *, repeat: bool = False) -> CameraSettings:
    return CameraSettings("face", CameraRole.FACE, SourceSettings(str(address), fps=200, repeat=repeat))


class Stop(threading.Event):
    """A stop signal whose waits end at once and are counted: no test sleeps for a back-off."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return self.is_set()


@contextmanager
def running(camera: Camera, stop: Stop) -> Iterator[None]:
    worker = threading.Thread(target=camera.run, args=(stop,))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join(PATIENCE_S)
        assert not worker.is_alive()


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20, (64, 48))
    for number in range(10):
        writer.write(numbered(number))
    writer.release()
    return path


def read_all(source: Source) -> list[Picture]:
    pictures = []
    try:
        while True:
            pictures.append(source.read())
    except SourceEnded:
        return pictures
    finally:
        source.close()


def test_a_video_gives_every_frame_with_its_time(video: Path) -> None:
    pictures = read_all(open_source(SourceSettings(str(video), repeat=False)))
    assert len(pictures) == 10
    times = [picture.at_s for picture in pictures if picture.at_s is not None]
    assert times == pytest.approx([n / 20 for n in range(10)], abs=0.002)
    assert [round(float(p.pixels.mean()), -1) for p in pictures] == [40 + 10 * n for n in range(10)]


def test_a_repeated_video_goes_on_and_its_clock_never_goes_back(video: Path) -> None:
    source = open_source(SourceSettings(str(video), fps=20, repeat=True))
    times = [source.read().at_s or 0.0 for _ in range(25)]
    source.close()
    assert all(after > before for before, after in pairwise(times))
    assert times[-1] == pytest.approx(24 / 20, abs=0.02)


def test_frames_are_read_only(video: Path) -> None:
    for picture in read_all(open_source(SourceSettings(str(video), repeat=False))):
        with pytest.raises(ValueError, match="read-only"):
            picture.pixels[0, 0] = 0


def test_a_folder_gives_its_pictures_by_name_and_passes_over_what_is_none(tmp_path: Path) -> None:
    for number in (2, 0, 1):
        cv2.imwrite(str(tmp_path / f"{number}.png"), numbered(number))
    (tmp_path / "1b.jpg").write_bytes(b"not a picture")
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    pictures = read_all(open_source(SourceSettings(str(tmp_path), repeat=False)))
    assert [int(picture.pixels[0, 0, 0]) for picture in pictures] == [40, 50, 60]


def too_wide(video: Path) -> bytes:
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), 20, (5000, 16))
    writer.write(numbered(1, (5000, 16)))
    writer.release()
    return video.read_bytes()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda video: b"",
        lambda video: b"RIFF" + bytes(2000),
        lambda video: video.read_bytes()[:300],
        lambda video: bytes(range(256)) * 400,
        too_wide,
    ],
    ids=["empty", "zeros", "cut", "noise", "5000 wide"],
)
def test_a_hostile_video_is_unreadable_and_takes_nothing_with_it(video: Path, spoil: Callable[[Path], bytes]) -> None:
    video.write_bytes(spoil(video))
    with pytest.raises(SourceLost) as lost:
        read_all(open_source(SourceSettings(str(video), repeat=False)))
    assert lost.value.status is CameraStatus.UNREADABLE


def test_a_folder_without_a_readable_picture_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(SourceLost):
        open_source(SourceSettings(str(tmp_path)))
    (tmp_path / "a.jpg").write_bytes(b"no")
    source = open_source(SourceSettings(str(tmp_path), repeat=True))
    with pytest.raises(SourceLost) as lost:
        source.read()
    assert lost.value.status is CameraStatus.UNREADABLE


def test_a_missing_camera_is_not_found(tmp_path: Path) -> None:
    for address in ("/dev/video97", str(tmp_path / "gone.avi"), "97"):
        with pytest.raises(SourceLost) as lost:
            open_source(SourceSettings(address))
        assert lost.value.status is CameraStatus.NOT_FOUND


def test_two_identical_cameras_have_different_stable_paths(tmp_path: Path) -> None:
    info, devices = tmp_path / "info", tmp_path / "v4l"
    (devices / "by-id").mkdir(parents=True)
    (devices / "by-path").mkdir()
    for number, index in ((0, 0), (1, 1), (2, 0)):
        folder = info / f"video{number}"
        folder.mkdir(parents=True)
        (folder / "index").write_text(f"{index}\n", encoding="ascii")
        (folder / "name").write_text("HD Camera\n", encoding="utf-8")
        (tmp_path / f"video{number}").touch()
    # Without serial numbers only one of them gets the id; the other is told apart by its socket.
    (devices / "by-id" / "usb-HD_Camera-video-index0").symlink_to(tmp_path / "video0")
    (devices / "by-path" / "pci-usb-0:1-video-index0").symlink_to(tmp_path / "video0")
    (devices / "by-path" / "pci-usb-0:2-video-index0").symlink_to(tmp_path / "video2")
    found = list_cameras(devices, info)
    assert [camera.name for camera in found] == ["HD Camera", "HD Camera"]
    assert [Path(camera.path).name for camera in found] == ["usb-HD_Camera-video-index0", "pci-usb-0:2-video-index0"]
    assert all(camera.status is CameraStatus.RUNNING for camera in found)


def test_a_machine_without_cameras_has_none(tmp_path: Path) -> None:
    assert list_cameras(tmp_path / "none", tmp_path / "neither") == ()
    assert device_status(str(tmp_path / "none")) is CameraStatus.NOT_FOUND


def test_a_recording_plays_to_its_end_and_only_the_newest_frame_is_kept(video: Path) -> None:
    camera = Camera(settings(video), FakeClock())
    camera.run(Stop())
    health = camera.health()
    assert (health.status, health.frames, health.overtaken) == (CameraStatus.ENDED, 10, 9)
    frame = camera.latest()
    assert frame is not None
    assert frame.sequence == 10
    assert camera.next_frame(10, timeout_s=0) is None


def test_a_recording_is_paced_by_its_own_clock(video: Path) -> None:
    stop = Stop()
    Camera(settings(video), FakeClock()).run(stop)
    # The clock stands still: each frame is due at its own second after the first.
    assert stop.waits == pytest.approx([n / 20 for n in range(1, 10)], abs=0.002)


class Scripted:
    """A source that does what a test wrote down: pictures, losses."""

    def __init__(self, *script: Pixels | CameraStatus) -> None:
        self._script = list(script)
        self.closed = False

    def read(self) -> Picture:
        step = self._script.pop(0) if self._script else CameraStatus.LOST
        if isinstance(step, CameraStatus):
            raise SourceLost(step)
        return Picture(step)

    def close(self) -> None:
        self.closed = True


def test_a_lost_camera_is_opened_again_after_growing_pauses_and_says_so_meanwhile() -> None:
    stop, seen = Stop(), []
    sources = [Scripted(numbered(1)), None, None, None, None, None, Scripted(numbered(2), numbered(3))]
    camera: Camera

    def opener(_: SourceSettings) -> Source:
        seen.append(camera.health().status)
        if not sources:
            stop.set()
            raise SourceLost(CameraStatus.NOT_FOUND)
        source = sources.pop(0)
        if source is None:
            raise SourceLost(CameraStatus.NOT_FOUND)
        return source

    camera = Camera(settings("/dev/video0"), FakeClock(), opener=opener)
    camera.run(stop)
    assert stop.waits == [0.5, 1.0, 2.0, 5.0, 5.0, 5.0, 0.5, 1.0]
    assert seen[0] is CameraStatus.OPENING
    assert seen[1] is CameraStatus.LOST
    assert seen[2] is CameraStatus.NOT_FOUND
    assert camera.health().reopened == 1
    assert camera.health().frames == 3
    assert camera.latest() is None


def test_a_closed_shutter_is_a_black_picture_and_opens_again() -> None:
    black = np.zeros((480, 640, 3), np.uint8)
    stop, statuses = Stop(), []
    pictures = [*[black] * (BLACK_FRAMES + 2), numbered(9)]
    camera: Camera

    class Shutter:
        def read(self) -> Picture:
            statuses.append(camera.health().status)
            if not pictures:
                raise SourceEnded
            return Picture(pictures.pop(0))

        def close(self) -> None:
            """Nothing to close."""

    camera = Camera(settings("/dev/video0"), FakeClock(), opener=lambda _: Shutter())
    camera.run(stop)
    assert statuses[BLACK_FRAMES - 1] is CameraStatus.RUNNING
    assert statuses[BLACK_FRAMES] is CameraStatus.BLACK
    assert statuses[-1] is CameraStatus.RUNNING


def test_a_dim_room_is_not_black() -> None:
    dim = np.random.default_rng(1).normal(10, 3, (480, 640, 3)).clip(0, 255).astype(np.uint8)
    dim[100:200, 100:300] = 60
    assert not is_black(dim)
    assert is_black(np.full((480, 640, 3), 8, np.uint8))


class Endless:
    """A source that has a next picture for as long as it is asked."""

    def __init__(self) -> None:
        self.closed = False

    def read(self) -> Picture:
        return Picture(numbered(1))

    def close(self) -> None:
        self.closed = True


def test_a_waiting_reader_gets_the_frame_when_it_comes_and_the_source_is_closed_at_the_end() -> None:
    source = Endless()
    camera = Camera(settings("/dev/video0"), FakeClock(), opener=lambda _: source)
    stop = Stop()
    with running(camera, stop):
        frame = camera.next_frame(0, timeout_s=PATIENCE_S)
        assert frame is not None
        later = camera.next_frame(frame.sequence, timeout_s=PATIENCE_S)
        assert later is not None
        assert later.sequence > frame.sequence
    assert source.closed
    assert camera.health().status is CameraStatus.STOPPED


def test_a_camera_that_another_program_has_open_says_so() -> None:
    mine, theirs = os.openpty()  # a device file that no camera answers behind
    device = os.ttyname(theirs)
    holder = subprocess.Popen([sys.executable, "-c", "input()"], stdin=theirs, stdout=subprocess.DEVNULL)
    try:
        with pytest.raises(SourceLost) as held:
            open_source(SourceSettings(device))
    finally:
        holder.kill()
        holder.wait(PATIENCE_S)
    with pytest.raises(SourceLost) as free:
        open_source(SourceSettings(device))
    os.close(theirs)
    os.close(mine)
    assert (held.value.status, free.value.status) == (CameraStatus.BUSY, CameraStatus.LOST)
