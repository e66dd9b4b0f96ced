"""The sealed file of face templates: unreadable, erasable, and whole after every kill."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.domain.faces import FaceTemplate
from smart4s_kiosk.domain.ids import ConsentId, PersonId
from smart4s_kiosk.vision.faces.template_store import SealedTemplateStore, TemplateStoreAway
from tests.fakes.vision import FAKE_MODEL, FakeFaceSealer, embedding_of

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def template(person: str, seed: int) -> FaceTemplate:
    return FaceTemplate(
        PersonId(person), embedding_of(seed), 0.8, ConsentId(f"consent-of-{person}"), NOW, NOW + timedelta(days=180)
    )


def store(path: Path, sealer: FakeFaceSealer) -> SealedTemplateStore:
    return SealedTemplateStore(path, sealer, model=FAKE_MODEL)


def test_nothing_of_a_template_can_be_read_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "templates"
    store(path, FakeFaceSealer()).enrol([template("zhang", 1)])
    raw = path.read_bytes()
    assert b"consent-of-zhang" not in raw
    assert embedding_of(1).vector[:16] not in raw
    assert path.stat().st_mode & 0o077 == 0


def test_a_new_process_reads_what_the_old_one_kept(tmp_path: Path) -> None:
    sealer = FakeFaceSealer()
    store(tmp_path / "t", sealer).enrol([template("zhang", 1)])
    again = store(tmp_path / "t", sealer)
    assert again.of(PersonId("zhang")) == (template("zhang", 1),)


def test_two_processes_of_one_terminal_see_each_others_changes_and_lose_none(tmp_path: Path) -> None:
    sealer = FakeFaceSealer()
    kiosk, command = store(tmp_path / "t", sealer), store(tmp_path / "t", sealer)
    kiosk.enrol([template("zhang", 1)])
    command.enrol([template("li", 2)])
    kiosk.refresh()
    assert kiosk.people() == 2
    command.erase(PersonId("zhang"))
    kiosk.enrol([template("wang", 3)])
    assert store(tmp_path / "t", sealer).people() == 2


def test_an_erased_person_is_nowhere_in_the_file_or_beside_it(tmp_path: Path) -> None:
    sealer = FakeFaceSealer()
    kept = store(tmp_path / "t", sealer)
    kept.enrol([template("zhang", 1)])
    line_before = (tmp_path / "t").read_bytes().splitlines()[1]
    kept.enrol([template("li", 2)])
    link = tmp_path / "old-bytes"
    os.link(tmp_path / "t", link)
    kept.erase(PersonId("zhang"))
    assert line_before not in (tmp_path / "t").read_bytes()
    # The old file's own bytes, still reachable through a second name, were overwritten.
    assert set(link.read_bytes()) == {0}
    link.unlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t", "t.lock"]


def test_a_forgotten_person_is_unreadable_at_once_and_gone_after_the_daily_tidy(tmp_path: Path) -> None:
    sealer = FakeFaceSealer()
    kept = store(tmp_path / "t", sealer)
    kept.enrol([template("zhang", 1)])
    kept.enrol([template("li", 2)])
    sealer.forget(PersonId("zhang"))
    assert store(tmp_path / "t", sealer).people() == 1
    assert kept.expire(NOW) == 1
    assert kept.people() == 1
    assert b"zhang" not in (tmp_path / "t").read_bytes()


def test_a_line_of_another_terminal_is_counted_and_kept_not_destroyed(tmp_path: Path) -> None:
    store(tmp_path / "t", FakeFaceSealer()).enrol([template("zhang", 1)])
    elsewhere = store(tmp_path / "t", FakeFaceSealer())
    assert elsewhere.people() == 0
    assert elsewhere.unreadable() == 1
    elsewhere.enrol([template("li", 2)])
    assert b"zhang" in (tmp_path / "t").read_bytes()


def test_a_changed_line_opens_no_more_and_the_others_do(tmp_path: Path) -> None:
    sealer = FakeFaceSealer()
    kept = store(tmp_path / "t", sealer)
    kept.enrol([template("zhang", 1)])
    kept.enrol([template("li", 2)])
    lines = (tmp_path / "t").read_text(encoding="ascii").splitlines()
    lines[1] = lines[1][:-40] + ("A" if lines[1][-40] != "A" else "B") + lines[1][-39:]
    (tmp_path / "t").write_text("\n".join(lines) + "\n", encoding="ascii")
    damaged = store(tmp_path / "t", sealer)
    assert (damaged.people(), damaged.unreadable()) == (1, 1)


@pytest.mark.parametrize(
    "content", [b"not json\n", b'{"format":"other"}\n', b"\xff\xfe\n", b'{"format":"smart4s-faces-1"}\n{}\n']
)
def test_a_file_that_is_none_is_away_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t"
    path.write_bytes(content)
    with pytest.raises(TemplateStoreAway):
        store(path, FakeFaceSealer())
    assert path.read_bytes() == content


def test_a_disk_that_refuses_leaves_memory_and_file_as_they_were(tmp_path: Path) -> None:
    sealer = FakeFaceSealer()
    kept = store(tmp_path / "t", sealer)
    kept.enrol([template("zhang", 1)])
    (tmp_path / "t.new").mkdir()
    with pytest.raises(TemplateStoreAway):
        kept.enrol([template("li", 2)])
    assert kept.people() == 1
    assert store(tmp_path / "t", sealer).people() == 1


WRITER = """
import sys
from pathlib import Path
from tests.integration.test_template_store import PersonId, store, template
class Plain:
    def seal(self, person, plain): return plain
    def open(self, person, sealed): return sealed
kept = store(Path(sys.argv[1]), Plain())
print("ready", flush=True)
number = 0
while True:
    kept.enrol([template(f"person-{number % 7}", number)])
    number += 1
"""


class PlainSealer:
    """No cipher: this test is about the file."""

    def seal(self, person: PersonId, template: bytes) -> bytes:
        return template

    def open(self, person: PersonId, sealed: bytes) -> bytes:
        return sealed


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "t"
    for round_ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        size = -1
        while size < 2000 + 700 * round_:
            size = path.stat().st_size if path.exists() else -1
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        whole = SealedTemplateStore(path, PlainSealer(), model=FAKE_MODEL)
        assert whole.unreadable() == 0
        assert whole.people() >= 1
