"""Quotes: priced while they are built, issued once, shown to the customer by code and on paper."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.events import QuotePublished
from smart4s_kiosk.domain.ids import CustomerId, MediaHash, MessageId, QuoteId, StaffId, VisitId
from smart4s_kiosk.domain.names import mask_name
from smart4s_kiosk.domain.plain_json import from_text, to_text
from smart4s_kiosk.domain.quote_rules import QuoteRules
from smart4s_kiosk.domain.quote_versions import Quote, changes
from smart4s_kiosk.domain.quotes import DiscountLimits, PricedQuote, QuoteDraft, price
from smart4s_kiosk.domain.seals import SealKind
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.documents import QrCodes, QuotePaper, QuoteSheets, Seals, StoreFace
from smart4s_kiosk.ports.storage import Media, QuoteRecord, Storage, UnitOfWork
from smart4s_kiosk.services.agreement_papers import store_face

LINK_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
LINK_LENGTH = 26
"""26 letters of 36: above 128 bits, so a link cannot be guessed."""


@dataclass(frozen=True, slots=True)
class QuoteParts:
    """What quotes need from outside."""

    storage: Storage
    clock: Clock
    ids: Ids
    media: Media
    sheets: QuoteSheets
    codes: QrCodes
    seals: Seals
    rules: QuoteRules
    pages: str = ""
    """Address of the connector, which serves the quotes' pages; empty in a showroom without one."""


@dataclass(frozen=True, slots=True)
class IssuedQuote:
    """A published quote with what is shown of it."""

    quote: Quote
    record: QuoteRecord
    link: str
    """Address of the quote's page, whose fragment holds the whole signed quote; empty without a connector."""
    text: str
    """The figures as plain text, for phones without a network."""


class Quotes:
    """Use cases of a quote."""

    def __init__(self, parts: QuoteParts) -> None:
        self._p = parts

    def price(self, draft: QuoteDraft) -> PricedQuote:
        """The draft priced by the rules of the showroom's today. Keeps nothing."""
        with self._p.storage.look() as view:
            settings = view.settings.current()
        today = self._p.clock.now().astimezone(settings.zone).date()
        return price(draft, self._p.rules, today, settings.quote_days)

    def issue(
        self,
        draft: QuoteDraft,
        *,
        quote_id: QuoteId,
        by: StaffId,
        visit_id: VisitId | None = None,
        approved_by: StaffId | None = None,
        language: str = "zh_CN",
    ) -> IssuedQuote:
        """Publish: figures of today, a number, a sheet, a link. A second press finds the same quote.

        `approved_by` is whoever's PIN allowed a larger discount (`Staff.approve`); a name in the draft counts nothing.
        """
        now = self._p.clock.now()
        with self._p.storage.begin() as work:
            if work.receipts.find(f"quote:{quote_id}"):
                return self._issued(work, work.quotes.get(quote_id))
            member = work.staff.get(by)
            draft = _with_approver(work, draft, approved_by)
            settings = work.settings.current()
            DiscountLimits(settings.discount_limits).check(draft.discount, member.role.value)
            today = now.astimezone(settings.zone).date()
            priced = price(draft, self._p.rules, today, settings.quote_days)
            quote = self._next_version(work, quote_id, priced, by=by, visit_id=visit_id).issue(now, today)
            record = self._record(work, quote, member.name, language)
            work.quotes.add(record)
            work.receipts.keep(f"quote:{quote_id}", quote_id, now)
            work.outbox.add(
                self._published(quote, record),
                message_id=MessageId(self._p.ids.new()),
                aggregate=f"quote:{quote.number}",
                at=now,
            )
            work.announce("quotes", visit_id or "")
            return self._issued(work, record)

    def newest(self, visit_id: VisitId) -> IssuedQuote | None:
        """The newest quote of a visit."""
        with self._p.storage.look() as view:
            records = view.quotes.of_visit(visit_id)
            return self._issued(view, records[-1]) if records else None

    def sheet(self, quote_id: QuoteId) -> bytes:
        """The PDF as it was issued."""
        with self._p.storage.look() as view:
            record = view.quotes.get(quote_id)
        return self._p.media.get(record.pdf or MediaHash(""))

    def matrix(self, payload: str) -> tuple[str, ...]:
        """A code as rows of "0" and "1"."""
        return tuple("".join("1" if dark else "0" for dark in row) for row in self._p.codes.matrix(payload).rows)

    def _next_version(
        self, work: UnitOfWork, quote_id: QuoteId, priced: PricedQuote, *, by: StaffId, visit_id: VisitId | None
    ) -> Quote:
        """The next version of the visit's quote, or the first with a new number."""
        now = self._p.clock.now()
        earlier = work.quotes.of_visit(visit_id) if visit_id else []
        if earlier:
            last = quote_of(earlier[-1])
            return last.next_version(quote_id, priced, now)[1]
        day = priced.priced_on
        number = f"Q-{day:%Y%m%d}-{work.counters.next('quote', day):03d}"
        customer = work.visits.get(visit_id).customer_id if visit_id else None
        return Quote(quote_id, number, 1, by, priced, now, visit_id=visit_id, customer_id=customer)

    def _record(self, work: UnitOfWork, quote: Quote, consultant: str, language: str) -> QuoteRecord:
        settings = work.settings.current()
        store, token = store_face(settings), self._p.ids.code(LINK_LENGTH, LINK_ALPHABET)
        link = self._link(quote, store, consultant, token)
        text = self._p.codes.quote_text(quote, store, consultant)
        earlier = work.quotes.of_visit(quote.visit_id) if quote.visit_id else []
        paper = QuotePaper(
            store=replace(store, domain=link_host(link) or store.domain),
            quote=quote,
            consultant=consultant,
            customer=_customer_name(work, quote.customer_id),
            language=language,
            changes=changes(quote_of(earlier[-1]).priced, quote.priced) if earlier else (),
            qr_payload=link or text,
            printed_at=quote.issued_at,
        )
        return QuoteRecord(
            id=quote.id,
            version=quote.version,
            number=quote.number,
            visit_id=quote.visit_id,
            customer_id=quote.customer_id,
            consultant_id=quote.consultant_id,
            content=to_text(quote),
            total_fen=quote.priced.total_fen,
            is_final=quote.priced.is_final,
            issued_at=quote.issued_at or quote.created_at,
            valid_until=_end_of_day(quote, settings.zone),
            link_token=token,
            pdf=self._sealed(work, quote, paper),
        )

    def _sealed(self, work: UnitOfWork, quote: Quote, paper: QuotePaper) -> MediaHash:
        """The sheet, sealed into the store's chain: nobody can show another price, nor another list of fees."""
        sealed = self._p.seals.seal(
            self._p.sheets.quote_sheet(paper),
            kind=SealKind.QUOTE,
            subject_id=quote.id,
            now=self._p.clock.now(),
            previous=work.seals.last(),
        )
        work.seals.append(sealed.entry)
        return self._p.media.put(sealed.pdf)

    def _link(self, quote: Quote, store: StoreFace, consultant: str, token: str) -> str:
        """Nothing of the guest stands in front of the #: the token is chance, and what is behind reaches no server."""
        if not self._p.pages:
            return ""
        page = f"{self._p.pages.rstrip('/')}/q/{token}"
        return self._p.codes.quote_link(quote, store, consultant, page=page)

    def _published(self, quote: Quote, record: QuoteRecord) -> QuotePublished:
        return QuotePublished(
            quote.id,
            quote.version,
            record.link_token,
            record.total_fen,
            record.valid_until,
            self._p.codes.signer_key(),
        )

    def _issued(self, work: UnitOfWork, record: QuoteRecord) -> IssuedQuote:
        quote = quote_of(record)
        store = store_face(work.settings.current())
        consultant = work.staff.get(record.consultant_id).name
        return IssuedQuote(
            quote,
            record,
            self._link(quote, store, consultant, record.link_token),
            self._p.codes.quote_text(quote, store, consultant),
        )


def quote_of(record: QuoteRecord) -> Quote:
    """The quote that a stored version holds."""
    quote: Quote = from_text(Quote, record.content)
    return quote


def link_host(link: str) -> str:
    """The host that a link leads to: it is named beside every code, so that a sticker over it is noticed."""
    return urlsplit(link).netloc


def _with_approver(work: UnitOfWork, draft: QuoteDraft, approved_by: StaffId | None) -> QuoteDraft:
    """The draft with the approver's name, and only that of somebody who may approve."""
    name = ""
    if approved_by is not None:
        approver = work.staff.get(approved_by)
        approver.must_be_allowed(Permission.APPROVE)
        name = approver.name
    return replace(draft, discount=replace(draft.discount, approved_by=name))


def _customer_name(work: UnitOfWork, customer_id: CustomerId | None) -> str:
    return mask_name(work.customers.get(customer_id).name) if customer_id else ""


def _end_of_day(quote: Quote, zone: ZoneInfo) -> datetime:
    """The first moment after the last day of validity, in the showroom's zone."""
    after = quote.priced.valid_until + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
