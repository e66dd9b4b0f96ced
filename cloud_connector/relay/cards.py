"""What members see: the reception card with its three buttons and the colleague list, and plain texts."""

import base64
import hashlib
from typing import Any
from zoneinfo import ZoneInfo

from cloud_connector.contract.events import TodoDue, VisitEscalated, VisitRequested
from cloud_connector.relay.words import clock_words, waited_words, words

ACCEPT, LATER, PASS = "accept", "later", "pass"
COLLEAGUE = "colleague"
NEXT_IN_LINE = "next_in_line"
MAX_OPTIONS = 10
_OPTION_LENGTH, _BUTTON_LENGTH = 16, 10


def task_id_of(store_id: str, event_id: str) -> str:
    """The card's name at WeCom: the same for every repeat of one event, so a repeat is refused as "already sent"."""
    digest = hashlib.sha256(f"{store_id}|{event_id}".encode()).digest()[:16]
    return "v1-" + base64.b32encode(digest).decode().rstrip("=").lower()


def reception_card(task_id: str, asked: VisitRequested, zone: ZoneInfo) -> dict[str, Any]:
    """A visitor waits: 接待, 稍后, 转给同事 (page 90236, button_interaction)."""
    language = asked.language
    whom = " · ".join(filter(None, (asked.form_of_address, asked.place)))
    facts = [
        (words(language, "purpose"), words(language, f"purpose.{asked.purpose}")),
        (words(language, "party"), words(language, "party_size", size=asked.party_size)),
        (words(language, "arrived"), clock_words(asked.requested_at, zone)),
    ]
    return {
        "card_type": "button_interaction",
        "task_id": task_id,
        "source": {"desc": words(language, "source"), "desc_color": 0},
        "main_title": {"title": words(language, "title"), "desc": whom},
        "horizontal_content_list": [{"keyname": name, "value": value} for name, value in facts],
        "button_selection": _colleagues(asked),
        "button_list": [
            {"text": words(language, ACCEPT), "style": 1, "key": ACCEPT},
            {"text": words(language, LATER), "style": 2, "key": LATER},
            {"text": words(language, PASS), "style": 2, "key": PASS},
        ],
    }


def _colleagues(asked: VisitRequested) -> dict[str, Any]:
    """The drop-down. WeCom chooses its first entry by itself, so the first is "next in line", never a person."""
    options = [{"id": NEXT_IN_LINE, "text": words(asked.language, "next")}]
    options += [{"id": person.id, "text": person.name[:_OPTION_LENGTH]} for person in asked.colleagues]
    return {
        "question_key": COLLEAGUE,
        "title": words(asked.language, "pass_to"),
        "option_list": options[:MAX_OPTIONS],
        "selected_id": NEXT_IN_LINE,
    }


def escalation_text(raised: VisitEscalated) -> str:
    """Nobody came: for managers, in plain words that also reach a watch."""
    waited = waited_words(raised.language, raised.waited_s)
    return words(raised.language, "escalated", address=raised.form_of_address, waited=waited)


def follow_up_text(due: TodoDue, zone: ZoneInfo) -> str:
    """A follow-up is due; whose stays on the tablet."""
    return words(due.language, "todo", due=f"{due.due_at.astimezone(zone):%m-%d %H:%M}")
