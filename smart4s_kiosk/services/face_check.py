"""What the kiosk's check-in needs of face recognition: start with a consent, look, end with an answer."""

from dataclasses import dataclass
from typing import Protocol

from smart4s_kiosk.domain.faces import FaceHint, FaceKnownToAnother, FaceNotCaptured, FaceOutcome
from smart4s_kiosk.domain.ids import ConsentId, PersonId, VisitId
from smart4s_kiosk.domain.liveness import Gesture
from smart4s_kiosk.ports.vision import CameraStatus, FrameSource
from smart4s_kiosk.services.check_in_choices import FaceTip
from smart4s_kiosk.services.check_in_views import FacePreview
from smart4s_kiosk.services.recognition import FaceProgress, Recognition

_TIPS = {
    FaceHint.FINE: FaceTip.LOOK,
    FaceHint.NOBODY: FaceTip.CENTRE,
    FaceHint.ONE_AT_A_TIME: FaceTip.ONE_PERSON,
    FaceHint.COME_CLOSER: FaceTip.CLOSER,
    FaceHint.HOLD_STILL: FaceTip.STILL,
    FaceHint.MORE_LIGHT: FaceTip.BRIGHTER,
    FaceHint.LESS_LIGHT: FaceTip.DARKER,
    FaceHint.LOOK_STRAIGHT: FaceTip.LOOK,
}
_GESTURES = {
    Gesture.TURN_LEFT: FaceTip.TURN_LEFT,
    Gesture.TURN_RIGHT: FaceTip.TURN_RIGHT,
    Gesture.NOD: FaceTip.NOD,
}
_GOOD_LIGHT = frozenset(FaceHint) - {FaceHint.MORE_LIGHT, FaceHint.LESS_LIGHT}


@dataclass(frozen=True, slots=True)
class FaceAnswer:
    """How an attempt ended: a person asked about by a tap, or nobody. Never a silent acceptance."""

    person_id: PersonId | None = None
    percent: int | None = None
    """Calibrated probability that it is this person."""
    is_sure: bool = False


class FaceCheck(Protocol):
    """One attempt at a time on this terminal's face camera."""

    def is_available(self) -> bool:
        """Whether the camera gives pictures now."""
        ...

    def start(self, visit_id: VisitId, consent_id: ConsentId) -> None:
        """Analyse faces from now until `finish` or `stop`."""
        ...

    def preview(self) -> FacePreview | None: ...
    def finish(self, visit_id: VisitId) -> FaceAnswer: ...
    def stop(self, visit_id: VisitId) -> None: ...
    def confirm(self, person_id: PersonId) -> None:
        """The guest said "yes, that is me": what was kept with consent lives on from today."""
        ...

    def keep(self, person_id: PersonId, consent_id: ConsentId) -> bool:
        """Keep the features of the look just ended; False when it saw too little, or somebody else."""
        ...


class CameraFaceCheck:
    """`FaceCheck` on this terminal's face camera: the preview's pictures with the recognition's progress."""

    def __init__(self, *, camera: FrameSource, recognition: Recognition) -> None:
        self._camera = camera
        self._recognition = recognition

    def is_available(self) -> bool:
        """Pictures come and are not black."""
        return self._camera.health().status in {CameraStatus.RUNNING, CameraStatus.OPENING}

    def start(self, visit_id: VisitId, consent_id: ConsentId) -> None:
        """The analyser goes on; `Recognition.begin` checks the consent again."""
        _ = visit_id
        self._recognition.begin(consent=consent_id, is_14=True)

    def preview(self) -> FacePreview | None:
        """Newest frame, mirrored, with what to do now."""
        frame = self._camera.latest()
        progress = self._recognition.progress()
        if frame is None:
            return None
        hint = progress.hint if progress else FaceHint.NOBODY
        return FacePreview(
            sequence=frame.sequence,
            pixels=frame.pixels[:, ::-1],
            tip=_tip(progress),
            progress=progress.share if progress else 0.0,
            light_is_good=hint in _GOOD_LIGHT,
            one_person=hint is not FaceHint.ONE_AT_A_TIME,
            distance_is_good=hint is not FaceHint.COME_CLOSER,
            is_decided=progress.is_decided if progress else False,
        )

    def finish(self, visit_id: VisitId) -> FaceAnswer:
        """What the look found; the analyser is off after it."""
        _ = visit_id
        progress = self._recognition.progress()
        if progress is None or progress.match is None:
            self._recognition.cancel()
            return FaceAnswer()
        match = progress.match
        is_sure = match.outcome is FaceOutcome.RECOGNISED
        percent = round(match.probability * 100) if match.person is not None else None
        return FaceAnswer(match.person, percent, is_sure=is_sure)

    def stop(self, visit_id: VisitId) -> None:
        """Off, and everything of the attempt is forgotten."""
        _ = visit_id
        self._recognition.cancel()

    def confirm(self, person_id: PersonId) -> None:
        """Templates are kept from the last visit on."""
        self._recognition.confirm(person_id)

    def keep(self, person_id: PersonId, consent_id: ConsentId) -> bool:
        """`Recognition.enrol` checks the consent again."""
        try:
            return self._recognition.enrol(person=person_id, consent=consent_id) > 0
        except (FaceNotCaptured, FaceKnownToAnother):
            return False


def _tip(progress: FaceProgress | None) -> FaceTip:
    if progress is None:
        return FaceTip.CENTRE
    if progress.hint is FaceHint.FINE and progress.gesture is not None:
        return _GESTURES[progress.gesture]
    return _TIPS[progress.hint]
