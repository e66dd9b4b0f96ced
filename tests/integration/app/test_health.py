"""Checks on real disks, files and keys; and that none of them can hold up the page."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.health import Check, Level, run_checks
from smart4s_kiosk.app.health_backups import check_backups
from smart4s_kiosk.app.health_keys import check_vault
from smart4s_kiosk.app.health_machine import (
    FONT_FILES,
    check_cameras,
    check_disk,
    check_fonts,
    check_models,
    check_printer,
)
from smart4s_kiosk.app.settings import BackupSettings, CameraSettings, CamerasSettings, PrintingSettings
from smart4s_kiosk.vault.opening import MARK_NAME, create_vault, open_vault
from smart4s_kiosk.vision.device_holder import holder_of
from tests.fakes.clock import FakeClock
from tests.integration.vault.places import folders_in, plain_places
from tests.waiting import PATIENCE_S


def test_a_check_that_hangs_is_reported_and_the_others_are_not_delayed() -> None:
    release = threading.Event()
    checks = [Check("hangs", lambda: (release.wait(PATIENCE_S), [])[1]), Check("quick", list)]
    results = run_checks(checks, SystemClock(), limit_s=1.5)
    release.set()
    assert [f.code for r in results for f in r.findings] == ["check.too_slow"]
    assert (results[1].name, results[1].findings) == ("quick", ())


def test_the_disk_under_a_folder_that_is_not_there_yet_is_measured(tmp_path: Path) -> None:
    [found] = check_disk(tmp_path / "not" / "yet")
    assert found.code in {"disk.good", "disk.low", "disk.full"}
    assert float(str(found.facts["free_gb"])) >= 0


def test_a_place_where_nothing_can_be_kept_is_no_disk() -> None:
    [found] = check_disk(Path("/proc/somewhere"))
    assert found.code == "disk.read_only"


def test_backups_are_told_by_their_age(tmp_path: Path) -> None:
    clock = FakeClock()
    folder = tmp_path / "backups"

    def code(settings: BackupSettings) -> str:
        [found] = check_backups(settings, clock)
        return found.code

    assert code(BackupSettings()) == "backup.no_folder"
    assert code(BackupSettings(folder)) == "backup.none_yet"
    (folder / f"{clock.now():%Y%m%dT%H%M%SZ}").mkdir(parents=True)
    (folder / "20300101T000000Z.part").mkdir()
    assert code(BackupSettings(folder)) == "backup.good"
    clock.advance(timedelta(days=3).total_seconds())
    assert code(BackupSettings(folder)) == "backup.old"


def test_bundled_fonts_and_models_are_the_tested_ones(tmp_path: Path) -> None:
    assert [f.code for f in check_fonts()] == ["fonts.good"]
    assert {f.code for f in check_models()} == {"models.good"}
    (tmp_path / FONT_FILES[0]).write_bytes(b"OTTO not a TrueType file")
    [found] = check_fonts(tmp_path)
    assert found.code == "fonts.missing"
    assert all(name in str(found.facts["files"]) for name in FONT_FILES)


def test_cameras_are_told_apart_by_what_is_wrong_with_them(tmp_path: Path) -> None:
    film = tmp_path / "film.avi"
    film.write_bytes(b"RIFF")
    cameras = CamerasSettings(
        face=CameraSettings(source=str(tmp_path / "gone")),
        document=CameraSettings(source=str(film)),
        floor=CameraSettings(source="rtsp://camera.local/1"),
    )
    assert [f.code for f in check_cameras(cameras)] == ["camera.absent", "camera.recorded", "camera.remote"]
    assert [f.code for f in check_cameras(CamerasSettings())] == ["camera.not_chosen"] * 3
    device = CamerasSettings(face=CameraSettings(source="/dev/null"))
    assert next(iter(check_cameras(device))).code in {"camera.good", "camera.busy"}


def test_who_holds_a_device_is_named(tmp_path: Path) -> None:
    device = tmp_path / "video0"
    device.touch()
    code = f"f = open({str(device)!r}); print('open', flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline().strip() == "open"
    assert holder_of(device).startswith("python")
    holder.stdin.close()
    holder.wait(PATIENCE_S)
    holder.stdout.close()
    assert holder_of(device) == ""


def test_a_camera_without_permission_is_told_apart(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    closed = tmp_path / "video0"
    closed.touch(mode=0)
    [found, *_rest] = check_cameras(CamerasSettings(face=CameraSettings(source=str(closed))))
    assert found.code == "camera.no_permission"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("echo 'printer HP is idle.  enabled since Sat'", "printer.good"),
        ("echo 'printer HP disabled since Sat -'", "printer.paused"),
        ("echo 'lpstat: Invalid destination name' >&2; exit 1", "printer.absent"),
        (None, "printer.cannot_ask"),
    ],
)
def test_a_printer_is_judged_by_the_systems_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, code: str
) -> None:
    if script is not None:
        program = tmp_path / "lpstat"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [f.code for f in check_printer(PrintingSettings(printer="HP"))] == [code, "printer.no_slips"]
    assert [f.code for f in check_printer(PrintingSettings(slip_printer="HP"))] == ["printer.no_sheets", code]
    assert [f.code for f in check_printer(PrintingSettings())] == ["printer.no_sheets", "printer.no_slips"]


def test_the_vaults_health_says_what_its_place_is_worth(tmp_path: Path) -> None:
    folders = folders_in(tmp_path, copy=True)
    clock = FakeClock()

    def codes() -> dict[str, Level]:
        return {f.code: f.level for f in check_vault(folders, lambda: open_vault(folders, clock, plain_places))}

    assert codes() == {"vault.not_made": Level.ADVICE}
    vault = create_vault(folders, clock, plain_places)
    vault.person_keys.refresh_copy()
    assert codes() == {"vault.disk_readable": Level.BROKEN, "person_keys.copy_fresh": Level.GOOD}
    (tmp_path / "stick").rename(tmp_path / "drawer")
    assert codes()["person_keys.copy_away"] is Level.WARNING
    content = vault.person_keys.place.read_bytes()
    vault.person_keys.place.write_bytes(b"x" + content[1:])
    assert codes()["person_keys.damaged"] is Level.BROKEN
    vault.person_keys.place.unlink()
    assert codes()["person_keys.away"] is Level.BROKEN
    for key in (tmp_path / "keys").rglob("*.key"):
        key.unlink()
    assert codes() == {"vault.key_missing": Level.BROKEN}
    (folders.data / MARK_NAME).write_text("not json", encoding="utf-8")
    assert codes() == {"vault.unreadable": Level.BROKEN}


def test_keys_inside_the_data_folder_are_told(tmp_path: Path) -> None:
    from dataclasses import replace

    folders = replace(folders_in(tmp_path), keys=tmp_path / "data" / "keys")
    create_vault(folders, FakeClock(), plain_places)
    found = check_vault(folders, lambda: open_vault(folders, FakeClock(), plain_places))
    assert "vault.keys_beside_data" in {f.code for f in found}
