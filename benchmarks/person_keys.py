"""What the person-key file costs with 100,000 people in it: first read, a seal, a new person, an erasure.

Run: python -m benchmarks.person_keys [--people N] [--save]
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.vault.person_keys import PersonKeyFile
from smart4s_kiosk.vault.person_records import RecordBook
from smart4s_kiosk.vault.persons import FilePersonVault
from smart4s_kiosk.vault.sealing import Key


def main() -> int:
    return run_bar("person_keys", __doc__, in_folder(measure), people=100_000)


def measure(folder: Path, people: int) -> dict[str, float]:
    """Milliseconds, each the median of several."""
    key = Key(b"\x07" * 32)
    fill(folder, key, people)
    file = PersonKeyFile(folder, key, SystemClock())
    vault = FilePersonVault(file)
    first = milliseconds(lambda _n: file.knows(PersonId("p0")), 1)
    sealed = vault.seal(PersonId("p1"), "phone", b"13800138000")
    return {
        "people": people,
        "file_megabytes": round(file.place.stat().st_size / 1e6, 1),
        "first_read_ms": first,
        "seal_ms": milliseconds(lambda n: vault.seal(PersonId(f"p{n}"), "phone", b"13800138000"), 200),
        "open_ms": milliseconds(lambda _n: vault.open(PersonId("p1"), "phone", sealed), 200),
        "new_person_ms": milliseconds(lambda n: file.key_for(PersonId(f"new{n}")), 50),
        "erasure_ms": milliseconds(lambda n: file.forget(PersonId(f"p{n}")), 7),
    }


def fill(folder: Path, key: Key, people: int) -> None:
    """A file of that many people, written at once."""
    file = PersonKeyFile(folder, key, SystemClock())
    file.create()
    book, now = RecordBook(key), datetime.now(UTC)
    with file.place.open("ab") as out:
        for number in range(people):
            out.write(book.new_key_record(PersonId(f"p{number}"), now))


def milliseconds(act: Callable[[int], object], times: int) -> float:
    spent = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        spent.append(time.perf_counter() - began)
    return round(sorted(spent)[len(spent) // 2] * 1000, 3)


if __name__ == "__main__":
    sys.exit(main())
