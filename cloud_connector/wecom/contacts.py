"""Customer contact: QR codes with a state, welcome messages, tags, transfers, group messages, uploads, callback IPs.

Of a customer's details only the id and the state of each follow relation are read; name, avatar, gender and unionid
stay in the answer and are dropped here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cloud_connector.wecom.caller import WeComCaller

STATE_LIMIT = 30
TRANSFER_LIMIT = 100
_CONTACT = "externalcontact"


@dataclass(frozen=True, slots=True)
class ContactWay:
    """A QR code that leads to a member. A lost `config_id` can never be deleted (500,000 per company)."""

    config_id: str
    qr_code: str = ""
    state: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Follower:
    """One member who has the customer as a contact, and by which of our codes they met."""

    userid: str
    state: str


class Contacts:
    """What the connector does about customers of WeCom."""

    def __init__(self, caller: WeComCaller) -> None:
        self._caller = caller

    def add_contact_way(self, userid: str, state: str, remark: str) -> ContactWay:
        """Make a QR code for one member (page 96348). Not idempotent: after a lost answer look with `contact_ways`."""
        if len(state) > STATE_LIMIT:
            raise ValueError("state is longer than 30 characters")
        answer = self._caller.post(
            f"{_CONTACT}/add_contact_way",
            {"type": 1, "scene": 2, "remark": remark, "skip_verify": True, "state": state, "user": [userid]},
        )
        return ContactWay(str(answer["config_id"]), str(answer.get("qr_code", "")), state, remark)

    def contact_way(self, config_id: str) -> ContactWay:
        """Read one QR code back."""
        found = self._caller.post(f"{_CONTACT}/get_contact_way", {"config_id": config_id}).get("contact_way") or {}
        return ContactWay(
            config_id, str(found.get("qr_code", "")), str(found.get("state", "")), str(found.get("remark", ""))
        )

    def update_contact_way(self, config_id: str, state: str) -> None:
        """Give a pooled QR code a new state."""
        if len(state) > STATE_LIMIT:
            raise ValueError("state is longer than 30 characters")
        self._caller.post(f"{_CONTACT}/update_contact_way", {"config_id": config_id, "state": state})

    def contact_ways(self, cursor: str = "", limit: int = 100) -> tuple[tuple[str, ...], str]:
        """Ids of QR codes and the cursor of the next page ("" at the end)."""
        payload: dict[str, Any] = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        answer = self._caller.post(f"{_CONTACT}/list_contact_way", payload)
        rows = answer.get("contact_way") or []
        return tuple(str(row["config_id"]) for row in rows), str(answer.get("next_cursor", ""))

    def delete_contact_way(self, config_id: str) -> None:
        """Remove a QR code."""
        self._caller.post(f"{_CONTACT}/del_contact_way", {"config_id": config_id})

    def send_welcome(self, welcome_code: str, text: str, attachments: Sequence[dict[str, Any]] = ()) -> None:
        """Greet a new contact: within 20 s of the event, once (page 92599)."""
        payload: dict[str, Any] = {"welcome_code": welcome_code, "text": {"content": text}}
        if attachments:
            payload["attachments"] = list(attachments)
        self._caller.post(f"{_CONTACT}/send_welcome_msg", payload)

    def followers(self, external_userid: str) -> tuple[Follower, ...]:
        """Who follows a customer, all pages (over 500 followers come in pages, page 96315)."""
        found: list[Follower] = []
        cursor = ""
        while True:
            query = {"external_userid": external_userid, **({"cursor": cursor} if cursor else {})}
            answer = self._caller.get(f"{_CONTACT}/get", query)
            rows = answer.get("follow_user") or []
            found += [Follower(str(row.get("userid", "")), str(row.get("state", ""))) for row in rows]
            following = str(answer.get("next_cursor", ""))
            if not following or following == cursor:
                return tuple(found)
            cursor = following

    def mark_tags(self, userid: str, external_userid: str, add: Sequence[str], remove: Sequence[str] = ()) -> None:
        """Set and clear tags of one customer of one member; may be repeated."""
        if not add and not remove:
            raise ValueError("no tag given")
        payload: dict[str, Any] = {"userid": userid, "external_userid": external_userid}
        payload |= {name: list(tags) for name, tags in (("add_tag", add), ("remove_tag", remove)) if tags}
        self._caller.post(f"{_CONTACT}/mark_tag", payload)

    def transfer(self, from_user: str, to_user: str, customers: Sequence[str], words: str = "") -> dict[str, int]:
        """Hand customers of a member at work to another; takes 24 h, twice in 90 days. Answers a code per customer."""
        extra = {"transfer_success_msg": words} if words else {}
        return self._transfer(f"{_CONTACT}/transfer_customer", from_user, to_user, customers, extra)

    def transfer_resigned(self, from_user: str, to_user: str, customers: Sequence[str]) -> dict[str, int]:
        """Hand customers of a member who left to another."""
        return self._transfer(f"{_CONTACT}/resigned/transfer_customer", from_user, to_user, customers, {})

    def _transfer(
        self, api: str, from_user: str, to_user: str, customers: Sequence[str], extra: dict[str, str]
    ) -> dict[str, int]:
        if not 1 <= len(customers) <= TRANSFER_LIMIT:
            raise ValueError("1 to 100 customers a call")
        people = {"handover_userid": from_user, "takeover_userid": to_user, "external_userid": list(customers)}
        rows = self._caller.post(api, {**people, **extra}).get("customer") or []
        return {str(row["external_userid"]): int(row.get("errcode", 0)) for row in rows}

    def add_group_message(self, sender: str, customers: Sequence[str], text: str) -> tuple[str, tuple[str, ...]]:
        """Prepare a message that the member must confirm. Never repeat after a lost answer: there would be two."""
        answer = self._caller.post(
            f"{_CONTACT}/add_msg_template",
            {"chat_type": "single", "external_userid": list(customers), "sender": sender, "text": {"content": text}},
        )
        return str(answer.get("msgid", "")), tuple(str(name) for name in answer.get("fail_list") or [])

    def upload(self, kind: str, name: str, content: bytes) -> str:
        """Upload an image, voice, video or file (over 5 bytes); the media id lives 3 days (page 96484)."""
        if len(content) <= 5:
            raise ValueError("WeCom takes files of more than five bytes")
        return str(self._caller.upload("media/upload", name, content, {"type": kind})["media_id"])

    def callback_addresses(self) -> tuple[str, ...]:
        """From which addresses WeCom calls back."""
        return tuple(str(address) for address in self._caller.get("getcallbackip").get("ip_list") or [])
