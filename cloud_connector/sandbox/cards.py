"""The limits of template cards, checked as the published documentation states them (document/path/90236)."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cloud_connector.sandbox.errors import WecomRefusal

Json: TypeAlias = Mapping[str, object]

CARD_TYPES = ("text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction")
INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")
TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
ADVISED = {"title": 36, "desc": 44}
"""Characters beyond which a phone cuts the text; WeCom advises, it does not refuse."""


def illegal(detail: str) -> WecomRefusal:
    return WecomRefusal(40058, detail)


def part(card: Json, name: str) -> Json:
    value = card.get(name, {})
    if not isinstance(value, Mapping):
        raise illegal(f"{name} must be an object")
    return value


def rows(card: Json, name: str, *, most: int, least: int = 0) -> Sequence[Json]:
    """The list `name` of `card` with `least` to `most` objects."""
    value = card.get(name, [])
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise illegal(f"{name} must be a list of objects")
    if not least <= len(value) <= most:
        raise illegal(f"{name} must have {least} to {most} items, has {len(value)}")
    return value


def text(card: Json, name: str, *, required: bool = False, most_bytes: int | None = None) -> str:
    value = card.get(name, "")
    if not isinstance(value, str):
        raise illegal(f"{name} must be text")
    if required and not value:
        raise illegal(f"{name} is required")
    if most_bytes is not None and len(value.encode()) > most_bytes:
        raise illegal(f"{name} is longer than {most_bytes} bytes")
    return value


def choice(card: Json, name: str, allowed: tuple[int, ...], default: int) -> int:
    value = card.get(name, default)
    if not isinstance(value, int) or value not in allowed:
        raise illegal(f"{name} must be one of {allowed}")
    return value


def calls_back(card: Json) -> bool:
    """Whether pressing something on this card reaches the app: it then has a task id and a response code."""
    return card.get("card_type") in INTERACTIVE or bool(card.get("action_menu"))


def check(card: Json, *, known_media: frozenset[str], known_users: frozenset[str]) -> None:
    """Raise WecomRefusal when WeCom would refuse this card. Uniqueness of the task id is the sender's to check."""
    kind = card.get("card_type")
    if kind not in CARD_TYPES:
        raise illegal("card_type")
    if calls_back(card):
        check_task_id(card)
    choice(part(card, "source"), "desc_color", (0, 1, 2, 3), 0)
    title = part(card, "main_title")
    has_title = bool(text(title, "title"))
    if kind == "text_notice":
        if not has_title and not text(card, "sub_title_text"):
            raise illegal("main_title.title or sub_title_text is required")
    elif not has_title:
        raise illegal("main_title.title is required")
    check_facts(card, known_media, known_users)
    check_links(card)
    if kind in ("text_notice", "news_notice"):
        check_card_action(card)
    by_kind = {
        "news_notice": check_news,
        "button_interaction": check_buttons,
        "vote_interaction": check_vote,
        "multiple_interaction": check_multiple,
    }
    if kind in by_kind:
        by_kind[str(kind)](card)


def check_task_id(card: Json) -> None:
    task_id = card.get("task_id")
    if not isinstance(task_id, str) or not TASK_ID.fullmatch(task_id):
        raise WecomRefusal(42014, "task_id must be 1 to 128 of [0-9A-Za-z_-@]")


def check_facts(card: Json, known_media: frozenset[str], known_users: frozenset[str]) -> None:
    for row in rows(card, "horizontal_content_list", most=6):
        text(row, "keyname", required=True)
        text(row, "value")
        kind = choice(row, "type", (0, 1, 2, 3), 0)
        if kind == 1:
            text(row, "url", required=True)
        if kind == 2 and text(row, "media_id", required=True) not in known_media:
            raise WecomRefusal(40007)
        if kind == 3 and text(row, "userid", required=True).lower() not in known_users:
            raise WecomRefusal(40003)
    for row in rows(card, "vertical_content_list", most=4):
        text(row, "title", required=True)


def check_links(card: Json) -> None:
    for row in rows(card, "jump_list", most=3):
        text(row, "title", required=True)
        if choice(row, "type", (0, 1, 2), 0) == 1:
            text(row, "url", required=True)
    if card.get("action_menu"):
        menu = part(card, "action_menu")
        text(menu, "desc")
        for row in rows(menu, "action_list", least=1, most=3):
            text(row, "text", required=True)
            text(row, "key", required=True, most_bytes=1024)


def check_card_action(card: Json) -> None:
    action = card.get("card_action")
    if not isinstance(action, Mapping):
        raise WecomRefusal(42045)
    kind = action.get("type")
    needed = {1: "url", 2: "appid"}.get(kind) if isinstance(kind, int) else None
    if needed is None or not action.get(needed):
        raise WecomRefusal(42045)


def check_news(card: Json) -> None:
    if not card.get("card_image") and not card.get("image_text_area"):
        raise illegal("card_image or image_text_area is required")
    if card.get("card_image"):
        image = part(card, "card_image")
        text(image, "url", required=True)
        ratio = image.get("aspect_ratio", 1.3)
        if not isinstance(ratio, int | float) or not 1.3 <= ratio <= 2.25:
            raise illegal("card_image.aspect_ratio must be 1.3 to 2.25")


def check_buttons(card: Json) -> None:
    if card.get("button_selection"):
        check_selection(part(card, "button_selection"))
    keys = []
    for button in rows(card, "button_list", least=1, most=6):
        if not text(button, "text"):
            raise WecomRefusal(42020)
        choice(button, "style", (1, 2, 3, 4), 1)
        if choice(button, "type", (0, 1), 0) == 1:
            text(button, "url", required=True)
            continue
        keys.append(check_key(button))
    if len(keys) != len(set(keys)):
        raise WecomRefusal(42018, "button keys must differ")


def check_key(button: Json) -> str:
    key = text(button, "key")
    if not key:
        raise WecomRefusal(42019)
    if len(key.encode()) > 1024:
        raise WecomRefusal(42018, "longer than 1024 bytes")
    return key


def check_selection(selection: Json) -> None:
    text(selection, "question_key", required=True, most_bytes=1024)
    check_options(selection, most=10)
    chosen = text(selection, "selected_id")
    if chosen and chosen not in option_ids(selection):
        raise illegal("selected_id is not an option")


def check_options(selection: Json, *, most: int) -> None:
    options = rows(selection, "option_list", least=1, most=most)
    for option in options:
        text(option, "id", required=True, most_bytes=128)
        text(option, "text", required=True)
    if len(option_ids(selection)) != len(options):
        raise illegal("option ids must differ")


def option_ids(selection: Json) -> set[object]:
    return {option.get("id") for option in rows(selection, "option_list", most=1000)}


def check_vote(card: Json) -> None:
    box = part(card, "checkbox")
    text(box, "question_key", required=True, most_bytes=1024)
    choice(box, "mode", (0, 1), 0)
    check_options(box, most=20)
    check_submit(card)


def check_multiple(card: Json) -> None:
    for selection in rows(card, "select_list", least=1, most=3):
        check_selection(selection)
    check_submit(card)


def check_submit(card: Json) -> None:
    submit = part(card, "submit_button")
    if not text(submit, "text"):
        raise WecomRefusal(42020)
    check_key(submit)


def advice(card: Json) -> list[str]:
    """What a phone would cut: texts longer than advised."""
    title = part(card, "main_title")
    long = [f"main_title.{name}" for name, most in ADVISED.items() if len(str(title.get(name, ""))) > most]
    buttons = rows(card, "button_list", most=1000)
    return long + [f"button_list[{n}].text" for n, row in enumerate(buttons) if len(str(row.get("text", ""))) > 10]
