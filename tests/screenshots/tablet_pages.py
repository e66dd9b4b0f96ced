"""The tablet's pages and states, one line each."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.domain.agreements import RideKind
from smart4s_kiosk.domain.licences import LicenceField, Mark
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.services.tablet_views import DriveSheet, Person
from smart4s_kiosk.ui.announcements import Announcements
from smart4s_kiosk.ui.tablet.account import AccountDialog
from smart4s_kiosk.ui.tablet.check_page import CheckPage
from smart4s_kiosk.ui.tablet.customers_page import CustomersPage
from smart4s_kiosk.ui.tablet.damage_dialog import DamageDialog
from smart4s_kiosk.ui.tablet.field_dialog import FieldDialog
from smart4s_kiosk.ui.tablet.pin_dialog import PinDialog
from smart4s_kiosk.ui.tablet.places import (
    ChooseDrivePlace,
    CustomersPlace,
    DrivePlace,
    DrivesPlace,
    PhrasesPlace,
    Place,
    PublishedPlace,
    QuotePlace,
    TodayPlace,
)
from smart4s_kiosk.ui.tablet.quote_page import QuotePage
from smart4s_kiosk.ui.tablet.reading_page import ReadingPage
from smart4s_kiosk.ui.tablet.return_page import ReturnPage
from smart4s_kiosk.ui.tablet.signing_page import SigningPage
from smart4s_kiosk.ui.tablet.window import TabletWindow
from smart4s_kiosk.ui.theme.look import Look, ThemeName
from tests.builders_documents import a_signature
from tests.fakes.background import PromptBackground
from tests.fakes.portraits import portrait
from tests.screenshots.shot import LANDSCAPE, PORTRAIT, TABLET, Shot, Size
from tests.tablet_room import CAR, PIN, TabletRoom
from tests.waiting import PATIENCE_S

BACKGROUNDS: list[PromptBackground] = []
F = LicenceField
Place_ = Callable[[TabletRoom], Place]
Act = Callable[[TabletWindow, TabletRoom], object]


def settle(window: QWidget) -> None:
    """Let layouts and deferred deletions finish without running an event loop."""
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()


class Fixture:
    """Makes the tablet's window at one place."""

    def __init__(self, where: Place_ | None, *, then: Act | None = None, theme: ThemeName = "light") -> None:
        self.where, self.then, self.theme = where, then, theme

    def __call__(self, size: Size, _language: str) -> TabletWindow:
        room = TabletRoom()
        BACKGROUNDS.append(PromptBackground())
        window = TabletWindow(
            tablet=room.tablet,
            background=BACKGROUNDS[-1],
            announcements=Announcements(),
            clock=room.clock,
            look=Look(theme=self.theme, density="tablet", reduce_motion=True),
        )
        window.resize(*size)
        window.show()
        if self.where is not None:
            place = self.where(room)
            window.sign_in_as(room.tablet.day.sign_in(room.wang.id, PIN))
            window.open(place)
        if self.then is not None:
            settle(window)
            self.then(window, room)
        window.tick()
        settle(window)
        return window


def done(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    settle(window)
    assert BACKGROUNDS.pop().stop(PATIENCE_S)


# where


def waiting(room: TabletRoom) -> Place:
    room.guest("v1")
    room.clock.advance(42)
    return TodayPlace()


def receiving(room: TabletRoom) -> Place:
    out = key_out(room)
    room.room.visits.begin(visit_id=room.guest("v2", known=False, accepted=True))
    room.clock.advance(minutes=50)
    assert isinstance(out, DrivePlace)
    return TodayPlace()


def choosing(room: TabletRoom) -> Place:
    return ChooseDrivePlace(room.guest(accepted=True))


def begun(room: TabletRoom, kind: RideKind = RideKind.DRIVE, *, known: bool = True) -> DriveSheet:
    drives = room.tablet.drives
    choices = drives.choices(room.guest(known=known, accepted=True))
    return drives.begin(choices, car_id=CAR, route="绕城高速线", kind=kind, by=room.wang.id)


def consent(room: TabletRoom) -> Place:
    return DrivePlace(begun(room).agreement_id)


def agreed(room: TabletRoom) -> DriveSheet:
    sheet = begun(room)
    return room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=5, language="zh_CN")


def capture(room: TabletRoom) -> Place:
    return DrivePlace(agreed(room).agreement_id)


def read(room: TabletRoom, **texts: str) -> Place:
    room.learn(marks={F.FIRST_ISSUE: (Mark.WEAK,)}, **texts)
    sheet = agreed(room)
    room.tablet.scans.add_file(sheet.agreement_id, bytes([1]))
    room.tablet.scans.read(sheet.agreement_id)
    return DrivePlace(sheet.agreement_id)


def check(room: TabletRoom) -> Place:
    return read(room)


def expired(room: TabletRoom) -> Place:
    return read(room, valid_from="2014-07-09", valid_to="2020-07-09")


def typed(room: TabletRoom) -> Place:
    sheet = begun(room)
    room.tablet.drives.answer_consent(sheet.agreement_id, agrees=False, shown_s=5, language="zh_CN")
    return DrivePlace(sheet.agreement_id)


def passenger(room: TabletRoom) -> DriveSheet:
    return begun(room, RideKind.PASSENGER)


def driven(room: TabletRoom) -> Place:
    key_out(room)
    return DrivesPlace()


def nameless(room: TabletRoom) -> Place:
    return DrivePlace(begun(room, RideKind.PASSENGER, known=False).agreement_id)


def reading(room: TabletRoom) -> Place:
    return DrivePlace(passenger(room).agreement_id)


def signing(room: TabletRoom) -> Place:
    sheet = passenger(room)
    room.tablet.drives.finish_reading(sheet.agreement_id, room.all_read(sheet.agreement_id), "zh_CN")
    return DrivePlace(sheet.agreement_id)


def signed_by_customer(room: TabletRoom) -> Place:
    place = signing(room)
    assert isinstance(place, DrivePlace)
    room.tablet.drives.sign(place.agreement_id, a_signature(3))
    return place


def sealed(room: TabletRoom) -> Place:
    place = signed_by_customer(room)
    assert isinstance(place, DrivePlace)
    room.tablet.drives.sign(place.agreement_id, a_signature(5))
    room.tablet.drives.seal(place.agreement_id, "zh_CN")
    return place


def key_out(room: TabletRoom) -> Place:
    place = sealed(room)
    assert isinstance(place, DrivePlace)
    room.tablet.drives.hand_out_key(place.agreement_id, by=room.wang.id)
    return place


def returned(room: TabletRoom) -> Place:
    place = key_out(room)
    assert isinstance(place, DrivePlace)
    room.tablet.drives.take_back(place.agreement_id, mileage_km=2228, damage="")
    return place


def over(room: TabletRoom) -> Place:
    place = returned(room)
    assert isinstance(place, DrivePlace)
    room.tablet.drives.close(place.agreement_id)
    return place


def void(room: TabletRoom) -> Place:
    place = consent(room)
    assert isinstance(place, DrivePlace)
    room.tablet.drives.give_up(place.agreement_id, reason="客人不同意某一条款")
    return place


def quote(room: TabletRoom) -> Place:
    return QuotePlace(room.guest(accepted=True))


def published(room: TabletRoom) -> Place:
    choices = room.tablet.quotes.begin(room.wang.id, room.guest(accepted=True)).choices
    return PublishedPlace(room.tablet.quotes.publish(choices), choices)


# and then


def declare(window: TabletWindow, room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, CheckPage)
    room.tablet.scans.accept_field(page.drive.agreement_id, F.FIRST_ISSUE)
    page.read()
    page.go.pressed_once.emit()


def declared(window: TabletWindow, room: TabletRoom) -> None:
    declare(window, room)
    assert isinstance(window.page, CheckPage)
    window.page.declaration.none.pressed_once.emit()


def sign_here(window: TabletWindow, _room: TabletRoom) -> None:
    assert isinstance(window.page, SigningPage)
    window.page.pad.show_signature(a_signature(3))


def last_clause(window: TabletWindow, room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, ReadingPage)
    for _clause in range(3):
        room.clock.advance(20)
        page.go.pressed_once.emit()
    room.clock.advance(20)


def above_limit(window: TabletWindow, _room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, QuotePage)
    page.change_choices(
        replace(
            page.choices.with_plan(1, discount_fen=600_000),
            trade_in_fen=8_600_000,
            subsidies=(SubsidyKind.TRADE_IN,),
        )
    )


def field_dialog(field: LicenceField) -> Act:
    return lambda window, _room: FieldDialog(window, field, "张示例", lambda _text: None).open_now()


def pin_dialog(window: TabletWindow, room: TabletRoom) -> None:
    people: tuple[Person, ...] = room.tablet.day.people()
    PinDialog(window, "请同事核对", "请对照证件逐项看过，再输入您的 PIN。", people).open_now()


def damage(window: TabletWindow, room: TabletRoom) -> None:
    DamageDialog(window, room.tablet.drives.photos, BACKGROUNDS[-1]).open_now()


def photographed(window: TabletWindow, _room: TabletRoom) -> None:
    assert isinstance(window.page, ReturnPage)
    window.page.add_photo(portrait(1))
    window.page.add_photo(portrait(2))


def account(window: TabletWindow, _room: TabletRoom) -> None:
    assert window.person is not None
    AccountDialog(window, window.person).open_now()


def offline(window: TabletWindow, room: TabletRoom) -> None:
    room.is_online = False
    window.read_store()
    window.open(TodayPlace())


def by_name(window: TabletWindow, _room: TabletRoom) -> None:
    page = window.page
    assert isinstance(page, CustomersPage)
    page.show_pad(1)


ZH, EN, UPRIGHT = (TABLET, "zh_CN"), (TABLET, "en"), (PORTRAIT, "zh_CN")


def shot(
    name: str,
    where: Place_ | None,
    then: Act | None = None,
    *,
    theme: ThemeName = "light",
    golden: tuple[tuple[Size, str], ...] = (),
) -> Shot:
    dark = None if theme == "dark" else Fixture(where, then=then, theme="dark")
    return Shot(
        "tablet", name, Fixture(where, then=then, theme=theme), (TABLET, LANDSCAPE, PORTRAIT), golden, done, dark
    )


SHOTS = [
    shot("sign-in", None, golden=(ZH, UPRIGHT)),
    shot("today", waiting, golden=(ZH, EN, UPRIGHT)),
    shot("today-dark", waiting, theme="dark", golden=(ZH,)),
    shot("today-mine", receiving, golden=(ZH,)),
    shot("today-offline", waiting, offline),
    shot("account", waiting, account),
    shot("choose", choosing, golden=(ZH,)),
    shot("consent", consent, golden=(ZH, EN)),
    shot("capture", capture),
    shot("check", check, golden=(ZH, EN, UPRIGHT)),
    shot("check-declare", check, declare),
    shot("check-declared", check, declared),
    shot("check-expired", expired, golden=(ZH,)),
    shot("check-typed", typed),
    shot("field-date", check, field_dialog(F.BIRTH)),
    shot("field-number", check, field_dialog(F.NUMBER)),
    shot("field-name", check, field_dialog(F.NAME)),
    shot("field-class", check, field_dialog(F.LICENCE_CLASS)),
    shot("second-person", check, pin_dialog),
    shot("passenger", nameless),
    shot("reading", reading, golden=(ZH,)),
    shot("reading-last", reading, last_clause),
    shot("sign", signing),
    shot("signed", signing, sign_here, golden=(ZH,)),
    shot("sign-staff", signed_by_customer),
    shot("key", sealed, golden=(ZH,)),
    shot("return", key_out),
    shot("damage", key_out, damage),
    shot("return-photo", key_out, photographed, golden=(ZH,)),
    shot("feedback", returned, golden=(ZH,)),
    shot("over", over),
    shot("void", void),
    shot("quote", quote, golden=(ZH, EN, UPRIGHT)),
    shot("quote-above", quote, above_limit),
    shot("published", published, golden=(ZH,)),
    shot("drives", driven),
    shot("customers", lambda _room: CustomersPlace(), golden=(ZH,)),
    shot("customers-name", lambda _room: CustomersPlace(), by_name, golden=(ZH,)),
    shot("phrases", lambda _room: PhrasesPlace(), golden=(ZH,)),
]
