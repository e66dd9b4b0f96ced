"""What a replayed day is played under: plain picking, or the showroom's rotation with its queue estimates."""

import math
import random
from dataclasses import replace

from smart4s_kiosk.domain.ids import StaffId, VisitId
from smart4s_kiosk.domain.queue_estimates import Absence, Engaged, come_free, wait_s
from smart4s_kiosk.domain.rotation import Asked, Candidate, Need, Weights, assign, fair_shares, is_kept_for_own
from smart4s_kiosk.domain.showroom_day import Guest, Pairs, Post, Replay, Seller
from smart4s_kiosk.domain.staff import Duty

KEPT_FREE_S = 300.0
"""How long somebody is reckoned away who is free although guests wait (all of them kept, or asked them already)."""
RESTED_SHARE = 0.3
"""How much of `rest_min` somebody well ahead rests on average; set so that what is told is right on average."""


class PlainPicking:
    """What the rotation is measured against: each party picks at random among those on duty, and waits for that one."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def pairs(self, replay: Replay) -> Pairs:
        """Everybody whose own pick is free now; who was refused picks anew."""
        found: Pairs = []
        taken: set[int] = set()
        for guest in replay.waiting:
            if guest.picked is None:
                on_duty = [one for one in replay.sellers if one.post is not Post.BREAK] or replay.sellers
                guest.picked = self._chance.choice(on_duty).consultant.number
            seller = replay.sellers[guest.picked]
            if seller.post is Post.FREE and guest.picked not in taken:
                taken.add(guest.picked)
                found.append((guest, seller))
        return found

    def told_s(self, _replay: Replay, _guest: Guest) -> float | None:
        """Nobody tells a plain picker anything."""
        return None


class Rotation:
    """The showroom's rule, and what its waiting page tells."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._seen: tuple[Replay | None, int] = (None, -1)
        self._team: list[Candidate] = []
        self._counts: tuple[float, ...] | None = None

    def pairs(self, replay: Replay) -> Pairs:
        """What `rotation.assign` says."""
        if not replay.waiting or not any(one.post is Post.FREE for one in replay.sellers):
            return []
        needs = [need_of(replay, guest) for guest in replay.waiting]
        team = self._team_now(replay)
        guests = {need.visit_id: guest for need, guest in zip(needs, replay.waiting, strict=True)}
        made = assign(needs, team, self._weights)
        return [(guests[one.visit_id], replay.sellers[int(one.staff_id)]) for one in made]

    def _team_now(self, replay: Replay) -> list[Candidate]:
        """The team as the rule sees it, reckoned once for each moment."""
        if self._seen != (replay, replay.moment):
            self._seen = (replay, replay.moment)
            self._team = [candidate_of(replay, seller) for seller in replay.sellers]
            self._counts = None
        return self._team

    def told_s(self, replay: Replay, guest: Guest) -> float | None:
        """Median wait at the party's place; for one kept for its own consultant not more than that one's visit."""
        team = self._team_now(replay)
        if self._counts is None:
            self._counts = come_free(self._engaged_team(replay, team), replay.times)
        place = replay.place_of(guest) + self._overtaking(replay, guest, team) - self._leaving(replay, guest)
        free_s = wait_s(max(0.6, place), self._counts)
        if free_s is None:
            return None
        free_s = self._with_own(replay, guest, team, free_s)
        scenario = replay.day.scenario
        answer_s = (scenario.quickest_answer_s + scenario.slowest_answer_s) / 2
        return free_s + answer_s + (scenario.shortest_walk_s + scenario.longest_walk_s) / 2

    def _with_own(self, replay: Replay, guest: Guest, team: list[Candidate], free_s: float) -> float:
        """For a party kept for its own consultant: that one's time when likely, else not before it is kept no more."""
        left_s = self._weights.own_wait_min * 60 - (replay.now_s - guest.party.arrives_s)
        if guest.party.own is None or not is_kept_for_own(need_of(replay, guest), team, self._weights):
            return free_s
        own_s = team[guest.party.own].free_in_s
        if own_s is not None and own_s <= left_s:
            return min(free_s, own_s) if free_s > left_s else own_s
        return max(free_s, left_s)

    def _leaving(self, replay: Replay, guest: Guest) -> float:
        """How many of those ahead will probably have left before their turn: the store's own share of such guests."""
        scenario, number = replay.day.scenario, 0.0
        assert self._counts is not None
        for place, other in enumerate((one for one in replay.waiting if one.party.number < guest.party.number), 1):
            still_s = scenario.leaves_after_min * 60 - (replay.now_s - other.party.arrives_s)
            turn_s = wait_s(place, self._counts)
            if 0 < still_s < (turn_s if turn_s is not None else math.inf):
                number += scenario.leaving_share
        return number

    def _engaged_team(self, replay: Replay, seen: list[Candidate]) -> list[Engaged]:
        """The team as the estimate sees it; somebody well ahead is reckoned to rest a part of the most."""
        behind = fair_shares(seen)
        rest_s = self._weights.rest_min * 60
        team = []
        for seller in replay.sellers:
            one = engaged(replay, seller)
            if 1 - behind[StaffId(str(seller.consultant.number))] > self._weights.ahead_visits:
                if seller.post is Post.FREE:
                    one = replace(one, back_in_s=max(0.0, rest_s - (replay.now_s - seller.free_since_s)))
                else:
                    one = replace(one, absences=(*one.absences, Absence(0.0, rest_s * RESTED_SHARE)))
            team.append(one)
        return team

    def _overtaking(self, replay: Replay, guest: Guest, team: list[Candidate]) -> float:
        """How many of those behind in line will probably go first, because their own consultant comes free in time."""
        number = 0.0
        for other in replay.waiting:
            if other.party.number <= guest.party.number or other.party.own is None:
                continue
            if is_kept_for_own(need_of(replay, other), team, self._weights):
                left_s = self._weights.own_wait_min * 60 - (replay.now_s - other.party.arrives_s)
                number += replay.chance_free_within(replay.sellers[other.party.own], left_s)
        return number


def need_of(replay: Replay, guest: Guest) -> Need:
    """The party as the rule sees it."""
    party = guest.party
    return Need(
        visit_id=VisitId(str(party.number)),
        waited_s=replay.now_s - party.arrives_s,
        told_s=guest.told[0][1] + guest.told[0][0] - party.arrives_s if guest.told else None,
        own_id=None if party.own is None else StaffId(str(party.own)),
        wanted=frozenset({party.line}),
        language=party.language,
        asked=tuple(Asked(StaffId(str(who)), replay.now_s - at_s) for who, at_s in guest.asked.items()),
    )


def candidate_of(replay: Replay, seller: Seller) -> Candidate:
    """The consultant as the rule sees them: nothing that the live showroom could not know."""
    now_s = replay.now_s
    free_in_s: float | None = 0.0
    if seller.post is Post.SERVING:
        free_in_s = replay.times.remaining_s(now_s - seller.serving_since_s)
    elif seller.post in {Post.BREAK, Post.NOT_NOW}:
        free_in_s = max(0.0, seller.back_s - now_s)
    return Candidate(
        staff_id=StaffId(str(seller.consultant.number)),
        duty=Duty.BREAK if seller.post is Post.BREAK else Duty.ON,
        load=0 if seller.post is Post.FREE else 1,
        free_in_s=free_in_s,
        free_for_s=now_s - seller.free_since_s,
        idle_s=now_s - seller.last_accept_s,
        accepted_today=seller.accepted,
        on_duty_s=seller.on_duty_s(now_s),
        median_answer_s=seller.consultant.answer_s,
        skills=seller.consultant.lines,
        languages=seller.consultant.languages,
    )


def engaged(replay: Replay, seller: Seller) -> Engaged:
    """The consultant as an estimate sees them: the day's breaks hang on the wall."""
    coming = [Absence(at - replay.now_s, lasts) for at, lasts in seller.consultant.breaks if at > replay.now_s]
    absences = (*coming, Absence(0.0, seller.breaks_owed_s)) if seller.breaks_owed_s else tuple(coming)
    if seller.post is Post.SERVING:
        return Engaged(elapsed_s=replay.now_s - seller.serving_since_s, absences=absences)
    if seller.post is Post.ASKED:
        return Engaged(elapsed_s=0.0, absences=absences)  # who is asked will most likely take that guest
    back_in_s = KEPT_FREE_S if seller.post is Post.FREE else max(0.0, seller.back_s - replay.now_s)
    return Engaged(back_in_s=back_in_s, absences=absences)
