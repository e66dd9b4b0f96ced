"""Faces: how surely the engine tells people apart, and how long it takes.

Run: python -m benchmarks.faces [--data DIR] [--engine sface|dlib] [--save]

DIR holds `train/<person>/*.jpg` and, if there is one, `test/<person>/*.jpg` (labelled the same way; loose pictures in
`test/` are only searched). The largest face of each picture counts. Without DIR the times are measured on the demo's face.
"""

import argparse
import itertools
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.bar import told
from smart4s_kiosk.demo import face_frames
from smart4s_kiosk.domain.faces import Candidate, Embedding, FaceHint, FaceVerdict, judge, similarity
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vision import FaceEngine, Pixels
from smart4s_kiosk.vision.faces.dlib_engine import DlibEngine
from smart4s_kiosk.vision.faces.engine import SFaceEngine
from smart4s_kiosk.vision.images import PICTURE_SUFFIXES, PictureUnreadable, fit_within, read_picture
from smart4s_kiosk.vision.models import ModelStore

LONGEST_SIDE = 1600
DLIB_PYTHON = Path(os.environ.get("SMART4S_DLIB_PYTHON", ".engines/dlib/bin/python"))
"""Made by installers/face_engine.py."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One labelled face."""

    person: str
    embedding: Embedding
    is_good: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--engine", choices=("sface", "dlib"), default="sface")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/faces[_dlib].json")
    chosen = parser.parse_args()
    engine = make_engine(chosen.engine)
    result: dict[str, object] = {"engine": chosen.engine, "model": engine.model, "times": times(engine)}
    if chosen.data:
        result["data"] = score(engine, chosen.data)
    name = "faces" if chosen.engine == "sface" else f"faces_{chosen.engine}"
    return told(name, result, wants_saved=chosen.save)


def make_engine(name: str) -> FaceEngine:
    if name == "sface":
        return SFaceEngine(ModelStore())
    return DlibEngine(ModelStore(), DLIB_PYTHON)


def times(engine: FaceEngine) -> dict[str, object]:
    """Milliseconds on one thread, the demo's face in a picture of two sizes."""
    photograph = face_frames.photograph()
    small = face_frames.draw(photograph, face_frames.Head())
    large = np.full((720, 1280, 3), 90, np.uint8)
    large[120:600, 320:960] = small
    measured: dict[str, object] = {}
    for name, picture in (("640x480", small), ("1280x720", large)):
        (face,) = engine.find(picture)
        measured[f"find_{name}"] = _milliseconds(partial(engine.find, picture))
        measured[f"assess_{name}"] = _milliseconds(partial(engine.assess, picture, face))
        measured[f"embed_{name}"] = _milliseconds(partial(engine.embed, picture, face))
    return measured


def _milliseconds(work: Callable[[], object], rounds: int = 40) -> dict[str, float]:
    """By the clock on the wall, and of the processor alone: a busy machine stretches the first, not the second."""
    wall, cpu = [], []
    for _ in range(rounds + 3):
        began, began_cpu = time.perf_counter(), time.thread_time()
        work()
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.thread_time() - began_cpu))
    ordered = sorted(wall[3:])
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(0.95 * len(ordered))], 2),
        "processor_p50": round(statistics.median(cpu[3:]), 2),
    }


def score(engine: FaceEngine, data: Path) -> dict[str, object]:
    """Verification over all pairs, and identification with every picture left out in turn."""
    unread: Counter[str] = Counter()
    pictures = list(_labelled(engine, [data / "train", data / "test"], unread))
    return {
        "people": len({picture.person for picture in pictures}),
        "pictures": len(pictures),
        "not_used": dict(unread),
        "verification": verification(pictures),
        "identification": identification(engine, pictures),
        "loose_pictures": _loose(engine, data / "test", pictures),
    }


def _labelled(engine: FaceEngine, folders: Sequence[Path], unread: Counter[str]) -> Iterable[Picture]:
    for folder in folders:
        for file in sorted(folder.glob("*/*")):
            if file.suffix.lower() not in PICTURE_SUFFIXES:
                continue
            faces = _faces(engine, file)
            if not faces:
                unread["no face" if faces is not None else "unreadable"] += 1
                continue
            yield Picture(file.parent.name, *faces[0])


def _faces(engine: FaceEngine, file: Path) -> list[tuple[Embedding, bool]] | None:
    """Every face of a picture, largest first; None when it is no picture."""
    try:
        pixels: Pixels = fit_within(read_picture(file), LONGEST_SIDE, LONGEST_SIDE)
    except PictureUnreadable:
        return None
    found = engine.find(pixels)
    return [(engine.embed(pixels, face), engine.assess(pixels, face).hint is FaceHint.FINE) for face in found]


def verification(pictures: Sequence[Picture]) -> dict[str, object]:
    """Rates over every pair of pictures."""
    same: list[float] = []
    other: list[float] = []
    for one, two in itertools.combinations(pictures, 2):
        (same if one.person == two.person else other).append(similarity(one.embedding, two.embedding))
    if not same or not other:
        return {"same_pairs": len(same), "different_pairs": len(other)}
    right, wrong = np.sort(same), np.sort(other)
    return {
        "same_pairs": len(same),
        "different_pairs": len(other),
        "same_mean_deviation": [round(float(right.mean()), 3), round(float(right.std()), 3)],
        "different_mean_deviation": [round(float(wrong.mean()), 3), round(float(wrong.std()), 3)],
        "true_accept_at_false_accept": {
            str(rate): round(float((right > _threshold(wrong, rate)).mean()), 4) for rate in (0.01, 0.001)
        },
        "equal_error_rate": round(_equal_error(right, wrong), 4),
        "lowest_same": round(float(right[0]), 3),
        "highest_different": round(float(wrong[-1]), 3),
    }


def _threshold(wrong: np.ndarray, rate: float) -> float:
    """The score that at most this share of strangers exceeds; the highest stranger's where there are too few pairs."""
    return float(wrong[min(len(wrong) - 1, int(np.ceil(len(wrong) * (1 - rate))) - 1)])


def _equal_error(right: np.ndarray, wrong: np.ndarray) -> float:
    cuts = np.concatenate([right, wrong])
    return float(min(max((right < cut).mean(), (wrong >= cut).mean()) for cut in cuts))


def identification(engine: FaceEngine, pictures: Sequence[Picture]) -> dict[str, object]:
    """Each picture is searched among all others: as a guest who is enrolled, and as a stranger."""
    enrolled, strangers = Counter[str](), Counter[str]()
    for at, probe in enumerate(pictures):
        others = [picture for number, picture in enumerate(pictures) if number != at]
        if any(picture.person == probe.person for picture in others):
            judgement = judge(_candidates(probe, others), engine.rules)
            named = judgement.person == probe.person if judgement.person else None
            enrolled[_answer(judgement.verdict, named)] += 1
        verdict = judge(_candidates(probe, [p for p in others if p.person != probe.person]), engine.rules).verdict
        strangers[verdict.value] += 1
    return {"enrolled_guests": dict(enrolled), "strangers": dict(strangers)}


def _answer(verdict: FaceVerdict, is_right: bool | None) -> str:
    return verdict.value if is_right is None else f"{verdict.value} and {'right' if is_right else 'wrong'}"


def _candidates(probe: Picture, gallery: Sequence[Picture]) -> list[Candidate]:
    best: dict[str, float] = {}
    for picture in gallery:
        best[picture.person] = max(best.get(picture.person, -1.0), similarity(probe.embedding, picture.embedding))
    ranked = sorted(best.items(), key=lambda item: item[1], reverse=True)
    return [Candidate(PersonId(person), value) for person, value in ranked[:3]]


def _loose(engine: FaceEngine, folder: Path, gallery: Sequence[Picture]) -> dict[str, int]:
    """Verdicts on the faces of unlabelled pictures."""
    verdicts: Counter[str] = Counter()
    for file in sorted(folder.glob("*.*")) if folder.is_dir() else []:
        for embedding, is_good in _faces(engine, file) or []:
            probe = Picture("?", embedding, is_good)
            verdict = judge(_candidates(probe, gallery), engine.rules).verdict.value
            verdicts[verdict if is_good else "not good enough to compare"] += 1
    return dict(verdicts)


if __name__ == "__main__":
    sys.exit(main())
