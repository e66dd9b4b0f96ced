"""What the kiosk's check-in needs of face recognition: start with a consent, look, end with an answer."""

from dataclasses import dataclass
from typing import Protocol

from smart4s_kiosk.domain.ids import ConsentId, PersonId, VisitId
from smart4s_kiosk.services.check_in_views import FacePreview


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
