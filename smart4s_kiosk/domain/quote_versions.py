"""A quote's life: draft, issued, replaced by its next version or accepted; with what changed and what is sealed."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import CustomerId, QuoteId, StaffId, VisitId
from smart4s_kiosk.domain.quotes import PricedQuote, QuoteLine

CHECK_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U."""


class QuoteNotDraft(RuleBroken):
    """An issued quote is never changed; make a new version."""

    code = "quote.not_draft"


class QuoteNotIssued(RuleBroken):
    """Only an issued quote can do this."""

    code = "quote.not_issued"


class QuoteExpired(RuleBroken):
    """This quote is past its last day."""

    code = "quote.expired"


class QuoteStale(RuleBroken):
    """Priced on an earlier day: price it again before issuing."""

    code = "quote.stale"


class QuoteState(StrEnum):
    """Where a version stands; "expired" follows from the day and is not stored."""

    DRAFT = "draft"
    ISSUED = "issued"
    REPLACED = "replaced"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Quote:
    """One version of a quote for one customer."""

    id: QuoteId
    number: str
    """The same for all versions, for example "WJ-20261121-0037"."""
    version: int
    consultant_id: StaffId
    priced: PricedQuote
    created_at: datetime
    state: QuoteState = QuoteState.DRAFT
    visit_id: VisitId | None = None
    customer_id: CustomerId | None = None
    supersedes: QuoteId | None = None
    issued_at: datetime | None = None

    def reprice(self, priced: PricedQuote) -> "Quote":
        """The draft with other figures."""
        self._need_draft()
        return replace(self, priced=priced)

    def issue(self, now: datetime, today: date) -> "Quote":
        """Publish it: from here on it never changes. Figures must be of today."""
        self._need_draft()
        if self.priced.priced_on != today:
            raise QuoteStale(priced_on=self.priced.priced_on.isoformat())
        return replace(self, state=QuoteState.ISSUED, issued_at=now)

    def next_version(self, quote_id: QuoteId, priced: PricedQuote, now: datetime) -> tuple["Quote", "Quote"]:
        """(this version, replaced; the new draft that follows it)."""
        if self.state is not QuoteState.ISSUED:
            raise QuoteNotIssued(state=self.state.value)
        draft = replace(
            self,
            id=quote_id,
            version=self.version + 1,
            priced=priced,
            created_at=now,
            state=QuoteState.DRAFT,
            supersedes=self.id,
            issued_at=None,
        )
        return replace(self, state=QuoteState.REPLACED), draft

    def accept(self, today: date) -> "Quote":
        """The customer takes it, within its validity."""
        if self.state is not QuoteState.ISSUED:
            raise QuoteNotIssued(state=self.state.value)
        if self.priced.is_expired(today):
            raise QuoteExpired(valid_until=self.priced.valid_until.isoformat())
        return replace(self, state=QuoteState.ACCEPTED)

    def _need_draft(self) -> None:
        if self.state is not QuoteState.DRAFT:
            raise QuoteNotDraft(state=self.state.value)

    def digest(self) -> str:
        """SHA-256 (hex) over every figure, its rule and the declaration that nothing unlisted is charged."""
        return hashlib.sha256(self.sealed_text()).hexdigest()

    def check_code(self) -> str:
        """Eight characters of the digest for comparing by eye, for example "7Q2F-19KD"."""
        number = int.from_bytes(bytes.fromhex(self.digest())[:5], "big")
        text = "".join(CHECK_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
        return f"{text[:4]}-{text[4:]}"

    def sealed_text(self) -> bytes:
        """What the seal covers, as canonical JSON: keys sorted, no spaces, UTF-8."""
        priced, car = self.priced, self.priced.draft.car
        facts = {
            "number": self.number,
            "version": self.version,
            "priced_on": priced.priced_on.isoformat(),
            "valid_until": priced.valid_until.isoformat(),
            "car": [car.brand, car.model, car.trim, car.model_year, car.colour, list(car.options), car.vin],
            "lines": [_line_facts(line) for line in priced.lines],
            "total_fen": priced.total_fen,
            "is_final": priced.is_final,
            "subsidies": [[s.kind.value, s.amount_fen, s.last_day.isoformat()] for s in priced.subsidies],
            "loan": _loan_facts(priced),
            "declares": "no_unlisted_charges",
        }
        return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _line_facts(line: QuoteLine) -> list[object]:
    rule = line.provenance
    origin = [rule.rule, rule.source, rule.dated.isoformat()] if rule else []
    return [line.code, line.kind, line.name, line.amount_fen, line.payee, line.note, line.is_unverified, origin]


def _loan_facts(priced: PricedQuote) -> list[object]:
    if priced.loan is None:
        return []
    terms = priced.loan.terms
    return [terms.principal_fen, terms.months, terms.method, str(terms.rate), str(priced.loan.annual_rate)]


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """One line that differs between two versions; None where it was not there."""

    code: str
    name: str
    before_fen: int | None
    after_fen: int | None


def changes(before: PricedQuote, after: PricedQuote) -> tuple[QuoteChange, ...]:
    """Which lines differ, in the order of the new version, dropped ones last."""
    old, new = _by_line(before), _by_line(after)
    return tuple(
        QuoteChange(code, name, old.get((code, name, place)), new.get((code, name, place)))
        for code, name, place in [*new, *(key for key in old if key not in new)]
        if old.get((code, name, place)) != new.get((code, name, place))
    )


def _by_line(priced: PricedQuote) -> dict[tuple[str, str, int], int]:
    """Amounts by code, name and which one of that name it is."""
    amounts: dict[tuple[str, str, int], int] = {}
    for line in priced.lines:
        place = sum(1 for code, name, _ in amounts if (code, name) == (line.code.value, line.name))
        amounts[line.code.value, line.name, place] = line.amount_fen
    return amounts
