"""Waiting times told to guests, against cases that can be reckoned by hand and against chance itself."""

import math
import random
import statistics

import pytest

from smart4s_kiosk.domain.queue_estimates import Absence, Engaged, ServiceTimes, come_free, wait_s

TIMES = ServiceTimes(mean_s=2700.0, sigma=0.35)


def test_the_law_keeps_its_mean_and_its_median() -> None:
    median = TIMES.remaining_s(0.0)
    assert median == pytest.approx(2700 * math.exp(-(0.35**2) / 2))
    assert TIMES.chance_over_by(median) == pytest.approx(0.5)
    assert TIMES.chance_over_by(0) == 0


def test_a_long_visit_may_end_any_minute() -> None:
    assert TIMES.remaining_s(2700) < TIMES.remaining_s(1800) < TIMES.remaining_s(0)
    assert TIMES.remaining_s(36_000) == 120.0


def test_what_a_store_sees_is_learned_from_its_own_visits() -> None:
    chance = random.Random(5)
    lengths = [math.exp(chance.gauss(math.log(1800), 0.3)) for _ in range(2000)]
    learned = ServiceTimes.of(lengths, TIMES)
    assert learned.mean_s == pytest.approx(1800 * math.exp(0.045), rel=0.03)
    assert learned.sigma == pytest.approx(0.3, abs=0.02)
    assert ServiceTimes.of(lengths[:19], TIMES) == TIMES


def test_with_nobody_there_nothing_is_promised() -> None:
    assert wait_s(1, come_free([], TIMES)) is None


def test_somebody_who_is_back_at_a_known_time_is_reckoned_with_it() -> None:
    told = wait_s(1, come_free([Engaged(back_in_s=1200)], TIMES))
    assert told == pytest.approx(1200, abs=120)


def test_the_further_back_the_longer() -> None:
    counts = come_free([Engaged(elapsed_s=300.0 * n) for n in range(8)], TIMES)
    told = [wait_s(place, counts) or math.inf for place in range(1, 20)]
    assert told == sorted(told)


def test_a_break_ahead_makes_the_wait_longer() -> None:
    plain = [Engaged(elapsed_s=600.0 * n) for n in range(4)]
    resting = [Engaged(one.elapsed_s, absences=(Absence(0.0, 1800.0),)) for one in plain]
    assert (wait_s(2, come_free(resting, TIMES)) or 0) > (wait_s(2, come_free(plain, TIMES)) or 0) + 600


@pytest.mark.parametrize("place", [1, 4, 9])
def test_the_median_told_is_the_median_that_comes(place: int) -> None:
    # Twelve consultants in the middle of visits, played 400 times: the k-th release against what was told.
    chance = random.Random(place)
    elapsed = [200.0 * n for n in range(12)]
    told = wait_s(place, come_free([Engaged(elapsed_s=one) for one in elapsed], TIMES))
    mu = math.log(TIMES.mean_s) - TIMES.sigma**2 / 2

    def visit(after: float = 0.0) -> float:
        while True:
            length = math.exp(chance.gauss(mu, TIMES.sigma))
            if length > after:
                return length - after

    came = []
    for _ in range(400):
        releases = [visit(one) for one in elapsed]
        releases += [one + visit() for one in releases]
        came.append(sorted(releases)[place - 1])
    assert told == pytest.approx(statistics.median(came), abs=100)
