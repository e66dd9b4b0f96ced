"""Callback XML: the documented events are read, entities are refused, and repeats share one key."""

import pytest

from cloud_connector.wecom.callback_crypto import CallbackRefused
from cloud_connector.wecom.callback_xml import MAX_BODY_BYTES, button_answer, envelope, event_of

CLICK = """<xml><ToUserName><![CDATA[wwcorp]]></ToUserName><FromUserName><![CDATA[zhangsan]]></FromUserName>
<CreateTime>123456789</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[template_card_event]]></Event>
<EventKey><![CDATA[pass]]></EventKey><TaskId><![CDATA[v1-abc]]></TaskId><CardType><![CDATA[button_interaction]]></CardType>
<ResponseCode><![CDATA[CODE]]></ResponseCode><AgentID>1</AgentID><SelectedItems><SelectedItem>
<QuestionKey><![CDATA[colleague]]></QuestionKey><OptionIds><OptionId><![CDATA[lisi]]></OptionId></OptionIds></SelectedItem>
<SelectedItem><QuestionKey>other</QuestionKey><OptionIds><OptionId>a</OptionId><OptionId>b</OptionId></OptionIds>
</SelectedItem></SelectedItems></xml>"""
ADDED = """<xml><ToUserName><![CDATA[wwcorp]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>1403610513</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event>
<ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[zhangsan]]></UserID>
<ExternalUserID><![CDATA[%s]]></ExternalUserID><State><![CDATA[teststate]]></State>
<WelcomeCode><![CDATA[WELCOMECODE]]></WelcomeCode></xml>"""


def test_a_card_click_is_read() -> None:
    click = event_of(CLICK.encode())
    assert (click.sender, click.event, click.key, click.task_id) == (
        "zhangsan",
        "template_card_event",
        "pass",
        "v1-abc",
    )
    assert click.response_code == "CODE"
    assert click.chosen("colleague") == "lisi"
    assert click.selected[1] == ("other", ("a", "b"))
    assert click.chosen("nothing") is None


def test_a_new_contact_is_read() -> None:
    added = event_of((ADDED % "wo1").encode())
    assert (added.change_type, added.user_id, added.state) == ("add_external_contact", "zhangsan", "teststate")
    assert added.welcome_code == "WELCOMECODE"


def test_two_customers_of_one_second_are_two_events() -> None:
    one, two = event_of((ADDED % "wo1").encode()), event_of((ADDED % "wo2").encode())
    assert one.dedupe_key != two.dedupe_key
    assert one.dedupe_key == event_of((ADDED % "wo1").encode()).dedupe_key


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not xml",
        b"<other/>",
        b"<xml>",
        b'<?xml version="1.0" encoding="none"?><xml/>',
        b'<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
        b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        b"<xml>\xff\xfe</xml>",
    ],
)
def test_what_is_not_plain_xml_is_refused(text: bytes) -> None:
    with pytest.raises(CallbackRefused, match="xml"):
        envelope(text)


def test_a_body_is_bounded() -> None:
    with pytest.raises(CallbackRefused, match="too_large"):
        envelope(b" " * (MAX_BODY_BYTES + 1))


def test_words_cannot_break_out_of_their_cdata() -> None:
    answer = button_answer(member="li", corp_id="ww", unix_ts=1, words="a]]><b/>")
    assert event_of(answer).sender == "ww"
    assert b"]]]]><![CDATA[>" in answer
