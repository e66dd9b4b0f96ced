"""Published quotes: which link belongs to which showroom and which key signed it. Never what is in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select, update

from cloud_connector.storage import tables
from cloud_connector.storage.statements import insert_or_update

COUNTED_EVERY = timedelta(minutes=1)
KEPT_AFTER_END = timedelta(days=30)
"""So long a page can still say "expired" with its seal checked."""


@dataclass(frozen=True, slots=True)
class PublishedQuote:
    """What the connector knows of a quote."""

    link: str
    store_id: str
    quote: str
    signer: bytes | None
    opened_at: datetime | None

    def counts_at(self, now: datetime) -> bool:
        """Whether an opening at `now` is a new one."""
        return self.opened_at is None or now - self.opened_at >= COUNTED_EVERY


class Quotes:
    """Quotes inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def publish(self, store_id: str, *, quote: str, link: str, signer: str | None, valid_until: datetime) -> None:
        """Know a link from now on. A link that another showroom has is left alone."""
        rows = tables.quotes
        owner = self._connection.execute(select(rows.c.store_id).where(rows.c.link == link)).scalar_one_or_none()
        if owner not in {None, store_id}:
            return
        insert_or_update(
            self._connection,
            rows,
            ("link",),
            link=link,
            store_id=store_id,
            quote=quote,
            signer=signer,
            valid_until=valid_until,
            opened_times=0,
        )

    def find(self, link: str) -> PublishedQuote | None:
        """The quote of a link."""
        row = self._connection.execute(select(tables.quotes).where(tables.quotes.c.link == link)).first()
        if row is None:
            return None
        signer = bytes.fromhex(row.signer) if row.signer else None
        return PublishedQuote(row.link, row.store_id, row.quote, signer, row.opened_at)

    def count_opening(self, link: str, now: datetime) -> int:
        """How often it was opened so far; 0 when somebody counted this minute already."""
        rows = tables.quotes
        is_new = or_(rows.c.opened_at.is_(None), rows.c.opened_at <= now - COUNTED_EVERY)
        counted = (
            update(rows)
            .where(rows.c.link == link, is_new)
            .values(opened_times=rows.c.opened_times + 1, opened_at=now)
            .returning(rows.c.opened_times)
        )
        return int(self._connection.execute(counted).scalar_one_or_none() or 0)

    def forget_ended(self, now: datetime) -> int:
        """Drop links some weeks after the end of their quote."""
        old = tables.quotes.c.valid_until < now - KEPT_AFTER_END
        return self._connection.execute(delete(tables.quotes).where(old)).rowcount
