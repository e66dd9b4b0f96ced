"""Which page shows which place, and which step of a test drive."""

from smart4s_kiosk.services.tablet_views import DriveSheet, DriveStep
from smart4s_kiosk.ui.tablet.capture_page import CapturePage
from smart4s_kiosk.ui.tablet.check_page import CheckPage
from smart4s_kiosk.ui.tablet.choose_drive_page import ChooseDrivePage
from smart4s_kiosk.ui.tablet.customers_page import CustomersPage
from smart4s_kiosk.ui.tablet.drive_page import DrivePage
from smart4s_kiosk.ui.tablet.drives_page import DrivesPage
from smart4s_kiosk.ui.tablet.key_page import KeyPage, SealPage
from smart4s_kiosk.ui.tablet.licence_consent_page import LicenceConsentPage
from smart4s_kiosk.ui.tablet.page import TabletPage
from smart4s_kiosk.ui.tablet.passenger_page import PassengerPage
from smart4s_kiosk.ui.tablet.phrases_page import PhrasesPage
from smart4s_kiosk.ui.tablet.places import (
    ChooseDrivePlace,
    CustomersPlace,
    DrivesPlace,
    PhrasesPlace,
    Place,
    PublishedPlace,
    QuotePlace,
    TodayPlace,
)
from smart4s_kiosk.ui.tablet.published_page import PublishedPage
from smart4s_kiosk.ui.tablet.quote_page import QuotePage
from smart4s_kiosk.ui.tablet.reading_page import ReadingPage
from smart4s_kiosk.ui.tablet.return_page import FeedbackPage, OverPage, ReturnPage
from smart4s_kiosk.ui.tablet.signing_page import SigningPage
from smart4s_kiosk.ui.tablet.stage import Stage
from smart4s_kiosk.ui.tablet.today_page import TodayPage

STEP_PAGES: dict[DriveStep, type[DrivePage]] = {
    DriveStep.CONSENT: LicenceConsentPage,
    DriveStep.CAPTURE: CapturePage,
    DriveStep.CHECK: CheckPage,
    DriveStep.NAME: PassengerPage,
    DriveStep.READ: ReadingPage,
    DriveStep.SIGN_CUSTOMER: SigningPage,
    DriveStep.SIGN_STAFF: SigningPage,
    DriveStep.SEAL: SealPage,
    DriveStep.KEY: KeyPage,
    DriveStep.DRIVING: ReturnPage,
    DriveStep.RETURNED: FeedbackPage,
    DriveStep.OVER: OverPage,
}


def page_at(place: Place, stage: Stage) -> TabletPage | None:
    """The page of a place; None for a test drive, whose sheet has to be read first."""
    match place:
        case TodayPlace():
            return TodayPage(stage)
        case CustomersPlace():
            return CustomersPage(stage)
        case DrivesPlace():
            return DrivesPage(stage)
        case PhrasesPlace():
            return PhrasesPage(stage)
        case ChooseDrivePlace(visit_id):
            return ChooseDrivePage(stage, visit_id)
        case QuotePlace():
            return QuotePage(stage, place)
        case PublishedPlace():
            return PublishedPage(stage, place)
        case _:
            return None


def page_for(sheet: DriveSheet, stage: Stage) -> DrivePage:
    """The page of a test drive's step."""
    return STEP_PAGES[sheet.step](stage, sheet)
