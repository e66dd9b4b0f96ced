"""How long until a consultant is there: what a waiting guest is told, from the visits that are running now.

A visit's length follows a log-normal law whose two numbers come from the store's own closed visits. For each
consultant the chance of being free by some minute follows from how long the present visit lasts already; summing
these chances gives how many consultants come free by then, and the guest at place k waits for the k-th.
"""

import math
import operator
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist, fmean, pstdev

STEP_S = 120.0
HORIZON_STEPS = 90
"""Three hours in steps of two minutes: nobody is told a longer wait."""
LEAST_HISTORY = 20
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """How long visits last: log-normal, `mean_s` seconds on average, `sigma` the spread of the logarithm."""

    mean_s: float = 2700.0
    sigma: float = 0.4

    @classmethod
    def of(cls, lengths_s: Sequence[float], otherwise: "ServiceTimes") -> "ServiceTimes":
        """From the lengths of closed visits; `otherwise` while there are fewer than 20."""
        logs = [math.log(one) for one in lengths_s if one > 0]
        if len(logs) < LEAST_HISTORY:
            return otherwise
        sigma = max(0.05, pstdev(logs))
        return cls(math.exp(fmean(logs) + sigma**2 / 2), sigma)

    @property
    def _mu(self) -> float:
        return math.log(self.mean_s) - self.sigma**2 / 2

    def chance_over_by(self, seconds: float) -> float:
        """The chance that a visit lasts at most `seconds`."""
        return _NORMAL.cdf((math.log(seconds) - self._mu) / self.sigma) if seconds > 0 else 0.0

    def remaining_s(self, elapsed_s: float, chance: float = 0.5) -> float:
        """Seconds within which a visit that lasts `elapsed_s` already ends with that chance (0.5: the median)."""
        past = self.chance_over_by(elapsed_s)
        if past > 0.999:
            return 120.0  # far beyond any usual visit: it may end any minute
        whole = math.exp(self._mu + self.sigma * _NORMAL.inv_cdf(past + (1 - past) * chance))
        return max(0.0, whole - elapsed_s)


@dataclass(frozen=True, slots=True)
class Absence:
    """A break that is planned or owed: begins `in_s` seconds from now and lasts `lasts_s`."""

    in_s: float
    lasts_s: float


@dataclass(frozen=True, slots=True)
class Engaged:
    """One consultant as an estimate sees them: with a guest for `elapsed_s`, or back (from a break) at `back_in_s`."""

    elapsed_s: float | None = None
    back_in_s: float = 0.0
    absences: tuple[Absence, ...] = ()


def come_free(team: Sequence[Engaged], times: ServiceTimes) -> tuple[float, ...]:
    """How many consultants have come free by the end of each step from now, on average, the same one counted again."""
    first = _first_releases(team, times)
    again = _releases_after_one(times)
    counts: list[float] = []
    reached = 0.0
    for step in range(HORIZON_STEPS):
        reached += first[step] + sum(map(operator.mul, first[:step], again[step:0:-1]))
        counts.append(max(reached, counts[-1]) if counts else max(0.0, reached))
    return tuple(counts)


def wait_s(place: float, counts: Sequence[float]) -> float | None:
    """Median seconds until a consultant is free for the guest at `place` (1 is next); None beyond the horizon.

    `counts` is what `come_free` says now. The median guest at place k is reached when k - 0.5 have come free.
    """
    wanted = place - 0.5
    step = bisect_left(counts, wanted)
    if step >= len(counts):
        return None
    before = counts[step - 1] if step else 0.0
    return (step + (wanted - before) / (counts[step] - before)) * STEP_S


def _first_releases(team: Sequence[Engaged], times: ServiceTimes) -> list[float]:
    """How many of the team can take a guest for the first time in each step from now, on average."""
    total = [0.0] * HORIZON_STEPS
    for one in team:
        steps = _release_of(one, times)
        for absence in one.absences:
            steps = _with_break(steps, absence, times)
        total = list(map(operator.add, total, steps))
    return total


def _release_of(one: Engaged, times: ServiceTimes) -> Sequence[float]:
    """The chance of one consultant's coming free in each step, breaks apart."""
    if one.elapsed_s is not None:
        return _release_after(times, min(_step(one.elapsed_s), HORIZON_STEPS))
    steps = [0.0] * HORIZON_STEPS
    steps[_step(one.back_in_s)] = 1.0
    return steps


@lru_cache(maxsize=8 * HORIZON_STEPS)
def _release_after(times: ServiceTimes, elapsed: int) -> tuple[float, ...]:
    over_by = _chances(times)
    left = 1 - over_by[elapsed]
    if left < 0.001:  # far beyond any usual visit: it may end any minute
        return (0.0, 1.0, *(0.0,) * (HORIZON_STEPS - 2))
    return tuple((over_by[elapsed + step + 1] - over_by[elapsed + step]) / left for step in range(HORIZON_STEPS))


def _with_break(steps: Sequence[float], absence: Absence, times: ServiceTimes) -> list[float]:
    """Whoever comes free after the break was due takes it first; who took one more guest before it misses another."""
    due, lasts = _step(absence.in_s), max(1, round(absence.lasts_s / STEP_S))
    after = [*steps[:due], *[0.0] * lasts, *steps[due:]]
    cost = sum(steps[:due]) * absence.lasts_s / times.mean_s / lasts
    for step in range(due, min(HORIZON_STEPS, due + lasts)):
        after[step] -= cost
    return after[:HORIZON_STEPS]


def _step(seconds: float) -> int:
    return min(HORIZON_STEPS - 1, int(seconds // STEP_S))


@lru_cache(maxsize=8)
def _chances(times: ServiceTimes) -> tuple[float, ...]:
    """The chance that a visit is over by each full minute, for twice the horizon."""
    return tuple(times.chance_over_by(step * STEP_S) for step in range(2 * HORIZON_STEPS + 2))


@lru_cache(maxsize=8)
def _releases_after_one(times: ServiceTimes) -> tuple[float, ...]:
    """How often somebody who has just come free, and takes the next guest at once, comes free again in each step."""
    over_by = _chances(times)
    once = [over_by[step + 1] - over_by[step] for step in range(HORIZON_STEPS)]
    rate: list[float] = []
    for step in range(HORIZON_STEPS):
        rate.append(once[step] + math.fsum(once[done] * rate[step - done] for done in range(1, step + 1)))
    return tuple(rate)
