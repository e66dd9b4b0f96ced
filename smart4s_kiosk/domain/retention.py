"""How long records are kept (PIPL art. 19: no longer than needed; product rules of November 2026)."""

from datetime import datetime, timedelta

from smart4s_kiosk.domain.agreements import Agreement

CONTACT_LIFE = timedelta(days=730)
"""A visit with contact, and what was offered at it: 24 months."""
AGREEMENT_LIFE = timedelta(days=3 * 365 + 60)
"""Civil code art. 188: three years to sue, and sixty days for the post."""
SENT_LIFE = timedelta(days=30)
"""Messages that were sent, and commands that were applied: the connector repeats none of that age."""
RECEIPT_LIFE = timedelta(days=30)
"""How long a second press of the same button finds what the first one made."""


def is_over(agreement: Agreement, now: datetime) -> bool:
    """Whether nothing asks for this agreement any more. One with damage noted waits for a person's decision."""
    if agreement.sealed_at is None:
        return now - agreement.created_at >= CONTACT_LIFE
    return not agreement.damage and now - agreement.sealed_at >= AGREEMENT_LIFE
