"""Replays of small days whose every number can be followed by hand, and the shipped Saturday at small size."""

import random
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from smart4s_kiosk.domain.business_settings import WaitLimits
from smart4s_kiosk.domain.day_report import PLAIN, compare, figures, percentile, summary
from smart4s_kiosk.domain.day_rules import PlainPicking, Rotation
from smart4s_kiosk.domain.day_scenario import (
    Answer,
    BadScenario,
    Consultant,
    Day,
    DrawnAnswer,
    Hump,
    Party,
    Scenario,
    draw,
)
from smart4s_kiosk.domain.rotation import Weights
from smart4s_kiosk.domain.showroom_day import Replay, Stage

LIMITS = WaitLimits()
QUIET = Scenario(breaks=(), receptionists=0)
YES = DrawnAnswer(Answer.ACCEPT, 1.0, 180.0)


def party(number: int, at: float, *answers: DrawnAnswer, own: int | None = None, leaves: float | None = None) -> Party:
    return Party(number, at, 2, 1800.0, own, leaves, 60.0, "line-1", "zh", answers or (YES,))


def consultant(number: int, *breaks: tuple[float, float]) -> Consultant:
    return Consultant(number, 10.0, frozenset({"line-1"}), frozenset({"zh"}), breaks)


def played(parties: list[Party], consultants: list[Consultant], scenario: Scenario = QUIET) -> Replay:
    return Replay(Day(scenario, tuple(parties), tuple(consultants)), Rotation(Weights()), LIMITS).run()


def test_one_party_and_one_free_consultant() -> None:
    replay = played([party(0, 100.0)], [consultant(0)])
    guest = replay.guests[0]
    assert (guest.accepted_s, guest.beside_s, guest.served_by) == (110.0, 170.0, 0)
    assert guest.alarms_s == []
    assert guest.place is None


def test_sixty_seconds_without_an_answer_and_the_next_is_asked() -> None:
    silent = DrawnAnswer(Answer.NONE, 1.0, 0.0)
    guest = played([party(0, 0.0, silent, YES)], [consultant(0), consultant(1)]).guests[0]
    assert guest.accepted_s == 70.0
    assert guest.requests == 2


def test_alone_for_two_minutes_is_one_alarm_and_for_three_the_manager_knows() -> None:
    replay = played([party(0, 0.0), party(1, 30.0)], [consultant(0)])
    first, second = replay.guests
    assert first.alarms_s == []
    assert second.alarms_s == [150.0]
    assert second.manager_s == 210.0
    assert figures(replay, LIMITS).wrong_alarms == 0


def test_a_party_that_reception_greets_in_time_rings_no_alarm() -> None:
    replay = played([party(0, 0.0), party(1, 30.0)], [consultant(0)], replace(QUIET, receptionists=1, greeting_s=60.0))
    assert replay.guests[1].greeted_s == 61.0
    assert replay.guests[1].alarms_s == []
    assert figures(replay, LIMITS).wrong_alarms == 0


def test_a_missing_or_second_alarm_is_noticed() -> None:
    replay = played([party(0, 0.0), party(1, 30.0)], [consultant(0)])
    replay.guests[1].alarms_s.clear()
    replay.guests[0].alarms_s.append(120.0)
    assert figures(replay, LIMITS).wrong_alarms == 2


def test_later_keeps_the_place_and_the_same_one_comes_at_the_time() -> None:
    later = DrawnAnswer(Answer.LATER, 1.0, 180.0)
    guest = played([party(0, 0.0, later, YES)], [consultant(0), consultant(1)]).guests[0]
    assert (guest.accepted_s, guest.served_by) == (200.0, 0)


def test_a_longer_later_starts_the_next_choice_after_three_minutes() -> None:
    later = DrawnAnswer(Answer.LATER, 1.0, 600.0)
    guest = played([party(0, 0.0, later, YES)], [consultant(0), consultant(1)]).guests[0]
    assert (guest.accepted_s, guest.served_by) == (200.0, 1)


def test_somebody_who_leaves_is_left_and_no_consultant_is_lost() -> None:
    replay = played([party(0, 0.0), party(1, 30.0, leaves=900.0), party(2, 40.0)], [consultant(0)])
    assert replay.guests[1].stage is Stage.LEFT
    assert replay.guests[1].left_s == 930.0
    assert replay.guests[2].served_by == 0


def test_a_break_waits_for_the_visit_and_is_no_duty() -> None:
    replay = played([party(0, 0.0)], [consultant(0, (600.0, 900.0))])
    seller = replay.sellers[0]
    assert seller.on_break_s == 900.0
    assert seller.on_duty_s(replay.now_s) == replay.day.closes_s - 900.0


def test_nobody_is_taken_after_closing() -> None:
    closes = (QUIET.closes_hour - QUIET.opens_hour) * 3600
    replay = played([party(0, closes - 5.0)], [consultant(0)])
    assert replay.guests[0].accepted_s is None


def test_a_plain_picker_waits_for_the_one_picked() -> None:
    day = Day(QUIET, (party(0, 0.0), party(1, 10.0)), (consultant(0), consultant(1)))

    class First(random.Random):
        def choice(self, seq):  # type: ignore[no-untyped-def] # stands in for random.Random
            return seq[0]

    guests = Replay(day, PlainPicking(First()), LIMITS).run().guests
    assert [guest.served_by for guest in guests] == [0, 0]
    assert guests[1].accepted_s == 10.0 + 60.0 + 1800.0 + 10.0


def test_the_same_seed_is_the_same_day_and_the_same_figures() -> None:
    small = Scenario(parties=30)
    assert draw(small, random.Random(3)) == draw(small, random.Random(3))
    assert compare(small, [3], {"now": Weights()}) == compare(small, [3], {"now": Weights()})


def test_the_shipped_saturday_has_the_fixed_numbers() -> None:
    file = Path(__file__).resolve().parents[3] / "resources" / "scenarios" / "saturday.toml"
    scenario = Scenario.of(tomllib.loads(file.read_text(encoding="utf-8")))
    assert scenario == Scenario(name="Saturday")
    assert (scenario.parties, scenario.smallest_party, scenario.largest_party) == (120, 1, 5)
    assert (scenario.service_mean_min, scenario.own_share, scenario.refusing_share) == (45, 0.3, 0.1)
    assert (scenario.leaving_share, scenario.leaves_after_min) == (0.1, 15)
    assert (scenario.consultants, scenario.closes_hour - scenario.opens_hour) == (12, 10)
    assert [(h.from_hour, h.to_hour) for h in scenario.humps] == [(10, 12), (14, 17)]
    assert scenario.seeds == range(1, 21)


def test_on_a_saturday_the_rule_beats_plain_picking_and_every_alarm_is_right() -> None:
    found = {name: summary(days) for name, days in compare(Scenario(), [2], {"now": Weights()}).items()}
    plain, now = found[PLAIN], found["now"]
    assert now.wait_p95_min < 0.6 * plain.wait_p95_min
    assert now.unserved < 0.6 * plain.unserved
    assert now.own_kept_share > plain.own_kept_share + 0.4  # a dozen parties on one day; the bar is the benchmark's
    assert now.wrong_alarms == plain.wrong_alarms == 0
    assert now.fairness_worst < plain.fairness_worst


def test_percentiles() -> None:
    assert percentile([], 0.9) == 0.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0


@pytest.mark.parametrize(
    "table",
    [
        {"partys": 3},
        {"parties": 0},
        {"parties": "many"},
        {"own_share": 1.2},
        {"opens_hour": 20},
        {"humps": [{"from_hour": 10, "to_hour": 12, "share": 0.5}]},
        {"humps": [{"from": 10}]},
        {"breaks": [{"from_hour": 3, "to_hour": 4, "minutes": 30}]},
        {"humps": [{"from_hour": 18.5, "to_hour": 19, "share": 1}]},
        {"last_seed": 100_000},
    ],
)
def test_an_impossible_day_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(BadScenario):
        Scenario.of(table)


def test_a_flat_hump_lets_nobody_come_outside() -> None:
    day = draw(Scenario(humps=(Hump(10, 11, 1.0),)), random.Random(1))
    assert all(3600 <= one.arrives_s <= 7200 for one in day.parties)
