"""The process an operator starts: settings, commands, stopping, kill -9, and two of them on one PostgreSQL."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cloud_connector.__main__ import main
from tests.integration.cloud.device import TestDevice
from tests.integration.cloud.running import CALLBACK_PATH, connector_process, environment
from tests.integration.cloud.showroom import showroom
from tests.integration.sandbox_process import ROOT, Sandbox, running_sandbox
from tests.postgres import free_port
from tests.waiting import PATIENCE_S, until


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


def variables(folder: Path, sandbox: Sandbox, database_url: str = "") -> dict[str, str]:
    listen = f"127.0.0.1:{free_port()}"
    return environment(folder, sandbox.base_url + "/cgi-bin/", database_url, listen)


def cards(sandbox: Sandbox, place: str) -> list[dict[str, Any]]:
    return [e for e in sandbox.state()["phones"] if e["card"] and place in e["card"]["main_title"]["desc"]]


def test_every_wrong_setting_is_named_at_once() -> None:
    wrong = {"CONNECTOR_DATABASE_URL": "mysql://x", "CONNECTOR_LISTEN": "here", "WECOM_AES_KEY": "short"}
    answer = subprocess.run(
        [sys.executable, "-m", "cloud_connector", "serve"],
        cwd=ROOT,
        env={**os.environ, **wrong},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    for name in (*wrong, "WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET", "WECOM_TOKEN"):
        assert f"{name}:" in answer.stderr, name


def test_a_terminal_is_added_listed_and_shut_out(sandbox: Sandbox, tmp_path: Path) -> None:
    with connector_process(variables(tmp_path, sandbox)) as process:
        process.start()
        code = process.command("device", "add", "--store", "s1", "--store-name", "一店", "--name", "前台")[1]
        device = TestDevice(process.base_url)
        assert device.enrol(code).status_code == 200
        assert device.poll()["events"] == []
        listed = process.command("device", "list")[1]
        assert [device.device_id, "s1", "前台", "active"] == listed.split("\t")
        assert process.command("device", "revoke", device.device_id)[0] == 0
        assert process.command("device", "revoke", device.device_id)[0] == 1
        refused = device.get("/v1/inbox", after="0", wait="0")
        assert (refused.status_code, refused.json()["code"]) == (401, "revoked")
        device.http.close()


def test_it_stops_by_itself_and_answers_its_parked_polls(sandbox: Sandbox, tmp_path: Path) -> None:
    with connector_process(variables(tmp_path, sandbox)) as process:
        process.start()
        device = TestDevice(process.base_url)
        assert device.enrol(process.command("device", "add", "--store", "s1")[1]).status_code == 200
        answers: list[dict[str, Any]] = []
        poll = threading.Thread(target=lambda: answers.append(device.poll(0, wait=25)))
        poll.start()
        until(lambda: b"poll_parked 1.0" in device.http.get("/metrics").content, "the poll is parked")
        process.stop()
        poll.join(PATIENCE_S)
        assert answers[0]["events"] == []
        device.http.close()


@pytest.mark.parametrize("moment", ["before", "between"])
def test_a_killed_connector_delivers_once_when_it_is_back(sandbox: Sandbox, tmp_path: Path, moment: str) -> None:
    """Killed before it heard, or with the card taken but not yet sent: the visit goes on, the card comes once."""
    place = f"{moment} 台"
    with connector_process(variables(tmp_path, sandbox)) as process:
        process.start()
        assert sandbox.act("callback", url=process.base_url + CALLBACK_PATH).status_code == 200
        code = process.command("device", "add", "--store", "s1")[1]
        with showroom(tmp_path, process.base_url) as room:
            room.courier.enrol(code, "kiosk")
            room.start()
            if moment == "before":
                process.kill()
                room.ask("v-1", place=place)
                room.end("v-2")
            else:
                sandbox.act("faults", fault="timeout_before_commit", api="message/send", times=1, seconds=20.0)
                room.ask("v-1", place=place)
                until(room.is_drained, "the connector took it")
                assert process.process is not None
                os.kill(process.process.pid, signal.SIGKILL)
                process.process.wait(PATIENCE_S)
            process.start()

            def is_there() -> bool:
                room.courier.wake()
                return room.is_drained() and bool(cards(sandbox, place))

            until(is_there, "the card")
            (card,) = cards(sandbox, place)
            assert sandbox.act("press", userid="heyu", task_id=card["task_id"], key="accept").status_code == 200
            assert room.handler.wait_for(1), "the poll that the kill had cut is parked again"
            assert len(cards(sandbox, place)) == 1


@pytest.mark.postgres
def test_two_connectors_on_one_database_are_one(sandbox: Sandbox, tmp_path: Path, postgres_url: str) -> None:
    """The event comes in at one, the press at the other; the poll parked at the first hears of it at once."""
    one = variables(tmp_path / "one", sandbox, postgres_url)
    two = variables(tmp_path / "two", sandbox, postgres_url)
    with connector_process(one) as first, connector_process(two) as second:
        first.start()
        second.start()
        assert sandbox.act("callback", url=second.base_url + CALLBACK_PATH).status_code == 200
        device = TestDevice(first.base_url)
        assert device.enrol(second.command("device", "add", "--store", "s1")[1]).status_code == 200
        assert device.outcomes(device.asks("e-1", place="两台")) == ["accepted"]
        until(lambda: cards(sandbox, "两台"), "the card")
        answers: list[dict[str, Any]] = []
        poll = threading.Thread(target=lambda: answers.append(device.poll(0, wait=25)))
        poll.start()
        until(lambda: b"poll_parked 1.0" in device.http.get("/metrics").content, "the poll is parked")
        (card,) = cards(sandbox, "两台")
        assert sandbox.act("press", userid="heyu", task_id=card["task_id"], key="accept").status_code == 200
        poll.join(PATIENCE_S)
        assert [c["type"] for c in answers[0]["events"]] == ["visit.accept"]
        device.http.close()
        first.stop()
        second.stop()


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/nowhere/c.db", "postgresql+psycopg://127.0.0.1:9/x", "sqlite:///{bad}"]
)
@pytest.mark.parametrize("words", [("migrate",), ("device", "list")])
def test_a_database_that_is_away_is_one_sentence(
    url: str, words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(bytes(range(256)) * 20)
    assert main(words, {"CONNECTOR_DATABASE_URL": url.format(bad=bad)}) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("store", ["", "a b", "中", "x" * 65, "../x"])
def test_a_showroom_has_a_plain_id(store: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(("device", "add", "--store", store), {"CONNECTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'c.db'}"})
    assert end.value.code == 2
