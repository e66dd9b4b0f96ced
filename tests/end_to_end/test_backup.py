"""A dead machine: the recovery sheet and a backup open everything on a new one, and nothing personal lies in plain."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.app.backups import Backups
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.app.places import database_place, media_folder, vault_folders
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.settings_reading import read_settings
from smart4s_kiosk.app.single_instance import only_one
from smart4s_kiosk.cli import main
from smart4s_kiosk.domain.ids import CustomerId
from smart4s_kiosk.ports.vault import PersonForgotten
from smart4s_kiosk.storage.backup_folder import backups_in
from smart4s_kiosk.vault.opening import open_vault
from tests.end_to_end.backup_store import CANARIES, GUESTS, Store, fill, opened_store
from tests.fakes.clock import FakeClock


@dataclass
class Machine:
    """One machine's settings file and what stands in it."""

    file: Path
    settings: Settings

    def command(self, *words: str) -> int:
        return main(["--settings", str(self.file), *words])


def machine(folder: Path, outside: Path) -> Machine:
    folder.mkdir()
    (outside / "stick").mkdir(exist_ok=True)
    file = folder / "settings.toml"
    file.write_text(
        f"""
[data]
folder = "{folder / "data"}"
[vault]
key_folder = "{folder / "keys"}"
use_keyring = false
person_keys_copy = "{outside / "stick"}"
[backup]
folder = "{outside / "backups"}"
keep = 2
""",
        encoding="utf-8",
    )
    return Machine(file, read_settings(file))


@pytest.fixture
def old(tmp_path: Path) -> Machine:
    made = machine(tmp_path / "old", tmp_path)
    fill(made.settings)
    return made


@pytest.fixture
def sheet(old: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert old.command("vault", "sheet") == 0
    paper = tmp_path / "sheet.txt"
    paper.write_text("\n".join(capsys.readouterr().out.splitlines()[:-1]), encoding="utf-8")
    return paper


@pytest.fixture
def after_fire(old: Machine, sheet: Path, tmp_path: Path) -> Iterator[Store]:
    """The new machine after the sheet was typed and the newest backup put in place."""
    assert old.command("backup", "make") == 0
    new = machine(tmp_path / "new", tmp_path)
    assert new.command("vault", "restore", "--sheet", str(sheet)) == 0
    assert new.command("backup", "restore", str(backups_in(tmp_path / "backups")[-1])) == 0
    with opened_store(new.settings) as store:
        yield store


def test_sheet_and_backup_open_everything_on_a_new_machine(after_fire: Store) -> None:
    for guest in GUESTS:
        assert after_fire.contact(guest.customer) == guest.phone
        assert after_fire.found_by_phone(guest.phone) == guest.customer
    assert after_fire.paper() == b"%PDF-1.7 agreement of " + GUESTS[0].name.encode()
    assert after_fire.administrator_signs_in()


def test_whoever_was_forgotten_stays_forgotten_in_an_older_backup(old: Machine, sheet: Path, tmp_path: Path) -> None:
    assert old.command("backup", "make") == 0
    with opened_store(old.settings) as store:
        store.forget(GUESTS[1].customer)
    new = machine(tmp_path / "new", tmp_path)
    assert new.command("vault", "restore", "--sheet", str(sheet)) == 0
    assert new.command("backup", "restore", str(backups_in(tmp_path / "backups")[0])) == 0
    with opened_store(new.settings) as store:
        assert store.contact(GUESTS[0].customer) == GUESTS[0].phone
        with pytest.raises(PersonForgotten):
            store.contact(GUESTS[1].customer)


def test_twenty_planted_values_lie_nowhere_in_plain(old: Machine, tmp_path: Path) -> None:
    assert old.command("backup", "make") == 0
    with opened_store(old.settings) as store:
        store.tell_the_connector(tmp_path / "connector")
        files = [f for f in tmp_path.rglob("*") if f.is_file() and f.name != "settings.toml"]
        names = {f.name for f in files}
        kinds = {"showroom.db", "showroom.db-wal", "connector.db", "test.jsonl"}
        assert kinds <= names, "database, its log, backup, connector and log were read"
        contents = {str(f): f.read_bytes() for f in files}
    assert len(CANARIES) >= 20
    found = [
        (canary, where)
        for where, content in contents.items()
        for canary in CANARIES
        for form in (canary.encode(), canary.encode("utf-16-le"), json.dumps(canary).strip('"').encode())
        if form in content
    ]
    assert found == []


def test_the_search_for_planted_values_would_find_one(tmp_path: Path) -> None:
    """A plain SQLite file is what the test above must never meet."""
    plain = tmp_path / "plain.db"
    with sqlite3.connect(plain) as connection:
        connection.execute("create table t (v text)")
        connection.execute("insert into t values (?)", (CANARIES[0],))
    connection.close()
    assert CANARIES[0].encode() in plain.read_bytes()


def test_backups_are_daily_thinned_out_and_link_what_did_not_change(old: Machine, tmp_path: Path) -> None:
    clock = FakeClock()
    place = database_place(old.settings, open_vault(vault_folders(old.settings), SystemClock()))
    backups = Backups(place, media_folder(old.settings), old.settings.backup, clock)
    removed = []
    for _day in range(4):
        removed.append(backups.make_daily())
        assert backups.make_daily() == 0, "one a day"
        clock.advance(timedelta(days=1).total_seconds())
    assert removed == [0, 0, 1, 1]
    kept = backups_in(tmp_path / "backups")
    assert len(kept) == 2
    papers = [next((backup / "media").glob("??/*")) for backup in kept]
    assert papers[0].samefile(papers[1]), "a file that never changes lies on the disk once"
    assert not list(kept[-1].rglob("*person*")), "person keys are in no backup"


def test_a_running_showroom_is_never_restored_over(old: Machine, tmp_path: Path) -> None:
    assert old.command("backup", "make") == 0
    backup = str(backups_in(tmp_path / "backups")[-1])
    with only_one(old.settings.data.place, "kiosk", SystemClock()):
        assert old.command("backup", "restore", backup) == 1
    assert old.command("backup", "restore", backup) == 0
    with opened_store(old.settings) as store:
        assert store.contact(CustomerId(GUESTS[0].customer)) == GUESTS[0].phone


def test_half_a_backup_is_no_backup(old: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = tmp_path / "backups" / "20200101T000000Z.part"
    left.mkdir(parents=True)
    assert old.command("backup", "list") == 0
    assert capsys.readouterr().out == ""
    assert old.command("backup", "make") == 0
    assert not left.exists()
    assert old.command("backup", "restore", str(tmp_path / "nowhere")) == 1
