"""Visits, customers, staff, appointments, cars and keys behave alike in memory, on SQLCipher and on PostgreSQL."""

from dataclasses import replace

import pytest

from smart4s_kiosk.domain.drinks import Drink, DrinkWish
from smart4s_kiosk.domain.errors import NotFound, VersionConflict
from smart4s_kiosk.domain.ids import (
    AppointmentId,
    CarId,
    CustomerId,
    KeyId,
    PersonId,
    StaffId,
    VisitId,
)
from smart4s_kiosk.domain.visits import Purpose, VisitAct, VisitState, replay
from smart4s_kiosk.ports.storage import Storage, UnitOfWorkMisused, VisitQuery
from tests.contracts.storage_values import (
    TEN,
    a_beginning,
    a_full_agreement,
    a_full_appointment,
    a_full_car,
    a_full_customer,
    a_full_key,
    a_full_member,
    a_full_visit,
    a_step,
    later,
)

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
