"""`main.py doctor` and `migrate` on a real store: made, broken and mended."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.health_records import newest_record
from smart4s_kiosk.app.places import DATABASE_FILE, database_place, vault_folders
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.cli import main
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.vault.opening import create_vault, open_vault
from tests.integration.vault.places import plain_places


@dataclass
class Machine:
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str]:
        status = main(["--data-folder", str(self.folder / "data"), *words])
        return status, self.capsys.readouterr().out

    def findings(self) -> dict[str, str]:
        _status, text = self.run("doctor", "--json", "--language", "en")
        return {line["code"]: line["level"] for line in json.loads(text)}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Machine]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SMART4S_VAULT_KEY_FOLDER", str(tmp_path / "keys"))
    monkeypatch.setenv("SMART4S_VAULT_USE_KEYRING", "no")
    yield Machine(tmp_path, capsys)
    use_language("zh_CN")


def create_store(machine: Machine) -> None:
    settings = read_settings(data_folder=machine.folder / "data")
    create_vault(vault_folders(settings), SystemClock(), plain_places)


def test_an_empty_machine_is_told_to_begin_and_nothing_is_made(machine: Machine) -> None:
    status, text = machine.run("doctor")
    assert status == 0
    assert "首次启动" in text
    found = machine.findings()
    assert found["vault.not_made"] == "advice"
    assert "database.good" not in found
    assert not (machine.folder / "data").exists()


def test_a_store_is_followed_from_first_start_to_a_damaged_database(machine: Machine) -> None:
    create_store(machine)
    assert machine.findings()["database.none_yet"] == "advice"
    assert not (machine.folder / "data" / DATABASE_FILE).exists(), "looking makes nothing"
    assert machine.run("migrate")[0] == 0
    found = machine.findings()
    assert found["database.good"] == "good"
    assert found["vault.disk_readable"] == "broken"
    assert machine.run("doctor")[0] == 1, "serious findings show in the exit status"
    database = machine.folder / "data" / DATABASE_FILE
    content = bytearray(database.read_bytes())
    content[:64] = bytes(64)
    database.write_bytes(content)
    assert machine.findings()["database.unreadable"] == "broken"


def test_a_database_server_that_is_away_is_told_apart(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    create_store(machine)
    monkeypatch.setenv("SMART4S_DATA_DATABASE_URL", "postgresql://127.0.0.1:9/showroom")
    assert machine.findings()["database.away"] == "broken"


def test_an_empty_journal_has_no_newest_record(machine: Machine) -> None:
    create_store(machine)
    settings = read_settings(data_folder=machine.folder / "data")
    place = database_place(settings, open_vault(vault_folders(settings), SystemClock()))
    assert newest_record(place, SystemClock()) is None
    machine.run("migrate")
    assert newest_record(place, SystemClock()) is None


def test_migrating_without_a_store_is_refused_in_one_sentence(machine: Machine) -> None:
    status = main(["--data-folder", str(machine.folder / "data"), "migrate"])
    assert status == 1
    assert machine.capsys.readouterr().err.startswith("migrate：缺少门店密钥")
