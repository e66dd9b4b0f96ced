"""App messages to members: cards with buttons, plain text, files; their update and recall (pages 90236, 94888)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cloud_connector.wecom.caller import Answer, WeComCaller

TEXT_LIMIT_BYTES = 2048
DUPLICATE_WINDOW_S = 14_400
"""The longest window in which WeCom drops a repeat of the same text."""


@dataclass(frozen=True, slots=True)
class MessageSent:
    """What WeCom says about a sent message. `missed`: members who did not get it though errcode was 0, lower-cased."""

    message_id: str
    response_code: str
    missed: frozenset[str]


class Messages:
    """Writes to members as one app."""

    def __init__(self, caller: WeComCaller, agent_id: int) -> None:
        self._caller = caller
        self._agent_id = agent_id

    def send_card(self, to: Sequence[str], card: dict[str, Any]) -> MessageSent:
        """Send a template card; a repeat with the same task_id is refused with 42014, which means "already sent"."""
        return self._send(to, "template_card", card, window_s=1800)

    def send_text(self, to: Sequence[str], content: str) -> MessageSent:
        """Send plain text, cut at a character so that WeCom's 2,048 bytes never cut inside one."""
        cut = content.encode()[:TEXT_LIMIT_BYTES].decode(errors="ignore")
        return self._send(to, "text", {"content": cut}, window_s=DUPLICATE_WINDOW_S)

    def send_file(self, to: Sequence[str], media_id: str) -> MessageSent:
        """Send an uploaded file."""
        return self._send(to, "file", {"media_id": media_id}, window_s=DUPLICATE_WINDOW_S)

    def update_button(self, to: Sequence[str], response_code: str, words: str) -> frozenset[str]:
        """Replace the buttons of a card by `words`. The code works once, for 72 h. Answers who was not reached."""
        return self._update({"userids": list(to), "response_code": response_code, "button": {"replace_name": words}})

    def update_card(self, to: Sequence[str], response_code: str, card: dict[str, Any]) -> frozenset[str]:
        """Replace a whole card."""
        return self._update({"userids": list(to), "response_code": response_code, "template_card": card})

    def recall(self, message_id: str) -> None:
        """Take a message back (within 24 h)."""
        self._caller.post("message/recall", {"msgid": message_id})

    def _send(self, to: Sequence[str], kind: str, content: dict[str, Any], window_s: int) -> MessageSent:
        answer = self._caller.post(
            "message/send",
            {
                "touser": "|".join(to),
                "msgtype": kind,
                "agentid": self._agent_id,
                kind: content,
                "enable_duplicate_check": 1,
                "duplicate_check_interval": window_s,
            },
        )
        return MessageSent(
            message_id=str(answer.get("msgid", "")),
            response_code=str(answer.get("response_code", "")),
            missed=_people(answer, "invaliduser") | _people(answer, "unlicenseduser"),
        )

    def _update(self, payload: dict[str, Any]) -> frozenset[str]:
        answer = self._caller.post("message/update_template_card", {**payload, "agentid": self._agent_id})
        return _people(answer, "invaliduser")


def _people(answer: Answer, field: str) -> frozenset[str]:
    """Userids of a field: `message/send` writes "a|b", `update_template_card` a list."""
    value = answer.get(field) or []
    names = value.split("|") if isinstance(value, str) else value
    return frozenset(str(name).lower() for name in names if name)
