"""The person-key file under kills, torn writes, several processes and disks that come and go."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vault import KeyFileDamaged, PersonForgotten, PersonKeyUnknown
from smart4s_kiosk.vault.copy_keeper import CopyKeeper
from smart4s_kiosk.vault.files import FileLock
from smart4s_kiosk.vault.person_copy import CopyState
from smart4s_kiosk.vault.person_keys import PersonKeyFile
from smart4s_kiosk.vault.person_records import HEADER_BYTES, RECORD_BYTES
from smart4s_kiosk.vault.sealing import Key
from tests.fakes.clock import FakeClock
from tests.waiting import PATIENCE_S

STORE = Key(b"\x07" * 32)
LI, WANG, ZHOU = PersonId("li"), PersonId("wang"), PersonId("zhou")


def key_file(folder: Path, copy: Path | None = None, key: Key = STORE) -> PersonKeyFile:
    return PersonKeyFile(folder, key, FakeClock(), copy)


@pytest.fixture
def keys(tmp_path: Path) -> PersonKeyFile:
    made = key_file(tmp_path)
    made.create()
    return made


def test_a_key_is_made_once_and_found_by_everybody(keys: PersonKeyFile, tmp_path: Path) -> None:
    made = keys.key_for(LI)
    assert keys.key_for(LI) == made
    assert key_file(tmp_path).key_of(LI) == made
    assert keys.key_for(WANG) != made


def test_the_file_names_nobody_and_shows_no_key(keys: PersonKeyFile) -> None:
    person = PersonId("0190-a-person-whose-id-is-long")
    made = keys.key_for(person)
    content = keys.place.read_bytes()
    assert made.secret not in content
    assert person.encode() not in content
    assert keys.place.stat().st_mode & 0o077 == 0


def test_an_erasure_elsewhere_holds_here_at_once(keys: PersonKeyFile, tmp_path: Path) -> None:
    other = key_file(tmp_path)
    keys.key_for(LI)
    other.key_of(LI)
    receipt = keys.forget(LI)
    with pytest.raises(PersonForgotten):
        other.key_of(LI)
    assert other.receipt(LI) == receipt


def test_the_destroyed_key_is_in_no_file_any_more(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    keys = key_file(tmp_path, tmp_path / "stick")
    keys.create()
    keys.key_for(LI)
    wangs = keys.key_for(WANG)
    record = keys.place.read_bytes()[HEADER_BYTES : HEADER_BYTES + RECORD_BYTES]
    keys.forget(LI)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert record[-40:] not in everything
    assert sorted(path.name for path in tmp_path.rglob("person_keys*")) == [
        "person_keys",
        "person_keys.copy",
        "person_keys.lock",
    ]
    assert key_file(tmp_path).key_of(WANG) == wangs


def test_the_old_file_is_overwritten_under_a_name_that_somebody_still_holds(keys: PersonKeyFile) -> None:
    keys.key_for(LI)
    with keys.place.open("rb") as held:
        before = held.read()
        keys.forget(LI)
        held.seek(0)
        assert held.read()[HEADER_BYTES:] != before[HEADER_BYTES:]


def test_another_store_key_is_told_apart(keys: PersonKeyFile, tmp_path: Path) -> None:
    keys.key_for(LI)
    with pytest.raises(KeyFileDamaged) as refusal:
        key_file(tmp_path, key=Key(b"\x08" * 32)).key_of(LI)
    assert refusal.value.facts["reason"] == "another store key"


def test_a_missing_file_is_never_made_anew(tmp_path: Path) -> None:
    keys = key_file(tmp_path / "not-mounted")
    for act in (keys.key_for, keys.key_of, keys.forget, keys.knows, keys.receipt):
        with pytest.raises(Unavailable):
            act(LI)
    assert not (tmp_path / "not-mounted").exists()


def test_creating_over_keys_is_refused(keys: PersonKeyFile) -> None:
    keys.create()  # an empty file left by a first start that was killed may be begun again
    keys.key_for(LI)
    with pytest.raises(KeyFileDamaged):
        keys.create()


@pytest.mark.parametrize("tail", [b"K", b"K" + b"\x11" * 50, b"\0" * RECORD_BYTES, b"\0" * (RECORD_BYTES * 3 + 7)])
def test_the_torn_tail_of_a_killed_append_is_left_out_and_mended(
    keys: PersonKeyFile, tmp_path: Path, tail: bytes
) -> None:
    made = keys.key_for(LI)
    with keys.place.open("ab") as file:
        file.write(tail)
    fresh = key_file(tmp_path)
    assert fresh.key_of(LI) == made
    with pytest.raises(PersonKeyUnknown):
        fresh.key_of(WANG)
    wangs = fresh.key_for(WANG)
    assert keys.place.stat().st_size == HEADER_BYTES + 2 * RECORD_BYTES
    assert key_file(tmp_path).key_of(WANG) == wangs


@pytest.mark.parametrize("at", [0, 3, 10, 30, HEADER_BYTES, HEADER_BYTES + 40, HEADER_BYTES + 60, HEADER_BYTES + 100])
def test_a_changed_byte_is_noticed(keys: PersonKeyFile, tmp_path: Path, at: int) -> None:
    keys.key_for(LI)
    keys.key_for(WANG)
    content = bytearray(keys.place.read_bytes())
    content[at] ^= 0xFF
    keys.place.write_bytes(content)
    with pytest.raises(KeyFileDamaged):
        key_file(tmp_path).key_of(LI)


@pytest.mark.parametrize("torn", [b"", b"S4S", b"\0" * 64, b"#!/bin/sh\n" * 20])
def test_what_is_no_key_file_is_refused(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "person_keys").write_bytes(torn)
    with pytest.raises(KeyFileDamaged):
        key_file(tmp_path).key_for(LI)


def test_a_killed_erasure_is_cleared_away_without_harming_the_file(keys: PersonKeyFile) -> None:
    made = keys.key_for(LI)
    old, new = keys.place.with_name("person_keys.old"), keys.place.with_name("person_keys.new")
    os.link(keys.place, old)  # killed before the new file took its place
    new.write_bytes(b"half of a new file with Wang's key")
    keys.key_for(WANG)
    assert not old.exists()
    assert not new.exists()
    assert keys.key_of(LI) == made
    stale = keys.place.read_bytes()
    keys.forget(LI)
    old.write_bytes(stale)  # killed after it: the old file still has the key
    keys.key_for(ZHOU)
    assert not old.exists()
    assert keys.knows(WANG)


def test_a_lock_that_is_held_is_waited_for_only_so_long(keys: PersonKeyFile, tmp_path: Path) -> None:
    with FileLock(tmp_path / "person_keys.lock", FakeClock()).held():
        impatient = FileLock(tmp_path / "person_keys.lock", SystemClock(), limit_s=0.05)
        with pytest.raises(Unavailable), impatient.held():
            pytest.fail("two holders")
    keys.key_for(LI)


def test_the_copy_follows_every_key_and_every_erasure(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    keys = key_file(tmp_path, tmp_path / "stick")
    keys.create()
    assert keys.copy_state() is CopyState.STALE
    for person in (LI, WANG, ZHOU):
        keys.key_for(person)
        assert keys.copy_state() is CopyState.FRESH
    keys.forget(WANG)
    assert keys.copy_state() is CopyState.FRESH
    assert (tmp_path / "stick" / "person_keys.copy").read_bytes() == keys.place.read_bytes()


def test_a_copy_that_is_away_stops_nobody_and_catches_up(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keys = key_file(tmp_path, stick)
    keys.create()
    keys.key_for(LI)
    away = stick.rename(tmp_path / "drawer")
    keys.key_for(WANG)
    keys.forget(LI)
    assert keys.copy_state() is CopyState.AWAY
    away.rename(stick)
    assert keys.copy_state() is CopyState.STALE
    assert keys.refresh_copy() is CopyState.FRESH
    assert (stick / "person_keys.copy").read_bytes() == keys.place.read_bytes()


class StopAfter:
    """A stop signal that lets a loop go round so often, and says what happened between the rounds."""

    def __init__(self, *between: Callable[[], object]) -> None:
        self.between = list(between)
        self.is_over = False

    def is_set(self) -> bool:
        return self.is_over

    def wait(self, timeout: float | None = None) -> bool:
        if self.between:
            self.between.pop(0)()
        else:
            self.is_over = True
        return self.is_over


def test_the_keeper_brings_a_copy_up_to_date_when_its_disk_is_back(tmp_path: Path) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    keys = key_file(tmp_path, stick)
    keys.create()
    seen: list[CopyState] = []

    def note() -> None:
        seen.append(keys.copy_state())

    def take_away() -> None:
        stick.rename(drawer)
        keys.forget(LI)
        note()

    def bring_back() -> None:
        drawer.rename(stick)
        note()

    stop = StopAfter(
        note,
        take_away,
        bring_back,
        note,
        lambda: keys.place.rename(tmp_path / "elsewhere"),
    )
    CopyKeeper(keys).run(stop)
    assert seen == [CopyState.FRESH, CopyState.AWAY, CopyState.STALE, CopyState.FRESH]


def test_no_copy_is_said_plainly(keys: PersonKeyFile) -> None:
    assert keys.copy_state() is CopyState.NONE
    assert keys.refresh_copy() is CopyState.NONE


def test_taking_over_a_copy_never_brings_back_who_was_forgotten(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    old = key_file(tmp_path / "old", tmp_path / "stick")
    old.create()
    lis, wangs = old.key_for(LI), old.key_for(WANG)
    new = key_file(tmp_path / "new", tmp_path / "stick")
    new.restore_from_copy()
    assert (new.key_of(LI), new.key_of(WANG)) == (lis, wangs)
    older_copy = (tmp_path / "stick" / "person_keys.copy").read_bytes()
    new.forget(LI)
    (tmp_path / "older").write_bytes(older_copy)
    assert new.take_over(tmp_path / "older") == 0
    assert new.receipt(LI) is not None
    assert new.key_of(WANG) == wangs


_WORKER = """
import sys
from pathlib import Path
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.vault.person_keys import PersonKeyFile
from smart4s_kiosk.vault.sealing import Key
keys = PersonKeyFile(Path(sys.argv[1]), Key(bytes([7]) * 32), SystemClock(), Path(sys.argv[1]) / "stick")
"""


def start(folder: Path, body: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WORKER + body, str(folder), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[3])


def test_three_processes_agree_on_every_key(keys: PersonKeyFile, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    body = "for n in range(60): print(n, keys.key_for(f'p{n}').secret.hex())"
    workers = [start(tmp_path, body) for _ in range(3)]
    answers = [worker.communicate(timeout=PATIENCE_S)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0].splitlines()) == 60
    assert keys.place.stat().st_size == HEADER_BYTES + 60 * RECORD_BYTES


def test_threads_agree_on_every_key(keys: PersonKeyFile, tmp_path: Path) -> None:
    found: list[list[Key]] = [[], [], [], []]

    def work(mine: list[Key]) -> None:
        own = key_file(tmp_path)
        mine.extend(own.key_for(PersonId(f"p{n}")) for n in range(25))

    threads = [threading.Thread(target=work, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert found[0] == found[1] == found[2] == found[3]
    assert len({key.secret for key in found[0]}) == 25


@pytest.mark.parametrize("after", range(6))
def test_a_kill_in_the_middle_of_erasures_loses_no_key_and_no_erasure(tmp_path: Path, after: int) -> None:
    (tmp_path / "stick").mkdir()
    keys = key_file(tmp_path)
    keys.create()
    made = {n: keys.key_for(PersonId(f"p{n}")) for n in range(40)}
    body = "for n in range(40):\n    keys.forget(f'p{n}'); print(n, flush=True)"
    worker = start(tmp_path, body)
    assert worker.stdout is not None
    told = [int(worker.stdout.readline()) for _ in range(after * 3 + 1)]
    worker.send_signal(signal.SIGKILL)
    told += [int(line) for line in worker.stdout.read().split()]
    worker.wait(PATIENCE_S)
    worker.stdout.close()
    fresh = key_file(tmp_path, tmp_path / "stick")
    fresh.key_for(PersonId("next"))
    for n, key in made.items():
        person = PersonId(f"p{n}")
        if n in told:
            assert fresh.receipt(person) is not None, "a told erasure came back"
        elif n > max(told) + 1:
            assert fresh.key_of(person) == key, "a key was lost"
        else:
            assert fresh.knows(person) != (fresh.receipt(person) is not None)
    assert fresh.refresh_copy() is CopyState.FRESH
    assert not list(tmp_path.rglob("*.old"))
    assert not list(tmp_path.rglob("*.new"))


class KeyFileMachine(RuleBasedStateMachine):
    """Any order of acts by two processes' views of one file gives what a dictionary would."""

    people = st.sampled_from([PersonId(f"p{n}") for n in range(6)])

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.views = [key_file(Path(self.folder.name)) for _ in range(2)]
        self.views[0].create()
        self.model: dict[PersonId, Key | None] = {}

    @rule(view=st.integers(0, 1), person=people)
    def make(self, view: int, person: PersonId) -> None:
        if person in self.model and self.model[person] is None:
            with pytest.raises(PersonForgotten):
                self.views[view].key_for(person)
        else:
            key = self.views[view].key_for(person)
            assert self.model.setdefault(person, key) == key

    @rule(view=st.integers(0, 1), person=people)
    def forget(self, view: int, person: PersonId) -> None:
        self.views[view].forget(person)
        self.model[person] = None

    @rule(tail=st.binary(min_size=1, max_size=RECORD_BYTES - 1))
    def tear(self, tail: bytes) -> None:
        with self.views[0].place.open("ab") as file:
            file.write(tail)
        person = PersonId(f"mender {len(self.model)}")
        self.model[person] = self.views[1].key_for(person)

    @invariant()
    def both_views_agree_with_the_model(self) -> None:
        for view in self.views:
            for person, key in self.model.items():
                assert view.knows(person) == (key is not None)
                if key is not None:
                    assert view.key_of(person) == key

    def teardown(self) -> None:
        self.folder.cleanup()


KeyFileMachine.TestCase.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
TestKeyFileMachine = KeyFileMachine.TestCase
