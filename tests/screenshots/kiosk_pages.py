"""The kiosk's pages and states, one line each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.app.consent_notice import load_notice
from smart4s_kiosk.domain.consents import ConsentKind
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.i18n import _
from smart4s_kiosk.services.check_in_choices import FaceTip, PhoneReason, Praise, ThanksKind, WaitStage
from smart4s_kiosk.services.check_in_views import (
    AskConsent,
    AskFeedback,
    ChooseConsultant,
    ChoosePurpose,
    ConfirmGuest,
    ConsentText,
    EnterCode,
    EnterPhone,
    EnterSurname,
    FaceKept,
    FacePreview,
    Guest,
    GuideFace,
    Screen,
    Thanks,
)
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.background import Background
from smart4s_kiosk.ui.kiosk.feedback_page import FeedbackPage
from smart4s_kiosk.ui.kiosk.phone_page import PhonePage
from smart4s_kiosk.ui.kiosk.surname_page import SurnamePage
from smart4s_kiosk.ui.kiosk.window import KioskWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from smart4s_kiosk.ui.widgets.touch_button import TouchButton
from tests.fakes.check_in import (
    MORNING,
    VISIT,
    ZHANG,
    FakeCheckIn,
    accepted,
    camera_picture,
    consent,
    consultants,
    escalated,
    quote,
    waiting,
)
from tests.fakes.clock import FakeClock
from tests.screenshots.shot import LANDSCAPE, PORTRAIT, SMALL, Shot, Size
from tests.waiting import PATIENCE_S

BACKGROUNDS: list[Background] = []
ViewOf = Callable[[FakeCheckIn], Screen | None]


def settle(window: QWidget) -> None:
    """Let layouts and deferred deletions finish without running an event loop."""
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()


class Fixture:
    """Makes the kiosk window in one state."""

    def __init__(
        self,
        view: ViewOf,
        *,
        theme: ThemeName = "light",
        low: bool = False,
        large: bool = False,
        shop: dict[str, Any] | None = None,
        prepare: Callable[[KioskWindow], None] | None = None,
        camera_is_lost: bool = False,
        seconds: float = 6,
    ) -> None:
        self.view, self.theme, self.low, self.large = view, theme, low, large
        self.shop, self.prepare, self.camera_is_lost, self.seconds = shop or {}, prepare, camera_is_lost, seconds

    def __call__(self, size: Size, language: str) -> KioskWindow:
        clock = FakeClock(MORNING - timedelta(seconds=self.seconds))
        fake = FakeCheckIn(clock)
        fake.camera_is_lost = self.camera_is_lost
        fake.camera = FacePreview(1, camera_picture(), FaceTip.CLOSER, 0.5, distance_is_good=False)
        BACKGROUNDS.append(Background())
        fake.shown_shop = replace(fake.shown_shop, **self.shop)
        window = KioskWindow(
            check_in=fake,
            background=BACKGROUNDS[-1],
            announcements=Announcements(),
            clock=clock,
            look=Look(theme=self.theme, reduce_motion=True),
            home_language=language,
        )
        window.show_shop(fake.shown_shop)
        window.is_low, window.large_type = self.low, self.large
        window.resize(*size)
        window.show()
        view = self.view(fake)
        if view is not None:
            window.show_view(view)
        else:
            window.rebuild()
        if self.prepare is not None:
            self.prepare(window)
        clock.advance(self.seconds)
        window.tick()
        tick = getattr(window.page, "tick", None)
        if tick is not None:
            tick()
        settle(window)
        return window


def done(window: QWidget) -> None:
    assert isinstance(window, KioskWindow)
    window.close_for_good()
    window.deleteLater()
    settle(window)
    assert BACKGROUNDS.pop().stop(PATIENCE_S)


def typed(digits: str) -> Callable[[KioskWindow], None]:
    def type_in(window: KioskWindow) -> None:
        assert isinstance(window.page, PhonePage)
        for digit in digits:
            window.page.pad.add(digit)

    return type_in


def spelt(letters: str) -> Callable[[KioskWindow], None]:
    def spell(window: KioskWindow) -> None:
        assert isinstance(window.page, SurnamePage)
        for letter in letters:
            window.page.pad.add(letter)

    return spell


def pressed(*names: str) -> Callable[[KioskWindow], None]:
    """Spelt in pinyin in both languages, then these keys of the pad, by what they say."""

    def press(window: KioskWindow) -> None:
        assert isinstance(window.page, SurnamePage)
        for name in (_("Pinyin"), *names):
            keys = (key for key in window.page.pad.findChildren(TouchButton) if key.isVisible())
            found = next((key for key in keys if _(name) in {key.text(), key.accessibleName()}), None)
            if found is not None:
                found.pressed_once.emit()

    return press


def scored(window: KioskWindow) -> None:
    assert isinstance(window.page, FeedbackPage)
    window.page.score(9)
    window.page.toggle(Praise.CLEAR)
    window.page.toggle(Praise.OPEN_PRICES)


def whole_number(window: KioskWindow) -> None:
    assert isinstance(window.page, PhonePage)
    window.page.change_kind(1)
    typed("1380000")(window)


def keeping_page() -> AskConsent:
    """The real text: it must fit."""
    notice = load_notice(ConsentKind.FACE_KEEPING)
    texts = tuple(ConsentText(w.language, w.rows, w.full_text) for w in notice.words)
    return AskConsent(VISIT, notice.version, notice.dated, notice.digest()[:8], texts, enrols=True)


def consultants_view(guest: Guest, queue: int | None = None) -> ChooseConsultant:
    first, *rest = consultants()
    return ChooseConsultant(VISIT, guest, Purpose.LOOK, first if guest.masked_name else None, tuple(rest), queue)


def kiosk(name: str, view: ViewOf, golden: tuple[tuple[Size, str], ...] = (), **state: Any) -> Shot:
    dark = None if state.get("theme") == "dark" else Fixture(view, **{**state, "theme": "dark"})
    return Shot("kiosk", name, Fixture(view, **state), (PORTRAIT, LANDSCAPE, SMALL), golden, done, dark)


ZH, EN, WIDE, WIDE_EN = (PORTRAIT, "zh_CN"), (PORTRAIT, "en"), (LANDSCAPE, "zh_CN"), (SMALL, "en")
CLOSED = {"is_open": False, "opens": time(9, 0), "closes": time(18, 0), "next_open_day": date(2026, 11, 22)}
PURPOSES = tuple(Purpose)
SHOTS = [
    kiosk("welcome", lambda f: None, (ZH, EN, WIDE)),
    kiosk("welcome_demo", lambda f: None, shop={"is_demo": True}),
    kiosk("closed", lambda f: None, (ZH,), shop=CLOSED),
    kiosk("check_in", lambda f: f.ways(), (ZH, EN, WIDE, WIDE_EN)),
    kiosk("check_in_dark", lambda f: f.ways(), (ZH,), theme="dark"),
    kiosk("check_in_low", lambda f: f.ways(), (ZH, WIDE), low=True),
    kiosk("consultants_low", lambda f: consultants_view(ZHANG), low=True),
    kiosk("purpose_low", lambda f: ChoosePurpose(VISIT, ZHANG, PURPOSES, expected=Purpose.TEST_DRIVE), low=True),
    kiosk("waiting_low", lambda f: waiting(MORNING - timedelta(seconds=42)), low=True),
    kiosk("phone_low", lambda f: EnterPhone(VISIT), low=True, prepare=typed("602")),
    kiosk("check_in_large", lambda f: f.ways(), large=True),
    kiosk("check_in_camera_lost", lambda f: f.ways(), (ZH,), camera_is_lost=True),
    kiosk("consent", lambda f: consent(), (ZH, EN)),
    kiosk("consent_readable", lambda f: consent(), (WIDE,), seconds=0),
    kiosk("face", lambda f: GuideFace(VISIT), (ZH,)),
    kiosk("keep_face", lambda f: keeping_page(), (ZH, EN, WIDE)),
    kiosk("keep_face_look", lambda f: GuideFace(VISIT, enrols=True)),
    kiosk("keep_face_done", lambda f: FaceKept(VISIT, is_kept=True, until=date(2027, 5, 20)), (ZH,)),
    kiosk("keep_face_not", lambda f: FaceKept(VISIT, is_kept=False)),
    kiosk("confirm", lambda f: ConfirmGuest(VISIT, ZHANG, date(2026, 10, 18), "王静", 96), (ZH, WIDE)),
    kiosk("confirm_by_phone", lambda f: ConfirmGuest(VISIT, Guest("欧阳*", Title.MS), by_face=False)),
    kiosk("phone", lambda f: EnterPhone(VISIT), (ZH, WIDE_EN), prepare=typed("602")),
    kiosk("phone_whole", lambda f: EnterPhone(VISIT), (ZH,), prepare=whole_number),
    kiosk("phone_locked", lambda f: EnterPhone(VISIT, PhoneReason.NO_MATCH, locked_minutes=5)),
    kiosk("surname", lambda f: EnterSurname(VISIT), (ZH,), prepare=spelt("zhang")),
    kiosk("surname_new", lambda f: EnterSurname(VISIT, is_new_guest=True), prepare=spelt("ouyang")),
    kiosk("surname_all", lambda f: EnterSurname(VISIT), (ZH,), prepare=pressed(*"yan", "More characters")),
    kiosk("surname_radical", lambda f: EnterSurname(VISIT), prepare=pressed("By radical")),
    kiosk("code", lambda f: EnterCode(VISIT), (ZH,)),
    kiosk("code_unknown", lambda f: EnterCode(VISIT, was_unknown=True)),
    kiosk("purpose", lambda f: ChoosePurpose(VISIT, ZHANG, PURPOSES, expected=Purpose.TEST_DRIVE), (ZH, EN)),
    kiosk("purpose_anonymous", lambda f: ChoosePurpose(VISIT, Guest(), PURPOSES)),
    kiosk("consultants", lambda f: consultants_view(ZHANG), (ZH, WIDE)),
    kiosk("consultants_queue", lambda f: consultants_view(Guest(), 12)),
    kiosk("waiting", lambda f: waiting(MORNING - timedelta(seconds=42)), (ZH, WIDE)),
    kiosk("waiting_slip", lambda f: waiting(MORNING - timedelta(seconds=42)), (ZH,), shop={"prints_slips": True}),
    kiosk(
        "waiting_slip_offline",
        lambda f: replace(waiting(MORNING - timedelta(seconds=42), online=False), slip_printed=True),
        shop={"prints_slips": True, "is_online": False},
    ),
    kiosk("waiting_dark", lambda f: waiting(MORNING - timedelta(seconds=42)), (ZH,), theme="dark"),
    kiosk(
        "waiting_offline",
        lambda f: waiting(MORNING - timedelta(seconds=42), online=False),
        (ZH,),
        shop={"is_online": False},
    ),
    kiosk("waiting_escalated", lambda f: escalated(MORNING - timedelta(seconds=126)), (ZH, EN)),
    kiosk(
        "waiting_later",
        lambda f: replace(waiting(MORNING - timedelta(seconds=42)), stage=WaitStage.LATER, later_minutes=3),
    ),
    kiosk(
        "waiting_queued",
        lambda f: replace(waiting(MORNING), stage=WaitStage.QUEUED, person=None, queue_number=2, queue_minutes=12),
    ),
    kiosk("accepted", lambda f: accepted(), (ZH, WIDE), seconds=0),
    kiosk("quote", lambda f: quote(), (ZH, WIDE)),
    kiosk("feedback", lambda f: AskFeedback(VISIT), (ZH, EN), prepare=scored),
    kiosk("feedback_empty", lambda f: AskFeedback(VISIT)),
    kiosk("thanks_looking", lambda f: Thanks(VISIT, ThanksKind.LOOKING_AROUND, visit_code="B7K2")),
    kiosk("thanks_forgotten", lambda f: Thanks(VISIT, ThanksKind.FORGOTTEN, receipt="F-20261121-0007 · 3B9C"), (ZH,)),
    kiosk("my_data", lambda f: f.my_data(VISIT), (ZH,)),
]
