"""Leases due messages and sends them under WeCom's limits; what cannot be delivered is told to the showroom."""

import logging
import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from cloud_connector.relay.failures import report_undelivered
from cloud_connector.relay.routing import UPDATE
from cloud_connector.storage.database import Database, DatabaseAway
from cloud_connector.storage.deliveries import Delivery
from cloud_connector.storage.limits import Budget
from cloud_connector.storage.work import Work
from cloud_connector.wecom.errors import PASSING, AppStopped, Policy, WeComRefused, WeComUnreachable
from cloud_connector.wecom.rate_limit import Bucket
from cloud_connector.workers.sending import Sender, Unsent
from cloud_connector.workers.signal import WorkSignal

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
BATCH = 3
"""Few at a time: three slow calls of each must fit into a lease."""
MAX_REFUSALS = 4
MAX_TRIES = 300
"""Some two and a half hours of an absent or busy WeCom; what has an end of its use ends before."""
PAUSE = timedelta(seconds=60)
IDLE_S = 5.0
SEND_API, UPDATE_API, TOKEN_API = "message/send", "message/update_template_card", "gettoken"


def back_off(attempts: int) -> timedelta:
    """Full jitter, base 1 s, doubled each time, at most 60 s."""
    return timedelta(seconds=random.uniform(0.1, min(60.0, 2.0**attempts)))  # noqa: S311 - not a secret


class DeliveryWorker:
    """One sender; any number may run in any number of processes."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        signal: WorkSignal,
        *,
        owner: str,
        agent_id: int,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._sender = sender
        self._signal = signal
        self._owner = owner
        self._agent_id = str(agent_id)
        self._now = now

    def run(self, stop: threading.Event) -> None:
        """Until `stop`: send what is due, then wait for a ring, the next due time or five seconds."""
        while not stop.is_set():
            heard = self._signal.rings()
            try:
                if self.step() == 0 and not stop.is_set():
                    self._signal.wait(heard, self._idle_s())
            except DatabaseAway:
                log.warning("database away, delivery waits", extra={"action": "delivery"})
                stop.wait(IDLE_S)

    def free_leases(self) -> None:
        """Take up at once what a process that died had taken; only for a database that no other process uses."""
        with self._database.begin() as work:
            work.deliveries.free_leases()

    def step(self) -> int:
        """Send one batch; answers how many messages were looked at."""
        now = self._now()
        with self._database.begin() as work:
            batch = work.deliveries.lease_due(self._owner, now, now + LEASE, BATCH)
        for delivery in batch:
            try:
                self._deliver(delivery)
            except DatabaseAway:
                raise
            except Exception:
                log.exception("delivery failed", extra={"action": "delivery", "delivery": delivery.id})
                self._again(delivery, back_off(delivery.attempts), "internal", counted=True)
        return len(batch)

    def _idle_s(self) -> float:
        with self._database.look() as work:
            due = work.deliveries.next_run_at()
        return IDLE_S if due is None else min(IDLE_S, max(0.02, (due - self._now()).total_seconds()))

    def _deliver(self, delivery: Delivery) -> None:
        now = self._now()
        if delivery.expires_at is not None and delivery.expires_at <= now:
            self._give_up(delivery, "expired", "expired")
            return
        wait = self._wait_needed(delivery, now)
        if wait:
            self._again(delivery, wait, "limit", counted=False)
            return
        try:
            missed = self._sender.send(delivery)
        except Unsent as reason:
            self._finish(delivery, "done", str(reason))
        except WeComRefused as refused:
            self._refused(delivery, refused)
        except WeComUnreachable as away:
            log.warning("wecom unreachable", extra={"action": "delivery", "delivery": delivery.id, "why": str(away)})
            self._again_or_give_up(delivery, "unreachable", MAX_TRIES)
        except AppStopped as stopped:
            self._again(delivery, PAUSE, f"stopped {stopped.code}", counted=False)
        else:
            self._delivered(delivery, missed=missed)

    def _delivered(self, delivery: Delivery, *, missed: bool) -> None:
        if missed and delivery.kind != UPDATE:
            self._give_up(delivery, "dead", "recipient_invalid")
        else:
            self._finish(delivery, "done", "")

    def _wait_needed(self, delivery: Delivery, now: datetime) -> timedelta:
        """How long the API's pause or the member's budget asks us to wait; takes one message out of the budget."""
        api = UPDATE_API if delivery.kind == UPDATE else SEND_API
        with self._database.begin() as work:
            # Without a token no call gets through: a pause of `gettoken` (its own limit, our address) is one of all.
            pauses = [until for until in (work.limits.paused_until(one, now) for one in (api, TOKEN_API)) if until]
            if pauses:
                return max(pauses) - now
            return timedelta(0) if api == UPDATE_API else self._take_from_budget(work, delivery.recipient, now)

    def _take_from_budget(self, work: Work, member: str, now: datetime) -> timedelta:
        full = Bucket.full(now)
        held = work.limits.budget(self._agent_id, member, Budget(full.level, full.at, full.hour, full.sent_in_hour))
        left, wait = Bucket(held.level, held.at, held.hour, held.sent_in_hour).take(now)
        work.limits.put_budget(self._agent_id, member, Budget(left.level, left.at, left.hour, left.sent_in_hour))
        return wait

    def _refused(self, delivery: Delivery, refused: WeComRefused) -> None:
        log.warning(
            "wecom refused",
            extra={"action": "delivery", "delivery": delivery.id, "errcode": refused.code, "hint": refused.hint},
        )
        if refused.policy in {Policy.WAIT, Policy.BLOCKED}:
            with self._database.begin() as work:
                work.limits.pause(refused.api, self._now() + PAUSE, refused.code)
            self._again(delivery, PAUSE, f"errcode {refused.code}", counted=False)
        elif refused.policy is Policy.STOP:
            self._again(delivery, PAUSE, f"errcode {refused.code}", counted=False)
        elif refused.policy is Policy.DONE or delivery.kind == UPDATE:
            self._finish(delivery, "done", f"errcode {refused.code}")  # an update's code works once: done, or stale
        elif refused.policy in {Policy.RETRY, Policy.RENEW}:
            limit = MAX_TRIES if refused.code in PASSING else MAX_REFUSALS
            self._again_or_give_up(delivery, f"errcode_{refused.code}", limit)
        else:
            self._give_up(delivery, "dead", f"errcode_{abs(refused.code)}")

    def _again_or_give_up(self, delivery: Delivery, error: str, limit: int) -> None:
        if delivery.attempts + 1 >= limit:
            self._give_up(delivery, "dead", error.replace("-", ""))
        else:
            self._again(delivery, back_off(delivery.attempts), error, counted=True)

    def _again(self, delivery: Delivery, wait: timedelta, error: str, *, counted: bool) -> None:
        with self._database.begin() as work:
            work.deliveries.again(delivery, self._owner, self._now() + wait, error, counted=counted)

    def _finish(self, delivery: Delivery, state: str, error: str) -> None:
        with self._database.begin() as work:
            work.deliveries.finish(delivery, self._owner, state, self._now(), error)
        self._signal.ring()  # what stood behind it may go now

    def _give_up(self, delivery: Delivery, state: str, code: str) -> None:
        with self._database.begin() as work:
            if work.deliveries.finish(delivery, self._owner, state, self._now(), code) and delivery.kind != UPDATE:
                report_undelivered(work, delivery, code, self._now())
        self._signal.ring()
