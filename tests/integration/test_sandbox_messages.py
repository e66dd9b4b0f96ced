"""Sending, updating, recalling and uploading against the running sandbox, over real HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.sandbox_process import AGENT_ID, CORP_ID, SECRET, Sandbox, running_sandbox
from tests.waiting import PATIENCE_S, until

MEMBERS = [
    {"userid": "ZhangSan", "name": "张三"},
    {"userid": "lisi", "name": "李四"},
    {"userid": "gone", "name": "离职", "active": False},
    {"userid": "hidden", "name": "不可见", "visible": False},
    {"userid": "free", "name": "未授权", "licensed": False},
    {"userid": "busy", "name": "多"},
]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandbox")
    members = folder / "members.json"
    members.write_text(json.dumps(MEMBERS), encoding="utf-8")
    with running_sandbox(folder, "--members", str(members), "--callback", "http://127.0.0.1:9/none") as running:
        yield running


@pytest.fixture(autouse=True)
def calm(sandbox: Sandbox) -> Iterator[None]:
    yield
    sandbox.http.delete("/sandbox/faults")


def a_card(task_id: str = "v1-official", **changes: Any) -> dict[str, Any]:
    card: dict[str, Any] = {
        "card_type": "button_interaction",
        "task_id": task_id,
        "source": {"desc": "展厅接待", "desc_color": 0},
        "main_title": {"title": "新到店客户", "desc": "王先生 · 1号台"},
        "horizontal_content_list": [{"keyname": "意向车型", "value": "E7"}, {"keyname": "到店时间", "value": "10:21"}],
        "button_selection": {
            "question_key": "colleague",
            "title": "转给",
            "option_list": [{"id": "lisi", "text": "李四"}],
            "selected_id": "lisi",
        },
        "button_list": [
            {"text": "接待", "style": 1, "key": "accept"},
            {"text": "稍后", "style": 2, "key": "later"},
            {"text": "转给同事", "style": 2, "key": "pass"},
        ],
    }
    return card | changes


def send(sandbox: Sandbox, card: dict[str, Any], to: str = "zhangsan") -> dict[str, Any]:
    body = {"touser": to, "msgtype": "template_card", "agentid": AGENT_ID, "template_card": card}
    return sandbox.post("message/send", body)


def say(sandbox: Sandbox, content: str, to: str = "zhangsan", **extra: Any) -> dict[str, Any]:
    body = {"touser": to, "msgtype": "text", "agentid": AGENT_ID, "text": {"content": content}, "safe": 0}
    return sandbox.post("message/send", body | extra)


def test_gettoken_answers_as_published(sandbox: Sandbox) -> None:
    answer = sandbox.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)
    assert set(answer) == {"errcode", "errmsg", "access_token", "expires_in"}
    assert answer["errcode"] == 0
    assert answer["expires_in"] <= 7200
    assert sandbox.get("gettoken", corpid=CORP_ID, corpsecret="wrong")["errcode"] == 40001
    assert sandbox.get("gettoken", corpid="ww-other", corpsecret=SECRET)["errcode"] == 40013


def test_tokens_end_and_a_made_up_one_is_refused(sandbox: Sandbox) -> None:
    old = sandbox.token
    sandbox.act("clock", advance=7300)
    assert sandbox.get("getcallbackip", access_token=old)["errcode"] == 42001
    assert sandbox.get("getcallbackip", access_token="x" * 200)["errcode"] == 40014
    assert sandbox.get("getcallbackip")["errcode"] == 41001
    sandbox.token = sandbox.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)["access_token"]
    assert sandbox.token != old
    assert sandbox.get("getcallbackip", access_token=sandbox.token)["ip_list"] == ["127.0.0.1"]


def test_a_refusal_carries_the_hint_and_http_200(sandbox: Sandbox) -> None:
    answer = say(sandbox, "hello", to="nobody")
    assert answer["errcode"] == 81013
    assert "hint: [" in answer["errmsg"]
    assert "more info at https://open.work.weixin.qq.com/devtool/query?e=81013" in answer["errmsg"]


def test_partial_failure_is_told_in_lower_case(sandbox: Sandbox) -> None:
    answer = say(sandbox, "hello", to="ZhangSan|Nobody|gone|HIDDEN|free")
    assert answer["errcode"] == 0
    assert answer["invaliduser"] == "nobody|gone|hidden"
    assert answer["unlicenseduser"] == "free"
    assert "response_code" not in answer
    assert say(sandbox, "x", to="")["errcode"] == 40058
    assert say(sandbox, "x", to="|".join(f"u{n}" for n in range(1001)))["errcode"] == 40032
    assert say(sandbox, "x", agentid=1)["errcode"] == 301002


def test_long_text_is_cut_at_2048_bytes(sandbox: Sandbox) -> None:
    say(sandbox, "展" * 1000, to="lisi")
    content = [e for e in sandbox.state()["phones"] if e["userid"] == "lisi"][-1]["content"]["content"]
    assert content == "展" * 682


def test_the_published_card_arrives_and_its_task_id_is_used_up(sandbox: Sandbox) -> None:
    answer = send(sandbox, a_card("v1-once"))
    assert answer["errcode"] == 0
    assert answer["response_code"]
    assert send(sandbox, a_card("v1-once"))["errcode"] == 42014
    assert sandbox.on_phone("zhangsan", "v1-once")["card"]["main_title"]["title"] == "新到店客户"
    assert send(sandbox, a_card("v1-unused"), to="nobody")["errcode"] == 81013
    assert send(sandbox, a_card("v1-unused"))["errcode"] == 0


BUTTON = {"text": "接待", "style": 1, "key": "accept"}
OPTION = {"id": "lisi", "text": "李四"}
BROKEN: list[tuple[str, dict[str, Any], int]] = [
    ("no task id", {"task_id": ""}, 42014),
    ("task id with a blank", {"task_id": "a b"}, 42014),
    ("task id of 129", {"task_id": "a" * 129}, 42014),
    ("unknown type", {"card_type": "poster"}, 40058),
    ("no title", {"main_title": {"desc": "x"}}, 40058),
    ("seven facts", {"horizontal_content_list": [{"keyname": "k", "value": "v"}] * 7}, 40058),
    ("fact without name", {"horizontal_content_list": [{"value": "v"}]}, 40058),
    ("unknown media", {"horizontal_content_list": [{"keyname": "k", "type": 2, "media_id": "x"}]}, 40007),
    ("unknown member", {"horizontal_content_list": [{"keyname": "k", "type": 3, "userid": "x"}]}, 40003),
    ("no button", {"button_list": []}, 40058),
    ("seven buttons", {"button_list": [{**BUTTON, "key": str(n)} for n in range(7)]}, 40058),
    ("equal keys", {"button_list": [BUTTON, BUTTON]}, 42018),
    ("key of 1025", {"button_list": [{**BUTTON, "key": "k" * 1025}]}, 42018),
    ("no key", {"button_list": [{"text": "接待"}]}, 42019),
    ("no text", {"button_list": [{"key": "accept"}]}, 42020),
    ("style 5", {"button_list": [{**BUTTON, "style": 5}]}, 40058),
    (
        "eleven colleagues",
        {"button_selection": {"question_key": "c", "option_list": [{"id": str(n), "text": "x"} for n in range(11)]}},
        40058,
    ),
    (
        "option id of 129",
        {"button_selection": {"question_key": "c", "option_list": [{**OPTION, "id": "i" * 129}]}},
        40058,
    ),
    (
        "selected nobody",
        {"button_selection": {"question_key": "c", "option_list": [OPTION], "selected_id": "x"}},
        40058,
    ),
    ("four jumps", {"jump_list": [{"title": "x", "type": 1, "url": "https://e.cn"}] * 4}, 40058),
    ("five verticals", {"vertical_content_list": [{"title": "x"}] * 5}, 40058),
    ("notice without action", {"card_type": "text_notice"}, 42045),
    ("news without picture", {"card_type": "news_notice", "card_action": {"type": 1, "url": "https://e.cn"}}, 40058),
    (
        "picture too wide",
        {
            "card_type": "news_notice",
            "card_action": {"type": 1, "url": "https://e.cn"},
            "card_image": {"url": "https://e.cn/a.png", "aspect_ratio": 2.4},
        },
        40058,
    ),
    (
        "menu of four",
        {"action_menu": {"desc": "x", "action_list": [{"text": "x", "key": str(n)} for n in range(4)]}},
        40058,
    ),
    (
        "vote of 21",
        {"card_type": "vote_interaction", "checkbox": {"question_key": "q", "option_list": [OPTION] * 21}},
        40058,
    ),
    ("four selectors", {"card_type": "multiple_interaction", "select_list": [{"question_key": "q"}] * 4}, 40058),
]


@pytest.mark.parametrize(("changes", "code"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_each_limit_of_a_card_is_kept(sandbox: Sandbox, changes: dict[str, Any], code: int) -> None:
    assert send(sandbox, a_card("v1-limit") | changes)["errcode"] == code


def test_the_largest_legal_card_passes(sandbox: Sandbox) -> None:
    card = a_card(
        "a" * 128,
        horizontal_content_list=[{"keyname": f"k{n}", "value": "v"} for n in range(6)],
        button_list=[{"text": "按钮", "key": str(n) * 1024, "style": 4} for n in range(6)],
        button_selection={"question_key": "c", "option_list": [{"id": f"{n:0128}", "text": "x"} for n in range(10)]},
    )
    assert send(sandbox, card)["errcode"] == 0


def test_a_response_code_works_once_and_for_72_hours(sandbox: Sandbox) -> None:
    code = send(sandbox, a_card("v1-update"), to="zhangsan|lisi")["response_code"]
    update = {"userids": ["lisi", "Nobody"], "agentid": AGENT_ID, "response_code": code}
    done = sandbox.post("message/update_template_card", update | {"button": {"replace_name": "张三已接待"}})
    assert (done["errcode"], done["invaliduser"]) == (0, ["Nobody"])
    assert sandbox.on_phone("lisi", "v1-update")["replaced"] == "张三已接待"
    assert sandbox.on_phone("zhangsan", "v1-update")["replaced"] is None
    again = sandbox.post("message/update_template_card", update | {"button": {"replace_name": "x"}})
    assert again["errcode"] == 42022
    late = send(sandbox, a_card("v1-late"))["response_code"]
    sandbox.act("clock", advance=72 * 3600 + 1)
    sandbox.token = sandbox.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)["access_token"]
    body = {"atall": 1, "agentid": AGENT_ID, "response_code": late, "button": {"replace_name": "x"}}
    assert sandbox.post("message/update_template_card", body)["errcode"] == 40058


def test_a_card_may_become_another_card(sandbox: Sandbox) -> None:
    code = send(sandbox, a_card("v1-become"))["response_code"]
    notice = {
        "card_type": "text_notice",
        "main_title": {"title": "已完成"},
        "card_action": {"type": 1, "url": "https://e.cn"},
    }
    body = {"userids": ["zhangsan"], "agentid": AGENT_ID, "response_code": code, "template_card": notice}
    assert sandbox.post("message/update_template_card", body)["errcode"] == 0
    assert sandbox.on_phone("zhangsan", "v1-become")["card"]["main_title"] == {"title": "已完成"}


def test_recall(sandbox: Sandbox) -> None:
    msgid = say(sandbox, "sorry")["msgid"]
    assert sandbox.post("message/recall", {"msgid": msgid})["errcode"] == 0
    assert next(e for e in sandbox.state()["phones"] if e["msgid"] == msgid)["recalled"]
    assert sandbox.post("message/recall", {"msgid": "x"})["errcode"] == 40058


def test_the_same_text_is_shown_once_when_asked_to_check(sandbox: Sandbox) -> None:
    extra: dict[str, Any] = {"enable_duplicate_check": 1, "duplicate_check_interval": 1800}
    first, second = say(sandbox, "only once", **extra), say(sandbox, "only once", **extra)
    assert first["msgid"] == second["msgid"]
    assert say(sandbox, "only once")["msgid"] != first["msgid"]


def test_more_than_30_a_minute_are_dropped_without_a_word(sandbox: Sandbox) -> None:
    for n in range(32):
        assert say(sandbox, f"n{n}", to="busy")["errcode"] == 0
    state = sandbox.state()
    assert len([e for e in state["phones"] if e["userid"] == "busy"]) == 30
    assert state["dropped"] == 2


def test_media_upload_and_sending_the_file(sandbox: Sandbox) -> None:
    query = {"access_token": sandbox.token, "type": "file"}
    pdf = b"%PDF-1.7\r\n--not the boundary\r\n" + bytes(range(256))
    done = sandbox.http.post("/cgi-bin/media/upload", params=query, files={"media": ("协议.pdf", pdf)}).json()
    assert (done["errcode"], done["type"]) == (0, "file")
    assert isinstance(done["created_at"], str)
    import hashlib

    assert sandbox.state()["media"][-1]["sha256"] == hashlib.sha256(pdf).hexdigest()
    body = {"touser": "lisi", "msgtype": "file", "agentid": AGENT_ID, "file": {"media_id": done["media_id"]}}
    assert sandbox.post("message/send", body)["errcode"] == 0
    sandbox.act("clock", advance=3 * 86400 + 1)
    sandbox.token = sandbox.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)["access_token"]
    assert sandbox.post("message/send", body)["errcode"] == 40007


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [("file", b"", 44001), ("file", b"12345", 40006), ("poster", b"123456", 40005), ("image", b"123456", 40123)],
)
def test_media_that_is_refused(sandbox: Sandbox, kind: str, data: bytes, code: int) -> None:
    query = {"access_token": sandbox.token, "type": kind}
    answer = sandbox.http.post("/cgi-bin/media/upload", params=query, files={"media": ("a", data)}).json()
    assert answer["errcode"] == code


@pytest.mark.parametrize(
    ("fault", "code"),
    [("busy", -1), ("token_expired", 42001), ("token_invalid", 40014), ("frequency", 45009), ("ip_not_trusted", 60020)],
)
def test_faults_answer_with_their_code_as_often_as_asked(sandbox: Sandbox, fault: str, code: int) -> None:
    sandbox.act("faults", fault=fault, times=2)
    codes = [sandbox.get("getcallbackip", access_token=sandbox.token)["errcode"] for _ in range(3)]
    assert codes == [code, code, 0]
    assert sandbox.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)["errcode"] == 0


def test_a_time_out_after_the_commit_has_sent_the_card(sandbox: Sandbox) -> None:
    import httpx

    sandbox.act("faults", fault="timeout_after_commit", api="message/send", times=1)
    body = {"touser": "lisi", "msgtype": "template_card", "agentid": AGENT_ID, "template_card": a_card("v1-ghost")}
    with pytest.raises(httpx.ReadTimeout):
        sandbox.http.post(
            "/cgi-bin/message/send",
            params={"access_token": sandbox.token},
            json=body,
            timeout=httpx.Timeout(PATIENCE_S, read=0.2),
        )
    until(lambda: any(e["task_id"] == "v1-ghost" for e in sandbox.state()["phones"]), "the card is on the phone")
    assert send(sandbox, a_card("v1-ghost"), to="lisi")["errcode"] == 42014


def test_an_unknown_fault_or_call_is_said(sandbox: Sandbox) -> None:
    assert sandbox.act("faults", fault="rain").status_code == 400
    assert sandbox.post("message/sing", {})["errcode"] == 48002
    assert sandbox.get("message/send", access_token=sandbox.token)["errcode"] == 40058


def test_no_secret_and_no_token_stands_in_the_state(sandbox: Sandbox) -> None:
    text = sandbox.http.get("/sandbox/state").text
    assert SECRET not in text
    assert sandbox.token not in text


def test_a_wrong_key_stops_the_start(tmp_path: Path) -> None:
    from cloud_connector.sandbox.__main__ import main

    arguments = ["--corp-id", "c", "--agent-id", "1", "--secret", "s", "--token", "t", "--aes-key", "short"]
    assert main(arguments) == 2
