"""Replays one drawn day, event by event, under a rule of choosing consultants.

The clocks are the live showroom's: 60 s without an answer → the next in line; 120 s alone → reception's alarm;
180 s → the manager; 稍后 keeps the place and starts the next choice after three minutes.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Protocol, TypeAlias

from smart4s_kiosk.domain.business_settings import WaitLimits
from smart4s_kiosk.domain.day_scenario import Answer, Consultant, Day, Party
from smart4s_kiosk.domain.queue_estimates import ServiceTimes

TELL_S = 300.0
SOON_S = 30.0
"""How often a full showroom looks again whether somebody may be asked (kept guests, colleagues who step back)."""


class Stage(StrEnum):
    """Where a party stands."""

    WAITING = "waiting"
    ASKED = "asked"
    LATER = "later"
    ACCEPTED = "accepted"
    LEFT = "left"


class Post(StrEnum):
    """What a consultant does."""

    FREE = "free"
    ASKED = "asked"
    SERVING = "serving"
    NOT_NOW = "not_now"
    BREAK = "break"


@dataclass(slots=True)
class Guest:
    """A party during the replay and what happened to it. Times are seconds after opening."""

    party: Party
    stage: Stage = Stage.WAITING
    picked: int | None = None
    asked: dict[int, float] = field(default_factory=dict)
    refused_by: set[int] = field(default_factory=set)
    requests: int = 0
    served_by: int | None = None
    accepted_s: float | None = None
    beside_s: float | None = None
    greeted_s: float | None = None
    left_s: float | None = None
    alarms_s: list[float] = field(default_factory=list)
    manager_s: float | None = None
    own_free_s: float | None = None
    place: int | None = None
    told: list[tuple[float, float]] = field(default_factory=list)
    """When the waiting page said what: seconds after opening, seconds still to wait."""


@dataclass(slots=True)
class Seller:
    """A consultant during the replay."""

    consultant: Consultant
    post: Post = Post.FREE
    accepted: int = 0
    free_since_s: float = 0.0
    last_accept_s: float = 0.0
    serving_since_s: float = 0.0
    back_s: float = 0.0
    breaks_owed_s: float = 0.0
    on_break_s: float = 0.0
    break_began_s: float = 0.0

    @property
    def is_away(self) -> bool:
        """Whether they cannot be asked."""
        return self.post is not Post.FREE

    def on_duty_s(self, now_s: float) -> float:
        """Seconds on duty until now, breaks left out."""
        running = now_s - self.break_began_s if self.post is Post.BREAK else 0.0
        return max(1.0, now_s - self.on_break_s - running)


Pairs: TypeAlias = list[tuple[Guest, Seller]]


class Rule(Protocol):
    """A way of choosing consultants."""

    def pairs(self, replay: "Replay") -> Pairs:
        """Whom to ask now for whom: waiting guests and free sellers, each at most once."""

    def told_s(self, replay: "Replay", guest: Guest) -> float | None:
        """What the waiting page says: seconds until a consultant stands beside the party; None when it says nothing."""


class Replay:
    """One day under one rule. `run` plays it to closing time; then `guests` and `sellers` tell what happened."""

    def __init__(self, day: Day, rule: Rule, limits: WaitLimits) -> None:
        self.day = day
        self.limits = limits
        self.now_s = 0.0
        self.moment = 0
        """Grows with every event and before every choice: what was reckoned at one moment holds for that moment."""
        self.guests = [Guest(party) for party in day.parties]
        self.sellers = [Seller(consultant) for consultant in day.consultants]
        self.waiting: list[Guest] = []
        scenario = day.scenario
        self.times = ServiceTimes(scenario.service_mean_min * 60, scenario.service_sigma)
        self._rule = rule
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._made = 0
        self._receptionists = scenario.receptionists
        self._looks_again_s = -1.0

    def run(self) -> "Replay":
        """Play the day; returns itself."""
        for guest in self.guests:
            self._at(guest.party.arrives_s, partial(self._arrive, guest))
        for seller in self.sellers:
            for begins_s, lasts_s in seller.consultant.breaks:
                self._at(begins_s, partial(self._break_due, seller, lasts_s))
        self._at(TELL_S, self._tell_all)
        while self._events and self._events[0][0] < self.day.closes_s:
            self.now_s, _, happen = heapq.heappop(self._events)
            self.moment += 1
            happen()
            self.moment += 1
            self._match()
        self.now_s = self.day.closes_s
        return self

    def _at(self, when_s: float, happen: Callable[[], None]) -> None:
        self._made += 1
        heapq.heappush(self._events, (when_s, self._made, happen))

    def _after(self, delay_s: float, happen: Callable[[], None]) -> None:
        self._at(self.now_s + delay_s, happen)

    def _arrive(self, guest: Guest) -> None:
        self.waiting.append(guest)
        own = guest.party.own
        if own is not None and self.sellers[own].post is Post.FREE:
            guest.own_free_s = self.now_s
        if guest.party.leaves_after_s is not None:
            self._after(guest.party.leaves_after_s, partial(self._leave, guest))
        self._after(self.limits.alarm_s, partial(self._alarm, guest))
        self._after(self.limits.manager_s, partial(self._tell_manager, guest))
        self._after(1.0, partial(self._told_place, guest))

    def _told_place(self, guest: Guest) -> None:
        """A second after check-in a party that nobody is asked for sees its place, and reception sees the party."""
        if guest.stage is not Stage.WAITING:
            return
        guest.place = self.place_of(guest)
        self._tell(guest)
        self._greet_next()

    def place_of(self, guest: Guest) -> int:
        """1 for the next in line."""
        return 1 + sum(one.party.number < guest.party.number for one in self.waiting)

    def chance_free_within(self, seller: Seller, seconds: float) -> float:
        """The chance that somebody can take a guest within that time."""
        if seller.post is not Post.SERVING:
            return float(seller.back_s - self.now_s <= seconds)
        elapsed_s = self.now_s - seller.serving_since_s
        past = self.times.chance_over_by(elapsed_s)
        return (self.times.chance_over_by(elapsed_s + seconds) - past) / (1 - past) if past < 0.999 else 1.0

    def _tell_all(self) -> None:
        """Every five minutes the waiting pages are read again."""
        for guest in self.waiting:
            if guest.place is not None:
                self._tell(guest)
        self._after(TELL_S, self._tell_all)

    def _tell(self, guest: Guest) -> None:
        told = self._rule.told_s(self, guest)
        if told is not None:
            guest.told.append((self.now_s, told))

    def _leave(self, guest: Guest) -> None:
        if guest.stage is Stage.ACCEPTED:
            return
        if guest in self.waiting:
            self.waiting.remove(guest)
        guest.stage, guest.left_s = Stage.LEFT, self.now_s

    def _alarm(self, guest: Guest) -> None:
        if guest.stage in {Stage.ACCEPTED, Stage.LEFT} or guest.greeted_s is not None:
            return
        guest.alarms_s.append(self.now_s)
        self._greet_next()

    def _tell_manager(self, guest: Guest) -> None:
        if guest.stage not in {Stage.ACCEPTED, Stage.LEFT} and guest.greeted_s is None:
            guest.manager_s = self.now_s

    def _greet_next(self) -> None:
        """Reception goes to the parties that queue: those with an alarm first, then in their order."""
        alone = [one for one in self.waiting if one.place is not None and one.greeted_s is None]
        if not self._receptionists or not alone:
            return
        guest = min(alone, key=lambda one: (not one.alarms_s, one.party.arrives_s))
        self._receptionists -= 1
        self._after(self.day.scenario.greeting_s / 2, partial(self._greet, guest))
        self._after(self.day.scenario.greeting_s, self._greeting_over)

    def _greet(self, guest: Guest) -> None:
        if guest.greeted_s is None and guest.stage is not Stage.LEFT:
            guest.greeted_s = self.now_s

    def _greeting_over(self) -> None:
        self._receptionists += 1
        self._greet_next()

    def _break_due(self, seller: Seller, lasts_s: float) -> None:
        if seller.post is Post.FREE:
            self._begin_break(seller, lasts_s)
        else:
            seller.breaks_owed_s += lasts_s

    def _begin_break(self, seller: Seller, lasts_s: float) -> None:
        seller.post, seller.break_began_s, seller.back_s = Post.BREAK, self.now_s, self.now_s + lasts_s
        self._after(lasts_s, partial(self._end_break, seller))

    def _end_break(self, seller: Seller) -> None:
        seller.on_break_s += self.now_s - seller.break_began_s
        self._come_free(seller)

    def _come_free(self, seller: Seller) -> None:
        seller.post, seller.free_since_s = Post.FREE, self.now_s
        if seller.breaks_owed_s:
            owed, seller.breaks_owed_s = seller.breaks_owed_s, 0.0
            self._begin_break(seller, owed)
            return
        for guest in self.waiting:
            if guest.party.own == seller.consultant.number and guest.own_free_s is None:
                guest.own_free_s = self.now_s

    def _match(self) -> None:
        for guest, seller in self._rule.pairs(self):
            self._ask(guest, seller)
        if self.waiting and self._looks_again_s <= self.now_s and any(s.post is Post.FREE for s in self.sellers):
            self._looks_again_s = self.now_s + SOON_S
            self._at(self._looks_again_s, lambda: None)

    def _ask(self, guest: Guest, seller: Seller) -> None:
        self.waiting.remove(guest)
        guest.stage, seller.post = Stage.ASKED, Post.ASKED
        drawn = guest.party.answers[guest.requests % len(guest.party.answers)]
        guest.requests += 1
        answers_in_s = seller.consultant.answer_s * drawn.pace
        if drawn.answer is Answer.NONE or answers_in_s >= self.limits.ask_next_s:
            self._after(self.limits.ask_next_s, partial(self._refused, guest, seller))
        elif drawn.answer is Answer.PASS:
            self._after(answers_in_s, partial(self._refused, guest, seller))
        elif drawn.answer is Answer.LATER:
            self._after(answers_in_s, partial(self._not_now, guest, seller, drawn.later_s))
        else:
            self._after(answers_in_s, partial(self._accepted, guest, seller))

    def _refused(self, guest: Guest, seller: Seller) -> None:
        guest.asked[seller.consultant.number] = self.now_s
        guest.refused_by.add(seller.consultant.number)
        self._come_free(seller)
        self._wait_on(guest)

    def _wait_on(self, guest: Guest) -> None:
        """Back into the line at the old place."""
        if guest.stage is Stage.LEFT:
            return
        guest.stage, guest.picked = Stage.WAITING, None
        self.waiting.append(guest)
        self.waiting.sort(key=lambda one: one.party.number)

    def _not_now(self, guest: Guest, seller: Seller, later_s: float) -> None:
        """稍后: the consultant is away until then; the party is asked for again at that time, or after 3 minutes."""
        seller.post, seller.back_s = Post.NOT_NOW, self.now_s + later_s
        guest.asked[seller.consultant.number] = self.now_s
        guest.refused_by.add(seller.consultant.number)
        if guest.stage is not Stage.LEFT:
            guest.stage = Stage.LATER
        self._after(min(later_s, self.limits.later_s), partial(self._later_over, guest, seller, later_s))
        self._after(later_s, partial(self._later_gone, seller))

    def _later_over(self, guest: Guest, seller: Seller, later_s: float) -> None:
        if guest.stage is Stage.LEFT:
            return
        self._wait_on(guest)
        if later_s <= self.limits.later_s and self._back_after_later(seller):
            self._ask(guest, seller)

    def _later_gone(self, seller: Seller) -> None:
        self._back_after_later(seller)

    def _back_after_later(self, seller: Seller) -> bool:
        """Whether the consultant comes free now (an owed break goes first)."""
        if seller.post is not Post.NOT_NOW:
            return False
        self._come_free(seller)
        return not seller.is_away

    def _accepted(self, guest: Guest, seller: Seller) -> None:
        if guest.stage is Stage.LEFT:
            self._come_free(seller)
            return
        guest.stage, guest.accepted_s, guest.served_by = Stage.ACCEPTED, self.now_s, seller.consultant.number
        guest.beside_s = self.now_s + guest.party.walk_s
        seller.post, seller.serving_since_s, seller.last_accept_s = Post.SERVING, self.now_s, self.now_s
        seller.accepted += 1
        self._after(guest.party.walk_s + guest.party.service_s, partial(self._come_free, seller))
