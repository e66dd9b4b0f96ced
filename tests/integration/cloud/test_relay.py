"""Showroom event to card on the phone, press to command, with the sandbox as the far end."""

import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from cloud_connector.app import utc_now
from tests.integration.cloud.device import VISIT, TestDevice
from tests.integration.cloud.running import Running, running_connector
from tests.integration.sandbox_process import Sandbox, running_sandbox
from tests.waiting import PATIENCE_S, until


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="module")
def connector(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("connector")
    with running_connector(folder, sandbox.base_url + "/cgi-bin/") as running:
        answer = sandbox.act("callback", url=running.callback_url)
        assert answer.status_code == 200, answer.text
        yield running


@pytest.fixture
def device(connector: Running, request: pytest.FixtureRequest) -> Iterator[TestDevice]:
    """A terminal of a store of its own, so that tests do not read each other's commands."""
    store = f"store-{zlib.crc32(request.node.name.encode())}"
    device = TestDevice(connector.base_url)
    connector.introduce(device, store)
    with (
        connector.connector.database.begin() as work
    ):  # the cards of earlier tests are not this one's: no wait for them
        work.limits.forget_before(utc_now() + timedelta(days=1))
    yield device
    device.http.close()


def cards(sandbox: Sandbox, userid: str, visit_words: str) -> list[dict[str, Any]]:
    """Cards on a phone that show `visit_words`."""
    return [
        entry
        for entry in sandbox.state()["phones"]
        if entry["userid"] == userid and entry["card"] and visit_words in entry["card"]["main_title"]["desc"]
    ]


def card_of(sandbox: Sandbox, userid: str, place: str) -> dict[str, Any]:
    until(lambda: cards(sandbox, userid, place), f"a card for {userid}")
    return cards(sandbox, userid, place)[0]


def press(sandbox: Sandbox, card: dict[str, Any], key: str, **more: str) -> dict[str, Any]:
    answer = sandbox.act("press", userid=card["userid"], task_id=card["task_id"], key=key, **more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def said(sandbox: Sandbox, card: dict[str, Any]) -> str:
    return str(sandbox.on_phone(card["userid"], card["task_id"])["replaced"])


def says(sandbox: Sandbox, card: dict[str, Any], words: str) -> bool:
    return said(sandbox, card) == words


def has_sent_all(connector: Running) -> bool:
    with connector.connector.database.look() as work:
        return work.deliveries.counts().get("due", 0) == 0


def test_a_visitor_reaches_the_phone_and_the_answer_comes_back(sandbox: Sandbox, device: TestDevice) -> None:
    assert device.outcomes(device.asks("e-1", place="1号台")) == ["accepted"]
    card = card_of(sandbox, "heyu", "1号台")
    assert card["card"]["main_title"] == {"title": "新到店客户", "desc": "张*先生 · 1号台"}
    assert [button["text"] for button in card["card"]["button_list"]] == ["接待", "稍后", "转给同事"]
    waiting: list[dict[str, Any]] = []
    poll = threading.Thread(target=lambda: waiting.append(device.poll(0, wait=20)))
    poll.start()
    press(sandbox, card, "accept")
    poll.join(PATIENCE_S)
    (command,) = waiting[0]["events"]
    assert (command["type"], command["data"]["by"], command["visit"]) == ("visit.accept", "heyu", VISIT)
    assert said(sandbox, card) == "已接待"
    assert device.poll(command["cursor"])["events"] == []


def test_a_repeated_event_makes_one_card(sandbox: Sandbox, device: TestDevice) -> None:
    event = device.asks("e-1", place="2号台")
    assert device.outcomes(event, event) == ["accepted", "duplicate"]
    assert device.outcomes(event) == ["duplicate"]
    card_of(sandbox, "heyu", "2号台")
    assert len(cards(sandbox, "heyu", "2号台")) == 1


def test_the_first_accept_wins_and_the_late_one_is_told(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(
        device.asks("e-1", place="3号台", colleagues=[{"id": "lisi", "name": "李四"}]),
        device.asks("e-2", "lisi", place="3号台", colleagues=[{"id": "heyu", "name": "何屿"}]),
    )
    both = [card_of(sandbox, "heyu", "3号台"), card_of(sandbox, "lisi", "3号台")]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda card: press(sandbox, card, "accept"), both))
    words = sorted(said(sandbox, card) for card in both)
    assert words[0] == "已接待" or words[1] == "已接待"
    assert any(word.startswith("已由") for word in words), words
    assert [c["type"] for c in device.poll()["events"]] == ["visit.accept"]


def test_what_the_showroom_decides_changes_every_card(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", place="4号台"), device.asks("e-2", "lisi", place="4号台"))
    mine, other = card_of(sandbox, "heyu", "4号台"), card_of(sandbox, "lisi", "4号台")
    press(sandbox, mine, "accept")
    accepted = {"visit": VISIT, "by": "wangwu", "name": "王顾问"}
    assert device.outcomes(device.event("visit.accepted", "e-3", accepted)) == ["accepted"]
    for card in (mine, other):
        until(partial(says, sandbox, card, "已由王顾问接待"), card["userid"])


def test_nobody_is_asked_for_a_visit_that_was_settled_before_its_card_left(
    sandbox: Sandbox, connector: Running, device: TestDevice
) -> None:
    accepted = {"visit": VISIT, "by": "heyu", "name": "何屿"}
    asked = device.asks("e-1", place="12号台")
    assert device.outcomes(asked, device.event("visit.accepted", "e-2", accepted)) == ["accepted", "accepted"]
    until(lambda: has_sent_all(connector), "nothing is left to send")
    assert cards(sandbox, "heyu", "12号台") == []
    assert device.poll()["events"] == []


def test_passing_on_names_the_chosen_colleague(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", place="5号台"))
    card = card_of(sandbox, "heyu", "5号台")
    press(sandbox, card, "pass", colleague="lisi")
    (command,) = device.poll()["events"]
    assert (command["type"], command["data"]["to"]) == ("visit.pass", "lisi")
    assert said(sandbox, card) == "已转给李四"


def test_without_a_choice_the_next_in_line_is_asked(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", place="6号台"))
    card = card_of(sandbox, "heyu", "6号台")
    press(sandbox, card, "pass")
    (command,) = device.poll()["events"]
    assert (command["type"], command["data"]["to"]) == ("visit.pass", None)


def test_later_asks_for_five_minutes(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", place="7号台"))
    card = card_of(sandbox, "heyu", "7号台")
    press(sandbox, card, "later")
    (command,) = device.poll()["events"]
    assert (command["type"], command["data"]["minutes"]) == ("visit.later", 5)
    assert said(sandbox, card) == "已选稍后"


def test_a_press_after_the_visit_ended_says_so(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", place="8号台"))
    card = card_of(sandbox, "heyu", "8号台")
    device.outcomes(device.event("visit.closed", "e-2", {"visit": VISIT, "reason": "left"}))
    until(lambda: said(sandbox, card) == "来访已结束", "the card is closed")
    assert device.poll()["events"] == []


def test_the_card_of_somebody_who_went_on_a_break_says_that_the_visit_went_on(
    sandbox: Sandbox, device: TestDevice
) -> None:
    device.outcomes(device.asks("e-1", place="12号台"))
    card = card_of(sandbox, "heyu", "12号台")
    device.outcomes(device.event("visit.passed", "e-2", {"visit": VISIT, "by": "HeYu"}))
    until(lambda: said(sandbox, card) == "已转给下一位", "the card is answered")
    assert device.poll()["events"] == []


def test_managers_are_told_in_plain_words(sandbox: Sandbox, device: TestDevice) -> None:
    raised = {"visit": VISIT, "to": ["lisi"], "form_of_address": "散客 A-031", "waited_s": 185}
    device.outcomes(device.event("visit.escalated", "e-1", raised))

    def texts() -> list[str]:
        said = [e["content"]["content"] for e in sandbox.state()["phones"] if e["kind"] == "text"]
        return [text for text in said if "A-031" in text]

    until(texts, "the text")
    assert texts() == ["【接待提醒】散客 A-031 已等候 3 分钟，还没有人接待，请安排。"]


def test_an_expired_request_is_never_sent_and_the_showroom_hears_of_it(sandbox: Sandbox, device: TestDevice) -> None:
    late = device.asks("e-1", place="9号台", requested_at="2026-01-01T00:00:00Z", expires_at="2026-01-01T00:10:00Z")
    assert device.outcomes(late) == ["accepted"]
    (command,) = device.poll()["events"]
    assert (command["type"], command["data"]["message"], command["data"]["code"]) == (
        "delivery.failed",
        "e-1",
        "expired",
    )
    assert cards(sandbox, "heyu", "9号台") == []


def test_an_unknown_member_is_reported_back(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", "nobody", place="10号台"))
    until(lambda: device.poll()["events"], "the report")
    (command,) = device.poll()["events"]
    assert (command["type"], command["data"]["recipient"]) == ("delivery.failed", "nobody")
    assert command["data"]["code"] in {"errcode_81013", "errcode_40003", "recipient_invalid"}


def test_a_duplicate_callback_is_one_command(sandbox: Sandbox, device: TestDevice) -> None:
    device.outcomes(device.asks("e-1", place="11号台"))
    card = card_of(sandbox, "heyu", "11号台")
    before = len(sandbox.state()["callbacks"])
    sandbox.act("faults", fault="callback_duplicate", times=1)
    press(sandbox, card, "accept")
    until(lambda: len(sandbox.state()["callbacks"]) >= before + 2, "both callbacks")
    assert [c["type"] for c in device.poll()["events"]] == ["visit.accept"]


@pytest.mark.parametrize("fault", ["busy", "token_expired", "token_invalid", "timeout_after_commit", "http_502"])
def test_a_bad_day_at_wecom_still_makes_exactly_one_card(
    sandbox: Sandbox, connector: Running, device: TestDevice, fault: str
) -> None:
    place = f"{fault} 台"
    sandbox.act("faults", fault=fault, api="message/send", times=1, seconds=6.0)
    device.outcomes(device.asks("e-1", place=place))
    until(lambda: cards(sandbox, "heyu", place), fault)
    assert sandbox.http.get("/sandbox/faults").json() == []

    until(lambda: has_sent_all(connector), "nothing is left to send")
    assert len(cards(sandbox, "heyu", place)) == 1
    assert device.poll()["events"] == []
