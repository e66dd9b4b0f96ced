"""One suite for both face engines: YuNet + SFace, and dlib where its environment was made (installers/face_engine.py)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from smart4s_kiosk.demo import face_frames
from smart4s_kiosk.domain.faces import FaceHint, similarity
from smart4s_kiosk.ports.vision import FaceEngine, Pixels
from smart4s_kiosk.vision.faces.dlib_engine import DlibAway, DlibEngine
from smart4s_kiosk.vision.faces.engine import SFaceEngine
from smart4s_kiosk.vision.models import ModelStore

ROOT = Path(__file__).resolve().parents[2]
DLIB_PYTHON = Path(os.environ.get("SMART4S_DLIB_PYTHON", ROOT / ".engines" / "dlib" / "bin" / "python"))


@pytest.fixture(scope="module", params=["sface", "dlib"])
def engine(request: pytest.FixtureRequest) -> Iterator[FaceEngine]:
    if request.param == "sface":
        yield SFaceEngine(ModelStore())
        return
    if not DLIB_PYTHON.is_file():
        pytest.skip("the optional dlib engine is not installed: python installers/face_engine.py")
    dlib = DlibEngine(ModelStore(), DLIB_PYTHON)
    yield dlib
    dlib.close()


@pytest.fixture(scope="module")
def ahead() -> Pixels:
    return face_frames.draw(face_frames.photograph(), face_frames.Head())


def test_the_largest_face_comes_first_with_five_points_inside_its_box(engine: FaceEngine, ahead: Pixels) -> None:
    small = face_frames.draw(face_frames.photograph(), face_frames.Head(size=0.5))
    both = np.hstack([small, ahead])
    first, second = engine.find(both)
    assert first.box.area > second.box.area
    for face in (first, second):
        assert len(face.landmarks) == 5
        left, top = face.box.left, face.box.top
        assert all(left < x < left + face.box.width and top < y < top + face.box.height for x, y in face.landmarks)


def test_an_embedding_has_length_one_and_names_its_model(engine: FaceEngine, ahead: Pixels) -> None:
    embedding = engine.embed(ahead, engine.find(ahead)[0])
    assert embedding.model == engine.model
    assert len(engine.model) == 64
    assert similarity(embedding, embedding) == pytest.approx(1.0, abs=1e-5)
    assert engine.embed(ahead, engine.find(ahead)[0]) == embedding


def test_the_same_person_on_another_day_is_above_the_engines_own_threshold(engine: FaceEngine, ahead: Pixels) -> None:
    enrolled = engine.embed(ahead, engine.find(ahead)[0])
    for head in face_frames.enrolment_frames(count=3, seed=21):
        picture = face_frames.draw(face_frames.photograph(), head)
        again = engine.embed(picture, engine.find(picture)[0])
        assert similarity(enrolled, again) >= engine.rules.confirm_at


def test_a_face_at_the_edge_of_the_picture_is_embedded_too(engine: FaceEngine, ahead: Pixels) -> None:
    cut = np.ascontiguousarray(ahead[90:, 205:440])
    (face, *_) = engine.find(cut)
    assert len(engine.embed(cut, face).vector) == 512


def test_quality_and_pose_are_judged(engine: FaceEngine, ahead: Pixels) -> None:
    (face,) = engine.find(ahead)
    assert engine.assess(ahead, face).hint is FaceHint.FINE
    assert engine.pose(face).is_front()


def test_an_environment_without_dlib_is_away(tmp_path: Path) -> None:
    with pytest.raises(DlibAway):
        DlibEngine(ModelStore(), tmp_path / "python")
    with pytest.raises(DlibAway):
        DlibEngine(ModelStore(), Path(sys.executable))
