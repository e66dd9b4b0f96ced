"""Where a legal figure comes from: which rule, which source, dated when, true from when until when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Provenance:
    """The rule behind a line. A figure without one is the store's own price."""

    rule: str
    """Stable code of the rule, for example "purchase_tax.nev_half"."""
    source: str
    """Citation as printed, in Chinese: name and article of the text."""
    dated: date
    """Of the source or of the table that was entered."""
    valid_from: date
    valid_until: date | None = None
    """Last day; None for a rule without an end."""

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def earliest_end(*ends: date | None) -> date | None:
    """The first of the last days; None if nothing ends."""
    known = [end for end in ends if end is not None]
    return min(known) if known else None
