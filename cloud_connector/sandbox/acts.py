"""What people do on their phones: press a button on a card, scan a code, leave; each tells the app."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cloud_connector.sandbox import cards
from cloud_connector.sandbox.callbacks import CallbackSender, Delivery
from cloud_connector.sandbox.cards import Json
from cloud_connector.sandbox.errors import WecomRefusal
from cloud_connector.sandbox.messages import apply_change, checked_change
from cloud_connector.sandbox.state import Entry, Follow, SandboxState, Welcome
from cloud_connector.sandbox.xml import Field

WELCOME_SECONDS = 20


class NotPressable(Exception):
    """There is no such button on that phone now."""


@dataclass(frozen=True, slots=True)
class Press:
    """One press: the key of the button and what was chosen in the card's drop-downs."""

    userid: str
    task_id: str
    key: str
    chosen: Mapping[str, Sequence[str]]


def entry_of(state: SandboxState, userid: str, task_id: str) -> Entry:
    for entry in reversed(state.phone(userid)):
        card = entry.card or {}
        if task_id in (entry.message.task_id, card.get("task_id")):
            if entry.message.recalled:
                raise NotPressable("the card was recalled")
            if entry.replaced is not None:
                raise NotPressable("the card was answered")
            return entry
    raise NotPressable("no such card on this phone")


def keys_of(card: Json) -> set[str]:
    """Keys that can be pressed: call-back buttons, the submit button, entries of the menu."""
    buttons = [row for row in cards.rows(card, "button_list", most=6) if row.get("type", 0) == 0]
    menu = cards.rows(cards.part(card, "action_menu"), "action_list", most=3)
    submit = cards.part(card, "submit_button")
    return {str(row["key"]) for row in [*buttons, *menu, *([submit] if submit else [])]}


def selections(card: Json) -> list[Json]:
    """The card's questions: its drop-down, its drop-downs, or its vote."""
    single = [cards.part(card, name) for name in ("button_selection", "checkbox") if card.get(name)]
    return [*single, *cards.rows(card, "select_list", most=3)]


def chosen_items(card: Json, chosen: Mapping[str, Sequence[str]]) -> list[Field]:
    """`SelectedItem` elements: what was picked, else what stands preselected."""
    items: list[Field] = []
    for question in selections(card):
        name = str(question["question_key"])
        preset = question.get("selected_id")
        picked = list(chosen.get(name, [str(preset)] if preset else []))
        if not set(picked) <= cards.option_ids(question):
            raise NotPressable(f"no such option for {name}")
        options: list[Field] = [("OptionId", one) for one in picked]
        if options:
            items.append(("SelectedItem", [("QuestionKey", name), ("OptionIds", options)]))
    return items


async def press(state: SandboxState, sender: CallbackSender, act: Press) -> tuple[Delivery, Entry]:
    """Press a button: the app gets a template_card_event and may answer at once with a changed card."""
    entry = entry_of(state, act.userid, act.task_id)
    card = entry.card or {}
    if act.key not in keys_of(card):
        raise NotPressable("no such button")
    member = state.company.member(act.userid)
    assert member is not None
    in_menu = act.key in {row.get("key") for row in cards.rows(cards.part(card, "action_menu"), "action_list", most=3)}
    event = "template_card_menu_event" if in_menu else "template_card_event"
    fields: list[Field] = [
        ("ToUserName", state.company.corp_id),
        ("FromUserName", member.userid),
        ("CreateTime", int(state.clock.now())),
        ("MsgType", "event"),
        ("Event", event),
        ("EventKey", act.key),
        ("TaskId", act.task_id),
        ("CardType", str(card.get("card_type", ""))),
        ("ResponseCode", state.new_code(entry.message.msgid)),
        ("AgentID", state.company.agent_id),
    ]
    picked = chosen_items(card, act.chosen)
    if picked:
        fields.append(("SelectedItems", picked))
    entry.presses.append(act.key)
    delivery = await sender.tell(event, fields, for_app=True)
    apply_reply(state, entry, delivery)
    state.changed()
    return delivery, entry


def apply_reply(state: SandboxState, entry: Entry, delivery: Delivery) -> None:
    """A passive reply changes the card of the one who pressed, when it is a reply to that one."""
    reply = delivery.reply
    if reply is None:
        return
    if str(reply.get("to", "")).lower() != entry.userid:
        delivery.problem = "reply is for somebody else"
        return
    body = {"button": {"replace_name": reply.get("replace_name", "")}, "template_card": reply.get("template_card")}
    try:
        apply_change(entry, checked_change(state, body))
    except WecomRefusal as refusal:
        delivery.problem = f"reply refused: {refusal}"


def external_id(name: str) -> str:
    """A customer's opaque id; the same customer always has the same one."""
    return "wm" + hashlib.sha256(name.encode()).hexdigest()[:30]


async def scan(state: SandboxState, sender: CallbackSender, config_id: str, name: str, kind: str) -> dict[str, object]:
    """A customer scans a contact code. `kind`: "full", "half" (not confirmed yet) or "both".

    A customer who is the member's friend already causes no event and carries no State, as on the real platform.
    """
    way = state.customers.ways.get(config_id)
    if way is None:
        raise NotPressable("no such contact way")
    users = way.fields["user"]
    assert isinstance(users, list)
    userid, external = str(users[0]), external_id(name)
    if (userid, external) in state.customers.follows:
        return {"external_userid": external, "already_friend": True, "deliveries": []}
    state.customers.names[external] = name
    mark = str(way.fields.get("state", ""))
    state.customers.follows[userid, external] = Follow(userid, external, mark, state.clock.now())
    code = secrets.token_urlsafe(30)
    state.customers.welcomes[code] = Welcome(userid, external, state.clock.now() + WELCOME_SECONDS)
    state.changed()
    kinds = {"full": ["add"], "half": ["add_half"], "both": ["add_half", "add"]}[kind]
    deliveries = []
    for change in kinds:
        extra: list[Field] = [("State", mark)] if mark else []
        # Once the half-add event has carried the code, the full one comes without it.
        extra += [("WelcomeCode", code)] if change == kinds[0] else []
        deliveries.append(await tell_contact(state, sender, f"{change}_external_contact", userid, external, extra))
    return {"external_userid": external, "already_friend": False, "welcome_code": code, "deliveries": deliveries}


async def leave(state: SandboxState, sender: CallbackSender, userid: str, external: str, by: str) -> Delivery:
    """A friendship ends: `by` "member" (del_external_contact) or "customer" (del_follow_user)."""
    if state.customers.follows.pop((userid, external), None) is None:
        raise NotPressable("not friends")
    state.changed()
    change = "del_external_contact" if by == "member" else "del_follow_user"
    return await tell_contact(state, sender, change, userid, external, [])


async def tell_contact(
    state: SandboxState, sender: CallbackSender, change: str, userid: str, external: str, extra: list[Field]
) -> Delivery:
    fields: list[Field] = [
        ("ToUserName", state.company.corp_id),
        ("FromUserName", "sys"),
        ("CreateTime", int(state.clock.now())),
        ("MsgType", "event"),
        ("Event", "change_external_contact"),
        ("ChangeType", change),
        ("UserID", userid),
        ("ExternalUserID", external),
        *extra,
    ]
    return await sender.tell(change, fields, for_app=False)
