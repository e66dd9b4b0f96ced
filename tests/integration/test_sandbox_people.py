"""Presses, scans and their encrypted callbacks between the running sandbox and a receiving app."""

import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from cloud_connector.sandbox.xml import Field
from tests.integration.sandbox_process import AGENT_ID, CORP_ID, ReceivingApp, Sandbox, receiving_app, running_sandbox
from tests.integration.test_sandbox_messages import a_card, send
from tests.waiting import PATIENCE_S


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, ReceivingApp]]:
    folder = tmp_path_factory.mktemp("sandbox")
    with receiving_app() as app, running_sandbox(folder) as sandbox:
        assert sandbox.act("callback", url=app.url).json() == {"callback_url": app.url}
        yield sandbox, app


@pytest.fixture
def sandbox(pair: tuple[Sandbox, ReceivingApp]) -> Iterator[Sandbox]:
    yield pair[0]
    pair[0].http.delete("/sandbox/faults")


@pytest.fixture
def app(pair: tuple[Sandbox, ReceivingApp]) -> ReceivingApp:
    pair[1].events.clear()
    pair[1].answer = lambda _event: (200, "")
    return pair[1]


def press(sandbox: Sandbox, task_id: str, key: str = "accept", **extra: object) -> dict[str, Any]:
    answer = sandbox.act("press", userid="wangjing", task_id=task_id, key=key, **extra)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_card_that_calls_back_needs_a_callback_url(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running_sandbox(tmp_path_factory.mktemp("bare")) as bare:
        assert send(bare, a_card("v2-none"), to="wangjing")["errcode"] == 43012
        assert bare.act("callback", url="http://127.0.0.1:9/").status_code == 409


def test_a_press_arrives_as_the_published_event(sandbox: Sandbox, app: ReceivingApp) -> None:
    send(sandbox, a_card("v2-press"), to="wangjing")
    done = press(sandbox, "v2-press", "pass", colleague="lisi")
    assert done["delivered"]
    assert len(done["attempts"]) == 1
    (event,) = app.events
    code = event.pop("ResponseCode")
    assert int(event.pop("CreateTime")) > 0
    assert event == {
        "ToUserName": CORP_ID,
        "FromUserName": "wangjing",
        "MsgType": "event",
        "Event": "template_card_event",
        "EventKey": "pass",
        "TaskId": "v2-press",
        "CardType": "button_interaction",
        "AgentID": str(AGENT_ID),
        "OptionId": "lisi",
    }
    assert "<QuestionKey><![CDATA[colleague]]></QuestionKey>" in app.raw[-1]
    update = {
        "userids": ["wangjing"],
        "agentid": AGENT_ID,
        "response_code": code,
        "button": {"replace_name": "已转给李四"},
    }
    assert sandbox.post("message/update_template_card", update)["errcode"] == 0
    assert sandbox.act("press", userid="wangjing", task_id="v2-press", key="accept").status_code == 409


def test_the_passive_reply_changes_the_card_at_once(sandbox: Sandbox, app: ReceivingApp) -> None:
    send(sandbox, a_card("v2-reply"), to="wangjing|lisi")
    app.answer = lambda event: (
        200,
        app.sealed(
            [
                ("ToUserName", event["FromUserName"]),
                ("FromUserName", CORP_ID),
                ("CreateTime", 1700000000),
                ("MsgType", "update_button"),
                ("Button", [("ReplaceName", "已接待")]),
            ]
        ),
    )
    done = press(sandbox, "v2-reply")
    assert done["problem"] == ""
    assert done["phone"]["replaced"] == "已接待"
    assert sandbox.on_phone("lisi", "v2-reply")["replaced"] is None


def test_a_passive_reply_may_bring_a_whole_card(sandbox: Sandbox, app: ReceivingApp) -> None:
    send(sandbox, a_card("v2-whole"), to="wangjing")
    buttons: list[Field] = [("ButtonList", [("Text", "开始接待"), ("Style", 1), ("Key", "start")])]
    facts: list[Field] = [("HorizontalContentList", [("KeyName", "x"), ("Value", "y")])]
    app.answer = lambda event: (
        200,
        app.sealed(
            [
                ("ToUserName", event["FromUserName"]),
                ("FromUserName", CORP_ID),
                ("CreateTime", 1700000000),
                ("MsgType", "update_template_card"),
                (
                    "TemplateCard",
                    [("CardType", "button_interaction"), ("MainTitle", [("Title", "王先生在 B3")]), *facts, *buttons],
                ),
            ]
        ),
    )
    press(sandbox, "v2-whole")
    card = sandbox.on_phone("wangjing", "v2-whole")["card"]
    assert card["main_title"]["title"] == "王先生在 B3"
    assert press(sandbox, "v2-whole", "start")["delivered"]


@pytest.mark.parametrize("forged", ["<xml>", "hello", "<xml><Encrypt>AAAA</Encrypt></xml>"])
def test_a_reply_that_is_not_ours_changes_nothing(sandbox: Sandbox, app: ReceivingApp, forged: str) -> None:
    task = f"v2-forged-{len(forged)}"
    send(sandbox, a_card(task), to="wangjing")
    app.answer = lambda _event: (200, forged)
    assert press(sandbox, task)["problem"].startswith("reply not understood")
    assert sandbox.on_phone("wangjing", task)["replaced"] is None


def test_anything_but_200_is_tried_three_times_in_all(sandbox: Sandbox, app: ReceivingApp) -> None:
    send(sandbox, a_card("v2-retry"), to="wangjing")
    app.answer = lambda _event: (500, "")
    done = press(sandbox, "v2-retry")
    assert [a["status"] for a in done["attempts"]] == [500, 500, 500]
    assert not done["delivered"]
    assert len(set(app.raw[-3:])) == 1
    app.answer = lambda _event: (204 if len(app.events) < 5 else 200, "")
    assert [a["status"] for a in press(sandbox, "v2-retry")["attempts"]] == [204, 200]


def test_a_slow_app_is_cut_off_and_asked_again(tmp_path: Path) -> None:
    hold = threading.Event()
    with receiving_app() as app, running_sandbox(tmp_path, "--callback-timeout", "1.5") as hurried:

        def slow_once(_event: dict[str, str]) -> tuple[int, str]:
            if len(app.events) == 1:
                hold.wait(PATIENCE_S)
            return 200, ""

        app.answer = slow_once
        assert hurried.act("callback", url=app.url).status_code == 200
        send(hurried, a_card("v2-slow"), to="wangjing")
        done = press(hurried, "v2-slow")
        hold.set()
    first, *_others, last = [attempt["status"] for attempt in done["attempts"]]  # on a busy machine two are cut off
    assert (first, last) == ("timeout", 200)


def test_callbacks_come_twice_or_out_of_order_when_asked(sandbox: Sandbox, app: ReceivingApp) -> None:
    for n in range(3):
        send(sandbox, a_card(f"v2-order-{n}"), to="wangjing")
    sandbox.act("faults", fault="callback_duplicate", times=1)
    press(sandbox, "v2-order-0")
    assert [e["TaskId"] for e in app.events] == ["v2-order-0"] * 2
    assert app.events[0] == app.events[1]
    app.events.clear()
    sandbox.act("faults", fault="callback_reorder", times=2)
    for n in range(3):
        press(sandbox, f"v2-order-{n}")
    assert [e["TaskId"] for e in app.events] == ["v2-order-2", "v2-order-1", "v2-order-0"]


def test_the_buttons_on_the_page_work_as_plain_forms(sandbox: Sandbox, app: ReceivingApp) -> None:
    hostile = "<script>alert(1)</script>"
    send(sandbox, a_card("v2-page", main_title={"title": hostile}), to="wangjing")
    page = sandbox.http.get("/sandbox/phone/wangjing").text
    assert hostile not in page
    assert escape(hostile) in page
    form = {"task_id": "v2-page", "q:colleague": "lisi", "key": "pass"}
    answer = sandbox.http.post("/sandbox/phone/wangjing/press", data=form)
    assert answer.status_code == 303
    assert app.events[-1]["OptionId"] == "lisi"
    assert sandbox.http.get("/sandbox/phone/nobody").status_code == 404


def test_the_page_refreshes_only_when_something_changed(sandbox: Sandbox) -> None:
    first = sandbox.http.get("/sandbox/phone/wangjing/feed")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert sandbox.http.get("/sandbox/phone/wangjing/feed", headers=tag).status_code == 304
    send(sandbox, a_card("v2-fresh"), to="wangjing")
    assert "新到店客户" in sandbox.http.get("/sandbox/phone/wangjing/feed", headers=tag).text


def add_way(sandbox: Sandbox, state: str = "v1abc", **changes: Any) -> dict[str, Any]:
    body = {"type": 1, "scene": 2, "remark": "kiosk", "skip_verify": True, "state": state, "user": ["wangjing"]}
    return sandbox.post("externalcontact/add_contact_way", body | changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "s" * 31}, 40058),
        ({"user": ["wangjing", "lisi"]}, 40058),
        ({"user": ["nobody"]}, 40003),
        ({"type": 3}, 40058),
        ({"is_temp": True}, 48002),
    ],
)
def test_limits_of_a_contact_way(sandbox: Sandbox, changes: dict[str, Any], code: int) -> None:
    assert add_way(sandbox, **changes)["errcode"] == code


def test_the_life_of_a_contact_way(sandbox: Sandbox) -> None:
    way = add_way(sandbox, "s" * 30)
    assert set(way) == {"errcode", "errmsg", "config_id", "qr_code"}
    picture = sandbox.http.get(way["qr_code"]).content
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24])[0] > 200
    one = {"config_id": way["config_id"]}
    assert sandbox.post("externalcontact/update_contact_way", one | {"state": "fresh"})["errcode"] == 0
    got = sandbox.post("externalcontact/get_contact_way", one)["contact_way"]
    assert (got["state"], got["user"]) == ("fresh", ["wangjing"])
    add_way(sandbox)
    first = sandbox.post("externalcontact/list_contact_way", {"limit": 1})
    second = sandbox.post("externalcontact/list_contact_way", {"limit": 1, "cursor": first["next_cursor"]})
    assert first["contact_way"] != second["contact_way"]
    assert sandbox.post("externalcontact/del_contact_way", one)["errcode"] == 0
    assert sandbox.post("externalcontact/get_contact_way", one)["errcode"] == 40058


def test_a_scan_brings_state_and_a_welcome_code_for_20_seconds(sandbox: Sandbox, app: ReceivingApp) -> None:
    way = add_way(sandbox, "1visit")
    done = sandbox.act("scan", config_id=way["config_id"], customer="王先生").json()
    (event,) = app.events
    assert (event["FromUserName"], event["ChangeType"]) == ("sys", "add_external_contact")
    assert (event["State"], event["UserID"]) == ("1visit", "wangjing")
    assert "AgentID" not in event
    welcome = {
        "welcome_code": event["WelcomeCode"],
        "text": {"content": "您好"},
        "attachments": [{"msgtype": "link", "link": {"title": "报价单", "url": "https://q.example.cn/t/x"}}],
    }
    assert sandbox.post("externalcontact/send_welcome_msg", welcome | {"attachments": [{}] * 10})["errcode"] == 40058
    assert sandbox.post("externalcontact/send_welcome_msg", welcome)["errcode"] == 0
    assert sandbox.post("externalcontact/send_welcome_msg", welcome)["errcode"] == 41051
    again = sandbox.act("scan", config_id=way["config_id"], customer="王先生").json()
    assert again["already_friend"]
    assert len(app.events) == 1
    who = {"access_token": sandbox.token, "external_userid": done["external_userid"]}
    assert sandbox.get("externalcontact/get", **who)["follow_user"][0]["state"] == "1visit"
    late = sandbox.act("scan", config_id=way["config_id"], customer="李女士").json()
    sandbox.act("clock", advance=21)
    welcome["welcome_code"] = late["welcome_code"]
    assert sandbox.post("externalcontact/send_welcome_msg", welcome)["errcode"] == 41050


def test_half_and_full_add_are_two_events_of_one_visit(sandbox: Sandbox, app: ReceivingApp) -> None:
    way = add_way(sandbox, "1half")
    sandbox.act("scan", config_id=way["config_id"], customer="半", kind="both")
    half, full = app.events
    assert (half["ChangeType"], full["ChangeType"]) == ("add_half_external_contact", "add_external_contact")
    assert half["State"] == full["State"] == "1half"
    assert "WelcomeCode" in half
    assert "WelcomeCode" not in full


def test_tags_transfers_and_group_messages(sandbox: Sandbox, app: ReceivingApp) -> None:
    way = add_way(sandbox)
    external = sandbox.act("scan", config_id=way["config_id"], customer="标签").json()["external_userid"]
    group = sandbox.post("externalcontact/add_corp_tag", {"group_name": "意向", "tag": [{"name": "高"}]})
    tag = group["tag_group"]["tag"][0]["id"]
    mark = {"userid": "wangjing", "external_userid": external, "add_tag": [tag]}
    assert sandbox.post("externalcontact/mark_tag", mark)["errcode"] == 0
    assert sandbox.post("externalcontact/mark_tag", mark | {"add_tag": ["x"]})["errcode"] == 40068
    assert sandbox.post("externalcontact/mark_tag", mark | {"add_tag": []})["errcode"] == 40058
    template = {"chat_type": "single", "external_userid": [external], "sender": "wangjing", "text": {"content": "x"}}
    assert sandbox.post("externalcontact/add_msg_template", template)["fail_list"] == []
    move = {"handover_userid": "wangjing", "takeover_userid": "lisi", "external_userid": [external]}
    codes = [sandbox.post("externalcontact/transfer_customer", move)["customer"][0]["errcode"] for _ in range(2)]
    assert codes == [0, 40129]
    sandbox.act("clock", advance=24 * 3600 + 1)
    sandbox.token = sandbox.get("gettoken", corpid=CORP_ID, corpsecret="sandbox-secret")["access_token"]
    assert sandbox.post("externalcontact/transfer_result", move)["customer"][0]["status"] == 1
    app.events.clear()
    sandbox.act("leave", userid="lisi", external_userid=external, by="customer")
    assert app.events[0]["ChangeType"] == "del_follow_user"
    assert sandbox.post("externalcontact/mark_tag", mark)["errcode"] == 84061
