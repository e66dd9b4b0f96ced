"""The four kinds of error. Each class has a stable `code`; its docstring is the default English message.

`RuleBroken`: the business says no. `NotAllowed`, `NotFound`: who or what. `Unavailable`: a device, disk, network
or service is away. Anything else is a bug. Words for people stand in `ui/wording.py`, keyed by `code`; `facts`
carries the values that the words need (ids, limits, dates), never personal data.
"""

from collections.abc import Mapping
from typing import ClassVar


class ShowroomError(Exception):
    """Something expected went wrong."""

    code: ClassVar[str] = "showroom.error"

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        details = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        summary = (type(self).__doc__ or "").strip().splitlines()[0]
        super().__init__(f"{summary} ({details})" if details else summary)


class RuleBroken(ShowroomError):
    """The business says no."""

    code = "rule.broken"


class NotAllowed(ShowroomError):
    """This person may not do this."""

    code = "not.allowed"


class NotFound(ShowroomError):
    """What was asked for does not exist."""

    code = "not.found"


class Unavailable(ShowroomError):
    """A device, disk, network or service is away."""

    code = "unavailable"

    def __init__(self, what: str, *, waiting_helps: bool = True, **facts: object) -> None:
        self.what = what
        self.waiting_helps = waiting_helps
        super().__init__(what=what, waiting_helps=waiting_helps, **facts)


class VersionConflict(RuleBroken):
    """Somebody else changed this in the meantime."""

    code = "version.conflict"
