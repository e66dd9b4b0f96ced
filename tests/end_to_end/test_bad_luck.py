"""What goes wrong in a showroom, on the real application: cameras, papers, disk, keys, settings, clock, power."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from smart4s_kiosk import i18n
from smart4s_kiosk.app.build import Application
from smart4s_kiosk.app.health import Level
from smart4s_kiosk.app.health_checks import machine_checks
from smart4s_kiosk.app.health_words import say
from smart4s_kiosk.app.settings import CameraSettings, CamerasSettings
from smart4s_kiosk.demo.headless import start_far_end
from smart4s_kiosk.domain.agreements import AgreementState, AgreementStepRefused
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.domain.ids import AgreementId, VisitId
from smart4s_kiosk.domain.visits import VisitState
from smart4s_kiosk.ports.sync import LineState
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import ChooseWay, EnterPhone
from smart4s_kiosk.services.clock_trust import ClockOffConnector
from smart4s_kiosk.services.customers import NewCustomer
from smart4s_kiosk.ui.wording import refusal_words
from tests.end_to_end.real_showroom import (
    CONSULTANT_USERID,
    Guest,
    copy_showroom,
    outbox_counts,
    running,
    settings_in,
)
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1024 * 1024
_FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


@pytest.fixture
def folder(filled_showroom: Path, tmp_path: Path) -> Path:
    """A filled showroom of the test's own."""
    return copy_showroom(filled_showroom, tmp_path / "showroom")


def serve(guest: Guest, *, is_typed: bool = False) -> None:
    """From the door to the key."""
    guest.check_in()
    guest.is_received()
    guest.chooses_a_car()
    guest.shows_a_licence(is_typed=is_typed)
    guest.reads_the_text()
    guest.signs()
    guest.is_signed_for()
    guest.drives_away()
    assert guest.agreement.state is AgreementState.KEY_OUT


def said(refusal: ShowroomError) -> tuple[str, str]:
    """What a page says about it, in Chinese and in English."""
    words = []
    for language in ("zh_CN", "en"):
        i18n.use_language(language)
        words.append(refusal_words(refusal).words)
    i18n.use_language("zh_CN")
    return words[0], words[1]


def is_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


# --- cameras and papers ----------------------------------------------------------------------------------------------


def test_without_a_camera_everything_but_the_face_works_and_an_unreadable_licence_is_typed(folder: Path) -> None:
    with running(settings_in(folder)) as application:
        assert Way.FACE not in application.services.kiosk.begin().ways
        noise = np.random.default_rng(7).integers(0, 255, (720, 1280, 3), dtype=np.uint8)
        for picture in (noise, np.zeros((720, 1280, 3), dtype=np.uint8)):
            reading = application.licence_reader.read([picture])
            assert reading.texts() == {}
            assert reading.marked() == tuple(reading.fields), "every field asks for a person"
        serve(Guest(application), is_typed=True)


def test_a_camera_that_is_not_there_takes_away_the_face_way_only(folder: Path, tmp_path: Path) -> None:
    face = CameraSettings(source=str(tmp_path / "unplugged.avi"))
    settings = settings_in(folder, cameras=CamerasSettings(face=face))
    with running(settings) as application:
        kiosk = application.services.kiosk
        until(lambda: Way.FACE not in kiosk.begin().ways, "the face way is away")
        assert kiosk.begin().face_is_away
        visit_id = kiosk.begin().visit_id
        assert kiosk.choose_way(visit_id, Way.FACE) == kiosk.newest(ChooseWay(visit_id, ()))
        serve(Guest(application))
        check = next(c for c in machine_checks(settings, application.clock) if c.name == "camera")
        (absent,) = [f for f in check.ask() if f.code == "camera.absent"]
        assert absent.level is Level.WARNING
        assert say(absent).to_do


def test_a_camera_that_vanishes_mid_way_leads_to_the_phone_and_comes_back(folder: Path, tmp_path: Path) -> None:
    pictures, elsewhere = tmp_path / "pictures", tmp_path / "unplugged"
    pictures.mkdir()
    for number in range(3):
        grey = np.full((480, 640, 3), 90 + 20 * number, dtype=np.uint8)
        cv2.imwrite(str(pictures / f"{number}.png"), grey)
    face = CameraSettings(source=str(pictures), width=640, height=480, frames_per_second=10)
    with running(settings_in(folder, cameras=CamerasSettings(face=face))) as application:
        kiosk = application.services.kiosk
        until(lambda: kiosk.face_preview() is not None, "the camera runs")
        visit_id = kiosk.begin().visit_id
        notice = kiosk.choose_way(visit_id, Way.FACE)
        kiosk.answer_consent(visit_id, agrees=True, is_14=True, version=notice.version, shown_s=60)  # type: ignore[union-attr] # the page after the phone asks for consent
        pictures.rename(elsewhere)
        until(lambda: Way.FACE not in kiosk.begin().ways, "the loss is noticed")
        assert isinstance(kiosk.finish_face(visit_id), EnterPhone), "no word of blame, another way"
        serve(Guest(application))
        elsewhere.rename(pictures)
        until(lambda: Way.FACE in kiosk.begin().ways, "the camera is back by itself")


# --- the disk --------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 32 MB; only root may mount one."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", str(folder)]
    mounted = subprocess.run(words, capture_output=True, check=False)
    if mounted.returncode:
        if os.environ.get("CI", "").lower() in {"1", "true"} and os.getuid() == 0:
            pytest.fail(f"no small disk: {mounted.stderr!r}")
        pytest.skip(f"NOT TESTED ON A FULL DISK: mounting needs root ({mounted.stderr!r})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all the room there is, to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (_MEGABYTE, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return ballast


def full_disk_refusal(application: Application) -> Unavailable:
    """Guests come until the disk refuses one (what is free inside the database is used up first)."""
    for _ in range(300):
        try:
            Guest(application).check_in()
        except Unavailable as full:
            return full
    pytest.fail("300 guests fitted on a full disk")


def test_a_disk_that_fills_up_during_a_visit_stops_it_in_words_and_loses_nothing(
    filled_showroom: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        with running(settings_in(copy_showroom(filled_showroom, disk))) as application:
            guest = Guest(application)
            guest.check_in()
            guest.is_received()
            guest.chooses_a_car()
            guest.shows_a_licence()
            guest.reads_the_text()
            guest.signs()
            guest.is_signed_for()
            signed, ballast = guest.agreement, fill(disk)
            refusal = full_disk_refusal(application)
            assert (refusal.what, refusal.code) == ("disk", "unavailable")
            chinese, english = said(refusal)
            assert is_chinese(chinese)
            assert "disk" in english.lower()
            assert "磁盘" in chinese
            with pytest.raises(Unavailable):
                guest.drives_away()
            with pytest.raises(Unavailable):
                application.services.customers.register(NewCustomer(name="郑州", phone="13900000427"))
            assert guest.agreement == signed, "still signed, not half sealed, and no key is out"
            held = len(application.services.desk.open_visits())

            ballast.unlink()
            guest.drives_away()
            assert guest.agreement.state is AgreementState.KEY_OUT
            assert application.services.test_drives.pdf(guest.agreement_id).startswith(b"%PDF")
            Guest(application).check_in()
            assert len(application.services.desk.open_visits()) == held + 1
        with running(settings_in(disk)) as again:
            assert again.services.test_drives.get(guest.agreement_id).state is AgreementState.KEY_OUT
            assert len(again.services.desk.open_visits()) == held + 1


# --- keys and settings -----------------------------------------------------------------------------------------------


FIRST_START = """
import sys
from pathlib import Path
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.places import vault_folders
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.vault.opening import create_vault
settings = read_settings(None, data_folder=Path(sys.argv[1]))
print(create_vault(vault_folders(settings), SystemClock()).place.value)
"""


def bare_environment(folder: Path) -> dict[str, str]:
    """A user without a key ring, without systemd's sealing and without a session."""
    return {"PATH": "/nonexistent", "HOME": str(folder), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


def main_py(words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words],
        env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip


def test_without_a_key_ring_the_showroom_opens_and_doctor_says_in_red_what_that_means(tmp_path: Path) -> None:
    environment, data = bare_environment(tmp_path), tmp_path / "data"
    words = ["--data-folder", str(data)]
    made = subprocess.run(
        [sys.executable, "-c", FIRST_START, str(data)],
        env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert made.stdout.strip() == "plain-file", made.stderr
    for language, tell in (("zh_CN", "磁盘"), ("en", "disk")):
        answer = main_py([*words, "doctor", "--json", "--language", language], environment)
        assert answer.returncode == 1, "a red finding is an exit status"
        (red,) = [f for f in json.loads(answer.stdout) if f["code"] == "vault.disk_readable"]
        assert red["level"] == "broken"
        assert tell in red["what"].lower() + red["to_do"].lower()


def test_a_broken_settings_file_is_told_at_once_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        '[screen]\nlanguage = "fr"\nthme = "dark"\n[connector]\nurl = "ftp://x"\n[cameras.face]\nwidth = -1\n',
        encoding="utf-8",
    )
    answer = main_py(["--settings", str(file), "run"], bare_environment(tmp_path))
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr
    lines = answer.stderr.strip().splitlines()
    assert [f"{file}:{number}" in line for number, line in zip((2, 3, 5, 7), lines[1:], strict=True)] == [True] * 4
    assert all(is_chinese(line) for line in lines)


# --- the clock -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(_FAKETIME is None, reason="NOT TESTED WITH A WRONG CLOCK: needs Debian's faketime")
def test_a_clock_three_days_off_delivers_everything_and_signs_nothing(folder: Path, tmp_path: Path) -> None:
    far_end = start_far_end(tmp_path / "far-end")
    three_days_on = {"LD_PRELOAD": str(_FAKETIME), "FAKETIME": "+3d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    try:
        with running(settings_in(folder, connector_url=far_end.connector_url)) as application:
            courier = application.line.courier
            assert courier is not None
            courier.enrol(far_end.enrolment_code("kiosk-1"), "kiosk-1")
            far_end.kill_connector()
            far_end.start_connector(three_days_on)
            guest = Guest(application)
            guest.check_in()
            until(lambda: set(outbox_counts(application)) == {"sent"}, "delivered all the same")
            until(
                lambda: [m for m in far_end.state()["phones"] if m["userid"] == CONSULTANT_USERID and m["task_id"]],
                "the card",
            )
            until(lambda: abs((courier.clock_offset_s() or 0.0) - 3 * 86_400) < 60, "the offset is known")
            guest.is_received()
            guest.chooses_a_car()
            with pytest.raises(ClockOffConnector) as refused:
                guest.shows_a_licence()
            chinese, english = said(refused.value)
            assert "4320" in chinese
            assert is_chinese(chinese)
            assert "4320 minutes" in english

            far_end.kill_connector()
            far_end.start_connector()
            until(lambda: abs(courier.clock_offset_s() or 99.0) < 60, "the clocks agree again")
            until(lambda: courier.status().state is LineState.UP, "the line is up")
            guest.shows_a_licence()
            guest.reads_the_text()
            guest.signs()
    finally:
        far_end.stop()


# --- power -----------------------------------------------------------------------------------------------------------


def killed_visit(folder: Path, step: str) -> tuple[VisitId, AgreementId]:
    """A process of its own plays a visit and is killed with -9 at that step."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.end_to_end.visit_process", str(folder), step],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        line = process.stdout.readline().split()
        process.kill()
        process.wait(PATIENCE_S)
    visit_id, agreement_id = line
    return VisitId(visit_id), AgreementId(agreement_id)


def test_a_visit_goes_on_at_its_last_finished_step_after_a_kill(folder: Path) -> None:
    visit_id, agreement_id = killed_visit(folder, "signed")
    with running(settings_in(folder)) as application:
        assert application.services.visits.get(visit_id).state is VisitState.SERVING
        guest = Guest(application, visit_id, agreement_id)
        signed = guest.agreement
        assert signed.state is AgreementState.SIGNED_BY_CUSTOMER
        assert signed.driver_name == "李雷"
        with pytest.raises(AgreementStepRefused):
            guest.signs(seed=5)
        assert guest.agreement == signed, "the signature is the one that was made"

        other = Guest(application, visit_id, agreement_id)
        with application.storage.storage.look() as view:
            cars = view.vehicles.all()
        other.chooses_a_car(number=next(n for n, car in enumerate(cars) if car.id != signed.car_id))
        other.shows_a_licence()
        other.reads_the_text()
        assert (other.agreement.customer_strokes, other.agreement.staff_strokes) == (None, None)
        with pytest.raises(AgreementStepRefused):
            application.services.test_drives.seal(other.agreement_id)

        guest.is_signed_for()
        guest.drives_away()
        assert guest.agreement.customer_strokes == signed.customer_strokes


def test_a_kill_while_sealing_leaves_it_signed_or_sealed_and_the_visit_goes_on(folder: Path) -> None:
    visit_id, agreement_id = killed_visit(folder, "sealing")
    with running(settings_in(folder)) as application:
        guest = Guest(application, visit_id, agreement_id)
        state = guest.agreement.state
        assert state in {AgreementState.SIGNED_BY_STAFF, AgreementState.SEALED, AgreementState.KEY_OUT}
        with application.storage.storage.look() as view:
            seals = len(view.seals.all())
        assert seals == {"signed_s": 0, "sealed": 1, "key_out": 2}[state.value]
        drives = application.services.test_drives
        if state is AgreementState.SIGNED_BY_STAFF:
            drives.seal(agreement_id)
        if state is not AgreementState.KEY_OUT:
            drives.hand_out_key(agreement_id, by=guest.by)
        assert drives.pdf(agreement_id).startswith(b"%PDF")
