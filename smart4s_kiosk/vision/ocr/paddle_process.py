"""The optional second engine: the real PaddleOCR in an environment of its own, spoken to as a subprocess."""

import hashlib
import json
import os
import select
import struct
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import cv2
import numpy as np

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.licence_numbers import IdentityKind
from smart4s_kiosk.domain.licences import LicenceReading
from smart4s_kiosk.ports.licence_reading import Picture, ReaderAway
from smart4s_kiosk.vision.models import TEXT_DETECTION, TEXT_RECOGNITION, ModelStore
from smart4s_kiosk.vision.ocr.engine import DETECTION_SIDE, Image, Letter, Letters, Quad
from smart4s_kiosk.vision.ocr.licence_reader import read_licence
from smart4s_kiosk.vision.ocr.paddle_worker import DETECTION, RECOGNITION

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = ROOT / ".venv-paddleocr"
"""Made by `make engines`."""
START_SECONDS, ANSWER_SECONDS = 120.0, 60.0
_LENGTH = struct.Struct(">I")


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


class PaddleOcrEngine:
    """Finds and reads lines in the other process. Not thread-safe; `close` ends the process."""

    def __init__(self, models: ModelStore, environment: Path = ENVIRONMENT) -> None:
        folder = environment / "models"
        _check(models, folder)
        worker = Path(__file__).with_name("paddle_worker.py")
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own file)
                [str(python_of(environment)), str(worker), str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError:
            raise ReaderAway("paddleocr", waiting_helps=False) from None
        if self._receive(START_SECONDS) != "ready":
            raise ReaderAway("paddleocr", waiting_helps=False)

    def find_lines(self, image: Image, *, side: int = DETECTION_SIDE) -> list[Quad]:
        """Boxes of text lines."""
        answer = self._ask("find", [image], side)
        return [np.asarray(quad, dtype=np.float32) for quad in answer]

    def upside_down(self, crops: Sequence[Image]) -> list[float]:
        """PaddleOCR has no model for this here: each line is read both ways, the surer way is up."""
        if not crops:
            return []
        both = self._ask("read", [*crops, *(np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops)], 0)
        upright, turned = both[: len(crops)], both[len(crops) :]
        return [_share(_worth(head), _worth(feet)) for feet, head in zip(upright, turned, strict=True)]

    def read_lines(self, crops: Sequence[Image]) -> list[Letters]:
        """Letters of each line."""
        return [_letters(line) for line in self._ask("read", list(crops), 0)] if crops else []

    def close(self) -> None:
        """End the other process; it ends by itself when its input closes, and is killed when it does not."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, ask: str, pictures: list[Image], side: int) -> Any:
        head = {"ask": ask, "shapes": [picture.shape[:2] for picture in pictures], "side": side}
        data = json.dumps(head).encode()
        pipe = _open(self._process.stdin)
        try:
            pipe.write(_LENGTH.pack(len(data)) + data)
            for picture in pictures:
                pipe.write(np.ascontiguousarray(picture).tobytes())
            pipe.flush()
        except OSError:
            raise ReaderAway("paddleocr") from None
        return self._receive(ANSWER_SECONDS)

    def _receive(self, seconds: float) -> Any:
        end = time.monotonic() + seconds
        size = _LENGTH.unpack(self._exactly(_LENGTH.size, end))[0]
        return json.loads(self._exactly(size, end))

    def _exactly(self, size: int, end: float) -> bytes:
        """So many bytes before the time is over; a worker that is silent or gone is ended."""
        pipe = _open(self._process.stdout)
        data = b""
        while len(data) < size:
            if os.name == "posix" and not select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
                self._process.kill()
                raise ReaderAway("paddleocr")
            part = os.read(pipe.fileno(), size - len(data))
            if not part:
                raise ReaderAway("paddleocr")
            data += part
        return data


class PaddleOcrLicenceReader:
    """The same reading, with PaddleOCR finding and reading the lines. Starts its process at the first use."""

    def __init__(self, models: ModelStore, kinds: Sequence[IdentityKind], *, environment: Path = ENVIRONMENT) -> None:
        self._models = models
        self._kinds = tuple(kinds)
        self._environment = environment
        self._engine: PaddleOcrEngine | None = None

    def warm_up(self) -> None:
        """Start the other process and read a blank page."""
        self.read([np.full((540, 960, 3), 200, dtype=np.uint8)])

    def read(self, pages: Sequence[Picture]) -> LicenceReading:
        """What the pictures say; see the port. After a failure the next reading starts the process anew."""
        if self._engine is None:
            self._engine = self._start()
        try:
            return read_licence(self._engine, pages, self._kinds)
        except ReaderAway:
            self.close()
            raise

    def close(self) -> None:
        """End the other process."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _start(self) -> PaddleOcrEngine:
        cv2.setNumThreads(1)
        try:
            return PaddleOcrEngine(self._models, self._environment)
        except ReaderAway:
            raise
        except Unavailable as error:
            raise ReaderAway(error.what, waiting_helps=False) from error


def _check(models: ModelStore, folder: Path) -> None:
    """The prepared copies are the tested models."""
    for name, place in ((TEXT_DETECTION, DETECTION), (TEXT_RECOGNITION, RECOGNITION)):
        file = folder / place / "inference.onnx"
        if not file.is_file():
            raise ReaderAway("paddleocr", waiting_helps=False)
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != models.get(name).sha256:
                raise ReaderAway("paddleocr", waiting_helps=False)


def _environment() -> dict[str, str]:
    """Nothing of this process but what an interpreter needs to start; two threads."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return {**kept, "OMP_NUM_THREADS": "2", "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None or pipe.closed:
        raise ReaderAway("paddleocr")
    return pipe


def _letters(line: dict[str, Any]) -> Letters:
    return tuple(
        Letter(char=char, sure=float(sure), at=float(at), second=str(second), second_sure=float(second_sure))
        for char, at, (sure, second, second_sure) in zip(line["text"], line["at"], line["letters"], strict=True)
    )


def _worth(line: dict[str, Any]) -> float:
    return float(line["score"]) * len(line["text"])


def _share(part: float, other: float) -> float:
    return part / (part + other) if part + other else 0.0
