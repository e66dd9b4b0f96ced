"""Any order of what guests, staff, cards and time do through the services: journals replay, alarms ring once."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.visits import Alarm, IdentifiedBy, Outcome, Purpose, VisitAct, VisitState, replay
from smart4s_kiosk.services.visits import Arrival
from tests.builders import a_customer, a_member
from tests.showroom import Showroom

CONSULTANTS = [StaffId("王静"), StaffId("李明"), StaffId("何屿")]
DESK = StaffId("前台")
VISITS = [VisitId("v1"), VisitId("v2"), VisitId("v3")]

staff, visits = st.sampled_from(CONSULTANTS), st.sampled_from(VISITS)
ACTS = ["arrive", "identify", "purpose", "look_around", "stay", "duty", "minutes", "day"]
OFTEN = ["ask", "ask_next", "accept", "postpone", "pass_on", "hand_over", "serve", "close", "link", "merge", "unmerge"]
wishes = st.tuples(st.sampled_from([*ACTS, "seconds", *OFTEN, *OFTEN]), visits, visits, staff, st.integers(1, 59))


def a_showroom() -> Showroom:
    room = Showroom()
    with room.storage.begin() as work:
        for name in CONSULTANTS:
            work.staff.add(a_member(name))
        work.staff.add(a_member(DESK, role=Role.RECEPTION))
        work.customers.add(a_customer())
    return room


def acts_of(room: Showroom) -> dict[str, Callable[[VisitId, VisitId, StaffId, int], object]]:
    v, anonymous = room.visits, Arrival(IdentifiedBy.ANONYMOUS)

    def arrive(one: VisitId, _other: VisitId, _who: StaffId, n: int) -> None:
        v.begin(visit_id=one, party_size=1 + n % 5)
        v.identify(one, anonymous)
        v.state_purpose(one, Purpose.LOOK)

    def duty(_one: VisitId, _other: VisitId, who: StaffId, n: int) -> None:
        with room.storage.begin() as work:
            work.staff.put(work.staff.get(who).with_duty(list(Duty)[n % len(Duty)], room.clock.now()))

    def asked(one: VisitId, who: StaffId, n: int) -> StaffId:
        """Mostly the one who was asked, sometimes anybody."""
        return v.get(one).consultant_id or who if n % 4 else who

    def pass_time(seconds: int, steps: int) -> None:
        for _ in range(steps):
            room.clock.advance(seconds / steps)
            room.visit_clock.advance()

    known = Arrival(IdentifiedBy.STAFF, customer_id=a_customer().id, display_name="张*")
    return {
        "arrive": arrive,
        "identify": lambda one, _o, _w, _n: v.identify(one, anonymous),
        "purpose": lambda one, _o, _w, n: v.state_purpose(one, list(Purpose)[n % len(Purpose)]),
        "ask": lambda one, _o, who, _n: v.ask(one, who),
        "ask_next": lambda one, _o, _w, n: v.ask(one, None, by=DESK if n % 2 else None),
        "accept": lambda one, _o, who, _n: v.accept(one, who),
        "postpone": lambda one, _o, who, n: v.postpone(one, asked(one, who, n), minutes=n % 9 + 1),
        "pass_on": lambda one, _o, who, n: v.pass_on(one, asked(one, who, n), to=CONSULTANTS[n % 3] if n % 2 else None),
        "hand_over": lambda one, _o, who, _n: v.hand_over(one, who, by=DESK),
        "serve": lambda one, _o, who, _n: v.serve(one, who),
        "close": lambda one, _o, _w, n: v.close(one, list(Outcome)[n % len(Outcome)], by=DESK),
        "link": lambda one, _o, _w, _n: v.link(one, known, by=DESK),
        "merge": lambda one, other, _w, _n: v.merge(one, other, by=DESK),
        "unmerge": lambda one, _o, _w, _n: v.unmerge(one, by=DESK),
        "look_around": lambda one, _o, _w, _n: v.look_around(one),
        "stay": lambda one, _o, _w, _n: v.stay(one),
        "duty": duty,
        "seconds": lambda _1, _2, _w, n: pass_time(n, 1),
        "minutes": lambda _1, _2, _w, n: pass_time(6 * n, 6),
        "day": lambda _1, _2, _w, _n: pass_time(25 * 3600, 1),
    }


@settings(max_examples=150)
@given(st.lists(wishes, min_size=5, max_size=40))
def test_whatever_happens_the_journals_replay_to_what_is_stored(
    order: list[tuple[str, VisitId, VisitId, StaffId, int]],
) -> None:
    room = a_showroom()
    acts = acts_of(room)
    for number, visit_id in enumerate(VISITS):
        acts["arrive"](visit_id, visit_id, CONSULTANTS[0], number)
    for name, one, other, who, number in order:
        try:
            acts[name](one, other, who, number)
        except ShowroomError:
            continue
    with room.storage.look() as view:
        for visit_id in VISITS:
            journal = view.visits.journal(visit_id)
            stored = view.visits.get(visit_id)
            assert replay(journal) == stored
            assert stored.state in VisitState
            alarms = [step.alarm for step in journal if step.act is VisitAct.RAISE_ALARM]
            assert alarms in RINGS


RINGS: tuple[list[Alarm], ...] = ([], [Alarm.RECEPTION], [Alarm.MANAGER], [Alarm.RECEPTION, Alarm.MANAGER])
"""Reception once, then the manager once, whatever was done in between."""
