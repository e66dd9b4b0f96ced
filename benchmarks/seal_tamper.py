"""The bar of the seal: every byte of a sealed agreement is changed, one at a time; each change must be found.

Signed bytes get two other values (one of them a change of letter case), the bytes of the container and its padding
every hexadecimal digit in both cases, blanks and zero. Also every byte removed from, and one added to, the seal's own revision. Takes minutes.
Run: python -m benchmarks.seal_tamper
"""

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.results_file import save
from smart4s_kiosk.documents.seal import PadesSeals
from smart4s_kiosk.documents.seal_check import check_seal
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.seals import SealKind
from tests.builders_documents import NOW, an_agreement
from tests.integration.documents.signer import a_signer


def changed_files(pdf: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Kind of change, place, file."""
    chance = Random(7)
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    file = bytearray(pdf)
    for place in range(len(pdf)):
        inside = start <= place < end
        other = (pdf[place] ^ 0x20, (pdf[place] + chance.randrange(1, 256)) % 256)
        values = b"0123456789ABCDEFabcdef \n\0" + bytes(other) if inside else bytes(other)
        for value in values:
            if value == pdf[place]:
                continue
            file[place] = value
            yield ("container" if inside else "signed", place, bytes(file))
        file[place] = pdf[place]
    for place in range(start - 400, len(pdf)):
        yield ("removed", place, pdf[:place] + pdf[place + 1 :])
        yield ("added", place, pdf[:place] + b"0" + pdf[place:])
    yield ("added", len(pdf), pdf + b"\n")


def measure(folder: Path) -> dict[str, Any]:
    signer = a_signer(folder)
    pdf = AgreementMaker().agreement(an_agreement())
    sealed = PadesSeals(signer).seal(pdf, kind=SealKind.AGREEMENT, subject_id="a", now=NOW, previous=None).pdf
    certificate = signer.identity().certificate
    assert check_seal(sealed, certificate).is_intact
    tried: dict[str, int] = {}
    missed: list[tuple[str, int]] = []
    start = time.perf_counter()
    for kind, place, file in changed_files(sealed):
        tried[kind] = tried.get(kind, 0) + 1
        if check_seal(file, certificate).is_intact:
            missed.append((kind, place))
    return {
        "file_bytes": len(sealed),
        "tried": tried,
        "missed": missed[:100],
        "missed_count": len(missed),
        "seconds": round(time.perf_counter() - start),
    }


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder))
    print(json.dumps(result, indent=1))
    save("seal_tamper", result)
    return 1 if result["missed_count"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
