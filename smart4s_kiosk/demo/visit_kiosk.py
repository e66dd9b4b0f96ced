"""The guest's part of the visit, at the kiosk: welcome, consent, face, purpose, consultant, waiting, accepted."""

from smart4s_kiosk.demo.far_end import FarEnd, wait_until
from smart4s_kiosk.demo.hands import LIMIT_S
from smart4s_kiosk.demo.visit import VisitScene
from smart4s_kiosk.i18n import _ as say
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskConsent,
    ChooseConsultant,
    ChoosePurpose,
    ConfirmGuest,
    EnterPhone,
    GuideFace,
    Waiting,
)
from smart4s_kiosk.ui.kiosk.window import KioskWindow

FACE_TRIES = 6
"""On a busy machine the recorded face's gestures come late; a person would try again, too."""
CONSULTANT, CONSULTANT_USERID = "王静", "wangjing"
TAIL, SURNAME = "0415", "张"


def kiosk_of(scene: VisitScene) -> KioskWindow:
    """The kiosk's window."""
    window = scene.desktop.windows["kiosk"]
    assert isinstance(window, KioskWindow)
    return window


def welcome(scene: VisitScene) -> None:
    """The attract page, and the four equal ways."""
    kiosk, hands = kiosk_of(scene), scene.hands
    with scene.step("welcome") as read:
        hands.picture(kiosk, "kiosk-welcome")
        hands.press(kiosk, say("Touch to start"))
        hands.wait(lambda: hands.button(kiosk, say("Face")) is not None, what="ways")
        hands.picture(kiosk, "kiosk-ways")
        read["ways"] = [w for w in ("Face", "Phone number", "Booking code") if hands.button(kiosk, say(w))]


def face(scene: VisitScene) -> None:
    """Consent by the guest, then the camera; a look that stays unsure is tried again as a person would."""
    kiosk, hands = kiosk_of(scene), scene.hands
    with scene.step("face check-in") as read:
        for attempt in range(1, FACE_TRIES + 1):
            hands.press(kiosk, say("Face"))
            hands.wait(lambda: isinstance(kiosk.view, AskConsent), what="consent")
            if attempt == 1:
                hands.picture(kiosk, "kiosk-consent")
            hands.press(kiosk, say("I am 14 or older"))
            hands.press(kiosk, say("Agree, use my face"))
            # Whoever looks too late finds the page behind the camera's.
            hands.wait(lambda: isinstance(kiosk.view, GuideFace | ConfirmGuest | EnterPhone), what="camera")
            if attempt == 1:
                hands.wait(lambda: bool(kiosk.view), what="preview")
                hands.picture(kiosk, "kiosk-face")
            hands.wait(lambda: isinstance(kiosk.view, ConfirmGuest | EnterPhone), what="decision")
            if isinstance(kiosk.view, ConfirmGuest):
                break
            while hands.button(kiosk, say("Face")) is None:
                hands.press(kiosk, say("Back"), exact=True)
                hands.wait(lambda: not isinstance(kiosk.view, EnterPhone), what="a page back")
        view = kiosk.view
        hands.wait(lambda: isinstance(kiosk.view, ConfirmGuest), what="recognised", limit_s=1)
        assert isinstance(view, ConfirmGuest)
        read |= {"name": view.guest.masked_name, "likeness_percent": view.likeness_percent, "attempts": attempt}
        hands.picture(kiosk, "kiosk-confirm")
        hands.press(kiosk, say("Yes, me"))
        scene.visit_id = view.visit_id


def purpose_and_consultant(scene: VisitScene) -> None:
    """Why they came; the own consultant stands first."""
    kiosk, hands = kiosk_of(scene), scene.hands
    with scene.step("purpose and consultant") as read:
        hands.wait(lambda: isinstance(kiosk.view, ChoosePurpose), what="purpose")
        hands.picture(kiosk, "kiosk-purpose")
        hands.press(kiosk, say("Test drive"))
        hands.wait(lambda: isinstance(kiosk.view, ChooseConsultant), what="consultants")
        view = kiosk.view
        assert isinstance(view, ChooseConsultant)
        read |= {"own": view.own.name if view.own else "", "others": len(view.others)}
        hands.picture(kiosk, "kiosk-consultants")
        hands.press(kiosk, CONSULTANT)
        hands.wait(lambda: isinstance(kiosk.view, Waiting), what="waiting")
        hands.picture(kiosk, "kiosk-waiting")


def card_and_press(scene: VisitScene) -> None:
    """The card arrives on the consultant's phone; 接待 is pressed there; the kiosk says who comes."""
    kiosk, hands, far_end = kiosk_of(scene), scene.hands, scene.far_end
    clock = scene.desktop.application.clock
    if far_end is None:
        with scene.step("accepted at the desk"):
            services = scene.desktop.application.services
            member = next(m for m in services.staff.all() if m.name == CONSULTANT)
            services.visits.accept(scene.visit_id, member.id)
        return
    with scene.step("card on the phone") as read:
        task: list[str] = []

        def card_is_there() -> bool:
            task[:] = [c["task_id"] for c in cards_of(far_end, CONSULTANT_USERID)]
            return bool(task)

        asked_at = scene.desktop.application.services.visits.get(scene.visit_id).requested_at
        wait_until(card_is_there, LIMIT_S, clock, what="card")
        assert asked_at is not None
        read["ask_to_card_s"] = round((clock.now() - asked_at).total_seconds(), 3)
        pressed = clock.monotonic()
        far_end.press(CONSULTANT_USERID, task[-1], "accept")
        hands.wait(lambda: isinstance(kiosk.view, Accepted), what="accepted")
        read["press_to_kiosk_s"] = round(clock.monotonic() - pressed, 3)
        view = kiosk.view
        assert isinstance(view, Accepted)
        read["coming"] = view.person.name
        hands.picture(kiosk, "kiosk-accepted")


def cards_of(far_end: FarEnd, userid: str) -> list[dict[str, str]]:
    """Interactive cards on one phone that can still be answered, oldest first."""
    return [m for m in far_end.state()["phones"] if m.get("userid") == userid and m.get("task_id")]
