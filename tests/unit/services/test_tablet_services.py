"""The tablet's day, test drive and quote on fakes: steps follow from what is stored, rules from the services."""

from dataclasses import replace
from datetime import date

import pytest

from smart4s_kiosk.domain.agreements import AgreementState, ClauseRead, RideKind
from smart4s_kiosk.domain.customers import AgeBand
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import AgreementId, CarId, QuoteId
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.licence_decisions import Declaration
from smart4s_kiosk.domain.licence_rules import Outcome
from smart4s_kiosk.domain.licences import LicenceFieldWrong, Sex
from smart4s_kiosk.domain.names import is_same_name
from smart4s_kiosk.domain.quotes import DiscountAboveLimit
from smart4s_kiosk.domain.seals import SealKind, check_chain
from smart4s_kiosk.domain.staff import WrongPin
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.services.licence_sheets import FieldsStillOpen, RowState
from smart4s_kiosk.services.tablet_drives import ConsentTooFast
from smart4s_kiosk.services.tablet_quotes import InsuranceSet
from smart4s_kiosk.services.tablet_views import DriveSheet, DriveStep
from smart4s_kiosk.services.test_drives import ClausesNotRead, DriveRefused, MileageWentBack, NameDiffers
from tests.builders_documents import a_signature
from tests.fakes.documents import FakeDocuments, FakeSeals
from tests.tablet_room import CAR, NAME, NUMBER, PIN, TabletRoom

FINE = Declaration()


def begun(room: TabletRoom, *, kind: RideKind = RideKind.DRIVE, car: CarId = CAR, known: bool = True) -> DriveSheet:
    visit_id = room.guest(known=known, accepted=True)
    drives = room.tablet.drives
    return drives.begin(drives.choices(visit_id), car_id=car, route="望江环线", kind=kind, by=room.wang.id)


def read_licence(room: TabletRoom, sheet: DriveSheet) -> None:
    scans = room.tablet.scans
    scans.add_file(sheet.agreement_id, bytes([1]))
    scans.read(sheet.agreement_id)


def checked(room: TabletRoom) -> DriveSheet:
    sheet = begun(room)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    return drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("可以试驾",))


def read_clauses(room: TabletRoom, agreement_id: AgreementId) -> DriveSheet:
    read = []
    for clause in room.tablet.drives.clauses(agreement_id, "zh_CN").important:
        shown = room.clock.now()
        read.append(ClauseRead(clause.code, shown, room.clock.advance(clause.least_seconds)))
    return room.tablet.drives.finish_reading(agreement_id, tuple(read), "zh_CN")


def test_a_whole_drive_walks_every_step_and_gives_the_key_back() -> None:
    room = TabletRoom()
    room.learn()
    drives = room.tablet.drives
    sheet = begun(room)
    steps = [sheet.step]
    steps.append(drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN").step)
    read_licence(room, sheet)
    steps.append(drives.sheet(sheet.agreement_id).step)
    assert drives.judge(sheet.agreement_id, FINE).decision.outcome is Outcome.ALLOW
    steps.append(drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("可以试驾",)).step)
    assert not room.tablet.scans.has_sheet(sheet.agreement_id), "pictures and fields are gone once confirmed"
    steps.append(read_clauses(room, sheet.agreement_id).step)
    steps.append(drives.sign(sheet.agreement_id, a_signature(3)).step)
    steps.append(drives.sign(sheet.agreement_id, a_signature(5)).step)
    steps.append(drives.seal(sheet.agreement_id, "zh_CN").step)
    assert drives.sealed_view(sheet.agreement_id, 400).code
    steps.append(drives.hand_out_key(sheet.agreement_id, by=room.wang.id).step)
    steps.append(drives.take_back(sheet.agreement_id, mileage_km=2219, damage="划痕").step)
    steps.append(drives.close(sheet.agreement_id, (5, 4, 5)).step)
    assert steps == [s for s in DriveStep if s is not DriveStep.NAME]
    with room.storage.look() as view:
        assert view.keys.of_car(CAR)[0].place is KeyPlace.IN
        assert view.vehicles.get(CAR).mileage_km == 2219
        notes = [f.note for f in view.feedback.between(sheet.created_at, room.clock.advance(60))]
        assert notes == ["test_drive drive=5 comfort=4 wish=5"]


def test_a_crash_comes_back_to_the_last_finished_step() -> None:
    room = TabletRoom()
    room.learn()
    sheet = checked(room)
    read_clauses(room, sheet.agreement_id)
    room.tablet.drives.sign(sheet.agreement_id, a_signature(3))
    after = replace(room.tablet.drives.sheet(sheet.agreement_id))
    assert after.step is DriveStep.SIGN_STAFF
    assert [d.agreement_id for d in room.tablet.drives.todays(room.wang.id) if d.is_open] == [sheet.agreement_id]
    assert room.tablet.day.today(room.wang.id).mine[0].agreement_id == sheet.agreement_id


def test_declining_the_photograph_ends_on_the_same_drive_by_hand() -> None:
    room = TabletRoom()
    sheet = begun(room)
    after = room.tablet.drives.answer_consent(sheet.agreement_id, agrees=False, shown_s=4, language="en")
    assert after.step is DriveStep.CHECK
    assert after.was_declined
    assert room.tablet.drives.licence(sheet.agreement_id).is_typed
    room.tablet.scans.forget(sheet.agreement_id)
    assert room.tablet.drives.sheet(sheet.agreement_id).step is DriveStep.CHECK, "no camera after a restart either"
    assert room.tablet.drives.licence(sheet.agreement_id).is_typed
    with room.storage.look() as view:
        (consent,) = view.consents.of_visit(sheet.visit_id)
        assert (consent.is_given, consent.language) == (False, "en")


def test_an_answer_faster_than_reading_is_refused() -> None:
    room = TabletRoom()
    sheet = begun(room)
    with pytest.raises(ConsentTooFast):
        room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=1.5, language="zh_CN")


def test_the_second_driver_of_a_visit_is_asked_anew() -> None:
    room = TabletRoom()
    room.learn()
    first = checked(room)
    room.clock.advance(60)
    drives = room.tablet.drives
    second = drives.begin(
        drives.choices(first.visit_id), car_id=room.manual.id, route="", kind=RideKind.DRIVE, by=room.wang.id
    )
    assert second.step is DriveStep.CONSENT


def test_a_licence_in_another_name_is_a_companion_or_stops() -> None:
    room = TabletRoom()
    room.learn(name="李别人")
    sheet = begun(room)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    with pytest.raises(NameDiffers):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    after = drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=(), is_companion=True)
    assert after.driver_name == "李别人"
    with room.storage.look() as view:
        assert view.customers.get(room.zhang.id).name == "张示例", "the guest's own file stays"


@pytest.mark.parametrize(
    ("known", "read", "same"),
    [("", "张伟", True), ("张", "张伟", True), ("张伟", "张伟", True), ("张伟", "李伟", False), ("李", "张伟", False)],
)
def test_names_that_may_be_the_same(known: str, read: str, *, same: bool) -> None:
    assert is_same_name(known, read) is same


def test_a_manual_car_is_refused_to_class_c2_and_riding_along_is_open() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room, car=room.manual.id)
    drives = room.tablet.drives
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    judged = drives.judge(sheet.agreement_id, FINE)
    assert judged.decision.deciding_rule == "class-gearbox"
    assert not judged.may_drive
    with pytest.raises(DriveRefused):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    after = drives.ride_along(sheet.agreement_id)
    assert (after.step, after.kind) == (DriveStep.READ, RideKind.PASSENGER)


def test_a_nameless_passenger_is_asked_for_a_name() -> None:
    room = TabletRoom()
    sheet = begun(room, kind=RideKind.PASSENGER, known=False)
    assert sheet.step is DriveStep.NAME
    assert room.tablet.drives.ride_along(sheet.agreement_id, name="赵").step is DriveStep.READ


def test_clauses_passed_too_fast_and_mileage_backwards_are_refused() -> None:
    room = TabletRoom()
    room.learn()
    sheet = checked(room)
    now = room.clock.now()
    fast = tuple(
        ClauseRead(c.code, now, now) for c in room.tablet.drives.clauses(sheet.agreement_id, "zh_CN").important
    )
    with pytest.raises(ClausesNotRead):
        room.tablet.drives.finish_reading(sheet.agreement_id, fast, "zh_CN")
    read_clauses(room, sheet.agreement_id)
    for seed in (3, 5):
        room.tablet.drives.sign(sheet.agreement_id, a_signature(seed))
    room.tablet.drives.seal(sheet.agreement_id, "zh_CN")
    room.tablet.drives.hand_out_key(sheet.agreement_id, by=room.wang.id)
    with pytest.raises(MileageWentBack):
        room.tablet.drives.take_back(sheet.agreement_id, mileage_km=2000, damage="")


class PaperJam(RuleBroken):
    """The paper cannot be drawn."""

    code = "test.jam"


class JammedDocuments(FakeDocuments):
    """Fails until told otherwise."""

    is_jammed = True

    def agreement(self, paper: object) -> bytes:
        if self.is_jammed:
            raise PaperJam
        return super().agreement(paper)  # type: ignore[arg-type] # passed on as it came


def test_without_a_seal_there_is_no_key_and_sealing_again_keeps_the_signatures() -> None:
    papers = JammedDocuments()
    room = TabletRoom(papers=papers)
    room.learn()
    sheet = checked(room)
    read_clauses(room, sheet.agreement_id)
    for seed in (3, 5):
        room.tablet.drives.sign(sheet.agreement_id, a_signature(seed))
    with pytest.raises(PaperJam):
        room.tablet.drives.seal(sheet.agreement_id, "zh_CN")
    assert room.tablet.drives.sheet(sheet.agreement_id).step is DriveStep.SEAL
    with pytest.raises(RuleBroken):
        room.tablet.drives.hand_out_key(sheet.agreement_id, by=room.wang.id)
    papers.is_jammed = False
    sealed = room.tablet.drives.seal(sheet.agreement_id, "zh_CN")
    assert sealed.state is AgreementState.SEALED
    assert room.tablet.drives.seal(sheet.agreement_id, "zh_CN").seal_hash == sealed.seal_hash


def test_giving_up_frees_the_key_and_forgets_the_licence() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room)
    room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    after = room.tablet.drives.give_up(sheet.agreement_id, reason="客人不同意某一条款")
    assert (after.step, after.void_reason) == (DriveStep.OVER, "客人不同意某一条款")
    assert not room.tablet.scans.has_sheet(sheet.agreement_id)
    assert room.tablet.drives.choices(sheet.visit_id).cars[0].is_free


# the day


def test_today_shows_my_waiting_guest_first_and_everybody_the_queue() -> None:
    room = TabletRoom()
    room.guest("v1")
    with room.storage.begin() as work:
        work.staff.put(replace(work.staff.get(room.li.id), version=2, duty=room.li.duty.OFF))
    room.guest("v2", known=False)
    today = room.tablet.day.today(room.wang.id)
    assert [w.visit_id for w in today.waiting] == ["v1", "v2"]
    assert today.waiting[0].name == "张*"
    assert today.waiting[0].next_at is not None
    assert len(today.expected) == 1
    room.tablet.guests.accept(today.waiting[0].visit_id, room.wang.id)
    assert [g.visit_id for g in room.tablet.day.today(room.wang.id).mine] == ["v1"]


def test_signing_in_needs_the_own_pin() -> None:
    room = TabletRoom()
    assert [p.name for p in room.tablet.day.people()][-1] == "周启明", "consultants first"
    assert room.tablet.day.sign_in(room.wang.id, PIN).name == "王静"
    with pytest.raises(WrongPin):
        room.tablet.day.sign_in(room.wang.id, "111112")


def test_customers_are_masked_and_found_by_name() -> None:
    room = TabletRoom()
    (line,) = room.tablet.guests.find("", room.wang.id)
    assert line.name == "张*"
    assert room.tablet.guests.find("李", room.wang.id) == ()


# the quote


def test_three_plans_of_one_model_with_their_totals() -> None:
    room = TabletRoom()
    desk = room.tablet.quotes.begin(room.wang.id, room.guest(accepted=True))
    assert (len(desk.plans), desk.choices.chosen, desk.choices.province) == (3, 1, "北京")
    assert all(plan.priced.is_final for plan in desk.plans)
    dearer = room.tablet.quotes.desk(replace(desk.choices, insurance=InsuranceSet.FULL))
    assert dearer.plans[0].priced.total_fen > desk.plans[0].priced.total_fen
    with_old_car = room.tablet.quotes.desk(
        replace(desk.choices, trade_in_fen=8_600_000, subsidies=(SubsidyKind.TRADE_IN,))
    )
    assert with_old_car.plans[0].priced.total_fen == desk.plans[0].priced.total_fen, "never inside the total"
    assert with_old_car.plans[0].priced.subsidies


def test_a_discount_above_the_limit_needs_the_managers_pin() -> None:
    room = TabletRoom()
    quotes = room.tablet.quotes
    desk = quotes.begin(room.wang.id, room.guest(accepted=True))
    dear = quotes.desk(desk.choices.with_plan(1, discount_fen=600_000))
    assert dear.plans[1].is_above_limit
    with pytest.raises(DiscountAboveLimit):
        quotes.publish(dear.choices)
    with pytest.raises(RuleBroken):
        quotes.approve(desk.choices.with_plan(1, discount_fen=9_000_000), "861357")
    allowed = quotes.approve(dear.choices, "861357")
    assert not allowed.plans[1].is_above_limit
    shown = quotes.publish(allowed.choices)
    assert shown.total_fen == allowed.plans[1].priced.total_fen
    assert quotes.publish(allowed.choices).number == shown.number, "a second press finds the same quote"
    assert quotes.newest(shown.visit_id) == shown
    following = quotes.publish(quotes.next_draft(allowed.choices))
    assert (following.number, following.version) == (shown.number, 2)
    assert quotes.sheet_pages(shown.quote_id, 300)
    with room.storage.look() as view:
        links = [link for link in view.seals.all() if link.kind is SealKind.QUOTE]
        papers = [view.quotes.get(QuoteId(link.subject_id)).pdf for link in links]
        check_chain(view.seals.all())
    assert len(links) == 2, "one link of the store's chain for each version, none for a second press"
    assert all(FakeSeals().check(room.media.get(paper)).is_intact for paper in papers if paper)


def test_a_loan_never_exceeds_the_car_and_nobody_yet_can_be_quoted() -> None:
    room = TabletRoom()
    quotes = room.tablet.quotes
    desk = quotes.begin(room.wang.id, None)
    much = quotes.desk(desk.choices.with_plan(0, loan_fen=900_000_000))
    loan = much.plans[0].priced.loan
    assert loan is not None
    assert loan.terms.principal_fen == much.plans[0].most_loan_fen
    assert quotes.publish(much.choices).visit_id == ""


def test_an_approval_counts_for_its_own_discount_only() -> None:
    room = TabletRoom()
    quotes = room.tablet.quotes
    desk = quotes.begin(room.wang.id, None)
    allowed = quotes.approve(desk.choices.with_plan(1, discount_fen=600_000), "861357")
    more = quotes.desk(allowed.choices.with_plan(1, discount_fen=700_000))
    assert more.plans[1].is_above_limit


def test_what_was_confirmed_fills_the_customer_s_file_and_the_number_stays_sealed() -> None:
    room = TabletRoom()
    room.learn()
    sheet = checked(room)
    with room.storage.look() as view:
        customer = view.customers.get(room.zhang.id)
        agreement = view.agreements.get(sheet.agreement_id)
    assert (customer.name, customer.sex, customer.age_band) == (NAME, Sex.MALE, AgeBand.FROM_35)
    assert (customer.licence_classes, customer.licence_first_issue) == ("C2", date(2014, 7, 9))
    assert customer.licence_valid_until == date(2030, 7, 9)
    assert NUMBER not in str(customer)
    assert agreement.licence_sealed
    assert NUMBER.encode() not in agreement.licence_sealed
    assert customer.erased(room.clock.now()).sex is None


def on_motorway(room: TabletRoom) -> DriveSheet:
    """A driver in the first year, on the route with a motorway."""
    room.learn(first_issue="2026-06-01", valid_from="2026-06-01", valid_to="2032-06-01")
    drives = room.tablet.drives
    choices = drives.choices(room.guest(accepted=True))
    sheet = drives.begin(choices, car_id=CAR, route="绕城高速线", kind=RideKind.DRIVE, by=room.wang.id)
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    return drives.sheet(sheet.agreement_id)


@pytest.mark.parametrize(
    ("typed", "outcome"), [("20230101", Outcome.ACCOMPANIED), ("20250101", Outcome.PASSENGER_ONLY)]
)
def test_the_motorway_in_the_first_year_needs_a_practised_colleague(typed: str, outcome: Outcome) -> None:
    room = TabletRoom()
    sheet = on_motorway(room)
    drives, scans = room.tablet.drives, room.tablet.scans
    alone = drives.judge(sheet.agreement_id, FINE)
    assert alone.decision.outcome is Outcome.PASSENGER_ONLY
    assert alone.asks_companion
    with pytest.raises(DriveRefused):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    scans.type_companion(sheet.agreement_id, typed)
    beside = drives.judge(sheet.agreement_id, FINE)
    assert beside.decision.outcome is outcome
    assert beside.companion_first_issue is not None
    if outcome is Outcome.ACCOMPANIED:
        kept = drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=("须陪同",))
        assert room.drives.get(kept.agreement_id).decision == Outcome.ACCOMPANIED.value


@pytest.mark.parametrize("typed", ["20991231", "20231301", "2023"])
def test_a_companion_licence_is_a_day_that_has_come(typed: str) -> None:
    room = TabletRoom()
    sheet = on_motorway(room)
    with pytest.raises(LicenceFieldWrong):
        room.tablet.scans.type_companion(sheet.agreement_id, typed)


def test_no_companion_is_asked_where_none_changes_the_decision() -> None:
    room = TabletRoom()
    room.learn()
    sheet = begun(room)
    room.tablet.drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    assert not room.tablet.drives.judge(sheet.agreement_id, FINE).asks_companion


@pytest.mark.parametrize(
    ("number", "nationality", "rule"),
    [
        ("H12345678", "中国香港", "nothing-against"),
        ("H12345678", "中国台湾", "number-nationality"),
        ("E12345678", "美国", "nothing-against"),
        ("E12345678", "中国", "number-nationality"),
    ],
)
def test_a_number_of_another_kind_needs_its_nationality_and_a_colleague(
    number: str, nationality: str, rule: str
) -> None:
    room = TabletRoom()
    room.learn(number=number, nationality=nationality)
    sheet = begun(room)
    drives, scans = room.tablet.drives, room.tablet.scans
    drives.answer_consent(sheet.agreement_id, agrees=True, shown_s=4, language="zh_CN")
    read_licence(room, sheet)
    for row in scans.sheet(sheet.agreement_id).rows:
        if row.state is RowState.OPEN:
            scans.accept_field(sheet.agreement_id, row.field)
    with pytest.raises(FieldsStillOpen):
        drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    scans.confirm_as_second(sheet.agreement_id, room.li.id, "620493", first=room.wang.id)
    assert drives.judge(sheet.agreement_id, FINE).decision.deciding_rule == rule
    if rule == "number-nationality":
        with pytest.raises(DriveRefused):
            drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
    else:
        kept = drives.confirm_licence(sheet.agreement_id, FINE, verdict_words=())
        assert room.drives.get(kept.agreement_id).second_staff_id == room.li.id
