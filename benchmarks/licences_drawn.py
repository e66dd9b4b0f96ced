"""Licences drawn fresh, read and scored: tiers easy, med and hard, or one damage after another.

    python -m benchmarks.licences_drawn [--pages 200] [--seed 1] [--fonts DIR] [--save]
    python -m benchmarks.licences_drawn --damaged --pages 2000 --state FILE [--share 1/2] [--save]

With `--state` every scored page is appended to FILE, and a run that was stopped goes on where it stood; pages that other
reading or drawing code left there are read anew. Two processes with `--share 1/2` and `--share 2/2` may use one FILE; the
last step, without a share, reads what is missing and saves.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.licence_scores import FieldScore, PageScore, score_page
from benchmarks.licences import as_text, reader_of, report
from benchmarks.results_file import save
from smart4s_kiosk.domain.licences import LicenceField
from smart4s_kiosk.ports.licence_reading import LicenceReader, Picture
from tests.licence_damage import KINDS, damaged, photograph
from tests.licence_drawings import a_style, draw_electronic, draw_main, draw_sub
from tests.licence_people import a_holder

ROOT = Path(__file__).resolve().parents[1]
CODE = ("smart4s_kiosk/vision/ocr/*.py", "smart4s_kiosk/domain/licence_[cn]*.py", "tests/licence_[dp]*.py")
BESIDE = {"portrait.py", "capture_guide.py", "picture_files.py", "paddle_process.py", "paddle_worker.py"}
"""What these do stands before or behind the reading: the scores do not depend on them."""
TIERS = ("easy", "med", "hard")
NOW = datetime(2026, 11, 21, 10, 0, 0)  # noqa: DTZ001 (what the drawn phone shows)


def draw(index: int, seed: int, *, with_damage: bool, fonts: Path | None) -> tuple[dict[str, Any], Picture]:
    """Page number `index` of the series `seed`: always the same one."""
    rng = random.Random(seed * 100_003 + index)
    holder = a_holder(rng)
    style = a_style(rng, more_fonts=fonts)
    kind = rng.choice(("main", "main", "main", "sub", "elec"))
    if kind == "main":
        card = draw_main(holder, style, rng)
    elif kind == "sub":
        card = draw_sub(holder, style, rng)
    else:
        card = draw_electronic(holder, style, rng, now=NOW)
    quarter = rng.choice((0, 0, 0, 90, 180, 270))
    if with_damage:
        tier = KINDS[index % len(KINDS)]
        turn = rng.uniform(0, 360) if rng.random() < 0.2 else quarter + rng.uniform(-8, 8)
        picture = damaged(card, rng, kind=tier, turn=turn)
    else:
        tier = TIERS[index % len(TIERS)]
        turn = quarter + rng.uniform(*((-2, 2) if tier == "easy" else (-12, 12)))
        picture = photograph(card, rng, tier=tier, turn=turn)
    entry = {"file": f"{index:04}_{kind}_{tier}_{turn:.0f}", "tier": tier, "kind": kind, "fields": holder.truth(kind)}
    return entry, picture


def read_series(reader: LicenceReader, chosen: argparse.Namespace) -> list[PageScore]:
    """Draw, read and score; pages that the state file holds are not read again."""
    code = code_digest()
    done = load_state(chosen.state, code)
    for index in range(chosen.share[0], chosen.pages, chosen.share[1]):
        if index in done:
            continue
        entry, picture = draw(index, chosen.seed, with_damage=chosen.damaged, fonts=chosen.fonts)
        wall, cpu = time.perf_counter(), time.process_time()
        reading = reader.read([picture])
        page = score_page(entry, reading, seconds=time.perf_counter() - wall, cpu=time.process_time() - cpu)
        done[index] = page
        if chosen.state:
            row = {"index": index, "code": code, **asdict(page)}
            with chosen.state.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return [done[index] for index in sorted(done) if index < chosen.pages]


def code_digest() -> str:
    """What the scores depend on: the reading code, its rules, and how pages are drawn and damaged."""
    digest = hashlib.sha256()
    for pattern in CODE:
        for file in sorted(one for one in ROOT.glob(pattern) if one.name not in BESIDE):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def load_state(path: Path | None, code: str) -> dict[int, PageScore]:
    """Scored pages of an earlier run of the same code; half a line that a stopped run left is passed over."""
    if path is None or not path.exists():
        return {}
    done = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if row.pop("code", "") != code:
            continue
        fields = [FieldScore(**{**one, "field": LicenceField(one["field"])}) for one in row.pop("fields")]
        index = row.pop("index")
        done[index] = PageScore(**row, fields=fields)
    return done


def a_share(text: str) -> tuple[int, int]:
    """1/2 as first page and step."""
    part, all_parts = (int(number) for number in text.split("/"))
    if not 1 <= part <= all_parts:
        raise argparse.ArgumentTypeError("a share is 1/2 or 2/2")
    return part - 1, all_parts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damaged", action="store_true")
    parser.add_argument("--engine", default="rapidocr")
    parser.add_argument("--fonts", type=Path, help="folder with further Chinese TrueType fonts")
    parser.add_argument("--state", type=Path)
    parser.add_argument(
        "--share", type=a_share, default=(0, 1), help="1/2: every second page, for one of two processes"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/")
    chosen = parser.parse_args()
    pages = read_series(reader_of(chosen.engine), chosen)
    result = report(pages)
    if chosen.save and len(pages) == chosen.pages:
        save("licences_damaged" if chosen.damaged else "licences_drawn", {chosen.engine: result})
    print(json.dumps(result, ensure_ascii=False, indent=1) if chosen.json else as_text(chosen.engine, result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
