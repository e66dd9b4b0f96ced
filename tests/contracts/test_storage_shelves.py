"""Every shelf behaves alike in memory, on SQLCipher and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from smart4s_kiosk.domain.business_settings import BusinessSettings, WaitLimits
from smart4s_kiosk.domain.customers import Stage
from smart4s_kiosk.domain.drinks import Drink, DrinkWish
from smart4s_kiosk.domain.errors import NotFound, VersionConflict
from smart4s_kiosk.domain.feedback import Feedback
from smart4s_kiosk.domain.foot_traffic import FloorCounts, ZoneCounts
from smart4s_kiosk.domain.ids import (
    AgreementId,
    AppointmentId,
    CarId,
    ConsentId,
    CustomerId,
    KeyId,
    PersonId,
    QuoteId,
    StaffId,
    TerminalId,
    VisitId,
)
from smart4s_kiosk.domain.seals import SealKind, check_chain, first_entry
from smart4s_kiosk.domain.terminals import Terminal
from smart4s_kiosk.domain.visits import Alarm, Outcome, Purpose, VisitAct, VisitState, replay
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, UnitOfWorkMisused, VisitQuery
from tests.contracts.storage_values import (
    DESK,
    TEN,
    TODAY,
    a_beginning,
    a_full_agreement,
    a_full_appointment,
    a_full_car,
    a_full_consent,
    a_full_customer,
    a_full_key,
    a_full_member,
    a_full_quote,
    a_full_visit,
    a_step,
    later,
)


@contextmanager
def given_up(storage: Storage) -> Iterator[UnitOfWork]:
    """A unit of work that ends with an error."""
    with suppress(LookupError), storage.begin() as work:
        yield work
        raise LookupError


VERSIONED = [
    ("customers", a_full_customer),
    ("staff", a_full_member),
    ("appointments", a_full_appointment),
    ("vehicles", a_full_car),
    ("keys", a_full_key),
    ("agreements", a_full_agreement),
]


@pytest.mark.parametrize(("shelf", "make"), VERSIONED, ids=[name for name, _make in VERSIONED])
def test_a_value_comes_back_as_it_went_and_changes_one_version_at_a_time(
    storage: Storage, shelf: str, make: object
) -> None:
    value = make()  # type: ignore[operator] # each case is a builder
    with storage.begin() as work:
        getattr(work, shelf).add(value)
        assert getattr(work, shelf).get(value.id) == value
    with storage.look() as view:
        assert getattr(view, shelf).get(value.id) == value

    second = replace(value, version=2)
    with storage.begin() as work:
        getattr(work, shelf).put(second)
        assert getattr(work, shelf).get(value.id) == second
    for wrong in (1, 2, 4):
        with storage.begin() as work, pytest.raises(VersionConflict):
            getattr(work, shelf).put(replace(value, version=wrong))
    with storage.begin() as work, pytest.raises(VersionConflict):
        getattr(work, shelf).add(value)
    with storage.begin() as work, pytest.raises(NotFound):
        getattr(work, shelf).put(replace(value, id="nobody", version=2))
    with storage.look() as view:
        with pytest.raises(NotFound):
            getattr(view, shelf).get("nobody")
        assert getattr(view, shelf).get(value.id) == second


def test_a_visit_comes_back_with_its_journal(storage: Storage) -> None:
    visit, first = a_beginning()
    named, second = a_step(visit, VisitAct.IDENTIFY, display_name="张*先生")
    with storage.begin() as work:
        work.visits.add(visit, first)
    with storage.begin() as work:
        work.visits.put(named, second)
    with storage.look() as view:
        assert view.visits.get(visit.id) == named
        assert view.visits.journal(visit.id) == [first, second]
        assert replay(view.visits.journal(visit.id)) == named
        assert view.visits.journal(VisitId("nobody")) == []


def test_no_field_of_a_visit_is_lost(storage: Storage) -> None:
    visit, step = a_full_visit()
    with storage.begin() as work:
        work.visits.add(visit, step)
    with storage.look() as view:
        assert view.visits.get(visit.id) == visit
        assert view.visits.journal(visit.id) == [step]


def test_a_visit_changes_one_version_at_a_time(storage: Storage) -> None:
    visit, first = a_beginning()
    with storage.begin() as work:
        work.visits.add(visit, first)
    two, step_two = a_step(visit, VisitAct.IDENTIFY)
    with storage.begin() as work:
        work.visits.put(two, step_two)
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.visits.put(two, step_two)
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.visits.add(visit, first)
    stranger, step = a_beginning("stranger")
    with storage.begin() as work, pytest.raises(NotFound):
        work.visits.put(replace(stranger, version=2), replace(step, number=2))
    with storage.begin() as work, pytest.raises(UnitOfWorkMisused):
        work.visits.put(two, first)


def test_open_visits_are_those_to_which_something_can_happen(storage: Storage) -> None:
    with storage.begin() as work:
        for number, state in enumerate(VisitState):
            visit, step = a_beginning(f"v-{state}", at=later(-number))
            work.visits.add(replace(visit, state=state), step)
    with storage.look() as view:
        found = view.visits.open_visits()
    assert {v.state for v in found} == set(VisitState) - {VisitState.LEFT, VisitState.CANCELLED, VisitState.MERGED}
    assert [v.started_at for v in found] == sorted(v.started_at for v in found)


def test_the_log_is_searched_newest_first(storage: Storage) -> None:
    with storage.begin() as work:
        for number in range(6):
            visit, step = a_beginning(f"v-{number}", at=later(number), label=f"A-00{number}")
            work.visits.add(
                replace(
                    visit,
                    consultant_id=StaffId("li" if number % 2 else "wang"),
                    purpose=Purpose.QUOTE if number < 3 else Purpose.LOOK,
                    display_name="Smith_先生" if number == 4 else "张*先生",
                ),
                step,
            )

    def ids(query: VisitQuery) -> list[str]:
        with storage.look() as view:
            found = [str(v.id) for v in view.visits.search(query)]
            if query.limit == 200 and not query.offset:
                assert view.visits.count(query) == len(found)
            return found

    assert ids(VisitQuery()) == ["v-5", "v-4", "v-3", "v-2", "v-1", "v-0"]
    assert ids(VisitQuery(limit=2, offset=1)) == ["v-4", "v-3"]
    assert ids(VisitQuery(started_from=later(2), started_until=later(4))) == ["v-3", "v-2"]
    assert ids(VisitQuery(consultant_id=StaffId("li"))) == ["v-5", "v-3", "v-1"]
    assert ids(VisitQuery(purpose=Purpose.QUOTE, consultant_id=StaffId("li"))) == ["v-1"]
    assert ids(VisitQuery(text="张")) == ["v-5", "v-3", "v-2", "v-1", "v-0"]
    assert ids(VisitQuery(text="smith")) == ["v-4"]
    assert ids(VisitQuery(text="a-003")) == ["v-3"]
    assert ids(VisitQuery(text="h_")) == ["v-4"]
    assert ids(VisitQuery(text="%")) == []
    assert ids(VisitQuery(text="*先")) == ["v-5", "v-3", "v-2", "v-1", "v-0"]
    with storage.look() as view:
        assert view.visits.count(VisitQuery(text="张", limit=1, offset=3)) == 5


def test_customers_are_found_by_what_they_left(storage: Storage) -> None:
    one = replace(a_full_customer(), erased_at=None)
    two = replace(one, id=CustomerId("c2"), person_id=PersonId("p2"), name="Émile Obama", last_visit_at=None)
    gone = replace(one, id=CustomerId("c3"), person_id=PersonId("p3"), phone_fingerprint="", erased_at=TEN)
    with storage.begin() as work:
        for customer in (one, two, gone):
            work.customers.add(customer)
    with storage.look() as view:
        shelf = view.customers
        assert [c.id for c in shelf.by_phone("f-phone")] == [two.id, one.id]
        assert [c.id for c in shelf.by_tail("f-tail")] == [two.id, gone.id, one.id]
        assert len(shelf.by_plate("f-plate")) == 3
        assert (shelf.by_phone(""), shelf.by_phone("other")) == ([], [])
        assert shelf.by_person(PersonId("p2")) == two
        assert shelf.by_person(PersonId("nobody")) is None
        assert [c.id for c in shelf.search("")] == [one.id, two.id]
        assert [c.id for c in shelf.search("明")] == [one.id]
        assert [c.id for c in shelf.search("obama")] == [two.id]
        assert [c.id for c in shelf.search("", limit=1)] == [one.id]


def test_several_are_read_at_once(storage: Storage) -> None:
    one = a_full_customer()
    two = replace(one, id=CustomerId("c2"), person_id=PersonId("p2"))
    with storage.begin() as work:
        for customer in (two, one):
            work.customers.add(customer)
        work.appointments.add(a_full_appointment())
    with storage.look() as view:
        assert view.customers.several([]) == []
        many = [CustomerId(f"nobody-{n:04}") for n in range(1200)]
        assert view.customers.several([*many, two.id, one.id, two.id]) == sorted((one, two), key=lambda c: c.id)
        assert view.appointments.several({a_full_appointment().id}) == [a_full_appointment()]


def test_staff_are_found_by_wecom_and_badge_while_they_work_here(storage: Storage) -> None:
    li = a_full_member()
    wang = replace(li, id=StaffId("wang"), name="王", wecom_userid="wang", badge="")
    left = replace(li, id=StaffId("left"), name="赵", is_active=False)
    with storage.begin() as work:
        for member in (wang, li, left):
            work.staff.add(member)
    with storage.look() as view:
        assert [m.id for m in view.staff.all()] == ["li", "wang"]
        assert view.staff.by_wecom("lina") == li
        assert view.staff.by_badge("B-1") == li
        assert view.staff.by_badge("") is None
        assert view.staff.by_wecom("nobody") is None
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.staff.add(replace(li, id=StaffId("double"), badge=""))
    with pytest.raises(VersionConflict), storage.begin() as work:
        work.staff.put(replace(wang, version=2, badge="B-1"))


def test_appointments_are_found_by_code_and_time(storage: Storage) -> None:
    first = a_full_appointment()
    second = replace(first, id=AppointmentId("a2"), code="XYZ789", at=later(5))
    third = replace(first, id=AppointmentId("a3"), code="", at=later(60))
    fourth = replace(third, id=AppointmentId("a4"), at=later(61))
    with storage.begin() as work:
        for appointment in (first, second, third, fourth):
            work.appointments.add(appointment)
    with storage.look() as view:
        assert view.appointments.by_code("ABC234") == first
        assert view.appointments.by_code("") is None
        assert view.appointments.by_code("abc234") is None
        assert [a.id for a in view.appointments.between(TEN, later(60))] == ["a2", first.id]
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.appointments.add(replace(first, id=AppointmentId("a5")))


def test_cars_and_keys_are_listed(storage: Storage) -> None:
    car = a_full_car()
    key = a_full_key()
    with storage.begin() as work:
        work.vehicles.add(car)
        work.vehicles.add(replace(car, id=CarId("car-0"), plate="沪A12345"))
        work.keys.add(replace(key, id=KeyId("k2"), label="示B"))
        work.keys.add(replace(key, id=KeyId("k3"), car_id=CarId("car-0"), label="示C"))
        work.keys.add(key)
    with storage.look() as view:
        assert [c.id for c in view.vehicles.all()] == ["car-1", "car-0"]
        assert [k.id for k in view.keys.all()] == [key.id, "k2", "k3"]
        assert [k.id for k in view.keys.of_car(car.id)] == [key.id, "k2"]


def test_agreements_are_found_by_visit_and_time(storage: Storage) -> None:
    first = a_full_agreement()
    other = replace(first, id=AgreementId("a2"), number="D-2", created_at=later(9), visit_id=VisitId("v2"))
    with storage.begin() as work:
        work.agreements.add(other)
        work.agreements.add(first)
    with storage.look() as view:
        assert view.agreements.of_visit(VisitId("v2")) == [other]
        assert view.agreements.between(TEN, later(9)) == [first]
        assert view.agreements.between(TEN, later(10)) == [first, other]
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.agreements.add(replace(first, id=AgreementId("a3")))


def test_the_seal_chain_grows_at_its_end_only(storage: Storage) -> None:
    first = first_entry(SealKind.AGREEMENT, "a1", "hash-1", TEN)
    # Sealed second on a terminal whose clock is an hour behind.
    second = first.next(SealKind.KEY_OUT, "a1", "hash-2", later(-60), mileage_km=1234)
    with storage.begin() as work:
        assert work.seals.last() is None
        work.seals.append(first)
    with storage.begin() as work:
        work.seals.append(second)
    for wrong in (
        first,
        second,
        replace(second, sequence=3),
        replace(second.next(SealKind.TEXT, "", "", TEN), sequence=4),
    ):
        with storage.begin() as work, pytest.raises(VersionConflict):
            work.seals.append(wrong)
    with storage.look() as view:
        assert view.seals.last() == second
        assert view.seals.all() == [first, second]
        check_chain(view.seals.all())


def test_quotes_keep_every_version(storage: Storage) -> None:
    with storage.begin() as work:
        for version in (1, 2, 3):
            work.quotes.add(a_full_quote(version))
    with storage.look() as view:
        assert view.quotes.get(QuoteId("quote-1")) == a_full_quote(3)
        assert view.quotes.get(QuoteId("quote-1"), 2) == a_full_quote(2)
        assert [q.version for q in view.quotes.of_visit(VisitId("visit-1"))] == [1, 2, 3]
        assert [q.version for q in view.quotes.between(later(2), later(3))] == [2]
        for missing in (QuoteId("quote-1"), 4), (QuoteId("nothing"), None):
            with pytest.raises(NotFound):
                view.quotes.get(*missing)
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.quotes.add(a_full_quote(2))


def test_reports_see_what_became_of_each_visit(storage: Storage) -> None:
    full, step = a_full_visit("visit-1")
    beginning, first = a_beginning("v0", at=later(-1), label="A-000")
    gone, merged = a_beginning("v9", at=later(1), label="A-009")
    gone = replace(gone, state=VisitState.MERGED)
    customer = replace(a_full_customer(), id=CustomerId("c-1"), stage=Stage.ORDERED)
    full = replace(full, version=1, state=VisitState.LEFT, customer_id=customer.id, started_at=later(2))
    with storage.begin() as work:
        work.customers.add(customer)
        work.visits.add(beginning, first)
        work.visits.add(gone, merged)
        work.visits.add(full, replace(step, visit_id=full.id, number=1))
        work.agreements.add(replace(a_full_agreement(), visit_id=full.id, key_out_at=later(3)))
        work.quotes.add(a_full_quote(1))
    with storage.look() as view:
        everything = view.reports.visits(later(-60), later(24 * 60))
        plain = next(fact for fact in everything if fact.visit_id == "v0")
        rich = next(fact for fact in everything if fact.visit_id == full.id)
        assert len(everything) == 2
        assert (plain.drove, plain.quoted, plain.ordered, plain.waited_s, plain.answered_s) == (False,) * 3 + (
            None,
        ) * 2
        assert (rich.drove, rich.quoted, rich.ordered) == (True, True, True)
        assert (rich.started_s, rich.party_size) == (int(full.started_at.timestamp()), full.party_size)
        assert full.accepted_at is not None
        assert rich.accepted_s == int(full.accepted_at.timestamp())
        assert view.reports.visits(later(-1), later(-1)) == []


def test_consents_are_kept_and_can_be_withdrawn(storage: Storage) -> None:
    given = replace(a_full_consent(), withdrawn_at=None)
    with storage.begin() as work:
        work.consents.add(given)
        work.consents.add(replace(given, id=ConsentId("c0"), at=later(-1), visit_id=None))
    with storage.begin() as work:
        work.consents.put(given.withdraw(later(3)))
        with pytest.raises(NotFound):
            work.consents.put(replace(given, id=ConsentId("nothing")))
    with storage.look() as view:
        assert view.consents.get(given.id) == given.withdraw(later(3))
        assert [c.id for c in view.consents.of_customer(CustomerId("c"))] == ["c0", "consent-1"]
        assert [c.id for c in view.consents.of_visit(VisitId("visit-1"))] == ["consent-1"]
        with pytest.raises(NotFound):
            view.consents.get(ConsentId("nothing"))


def test_a_visit_is_scored_once(storage: Storage) -> None:
    with storage.begin() as work:
        work.feedback.add(Feedback(VisitId("v1"), 9, later(2), wants_manager=True, note="很好"))
        work.feedback.add(Feedback(VisitId("v2"), None, TEN))
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.feedback.add(Feedback(VisitId("v1"), 1, TEN))
    with storage.look() as view:
        assert view.feedback.between(TEN, later(3)) == [
            Feedback(VisitId("v2"), None, TEN),
            Feedback(VisitId("v1"), 9, later(2), wants_manager=True, note="很好"),
        ]
        assert len(view.feedback.between(TEN, later(2))) == 1


def test_one_drink_a_visit_is_awaited_until_it_is_brought(storage: Storage) -> None:
    tea, water = DrinkWish(VisitId("v1"), Drink.TEA, later(2)), DrinkWish(VisitId("v2"), Drink.WATER, later(1))
    coffee = DrinkWish(VisitId("v1"), Drink.COFFEE, later(3))
    with storage.begin() as work:
        for name in ("v1", "v2"):
            work.visits.add(*a_beginning(name))
        work.drinks.put(tea)
        work.drinks.put(water)
        assert work.drinks.awaited() == [water, tea]
        work.drinks.put(coffee)
    with storage.begin() as work:
        assert work.drinks.find(VisitId("v1")) == coffee
        assert work.drinks.find(VisitId("v3")) is None
        work.drinks.put(water.brought(StaffId("li"), later(4)))
    with storage.look() as view:
        assert view.drinks.awaited() == [coffee]
        assert view.drinks.find(VisitId("v2")) == replace(water, ended_at=later(4), brought_by=StaffId("li"))
        with pytest.raises(UnitOfWorkMisused):
            view.drinks.put(tea)


def test_parts_of_an_hour_add_up(storage: Storage) -> None:
    hour = TEN.replace(minute=0, second=0, microsecond=0)
    part = FloorCounts("door", hour, 3, 1, {(0, 1): 1.5, (7, 2): 0.25}, {"car": ZoneCounts(1, 30.5)}, 4)
    more = FloorCounts("door", hour, 1, 1, {(0, 1): 0.5}, {"car": ZoneCounts(1, 1.0), "desk": ZoneCounts(2, 9.0)}, 2)
    with storage.begin() as work:
        work.foot_traffic.add(part)
        work.foot_traffic.add(replace(part, camera="back"))
    with storage.begin() as work:
        work.foot_traffic.add(more)
        work.foot_traffic.add(replace(more, hour=hour + timedelta(hours=1)))
    with storage.look() as view:
        both = view.foot_traffic.between(hour, hour + timedelta(hours=1))
        assert both == [replace(part, camera="back"), part.plus(more)]
        assert len(view.foot_traffic.between(hour, hour + timedelta(hours=2))) == 3
        assert view.foot_traffic.totals(hour, hour + timedelta(hours=1)) == [
            replace(counts, cells={}, zones={}) for counts in both
        ]
    with storage.begin() as work:
        assert work.foot_traffic.forget_before(hour + timedelta(hours=1)) == 2
        assert len(work.foot_traffic.between(hour, hour + timedelta(days=1))) == 1


def test_who_passes_the_door_is_added_without_touching_the_grid(storage: Storage) -> None:
    hour = TEN.replace(minute=0, second=0, microsecond=0)
    grid = FloorCounts("door", hour, 1, 0, {(0, 1): 1.5}, {"car": ZoneCounts(1, 30.5)}, 4)
    passed = FloorCounts("door", hour, came_in=2, went_out=1)
    with storage.begin() as work:
        work.foot_traffic.add(grid)
        work.foot_traffic.add(passed)
        work.foot_traffic.add(replace(passed, camera="back"))
        work.foot_traffic.add(replace(grid, camera="back"))
    with storage.look() as view:
        both = view.foot_traffic.between(hour, hour + timedelta(hours=1))
    assert both == [replace(grid.plus(passed), camera="back"), grid.plus(passed)]


def test_settings_have_a_history(storage: Storage) -> None:
    with storage.begin() as work:
        assert work.settings.current() == BusinessSettings()
        first = BusinessSettings(store_name="望江路", waits=WaitLimits(ask_next_s=45), weights={"wait": 2.5})
        work.settings.put(first, by=None, at=TEN)
    with storage.begin() as work:
        work.settings.put(replace(first, quote_days=3), by=StaffId("li"), at=later(1))
    with storage.look() as view:
        assert view.settings.current() == replace(first, quote_days=3)
        assert view.settings.history() == [
            (TEN, None, first),
            (later(1), StaffId("li"), replace(first, quote_days=3)),
        ]


def test_each_terminal_tells_how_it_is(storage: Storage) -> None:
    kiosk = Terminal(TerminalId("kiosk-1"), "大厅", ("kiosk",), ("face_camera", "cloud"), ("cloud",), TEN)
    desk = Terminal(TerminalId("desk"), "", ("reception", "manager"), (), (), later(5))
    with storage.begin() as work:
        for terminal in (kiosk, desk, replace(kiosk, lost=(), seen_at=later(1))):
            work.terminals.put(terminal)
    with storage.look() as view:
        assert list(view.terminals.all()) == [desk, replace(kiosk, lost=(), seen_at=later(1))]
    with storage.begin() as work:
        assert work.terminals.forget_before(later(5)) == 1
        assert list(work.terminals.all()) == [desk]


def test_the_audit_chain_has_no_gap(storage: Storage) -> None:
    shanghai = timezone(timedelta(hours=8))
    with storage.begin() as work:
        first = work.audit.append(
            at=TEN.astimezone(shanghai),
            act="log.exported",
            subject_id="log",
            staff_id=StaffId("li"),
            terminal_id=DESK,
            reason="对账",
            rows=12,
            content_hash="ff",
        )
        second = work.audit.append(
            at=later(1), act="contact.revealed", subject_id="c", staff_id=StaffId("li"), terminal_id=DESK
        )
    with given_up(storage) as work:
        work.audit.append(at=later(2), act="never", subject_id="", staff_id=None, terminal_id=DESK)
    with storage.begin() as work:
        third = work.audit.append(at=later(3), act="x", subject_id="c", staff_id=None, terminal_id=DESK)
    assert [line.number for line in (first, second, third)] == [1, 2, 3]
    assert (first.previous, second.previous, third.previous) == ("", first.digest(), second.digest())
    with storage.look() as view:
        stored = view.audit.between(TEN, later(4))
        assert stored == [first, second, third]
        assert [line.digest() for line in stored] == [first.digest(), second.digest(), third.digest()]
        assert view.audit.between(later(1), later(3)) == [second]
        assert view.audit.count("contact.revealed", StaffId("li"), TEN) == 1
        assert view.audit.count("contact.revealed", StaffId("li"), later(2)) == 0
        assert view.audit.count("contact.revealed", StaffId("wang"), TEN) == 0


def test_numbers_count_without_gaps_by_name_and_day(storage: Storage) -> None:
    with storage.begin() as work:
        assert [work.counters.next("visits", TODAY) for _ in range(3)] == [1, 2, 3]
        assert work.counters.next("agreements", TODAY) == 1
        assert work.counters.next("visits", TODAY + timedelta(days=1)) == 1
    with given_up(storage) as work:
        assert work.counters.next("visits", TODAY) == 4
    with storage.begin() as work:
        assert work.counters.next("visits", TODAY) == 4


def test_a_second_press_finds_what_the_first_made(storage: Storage) -> None:
    with storage.begin() as work:
        assert work.receipts.find("key") is None
        work.receipts.keep("key", "visit-1", TEN)
    with storage.begin() as work, pytest.raises(VersionConflict):
        work.receipts.keep("key", "visit-2", TEN)
    with storage.look() as view:
        assert view.receipts.find("key") == "visit-1"


def test_a_command_is_new_once(storage: Storage) -> None:
    with storage.begin() as work:
        assert work.commands.cursor() == 0
        work.commands.move_cursor(7)
        assert work.commands.is_new("m1", TEN)
        assert not work.commands.is_new("m1", TEN)
    with given_up(storage) as work:
        assert work.commands.is_new("m2", TEN)
        work.commands.move_cursor(9)
    with storage.begin() as work:
        assert work.commands.cursor() == 7
        work.commands.move_cursor(2**40)
        assert work.commands.is_new("m2", TEN)
        assert not work.commands.is_new("m1", TEN)
    with storage.look() as view:
        assert view.commands.cursor() == 2**40


def test_outcome_and_alarm_words_fit(storage: Storage) -> None:
    """Every word of an enum can be stored and read."""
    with storage.begin() as work:
        for number, (outcome, alarm) in enumerate((o, a) for o in Outcome for a in Alarm):
            visit, step = a_beginning(f"v{number}")
            work.visits.add(replace(visit, outcome=outcome, alarm=alarm), replace(step, outcome=outcome, alarm=alarm))
    with storage.look() as view:
        assert view.visits.count(VisitQuery()) == len(Outcome) * len(Alarm)
        assert {v.outcome for v in view.visits.search(VisitQuery())} == set(Outcome)
