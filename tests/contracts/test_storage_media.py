"""Media in memory and sealed on disk behave alike."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smart4s_kiosk.domain.errors import NotFound, Unavailable
from smart4s_kiosk.domain.ids import MediaHash
from smart4s_kiosk.ports.storage import Media
from smart4s_kiosk.storage.media import MediaFiles
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.store_seals import KeyedMediaSealer
from tests.fakes.media import FakeMedia

PICTURE = bytes(range(256)) * 400
STORE_KEY = Key(b"s" * 32)


@pytest.fixture
def files(tmp_path: Path) -> MediaFiles:
    return MediaFiles(tmp_path / "media", KeyedMediaSealer(STORE_KEY))


@pytest.fixture(params=["fake", "files"])
def media(request: pytest.FixtureRequest) -> Media:
    return FakeMedia() if request.param == "fake" else request.getfixturevalue("files")


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"x", PICTURE], ids=["empty", "one byte", "a picture"])
def test_content_comes_back_under_its_hash(media: Media, content: bytes) -> None:
    media_hash = media.put(content)
    assert media_hash == hashlib.sha256(content).hexdigest()
    assert media.get(media_hash) == content
    assert media.put(content) == media_hash


def test_what_is_not_there_is_not_found(media: Media) -> None:
    gone = media.put(PICTURE)
    media.remove(gone)
    media.remove(gone)
    for name in (gone, MediaHash("../../etc/passwd"), MediaHash("")):
        with pytest.raises(NotFound):
            media.get(name)


def test_a_file_shows_nothing_and_belongs_to_its_user_alone(files: MediaFiles, tmp_path: Path) -> None:
    files.put(PICTURE)
    [path] = on_disk(tmp_path)
    assert PICTURE[:64] not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_content_is_kept_once(files: MediaFiles, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(files.put, [PICTURE] * 8))) == 1
    assert len(on_disk(tmp_path)) == 1


def test_a_changed_file_is_noticed(files: MediaFiles, tmp_path: Path) -> None:
    media_hash = files.put(PICTURE)
    [path] = on_disk(tmp_path)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(Unavailable):
        files.get(media_hash)
    path.write_bytes(b"")
    with pytest.raises(Unavailable):
        files.get(media_hash)


def test_a_file_under_another_name_is_noticed(files: MediaFiles, tmp_path: Path) -> None:
    one, two = files.put(b"one"), files.put(b"two")
    paths = {path.name: path for path in on_disk(tmp_path)}
    paths[one].write_bytes(paths[two].read_bytes())
    with pytest.raises(Unavailable):
        files.get(one)


def test_a_folder_that_cannot_be_used_is_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = MediaFiles(tmp_path / "file" / "media", KeyedMediaSealer(STORE_KEY))
    with pytest.raises(Unavailable) as away:
        files.put(PICTURE)
    assert away.value.what == "disk"
    with pytest.raises(Unavailable):
        files.get(MediaHash("ab" * 32))


def test_what_is_old_is_listed_until_it_is_removed(media: Media) -> None:
    one, two = media.put(b"one"), media.put(b"two")
    assert list(media.older_than(datetime(2001, 1, 1, tzinfo=UTC))) == []
    assert list(media.older_than(datetime(2999, 1, 1, tzinfo=UTC))) == sorted([one, two])
    media.remove(one)
    assert list(media.older_than(datetime(2999, 1, 1, tzinfo=UTC))) == [two]
