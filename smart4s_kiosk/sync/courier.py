"""Carries the outbox away: under a lease, oldest first in each aggregate, until the connector has answered for each.

Two loops, one lease: `run` sends, `run_inbox` holds the long poll. Only the holder does either. One that the connector
refuses, or that does not reach it, stands aside for a moment: another terminal may have a better line.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cloud_connector.contract.envelope import MAX_BATCH_BYTES, MAX_BATCH_EVENTS, Command, Event, ItemAnswer
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.outbox import OutboxMessage
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.ports.sync import CommandHandler, ConnectorAway, ConnectorRefused, LineState, LineStatus
from smart4s_kiosk.sync.backoff import PollPace, full_jitter
from smart4s_kiosk.sync.command_inbox import CommandInbox
from smart4s_kiosk.sync.connector_client import ClockLearned, ConnectorClient, ResyncNeeded
from smart4s_kiosk.sync.courier_lease import CourierLease
from smart4s_kiosk.sync.event_messages import Unsendable, not_understood, to_wire
from smart4s_kiosk.sync.others_line import OthersLine

log = logging.getLogger(__name__)
IDLE_S = 1.0
ASIDE_AFTER_S = 20.0
ASIDE_S = 3.0
"""Longer than the others need to ask for the lease."""
ASIDE_AT_MOST_S = 60.0
BROKEN = "http_500"
BROKEN_OFTEN = 3
LATER_AT_MOST_S = 60.0
QUICK_S = 2.0
"""However long the back-off, something new is tried this soon after the last try."""
_ENVELOPE_BYTES = 64
_POLL_PAUSE_S = 0.5
_POLL_TROUBLE_S = 30.0


class Courier:
    """One showroom process's courier; of several, the lease's holder works and the others wait."""

    def __init__(
        self, storage: Storage, client: ConnectorClient, handler: CommandHandler, clock: Clock, *, holder: str
    ) -> None:
        self._storage = storage
        self._client = client
        self._clock = clock
        self._inbox = CommandInbox(storage, handler, self._server_now, self._report_strange)
        self._pace = PollPace()
        self._changed = threading.Condition()
        self._rings = 0
        self._failures = 0
        self._resume_at = 0.0
        self._refusals = 0
        self._trouble_since: float | None = None
        self._broken_batches = 0
        self._lease = CourierLease(storage, clock, holder)
        self._others = OthersLine(storage, clock)
        self._status = LineStatus(LineState.UNKNOWN, is_courier=False, last_contact_at=None)
        self._status_lock = threading.Lock()

    def status(self) -> LineStatus:
        """The line as it was last seen."""
        identity = self._client.identity
        state = self._status.state if identity.is_enrolled else LineState.OFF
        return replace(self._status, state=state, clock_offset_s=identity.clock_offset_s)

    def clock_offset_s(self) -> float | None:
        """Server's clock minus this machine's now; None while nobody knows."""
        return self._client.clock_offset_s()

    def enrol(self, code: str, device_name: str) -> None:
        """Make this terminal known to its store's connector."""
        self._client.enrol(code, device_name)
        self._note_contact()
        self.wake()

    def wake(self) -> None:
        """Something new, or the network is back: do not sit out a long back-off."""
        with self._changed:
            self._rings += 1
            self._resume_at = min(self._resume_at, self._clock.monotonic() + QUICK_S)
            self._changed.notify_all()

    def close(self) -> None:
        """Free both loops from whatever they wait for (`Workers.add(interrupt=...)`)."""
        self._client.close()
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def run(self, stop: threading.Event) -> None:
        """Send until `stop`."""
        while not stop.is_set():
            heard = self._rings
            try:
                sent = self.step()
            except Exception as error:
                if not isinstance(error, Unavailable):
                    log.exception("courier failed", extra={"action": "courier"})
                    self._back_off(None)
                sent = 0
            if not sent and not stop.is_set():
                self._sleep(heard, min(IDLE_S, max(0.05, self._resume_at - self._clock.monotonic())))
        self._lease.give_up()

    def run_inbox(self, stop: threading.Event) -> None:
        """Hold the long poll until `stop`; also what notices that the network is back."""
        troubles = 0
        while not stop.is_set():
            try:
                if not self._client.identity.is_enrolled or not self._holds_lease():
                    stop.wait(_POLL_PAUSE_S)
                    continue
                self._poll()
                troubles = 0
            except Unavailable as away:
                troubles += 1
                if isinstance(away, ConnectorAway | ConnectorRefused):  # and not our own database
                    self._pace.cut()
                    self._note_trouble(away)
                stop.wait(min(_POLL_TROUBLE_S, full_jitter(troubles)) + _POLL_PAUSE_S)

    def step(self) -> int:
        """Send one batch; answers how many messages were settled."""
        if not self._client.identity.is_enrolled or not self._holds_lease():
            return 0
        if self._clock.monotonic() < self._resume_at:
            return 0
        now = self._clock.now()
        with self._storage.look() as view:
            due = view.outbox.due(now, limit=MAX_BATCH_EVENTS)
        if not due:
            return 0
        fresh = [message for message in due if message.expires_at is None or message.expires_at > now]
        settled = self._expire([message for message in due if message not in fresh])
        batch, ready = self._batch(fresh)
        settled += ready
        return settled + (self._send(batch) if batch else 0)

    def _expire(self, late: Sequence[OutboxMessage]) -> int:
        """Never send a request that nobody can use any more; show that it was not sent."""
        if late:
            log.info("messages expired", extra={"action": "courier", "count": len(late)})
            with self._storage.begin() as work:
                work.outbox.mark_expired([message.message_id for message in late])
                work.announce("sync")
        return len(late)

    def _batch(self, messages: Sequence[OutboxMessage]) -> tuple[list[tuple[OutboxMessage, Event]], int]:
        """What fits into one request, and how many messages were settled without one."""
        batch: list[tuple[OutboxMessage, Event]] = []
        size, settled = _ENVELOPE_BYTES, 0
        for message in messages:
            try:
                event = to_wire(message, clock_offset_s=self._client.identity.clock_offset_s)
            except Unsendable as reason:
                log.warning("message parked", extra={"message_id": message.message_id, "why": reason.reason})
                self._park(message, f"unsendable: {reason.reason}")
                settled += 1
                continue
            if event is None:
                self._mark_sent([message])
                settled += 1
                continue
            size += len(event.model_dump_json(by_alias=True).encode()) + 1
            if size > MAX_BATCH_BYTES and batch:
                break
            batch.append((message, event))
        return batch, settled

    def _send(self, batch: Sequence[tuple[OutboxMessage, Event]]) -> int:
        messages = [message for message, _event in batch]
        try:
            answer = self._client.send([event for _message, event in batch])
        except ClockLearned:
            self._back_off(0.0)
            return 0
        except ConnectorAway as away:
            self._note_trouble(away)
            self._broken_batches += away.reason == BROKEN
            if self._broken_batches >= BROKEN_OFTEN:
                return self._each_alone(batch)
            self._back_off(away.retry_after_s)
            return 0
        except ConnectorRefused as refused:
            return self._refused(batch, refused)
        self._broken_batches = 0
        self._note_contact()
        answers = {item.id: item for item in answer.items}
        self._settle(messages, answers)
        return len(messages)

    def _refused(self, batch: Sequence[tuple[OutboxMessage, Event]], refused: ConnectorRefused) -> int:
        """A whole batch refused: find the message at fault by sending halves; a refused terminal waits."""
        if refused.reason not in {"invalid", "not_json", "too_large", "bad_encoding"}:
            self._note_trouble(refused)
            self._back_off(None)
            return 0
        if len(batch) == 1:
            self._park(batch[0][0], refused.reason)
            return 1
        half = len(batch) // 2
        return self._send(batch[:half]) + self._send(batch[half:])

    def _each_alone(self, batch: Sequence[tuple[OutboxMessage, Event]]) -> int:
        """The connector breaks over this batch again and again: one message may be why, and must not hold up all."""
        settled, broke = 0, 0
        for message, event in batch:
            try:
                answer = self._client.send([event])
            except ConnectorRefused as refused:
                parked = self._refused([(message, event)], refused)
                settled += parked
                if not parked:  # it is not the message
                    break
            except ConnectorAway as away:
                if away.reason != BROKEN:
                    break
                self._try_later(message)
                broke += 1
                if broke == BROKEN_OFTEN:  # it is not the messages
                    break
            else:
                self._settle([message], {item.id: item for item in answer.items})
                settled += 1
        if settled:
            self._broken_batches = 0
            self._note_contact()
        else:
            self._back_off(None)
        return settled

    def _try_later(self, message: OutboxMessage) -> None:
        wait_s = min(LATER_AT_MOST_S, full_jitter(message.attempts + 1))
        with self._storage.begin() as work:
            next_at = self._clock.now() + timedelta(seconds=wait_s)
            work.outbox.try_again([message.message_id], next_at=next_at, error=BROKEN)
            work.announce("sync")

    def _settle(self, messages: Sequence[OutboxMessage], answers: dict[str, ItemAnswer]) -> None:
        now = self._clock.now()
        with self._storage.begin() as work:
            for message in messages:
                item = answers.get(message.message_id)
                match item.outcome if item else "retry":
                    case "accepted" | "duplicate":
                        work.outbox.mark_sent([message.message_id])
                    case "rejected" | "stale_version" as outcome:
                        work.outbox.park(message.message_id, (item.code if item else "") or outcome)
                    case _:
                        again = now + timedelta(seconds=full_jitter(message.attempts + 1))
                        work.outbox.try_again([message.message_id], next_at=again, error="retry")
            work.announce("sync")

    def _park(self, message: OutboxMessage, error: str) -> None:
        with self._storage.begin() as work:
            work.outbox.park(message.message_id, error)
            work.announce("sync")

    def _mark_sent(self, messages: Sequence[OutboxMessage]) -> None:
        with self._storage.begin() as work:
            work.outbox.mark_sent([message.message_id for message in messages])

    def _poll(self) -> None:
        try:
            answer = self._client.poll(self._inbox.cursor(), self._pace.wait_s)
        except ResyncNeeded:
            state = self._client.state()
            log.warning("inbox resynchronised", extra={"action": "courier", "cursor": state.next})
            self._inbox.jump_to(state.next)
            return
        self._pace.good()
        self._note_contact()
        for command in answer.events:
            if not self._holds_lease():
                return
            self._take(command)

    def _take(self, command: Command) -> None:
        """A command that breaks us must not hold up those behind it; the cloud hears of it."""
        try:
            self._inbox.take(command)
        except Unavailable:
            raise
        except Exception:
            log.exception("command failed", extra={"action": "command", "command": command.id})
            self._report_strange(command, "failed")
            self._inbox.jump_to(command.cursor)

    def _server_now(self) -> datetime:
        return self._clock.now() + timedelta(seconds=self._client.identity.clock_offset_s)

    def _report_strange(self, command: Command, code: str) -> None:
        self._client.send([not_understood(command.id, command.type, code, self._server_now())])
        self._note(not_understood=self._status.not_understood + 1)  # the inbox's loop alone counts

    def _note(self, **changes: Any) -> None:
        """Change some of the status. Both loops do: neither may put back what the other has just noted."""
        with self._status_lock:
            self._status = replace(self._status, **changes)

    def _holds_lease(self) -> bool:
        held = self._lease.is_held()
        if held != self._status.is_courier:
            self._note(is_courier=held)
        if not held and not self._lease.is_aside:
            self._watch_others()
        return held

    def _watch_others(self) -> None:
        """Another terminal carries: what its line is like shows in whether messages leave."""
        self._trouble_since = None
        state = LineState.DOWN if self._others.is_stuck() else LineState.ELSEWHERE
        self._note(state=state, problem="waiting" if state is LineState.DOWN else "")

    def _stand_aside_if_hopeless(self, *, refused: bool) -> None:
        moment = self._clock.monotonic()
        if self._trouble_since is None:
            self._trouble_since = moment
        if refused:
            self._lease.stand_aside(min(ASIDE_AT_MOST_S, ASIDE_S * 2.0**self._refusals))
            self._refusals = min(self._refusals + 1, 10)
        elif moment - self._trouble_since >= ASIDE_AFTER_S:
            self._lease.stand_aside(ASIDE_S)
            self._trouble_since = moment

    def _note_contact(self) -> None:
        was_down = self._status.state is not LineState.UP
        self._note(state=LineState.UP, last_contact_at=self._clock.now(), problem="")
        self._failures = 0
        self._refusals = 0
        self._trouble_since = None
        self._lease.step_forward()
        self._resume_at = 0.0
        if was_down:
            self.wake()

    def _note_trouble(self, trouble: Unavailable) -> None:
        refused = isinstance(trouble, ConnectorRefused)
        reason = trouble.reason if isinstance(trouble, ConnectorAway | ConnectorRefused) else trouble.code
        state = LineState.REFUSED if refused else LineState.DOWN
        if (state, reason) != (self._status.state, self._status.problem):
            log.warning("line to the connector", extra={"action": "courier", "state": state, "why": reason})
        self._note(state=state, problem=reason)
        self._stand_aside_if_hopeless(refused=refused)

    def _back_off(self, retry_after_s: float | None) -> None:
        self._failures += 1
        wait_s = full_jitter(self._failures) if retry_after_s is None else retry_after_s
        self._resume_at = self._clock.monotonic() + wait_s

    def _sleep(self, heard: int, limit_s: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._rings != heard, limit_s)
