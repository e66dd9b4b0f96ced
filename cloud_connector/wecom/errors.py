"""What WeCom's error codes mean for us: repeat, renew the token, wait, stop, or give up.

Sources: the global error code page (90313) and the pages of each call, read in November 2026.
"""

import re
from enum import StrEnum


class Policy(StrEnum):
    """What to do about a code."""

    RETRY = "retry"
    """Again with back-off, a few times."""
    RENEW = "renew"
    """The token is no longer good: renew once, repeat once."""
    WAIT = "wait"
    """Too often: leave this API alone for a window."""
    STOP = "stop"
    """The app's settings are wrong: every further call makes it worse (an IP is banned for an hour)."""
    STOP_CAPABILITY = "stop_capability"
    """This app may not use this API until an administrator allows it."""
    BLOCKED = "blocked"
    """Our address is not trusted: look again once a minute."""
    DEAD = "dead"
    """This message cannot succeed."""
    DONE = "done"
    """It has already happened."""
    UPLOAD_AGAIN = "upload_again"
    """The media id (3 days) is gone."""
    MISSED = "missed"
    """The welcome's 20 seconds are over."""
    UNBOUND = "unbound"
    """The customer is no longer a contact of this member."""


SYSTEM_BUSY = -1
TASK_ID_EXISTS = 42014
ALL_RECIPIENTS_INVALID = 81013
CONCURRENCY = 45033
PASSING = frozenset({SYSTEM_BUSY, CONCURRENCY})
"""WeCom's own troubles, which end: a message is not given up for them as for a code that nobody knows."""
_POLICIES: dict[int, Policy] = {
    SYSTEM_BUSY: Policy.RETRY,
    40001: Policy.STOP,  # invalid secret
    40091: Policy.STOP,  # invalid secret
    40013: Policy.STOP,  # invalid corpid
    301002: Policy.STOP,  # agentid not covered by this token
    40003: Policy.DEAD,  # invalid userid
    40007: Policy.UPLOAD_AGAIN,
    40014: Policy.RENEW,
    42001: Policy.RENEW,
    40058: Policy.DEAD,  # illegal parameter: our bug
    40068: Policy.DEAD,  # tag id missing
    40096: Policy.DEAD,  # illegal external_userid
    41050: Policy.MISSED,
    41051: Policy.DONE,  # already chatting
    41096: Policy.RETRY,  # another app is sending the welcome; it may still fail
    TASK_ID_EXISTS: Policy.DONE,  # our own task id: the card was sent
    42045: Policy.DEAD,  # template_card.card_action missing: our bug
    45009: Policy.WAIT,
    CONCURRENCY: Policy.RETRY,
    48002: Policy.STOP_CAPABILITY,
    60011: Policy.DEAD,  # member outside the app's visible range
    60020: Policy.BLOCKED,
    ALL_RECIPIENTS_INVALID: Policy.DEAD,
    84061: Policy.UNBOUND,
    90500: Policy.DEAD,  # group owner has not resigned
}
_SECRETS = re.compile(r"(access_token|corpsecret)=[^&\s]+")
_HINT = re.compile(r"hint: \[([^\]]{1,80})\]")


def policy_of(code: int) -> Policy:
    """What to do about `code`; an unknown one is tried again a few times, then given up."""
    return _POLICIES.get(code, Policy.RETRY)


class WeComRefused(Exception):
    """WeCom answered with an error code."""

    def __init__(self, api: str, code: int, message: str = "") -> None:
        self.api = api
        self.code = code
        found = _HINT.search(message)
        self.hint = found[1] if found else ""
        """WeCom's own trace, to be quoted to its support."""
        super().__init__(f"{api}: errcode {code} hint [{self.hint}]")

    @property
    def policy(self) -> Policy:
        return policy_of(self.code)


class WeComUnreachable(Exception):
    """No usable answer. `maybe_done`: the request may have been carried out all the same."""

    def __init__(self, api: str, why: str, *, maybe_done: bool) -> None:
        self.api = api
        self.maybe_done = maybe_done
        super().__init__(f"{api}: " + _SECRETS.sub(r"\1=***", why))


class AppStopped(Exception):
    """The app was stopped after a refusal that only an administrator can mend; no call was made."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"stopped after errcode {code}")
