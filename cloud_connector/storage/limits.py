"""What all processes must agree on before calling WeCom: members' budgets and paused APIs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_once, insert_or_update


@dataclass(frozen=True, slots=True)
class Budget:
    """What one member may still receive (`wecom.rate_limit` does the sums)."""

    level: float
    at: datetime
    hour: datetime
    sent_in_hour: int


class Limits:
    """Budgets and pauses inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def budget(self, agent_id: str, userid: str, full: Budget) -> Budget:
        """A member's budget under its row lock; `full` for a member never written to."""
        rows = tables.budgets
        insert_once(
            self._connection,
            rows,
            agent_id=agent_id,
            userid=userid,
            level=full.level,
            at=full.at,
            hour=full.hour,
            sent_in_hour=full.sent_in_hour,
        )
        here = (rows.c.agent_id == agent_id) & (rows.c.userid == userid)
        row = self._connection.execute(select(rows).where(here).with_for_update()).one()
        return Budget(row.level, row.at, row.hour, row.sent_in_hour)

    def put_budget(self, agent_id: str, userid: str, budget: Budget) -> None:
        insert_or_update(
            self._connection,
            tables.budgets,
            ("agent_id", "userid"),
            agent_id=agent_id,
            userid=userid,
            level=budget.level,
            at=budget.at,
            hour=budget.hour,
            sent_in_hour=budget.sent_in_hour,
        )

    def pause(self, api: str, until: datetime, code: int) -> None:
        """Leave an API alone until then."""
        insert_or_update(self._connection, tables.pauses, ("api",), api=api, until=until, code=code)

    def paused_until(self, api: str, now: datetime) -> datetime | None:
        """When `api` may be called again; None when it may be now."""
        here = (tables.pauses.c.api == api) & (tables.pauses.c.until > now)
        return self._connection.execute(select(tables.pauses.c.until).where(here)).scalar_one_or_none()

    def pauses(self, now: datetime) -> dict[str, int]:
        """Paused APIs and the codes that paused them."""
        rows = self._connection.execute(select(tables.pauses).where(tables.pauses.c.until > now))
        return {row.api: row.code for row in rows}

    def forget_before(self, moment: datetime) -> int:
        gone = self._connection.execute(delete(tables.pauses).where(tables.pauses.c.until < moment)).rowcount
        return gone + self._connection.execute(delete(tables.budgets).where(tables.budgets.c.at < moment)).rowcount
