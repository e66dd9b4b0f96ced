"""The quote on paper: every line with kind, payee and rule, total, loan, trade-in, subsidies and the code."""

from collections.abc import Sequence
from functools import partial

from smart4s_kiosk.documents.blocks import VALUE, Fact, boxed, facts_grid, furniture, note, pairs
from smart4s_kiosk.documents.capital_amount import capital_amount
from smart4s_kiosk.documents.fonts import Weight
from smart4s_kiosk.documents.pdf import (
    BODY,
    HEADING,
    INK,
    INK_2,
    INK_3,
    MM,
    SMALL,
    SUNKEN,
    TITLE,
    WARN,
    WARN_SOFT,
    Colophon,
    Paper,
    Style,
    moment_text,
)
from smart4s_kiosk.documents.qr import matrix
from smart4s_kiosk.documents.quote_words import (
    KINDS,
    LINES,
    LOANS,
    PAYEES,
    SUBSIDIES,
    Words,
    line_note,
    line_title,
    words_in,
)
from smart4s_kiosk.domain.money import in_whole_yuan, in_yuan
from smart4s_kiosk.domain.quotes import LineCode, LineKind, QuoteLine
from smart4s_kiosk.ports.documents import QuotePaper

AMOUNT = Style(10, 14)
AMOUNT_STRONG = Style(10, 14, Weight.MEDIUM)
BOX_ROW = Style(8.8, 13)
TOTAL = Style(20, 26, Weight.MEDIUM)
KIND = Style(8.5, 14, colour=INK_2)
RULE = Style(7.5, 11, colour=INK_3)
KIND_AT, PAYEE_AT = 92 * MM, 116 * MM
RULE_ROOM = 140 * MM
CODE_MM = 34.0


class QuoteSheetMaker:
    """Makes quote sheets with reportlab."""

    def quote_sheet(self, paper: QuotePaper) -> bytes:
        _ = words_in(paper.language)
        sheet = Paper(
            Colophon(
                store=paper.store,
                title=_("Car quotation"),
                number=f"{paper.quote.number} v{paper.quote.version}",
                language=paper.language,
                made_at=paper.printed_at or paper.quote.created_at,
                foot=_("Nothing that is not listed is charged"),
                page_words=_("Page {page} of {pages}"),
            )
        )
        _head(sheet, paper, _)
        _table(sheet, paper, _)
        _total(sheet, paper, _)
        _loan_and_trade_in(sheet, paper, _)
        _subsidies(sheet, paper, _)
        _changes(sheet, paper, _)
        _small_print(sheet, paper, _)
        return sheet.finish(furniture)


def _head(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    quote, car = paper.quote, paper.quote.priced.draft.car
    sheet.y = sheet.sheet.top + 10 * MM
    top = sheet.y
    room = sheet.room
    if paper.qr_payload:
        size = CODE_MM * MM
        sheet.code(sheet.right - size, top - 4 * MM, matrix(paper.qr_payload), size)
        sheet.text(sheet.right - size / 2, top - 4 * MM + size + 7, paper.store.domain, RULE, "centre")
        room -= size + 6 * MM
    sheet.paragraph(_("Car quotation"), TITLE)
    sheet.skip(2)
    sheet.paragraph(f"{car.brand} {car.model} {car.trim}", HEADING, room=room)
    order = f"VIN {car.vin}" if car.vin else _("to be ordered")
    model_year = _("model year {year}").format(year=car.model_year)
    details = " · ".join((model_year, car.colour, *car.options, order))
    sheet.paragraph(details, Style(9.5, 14.5, colour=INK_2), room=room)
    sheet.y = max(sheet.y + 4 * MM, top + (CODE_MM * MM if paper.qr_payload else 0))
    valid = f"{quote.priced.valid_until:%Y-%m-%d}"
    facts_grid(
        sheet,
        [
            Fact(_("Customer"), paper.customer),
            Fact(_("Consultant"), paper.consultant),
            Fact(_("Priced on"), moment_text(quote.issued_at or quote.created_at, paper.store)),
            Fact(_("Valid until"), valid),
            Fact(_("Check code"), quote.check_code()),
        ],
        columns=5,
    )
    sheet.skip(1 * MM)


def _table(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    heads = ((0.0, _("Item")), (KIND_AT, _("Kind")), (PAYEE_AT, _("Paid to")))
    base = sheet.y + 9
    for x, words in heads:
        sheet.text(sheet.left + x, base, words, SMALL)
    sheet.text(sheet.right, base, _("Amount, yuan"), SMALL, "right")
    sheet.y += 15
    sheet.rule(colour=INK, thickness=0.8)
    sheet.skip(3)
    lines = paper.quote.priced.lines
    car = [line for line in lines if line.kind is LineKind.CAR]
    for line in car:
        _row(sheet, line, _)
    _subtotal(sheet, _("Net car price"), sum(line.amount_fen for line in car))
    for line in lines:
        if line.kind is not LineKind.CAR:
            _row(sheet, line, _)


def _row(sheet: Paper, line: QuoteLine, _: Words) -> None:
    rule = _rule_words(line, _)
    rule_height = sheet.height_of(rule, RULE, RULE_ROOM) if rule else 0
    sheet.need(VALUE.leading + rule_height + 5)
    base = sheet.y + 11
    wide = sheet.text(sheet.left, base, line_title(line, _), BODY)
    sheet.text(sheet.left + wide + 6, base, line_note(line, _), KIND)
    sheet.text(sheet.left + KIND_AT, base, _(KINDS[line.kind]), KIND)
    sheet.text(sheet.left + PAYEE_AT, base, _(PAYEES[line.payee]), KIND)
    amount = _("to be checked") if line.is_unverified else in_yuan(line.amount_fen)
    sheet.text(sheet.right, base, amount, AMOUNT, "right")
    sheet.y += VALUE.leading + 1
    if rule:
        sheet.paragraph(rule, RULE, room=RULE_ROOM)
    sheet.skip(3)
    sheet.rule()
    sheet.skip(2)


def _rule_words(line: QuoteLine, _: Words) -> str:
    origin = line.provenance
    if origin is None:
        return ""
    words = _("By {source} ({dated})").format(source=origin.source, dated=f"{origin.dated:%Y-%m-%d}")
    if origin.valid_until:
        words += _(", until {day}").format(day=f"{origin.valid_until:%Y-%m-%d}")
    if line.relief_fen:
        words += _("; relief {amount}").format(amount=in_yuan(line.relief_fen))
    return words


def _subtotal(sheet: Paper, words: str, amount_fen: int) -> None:
    base = sheet.y + 11
    sheet.text(sheet.left, base, words, AMOUNT_STRONG)
    sheet.text(sheet.right, base, in_yuan(amount_fen), AMOUNT_STRONG, "right")
    sheet.y += VALUE.leading + 4
    sheet.rule(colour=INK, thickness=0.8)
    sheet.skip(2)


def _total(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    priced = paper.quote.priced
    height = 21 * MM
    sheet.need(height + 4 * MM)
    sheet.skip(2 * MM)
    top = sheet.y
    sheet.box(sheet.left, top, sheet.room, height, fill=SUNKEN, radius=6)
    words = _("On-road price") if priced.is_final else _("On-road price, not final: lines to be checked")
    sheet.text(sheet.left + 5 * MM, top + 9 * MM, words, HEADING)
    sheet.text(sheet.right - 5 * MM, top + 10.5 * MM, in_yuan(priced.total_fen), TOTAL, "right")
    small = capital_amount(priced.total_fen) if priced.is_final else ""
    sheet.text(sheet.left + 5 * MM, top + 16 * MM, _("Nothing that is not listed is charged"), SMALL)
    sheet.text(sheet.right - 5 * MM, top + 16.5 * MM, small, SMALL, "right")
    sheet.y = top + height + 4 * MM


def _loan_facts(paper: QuotePaper, _: Words) -> list[Fact]:
    loan = paper.quote.priced.loan
    if loan is None:
        return []
    months = _("{months} months, {method}").format(months=loan.terms.months, method=_(LOANS[loan.terms.method]))
    monthly = f"{in_yuan(loan.first_fen)} … {in_yuan(loan.last_fen)}"
    return [
        Fact(_("Loan"), in_whole_yuan(loan.terms.principal_fen)),
        Fact(_("Term"), months),
        Fact(_("First and last instalment"), monthly),
        Fact(_("Total interest"), in_yuan(loan.total_interest_fen)),
        Fact(_("Annual rate (simple interest)"), f"{loan.annual_rate * 100:.2f}%"),
        Fact(_("To pay without the loan"), in_yuan(paper.quote.priced.down_payment_fen)),
    ]


def _trade_in_facts(paper: QuotePaper, _: Words) -> list[Fact]:
    old = paper.quote.priced.draft.trade_in
    if old is None:
        return []
    return [
        Fact(_("Car"), old.description),
        Fact(_("Valuation"), in_yuan(old.valuation_fen)),
        Fact(_("Valued by"), old.valued_by),
        Fact(_("Valuation valid until"), f"{old.valid_until:%Y-%m-%d}"),
        Fact(_("Left to pay after trade-in"), in_yuan(paper.quote.priced.after_trade_in_fen)),
    ]


def _loan_and_trade_in(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    found = [
        (title, facts)
        for title, facts in (
            (_("By instalments"), _loan_facts(paper, _)),
            (_("Trade-in, not in the total"), _trade_in_facts(paper, _)),
        )
        if facts
    ]
    if not found:
        return
    gap = 4 * MM
    wide = (sheet.room - gap * (len(found) - 1)) / len(found)
    height = 12 * MM + max(len(facts) for _title, facts in found) * 14
    sheet.need(height + gap)
    top = sheet.y
    for place, (title, facts) in enumerate(found):
        sheet.y = top
        draw = partial(_set_pairs, sheet, facts)
        boxed(sheet, sheet.left + place * (wide + gap), wide, height, title, SUNKEN, draw)
    sheet.skip(gap)


def _set_pairs(sheet: Paper, facts: Sequence[Fact], x: float, room: float) -> None:
    pairs(sheet, facts, x, room, BOX_ROW)


def _subsidies(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    rows = paper.quote.priced.subsidies
    if not rows:
        return
    height = 13 * MM + len(rows) * 25
    sheet.need(height + 4 * MM)

    def draw(x: float, room: float) -> None:
        for one in rows:
            words = _("{kind}, claim by {day}").format(kind=_(SUBSIDIES[one.kind]), day=f"{one.last_day:%Y-%m-%d}")
            pairs(sheet, [Fact(words, in_whole_yuan(one.amount_fen))], x, room)
            dated = f"{one.provenance.dated:%Y-%m-%d}"
            source = _("By {source} ({dated})").format(source=one.provenance.source, dated=dated)
            sheet.paragraph(source, RULE, x=x, room=room)

    title = _("Subsidies you may probably claim yourself, not in the total")
    boxed(sheet, sheet.left, sheet.room, height, title, WARN_SOFT, draw)
    sheet.skip(4 * MM)


def _changes(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    if not paper.changes:
        return
    parts = []
    for one in paper.changes:
        before = "—" if one.before_fen is None else in_yuan(one.before_fen)
        after = "—" if one.after_fen is None else in_yuan(one.after_fen)
        title = " ".join(filter(None, (_(LINES[LineCode(one.code)]), one.name)))
        parts.append(f"{title} {before} → {after}")
    version = paper.quote.version - 1
    sheet.paragraph(_("Changed since version {version}").format(version=version), Style(9, 14, Weight.MEDIUM))
    note(sheet, _("; ").join(parts))
    sheet.skip(2 * MM)


def _small_print(sheet: Paper, paper: QuotePaper, _: Words) -> None:
    quote = paper.quote
    texts = [
        _("Purchase tax is filed within 60 days of the invoice. Legal amounts are those of the day of pricing."),
        _("Insurance marked as an estimate follows the policy. Rules are quoted in short; this is not legal advice."),
    ]
    if quote.priced.draft.discount.approved_by:
        texts.append(_("Discount approved by {name}.").format(name=quote.priced.draft.discount.approved_by))
    if not quote.priced.is_final:
        sheet.paragraph(_("This quotation is not final."), Style(9, 14, Weight.MEDIUM, WARN))
    sheet.need(2 * SMALL.leading)
    note(sheet, " ".join(texts))
