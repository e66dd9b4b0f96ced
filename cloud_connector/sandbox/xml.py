"""The little XML that WeCom speaks in callbacks and passive replies."""

import re
from collections.abc import Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element  # only as a type: parsing is defusedxml's

from defusedxml import ElementTree

from cloud_connector.sandbox.crypto import BadMessage

Field: TypeAlias = "tuple[str, str | int | Sequence[Field]]"


SPELLED_TOGETHER = {
    "check_box": "checkbox",
    "key_name": "keyname",
    "user_id": "userid",
    "app_id": "appid",
    "page_path": "pagepath",
}


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def build(fields: Sequence[Field], root: str = "xml") -> str:
    """`fields` as XML: text in CDATA, numbers bare, sequences nested."""
    parts = []
    for name, value in fields:
        if isinstance(value, str):
            parts.append(f"<{name}>{cdata(value)}</{name}>")
        elif isinstance(value, int):
            parts.append(f"<{name}>{value}</{name}>")
        else:
            parts.append(build(value, name))
    return f"<{root}>{''.join(parts)}</{root}>"


def parse(text: str) -> Element:
    try:
        return ElementTree.fromstring(text, forbid_dtd=True)
    except (ElementTree.ParseError, ValueError) as error:
        raise BadMessage("not XML") from error


def text_of(root: Element, path: str) -> str:
    return (root.findtext(path) or "").strip()


def snake(tag: str) -> str:
    """`HorizontalContentList` → `horizontal_content_list`, as the JSON form of a card calls it."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", tag).lower()
    return SPELLED_TOGETHER.get(name, name)


def card_of(element: Element) -> dict[str, object]:
    """A `TemplateCard` element in the JSON form: repeated `...List` elements become lists."""
    card: dict[str, object] = {}
    for child in element:
        name = snake(child.tag)
        value: object = card_of(child) if len(child) else number_or_text(name, (child.text or "").strip())
        if name.endswith("_list"):
            rows = card.setdefault(name, [])
            assert isinstance(rows, list)
            rows.append(value)
        else:
            card[name] = value
    return card


def number_or_text(name: str, text: str) -> object:
    if name == "aspect_ratio":
        return float(text) if text.replace(".", "", 1).isdigit() else text
    numeric = name in {"type", "style", "desc_color", "mode", "disable", "is_checked"}
    return int(text) if numeric and text.lstrip("-").isdigit() else text
