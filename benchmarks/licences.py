"""How well and how fast licences are read: pictures with a truth.json against one or more engines.

python -m benchmarks.licences --data DIR [--engine rapidocr --engine paddleocr] [--json] [--save]
"""

import argparse
import json
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.licence_scores import PageScore, percentile, reliability, score_page, summary
from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.ports.licence_reading import LicenceReader, Picture
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.ocr.capture_guide import CaptureGuide
from smart4s_kiosk.vision.ocr.licence_reader import RapidOcrLicenceReader
from smart4s_kiosk.vision.ocr.paddle_process import PaddleOcrLicenceReader

READERS: dict[str, Callable[[], LicenceReader]] = {
    "paddleocr": lambda: PaddleOcrLicenceReader(ModelStore(), load_licence_rules().kinds),
    "rapidocr": lambda: RapidOcrLicenceReader(ModelStore(), load_licence_rules().kinds),
}


def reader_of(engine: str) -> LicenceReader:
    """A warm reader."""
    reader = READERS[engine]()
    reader.warm_up()
    return reader


def measure(reader: LicenceReader, entries: Iterable[tuple[Mapping[str, Any], Picture]]) -> list[PageScore]:
    """Every page read alone and scored."""
    pages = []
    for entry, picture in entries:
        wall, cpu = time.perf_counter(), time.process_time()
        reading = reader.read([picture])
        pages.append(score_page(entry, reading, seconds=time.perf_counter() - wall, cpu=time.process_time() - cpu))
    return pages


def from_folder(folder: Path, limit: int | None) -> Iterable[tuple[Mapping[str, Any], Picture]]:
    """Pictures and truth as they lie in a folder."""
    for entry in json.loads((folder / "truth.json").read_text(encoding="utf-8"))[:limit]:
        picture = cv2.imread(str(folder / entry["file"]), cv2.IMREAD_COLOR)
        if picture is None:
            raise SystemExit(f"{entry['file']} cannot be read as a picture")
        yield entry, picture


def rss_mb() -> int:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def rss_mb_of_children() -> int:
    """The most memory that the largest living child ever held; what it shared with us before it began is not counted."""
    found = [0]
    for thread in Path("/proc/self/task").glob("*/children"):
        for child in thread.read_text(encoding="ascii").split():
            status = Path(f"/proc/{child}/status").read_text(encoding="utf-8")
            found += [int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:")]
    return max(found)


def report(pages: list[PageScore]) -> dict[str, object]:
    """Scores, calibration and memory."""
    return {**summary(pages), "reliability": reliability(pages), "rss_mb": rss_mb()}


@contextmanager
def running_preview() -> Iterator[None]:
    """A 720p preview beside: 15 frames a second are judged for tips and scaled for the screen."""
    stop = threading.Event()

    def run() -> None:
        guide = CaptureGuide()
        frame = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), dtype=np.uint8)
        while not stop.wait(1 / 15):
            guide.judge(frame)
            cv2.resize(frame, (960, 540), interpolation=cv2.INTER_AREA)

    thread = threading.Thread(target=run, name="preview")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def median_of(result: Mapping[str, object]) -> float:
    """Seconds of the middle page read alone."""
    found = result["seconds_p50"]
    return found if isinstance(found, float) else 0.0


def measured(engine: str, folder: Path, limit: int | None) -> dict[str, object]:
    """One engine's report; an engine in a process of its own is ended, and its share stands apart."""
    reader = reader_of(engine)
    result = report(measure(reader, from_folder(folder, limit)))
    with running_preview():
        beside = sorted(page.seconds for page in measure(reader, from_folder(folder, limit)))
    middle = percentile(beside, 0.50)
    result["beside_preview"] = {
        "seconds_p50": round(middle, 3),
        "seconds_p95": round(percentile(beside, 0.95), 3),
        "times_alone_p50": round(middle / alone, 2) if (alone := median_of(result)) else 0.0,
    }
    if isinstance(reader, PaddleOcrLicenceReader):
        peak = rss_mb_of_children()
        reader.close()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        result["own_process"] = {
            "rss_mb": peak,
            "cpu_seconds_with_start": round(used.ru_utime + used.ru_stime, 1),
        }
    return result


def as_text(engine: str, result: Mapping[str, Any]) -> str:
    """A table for people."""
    lines = [
        (
            f"{engine}: p50 {result['seconds_p50']} s, p95 {result['seconds_p95']} s, "
            f"CPU {result['cpu_seconds_mean']} s a page, RSS {result['rss_mb']} MB"
        )
    ]
    beside = result.get("beside_preview")
    if beside:
        lines.append(
            f"  beside a preview: p50 {beside['seconds_p50']} s, p95 {beside['seconds_p95']} s, "
            f"{beside['times_alone_p50']} times alone"
        )
    own = result.get("own_process")
    if own:
        lines.append(f"  in a process of its own: CPU {own['cpu_seconds_with_start']} s in all, RSS {own['rss_mb']} MB")
    for title in ("by_tier", "by_kind"):
        for name, row in {**result[title], "all": result["all"]}.items():
            lines.append(
                f"  {name:12} {row['right']:5}/{row['fields']:<5} right  {row['wrong']:4} wrong  {row['blank']:4} blank  "
                f"{row['marked_right']:4} marked though right  {row['wrong_unmarked']:3} wrong unmarked  "
                f"{row['whole_documents']}/{row['pages']} whole"
            )
    lines.extend(f"  SILENT {one}" for one in result["wrong_unmarked_critical"])
    lines.extend(f"  silent {one}" for one in result["wrong_unmarked_other"])
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with pictures and truth.json")
    parser.add_argument(
        "--engine", action="append", choices=sorted(READERS), help="default: rapidocr; may be given twice"
    )
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/licences.json")
    chosen = parser.parse_args()
    # An engine in a process of its own comes first: afterwards this process holds the other one's models.
    engines = sorted(chosen.engine or ["rapidocr"])
    results = {engine: measured(engine, chosen.data, chosen.limit) for engine in engines}
    if chosen.save:
        from benchmarks.results_file import save

        save("licences", results)
    if chosen.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        for engine, result in results.items():
            print(as_text(engine, result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
