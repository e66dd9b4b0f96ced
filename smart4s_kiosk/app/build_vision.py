"""Makes cameras and what looks through them, from the settings of this terminal."""

from dataclasses import dataclass
from pathlib import Path

from smart4s_kiosk.app.licence_rules import load_licence_rules
from smart4s_kiosk.app.settings import CameraSettings as MachineCamera
from smart4s_kiosk.app.settings import CamerasSettings
from smart4s_kiosk.app.workers import StopTurn, Workers
from smart4s_kiosk.ports.announcer import Announcer
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.vault import FaceSealer
from smart4s_kiosk.ports.vision import CameraRole
from smart4s_kiosk.services.face_check import CameraFaceCheck
from smart4s_kiosk.services.recognition import Recognition, StoredFaceConsents
from smart4s_kiosk.vision.camera import Camera, CameraSettings
from smart4s_kiosk.vision.faces.engine import SFaceEngine
from smart4s_kiosk.vision.faces.template_store import SealedTemplateStore
from smart4s_kiosk.vision.models import ModelStore
from smart4s_kiosk.vision.ocr.licence_reader import RapidOcrLicenceReader
from smart4s_kiosk.vision.pipeline import FaceAnalyser, Pipeline
from smart4s_kiosk.vision.sources import SourceSettings


@dataclass(frozen=True, slots=True)
class FaceParts:
    """Everything of the kiosk's face check."""

    camera: Camera
    engine: SFaceEngine
    recognition: Recognition
    check: CameraFaceCheck
    templates: SealedTemplateStore
    pipeline: Pipeline


def make_camera(role: CameraRole, machine: MachineCamera, clock: Clock) -> Camera | None:
    """The camera of a role; None when the settings name none."""
    if not machine.source:
        return None
    source = SourceSettings(
        machine.source, machine.width, machine.height, float(machine.frames_per_second), rotate=machine.rotate
    )
    return Camera(CameraSettings(f"{role.value}-camera", role, source), clock)


def make_cameras(machine: CamerasSettings, clock: Clock) -> dict[CameraRole, Camera]:
    """Every camera that this terminal has."""
    wanted = {CameraRole.FACE: machine.face, CameraRole.DOCUMENT: machine.document, CameraRole.FLOOR: machine.floor}
    made = {role: make_camera(role, one, clock) for role, one in wanted.items()}
    return {role: camera for role, camera in made.items() if camera is not None}


def make_faces(
    camera: Camera,
    *,
    models: ModelStore,
    templates_file: Path,
    sealer: FaceSealer,
    storage: Storage,
    clock: Clock,
    ids: Ids,
    announcer: Announcer,
) -> FaceParts:
    """The face check on one camera. Raises ModelMissing or ModelDamaged, which takes away the face way only."""
    engine = SFaceEngine(models)
    templates = SealedTemplateStore(templates_file, sealer, model=engine.model)
    analyser = FaceAnalyser(engine)
    recognition = Recognition(
        watch=analyser,
        templates=templates,
        consents=StoredFaceConsents(storage),
        rules=engine.rules,
        clock=clock,
        ids=ids,
        announcer=announcer,
    )
    pipeline = Pipeline(camera, [analyser], recognition.see, clock)
    check = CameraFaceCheck(camera=camera, recognition=recognition)
    return FaceParts(camera, engine, recognition, check, templates, pipeline)


def make_licence_reader(models: ModelStore) -> RapidOcrLicenceReader:
    """The licence reader; loads its models at the first page or at `warm_up`."""
    return RapidOcrLicenceReader(models, load_licence_rules().kinds)


def run_cameras(workers: Workers, cameras: dict[CameraRole, Camera], faces: FaceParts | None) -> None:
    """Put every camera and its lookers into workers."""
    for role, camera in cameras.items():
        workers.add(f"camera-{role.value}", camera.run, turn=StopTurn.CAMERAS)
    if faces is not None:
        workers.add("vision-face", faces.pipeline.run, turn=StopTurn.VISION)
