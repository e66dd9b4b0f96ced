"""The versions that must not drift, and the one OpenCV."""

import sys
from importlib import metadata
from pathlib import Path

import PySide6
from PySide6.QtGui import QPainterPath

ROOT = Path(__file__).resolve().parents[2]


def test_qt_does_not_eat_references_of_none() -> None:
    # PySide6 6.12 on Python 3.11 drops one reference of None per void call and aborts the process after about 5,000.
    path = QPainterPath()
    before = sys.getrefcount(None)
    for step in range(200):
        path.lineTo(step, step)
    assert before - sys.getrefcount(None) < 50


def test_pyside_is_the_pinned_one() -> None:
    assert PySide6.__version__ == "6.11.3"


def test_the_headless_opencv_is_the_only_cv2() -> None:
    names = {d.metadata["Name"].lower() for d in metadata.distributions() if "opencv" in d.metadata["Name"].lower()}
    assert names == {"opencv-python-headless"}
    assert metadata.version("opencv-python-headless") == "4.14.0.94"


def test_no_pin_names_an_index_address() -> None:
    for file in [ROOT / "constraints.txt", *(ROOT / "requirements").glob("*.txt")]:
        text = file.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
