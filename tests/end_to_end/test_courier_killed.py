"""kill -9 of the terminal that carries the outbox, between "the connector has it" and "noted as sent".

Sandbox, connector and both terminals are real processes on one database; only the line between the first terminal and
the connector is the test's, because it must hold back one answer.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cloud_connector.storage.database import Database
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.ports.outbox import OutboxState
from smart4s_kiosk.storage.open import DatabasePlace, open_storage
from tests.end_to_end.terminals import TerminalProcess
from tests.integration.cloud.faulty_line import faulty_line
from tests.integration.cloud.running import CALLBACK_PATH, Process, connector_process, environment
from tests.integration.cloud.showroom import Showroom
from tests.integration.sandbox_process import Sandbox, running_sandbox
from tests.postgres import free_port
from tests.showroom_databases import Listener
from tests.waiting import until

pytestmark = pytest.mark.slow
PLACE = "1号台"


@contextmanager
def terminal(name: str, place: DatabasePlace, folder: Path, url: str, code: str) -> Iterator[TerminalProcess]:
    told = {"url": place.url, "file": str(place.file), "folder": str(folder), "connector": url, "code": code}
    made = TerminalProcess("tests.end_to_end.courier_process", name, **told)
    try:
        made.wait_for(lambda line: "ready" in line)
        yield made
    finally:
        made.stop()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path) as running:
        yield running


@pytest.fixture
def connector(sandbox: Sandbox, tmp_path: Path) -> Iterator[Process]:
    listen = f"127.0.0.1:{free_port()}"
    with connector_process(environment(tmp_path / "cloud", sandbox.base_url + "/cgi-bin/", "", listen)) as process:
        process.start()
        assert sandbox.act("callback", url=process.base_url + CALLBACK_PATH).status_code == 200
        yield process


def cards(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [entry for entry in sandbox.state()["phones"] if entry["card"]]


def test_what_was_sent_but_not_noted_is_sent_again_by_another_terminal_and_arrives_once(
    sandbox: Sandbox, connector: Process, place: DatabasePlace, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        storage = open_storage(place, announcer=Listener(), clock=SystemClock()).storage
        stack.callback(storage.close)
        room = Showroom(tmp_path, connector.base_url, storage=storage)  # writes, as a kiosk's page does; never sends
        line = stack.enter_context(faulty_line(connector.base_url))
        line.only, line.faults = "/v1/events", ["slow"]
        codes = [connector.command("device", "add", "--store", "s1")[1] for _each in range(2)]
        first = stack.enter_context(terminal("first", place, tmp_path, line.url, codes[0]))
        first.wait_for(lambda said: said.get("courier") is True)
        room.ask("v-1", place=PLACE)
        until(lambda: len(cards(sandbox)) == 1, "the connector has it, and the phone")
        first.kill()
        assert line.seen.count("/v1/events:batch slow") == 1
        assert room.states() == {OutboxState.PENDING: 1}

        second = stack.enter_context(terminal("second", place, tmp_path, connector.base_url, codes[1]))
        until(lambda: room.states() == {OutboxState.SENT: 1}, "the second has sent it")
        with Database(connector.database_url).look() as work:
            assert work.inbox.count("s1") == 1
        (card,) = cards(sandbox)
        assert sandbox.act("press", userid="heyu", task_id=card["task_id"], key="accept").status_code == 200
        second.wait_for(lambda said: said.get("command") == "AcceptVisit")
        assert len(cards(sandbox)) == 1
