"""The scripted visit as a person starts it without a display: its time, its steps, the press, the code, the fonts.

Run: python -m benchmarks.visit [--save]
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cv2

from benchmarks.bar import in_folder, run_bar
from smart4s_kiosk.vision.images import read_picture

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    return run_bar("visit", __doc__, in_folder(lambda folder: measure(folder / "demo-output")))


def measure(output: Path) -> dict[str, Any]:
    """Play the visit in a process of its own and look at everything that it left."""
    environment = {**os.environ, "HEADLESS": "1"}
    began = time.perf_counter()
    words = [sys.executable, str(ROOT / "main.py"), "demo", "--output", str(output)]
    played = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    seconds = round(time.perf_counter() - began, 1)
    if not (output / "visit.json").exists():
        return {"exit_status": played.returncode, "stopped_at": (played.stdout + played.stderr)[-500:]}
    visit = json.loads((output / "visit.json").read_text(encoding="utf-8"))
    press_s = next((s["read"]["press_to_kiosk_s"] for s in visit["steps"] if "press_to_kiosk_s" in s["read"]), None)
    card_s = next((s["read"]["ask_to_card_s"] for s in visit["steps"] if "ask_to_card_s" in s["read"]), None)
    codes = codes_in(output)
    papers = {paper.name: fonts_of(paper) for paper in sorted(output.glob("*.pdf"))}
    return {
        "exit_status": played.returncode,
        "stopped_at": visit["failed"] or ("" if played.returncode == 0 else (played.stdout + played.stderr)[-500:]),
        "seconds": seconds,
        "steps": {step["name"]: step["seconds"] for step in visit["steps"]},
        "press_to_kiosk_s": press_s,
        "ask_to_card_s": card_s,
        "codes_decoded": codes,
        "fonts": papers,
    }


def codes_in(output: Path) -> dict[str, int]:
    """Screenshots with a code that can be read, and how many characters it holds."""
    found = {}
    readers = (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco())
    for picture in sorted(output.glob("*.png")):
        pixels = read_picture(picture)
        texts = (reader.detectAndDecode(pixels)[0] for reader in readers)
        text = next((text for text in texts if text), "")
        if text:
            found[picture.name] = len(text)
    return found


def fonts_of(paper: Path) -> dict[str, bool]:
    """Each font of a paper: embedded and a subset, as `pdffonts` sees it."""
    told = subprocess.run(["pdffonts", str(paper)], capture_output=True, text=True, check=True).stdout
    fonts = {}
    for line in told.splitlines()[2:]:
        # name, type (may hold spaces), encoding, emb, sub, uni, object number and generation
        words = line.split()
        fonts[words[0]] = words[-5:-3] == ["yes", "yes"]
    return fonts


if __name__ == "__main__":
    sys.exit(main())
