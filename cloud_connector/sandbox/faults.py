"""Faults that a tester switches on: what the real WeCom does on a bad day."""

from dataclasses import dataclass, replace

ERROR_CODES = {
    "busy": -1,
    "token_invalid": 40014,
    "token_expired": 42001,
    "frequency": 45009,
    "concurrency": 45033,
    "not_permitted": 48002,
    "ip_not_trusted": 60020,
}
API_FAULTS = frozenset({*ERROR_CODES, "timeout_before_commit", "timeout_after_commit", "slow", "http_502"})
CALLBACK_FAULTS = frozenset({"callback_duplicate", "callback_reorder", "callback_lost"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One switched-on fault. `api` "*" means every call that carries a token; `times` None means until cleared."""

    name: str
    api: str = "*"
    times: int | None = None
    seconds: float = 30.0

    def hits(self, api: str) -> bool:
        return self.api == api or (self.api == "*" and api != "gettoken")


class Faults:
    """The faults switched on now; taking one counts it down."""

    def __init__(self) -> None:
        self._active: list[Fault] = []

    def switch_on(self, fault: Fault) -> None:
        """Add a fault; raises ValueError when no such fault exists."""
        if fault.name not in API_FAULTS | CALLBACK_FAULTS:
            raise ValueError(f"unknown fault {fault.name}")
        self._active.append(fault)

    def clear(self, name: str | None = None) -> None:
        self._active = [] if name is None else [fault for fault in self._active if fault.name != name]

    def list(self) -> list[Fault]:
        return list(self._active)

    def take(self, names: frozenset[str], api: str = "*") -> Fault | None:
        """The first active fault among `names` that concerns `api`, counted down."""
        for index, fault in enumerate(self._active):
            if fault.name in names and (fault.hits(api) or fault.name in CALLBACK_FAULTS):
                if fault.times is not None:
                    left = fault.times - 1
                    self._active[index : index + 1] = [replace(fault, times=left)] if left else []
                return fault
        return None
