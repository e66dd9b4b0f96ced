"""Turns an aligned face into 128 numbers with SFace."""

import cv2
import numpy as np

from smart4s_kiosk.domain.faces import Embedding
from smart4s_kiosk.ports.vision import FaceFound, Pixels


class SFaceEmbedder:
    """One embedder for one thread."""

    def __init__(self, model_path: str, model: str) -> None:
        self._net = cv2.FaceRecognizerSF.create(model_path, "")
        self._model = model

    def align(self, pixels: Pixels, face: FaceFound) -> Pixels:
        """The face turned upright and scaled to 112 × 112 by its five points."""
        box = face.box
        row = [float(value) for value in (box.left, box.top, box.width, box.height)]
        row += [value for point in face.landmarks for value in point] + [face.score]
        return np.asarray(self._net.alignCrop(pixels, np.asarray(row, np.float32)), dtype=np.uint8)

    def embed(self, aligned: Pixels) -> Embedding:
        """The embedding of an aligned face, length one."""
        return Embedding(self._model, to_unit_bytes(self._net.feature(aligned).ravel()))


def to_unit_bytes(vector: np.ndarray) -> bytes:
    """A vector scaled to length one as little-endian float32."""
    values = vector.astype("<f4")
    return bytes((values / max(float(np.linalg.norm(values)), 1e-9)).astype("<f4").tobytes())


def from_bytes(embedding: Embedding) -> np.ndarray:
    """The 128 numbers of an embedding."""
    return np.frombuffer(embedding.vector, "<f4")
