"""Somebody opened a quote's link: which key signed it, and word of it to the showroom."""

import secrets
from datetime import datetime

from cloud_connector.contract.commands import QuoteOpened
from cloud_connector.storage.database import Database


def open_quote(database: Database, link: str, now: datetime) -> bytes | None:
    """The public key of the terminal that signed this quote; None for a link nobody told us of.

    The showroom hears of it at most once a minute, so that a phone that loads twice is one opening.

    Raises:
        DatabaseAway: ask again later.

    """
    with database.look() as work:
        quote = work.quotes.find(link)
    if quote is None:
        return None
    if quote.counts_at(now):
        with database.begin() as work:
            times = work.quotes.count_opening(link, now)
            if times:
                opened = QuoteOpened(quote=quote.quote, opened_at=now, times=times)
                work.commands.add(
                    quote.store_id,
                    command_id=secrets.token_hex(16),
                    kind="quote.opened",
                    data=opened.model_dump(mode="json"),
                    visit=None,
                    now=now,
                )
    return quote.signer
