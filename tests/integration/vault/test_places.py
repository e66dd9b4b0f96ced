"""Places for secrets: plain files, systemd's seals, the key ring; none ever asks a person, none hangs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.vault import keyring_place
from smart4s_kiosk.vault.keyring_place import KeyringPlace, silent_key_ring
from smart4s_kiosk.vault.places import (
    HandedOverPlace,
    PlaceName,
    PlainFilePlace,
    SecretPlace,
    SystemdPlace,
    round_trips,
)
from tests.waiting import PATIENCE_S, until

SECRET = bytes(range(32))
HAS_SYSTEMD_CREDS = shutil.which("systemd-creds") is not None and os.geteuid() == 0
HAS_BUS = shutil.which("dbus-daemon") is not None


class DictionaryRing:
    """A key ring in memory, with the manners of the `keyring` package."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]

    def _check(self) -> None:
        if self.is_locked:
            raise KeyringLocked


@pytest.fixture(params=["plain", "ring", "systemd"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> SecretPlace:
    if request.param == "plain":
        return PlainFilePlace(tmp_path / "keys")
    if request.param == "ring":
        return KeyringPlace(DictionaryRing(), "smart4s-kiosk/test")
    if not HAS_SYSTEMD_CREDS:
        pytest.skip("systemd-creds needs root and a systemd of 250 or later")
    return SystemdPlace(tmp_path / "keys", PlaceName.HOST_KEY)


def test_a_secret_is_kept_replaced_and_let_go(place: SecretPlace) -> None:
    assert place.get("store-key") is None
    place.remove("store-key")
    place.put("store-key", SECRET)
    assert place.get("store-key") == SECRET
    assert place.get("terminal-key") is None
    place.put("store-key", SECRET[::-1])
    assert place.get("store-key") == SECRET[::-1]
    place.remove("store-key")
    assert place.get("store-key") is None


def test_a_trial_leaves_nothing_behind(place: SecretPlace) -> None:
    assert round_trips(place)
    assert place.get("trial") is None


def test_a_plain_file_is_the_owners_alone_and_counts_as_unsafe(tmp_path: Path) -> None:
    place = PlainFilePlace(tmp_path / "keys")
    place.put("store-key", SECRET)
    [file] = (tmp_path / "keys").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert not place.name.survives_theft


def test_what_each_place_is_worth() -> None:
    assert {name for name in PlaceName if not name.survives_theft} == {PlaceName.HOST_KEY, PlaceName.PLAIN_FILE}


@pytest.mark.parametrize("torn", [b"", b"xyz", b"\xff\x00"])
def test_a_torn_file_is_not_taken_for_a_key(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "store-key.key").write_bytes(torn)
    place = PlainFilePlace(tmp_path)
    if torn:
        with pytest.raises(Unavailable):
            place.get("store-key")
    else:
        assert place.get("store-key") == b""


@pytest.mark.skipif(not HAS_SYSTEMD_CREDS, reason="systemd-creds needs root and a systemd of 250 or later")
def test_a_sealed_file_shows_no_key_and_opens_under_its_own_name_only(tmp_path: Path) -> None:
    place = SystemdPlace(tmp_path, PlaceName.HOST_KEY)
    place.put("store-key", SECRET)
    [file] = tmp_path.iterdir()
    assert SECRET.hex().encode() not in file.read_bytes()
    file.rename(file.with_name("terminal-key.host-key.cred"))
    with pytest.raises(Unavailable):
        place.get("terminal-key")


@pytest.mark.parametrize("script", ["exit 1", "echo nonsense", "kill -9 $$", "cat >/dev/null"])
def test_a_systemd_that_fails_is_passed_over(tmp_path: Path, script: str) -> None:
    program = tmp_path / "systemd-creds"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    assert not round_trips(SystemdPlace(tmp_path / "keys", PlaceName.TPM2, str(program)))
    assert not round_trips(SystemdPlace(tmp_path / "keys", PlaceName.TPM2, str(tmp_path / "not-installed")))


def test_a_systemd_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "systemd-creds"
    program.write_text("#!/bin/sh\nexec tail -f /dev/null\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("smart4s_kiosk.vault.places._SYSTEMD_LIMIT_S", 0.2)
    assert not round_trips(SystemdPlace(tmp_path / "keys", PlaceName.TPM2, str(program)))


def test_what_systemd_hands_over_is_read_and_never_written(tmp_path: Path) -> None:
    (tmp_path / "smart4s-store-key").write_text(SECRET.hex() + "\n", encoding="ascii")
    place = HandedOverPlace("smart4s-", {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert place.get("store-key") == SECRET
    assert place.get("terminal-key") is None
    with pytest.raises(Unavailable):
        place.put("store-key", SECRET)
    assert not round_trips(place)
    assert HandedOverPlace("smart4s-", {}).get("store-key") is None


def test_a_locked_key_ring_is_away_and_asks_nobody() -> None:
    ring = DictionaryRing()
    place = KeyringPlace(ring, "smart4s-kiosk/test")
    place.put("store-key", SECRET)
    assert SECRET.hex() not in str(ring.kept)
    ring.is_locked = True
    with pytest.raises(Unavailable):
        place.get("store-key")
    assert not round_trips(place)


def test_a_key_ring_that_holds_something_else_is_refused() -> None:
    ring = DictionaryRing()
    ring.kept["smart4s-kiosk/test", "store-key"] = "§ not ours"
    with pytest.raises(Unavailable):
        KeyringPlace(ring, "smart4s-kiosk/test").get("store-key")


def test_without_a_session_bus_there_is_no_key_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    assert silent_key_ring() is None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    assert silent_key_ring() is None


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not HAS_BUS:
        pytest.skip("dbus-daemon is not installed")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    yield
    daemon.kill()
    daemon.wait(PATIENCE_S)
    daemon.stdout.close()


@pytest.mark.usefixtures("bus")
def test_a_bus_without_a_secret_service_starts_none() -> None:
    assert silent_key_ring() is None


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize("manner", ["locked", "deaf"])
def test_a_secret_service_that_would_prompt_or_hang_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manner: str
) -> None:
    monkeypatch.setattr(keyring_place, "ANSWER_LIMIT_S", 1.5)
    notes = tmp_path / "asked"
    service = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("secret_service.py")), manner, str(notes)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert service.stdout is not None
    assert service.stdout.readline().strip() == "ready"
    try:
        assert silent_key_ring() is None
        until(lambda: notes.exists() and notes.read_text(encoding="utf-8"), "the service notes what it was asked")
    finally:
        service.kill()
        service.wait(PATIENCE_S)
        service.stdout.close()
    asked = {line.split()[0] for line in notes.read_text(encoding="utf-8").splitlines()}
    assert asked == {"Get"}, "nothing that could open a prompt was called"
