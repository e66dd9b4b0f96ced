"""The optional second engine: YuNet finds, dlib (the model behind `face_recognition`) embeds, in another environment.

`face_recognition` cannot live beside this program: `pip check` complains of it and importing it opens a model for
non-commercial use. So its model runs in a process of its own, made by `installers/face_engine.py`. On the LFW subset it
is the weaker one (0.969 against 1.000 true accepts at 0.1 % false ones) and four times slower.
"""

import os
import subprocess
from pathlib import Path

import cv2
import numpy as np

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.faces import DLIB_RULES, TEMPLATE_BYTES, Embedding, FaceRules
from smart4s_kiosk.domain.liveness import Pose
from smart4s_kiosk.ports.vision import Box, FaceFound, FaceQuality, Pixels
from smart4s_kiosk.vision.faces import dlib_worker
from smart4s_kiosk.vision.faces.detector import YuNetDetector
from smart4s_kiosk.vision.faces.embedder import SFaceEmbedder, to_unit_bytes
from smart4s_kiosk.vision.faces.liveness import measure_pose
from smart4s_kiosk.vision.faces.quality import assess
from smart4s_kiosk.vision.images import crop
from smart4s_kiosk.vision.models import FACE_DETECTION, FACE_EMBEDDING, ModelStore

DLIB_WEIGHTS = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"
"""SHA-256 of dlib_face_recognition_resnet_model_v1.dat (CC0)."""
ROOM = 0.6
"""Air around the box that is sent along, in box sizes."""


class DlibAway(Unavailable):
    """The second face engine is not installed, or its process ended."""

    code = "vision.dlib_away"


class DlibEngine:
    """Implements `FaceEngine`. One process for one thread; `close` ends it."""

    def __init__(self, models: ModelStore, python: Path) -> None:
        detection, aligner = models.get(FACE_DETECTION), models.get(FACE_EMBEDDING)
        self._detector = YuNetDetector(str(detection.path))
        self._aligner = SFaceEmbedder(str(aligner.path), aligner.sha256)
        if not python.is_file():
            raise DlibAway("dlib", waiting_helps=False)
        self._process = subprocess.Popen(  # noqa: S603 - our own file, run by the environment from the settings
            [str(python), str(Path(dlib_worker.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._ask, self._answer = self._process.stdin, self._process.stdout
        model = self._answer.readline().strip().decode("ascii", "replace")
        if model != DLIB_WEIGHTS:
            self.close()
            raise DlibAway("dlib", waiting_helps=False)

    @property
    def model(self) -> str:
        return DLIB_WEIGHTS

    @property
    def rules(self) -> FaceRules:
        return DLIB_RULES

    def find(self, pixels: Pixels) -> tuple[FaceFound, ...]:
        return self._detector.find(pixels)

    def assess(self, pixels: Pixels, face: FaceFound) -> FaceQuality:
        return assess(self._aligner.align(pixels, face), face, self.pose(face))

    def pose(self, face: FaceFound) -> Pose:
        return measure_pose(face.landmarks)

    def embed(self, pixels: Pixels, face: FaceFound) -> Embedding:
        part, box = _with_room(pixels, face.box)
        picture = np.ascontiguousarray(cv2.cvtColor(part, cv2.COLOR_BGR2RGB))
        corners = box.left, box.top, box.left + box.width, box.top + box.height
        try:
            self._ask.write(dlib_worker.REQUEST.pack(picture.shape[1], picture.shape[0], *corners))
            self._ask.write(picture.tobytes())
            self._ask.flush()
            numbers = self._answer.read(TEMPLATE_BYTES)
        except OSError as error:
            raise DlibAway("dlib") from error
        if len(numbers) != TEMPLATE_BYTES:
            raise DlibAway("dlib")
        return Embedding(DLIB_WEIGHTS, to_unit_bytes(np.frombuffer(numbers, "<f4")))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._ask.close()
        self._answer.close()


def _with_room(pixels: Pixels, face: Box) -> tuple[Pixels, Box]:
    """The face with air around it, and in it the square that dlib's five points expect: brow to chin."""
    side = round(face.width * 1.05)
    square = Box(round(face.left + (face.width - side) / 2), round(face.top + face.height * 0.6 - side / 2), side, side)
    air = round(ROOM * side)
    outer = Box(max(0, square.left - air), max(0, square.top - air), side + 2 * air, side + 2 * air)
    part = crop(pixels, outer)
    return part, Box(square.left - outer.left, square.top - outer.top, side, side)
