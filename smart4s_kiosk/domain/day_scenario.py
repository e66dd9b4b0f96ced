"""A day in numbers, and one drawing of it: who comes when, how long each visit lasts, who answers how."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken

ANSWERS_DRAWN = 40
"""Answers drawn ahead for each party, so that every rule meets the same answers."""
ANSWER_SPREAD = 0.4
LAST_ARRIVAL_HOURS = 1.0
"""Nobody comes in the last hour before closing."""
LATER_MINUTES = (3.0, 5.0, 10.0)
MOST_PARTIES, MOST_CONSULTANTS, MOST_DAYS = 5_000, 500, 1_000


class BadScenario(RuleBroken):
    """The scenario says something that no day can be."""

    code = "scenario.bad"


class Answer(StrEnum):
    """What a consultant who is asked does."""

    ACCEPT = "accept"
    PASS = "pass"  # 转给同事
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hump:
    """Part of the day's arrivals: most of them come between these hours of the clock.

    `spread` 0 spreads them evenly between the hours and lets nobody come outside; otherwise they follow a bell
    around the middle, whose standard deviation is `spread` times half the hump's length (1: two thirds inside).
    """

    from_hour: float
    to_hour: float
    share: float
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Break:
    """A break that every consultant takes once, beginning at a drawn time between two hours."""

    from_hour: float
    to_hour: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that is fixed about a day. Shares are between 0 and 1, hours are the clock's."""

    name: str = "day"
    first_seed: int = 1
    last_seed: int = 20
    opens_hour: float = 9.0
    closes_hour: float = 19.0
    parties: int = 120
    smallest_party: int = 1
    largest_party: int = 5
    humps: tuple[Hump, ...] = (Hump(10, 12, 0.4, 1.2), Hump(14, 17, 0.6, 1.2))
    service_mean_min: float = 45.0
    service_sigma: float = 0.35
    own_share: float = 0.3
    leaving_share: float = 0.1
    leaves_after_min: float = 15.0
    consultants: int = 12
    breaks: tuple[Break, ...] = (Break(11.5, 13.5, 30), Break(15, 17.5, 15))
    refusing_share: float = 0.1
    refused_by_passing: float = 0.34
    refused_by_later: float = 0.33
    """The rest of the refusals is no answer at all."""
    quickest_answer_s: float = 8.0
    slowest_answer_s: float = 35.0
    """Between these lies each consultant's usual time to answer."""
    shortest_walk_s: float = 30.0
    longest_walk_s: float = 90.0
    model_lines: int = 4
    lines_known: int = 3
    english_share: float = 0.03
    english_speakers: int = 4
    receptionists: int = 1
    greeting_s: float = 45.0
    """How long reception takes to walk to a queueing party, greet it and come back."""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        for share in ("own_share", "leaving_share", "refusing_share", "english_share"):
            _must(0 <= getattr(self, share) <= 1, share)
        _must(0 <= self.opens_hour < self.closes_hour <= 24, "opens_hour, closes_hour")
        _must(0 < self.parties <= MOST_PARTIES and 0 < self.consultants <= MOST_CONSULTANTS, "parties, consultants")
        _must(0 <= self.first_seed <= self.last_seed < self.first_seed + MOST_DAYS, "first_seed, last_seed")
        _must(1 <= self.smallest_party <= self.largest_party, "smallest_party, largest_party")
        _must(self.service_mean_min > 0 and 0 < self.service_sigma <= 2, "service_mean_min, service_sigma")
        _must(self.leaves_after_min > 0 and self.greeting_s >= 0 and self.receptionists >= 0, "leaves_after_min")
        _must(0 < self.quickest_answer_s <= self.slowest_answer_s, "quickest_answer_s, slowest_answer_s")
        _must(0 <= self.shortest_walk_s <= self.longest_walk_s, "shortest_walk_s, longest_walk_s")
        _must(min(self.refused_by_passing, self.refused_by_later) >= 0, "refused_by_...")
        _must(self.refused_by_passing + self.refused_by_later <= 1, "refused_by_passing + refused_by_later")
        _must(0 <= self.lines_known <= self.model_lines and self.model_lines > 0, "lines_known, model_lines")
        _must(self.humps != () and math.isclose(sum(one.share for one in self.humps), 1), "humps: shares make 1")
        spans = [(one.from_hour, one.to_hour) for one in self.humps]
        spans += [(one.from_hour, one.to_hour) for one in self.breaks]
        for begins, ends in spans:
            _must(self.opens_hour <= begins <= ends <= self.closes_hour, "humps and breaks lie in the day")
        for hump in self.humps:
            _must(hump.from_hour <= self.closes_hour - LAST_ARRIVAL_HOURS and hump.spread >= 0, "humps")

    @property
    def seeds(self) -> range:
        """The days to replay."""
        return range(self.first_seed, self.last_seed + 1)

    @classmethod
    def of(cls, table: Mapping[str, object]) -> "Scenario":
        """From the table that a scenario file holds. Raises BadScenario naming the first mistake."""
        kinds = {one.name: type(one.default) for one in fields(cls)}
        values: dict[str, object] = {}
        for name, value in table.items():
            if name not in kinds:
                raise BadScenario(unknown=name)
            if name in ("humps", "breaks"):
                values[name] = _rows(name, value)
            elif kinds[name] is float and isinstance(value, int) and not isinstance(value, bool):
                values[name] = float(value)
            elif type(value) is kinds[name]:
                values[name] = value
            else:
                raise BadScenario(wrong_kind=name)
        return cls(**values)  # type: ignore[arg-type] # checked above, field by field


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise BadScenario(wrong=what)


def _rows(name: str, value: object) -> tuple[Hump | Break, ...]:
    make = Hump if name == "humps" else Break
    try:
        assert isinstance(value, list)
        rows = [make(**{key: float(number) for key, number in row.items()}) for row in value]
    except (TypeError, ValueError, AssertionError, AttributeError) as error:
        raise BadScenario(wrong=name) from error
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class DrawnAnswer:
    """What whoever is asked next for this party does, and how quickly compared with their usual time."""

    answer: Answer
    pace: float
    later_s: float


@dataclass(frozen=True, slots=True)
class Party:
    """One party as drawn. Times are seconds after opening."""

    number: int
    arrives_s: float
    size: int
    service_s: float
    own: int | None
    leaves_after_s: float | None
    walk_s: float
    line: str
    language: str
    answers: tuple[DrawnAnswer, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consultant:
    """One consultant as drawn. `breaks`: (begins after opening, lasts), seconds, in order."""

    number: int
    answer_s: float
    lines: frozenset[str]
    languages: frozenset[str]
    breaks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One drawing of a scenario."""

    scenario: Scenario
    parties: tuple[Party, ...]
    consultants: tuple[Consultant, ...]

    @property
    def closes_s(self) -> float:
        """Seconds from opening to closing."""
        return (self.scenario.closes_hour - self.scenario.opens_hour) * 3600


def draw(scenario: Scenario, chance: random.Random) -> Day:
    """One day; the same `chance` gives the same day."""
    arrivals = sorted(_arrival_s(scenario, chance) for _ in range(scenario.parties))
    parties = tuple(_party(number, at, scenario, chance) for number, at in enumerate(arrivals))
    consultants = tuple(_consultant(number, scenario, chance) for number in range(scenario.consultants))
    return Day(scenario, parties, consultants)


def _arrival_s(scenario: Scenario, chance: random.Random) -> float:
    hump = chance.choices(scenario.humps, [one.share for one in scenario.humps])[0]
    if not hump.spread:
        return (chance.uniform(hump.from_hour, hump.to_hour) - scenario.opens_hour) * 3600
    middle, half = (hump.from_hour + hump.to_hour) / 2, (hump.to_hour - hump.from_hour) / 2
    while True:
        hour = chance.gauss(middle, hump.spread * half)
        if scenario.opens_hour <= hour <= scenario.closes_hour - LAST_ARRIVAL_HOURS:
            return (hour - scenario.opens_hour) * 3600


def _party(number: int, arrives_s: float, scenario: Scenario, chance: random.Random) -> Party:
    mu = math.log(scenario.service_mean_min * 60) - scenario.service_sigma**2 / 2
    is_own = chance.random() < scenario.own_share
    own = chance.randrange(scenario.consultants)
    leaves = chance.random() < scenario.leaving_share
    return Party(
        number=number,
        arrives_s=arrives_s,
        size=chance.randint(scenario.smallest_party, scenario.largest_party),
        service_s=math.exp(chance.gauss(mu, scenario.service_sigma)),
        own=own if is_own else None,
        leaves_after_s=scenario.leaves_after_min * 60 if leaves else None,
        walk_s=chance.uniform(scenario.shortest_walk_s, scenario.longest_walk_s),
        line=f"line-{chance.randrange(scenario.model_lines) + 1}",
        language="en" if chance.random() < scenario.english_share else "zh",
        answers=tuple(_answer(scenario, chance) for _ in range(ANSWERS_DRAWN)),
    )


def _answer(scenario: Scenario, chance: random.Random) -> DrawnAnswer:
    answer = Answer.ACCEPT
    refuses, kind = chance.random() < scenario.refusing_share, chance.random()
    if refuses and kind < scenario.refused_by_passing:
        answer = Answer.PASS
    elif refuses and kind < scenario.refused_by_passing + scenario.refused_by_later:
        answer = Answer.LATER
    elif refuses:
        answer = Answer.NONE
    return DrawnAnswer(answer, math.exp(chance.gauss(0, ANSWER_SPREAD)), chance.choice(LATER_MINUTES) * 60)


def _consultant(number: int, scenario: Scenario, chance: random.Random) -> Consultant:
    lines = [f"line-{one + 1}" for one in range(scenario.model_lines)]
    begins = [(chance.uniform(one.from_hour, one.to_hour) - scenario.opens_hour) * 3600 for one in scenario.breaks]
    lasts = [one.minutes * 60 for one in scenario.breaks]
    return Consultant(
        number=number,
        answer_s=chance.uniform(scenario.quickest_answer_s, scenario.slowest_answer_s),
        lines=frozenset(chance.sample(lines, scenario.lines_known)),
        languages=frozenset({"zh", "en"} if number < scenario.english_speakers else {"zh"}),
        breaks=tuple(sorted(zip(begins, lasts, strict=True))),
    )
