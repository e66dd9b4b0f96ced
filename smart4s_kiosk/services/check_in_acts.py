"""The acts a guest may cause at the kiosk, as a Protocol: pages call it, `services/check_in.py` does it."""

from collections.abc import Callable
from typing import Protocol

from smart4s_kiosk.domain.consents import SHOWN_FIRST
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.services.check_in_choices import Praise, Way
from smart4s_kiosk.services.check_in_views import ChooseWay, FacePreview, Screen, Shop


class CheckIn(Protocol):
    """The acts of a guest at one kiosk. Every act answers with the next `Screen`; refusals are domain errors.

    Called off the main thread, except `face_preview`, which only reads the newest-frame slot and returns at once.
    The same act twice (a double tap) answers twice the same. `visit_id` is a new id that `begin` gives out; a visit
    is stored when the first act needs it.
    """

    def shop(self) -> Shop:
        """The showroom now: open or not, online or not."""
        ...

    def begin(self) -> ChooseWay:
        """A guest touched the welcome page."""
        ...

    def choose_way(self, visit_id: VisitId, way: Way) -> Screen:
        """AskConsent | EnterPhone | EnterCode | ChoosePurpose (anonymous) | ChooseWay (the camera was just lost)."""
        ...

    def answer_consent(
        self, visit_id: VisitId, *, agrees: bool, is_14: bool, version: int, shown_s: float, language: str = SHOWN_FIRST
    ) -> Screen:
        """GuideFace, or ChooseWay without the face when declined. Refuses too early an answer and agreeing under 14.

        Of the keeping consent (`enrols`): GuideFace, or what `progress` answers.
        """
        ...

    def face_preview(self) -> FacePreview | None:
        """The newest picture; None while the camera opens. Unavailable when it is lost."""
        ...

    def finish_face(self, visit_id: VisitId) -> Screen:
        """ConfirmGuest | EnterPhone (unsure, unknown) | FaceKept."""
        ...

    def stop_face(self, visit_id: VisitId) -> Screen:
        """The guest takes another way: camera off. ChooseWay."""
        ...

    def confirm_guest(self, visit_id: VisitId, *, is_me: bool) -> Screen:
        """ChoosePurpose | EnterPhone."""
        ...

    def enter_phone(self, visit_id: VisitId, digits: str) -> Screen:
        """Four digits (tail) or eleven. EnterSurname | ConfirmGuest | EnterPhone (locked)."""
        ...

    def enter_surname(self, visit_id: VisitId, surname: str, title: Title) -> Screen:
        """ConfirmGuest | ChoosePurpose (new guest) | EnterPhone (no match, looks the same for known and unknown)."""
        ...

    def enter_code(self, visit_id: VisitId, code: str) -> Screen:
        """ConfirmGuest | EnterCode (unknown)."""
        ...

    def look_for_code(self, visit_id: VisitId) -> Screen | None:
        """What the code in the camera's newest picture leads to; None without one. Asked by the code page."""
        ...

    def choose_purpose(self, visit_id: VisitId, purpose: Purpose, *, people: int, language: str) -> Screen:
        """ChooseConsultant | Thanks (an anonymous guest who looks around). `language`: ISO 639, of the screen."""
        ...

    def choose_consultant(self, visit_id: VisitId, staff_id: StaffId | None) -> Screen:
        """None: whoever is free first. Waiting, or AskConsent about keeping the face of a guest found by phone."""
        ...

    def progress(self, visit_id: VisitId) -> Screen:
        """Waiting | Accepted | AskFeedback: read again at each announcement about this visit."""
        ...

    def newest(self, view: Screen) -> Screen | None:
        """The same page as it is now (ChooseWay, ChooseConsultant, Waiting); None for a page that does not change."""
        ...

    def choose_drink(self, visit_id: VisitId, drink: Drink) -> Screen:
        """Waiting with the drink noted."""
        ...

    def change_consultant(self, visit_id: VisitId) -> Screen:
        """ChooseConsultant; the earlier request is withdrawn when another is made."""
        ...

    def ask_reception(self, visit_id: VisitId) -> Screen:
        """The guest does not want to wait: Waiting in stage RECEPTION."""
        ...

    def look_around(self, visit_id: VisitId) -> Screen:
        """The guest goes and looks alone; the visit stays. Thanks."""
        ...

    def print_slip(self, visit_id: VisitId, purpose: Callable[[Purpose], str], language: str) -> Screen:
        """A slip with number, wait and who was asked, for those who would rather hold paper; the same page again.

        `purpose` words why the guest came. Raises `Unavailable` when the printer is away.
        """
        ...

    def show_quote(self, visit_id: VisitId) -> Screen:
        """The newest published quote of this visit."""
        ...

    def rate(self, visit_id: VisitId, *, score: int | None, reasons: tuple[Praise, ...], tell_manager: str) -> Screen:
        """Thanks. `score` None: no rating; `tell_manager` non-empty alerts the manager."""
        ...

    def my_data(self, visit_id: VisitId) -> Screen:
        """MyData of the guest who was confirmed in this visit; NotAllowed for anyone else."""
        ...

    def withdraw_face(self, visit_id: VisitId) -> Screen:
        """Takes back the kept face only: MyData without it."""
        ...

    def forget_me(self, visit_id: VisitId) -> Screen:
        """Erases and answers Thanks with the receipt."""
        ...

    def call_staff(self, visit_id: VisitId) -> None:
        """The bell: reception is told where."""
        ...

    def still_here(self, visit_id: VisitId) -> None:
        """The guest touches the page: however long it takes, this visit was not walked away from."""
        ...

    def leave(self, visit_id: VisitId) -> None:
        """The page was reset or the guest walked away: camera off, everything in memory dropped."""
        ...

    def may_exit(self, pin: str) -> None:
        """A staff PIN opens the way out of the kiosk; NotAllowed otherwise, locked after five wrong ones."""
        ...
