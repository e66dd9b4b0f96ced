"""What message/* and media/* do: send, update, recall, upload."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cloud_connector.sandbox import cards
from cloud_connector.sandbox.cards import Json
from cloud_connector.sandbox.company import Member
from cloud_connector.sandbox.errors import WecomRefusal
from cloud_connector.sandbox.state import MEDIA_SECONDS, Entry, Media, Message, SandboxState

TEXT_BYTES = 2048
RECALL_SECONDS = 24 * 3600
DUPLICATE_SECONDS = 1800
DUPLICATE_MOST_SECONDS = 4 * 3600
PER_MEMBER_MINUTE = 30
PER_MEMBER_HOUR = 1000
MEGABYTE = 1024 * 1024
MEDIA_BYTES = {"image": 10 * MEGABYTE, "voice": 2 * MEGABYTE, "video": 10 * MEGABYTE, "file": 20 * MEGABYTE}
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class Recipients:
    reached: list[Member]
    invalid: list[str]
    unlicensed: list[str]


def send(state: SandboxState, body: Json) -> dict[str, object]:
    """POST message/send: partial failure is errcode 0 with `invaliduser` (lower-cased, joined by |)."""
    check_agent(state, body)
    kind = body.get("msgtype")
    checks = {"text": text_content, "markdown": text_content, "file": media_content, "image": media_content}
    if kind == "template_card":
        content = card_content(state, body)
    elif kind in checks:
        content = checks[str(kind)](state, body, str(kind))
    else:
        raise WecomRefusal(40008)
    to = recipients(state, body)
    answer: dict[str, object] = {
        "invaliduser": "|".join(to.invalid),
        "invalidparty": str(body.get("toparty") or ""),
        "invalidtag": str(body.get("totag") or ""),
        "unlicenseduser": "|".join(to.unlicensed),
    }
    if not to.reached:
        raise WecomRefusal(81013)
    earlier = earlier_copy(state, body, str(kind), content)
    if earlier is not None:
        return {**answer, "msgid": earlier.msgid}
    message = deliver(state, str(kind), content, to.reached)
    answer["msgid"] = message.msgid
    if kind == "template_card" and cards.calls_back(content):
        answer["response_code"] = state.new_code(message.msgid)
    return answer


def check_agent(state: SandboxState, body: Json) -> None:
    if body.get("agentid") != state.company.agent_id:
        raise WecomRefusal(301002)


def text_content(_state: SandboxState, body: Json, kind: str) -> Json:
    content = cards.text(cards.part(body, kind), "content", required=True)
    return {"content": content.encode()[:TEXT_BYTES].decode(errors="ignore")}


def media_content(state: SandboxState, body: Json, kind: str) -> Json:
    media_id = cards.text(cards.part(body, kind), "media_id", required=True)
    if media_id not in state.live_media() or state.media[media_id].kind != kind:
        raise WecomRefusal(40007)
    return {"media_id": media_id}


def card_content(state: SandboxState, body: Json) -> Json:
    card = cards.part(body, "template_card")
    members = frozenset(member.userid.lower() for member in state.company.members)
    cards.check(card, known_media=state.live_media(), known_users=members)
    if cards.calls_back(card):
        if state.callback_url is None:
            raise WecomRefusal(43012)
        if str(card["task_id"]) in state.task_ids:
            raise WecomRefusal(42014, "task_id exists")
    return card


def recipients(state: SandboxState, body: Json) -> Recipients:
    """Who gets it. The sandbox has no departments or tags: those named are invalid."""
    to_user = cards.text(body, "touser")
    if not to_user and not body.get("toparty") and not body.get("totag"):
        raise WecomRefusal(40058, "touser, toparty and totag are all empty")
    if to_user == "@all":
        return Recipients([member for member in state.company.members if member.active and member.visible], [], [])
    names = [name for name in to_user.split("|") if name]
    if len(names) > 1000:
        raise WecomRefusal(40032)
    for field in ("toparty", "totag"):
        if len(cards.text(body, field).split("|")) > 100:
            raise WecomRefusal(40058, field)
    found = Recipients([], [], [])
    for name in dict.fromkeys(names):
        member = state.company.member(name)
        if member is None or not member.active or not member.visible:
            found.invalid.append(name.lower())
        elif not member.licensed:
            found.unlicensed.append(name.lower())
        elif member not in found.reached:
            found.reached.append(member)
    return found


def earlier_copy(state: SandboxState, body: Json, kind: str, content: Json) -> Message | None:
    """The same message inside the duplicate interval, when the sender asked for that check."""
    if body.get("enable_duplicate_check") != 1:
        return None
    interval = body.get("duplicate_check_interval", DUPLICATE_SECONDS)
    if not isinstance(interval, int) or not 0 < interval <= DUPLICATE_MOST_SECONDS:
        raise WecomRefusal(40058, "duplicate_check_interval")
    since = state.clock.now() - interval
    wanted = {member.userid.lower() for member in recipients(state, body).reached}
    for message in state.messages.values():
        same = (message.kind, message.content) == (kind, content) and message.sent_at > since
        if same and {entry.userid for entry in state.entries_of(message.msgid)} == wanted:
            return message
    return None


def deliver(state: SandboxState, kind: str, content: Json, members: list[Member]) -> Message:
    now = state.clock.now()
    task_id = str(content.get("task_id", "")) if kind == "template_card" else ""
    message = Message(f"msg_{secrets.token_urlsafe(24)}", kind, content, task_id, now)
    state.messages[message.msgid] = message
    if task_id:
        state.task_ids[task_id] = message.msgid
    for member in members:
        if over_member_limit(state, member.userid):
            state.dropped += 1
            continue
        is_card = kind == "template_card"
        notes = cards.advice(content) if is_card else []
        state.entries.append(Entry(message, member.userid.lower(), content if is_card else None, advice=notes))
    state.changed()
    return message


def over_member_limit(state: SandboxState, userid: str) -> bool:
    """More than 30 a minute or 1000 an hour to one member are dropped without a word (document/path/90454)."""
    now = state.clock.now()
    ages = [now - entry.message.sent_at for entry in state.phone(userid)]
    return sum(age < 60 for age in ages) >= PER_MEMBER_MINUTE or sum(age < 3600 for age in ages) >= PER_MEMBER_HOUR


def update_template_card(state: SandboxState, body: Json) -> dict[str, object]:
    """POST message/update_template_card: one use of a code within 72 hours; `invaliduser` is a list here."""
    check_agent(state, body)
    code = state.codes.get(str(body.get("response_code", "")))
    if code is None or code.expires_at <= state.clock.now():
        raise WecomRefusal(40058, "response_code unknown or expired")
    if code.used:
        raise WecomRefusal(42022)
    change = checked_change(state, body)
    on_phones = {entry.userid: entry for entry in state.entries_of(code.msgid)}
    wanted = list(on_phones) if body.get("atall") == 1 else user_list(body)
    if not wanted:
        raise WecomRefusal(40058, "userids, partyids, tagids and atall are all empty")
    code.used = True
    for name in wanted:
        if name.lower() in on_phones:
            apply_change(on_phones[name.lower()], change)
    state.changed()
    return {"invaliduser": [name for name in wanted if name.lower() not in on_phones]}


def user_list(body: Json) -> list[str]:
    for field, most in (("userids", 1000), ("partyids", 100), ("tagids", 100)):
        value = body.get(field, [])
        if not isinstance(value, list) or len(value) > most:
            raise WecomRefusal(40058, field)
    names = body.get("userids", [])
    assert isinstance(names, list)
    return [str(name) for name in names]


def checked_change(state: SandboxState, body: Json) -> Json:
    if body.get("template_card"):
        card = cards.part(body, "template_card")
        members = frozenset(member.userid.lower() for member in state.company.members)
        # A new task id may stand on the new card; without one the card keeps its own.
        filled = {"task_id": "kept", **card}
        cards.check(filled, known_media=state.live_media(), known_users=members)
        return {"template_card": card}
    name = cards.text(cards.part(body, "button"), "replace_name")
    if not name:
        raise WecomRefusal(42020)
    return {"replace_name": name}


def apply_change(entry: Entry, change: Json) -> None:
    """Put a checked change on one phone: either the buttons become one grey text, or the card is a new one."""
    card = change.get("template_card")
    if isinstance(card, Mapping):
        entry.card = {"task_id": entry.message.task_id, **card}
        entry.replaced = None
    else:
        entry.replaced = str(change["replace_name"])


def recall(state: SandboxState, body: Json) -> dict[str, object]:
    """POST message/recall: within 24 hours."""
    message = state.messages.get(str(body.get("msgid", "")))
    if message is None:
        raise WecomRefusal(40058, "msgid")
    if state.clock.now() - message.sent_at > RECALL_SECONDS:
        raise WecomRefusal(301051)
    message.recalled = True
    state.changed()
    return {}


def upload(state: SandboxState, kind: str, name: str, data: bytes) -> dict[str, object]:
    """POST media/upload: valid 3 days; `created_at` is a text."""
    if kind not in MEDIA_BYTES:
        raise WecomRefusal(40005)
    if not data:
        raise WecomRefusal(44001)
    if not 5 < len(data) <= MEDIA_BYTES[kind]:
        raise WecomRefusal(40006)
    if kind == "image" and not data.startswith(IMAGE_STARTS):
        raise WecomRefusal(40123)
    media_id = secrets.token_urlsafe(48)
    now = state.clock.now()
    state.media[media_id] = Media(kind, name, data, now + MEDIA_SECONDS)
    return {"type": kind, "media_id": media_id, "created_at": str(int(now))}
