"""Where in the tablet one is: each place is a value that the window turns into a page."""

from dataclasses import dataclass

from smart4s_kiosk.domain.ids import AgreementId, VisitId
from smart4s_kiosk.services.check_in_views import QuoteShown
from smart4s_kiosk.services.tablet_quotes import QuoteChoices


@dataclass(frozen=True, slots=True)
class TodayPlace:
    """今日."""


@dataclass(frozen=True, slots=True)
class CustomersPlace:
    """客户."""


@dataclass(frozen=True, slots=True)
class DrivesPlace:
    """试驾: today's list."""


@dataclass(frozen=True, slots=True)
class PhrasesPlace:
    """话术."""


@dataclass(frozen=True, slots=True)
class ChooseDrivePlace:
    """Car, route and kind for a guest."""

    visit_id: VisitId


@dataclass(frozen=True, slots=True)
class DrivePlace:
    """One test drive, at whatever step it is."""

    agreement_id: AgreementId


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A quote for a guest, or for nobody yet; `choices` goes on with a draft."""

    visit_id: VisitId | None = None
    choices: QuoteChoices | None = None


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """A quote as the customer sees it."""

    shown: QuoteShown
    choices: QuoteChoices


Place = (
    TodayPlace
    | CustomersPlace
    | DrivesPlace
    | PhrasesPlace
    | ChooseDrivePlace
    | DrivePlace
    | QuotePlace
    | PublishedPlace
)
