"""The company, app and people that the sandbox plays, and the clock that tests may wind forward."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Member:
    """One employee. `visible`: inside the app's visible range; `customer_contact`: may add customers."""

    userid: str
    name: str
    title: str = ""
    active: bool = True
    visible: bool = True
    licensed: bool = True
    customer_contact: bool = True


DEFAULT_MEMBERS = (
    Member("wangjing", "王静", "销售顾问"),
    Member("heyu", "何屿", "销售顾问"),
    Member("luoyiming", "罗一鸣", "高级顾问"),
    Member("lisi", "李四", "销售顾问"),
)


@dataclass(frozen=True, slots=True)
class Company:
    """What an administrator would see in the console of one company with one app."""

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    members: tuple[Member, ...] = DEFAULT_MEMBERS
    app_name: str = "展厅接待"

    def member(self, userid: str) -> Member | None:
        """The member of that id; WeCom compares ids without regard to case."""
        wanted = userid.lower()
        return next((member for member in self.members if member.userid.lower() == wanted), None)


class BadMembersFile(Exception):
    """The members file is not a list of objects with `userid` and `name`."""


def read_members(path: Path) -> tuple[Member, ...]:
    """Members from a JSON list of `{"userid","name","title"?,"active"?,"visible"?,...}`."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Member(**row) for row in rows)
    except (TypeError, ValueError) as error:
        raise BadMembersFile(f"{path}: {error}") from error


class SandboxClock:
    """Wall time plus what tests have added: expiry without waiting."""

    def __init__(self) -> None:
        self._offset = 0.0

    def now(self) -> float:
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        self._offset += seconds
