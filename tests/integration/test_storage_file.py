"""What only the embedded database can get wrong: keys, readable bytes, locks, damage, migrations."""

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.domain.ids import CustomerId
from smart4s_kiosk.storage import backup, schema
from smart4s_kiosk.storage.database import SqlcipherDatabase, SqlcipherFile
from smart4s_kiosk.storage.open import DatabasePlace, back_up, migrate, open_storage, restore
from smart4s_kiosk.storage.schema import SchemaTooNew, SchemaTooOld
from smart4s_kiosk.storage.unit_of_work import SqlStorage
from tests.contracts.storage_values import TEN, a_beginning, a_full_customer
from tests.fakes.clock import FakeClock
from tests.showroom_databases import KEY, Listener
from tests.waiting import PATIENCE_S

NAME = "欧阳明珠"


def open_(place: DatabasePlace) -> SqlStorage:
    return open_storage(place, announcer=Listener(), clock=SystemClock()).storage


def add_visit(storage: SqlStorage, visit_id: str) -> None:
    with storage.begin() as work:
        work.visits.add(*a_beginning(visit_id))


def visits_in(place: DatabasePlace) -> list[str]:
    storage = open_(place)
    with storage.look() as view:
        found = [visit.id for visit in view.visits.open_visits()]
    storage.close()
    return list(found)


def raw(place: DatabasePlace) -> sqlcipher.Connection:
    return SqlcipherFile(place.file, place.key).connect()


def test_nothing_can_be_read_from_the_files_not_even_what_was_deleted(sqlcipher_place: DatabasePlace) -> None:
    customer = a_full_customer()
    storage = open_(sqlcipher_place)
    with storage.begin() as work:
        work.customers.add(customer)
    with storage.begin() as work:
        work.customers.put(customer.erased(TEN))
    written = {path.suffix: path.read_bytes() for path in sqlcipher_place.file.parent.glob("showroom.db*")}
    storage.close()
    assert {".db", ".db-wal", ".db-shm"} == set(written)
    for content in written.values():
        assert NAME.encode() not in content
        assert b"f-phone" not in content
        assert b"CREATE TABLE" not in content
        assert b"SQLite format 3" not in content


def decrypted_pages(file: Path) -> bytes:
    """Every page of a SQLCipher 4 file, free ones too: AES-256-CBC, the last 80 bytes are IV and HMAC."""
    size, reserve, salt = 4096, 80, 16
    content = file.read_bytes()
    plain = b""
    for start in range(0, len(content), size):
        page = content[start : start + size]
        cipher = Cipher(algorithms.AES(KEY), modes.CBC(page[size - reserve : size - reserve + 16])).decryptor()
        plain += cipher.update(page[salt if start == 0 else 0 : size - reserve]) + cipher.finalize()
    return plain


def test_deleted_text_is_wiped_inside_the_encryption_too(sqlcipher_place: DatabasePlace) -> None:
    """Whoever has the key finds nothing of an erased customer in free pages (secure_delete is off by default)."""
    storage = open_(sqlcipher_place)
    with storage.begin() as work:
        work.customers.add(a_full_customer())
        work.customers.add(replace(a_full_customer(), id=CustomerId("c2"), name="留下"))
    with storage.begin() as work:
        work.customers.put(a_full_customer().erased(TEN))
    storage.close()
    pages = decrypted_pages(sqlcipher_place.file)
    assert "留下".encode() in pages
    assert NAME.encode() not in pages


def test_the_file_belongs_to_its_user_alone(tmp_path: Path) -> None:
    place = DatabasePlace(None, tmp_path / "data" / "showroom.db", KEY)
    migrate(place, backups=tmp_path, clock=SystemClock())
    storage = open_(place)
    add_visit(storage, "v1")
    assert {oct(path.stat().st_mode & 0o777) for path in place.file.parent.glob("*")} == {"0o600"}
    storage.close()


def test_connections_are_set_up_as_promised(sqlcipher_place: DatabasePlace) -> None:
    with closing(raw(sqlcipher_place)) as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "temp_store")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
    }


def test_another_key_opens_nothing(sqlcipher_place: DatabasePlace) -> None:
    with pytest.raises(Unavailable) as refused:
        open_(replace(sqlcipher_place, key=b"\x01" * 32))
    assert (refused.value.what, refused.value.waiting_helps) == ("database", False)


def test_a_damaged_file_is_not_a_crash(sqlcipher_place: DatabasePlace) -> None:
    content = bytearray(sqlcipher_place.file.read_bytes())
    content[100:200] = os.urandom(100)
    sqlcipher_place.file.write_bytes(content)
    with pytest.raises(Unavailable):
        open_(sqlcipher_place)


def test_a_folder_that_cannot_be_made_is_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable):
        open_(DatabasePlace(None, tmp_path / "file" / "showroom.db", KEY))


def test_a_writer_that_waits_too_long_gives_up(sqlcipher_place: DatabasePlace) -> None:
    file = SqlcipherFile(sqlcipher_place.file, KEY, busy_s=0.2)
    storage = SqlStorage(SqlcipherDatabase(file), Listener(), SystemClock())
    with closing(raw(sqlcipher_place)) as other_process:
        other_process.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as busy:
            add_visit(storage, "v1")
        assert (busy.value.what, busy.value.waiting_helps) == ("database", True)
        with storage.look() as view:
            assert view.visits.open_visits() == []
        other_process.execute("ROLLBACK")
    add_visit(storage, "v2")
    storage.close()
    assert visits_in(sqlcipher_place) == ["v2"]


def test_a_writer_waits_for_another_process(sqlcipher_place: DatabasePlace) -> None:
    storage = open_(sqlcipher_place)
    other_process = raw(sqlcipher_place)
    other_process.execute("BEGIN IMMEDIATE")
    end = threading.Timer(0.3, lambda: other_process.execute("COMMIT"))
    end.start()
    add_visit(storage, "v1")
    end.join()
    other_process.close()
    storage.close()
    assert visits_in(sqlcipher_place) == ["v1"]


def test_four_processes_start_at_once_on_an_empty_machine(tmp_path: Path) -> None:
    place = DatabasePlace(None, tmp_path / "data" / "showroom.db", KEY)
    start = threading.Barrier(4)

    def begin(number: int) -> None:
        start.wait(PATIENCE_S)
        migrate(place, backups=tmp_path, clock=SystemClock())
        storage = open_(place)
        add_visit(storage, f"v{number}")
        storage.close()

    with ThreadPoolExecutor(4) as processes:
        list(processes.map(begin, range(4)))
    assert visits_in(place) == ["v0", "v1", "v2", "v3"]


def test_an_empty_file_must_be_migrated_first(tmp_path: Path) -> None:
    with pytest.raises(SchemaTooOld):
        open_(DatabasePlace(None, tmp_path / "showroom.db", KEY))


def test_a_database_of_a_newer_program_is_refused_and_left_alone(sqlcipher_place: DatabasePlace) -> None:
    with closing(raw(sqlcipher_place)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for step in (open_, lambda place: migrate(place, backups=place.file.parent, clock=SystemClock())):
        with pytest.raises(SchemaTooNew):
            step(sqlcipher_place)
    with closing(raw(sqlcipher_place)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


LATER = '''
"""Adds a table and fills it."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next", "{before}", None, None
def upgrade():
    op.create_table("guests", sa.Column("visit_id", sa.Text(), primary_key=True))
    op.execute("INSERT INTO guests SELECT id FROM visits")
    {more}
'''


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program one migration ahead; answers the migration's file."""
    before = schema.newest_revision()
    shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
    file = tmp_path / "migrations" / "versions" / "next.py"
    file.write_text(LATER.format(before=before, more=""))
    monkeypatch.setattr(schema, "MIGRATIONS", tmp_path / "migrations")
    return file


def test_a_migration_keeps_what_is_there_and_a_copy_of_how_it_was(
    sqlcipher_place: DatabasePlace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    storage = open_(sqlcipher_place)
    add_visit(storage, "v1")
    storage.close()
    before = schema.newest_revision()
    request.getfixturevalue("next_version")

    copy = migrate(sqlcipher_place, backups=tmp_path / "backups", clock=FakeClock())
    assert copy == tmp_path / "backups" / "20261121T020000Z-before-next.db"
    assert migrate(sqlcipher_place, backups=tmp_path / "backups", clock=FakeClock()) is None
    with closing(raw(sqlcipher_place)) as connection:
        assert connection.execute("SELECT visit_id FROM guests").fetchall() == [("v1",)]
    with closing(raw(replace(sqlcipher_place, file=copy))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (before,)
        assert connection.execute("SELECT id FROM visits").fetchall() == [("v1",)]


def test_a_migration_that_fails_changes_nothing(sqlcipher_place: DatabasePlace, next_version: Path) -> None:
    next_version.write_text(next_version.read_text() + '    raise LookupError("half way")\n')
    with pytest.raises(LookupError):
        migrate(sqlcipher_place, backups=sqlcipher_place.file.parent, clock=SystemClock())
    with closing(raw(sqlcipher_place)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert "guests" not in tables
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() != ("next",)


def test_a_backup_is_made_while_others_write_and_restores(sqlcipher_place: DatabasePlace, tmp_path: Path) -> None:
    storage = open_(sqlcipher_place)
    for number in range(20):
        add_visit(storage, f"v{number:03}")
    stop = threading.Event()

    def go_on_writing() -> None:
        number = 20
        while not stop.is_set():
            add_visit(storage, f"v{number:03}")
            number += 1

    with ThreadPoolExecutor(1) as desk:
        writing = desk.submit(go_on_writing)
        back_up(sqlcipher_place, tmp_path / "copy.db")
        stop.set()
        writing.result(PATIENCE_S)
    storage.close()
    in_copy = visits_in(replace(sqlcipher_place, file=tmp_path / "copy.db"))
    assert in_copy[:20] == [f"v{number:03}" for number in range(20)]
    assert NAME.encode() not in (tmp_path / "copy.db").read_bytes()

    new_machine = replace(sqlcipher_place, file=tmp_path / "new" / "showroom.db")
    new_machine.file.parent.mkdir()
    assert restore(new_machine, tmp_path / "copy.db") is None
    assert visits_in(new_machine) == in_copy


def test_restoring_puts_the_old_database_aside_with_its_wal(sqlcipher_place: DatabasePlace, tmp_path: Path) -> None:
    storage = open_(sqlcipher_place)
    add_visit(storage, "before")
    back_up(sqlcipher_place, tmp_path / "copy.db")
    add_visit(storage, "after")
    storage.close()
    aside = restore(sqlcipher_place, tmp_path / "copy.db")
    assert visits_in(sqlcipher_place) == ["before"]
    assert aside is not None
    assert visits_in(replace(sqlcipher_place, file=aside)) == ["after", "before"]


def test_a_damaged_backup_is_refused_and_nothing_is_replaced(sqlcipher_place: DatabasePlace, tmp_path: Path) -> None:
    storage = open_(sqlcipher_place)
    add_visit(storage, "v1")
    back_up(sqlcipher_place, tmp_path / "copy.db")
    storage.close()
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(backup.BackupDamaged):
        restore(sqlcipher_place, tmp_path / "copy.db")
    with pytest.raises(NotFound):
        restore(sqlcipher_place, tmp_path / "nothing.db")
    with pytest.raises(backup.BackupDamaged):
        restore(replace(sqlcipher_place, key=b"\x02" * 32), tmp_path / "copy.db")
    assert visits_in(sqlcipher_place) == ["v1"]


def test_erased_customers_stay_erased_in_the_table(sqlcipher_place: DatabasePlace) -> None:
    storage = open_(sqlcipher_place)
    with storage.begin() as work:
        work.customers.add(a_full_customer())
        work.customers.put(a_full_customer().erased(TEN))
    with storage.look() as view:
        assert view.customers.get(CustomerId("customer-1")).name == ""
        assert view.customers.by_phone("f-phone") == []
    storage.close()
