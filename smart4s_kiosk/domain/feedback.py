"""What a visitor said when leaving."""

from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import VisitId


class ScoreOutOfRange(RuleBroken):
    """A score is a whole number from 0 to 10."""

    code = "feedback.score_out_of_range"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer to "would you recommend us?"."""

    visit_id: VisitId
    score: int | None
    """None when only the manager was told something."""
    at: datetime
    wants_manager: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what no key on the page can send."""
        if self.score is not None and not 0 <= self.score <= 10:
            raise ScoreOutOfRange(score=self.score)
