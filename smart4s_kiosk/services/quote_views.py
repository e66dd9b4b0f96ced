"""A published quote on the customer's side: the same lines in the same order as on the tablet and the paper."""

from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.quotes import LineCode, LineKind, QuoteLine
from smart4s_kiosk.domain.taxes import ChargeNote
from smart4s_kiosk.ports.storage import Storage
from smart4s_kiosk.services.check_in_choices import QuoteLineKind, QuoteNote
from smart4s_kiosk.services.check_in_views import QuoteRow, QuoteShown
from smart4s_kiosk.services.quotes import IssuedQuote, Quotes, link_host

_KINDS = {
    LineCode.PURCHASE_TAX: QuoteLineKind.PURCHASE_TAX,
    LineCode.COMPULSORY_INSURANCE: QuoteLineKind.COMPULSORY_INSURANCE,
    LineCode.VEHICLE_TAX: QuoteLineKind.VEHICLE_TAX,
    LineCode.COMMERCIAL_INSURANCE: QuoteLineKind.COMMERCIAL_INSURANCE,
    LineCode.REGISTRATION_SERVICE: QuoteLineKind.REGISTRATION,
    LineCode.LOAN_SERVICE: QuoteLineKind.EXTRA,
    LineCode.EXTRA: QuoteLineKind.EXTRA,
}
_NOTES = {
    ChargeNote.HALVED: QuoteNote.NEV_HALF,
    ChargeNote.CAPPED: QuoteNote.NEV_HALF,
    ChargeNote.EXEMPT: QuoteNote.EXEMPT,
    ChargeNote.FIRST_YEAR: QuoteNote.FIRST_YEAR,
}


class QuoteViews:
    """Implements `kiosk_guests.ShownQuotes`."""

    def __init__(self, *, storage: Storage, quotes: Quotes) -> None:
        self._storage = storage
        self._quotes = quotes

    def newest_of(self, visit_id: VisitId) -> QuoteShown | None:
        """The newest published quote of the visit, with both codes."""
        issued = self._quotes.newest(visit_id)
        return self.shown(issued) if issued is not None else None

    def shown(self, issued: IssuedQuote) -> QuoteShown:
        """An issued quote, also one without a visit."""
        with self._storage.look() as view:
            settings = view.settings.current()
            consultant = view.staff.get(issued.quote.consultant_id).name
        site = " ".join(part for part in (settings.store_name, link_host(issued.link) or settings.domain) if part)
        visit_id = issued.quote.visit_id or VisitId("")
        return shown(issued, self._quotes, visit_id, consultant=consultant, site=site)


def shown(issued: IssuedQuote, quotes: Quotes, visit_id: VisitId, *, consultant: str, site: str) -> QuoteShown:
    """An issued quote as the kiosk's page shows it."""
    quote = issued.quote
    draft = quote.priced.draft
    return QuoteShown(
        visit_id=visit_id,
        quote_id=quote.id,
        car=f"{draft.car.model} {draft.car.trim}".strip(),
        total_fen=quote.priced.total_fen,
        valid_until=quote.priced.valid_until,
        rows=_rows(issued),
        code=quotes.matrix(issued.link or issued.text),
        text_code=quotes.matrix(issued.text) if issued.link else (),
        number=quote.number,
        version=quote.version,
        consultant=consultant,
        check_code=quote.check_code(),
        site=site,
    )


def _rows(issued: IssuedQuote) -> tuple[QuoteRow, ...]:
    priced = issued.quote.priced
    draft = priced.draft
    car = QuoteRow(
        QuoteLineKind.CAR,
        draft.net_price_fen,
        QuoteNote.LIST_AND_DISCOUNT if draft.discount.amount_fen else QuoteNote.NONE,
        list_fen=draft.car.list_price_fen,
        discount_fen=draft.discount.amount_fen,
    )
    lines = [_row(line) for line in priced.lines if line.code in _KINDS]
    subsidies = [
        QuoteRow(QuoteLineKind.SUBSIDY, s.amount_fen, QuoteNote.UNTIL_NOT_INCLUDED, until=s.last_day)
        for s in priced.subsidies
    ]
    return (car, *lines, *subsidies)


def _row(line: QuoteLine) -> QuoteRow:
    note = _NOTES.get(line.note, QuoteNote.NONE)
    if line.is_estimate:
        note = QuoteNote.ESTIMATE
    elif note is QuoteNote.NONE and line.kind is LineKind.OPTIONAL:
        note = QuoteNote.OPTIONAL
    return QuoteRow(_KINDS[line.code], line.amount_fen, note, name=line.name)
