"""The rest of the client against the sandbox: codes, welcomes, tags, transfers, files, recall; permanent refusals."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from cloud_connector.wecom.caller import WeComCaller
from cloud_connector.wecom.contacts import Contacts
from cloud_connector.wecom.errors import AppStopped, Policy, WeComRefused
from cloud_connector.wecom.messages import Messages
from tests.fakes.cloud import MemoryTokenShelf
from tests.integration.sandbox_process import (
    AGENT_ID,
    CORP_ID,
    SECRET,
    ReceivingApp,
    Sandbox,
    receiving_app,
    running_sandbox,
)


@pytest.fixture(scope="module")
def app() -> Iterator[ReceivingApp]:
    with receiving_app() as receiving:
        yield receiving


@pytest.fixture(scope="module")
def sandbox(app: ReceivingApp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), "--callback", app.url) as running:
        yield running


def a_caller(sandbox: Sandbox, secret: str = SECRET) -> WeComCaller:
    base_url = sandbox.base_url + "/cgi-bin/"
    shelf = MemoryTokenShelf()
    return WeComCaller(base_url=base_url, corp_id=CORP_ID, secret=secret, shelf=shelf, now=lambda: datetime.now(UTC))


@pytest.fixture
def caller(sandbox: Sandbox) -> Iterator[WeComCaller]:
    made = a_caller(sandbox)
    yield made
    made.close()


def test_a_code_is_made_read_changed_listed_and_removed(caller: WeComCaller) -> None:
    contacts = Contacts(caller)
    made = contacts.add_contact_way("heyu", "1abcdefghijklmnopqrstuvwxyz", "kiosk")
    assert made.qr_code
    assert contacts.contact_way(made.config_id).state == "1abcdefghijklmnopqrstuvwxyz"
    contacts.update_contact_way(made.config_id, "1second")
    assert contacts.contact_way(made.config_id).state == "1second"
    assert made.config_id in contacts.contact_ways()[0]
    contacts.delete_contact_way(made.config_id)
    assert made.config_id not in contacts.contact_ways()[0]
    with pytest.raises(ValueError, match="30"):
        contacts.update_contact_way(made.config_id, "x" * 31)


def a_customer(sandbox: Sandbox, app: ReceivingApp, contacts: Contacts, state: str) -> dict[str, str]:
    """Somebody who has just scanned heyu's code."""
    way = contacts.add_contact_way("heyu", state, "kiosk")
    assert sandbox.act("scan", config_id=way.config_id, customer=f"顾客{state}").status_code == 200
    return next(event for event in app.events if event.get("State") == state)


def test_a_new_contact_is_greeted_once(sandbox: Sandbox, app: ReceivingApp, caller: WeComCaller) -> None:
    contacts = Contacts(caller)
    event = a_customer(sandbox, app, contacts, "1welcome")
    link = {"title": "您的电子报价单", "desc": "", "url": "https://q.example.cn/t/x", "picurl": ""}
    contacts.send_welcome(event["WelcomeCode"], "欢迎", [{"msgtype": "link", "link": link}])
    with pytest.raises(WeComRefused) as again:
        contacts.send_welcome(event["WelcomeCode"], "欢迎")
    assert again.value.policy in {Policy.DONE, Policy.MISSED}
    (follower,) = contacts.followers(event["ExternalUserID"])
    assert (follower.userid, follower.state) == ("heyu", "1welcome")


def test_tags_transfers_and_group_messages(sandbox: Sandbox, app: ReceivingApp, caller: WeComCaller) -> None:
    contacts = Contacts(caller)
    customer = a_customer(sandbox, app, contacts, "1transfer")["ExternalUserID"]
    with pytest.raises(ValueError, match="no tag"):
        contacts.mark_tags("heyu", customer, [])
    assert contacts.transfer("heyu", "lisi", [customer], "以后由李四接待您") == {customer: 0}
    message_id, failed = contacts.add_group_message("heyu", [customer], "新车到店")
    assert message_id
    assert failed == ()
    with pytest.raises(ValueError, match="100"):
        contacts.transfer("heyu", "lisi", [])


def test_a_file_goes_to_a_member_and_a_message_can_be_taken_back(sandbox: Sandbox, caller: WeComCaller) -> None:
    contacts, messages = Contacts(caller), Messages(caller, AGENT_ID)
    media = contacts.upload("file", "协议.pdf", b"%PDF-1.7 content")
    assert not messages.send_file(["heyu"], media).missed
    sent = messages.send_text(["heyu", "nobody"], "汉" * 1000)
    assert sent.missed == {"nobody"}
    messages.recall(sent.message_id)
    entry = next(e for e in sandbox.state()["phones"] if e["msgid"] == sent.message_id)
    assert entry["recalled"]
    assert entry["content"]["content"] == "汉" * 682
    with pytest.raises(ValueError, match="five bytes"):
        contacts.upload("file", "x", b"12345")
    assert contacts.callback_addresses()


def test_a_permanently_refused_token_costs_one_renewal_a_call(sandbox: Sandbox, caller: WeComCaller) -> None:
    caller.tokens.token()
    before = sandbox.state()["token_fetches"]
    sandbox.act("faults", fault="token_expired", api="message/send")
    try:
        with pytest.raises(WeComRefused) as refused:
            Messages(caller, AGENT_ID).send_text(["heyu"], "x")
    finally:
        sandbox.http.delete("/sandbox/faults")
    assert refused.value.policy is Policy.RENEW
    assert sandbox.state()["token_fetches"] - before <= 1


def test_a_wrong_secret_is_tried_once(sandbox: Sandbox) -> None:
    caller = a_caller(sandbox, "wrong")
    with pytest.raises(WeComRefused) as refused:
        caller.get("getcallbackip")
    assert refused.value.policy is Policy.STOP
    assert "wrong" not in str(refused.value)
    for _ in range(3):
        with pytest.raises(AppStopped):
            caller.get("getcallbackip")
    caller.close()
