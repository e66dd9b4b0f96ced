"""Which page shows which screen, and nothing else."""

from collections.abc import Callable

from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskConsent,
    AskFeedback,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    ConfirmGuest,
    EnterCode,
    EnterPhone,
    EnterSurname,
    FaceKept,
    GuideFace,
    MyData,
    QuoteShown,
    Screen,
    Thanks,
    Waiting,
)
from smart4s_kiosk.ui.kiosk.accepted_page import AcceptedPage
from smart4s_kiosk.ui.kiosk.closing_pages import MyDataPage, ThanksPage
from smart4s_kiosk.ui.kiosk.code_page import CodePage
from smart4s_kiosk.ui.kiosk.confirm_page import ConfirmPage
from smart4s_kiosk.ui.kiosk.consent_page import ConsentPage
from smart4s_kiosk.ui.kiosk.consultants_page import ConsultantsPage
from smart4s_kiosk.ui.kiosk.face_kept_page import FaceKeptPage
from smart4s_kiosk.ui.kiosk.face_page import FacePage
from smart4s_kiosk.ui.kiosk.feedback_page import FeedbackPage
from smart4s_kiosk.ui.kiosk.page import KioskPage
from smart4s_kiosk.ui.kiosk.phone_page import PhonePage
from smart4s_kiosk.ui.kiosk.purpose_page import PurposePage
from smart4s_kiosk.ui.kiosk.quote_page import QuotePage
from smart4s_kiosk.ui.kiosk.stage import Stage
from smart4s_kiosk.ui.kiosk.surname_page import SurnamePage
from smart4s_kiosk.ui.kiosk.waiting_page import WaitingPage
from smart4s_kiosk.ui.kiosk.way_page import WayPage

PageMaker = Callable[..., KioskPage]
PAGES: dict[type, PageMaker] = {
    ChooseWay: WayPage,
    AskConsent: ConsentPage,
    GuideFace: FacePage,
    ConfirmGuest: ConfirmPage,
    EnterPhone: PhonePage,
    EnterSurname: SurnamePage,
    EnterCode: CodePage,
    ChoosePurpose: PurposePage,
    ChooseConsultant: ConsultantsPage,
    Waiting: WaitingPage,
    Accepted: AcceptedPage,
    QuoteShown: QuotePage,
    AskFeedback: FeedbackPage,
    Thanks: ThanksPage,
    MyData: MyDataPage,
    FaceKept: FaceKeptPage,
}
COMMITTED = (Waiting, Accepted, AskFeedback, Thanks)
"""Screens after which there is no way back to the questions before."""
PASSING = (AskConsent, GuideFace, ConfirmGuest, FaceKept)
"""Screens that "back" passes over: an answered consent, a camera that is off, a name that was not the guest's."""


def page_for(view: Screen, stage: Stage) -> KioskPage:
    """The page of one screen."""
    return PAGES[type(view)](view, stage)
