"""Checks behind `doctor` and the health page: what is well, what is not, each as a code that `health_words` words."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from smart4s_kiosk.app.workers import answers_within
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.ports.clock import Clock

CHECK_LIMIT_S = 5.0
_log = logging.getLogger(__name__)


class Level(IntEnum):
    """How much a finding matters; the colours of the health page."""

    GOOD = 0
    ADVICE = 1
    """Works, and could be safer or more complete."""
    WARNING = 2
    """A named ability does not work; the rest does."""
    BROKEN = 3
    """The showroom cannot work, or its data is not safe."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `code` is worded in `health_words`; `facts` fill the words and never name a person."""

    code: str
    level: Level
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One question about this machine, answered within CHECK_LIMIT_S or reported as too slow."""

    name: str
    """"camera", "database", "vault", "fonts", "models", "connector", "dns", "clock", "disk", "printer", ..."""
    ask: Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found."""

    name: str
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def level(self) -> Level:
        """The worst of its findings."""
        return max((finding.level for finding in self.findings), default=Level.GOOD)


def run_checks(checks: Iterable[Check], clock: Clock, limit_s: float = CHECK_LIMIT_S) -> tuple[CheckResult, ...]:
    """Run all checks at once; none holds up the others, and all is over after `limit_s`."""
    asked = {check.name: check for check in checks}
    outcomes = answers_within(limit_s, {name: _asking(check) for name, check in asked.items()}, clock)
    results = []
    for name, outcome in outcomes.items():
        findings = outcome.value
        if outcome.error is not None:
            findings = (_finding_of(name, outcome.error),)
        elif findings is None:
            findings = (Finding("check.too_slow", Level.WARNING, {"check": name, "limit_s": int(limit_s)}),)
        results.append(CheckResult(name, findings, outcome.seconds))
    return tuple(results)


def worst(results: Iterable[CheckResult]) -> Level:
    """The level of the whole machine."""
    return max((result.level for result in results), default=Level.GOOD)


def _asking(check: Check) -> Callable[[], tuple[Finding, ...]]:
    return lambda: tuple(check.ask())


def _finding_of(name: str, error: Exception) -> Finding:
    if not isinstance(error, ShowroomError):
        _log.error("check failed", exc_info=error, extra={"action": "health.failed", "check": name})
    code = error.code if isinstance(error, ShowroomError) else type(error).__name__
    return Finding("check.failed", Level.WARNING, {"check": name, "code": code})
