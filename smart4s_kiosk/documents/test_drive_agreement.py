"""The test-drive or passenger agreement on paper: facts, declarations, clauses, signatures and how it was signed."""

from datetime import datetime

from smart4s_kiosk.documents.agreement_evidence import draw_evidence, draw_signatures
from smart4s_kiosk.documents.blocks import Fact, facts_grid, furniture, labelled, state_of_car
from smart4s_kiosk.documents.fonts import Weight, must_be_drawable
from smart4s_kiosk.documents.pdf import (
    BODY,
    DANGER,
    HEADING,
    INK_2,
    INK_3,
    MM,
    TITLE,
    Colophon,
    Paper,
    Style,
    local,
    moment_text,
)
from smart4s_kiosk.documents.photos import draw_photos
from smart4s_kiosk.documents.qr import matrix
from smart4s_kiosk.documents.quote_words import Words, words_in
from smart4s_kiosk.documents.text import emphasised
from smart4s_kiosk.domain.agreement_texts import Clause
from smart4s_kiosk.domain.agreements import ClauseRead, RideKind
from smart4s_kiosk.domain.money import in_whole_yuan
from smart4s_kiosk.i18n import N_
from smart4s_kiosk.ports.documents import AgreementPaper, CarFacts

SECTION = Style(10.5, 16, Weight.MEDIUM)
CLAUSE = Style(9.5, 15.5)
CLAUSE_TITLE = Style(10.5, 17, Weight.MEDIUM)
BASIS = Style(7.5, 11.5, colour=INK_3)
CODE_MM = 24.0
GEARBOXES = {"automatic": N_("automatic"), "manual": N_("manual gearbox")}
INDENT = 8 * MM


class AgreementMaker:
    """Makes agreements with reportlab."""

    def must_be_drawable(self, *texts: str) -> None:
        must_be_drawable(*texts)

    def agreement(self, paper: AgreementPaper) -> bytes:
        _ = words_in(paper.text.language)
        sheet = Paper(
            Colophon(
                store=paper.store,
                title=paper.text.title(paper.kind),
                number=paper.number,
                language=paper.text.language,
                made_at=_made_at(paper),
                foot=_("Electronic signature agreed between the parties. Any change to this file can be detected."),
                page_words=_("Page {page} of {pages}"),
            )
        )
        _head(sheet, paper, _)
        _car(sheet, paper, _)
        _route(sheet, paper, _)
        _person(sheet, paper, _)
        draw_photos(sheet, paper.car.photos, _)
        _declarations(sheet, paper, _)
        _clauses(sheet, paper, _)
        draw_signatures(sheet, paper, _)
        draw_evidence(sheet, paper, _)
        return sheet.finish(furniture)


def _made_at(paper: AgreementPaper) -> datetime:
    signed = paper.consultant_signature or paper.customer_signature
    return local(signed.signed_at if signed else paper.evidence.created_at, paper.store)


def _head(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    sheet.y = sheet.sheet.top + 12 * MM
    top = sheet.y
    sheet.paragraph(paper.text.title(paper.kind), TITLE)
    sheet.skip(2)
    x = sheet.left
    for kind, words in (
        (RideKind.DRIVE, _("Test drive: the customer drives")),
        (RideKind.PASSENGER, _("Passenger ride: staff drive")),
    ):
        sheet.tick_box(x, sheet.y + 10, 8, ticked=kind is paper.kind)
        x += 13 + sheet.text(x + 13, sheet.y + 10, words, Style(9, 14, colour=INK_2)) + 14
    sheet.skip(18)
    if paper.customer_signature is None:
        sheet.paragraph(_("Reading copy, not signed"), Style(9.5, 15, Weight.MEDIUM, DANGER))
    if paper.qr_payload:
        size = CODE_MM * MM
        sheet.code(sheet.right - size, top - 2 * MM, matrix(paper.qr_payload), size)
        sheet.text(sheet.right - size / 2, top - 2 * MM + size + 6, paper.store.domain, BASIS, "centre")
        sheet.y = max(sheet.y, top + size + 4 * MM)
    sheet.skip(3 * MM)
    store = paper.store
    facts_grid(
        sheet,
        [
            Fact(_("Party A, the store"), store.company or store.name),
            Fact(_("Party B"), paper.person.name),
            Fact(_("Consultant"), f"{paper.consultant} {paper.consultant_badge}".strip()),
        ],
        columns=3,
    )


def _section(sheet: Paper, words: str, following: float = 40) -> None:
    sheet.need(SECTION.leading + following)
    sheet.skip(1.5 * MM)
    sheet.rule()
    sheet.skip(2 * MM)
    sheet.paragraph(words, SECTION)
    sheet.skip(2)


def _car(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    car = paper.car
    _section(sheet, _("Car"))
    facts_grid(
        sheet,
        [
            Fact(_("Model"), " · ".join(filter(None, (car.model, _(GEARBOXES.get(car.gearbox, car.gearbox)))))),
            Fact(_("Plate"), car.plate),
            Fact(_("VIN, last digits"), car.vin_tail),
            Fact(_("Mileage and energy"), state_of_car(car.mileage_km, car.energy_level)),
            Fact(_("Compulsory insurance until"), f"{car.compulsory_until:%Y-%m-%d}" if car.compulsory_until else ""),
            Fact(_("Third-party cover"), _cover(car, _)),
            Fact(_("Excess"), _excess(car, _)),
            Fact(_("Deposit"), _deposit(paper, _)),
            Fact(_("Insurer"), car.insurer),
        ],
        columns=3,
    )
    if car.condition:
        sheet.paragraph(labelled(_("Condition at hand-over"), car.condition, _), BODY)


def _deposit(paper: AgreementPaper, _: Words) -> str:
    return _("{amount} yuan").format(amount=in_whole_yuan(paper.deposit_fen)) if paper.deposit_fen else _("none")


def _cover(car: CarFacts, _: Words) -> str:
    if not car.third_party_fen:
        return _("none")
    parts = [_("third party {amount}").format(amount=_ten_thousands(car.third_party_fen, _))]
    if car.seat_fen:
        parts.append(_("a seat {amount}").format(amount=_ten_thousands(car.seat_fen, _)))
    if car.commercial_until:
        parts.append(_("until {day}").format(day=f"{car.commercial_until:%Y-%m-%d}"))
    return _(", ").join(parts)


def _ten_thousands(amount_fen: int, _: Words) -> str:
    """Insured sums as people say them."""
    return _("CNY {yuan}").format(yuan=in_whole_yuan(amount_fen), tens=f"{amount_fen / 1_000_000:g}")


def _excess(car: CarFacts, _: Words) -> str:
    return _("{amount} yuan, by fault").format(amount=in_whole_yuan(car.excess_fen)) if car.excess_fen else _("none")


def _route(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    route = paper.route
    motorway = _("motorway {km:g} km").format(km=route.motorway_km) if route.motorway_km else _("no motorway")
    start, end = local(route.starts_at, paper.store), local(route.ends_at, paper.store)
    _section(sheet, _("Route and time"))
    facts_grid(
        sheet,
        [
            Fact(_("Route"), _(", ").join((f"{route.name} {route.distance_km:g} km", motorway))),
            Fact(_("Time"), f"{start:%Y-%m-%d %H:%M} – {end:%H:%M}"),
            Fact(_("Speed limit"), _("{limit} km/h, or lower by signs").format(limit=route.speed_limit_kmh)),
            Fact(_("Companion"), route.companion),
        ],
    )


def _person(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    person = paper.person
    is_drive = paper.kind is RideKind.DRIVE
    _section(sheet, _("Driver") if is_drive else _("Passenger"))
    facts = [Fact(_("Name"), person.name), Fact(_("Phone"), person.phone)]
    if is_drive:
        first = f"{person.first_issued:%Y-%m-%d}" if person.first_issued else ""
        facts += [
            Fact(_("Licence no."), person.licence_number),
            Fact(_("Class, valid until"), _(", ").join((person.licence_class, person.licence_until))),
            Fact(_("First issued"), first),
            Fact(_("Decision"), person.verdict),
        ]
    if person.guardian:
        facts.append(Fact(_("Guardian"), person.guardian))
    facts.append(Fact(_("Store emergency phone"), paper.store.emergency_phone))
    facts_grid(sheet, facts)
    for reason in person.verdict_reasons:
        sheet.paragraph(reason, BASIS)


def _declarations(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    signed = paper.customer_signature is not None
    _section(sheet, _("Declared by the driver") if paper.kind is RideKind.DRIVE else _("Declared by the passenger"))
    for one in paper.text.declarations_for(paper.kind):
        room = sheet.room - INDENT
        sheet.need(sheet.height_of(one.words, CLAUSE, room))
        sheet.tick_box(sheet.left + 1, sheet.y + 12, 8.5, ticked=signed)
        sheet.paragraph(one.words, CLAUSE, x=sheet.left + INDENT, room=room)


def _clauses(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    sheet.skip(3 * MM)
    sheet.need(60 * MM)  # the heading and the first clause
    sheet.rule()
    sheet.skip(4 * MM)
    sheet.paragraph(_("Clauses"), HEADING)
    read = {one.clause: one for one in paper.clauses_read}
    for number, clause in enumerate(paper.text.clauses_for(paper.kind), 1):
        _clause(sheet, number, clause, read.get(clause.code), paper, _)


def _clause(
    sheet: Paper, number: int, clause: Clause, read: ClauseRead | None, paper: AgreementPaper, _: Words
) -> None:
    """One clause with its basis and its acknowledgement, whole on one page: what was agreed to is not torn apart."""
    room = sheet.room - INDENT
    parts = [(emphasised(paragraph), CLAUSE) for paragraph in clause.paragraphs]
    if clause.basis:
        parts.append((emphasised(labelled(_("Basis"), clause.basis, _)), BASIS))
    acknowledged = Style(7.5, 11.5, colour=paper.store.accent)
    height = CLAUSE_TITLE.leading + sum(sheet.height_of(words, style, room) for words, style in parts)
    sheet.skip(2 * MM)
    sheet.need(height + (acknowledged.leading if read else 0))
    sheet.text(sheet.left, sheet.y + 12, f"{number}", CLAUSE_TITLE)
    sheet.paragraph(clause.title, CLAUSE_TITLE, x=sheet.left + INDENT, room=room)
    for words, style in parts:
        sheet.paragraph(words, style, x=sheet.left + INDENT, room=room)
    if read:
        _acknowledged(sheet, read, acknowledged, paper, _)


def _acknowledged(sheet: Paper, read: ClauseRead, style: Style, paper: AgreementPaper, _: Words) -> None:
    """How long the clause stood alone on the screen, and when it was acknowledged."""
    seconds = round((read.acknowledged_at - read.shown_at).total_seconds())
    moment = moment_text(read.acknowledged_at, paper.store, seconds=True)
    words = _("Shown by itself for {seconds} s, acknowledged at {time}").format(seconds=seconds, time=moment)
    left, top = sheet.left + INDENT, sheet.y
    sheet.polyline([(left + 1, top + 6), (left + 3, top + 8.5), (left + 7, top + 3)], style.colour, 1.1)
    sheet.paragraph(words, style, x=left + 11, room=sheet.room - INDENT - 11)
