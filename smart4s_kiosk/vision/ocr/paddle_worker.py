"""Runs inside PaddleOCR's own environment: finds and reads lines for the process that started it, over two pipes.

Stands alone on purpose: nothing of this package is imported, and nothing of that environment gets into the program.
One request: 4 bytes length, JSON {"ask", "shapes", "side"}, then the raw blue-green-red bytes of each picture.
One answer: 4 bytes length, JSON. The worker ends when its input closes.
"""

import json
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")
DETECTION, RECOGNITION = "PP-OCRv6_small_det", "PP-OCRv6_small_rec"


def load(folder: Path) -> tuple[Any, Any]:
    """Detector and recogniser from prepared model folders; asks no server for anything."""
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    from paddleocr import TextDetection, TextRecognition

    options = {"device": "cpu", "engine": "onnxruntime"}
    detector = TextDetection(model_name=DETECTION, model_dir=str(folder / DETECTION), **options)
    recogniser = TextRecognition(model_name=RECOGNITION, model_dir=str(folder / RECOGNITION), **options)
    return detector, recogniser


def find(detector: Any, picture: Any, side: int) -> list[Any]:
    """Corners of each line."""
    (found,) = detector.predict(picture, limit_side_len=side, limit_type="max")
    return [[[float(x), float(y)] for x, y in quad] for quad in found["dt_polys"]]


class Listener:
    """Stands before the decoder and notes of every line how sure each character is, which PaddleOCR does not tell."""

    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder
        self.lines: list[list[Any]] = []

    def __call__(self, answers: Any, **options: Any) -> Any:
        """Decode as before."""
        self.lines += [letters_in(line, self._decoder.character) for line in answers[0]]
        return self._decoder(answers, **options)


def letters_in(scores: Any, alphabet: list[str]) -> list[Any]:
    """Probability, runner-up and its probability at the strongest place of each character; symbol 0 is the gap."""
    best = scores.argmax(axis=1)
    letters = []
    start = 0
    for step in range(1, len(best) + 1):
        if step < len(best) and best[step] == best[start]:
            continue
        if best[start] != 0:
            row = scores[start + int(scores[start:step, best[start]].argmax())].copy()
            sure, row[best[start]] = float(row[best[start]]), -1.0
            second = int(row.argmax())
            letters.append([sure, alphabet[second] if second else "", float(row[second])])
        start = step
    return letters


def read(recogniser: Any, pictures: list[Any]) -> list[Any]:
    """Text, score, place (0 to 1) and sureness of each character of every line."""
    predictor = recogniser.paddlex_predictor
    decoder = predictor.post_op
    predictor.post_op = listener = Listener(decoder)
    try:
        found = list(predictor.predict(pictures, return_word_box=True, batch_size=1))
    finally:
        predictor.post_op = decoder
    lines = [_line(one["rec_text"], float(one["rec_score"])) for one in found]
    return [{**line, "letters": letters} for line, letters in zip(lines, listener.lines, strict=True)]


def _line(text: Any, score: float) -> dict[str, Any]:
    if isinstance(text, str):
        return {"text": text, "score": score, "at": [(i + 0.5) / len(text) for i in range(len(text))]}
    words, (steps, groups, columns, _kinds) = text
    chars = [char for group in groups for char in group]
    if "".join(chars) != words:
        return {"text": words, "score": score, "at": [(i + 0.5) / len(words) for i in range(len(words))]}
    places = [(column + 0.5) / max(1.0, float(steps)) for group in columns for column in group]
    return {"text": words, "score": score, "at": [min(1.0, place) for place in places]}


def requests(stream: BinaryIO) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Requests until the other side closes."""
    import numpy as np

    while len(head := stream.read(LENGTH.size)) == LENGTH.size:
        request = json.loads(stream.read(LENGTH.unpack(head)[0]))
        pictures = []
        for height, width in request["shapes"]:
            raw = stream.read(height * width * 3)
            pictures.append(np.frombuffer(raw, dtype=np.uint8).reshape(height, width, 3))
        yield request, pictures


def answer(stream: BinaryIO, value: Any) -> None:
    """One answer."""
    data = json.dumps(value, ensure_ascii=False).encode()
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def serve(folder: Path) -> None:
    """Until the input closes. What the libraries print goes to the error stream, never between the answers."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    detector, recogniser = load(folder)
    answer(out, "ready")
    for request, pictures in requests(sys.stdin.buffer):
        if request["ask"] == "find":
            answer(out, find(detector, pictures[0], int(request["side"])))
        else:
            answer(out, read(recogniser, pictures))


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
