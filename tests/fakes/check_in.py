"""A guest's check-in in memory: follows the Protocol's contract, keeps nothing, lets tests steer what comes next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from smart4s_kiosk.domain.consents import SHOWN_FIRST
from smart4s_kiosk.domain.drinks import Drink
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import QuoteId, StaffId, VisitId
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.staff import PinLocked, WrongPin
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.services.check_in_choices import (
    PhoneReason,
    Praise,
    Presence,
    QuoteLineKind,
    QuoteNote,
    StepMark,
    ThanksKind,
    WaitLine,
    WaitStage,
    Way,
)
from smart4s_kiosk.services.check_in_views import (
    Accepted,
    AskConsent,
    ChooseConsultant,
    ChoosePurpose,
    ChooseWay,
    ConfirmGuest,
    ConsentText,
    ConsultantCard,
    EnterCode,
    EnterPhone,
    EnterSurname,
    FacePreview,
    Guest,
    GuideFace,
    MyData,
    QuoteRow,
    QuoteShown,
    Screen,
    Shop,
    Thanks,
    Waiting,
    WaitStep,
)
from tests.fakes.portraits import portrait

VISIT = VisitId("visit-1")
ZHANG = Guest("张*", Title.MR)
CONSENT_ROWS_ZH = (
    ("谁在处理", "澄野汽车望江路体验中心，找前台即可联系"),
    ("用途", "认出您是哪位客人，请来您的顾问。\n不作他用，不影响车价。"),
    ("处理什么", "由面部画面算出的一组特征值，\n画面本身不保存。"),
    ("存在哪里", "加密存放在这台终端，不上传，不外传。"),
    ("存多久", "到您撤回为止；180 天未到店即自动删除。"),
    ("不同意", "接待完全一样：\n手机号、预约码、直接看车都可以。"),
    ("撤回", "随时在本机「我的数据」轻触「忘记我」，\n当场删除，并给您回执。"),
)
CONSENT_ROWS_EN = (
    ("Who", "Chengye Motors, Wangjiang Road; ask at reception"),
    ("What for", "To recognise you and call your consultant. Nothing else; never the price."),
    ("What", "A set of numbers made from your face; no picture is kept."),
    ("Where", "Encrypted on this terminal, never uploaded or passed on."),
    ("How long", "Until you withdraw; deleted after 180 days without a visit."),
    ("If you decline", "The same welcome: phone number, booking code or just looking."),
    ("Withdraw", "Any time under 'My data', 'Forget me': deleted at once, with a receipt."),
)


def consent() -> AskConsent:
    return AskConsent(
        VISIT,
        version=3,
        dated=date(2026, 11, 1),
        digest="9f3a71c2",
        texts=(
            ConsentText("zh_CN", CONSENT_ROWS_ZH, "\n".join(f"{a}：{b}" for a, b in CONSENT_ROWS_ZH)),
            ConsentText("en", CONSENT_ROWS_EN, "\n".join(f"{a}: {b}" for a, b in CONSENT_ROWS_EN)),
        ),
    )


def consultants() -> tuple[ConsultantCard, ...]:
    """Five invented people."""
    return (
        ConsultantCard(
            StaffId("wang"), "王静", "首席试驾官", ("纯电", "家庭用车", "英语"), rating="4.9", arrives_minutes=1,
            badge="0126", photo=portrait(0),
        ),
        ConsultantCard(StaffId("li"), "李明哲", "高级选车顾问", ("纯电", "置换", "金融"), rating="4.8", photo=portrait(1)),
        ConsultantCard(
            StaffId("zhou"), "周雨桐", "选车顾问", ("家庭用车", "粤语"), Presence.BUSY, rating="4.9", photo=portrait(2)
        ),
        ConsultantCard(StaffId("he"), "何屿", "试驾专员", ("底盘", "改装", "英语"), rating="4.7", photo=portrait(3)),
        ConsultantCard(
            StaffId("yao"), "姚思远", "高级选车顾问", ("企业用车", "日语"), Presence.LATER_TODAY, time(14, 0),
            rating="4.8", photo=portrait(4),
        ),
    )  # fmt: skip


def waiting(asked_at: datetime, *, online: bool = True, drink: Drink | None = Drink.COFFEE) -> Waiting:
    told = WaitLine.NOTIFIED if online else WaitLine.NOTIFIED_LOCALLY
    return Waiting(
        VISIT,
        WaitStage.ASKED,
        consultants()[0],
        asked_at,
        60,
        (
            WaitStep(told, StepMark.DONE, "王静", asked_at, 0),
            WaitStep(WaitLine.AWAITING, StepMark.NOW, "王静"),
            WaitStep(WaitLine.THEN_NEXT, StepMark.LATER, "李明哲", after_s=60),
            WaitStep(WaitLine.THEN_RECEPTION, StepMark.LATER, after_s=120),
        ),
        seat="B3 洽谈区",
        drinks=tuple(Drink),
        drink=drink,
    )


def escalated(asked_at: datetime) -> Waiting:
    reception = ConsultantCard(StaffId("shen"), "沈佳", "前台", photo=portrait(4))
    return Waiting(
        VISIT,
        WaitStage.RECEPTION,
        reception,
        asked_at,
        60,
        (
            WaitStep(WaitLine.BUSY, StepMark.SKIPPED, "王静", after_s=60),
            WaitStep(WaitLine.BUSY, StepMark.SKIPPED, "李明哲", after_s=120),
            WaitStep(WaitLine.RECEPTION_COMING, StepMark.NOW, "沈佳"),
            WaitStep(WaitLine.THEN_MANAGER, StepMark.LATER, after_s=180),
        ),
        seat="B3 洽谈区",
        drinks=tuple(Drink),
        drink=Drink.COFFEE,
    )


def matrix(side: int) -> tuple[str, ...]:
    """A square of modules that looks like a code; a real one comes from `documents`."""
    rng = np.random.default_rng(7)
    cells = rng.integers(0, 2, (side, side))
    finder = np.pad(np.pad(np.ones((3, 3), int), 1), 1, constant_values=1)
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        cells[max(0, top - 1) : top + 8, max(0, left - 1) : left + 8] = 0
        cells[top : top + 7, left : left + 7] = finder
    return tuple("".join(str(cell) for cell in row) for row in cells)


def accepted() -> Accepted:
    return Accepted(
        VISIT, consultants()[0], 1, "B3 洽谈区", "进门右手，靠窗第二桌", Drink.COFFEE, 3, contact_code=matrix(33)
    )


def quote() -> QuoteShown:
    kind, note = QuoteLineKind, QuoteNote
    return QuoteShown(
        VISIT,
        QuoteId("q"),
        "澄野 E7 长续航版·雪岭白",
        25_085_513,
        date(2026, 11, 28),
        (
            QuoteRow(kind.CAR, 23_380_000, note.LIST_AND_DISCOUNT, "", 23_980_000, 600_000),
            QuoteRow(kind.PURCHASE_TAX, 1_034_513, note.NEV_HALF),
            QuoteRow(kind.COMPULSORY_INSURANCE, 95_000, note.FIRST_YEAR),
            QuoteRow(kind.VEHICLE_TAX, 0, note.EXEMPT),
            QuoteRow(kind.COMMERCIAL_INSURANCE, 526_000, note.ESTIMATE),
            QuoteRow(kind.REGISTRATION, 50_000, note.OPTIONAL),
            QuoteRow(kind.SUBSIDY, 1_500_000, note.UNTIL_NOT_INCLUDED, until=date(2026, 12, 31)),
        ),
        matrix(85),
        matrix(69),
        "WJ-20261121-0037",
        2,
        "王静",
        "7Q2F-19KD",
        site="q.example.cn",
    )


class FakeCheckIn:
    """One guest, 张先生 with tail 6021; PIN 2468. `next_view` overrides the next answer of any act."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.shown_shop = Shop(
            "澄野汽车", "望江路体验中心", hero_title="澄野 E7", hero_note="纯电五座轿跑·A1 展位，欢迎试驾"
        )
        self.camera: FacePreview | None = None
        self.camera_is_lost = False
        self.acts: list[tuple[str, object]] = []
        self.next_view: Screen | None = None
        self.drink: Drink | None = None
        self.wrong_pins = 0
        self.held_code = ""
        self.language = ""
        self.others: tuple[ConsultantCard, ...] | None = None
        self.progress_view: Screen | None = None

    def _did(self, act: str, what: object, view: Screen) -> Screen:
        self.acts.append((act, what))
        steered, self.next_view = self.next_view, None
        return steered or view

    def shop(self) -> Shop:
        return self.shown_shop

    def ways(self) -> ChooseWay:
        ways = tuple(way for way in Way if way is not Way.FACE or not self.camera_is_lost)
        return ChooseWay(VISIT, ways, face_is_away=self.camera_is_lost)

    def begin(self) -> ChooseWay:
        self.acts.append(("begin", None))
        return self.ways()

    def choose_way(self, visit_id: VisitId, way: Way) -> Screen:
        views: dict[Way, Screen] = {
            Way.FACE: consent(),
            Way.PHONE: EnterPhone(visit_id),
            Way.CODE: EnterCode(visit_id),
            Way.ANONYMOUS: ChoosePurpose(visit_id, Guest(), tuple(Purpose)),
        }
        return self._did("choose_way", way, views[way])

    def answer_consent(
        self, visit_id: VisitId, *, agrees: bool, is_14: bool, version: int, shown_s: float, language: str = SHOWN_FIRST
    ) -> Screen:
        return self._did("answer_consent", (agrees, is_14), GuideFace(visit_id) if agrees else self.ways())

    def face_preview(self) -> FacePreview | None:
        if self.camera_is_lost:
            raise Unavailable("camera")
        return self.camera

    def finish_face(self, visit_id: VisitId) -> Screen:
        found = ConfirmGuest(visit_id, ZHANG, date(2026, 10, 18), "王静", 96)
        return self._did("finish_face", None, found)

    def stop_face(self, visit_id: VisitId) -> Screen:
        return self._did("stop_face", None, self.ways())

    def confirm_guest(self, visit_id: VisitId, *, is_me: bool) -> Screen:
        asked: Screen = ChoosePurpose(visit_id, ZHANG, tuple(Purpose), expected=Purpose.TEST_DRIVE)
        return self._did("confirm_guest", is_me, asked if is_me else EnterPhone(visit_id, PhoneReason.NOT_ME))

    def enter_phone(self, visit_id: VisitId, digits: str) -> Screen:
        return self._did("enter_phone", digits, EnterSurname(visit_id, is_new_guest=len(digits) == 11))

    def enter_surname(self, visit_id: VisitId, surname: str, title: Title) -> Screen:
        if surname == "张":
            return self._did(
                "enter_surname", surname, ConfirmGuest(visit_id, Guest(mask_name("张伟"), title), by_face=False)
            )
        return self._did("enter_surname", surname, EnterPhone(visit_id, PhoneReason.NO_MATCH))

    def enter_code(self, visit_id: VisitId, code: str) -> Screen:
        known: Screen = ConfirmGuest(visit_id, ZHANG, by_face=False)
        return self._did("enter_code", code, known if code == "7Q2F9K" else EnterCode(visit_id, was_unknown=True))

    def look_for_code(self, visit_id: VisitId) -> Screen | None:
        held, self.held_code = self.held_code, ""
        return self.enter_code(visit_id, held) if held else None

    def choose_purpose(self, visit_id: VisitId, purpose: Purpose, *, people: int, language: str) -> Screen:
        self.language = language
        first, *rest = consultants()
        return self._did(
            "choose_purpose", (purpose, people), ChooseConsultant(visit_id, ZHANG, purpose, first, tuple(rest))
        )

    def choose_consultant(self, visit_id: VisitId, staff_id: StaffId | None) -> Screen:
        return self._did("choose_consultant", staff_id, waiting(self.clock.now(), drink=self.drink))

    def progress(self, visit_id: VisitId) -> Screen:
        return self.progress_view or waiting(self.clock.now() - timedelta(seconds=42), drink=self.drink)

    def newest(self, view: Screen) -> Screen | None:
        if isinstance(view, ChooseWay):
            return self.ways()
        if isinstance(view, ChooseConsultant):
            return replace(view, others=self.others) if self.others is not None else view
        return self.progress_view if isinstance(view, Waiting) else None

    def choose_drink(self, visit_id: VisitId, drink: Drink) -> Screen:
        self.drink = drink
        return self._did("choose_drink", drink, waiting(self.clock.now(), drink=drink))

    def change_consultant(self, visit_id: VisitId) -> Screen:
        first, *rest = consultants()
        view = ChooseConsultant(visit_id, ZHANG, Purpose.LOOK, first, tuple(rest))
        return self._did("change_consultant", None, view)

    def print_slip(self, visit_id: VisitId, purpose: Callable[[Purpose], str], language: str) -> Screen:
        said = (purpose(Purpose.LOOK), language)
        return self._did("print_slip", said, replace(waiting(self.clock.now()), slip_printed=True))

    def ask_reception(self, visit_id: VisitId) -> Screen:
        return self._did("ask_reception", None, escalated(self.clock.now()))

    def look_around(self, visit_id: VisitId) -> Screen:
        return self._did("look_around", None, Thanks(visit_id, ThanksKind.LOOKING_AROUND, visit_code="B7K2"))

    def show_quote(self, visit_id: VisitId) -> Screen:
        return self._did("show_quote", None, quote())

    def rate(self, visit_id: VisitId, *, score: int | None, reasons: tuple[Praise, ...], tell_manager: str) -> Screen:
        return self._did("rate", (score, reasons, tell_manager), Thanks(visit_id, ThanksKind.FEEDBACK))

    def my_data(self, visit_id: VisitId) -> Screen:
        kept = MyData(visit_id, ZHANG, date(2026, 10, 18), 4, True, 1, 2, date(2029, 12, 17))
        return self._did("my_data", None, kept)

    def withdraw_face(self, visit_id: VisitId) -> Screen:
        return self._did("withdraw_face", None, MyData(visit_id, ZHANG, None, 4, True, 1, 2, date(2029, 12, 17)))

    def forget_me(self, visit_id: VisitId) -> Screen:
        gone = Thanks(visit_id, ThanksKind.FORGOTTEN, receipt="F-20261121-0007·3B9C 27E1 88D0 4A12")
        return self._did("forget_me", None, gone)

    def call_staff(self, visit_id: VisitId) -> None:
        self.acts.append(("call_staff", visit_id))

    def still_here(self, visit_id: VisitId) -> None:
        self.acts.append(("still_here", visit_id))

    def leave(self, visit_id: VisitId) -> None:
        self.acts.append(("leave", visit_id))
        self.camera = None

    def may_exit(self, pin: str) -> None:
        if self.wrong_pins >= 5:
            raise PinLocked
        if pin != "246813":
            self.wrong_pins += 1
            raise WrongPin


def camera_picture() -> NDArray[np.uint8]:
    """A drawn stand-in for the live picture (no real person)."""
    from tests.fakes.portraits import as_pixels

    return as_pixels(1, 640, 720)


MORNING = datetime(2026, 11, 21, 2, 18, 46, tzinfo=UTC)
"""10:18:46 in Shanghai."""
