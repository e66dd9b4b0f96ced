"""A disk that is really full: a 32 MB mount, filled while visits are written. Nothing is lost, and it recovers."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.events import VisitEnded
from smart4s_kiosk.domain.ids import MediaHash, MessageId, VisitId
from smart4s_kiosk.storage.media import MediaFiles
from smart4s_kiosk.storage.open import DatabasePlace, OpenStorage, back_up, migrate, open_storage
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.store_seals import KeyedMediaSealer
from tests.contracts.storage_values import TEN, a_beginning
from tests.showroom_databases import KEY, Listener

_MEGABYTE = 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 32 MB; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        if os.environ.get("CI", "").lower() in {"1", "true"} and os.getuid() == 0:
            pytest.fail(f"no small disk: {mounted.stderr!r}")
        pytest.skip(f"NOT TESTED ON A FULL DISK: mounting needs root ({mounted.stderr!r})")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def opened(small_disk: Path) -> Iterator[OpenStorage]:
    """A migrated database on it."""
    place = DatabasePlace(None, small_disk / "showroom.db", KEY)
    migrate(place, backups=small_disk, clock=SystemClock())
    found = open_storage(place, announcer=Listener(), clock=SystemClock())
    yield found
    found.storage.close()


def check_in(opened: OpenStorage, number: int) -> None:
    """A visit with its message: both or neither."""
    with opened.storage.begin() as work:
        work.visits.add(*a_beginning(f"v{number}", label="散客" * 200))
        work.outbox.add(
            VisitEnded(VisitId(f"v{number}"), 1, "served", TEN),
            message_id=MessageId(f"m{number}"),
            aggregate=f"visit:v{number}",
            at=TEN,
        )
        work.announce("visits", f"v{number}")


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


def stored(opened: OpenStorage) -> tuple[set[str], set[str]]:
    with opened.storage.look() as view:
        visits = {str(visit.id) for visit in view.visits.open_visits()}
        return visits, {message.aggregate.removeprefix("visit:") for message in view.outbox.due(TEN, limit=100_000)}


def test_a_full_disk_refuses_the_next_visit_and_keeps_all_before(opened: OpenStorage, small_disk: Path) -> None:
    accepted = set()
    for number in range(20):
        check_in(opened, number)
        accepted.add(f"v{number}")
    ballast = fill(small_disk)
    reasons = []
    for number in range(20, 2000):
        try:
            check_in(opened, number)
            accepted.add(f"v{number}")
        except Unavailable as full:
            reasons.append(full.what)
            if len(reasons) == 3:
                break
    assert reasons == ["disk"] * 3
    assert stored(opened) == (accepted, accepted), "readable while full, and each visit with its message"

    ballast.unlink()
    check_in(opened, 5000)
    assert stored(opened) == (accepted | {"v5000"},) * 2
    opened.storage.close()
    again = open_storage(
        DatabasePlace(None, small_disk / "showroom.db", KEY), announcer=Listener(), clock=SystemClock()
    )
    assert stored(again) == (accepted | {"v5000"},) * 2
    again.storage.close()


def test_a_full_disk_leaves_no_half_picture(small_disk: Path) -> None:
    media = MediaFiles(small_disk / "media", KeyedMediaSealer(Key(b"s" * 32)))
    before = media.put(b"before")
    ballast = fill(small_disk)
    with pytest.raises(Unavailable) as full:
        media.put(os.urandom(_MEGABYTE))
    assert (full.value.what, full.value.facts["reason"]) == ("disk", "full")
    assert media.get(before) == b"before"
    ballast.unlink()
    assert [path.name for path in (small_disk / "media").rglob("*") if path.is_file()] == [before]
    assert media.get(MediaHash(media.put(b"after"))) == b"after"


def test_a_backup_that_does_not_fit_leaves_the_one_before(opened: OpenStorage, small_disk: Path) -> None:
    place = DatabasePlace(None, small_disk / "showroom.db", KEY)
    check_in(opened, 1)
    copy = small_disk / "backups" / "copy.db"
    back_up(place, copy)
    before = copy.read_bytes()
    ballast = fill(small_disk)
    with pytest.raises(Unavailable) as full:
        back_up(place, copy)
    assert full.value.what == "disk"
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    ballast.unlink()
    back_up(place, copy)
