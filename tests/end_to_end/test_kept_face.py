"""A face that is kept with consent: found at the next visit, withdrawn, then unknown again and gone from the disk.

The real kiosk services, YuNet, SFace, gestures and the sealed store; the head before the camera is scikit-image's
astronaut, and its pictures come as fast as they are looked at.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest

from smart4s_kiosk.app.build import Application, build
from smart4s_kiosk.app.settings import CameraSettings, CamerasSettings, Settings
from smart4s_kiosk.demo import face_frames
from smart4s_kiosk.domain.faces import FaceOutcome
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Outcome, Purpose
from smart4s_kiosk.ports.vision import Frame, Pixels
from smart4s_kiosk.services.check_in_choices import Way
from smart4s_kiosk.services.check_in_views import (
    AskConsent,
    ChoosePurpose,
    ConfirmGuest,
    EnterPhone,
    FaceKept,
    GuideFace,
    MyData,
    Screen,
)
from smart4s_kiosk.services.customers import NewCustomer
from tests.end_to_end.real_showroom import consultant, copy_showroom, settings_in

pytestmark = pytest.mark.slow
PHONE = "13811112794"
LOOKS_A_SECOND = 10
"""As often as the kiosk looks."""


@pytest.fixture(scope="module")
def looks() -> list[Pixels]:
    """The guest before the camera for ten seconds: every gesture comes round."""
    picture = face_frames.photograph()
    heads = list(face_frames.visitor_frames(seconds=13.2))
    count = round(13.2 * LOOKS_A_SECOND)
    return [face_frames.draw(picture, heads[round(n * face_frames.FPS / LOOKS_A_SECOND)]) for n in range(count - 1)]


@pytest.fixture
def settings(filled_showroom: Path, tmp_path: Path) -> Settings:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    cv2.imwrite(str(pictures / "wall.png"), face_frames.photograph()[:64, :64])
    cameras = CamerasSettings(face=CameraSettings(source=str(pictures)))
    return settings_in(copy_showroom(filled_showroom, tmp_path / "showroom"), cameras=cameras)


@pytest.fixture
def application(settings: Settings) -> Iterator[Application]:
    made = build(settings, is_demo=True)
    made.services.customers.register(NewCustomer(name="林远", title=Title.MR, phone=PHONE))
    yield made
    made.storage.storage.close()


def stand_before(application: Application, looks: list[Pixels]) -> None:
    """The guest looks into the camera and follows what it asks, until the check is over and the analyser off.

    Time passes by the pictures' own moments: asked for progress, the check would look at the clock of a slow machine.
    """
    assert application.faces is not None
    recognition, clock = application.faces.recognition, application.clock
    analyser, began = recognition._watch, clock.monotonic()
    for number, picture in enumerate(looks):
        frame = Frame("face-camera", number + 1, clock.now(), began + (number + 1) / LOOKS_A_SECOND, picture)
        for finding in analyser.look(frame):  # type: ignore[attr-defined] # the analyser behind the watch
            recognition.see(finding)
        if not analyser.is_on:
            break
    progress = recognition.progress()
    assert progress is not None
    assert progress.match is not None, "no decision within thirteen seconds"
    assert progress.match.outcome is not FaceOutcome.LIVENESS_FAILED


def agree(application: Application, page: Screen) -> VisitId:
    assert isinstance(page, AskConsent), page
    kiosk = application.services.kiosk
    guide = kiosk.answer_consent(page.visit_id, agrees=True, is_14=True, version=page.version, shown_s=60)
    assert isinstance(guide, GuideFace)
    return page.visit_id


def by_phone(application: Application) -> Screen:
    """Checked in with the number, up to the question whether the face may be kept."""
    kiosk = application.services.kiosk
    visit_id = kiosk.begin().visit_id
    kiosk.choose_way(visit_id, Way.PHONE)
    kiosk.enter_phone(visit_id, PHONE[-4:])
    kiosk.enter_surname(visit_id, "林", Title.MR)
    page = kiosk.confirm_guest(visit_id, is_me=True)
    assert isinstance(page, ChoosePurpose), page
    kiosk.choose_purpose(visit_id, Purpose.LOOK, people=1)
    return kiosk.choose_consultant(visit_id, consultant(application).id)


def by_face(application: Application, looks: list[Pixels]) -> Screen:
    """What the kiosk says after the look."""
    kiosk = application.services.kiosk
    visit_id = agree(application, kiosk.choose_way(kiosk.begin().visit_id, Way.FACE))
    stand_before(application, looks)
    return kiosk.finish_face(visit_id)


def goes_home(application: Application, visit_id: VisitId) -> None:
    application.services.kiosk.leave(visit_id)
    application.services.visits.close(visit_id, Outcome.SERVED, by=consultant(application).id)


def kept_on_disk(settings: Settings) -> int:
    """Templates in the file itself, whoever they are of."""
    file = settings.data.place / "faces.json"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return sum("sealed" in json.loads(line) for line in lines)


def test_kept_with_consent_found_next_time_and_gone_when_withdrawn(
    application: Application, settings: Settings, looks: list[Pixels]
) -> None:
    kiosk = application.services.kiosk
    assert isinstance(by_face(application, looks), EnterPhone), "nobody is known yet"
    visit_id = agree(application, by_phone(application))
    stand_before(application, looks)
    kept = kiosk.finish_face(visit_id)
    assert isinstance(kept, FaceKept)
    assert kept.is_kept
    assert kept_on_disk(settings) > 0
    goes_home(application, visit_id)

    found = by_face(application, looks)
    assert isinstance(found, ConfirmGuest), found
    assert found.guest.masked_name == "林*"
    assert found.likeness_percent is not None
    assert found.likeness_percent >= 90
    assert isinstance(kiosk.confirm_guest(found.visit_id, is_me=True), ChoosePurpose)
    assert isinstance(before := kiosk.my_data(found.visit_id), MyData)
    assert before.face_since is not None

    after = kiosk.withdraw_face(found.visit_id)
    assert isinstance(after, MyData)
    assert after.face_since is None
    assert kept_on_disk(settings) == 0
    kiosk.leave(found.visit_id)
    assert isinstance(by_face(application, looks), EnterPhone), "a stranger again"
