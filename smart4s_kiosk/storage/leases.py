"""Who may do a thing that only one process may do."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.transaction import Transaction

_TABLE = tables.leases

Watched = dict[str, tuple[str, datetime, datetime]]
"""By name: holder and end as this process saw them last, and when it first saw that pair."""


class SqlLeases:
    """Rows of `leases`."""

    def __init__(self, transaction: Transaction, watched: Watched) -> None:
        self._transaction = transaction
        self._watched = watched

    def take(self, name: str, holder: str, *, now: datetime, seconds: float) -> bool:
        """Take or renew; False while another holder's lease runs."""
        self._transaction.must_change()
        ends_at = now + timedelta(seconds=seconds)
        row = self._transaction.first(select(_TABLE.c.holder, _TABLE.c.ends_at).where(_TABLE.c.name == name))
        if row is None:
            self._transaction.insert(_TABLE, name=name, holder=holder, ends_at=ends_at)
            return True
        if row[0] != holder and not self._has_run_out(name, row[0], row[1], now, seconds):
            return False
        self._transaction.change(update(_TABLE).where(_TABLE.c.name == name).values(holder=holder, ends_at=ends_at))
        return True

    def give_up(self, name: str, holder: str) -> None:
        """Let others take it at once; nothing happens when it is not `holder`'s."""
        self._transaction.change(delete(_TABLE).where(_TABLE.c.name == name, _TABLE.c.holder == holder))

    def _has_run_out(self, name: str, holder: str, ends_at: datetime, now: datetime, seconds: float) -> bool:
        if now >= ends_at:
            return True
        # The holder's clock may be hours ahead of ours. A lease that nobody renewed while we watched is over.
        seen = self._watched.get(name)
        if seen is None or seen[:2] != (holder, ends_at):
            self._watched[name] = (holder, ends_at, now)
            return False
        return (now - seen[2]).total_seconds() >= seconds
