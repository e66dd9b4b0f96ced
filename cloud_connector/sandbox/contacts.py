"""What externalcontact/* does: contact ways, customers, welcome messages, tags, transfers, group messages."""

import secrets
from collections.abc import Mapping

from cloud_connector.sandbox import cards
from cloud_connector.sandbox.cards import Json
from cloud_connector.sandbox.errors import WecomRefusal
from cloud_connector.sandbox.state import ContactWay, Follow, SandboxState, Transfer

STATE_CHARACTERS = 30
CONTACT_WAYS = 500_000
TRANSFERS = 2
TRANSFER_WINDOW_SECONDS = 90 * 86400
TRANSFER_SECONDS = 24 * 3600
ATTACHMENTS = 9
WAY_FIELDS = (
    "type",
    "scene",
    "remark",
    "skip_verify",
    "state",
    "user",
    "party",
    "style",
    "is_exclusive",
    "mark_source",
)


def check_users(state: SandboxState, names: object) -> list[str]:
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise WecomRefusal(40058, "user")
    for name in names:
        member = state.company.member(name)
        if member is None:
            raise WecomRefusal(40003)
        if not member.active or not member.customer_contact or not member.visible:
            raise WecomRefusal(84074)
    return names


def add_contact_way(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/add_contact_way. `is_temp` is for the medical industry only."""
    if body.get("is_temp"):
        raise WecomRefusal(48002, "is_temp: medical industry only")
    if len(state.customers.ways) >= CONTACT_WAYS:
        raise WecomRefusal(45009, "500000 contact ways")
    kind = cards.choice(body, "type", (1, 2), 0)
    cards.choice(body, "scene", (1, 2), 0)
    check_state(body)
    users = check_users(state, body.get("user"))
    if kind == 1 and len(users) != 1:
        raise WecomRefusal(40058, "type 1 has exactly one user")
    config_id = secrets.token_hex(16)
    fields = {"skip_verify": True, **{name: body[name] for name in WAY_FIELDS if name in body}}
    state.customers.ways[config_id] = ContactWay(config_id, fields)
    state.changed()
    return {"config_id": config_id, "qr_code": qr_url(state, config_id)}


def check_state(body: Json) -> None:
    if len(cards.text(body, "state")) > STATE_CHARACTERS:
        raise WecomRefusal(40058, f"state is longer than {STATE_CHARACTERS} characters")
    if len(cards.text(body, "remark")) > STATE_CHARACTERS:
        raise WecomRefusal(40058, f"remark is longer than {STATE_CHARACTERS} characters")


def qr_url(state: SandboxState, config_id: str) -> str:
    return f"{state.base_url}/sandbox/qr/{config_id}.png"


def way_of(state: SandboxState, body: Json) -> ContactWay:
    way = state.customers.ways.get(str(body.get("config_id", "")))
    if way is None:
        raise WecomRefusal(40058, "config_id")
    return way


def get_contact_way(state: SandboxState, body: Json) -> dict[str, object]:
    way = way_of(state, body)
    return {"contact_way": {"config_id": way.config_id, **way.fields, "qr_code": qr_url(state, way.config_id)}}


def list_contact_way(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/list_contact_way: pages of ids by cursor, `limit` ≤ 1000 (100 unless said)."""
    limit = body.get("limit", 100)
    cursor = cards.text(body, "cursor") or "0"
    if not isinstance(limit, int) or not 0 < limit <= 1000 or not cursor.isdigit():
        raise WecomRefusal(40058, "limit or cursor")
    start = int(cursor)
    ids = list(state.customers.ways)
    answer: dict[str, object] = {"contact_way": [{"config_id": one} for one in ids[start : start + limit]]}
    if start + limit < len(ids):
        answer["next_cursor"] = str(start + limit)
    return answer


def update_contact_way(state: SandboxState, body: Json) -> dict[str, object]:
    way = way_of(state, body)
    check_state(body)
    if "user" in body:
        users = check_users(state, body["user"])
        if way.fields["type"] == 1 and len(users) != 1:
            raise WecomRefusal(40058, "type 1 has exactly one user")
    changeable = ("remark", "skip_verify", "style", "state", "user", "party", "mark_source")
    way.fields.update({name: body[name] for name in changeable if name in body})
    return {}


def del_contact_way(state: SandboxState, body: Json) -> dict[str, object]:
    del state.customers.ways[way_of(state, body).config_id]
    return {}


def follow_user(follow: Follow) -> dict[str, object]:
    return {
        "userid": follow.userid,
        "remark": "",
        "description": "",
        "createtime": int(follow.since),
        "tags": [{"tag_id": tag, "type": 1} for tag in sorted(follow.tags)],
        "remark_mobiles": [],
        "state": follow.state,
        "add_way": 1,
        "oper_userid": follow.userid,
    }


def get(state: SandboxState, query: Json) -> dict[str, object]:
    """GET externalcontact/get: the customer and every member who follows it."""
    external = str(query.get("external_userid", ""))
    follows = [one for one in state.customers.follows.values() if one.external_userid == external]
    if external not in state.customers.names:
        raise WecomRefusal(40096)
    if not follows:
        raise WecomRefusal(84061)
    person = {"external_userid": external, "name": state.customers.names[external], "type": 1, "gender": 0}
    return {"external_contact": person, "follow_user": [follow_user(one) for one in follows]}


def list_customers(state: SandboxState, query: Json) -> dict[str, object]:
    """GET externalcontact/list: the customers of one member."""
    userid = str(query.get("userid", ""))
    check_users(state, [userid])
    mine = [one.external_userid for one in state.customers.follows.values() if one.userid == userid]
    if not mine:
        raise WecomRefusal(84061)
    return {"external_userid": mine}


def send_welcome_msg(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/send_welcome_msg: within 20 s of the event, once."""
    welcome = state.customers.welcomes.get(str(body.get("welcome_code", "")))
    if welcome is None or welcome.expires_at <= state.clock.now():
        raise WecomRefusal(41050)
    if welcome.sent is not None:
        raise WecomRefusal(41051)
    check_content(body)
    welcome.sent = {name: body[name] for name in ("text", "attachments") if name in body}
    state.changed()
    return {}


def check_content(body: Json) -> None:
    """Text or up to nine attachments, each with the part that its kind names."""
    attachments = cards.rows(body, "attachments", most=ATTACHMENTS)
    content = cards.text(cards.part(body, "text"), "content", most_bytes=4000)
    if not attachments and not content:
        raise WecomRefusal(40058, "text and attachments are both empty")
    for attachment in attachments:
        kind = attachment.get("msgtype")
        if kind not in ("image", "link", "miniprogram", "video", "file"):
            raise WecomRefusal(41065)
        if not isinstance(attachment.get(str(kind)), Mapping):
            raise WecomRefusal(40058, f"attachments.{kind}")


def follow_of(state: SandboxState, userid: str, external: str) -> Follow:
    if external not in state.customers.names:
        raise WecomRefusal(40096)
    follow = state.customers.follows.get((userid, external))
    if follow is None:
        raise WecomRefusal(84061)
    return follow


def mark_tag(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/mark_tag: idempotent."""
    follow = follow_of(state, cards.text(body, "userid"), cards.text(body, "external_userid"))
    add, remove = body.get("add_tag", []), body.get("remove_tag", [])
    if not isinstance(add, list) or not isinstance(remove, list) or not (add or remove):
        raise WecomRefusal(40058, "add_tag and remove_tag are both empty")
    if any(tag not in state.customers.tags for tag in (*add, *remove)):
        raise WecomRefusal(40068)
    follow.tags |= set(add)
    follow.tags -= set(remove)
    state.changed()
    return {}


def add_corp_tag(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/add_corp_tag: a group of tags."""
    names = [cards.text(row, "name", required=True) for row in cards.rows(body, "tag", least=1, most=3000)]
    if len(state.customers.tags) + len(names) > 3000:
        raise WecomRefusal(40058, "3000 tags")
    group_id = f"et{secrets.token_urlsafe(20)}"
    tags = [{"id": f"et{secrets.token_urlsafe(20)}", "name": name, "order": n} for n, name in enumerate(names)]
    state.customers.tags.update({str(tag["id"]): str(tag["name"]) for tag in tags})
    group: dict[str, object] = {"group_id": group_id, "group_name": cards.text(body, "group_name"), "tag": tags}
    state.customers.tag_groups[group_id] = group
    return {"tag_group": group}


def get_corp_tag_list(state: SandboxState, _body: Json) -> dict[str, object]:
    return {"tag_group": list(state.customers.tag_groups.values())}


def transfer_customer(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/transfer_customer: starts; done after 24 hours; 2 a customer in 90 days."""
    handover, takeover = cards.text(body, "handover_userid"), cards.text(body, "takeover_userid")
    ids = body.get("external_userid")
    if not isinstance(ids, list) or not 0 < len(ids) <= 100:
        raise WecomRefusal(40058, "external_userid")
    if len(cards.text(body, "transfer_success_msg")) > 200:
        raise WecomRefusal(40058, "transfer_success_msg")
    if handover == takeover:
        raise WecomRefusal(40130)
    check_users(state, [takeover])
    return {"customer": [start_transfer(state, str(one), handover, takeover) for one in ids]}


def start_transfer(state: SandboxState, external: str, handover: str, takeover: str) -> dict[str, object]:
    now = state.clock.now()
    mine = [one for one in state.customers.transfers if one.external_userid == external]
    recent = [one for one in mine if now - one.started_at < TRANSFER_WINDOW_SECONDS]
    errcode = 0
    if external not in state.customers.names:
        errcode = 40096
    elif (handover, external) not in state.customers.follows:
        errcode = 40131
    elif any(one.status == 2 for one in mine):
        errcode = 40129
    elif len(recent) >= TRANSFERS:
        errcode = 40128
    else:
        state.customers.transfers.append(Transfer(external, handover, takeover, now))
    return {"external_userid": external, "errcode": errcode}


def settle_transfers(state: SandboxState) -> None:
    """Move customers whose 24 hours are over."""
    now = state.clock.now()
    for one in state.customers.transfers:
        if one.status == 2 and now - one.started_at >= TRANSFER_SECONDS:
            one.status = 1
            old = state.customers.follows.pop((one.handover, one.external_userid), None)
            moved = Follow(one.takeover, one.external_userid, "", now, old.tags if old else set())
            state.customers.follows.setdefault((one.takeover, one.external_userid), moved)


def transfer_result(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/transfer_result: 1 done, 2 waiting."""
    settle_transfers(state)
    pair = (cards.text(body, "handover_userid"), cards.text(body, "takeover_userid"))
    mine = [one for one in state.customers.transfers if (one.handover, one.takeover) == pair]
    return {
        "customer": [
            {
                "external_userid": one.external_userid,
                "status": one.status,
                "takeover_time": int(one.started_at + TRANSFER_SECONDS),
            }
            for one in mine
        ]
    }


def add_msg_template(state: SandboxState, body: Json) -> dict[str, object]:
    """POST externalcontact/add_msg_template: only a task; the member must confirm it on the phone."""
    if body.get("chat_type", "single") != "single":
        raise WecomRefusal(40058, "chat_type")
    ids = body.get("external_userid")
    if not isinstance(ids, list) or not 0 < len(ids) <= 10_000:
        raise WecomRefusal(40058, "external_userid")
    sender = cards.text(body, "sender")
    if sender:
        check_users(state, [sender])
    check_content(body)
    known = {pair[1] for pair in state.customers.follows if not sender or pair[0] == sender}
    if not known & set(ids):
        raise WecomRefusal(84061)
    msgid = f"msg{secrets.token_urlsafe(20)}"
    state.customers.group_messages[msgid] = dict(body)
    state.changed()
    return {"fail_list": [one for one in ids if one not in known], "msgid": msgid}
