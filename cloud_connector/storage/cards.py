"""Cards with buttons that are out there, and the callbacks that came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_once

CODE_LIFE = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Card:
    """One card; `said` is what its buttons were last replaced by, empty while they can be pressed."""

    task_id: str
    store_id: str
    visit: str
    recipient: str
    language: str
    message_id: str = ""
    response_code: str = ""
    coded_at: datetime | None = None
    said: str = ""


class Cards:
    """Cards inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, card: Card, now: datetime) -> None:
        """Note a card before it is sent: a press may come faster than the answer to sending."""
        insert_once(
            self._connection,
            tables.cards,
            task_id=card.task_id,
            store_id=card.store_id,
            visit=card.visit,
            recipient=card.recipient,
            language=card.language,
            message_id="",
            response_code="",
            said="",
            created_at=now,
        )

    def sent(self, task_id: str, message_id: str, response_code: str, now: datetime) -> None:
        """What sending answered; a newer code from a press is not overwritten."""
        here = tables.cards.c.task_id == task_id
        self._connection.execute(update(tables.cards).where(here).values(message_id=message_id))
        fresh = here & (tables.cards.c.response_code == "")
        coded = {"response_code": response_code, "coded_at": now if response_code else None}
        self._connection.execute(update(tables.cards).where(fresh).values(**coded))

    def pressed(self, task_id: str, response_code: str, said: str, now: datetime) -> None:
        """A press brought a new code, and the answer replaced the buttons by `said`."""
        values = {"response_code": response_code, "coded_at": now, "said": said}
        self._connection.execute(update(tables.cards).where(tables.cards.c.task_id == task_id).values(**values))

    def updated(self, task_id: str, said: str) -> None:
        """The code is spent and the buttons say `said`."""
        values = {"response_code": "", "coded_at": None, "said": said}
        self._connection.execute(update(tables.cards).where(tables.cards.c.task_id == task_id).values(**values))

    def get(self, task_id: str) -> Card | None:
        row = self._connection.execute(select(tables.cards).where(tables.cards.c.task_id == task_id)).one_or_none()
        return _card(row) if row else None

    def of_visit(self, store_id: str, visit: str) -> list[Card]:
        here = (tables.cards.c.store_id == store_id) & (tables.cards.c.visit == visit)
        return [_card(row) for row in self._connection.execute(select(tables.cards).where(here))]

    def callback_answer(self, dedupe_key: str) -> str | None:
        """What the first of these callbacks was answered; None when this is the first."""
        rows = tables.callbacks
        return self._connection.execute(
            select(rows.c.answer).where(rows.c.dedupe_key == dedupe_key)
        ).scalar_one_or_none()

    def claim_callback(
        self, dedupe_key: str, *, corp_id: str, agent_id: str, event: str, change_type: str, now: datetime
    ) -> bool:
        """True once per callback; concurrent repeats wait for the first."""
        return insert_once(
            self._connection,
            tables.callbacks,
            dedupe_key=dedupe_key,
            corp_id=corp_id,
            agent_id=agent_id,
            event=event[:60],
            change_type=change_type[:60],
            answer="",
            received_at=now,
        )

    def answer_callback(self, dedupe_key: str, answer: str) -> None:
        here = tables.callbacks.c.dedupe_key == dedupe_key
        self._connection.execute(update(tables.callbacks).where(here).values(answer=answer))

    def forget_before(self, moment: datetime) -> int:
        gone = self._connection.execute(delete(tables.cards).where(tables.cards.c.created_at < moment)).rowcount
        old = delete(tables.callbacks).where(tables.callbacks.c.received_at < moment)
        return gone + self._connection.execute(old).rowcount


def _card(row: object) -> Card:
    names = ("task_id", "store_id", "visit", "recipient", "language", "message_id", "response_code", "coded_at", "said")
    return Card(**{name: getattr(row, name) for name in names})
