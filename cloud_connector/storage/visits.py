"""Where each visit stands, as far as cards must know, and what members are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_once, insert_or_update

ENDED = ("accepted", "closed")


@dataclass(frozen=True, slots=True)
class VisitStanding:
    """waiting, later, passed, accepted or closed, and by whom."""

    visit: str
    state: str
    by_user: str | None = None
    by_name: str | None = None


class Visits:
    """Visits inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, store_id: str, visit: str, now: datetime) -> bool:
        """A consultant is asked; False when the visit has already been accepted or closed."""
        insert_once(self._connection, tables.visits, store_id=store_id, visit=visit, state="waiting", updated_at=now)
        return self._move(store_id, visit, "waiting", now)

    def accept_first(self, store_id: str, visit: str, by: str, now: datetime) -> bool:
        """True for exactly one caller while the visit is open."""
        return self._move(store_id, visit, "accepted", now, by_user=by, by_name=self.name_of(store_id, by))

    def postpone(self, store_id: str, visit: str, by: str, now: datetime) -> bool:
        return self._move(store_id, visit, "later", now, by_user=by)

    def pass_on(self, store_id: str, visit: str, by: str, now: datetime) -> bool:
        return self._move(store_id, visit, "passed", now, by_user=by)

    def settle(self, store_id: str, visit: str, state: str, now: datetime, by: str | None, name: str | None) -> None:
        """What the showroom says holds, whatever was believed before; a closed visit stays closed."""
        insert_once(self._connection, tables.visits, store_id=store_id, visit=visit, state=state, updated_at=now)
        here = self._here(store_id, visit) & (tables.visits.c.state != "closed")
        self._connection.execute(
            update(tables.visits).where(here).values(state=state, by_user=by, by_name=name, updated_at=now)
        )

    def standing(self, store_id: str, visit: str) -> VisitStanding | None:
        row = self._connection.execute(select(tables.visits).where(self._here(store_id, visit))).one_or_none()
        return VisitStanding(row.visit, row.state, row.by_user, row.by_name) if row else None

    def all_open(self, store_id: str, since: datetime) -> list[VisitStanding]:
        """Visits touched since then, for a showroom that lost its place."""
        here = (tables.visits.c.store_id == store_id) & (tables.visits.c.updated_at >= since)
        rows = self._connection.execute(select(tables.visits).where(here).order_by(tables.visits.c.updated_at))
        return [VisitStanding(row.visit, row.state, row.by_user, row.by_name) for row in rows]

    def learn_names(self, store_id: str, people: Iterable[tuple[str, str]]) -> None:
        """What members are called."""
        for userid, name in people:
            insert_or_update(
                self._connection, tables.members, ("store_id", "userid"), store_id=store_id, userid=userid, name=name
            )

    def name_of(self, store_id: str, userid: str) -> str | None:
        here = (tables.members.c.store_id == store_id) & (tables.members.c.userid == userid)
        return self._connection.execute(select(tables.members.c.name).where(here)).scalar_one_or_none()

    def forget_before(self, moment: datetime) -> int:
        return self._connection.execute(delete(tables.visits).where(tables.visits.c.updated_at < moment)).rowcount

    def _here(self, store_id: str, visit: str) -> ColumnElement[bool]:
        return (tables.visits.c.store_id == store_id) & (tables.visits.c.visit == visit)

    def _move(self, store_id: str, visit: str, state: str, now: datetime, **by: str | None) -> bool:
        here = self._here(store_id, visit) & tables.visits.c.state.not_in(ENDED)
        values = {"by_user": None, "by_name": None, **by, "state": state, "updated_at": now}
        return self._connection.execute(update(tables.visits).where(here).values(**values)).rowcount == 1
