"""Everything the sandbox remembers: tokens, messages on phones, response codes, media, customers."""

import secrets
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from cloud_connector.sandbox.cards import Json
from cloud_connector.sandbox.company import Company, SandboxClock
from cloud_connector.sandbox.crypto import Envelope
from cloud_connector.sandbox.faults import Faults

TOKEN_SECONDS = 7200
CODE_SECONDS = 72 * 3600
MEDIA_SECONDS = 3 * 86400


@dataclass(slots=True)
class Message:
    """One message as it was sent; `entries` are its copies on phones."""

    msgid: str
    kind: str
    content: Json
    task_id: str
    sent_at: float
    recalled: bool = False


@dataclass(slots=True)
class Entry:
    """A message on one member's phone; a card may have changed since it came."""

    message: Message
    userid: str
    card: Json | None
    replaced: str | None = None
    presses: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ResponseCode:
    msgid: str
    expires_at: float
    used: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    kind: str
    name: str
    data: bytes
    expires_at: float


@dataclass(slots=True)
class ContactWay:
    config_id: str
    fields: dict[str, object]


@dataclass(slots=True)
class Follow:
    """One member's relation to one customer."""

    userid: str
    external_userid: str
    state: str
    since: float
    tags: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Welcome:
    userid: str
    external_userid: str
    expires_at: float
    sent: Json | None = None


@dataclass(slots=True)
class Transfer:
    external_userid: str
    handover: str
    takeover: str
    started_at: float
    status: int = 2


@dataclass(slots=True)
class Customers:
    """The customer-contact side of the company."""

    ways: dict[str, ContactWay] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    follows: dict[tuple[str, str], Follow] = field(default_factory=dict)
    welcomes: dict[str, Welcome] = field(default_factory=dict)
    tag_groups: dict[str, dict[str, object]] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    transfers: list[Transfer] = field(default_factory=list)
    group_messages: dict[str, Json] = field(default_factory=dict)


class SandboxState:
    """The whole memory of one sandbox. Only the event loop touches it, so every call is atomic."""

    def __init__(self, company: Company, clock: SandboxClock) -> None:
        self.company = company
        self.clock = clock
        self.faults = Faults()
        self.envelope = Envelope(company.token, company.encoding_aes_key, company.corp_id)
        self.tokens: dict[str, float] = {}
        self.wrong_secrets: deque[float] = deque(maxlen=5000)
        self.token_fetches = 0
        self.messages: dict[str, Message] = {}
        self.entries: list[Entry] = []
        self.task_ids: dict[str, str] = {}
        self.codes: dict[str, ResponseCode] = {}
        self.media: dict[str, Media] = {}
        self.customers = Customers()
        self.calls: deque[dict[str, object]] = deque(maxlen=5000)
        self.dropped = 0
        self.callback_url: str | None = None
        self.base_url = "http://127.0.0.1"
        self.version = 0

    def changed(self) -> None:
        """Phones that watch this number refresh."""
        self.version += 1

    def issue_token(self) -> str:
        """The valid token, or a new one; the documentation promises repeats within its life, no more."""
        now = self.clock.now()
        self.token_fetches += 1
        for token, expires_at in self.tokens.items():
            if expires_at > now + 60:
                return token
        token = secrets.token_urlsafe(160)
        self.tokens[token] = now + TOKEN_SECONDS
        return token

    def new_code(self, msgid: str) -> str:
        code = secrets.token_urlsafe(48)
        self.codes[code] = ResponseCode(msgid, self.clock.now() + CODE_SECONDS)
        return code

    def live_media(self) -> frozenset[str]:
        now = self.clock.now()
        return frozenset(media_id for media_id, media in self.media.items() if media.expires_at > now)

    def phone(self, userid: str) -> list[Entry]:
        """What stands on that member's phone, oldest first."""
        return [entry for entry in self.entries if entry.userid == userid.lower()]

    def entries_of(self, msgid: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.message.msgid == msgid]

    def note_call(self, api: str, request: Mapping[str, object], errcode: int) -> None:
        self.calls.append({"at": self.clock.now(), "api": api, "request": dict(request), "errcode": errcode})
