"""Finds lines of text in a picture and reads them: RapidOCR with PaddleOCR's PP-OCRv6 models, offline."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.vision.models import TEXT_DETECTION, TEXT_DIRECTION, TEXT_RECOGNITION, ModelStore

Image = NDArray[np.uint8]
Quad = NDArray[np.float32]
"""Four corners, clockwise from the text's top left."""

THREADS = 1
"""A second thread halves nothing: it makes a page 20 % faster and costs twice the processor time, the preview's."""
DETECTION_SIDE = 960
"""Longest side given to the detector: above it the time grows and no more lines are found."""
LINE_HEIGHT = 48
BATCH_PIXELS = 6 * 640
"""Total width of one recognition batch: bounds memory (18,710 scores for every 8 pixels)."""
MIN_WIDTH = 96
MAX_WIDTH = 2400


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a line."""

    char: str
    sure: float
    """Probability that the model gives it at its strongest place."""
    at: float
    """Centre along the line, 0 to 1."""
    second: str = ""
    """The runner-up there (empty: no letter at all)."""
    second_sure: float = 0.0


Letters = tuple[Letter, ...]


def text_of(letters: Sequence[Letter]) -> str:
    """The characters as one text."""
    return "".join(letter.char for letter in letters)


class RapidOcrEngine:
    """The three models. Loading takes about a second, the first use longer: warm up. Not thread-safe."""

    def __init__(self, models: ModelStore) -> None:
        from rapidocr import RapidOCR  # late: it takes a third of a second, and a kiosk shows its page first

        cv2.setNumThreads(1)  # OpenCV's own threads fight with onnxruntime's on two cores
        self._rapid = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": str(models.get(TEXT_DETECTION).path),
                "Det.limit_side_len": DETECTION_SIDE,
                "Det.limit_type": "max",
                "Cls.model_path": str(models.get(TEXT_DIRECTION).path),
                "Rec.model_path": str(models.get(TEXT_RECOGNITION).path),
            }
        )
        blank = np.full((64, 256, 3), 255, dtype=np.uint8)  # the package loads each model at its first use
        self._rapid(blank, use_det=True, use_cls=False, use_rec=False)
        self._rapid(blank, use_det=False, use_cls=True, use_rec=True)
        self._alphabet: list[str] = list(self._rapid.text_rec.postprocess_op.character)

    def find_lines(self, image: Image, *, side: int = DETECTION_SIDE) -> list[Quad]:
        """Boxes of text lines, in the picture's pixels."""
        self._rapid.text_det.limit_side_len = side
        found = self._rapid.text_det(image).boxes
        return [] if found is None else [np.asarray(quad, dtype=np.float32) for quad in found]

    def upside_down(self, crops: Sequence[Image]) -> list[float]:
        """For each line, the probability that it stands on its head."""
        if not crops:
            return []
        answer = self._rapid.text_cls(list(crops)).cls_res
        return [float(score) if label == "180" else 1.0 - float(score) for label, score in answer]

    def read_lines(self, crops: Sequence[Image]) -> list[Letters]:
        """The letters of each cropped line, in the order given."""
        results: list[Letters] = [()] * len(crops)
        order = sorted(range(len(crops)), key=lambda i: _width(crops[i]))
        batch: list[int] = []
        for index in order:
            if batch and _width(crops[index]) * (len(batch) + 1) > BATCH_PIXELS:
                self._read_batch(crops, batch, results)
                batch = []
            batch.append(index)
        if batch:
            self._read_batch(crops, batch, results)
        return results

    def _read_batch(self, crops: Sequence[Image], batch: list[int], results: list[Letters]) -> None:
        width = max(_width(crops[index]) for index in batch)
        block = np.zeros((len(batch), 3, LINE_HEIGHT, width), dtype=np.float32)
        for row, index in enumerate(batch):
            own = min(_width(crops[index], floor=1), width)
            line = cv2.resize(crops[index], (own, LINE_HEIGHT)).astype(np.float32)
            block[row, :, :, :own] = (line / 127.5 - 1.0).transpose(2, 0, 1)
        scores = self._rapid.text_rec.session(block)
        for row, index in enumerate(batch):
            share = min(_width(crops[index], floor=1), width) / width
            results[index] = _letters(scores[row], self._alphabet, share)


def _width(crop: Image, *, floor: int = MIN_WIDTH) -> int:
    wanted: int = math.ceil(LINE_HEIGHT * crop.shape[1] / crop.shape[0])
    return min(MAX_WIDTH, max(floor, wanted))


def _letters(scores: NDArray[Any], alphabet: list[str], share: float) -> Letters:
    """Greedy CTC: repeats of one symbol are one letter, symbol 0 is the gap. `share` of the steps hold the line."""
    best = scores.argmax(axis=1)
    steps = max(1.0, len(best) * share)
    letters = []
    start = 0
    for step in range(1, len(best) + 1):
        if step < len(best) and best[step] == best[start]:
            continue
        if best[start] != 0:
            peak = start + int(scores[start:step, best[start]].argmax())
            letters.append(_letter(scores[peak], int(best[start]), alphabet, (start + step) / 2 / steps))
        start = step
    return tuple(letters)


def _letter(row: NDArray[Any], symbol: int, alphabet: list[str], at: float) -> Letter:
    sure = float(row[symbol])
    others = row.copy()
    others[symbol] = -1.0
    second = int(others.argmax())
    return Letter(
        char=alphabet[symbol],
        sure=sure,
        at=min(at, 1.0),
        second="" if second == 0 else alphabet[second],
        second_sure=float(row[second]),
    )
