"""A courier in lasting trouble: a connector that breaks, a terminal that is refused, a line that never answers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cloud_connector.app import utc_now
from cloud_connector.storage import tables
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.ports.sync import LineState
from smart4s_kiosk.sync import courier as courier_module
from smart4s_kiosk.sync.identity import DeviceIdentity
from tests.fakes.storage import FakeStorage
from tests.integration.cloud.faulty_line import FaultyLine
from tests.integration.cloud.running import Running, running_connector
from tests.integration.cloud.showroom import Showroom, showroom
from tests.integration.local_server import HEALTHY, certificate, server, tls
from tests.postgres import free_port
from tests.waiting import until


@pytest.fixture(scope="module")
def connector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    nobody = f"http://127.0.0.1:{free_port()}/cgi-bin/"
    with running_connector(tmp_path_factory.mktemp("connector"), nobody) as running:
        yield running


def arrived(connector: Running, store: str) -> list[str]:
    rows = tables.events
    with connector.connector.database.look() as work:
        found = work.connection.execute(select(rows.c.aggregate).where(rows.c.store_id == store)).all()
    return sorted(row.aggregate for row in found)


def woken_until(room: Showroom, states: dict[OutboxState, int]) -> None:
    """Not to sit out every back-off."""

    def holds() -> bool:
        room.courier.wake()
        return room.states() == states

    until(holds, f"{states}, not {room.states()}")


def test_a_message_that_breaks_the_connector_holds_up_no_other(
    connector: Running, line: FaultyLine, room: Showroom, store: str
) -> None:
    line.trips_over = "visit:v-bad"
    room.end("v-bad")
    for visit in range(3):
        room.end(f"v-{visit}")
    room.start(inbox=False)
    woken_until(room, {OutboxState.PENDING: 1, OutboxState.SENT: 3})
    assert arrived(connector, store) == ["visit:v-0", "visit:v-1", "visit:v-2"]
    room.end("v-3")
    woken_until(room, {OutboxState.PENDING: 1, OutboxState.SENT: 4})
    line.trips_over = ""
    with room.storage.begin() as work:  # its time has come
        (waiting,) = [m.message_id for m in work.outbox.due(room.clock.now() + timedelta(days=365))]
        work.outbox.try_again([waiting], next_at=room.clock.now(), error="")
    woken_until(room, {OutboxState.SENT: 5})
    assert arrived(connector, store).count("visit:v-bad") == 1


def test_a_connector_that_answers_500_to_everything_loses_nothing(
    connector: Running, line: FaultyLine, room: Showroom, store: str
) -> None:
    line.is_broken = True
    for visit in range(6):
        room.end(f"v-{visit}")
    room.start()

    def has_tried_often() -> bool:
        room.courier.wake()
        return line.seen.count("/v1/events:batch 500") >= 5

    until(has_tried_often, "many tries")
    assert room.courier.status().state is LineState.DOWN
    assert room.states() == {OutboxState.PENDING: 6}
    line.is_broken = False
    woken_until(room, {OutboxState.SENT: 6})
    assert arrived(connector, store) == [f"visit:v-{visit}" for visit in range(6)]


def two_terminals(connector: Running, store: str, folder: Path, *urls: str) -> tuple[Showroom, Showroom]:
    storage = FakeStorage()
    names = ("terminal-1", "terminal-2")
    first, second = (Showroom(folder, url, storage=storage, holder=name) for url, name in zip(urls, names, strict=True))
    for room in (first, second):
        connector.introduce_room(room, store)
    return first, second


def test_a_refused_terminal_lets_another_carry(connector: Running, store: str, tmp_path: Path) -> None:
    first, second = two_terminals(connector, store, tmp_path, connector.base_url, connector.base_url)
    with connector.connector.database.begin() as work:
        assert work.sites.revoke(first.identity.get().device_id, utc_now())
    first.start()
    until(lambda: first.courier.status().state is LineState.REFUSED, "the first is refused")
    first.end("v-1")
    second.start()
    until(first.is_drained, "the second carries")
    assert second.courier.status().is_courier
    first.stop()
    second.stop()
    assert arrived(connector, store) == ["visit:v-1"]


def test_a_terminal_without_a_line_lets_another_carry_and_shows_no_outage_then(
    connector: Running, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "ASIDE_AFTER_S", 0.5)
    nowhere = f"http://127.0.0.1:{free_port()}"
    first, second = two_terminals(connector, store, tmp_path, nowhere, connector.base_url)
    first.start()
    first.end("v-1")
    until(lambda: first.courier.status().state is LineState.DOWN, "the first has no line")
    second.start()
    until(first.is_drained, "the second carries")
    until(lambda: first.courier.status().state is LineState.ELSEWHERE, "the first no longer speaks of an outage")
    assert second.courier.status().is_courier
    first.stop()
    second.stop()


def test_a_certificate_that_cannot_be_trusted_keeps_everything_and_is_named(store: str, tmp_path: Path) -> None:
    with (
        server(HEALTHY, tls(certificate(tmp_path))) as port,
        showroom(tmp_path, f"https://127.0.0.1:{port}") as room,
    ):
        room.identity.put(DeviceIdentity("dev-1", store))
        room.start()
        room.end("v-1")
        until(lambda: room.courier.status().state is LineState.DOWN, "the line is down")
        assert room.courier.status().problem == "SSLError"
        assert room.states() == {OutboxState.PENDING: 1}
