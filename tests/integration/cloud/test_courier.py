"""The courier over real HTTP with faults: each fact arrives once, in order per visit, or is shown as not sent."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cloud_connector.app import utc_now
from cloud_connector.storage import tables
from smart4s_kiosk.domain.commands import AcceptVisit
from smart4s_kiosk.domain.visits import VisitAlreadyAccepted
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.ports.sync import ConnectorAway, ConnectorRefused, LineState
from smart4s_kiosk.sync import connector_client
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage
from tests.integration.cloud.faulty_line import FaultyLine, faulty_line
from tests.integration.cloud.running import Running, running_connector
from tests.integration.cloud.showroom import Showroom, WrongClock, showroom
from tests.integration.sandbox_process import Sandbox, running_sandbox
from tests.postgres import free_port
from tests.waiting import PATIENCE_S, until


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="module")
def connector(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_connector(tmp_path_factory.mktemp("connector"), sandbox.base_url + "/cgi-bin/") as running:
        assert sandbox.act("callback", url=running.callback_url).status_code == 200
        yield running


def arrived(connector: Running, store: str) -> list[tuple[str, int, str]]:
    """(aggregate, seq, type) of a store's events, in the order taken."""
    rows = tables.events
    with connector.connector.database.look() as work:
        found = work.connection.execute(select(rows).where(rows.c.store_id == store).order_by(rows.c.received_at)).all()
    return [(row.aggregate, row.seq, row.type) for row in found]


def test_a_visitor_is_brought_to_the_phone_and_the_press_comes_back(
    sandbox: Sandbox, connector: Running, room: Showroom
) -> None:
    room.start()
    room.ask("v-1", place="21号台")

    def card() -> str:
        entries = [e for e in sandbox.state()["phones"] if e["card"] and "21号台" in e["card"]["main_title"]["desc"]]
        return str(entries[0]["task_id"]) if entries else ""

    until(card, "the card")
    assert sandbox.act("press", userid="heyu", task_id=card(), key="accept").status_code == 200
    assert room.handler.wait_for(1)
    (command,) = room.handler.commands
    assert isinstance(command, AcceptVisit)
    assert (command.visit_id, command.by_userid) == ("v-1", "heyu")
    assert room.courier.status().state is LineState.UP
    until(lambda: _cursor(room) == 1, "the cursor moves")


def _cursor(room: Showroom) -> int:
    with room.storage.look() as view:
        return view.commands.cursor()


def test_nobody_listens_then_somebody_does(connector: Running, store: str, tmp_path: Path) -> None:
    with faulty_line(f"http://127.0.0.1:{free_port()}") as line, showroom(tmp_path, line.url) as room:
        connector.introduce_room(room, store)
        room.start()
        room.end("v-1")
        until(lambda: room.courier.status().state is LineState.DOWN, "the line is down")
        assert room.states() == {OutboxState.PENDING: 1}
        line.target = connector.base_url
        room.courier.wake()
        until(room.is_drained, "the outbox drains")
    assert [kind for _aggregate, _seq, kind in arrived(connector, store)] == ["visit.closed"]


@pytest.mark.parametrize("fault", ["lose_answer", "lose_request", "503", "html_502"])
def test_a_fault_on_the_way_delays_but_never_doubles(
    connector: Running, line: FaultyLine, room: Showroom, store: str, fault: str
) -> None:
    line.only, line.faults = "/v1/events", [fault]
    room.start(inbox=False)
    room.end("v-1")
    until(room.is_drained, "the outbox drains")
    assert room.states() == {OutboxState.SENT: 1}
    assert len(arrived(connector, store)) == 1
    assert line.seen.count("/v1/events:batch") == 1


def test_a_slow_answer_is_sent_again_and_taken_once(
    connector: Running, line: FaultyLine, store: str, tmp_path: Path
) -> None:
    with showroom(tmp_path, line.url, answer_s=1.0) as room:
        connector.introduce_room(room, store)
        line.only, line.faults = "/v1/events", ["slow"]
        room.start(inbox=False)
        room.end("v-1")

        def drained() -> bool:
            room.courier.wake()  # on a busy machine more than one answer is too slow
            return room.is_drained()

        until(drained, "the outbox drains")
    assert len(arrived(connector, store)) == 1


def test_any_mix_of_faults_keeps_the_order_of_each_visit(
    connector: Running, line: FaultyLine, room: Showroom, store: str
) -> None:
    chance = random.Random(7)
    kinds = ["lose_answer", "lose_request", "503", "html_502", ""]
    line.only, line.faults = "/v1/events", [chance.choice(kinds) for _ in range(6)]
    for step in range(8):
        for visit in range(4):
            room.ask(f"v-{visit}", "nobody") if step % 2 else room.end(f"v-{visit}")
    room.start(inbox=False)

    def drained() -> bool:
        room.courier.wake()  # not to sit out every back-off
        return room.is_drained()

    until(drained, "the outbox drains")
    taken = arrived(connector, store)
    assert len(taken) == 32
    for visit in range(4):
        own = [seq for aggregate, seq, _kind in taken if aggregate == f"visit:v-{visit}"]
        assert own == sorted(own)
        assert len(own) == 8


def test_a_request_past_its_use_is_never_sent(connector: Running, room: Showroom, store: str) -> None:
    late = room.ask("v-1")
    with room.storage.begin() as work:
        message = next(m for m in work.outbox.due(room.clock.now()) if m.message_id == late)
        work.outbox.mark_sent([late])
        work.outbox.add(
            message.fact,
            message_id=message.message_id + "x",  # type: ignore[arg-type] # any text is an id here
            aggregate="visit:v-2",
            at=message.created_at,
            expires_at=message.created_at,
        )
    room.start(inbox=False)
    room.end("v-3")
    until(room.is_drained, "the outbox drains")
    assert room.states() == {OutboxState.SENT: 2, OutboxState.EXPIRED: 1}
    assert [kind for _a, _s, kind in arrived(connector, store)] == ["visit.closed"]


def test_what_may_not_leave_is_parked_and_nothing_of_it_is_sent(
    connector: Running, line: FaultyLine, room: Showroom, store: str
) -> None:
    room.ask("v-1", address="张先生 13800138000")
    room.end("v-1")
    room.end("v-2")
    room.start(inbox=False)
    until(lambda: room.states().get(OutboxState.SENT) == 1, "the other visit is sent")
    assert room.states() == {OutboxState.SENT: 1, OutboxState.PARKED: 1, OutboxState.PENDING: 1}
    with room.storage.look() as view:
        (parked,) = view.outbox.parked()
    assert "form_of_address" in parked.last_error
    assert "138" not in parked.last_error
    assert [aggregate for aggregate, _s, _k in arrived(connector, store)] == ["visit:v-2"]


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_three_days_off_delays_nothing(
    sandbox: Sandbox, connector: Running, store: str, tmp_path: Path, days: int
) -> None:
    clock = WrongClock(timedelta(days=days))
    place = "快三天台" if days > 0 else "慢三天台"
    with showroom(tmp_path, connector.base_url, clock=clock) as room:
        connector.introduce_room(room, store)
        room.identity.put_offset(0.0, 0.0)  # as if the clock had jumped after the enrolment
        room.ask("v-1", place=place)
        room.start(inbox=False)
        until(
            lambda: any(e["card"] and place in str(e["card"]) for e in sandbox.state()["phones"]),
            "the card, not expired",
        )
        assert abs(room.courier.status().clock_offset_s + days * 86_400) < 60
        measured = room.courier.clock_offset_s()
        assert measured is not None
        assert abs(measured + days * 86_400) < 60
    with connector.connector.database.look() as work:
        rows = work.connection.execute(select(tables.events.c.occurred_at).where(tables.events.c.store_id == store))
        assert all(abs((row.occurred_at - utc_now()).total_seconds()) < 4 * 86_400 for row in rows)


def test_a_terminal_that_stops_waits_for_no_answer(
    line: FaultyLine, room: Showroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connector_client, "POLL_GRACE_S", 10 * PATIENCE_S)  # the poll would never end by itself
    line.only, line.faults = "/v1/inbox", ["slow"]
    room.start()
    until(lambda: "/v1/inbox slow" in line.seen, "the poll is parked")
    room.stop()


def test_one_of_two_terminals_carries_and_the_other_takes_over(connector: Running, store: str, tmp_path: Path) -> None:
    storage, clock = FakeStorage(), FakeClock(utc_now())  # it stands still: no lease runs out on a busy machine
    first = Showroom(tmp_path, connector.base_url, storage=storage, holder="terminal-1", clock=clock)
    second = Showroom(tmp_path, connector.base_url, storage=storage, holder="terminal-2", clock=clock)
    for room in (first, second):
        connector.introduce_room(room, store)
    first.start()
    until(lambda: first.courier.status().is_courier, "the first is the courier")
    second.start()
    first.end("v-1")
    until(first.is_drained, "the first sends")
    assert not second.courier.status().is_courier
    first.stop()
    clock.advance(minutes=1)
    second.end("v-2")
    until(second.is_drained, "the second takes over")
    assert second.courier.status().is_courier
    second.stop()
    assert len(arrived(connector, store)) == 2


def test_a_revoked_terminal_keeps_its_messages(connector: Running, room: Showroom) -> None:
    with connector.connector.database.begin() as work:
        assert work.sites.revoke(room.identity.get().device_id, utc_now())
    room.start(inbox=False)
    room.end("v-1")
    until(lambda: room.courier.status().state is LineState.REFUSED, "it is refused")
    assert room.courier.status().problem == "revoked"
    assert room.states() == {OutboxState.PENDING: 1}


def test_a_code_makes_a_terminal_known_once(connector: Running, store: str, tmp_path: Path) -> None:
    code = connector.code(store)
    with showroom(tmp_path, connector.base_url) as room:
        room.courier.enrol(f"{code[:5].lower()}-{code[5:]}", "kiosk")
        assert room.identity.get().store_id == store
        room.start(inbox=False)
        room.end("v-1")
        until(room.is_drained, "it may send")
        with pytest.raises(ConnectorRefused, match="code_refused"):
            room.courier.enrol(code, "kiosk")


def test_a_wrong_code_is_refused_and_an_absent_connector_is_away(connector: Running, tmp_path: Path) -> None:
    with showroom(tmp_path, connector.base_url) as room, pytest.raises(ConnectorRefused) as refused:
        room.courier.enrol("WRONG12345", "kiosk")
    assert refused.value.reason == "code_refused"
    with showroom(tmp_path, f"http://127.0.0.1:{free_port()}") as room, pytest.raises(ConnectorAway):
        room.courier.enrol("WRONG12345", "kiosk")


def command(connector: Running, store: str, kind: str, data: dict[str, object], number: int = 1) -> None:
    with connector.connector.database.begin() as work:
        work.commands.add(store, command_id=f"c-{number}", kind=kind, data=data, visit="v-1", now=utc_now())


def test_a_strange_command_is_answered_and_does_not_hold_up_the_next(
    connector: Running, room: Showroom, store: str
) -> None:
    command(connector, store, "car.wash", {}, 1)
    command(connector, store, "visit.accept", {"visit": "v-1", "by": "heyu", "pressed_at": utc_now().isoformat()}, 2)
    room.start()
    assert room.handler.wait_for(1)
    assert [kind for _a, _s, kind in arrived(connector, store)] == ["command.not_understood"]
    assert room.courier.status().not_understood == 1


@pytest.mark.parametrize("failure", [VisitAlreadyAccepted(), ZeroDivisionError()])
def test_a_command_that_is_refused_or_breaks_is_not_repeated(
    connector: Running, room: Showroom, store: str, failure: Exception
) -> None:
    room.handler.refusal = failure
    command(connector, store, "visit.accept", {"visit": "v-1", "by": "heyu", "pressed_at": utc_now().isoformat()}, 1)
    room.start()
    until(lambda: _cursor(room) == 1, "the cursor moves")
    assert room.handler.commands == []


def test_a_lost_place_is_found_again(connector: Running, room: Showroom, store: str) -> None:
    command(connector, store, "visit.accept", {"visit": "v-1", "by": "heyu", "pressed_at": utc_now().isoformat()}, 1)
    with room.storage.begin() as work:
        work.commands.move_cursor(99)
    room.start()
    until(lambda: _cursor(room) == 1, "the cursor is the cloud's")
