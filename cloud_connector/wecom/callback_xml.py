"""The XML of callbacks: read without entities, reduced to what we need; and the answer that changes a button."""

import hashlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from cloud_connector.wecom.callback_crypto import CallbackRefused

MAX_BODY_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CallbackEvent:
    """One event. `sys` sends customer-contact events; a member's userid sends card clicks."""

    to: str
    sender: str
    created: str
    message_type: str
    event: str
    change_type: str
    key: str
    task_id: str
    response_code: str
    agent_id: str
    user_id: str
    external_user_id: str
    state: str
    welcome_code: str
    selected: tuple[tuple[str, tuple[str, ...]], ...]
    """Question key to chosen option ids of a card's drop-downs."""

    @property
    def dedupe_key(self) -> str:
        """The same for every repeat of one event; seconds and sender alone would join two customers of one second."""
        parts = (
            self.to, self.sender, self.created, self.message_type, self.event, self.change_type, self.user_id,
            self.external_user_id, self.key, self.task_id, self.response_code,
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def chosen(self, question: str) -> str | None:
        """The first option chosen for `question`."""
        for asked, options in self.selected:
            if asked == question and options:
                return options[0]
        return None


def envelope(body: bytes) -> tuple[str, str]:
    """(receiver, encrypted text) of a posted body.

    Raises:
        CallbackRefused: not XML, too large, or without `Encrypt`.

    """
    if len(body) > MAX_BODY_BYTES:
        raise CallbackRefused("too_large")
    root = _parse(body)
    encrypted = _text(root, "Encrypt")
    if not encrypted:
        raise CallbackRefused("xml")
    return _text(root, "ToUserName"), encrypted


def event_of(message: bytes) -> CallbackEvent:
    """The event inside a decrypted message; unknown kinds are kept with their names.

    Raises:
        CallbackRefused: not XML.

    """
    root = _parse(message)
    return CallbackEvent(
        to=_text(root, "ToUserName"),
        sender=_text(root, "FromUserName"),
        created=_text(root, "CreateTime"),
        message_type=_text(root, "MsgType"),
        event=_text(root, "Event"),
        change_type=_text(root, "ChangeType"),
        key=_text(root, "EventKey"),
        task_id=_text(root, "TaskId"),
        response_code=_text(root, "ResponseCode"),
        agent_id=_text(root, "AgentID"),
        user_id=_text(root, "UserID"),
        external_user_id=_text(root, "ExternalUserID"),
        state=_text(root, "State"),
        welcome_code=_text(root, "WelcomeCode"),
        selected=tuple(
            (_text(item, "QuestionKey"), tuple((option.text or "").strip() for option in item.iter("OptionId")))
            for item in root.iter("SelectedItem")
        ),
    )


def button_answer(*, member: str, corp_id: str, unix_ts: int, words: str) -> bytes:
    """The passive answer that replaces the pressed card's buttons by `words` (pages 90241, 96469)."""
    return (
        f"<xml><ToUserName>{_cdata(member)}</ToUserName><FromUserName>{_cdata(corp_id)}</FromUserName>"
        f"<CreateTime>{unix_ts}</CreateTime><MsgType>{_cdata('update_button')}</MsgType>"
        f"<Button><ReplaceName>{_cdata(words)}</ReplaceName></Button></xml>"
    ).encode()


def sealed_answer(*, encrypted: str, signature: str, timestamp: str, nonce: str) -> bytes:
    """The envelope of an encrypted answer."""
    return (
        f"<xml><Encrypt>{_cdata(encrypted)}</Encrypt><MsgSignature>{_cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{_cdata(nonce)}</Nonce></xml>"
    ).encode()


def _parse(text: bytes) -> Element:
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):  # defusedxml's refusals are ValueErrors
        raise CallbackRefused("xml") from None
    if root.tag != "xml":
        raise CallbackRefused("xml")
    return root


def _text(root: Element, name: str) -> str:
    return (root.findtext(name) or "").strip()


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
