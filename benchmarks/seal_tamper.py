"""The bar of the seal: every byte of a sealed agreement is changed, one at a time; each change must be found.

Signed bytes get two other values (one of them a change of letter case), the bytes of the container and its padding
every hexadecimal digit in both cases, blanks and zero. Also every byte removed from, and one added to, the seal's own
revision. Takes many minutes on all cores; a run that was stopped goes on where it stood.
Run: python -m benchmarks.seal_tamper [--percent N] [--save]
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.bar import run_bar
from benchmarks.list_of_bars import STATES
from benchmarks.results_file import commit
from smart4s_kiosk.documents.seal import PadesSeals
from smart4s_kiosk.documents.seal_check import check_seal
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.seals import SealKind
from tests.builders_documents import NOW, an_agreement
from tests.integration.documents.signer import a_signer

BLOCK = 500
"""Bytes whose changes are tried, and noted, together."""
OWN_REVISION = 400
"""The seal's revision begins less than this before its container."""


def changed_files(pdf: bytes, places: Iterable[int]) -> Iterator[tuple[str, int, bytes]]:
    """Kind of change, place, file."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    file = bytearray(pdf)
    for place in places:
        chance = Random(place)
        inside = start <= place < end
        other = (pdf[place] ^ 0x20, (pdf[place] + chance.randrange(1, 256)) % 256)
        values = b"0123456789ABCDEFabcdef \n\0" + bytes(other) if inside else bytes(other)
        for value in values:
            if value == pdf[place]:
                continue
            file[place] = value
            yield ("container" if inside else "signed", place, bytes(file))
        file[place] = pdf[place]
        if place >= start - OWN_REVISION:
            yield ("removed", place, pdf[:place] + pdf[place + 1 :])
            yield ("added", place, pdf[:place] + b"0" + pdf[place:])
    yield ("added", len(pdf), pdf + b"\n")


def try_block(folder: Path, block: int, size: int = BLOCK) -> dict[str, Any]:
    """Every change of one block's bytes, in a process of its own."""
    pdf, certificate = (folder / "sealed.pdf").read_bytes(), (folder / "certificate.der").read_bytes()
    began = time.perf_counter()
    tried: dict[str, int] = {}
    missed = []
    for kind, place, file in changed_files(pdf, range(len(pdf))[block * size : (block + 1) * size]):
        tried[kind] = tried.get(kind, 0) + 1
        if check_seal(file, certificate).is_intact:
            missed.append((kind, place))
    return {"block": block, "tried": tried, "missed": missed, "seconds": time.perf_counter() - began}


def measure(folder: Path, percent: int) -> dict[str, Any]:
    """On a file that lies in `folder`, with what an earlier run of the same code found there."""
    prepare(folder)
    size = (folder / "sealed.pdf").stat().st_size
    blocks = range(-(-size // BLOCK))
    wanted = blocks[:: 100 // percent]
    notes = folder / "blocks.jsonl"
    whole = whole_lines(notes)
    notes.write_text("".join(whole), encoding="utf-8")
    done = {row["block"]: row for row in map(json.loads, whole)}
    with ProcessPoolExecutor(os.cpu_count()) as workers, notes.open("a", encoding="utf-8") as file:
        asked = [workers.submit(partial(try_block, folder), block) for block in wanted if block not in done]
        for answer in as_completed(asked):
            row = answer.result()
            done[row["block"]] = row
            file.write(json.dumps(row) + "\n")
            file.flush()
    rows = [done[block] for block in wanted]
    missed = [place for row in rows for place in row["missed"]]
    kinds = sorted({kind for row in rows for kind in row["tried"]})
    return {
        "file_bytes": size,
        "bytes_tried_share": round(len(rows) / len(blocks), 4),
        "tried": {kind: sum(row["tried"].get(kind, 0) for row in rows) for kind in kinds},
        "missed": missed[:100],
        "missed_count": len(missed),
        "seconds": round(sum(row["seconds"] for row in rows)),
    }


def prepare(folder: Path) -> None:
    """A sealed agreement and its certificate; one of the same commit is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    made_by = folder / "commit.txt"
    if made_by.exists() and made_by.read_text(encoding="utf-8") == commit():
        return
    for old in (made_by, folder / "blocks.jsonl"):
        old.unlink(missing_ok=True)
    signer = a_signer(folder)
    pdf = AgreementMaker().agreement(an_agreement())
    sealed = PadesSeals(signer).seal(pdf, kind=SealKind.AGREEMENT, subject_id="a", now=NOW, previous=None).pdf
    certificate = signer.identity().certificate
    assert check_seal(sealed, certificate).is_intact
    (folder / "sealed.pdf").write_bytes(sealed)
    (folder / "certificate.der").write_bytes(certificate)
    made_by.write_text(commit(), encoding="utf-8")


def whole_lines(file: Path) -> list[str]:
    """Without the half line that a stopped run may have left."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.exists() else []
    return [line for line in lines if line.endswith("\n")]


def main() -> int:
    return run_bar("seal_tamper", __doc__, partial(measure, STATES / "seal_tamper"), percent=100)


if __name__ == "__main__":
    sys.exit(main())
