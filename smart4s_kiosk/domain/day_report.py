"""What replayed days show: waits, fairness, own consultants kept, alarms, estimates. Times in minutes."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from smart4s_kiosk.domain.business_settings import WaitLimits
from smart4s_kiosk.domain.day_rules import PlainPicking, Rotation, need_of
from smart4s_kiosk.domain.day_scenario import Day, Scenario, draw
from smart4s_kiosk.domain.rotation import Weights
from smart4s_kiosk.domain.showroom_day import Guest, Replay, Rule

OWN_FREE_WITHIN_S = 600.0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day under one rule. Lists are kept so that percentiles over many days are exact."""

    waits_min: tuple[float, ...]
    """From check-in until a consultant stands beside the party, of those who were served."""
    unserved: int
    visits_per_hour_ratio: float
    own_could_be_kept: int
    own_kept: int
    own_willing: int
    """Of `own_could_be_kept`: those whose own consultant did not refuse them for good."""
    alarms: int
    wrong_alarms: int
    """Parties with an alarm too many, or one missing: must be 0."""
    managers_told: int
    greeted: int
    queued: int
    told_errors_min: tuple[float, ...]
    """At every five minutes in which a queueing party read its page: minutes said, less minutes that came."""
    first_errors_min: tuple[float, ...]
    """The same for the first thing that the page said."""
    skill_matched: int
    served: int


def figures(replay: Replay, limits: WaitLimits) -> DayFigures:
    """What one replayed day shows."""
    served = [one for one in replay.guests if one.beside_s is not None and one.served_by is not None]
    could = [one for one in replay.guests if _own_was_free(one)]
    kept = [one for one in could if one.served_by == one.party.own]
    return DayFigures(
        waits_min=tuple((one.beside_s - one.party.arrives_s) / 60 for one in served if one.beside_s is not None),
        unserved=sum(one.accepted_s is None for one in replay.guests),
        visits_per_hour_ratio=_ratio(replay),
        own_could_be_kept=len(could),
        own_kept=len(kept),
        own_willing=sum(one in kept or one.party.own not in one.refused_by for one in could),
        alarms=sum(len(one.alarms_s) for one in replay.guests),
        wrong_alarms=sum(len(one.alarms_s) != _due_alarms(one, limits, replay.day) for one in replay.guests),
        managers_told=sum(one.manager_s is not None for one in replay.guests),
        greeted=sum(one.greeted_s is not None for one in replay.guests),
        queued=sum(one.place is not None for one in replay.guests),
        told_errors_min=tuple(abs(error) for one in served for error in _errors_min(one)),
        first_errors_min=tuple(abs(error) for one in served for error in _errors_min(one)[:1]),
        skill_matched=sum(
            bool(need_of(replay, one).wanted & replay.sellers[one.served_by or 0].consultant.lines) for one in served
        ),
        served=len(served),
    )


def _errors_min(guest: Guest) -> list[float]:
    return [(told_s - (guest.beside_s - at_s)) / 60 for at_s, told_s in guest.told if guest.beside_s is not None]


def _own_was_free(guest: Guest) -> bool:
    return guest.own_free_s is not None and guest.own_free_s - guest.party.arrives_s <= OWN_FREE_WITHIN_S


def _due_alarms(guest: Guest, limits: WaitLimits, day: Day) -> int:
    """Told from what happened to the party alone, not from the alarm's own clock: 1 when nobody met it in time."""
    ends = [at for at in (guest.accepted_s, guest.greeted_s, guest.left_s) if at is not None]
    met_s = min(ends, default=math.inf) - guest.party.arrives_s
    return int(met_s > limits.alarm_s and guest.party.arrives_s + limits.alarm_s < day.closes_s)


def _ratio(replay: Replay) -> float:
    """Accepted visits per on-duty hour, most over fewest."""
    rates = [one.accepted / one.on_duty_s(replay.now_s) for one in replay.sellers]
    return max(rates) / min(rates) if min(rates) > 0 else math.inf


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Many days under one rule."""

    wait_p50_min: float
    wait_p95_min: float
    wait_mean_min: float
    unserved: int
    fairness_mean: float
    fairness_worst: float
    own_kept_share: float
    """Own consultant kept, of parties whose own consultant was free within ten minutes and willing."""
    own_kept_share_with_refusals: float
    """The same, consultants who refused counted as free."""
    alarms: int
    wrong_alarms: int
    managers_told: int
    greeted: int
    queued: int
    estimates: int
    """How often a waiting page said a time."""
    estimate_error_p90_min: float
    """Of what waiting pages said, at every five minutes of every queueing party."""
    first_estimate_error_p90_min: float
    """Of the first thing they said."""
    skill_matched_share: float
    served: int


def summary(days: Sequence[DayFigures]) -> Summary:
    """All days together; waits and errors over all parties, fairness over days."""
    waits = [wait for day in days for wait in day.waits_min]
    kept, served = sum(day.own_kept for day in days), sum(day.served for day in days)
    return Summary(
        wait_p50_min=percentile(waits, 0.5),
        wait_p95_min=percentile(waits, 0.95),
        wait_mean_min=math.fsum(waits) / max(1, len(waits)),
        unserved=sum(day.unserved for day in days),
        fairness_mean=math.fsum(day.visits_per_hour_ratio for day in days) / len(days),
        fairness_worst=max(day.visits_per_hour_ratio for day in days),
        own_kept_share=kept / max(1, sum(day.own_willing for day in days)),
        own_kept_share_with_refusals=kept / max(1, sum(day.own_could_be_kept for day in days)),
        alarms=sum(day.alarms for day in days),
        wrong_alarms=sum(day.wrong_alarms for day in days),
        managers_told=sum(day.managers_told for day in days),
        greeted=sum(day.greeted for day in days),
        queued=sum(day.queued for day in days),
        estimates=sum(len(day.told_errors_min) for day in days),
        estimate_error_p90_min=percentile([error for day in days for error in day.told_errors_min], 0.9),
        first_estimate_error_p90_min=percentile([error for day in days for error in day.first_errors_min], 0.9),
        skill_matched_share=sum(day.skill_matched for day in days) / max(1, served),
        served=served,
    )


PLAIN = "plain picking"


def compare(
    scenario: Scenario, seeds: Sequence[int], rules: Mapping[str, Weights], limits: WaitLimits | None = None
) -> dict[str, tuple[DayFigures, ...]]:
    """Every seed's day under plain picking and under each set of weights, in that order; the days are the same."""
    limits = limits or WaitLimits()
    found: dict[str, list[DayFigures]] = {name: [] for name in (PLAIN, *rules)}
    for seed in seeds:
        day = draw(scenario, random.Random(seed))  # noqa: S311  a replay, not a secret
        chosen: dict[str, Rule] = {PLAIN: PlainPicking(random.Random(f"{seed} plain"))}  # noqa: S311 - a day that can be played again, no secret
        chosen |= {name: Rotation(weights) for name, weights in rules.items()}
        for name, rule in chosen.items():
            found[name].append(figures(Replay(day, rule, limits).run(), limits))
    return {name: tuple(days) for name, days in found.items()}


def as_table(value: Summary) -> dict[str, float]:
    """A summary as plain numbers, rounded for people and JSON."""
    return {name: round(number, 3) for name, number in asdict(value).items()}
