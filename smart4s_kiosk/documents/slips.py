"""The small papers: key receipt, queue ticket, recovery sheet and the sign beside the kiosk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from smart4s_kiosk.documents.blocks import Fact, facts_grid, furniture, labelled, state_of_car
from smart4s_kiosk.documents.fonts import Weight
from smart4s_kiosk.documents.pdf import (
    A5,
    BODY,
    HEADING,
    INK,
    INK_2,
    INK_3,
    LINE,
    MM,
    SMALL,
    SUNKEN,
    TITLE,
    Colophon,
    Paper,
    Sheet,
    Style,
    local,
    moment_text,
)
from smart4s_kiosk.documents.qr import matrix
from smart4s_kiosk.documents.quote_words import Words, words_in
from smart4s_kiosk.domain.seals import SealKind
from smart4s_kiosk.ports.appointment_papers import AppointmentPaper
from smart4s_kiosk.ports.documents import KeyReceiptPaper, NoticePaper, RecoveryPaper, TicketPaper

SLIP = Sheet(size=A5, side=14 * MM, top=14 * MM, bottom=18 * MM)
TICKET_SIDE = 5 * MM
TICKET_WIDTH = 80 * MM
TICKET_NUMBER = Style(40, 46, Weight.MEDIUM)
TICKET_CODE_MM = 32.0
APPOINTMENT_CODE_MM = 44.0
"""Modules of more than a millimetre: read from half a metre by the kiosk's camera."""
RECOVERY_CODE_MM = 46.0
NOTICE_TITLE = Style(30, 42, Weight.MEDIUM)
NOTICE_BODY = Style(15, 26)
NOTICE_TITLE_EN = Style(17, 26, Weight.MEDIUM, INK_2)
NOTICE_BODY_EN = Style(11, 18, colour=INK_2)


class SlipMaker:
    """Makes the small papers with reportlab."""

    def key_receipt(self, paper: KeyReceiptPaper) -> bytes:
        _ = words_in(paper.language)
        is_out = paper.kind is SealKind.KEY_OUT
        title = _("Key handed out") if is_out else _("Key taken back")
        about = Colophon(paper.store, title, paper.agreement_number, paper.language, local(paper.moved_at, paper.store))
        sheet = Paper(about, SLIP)
        sheet.y += 10 * MM
        sheet.paragraph(title, TITLE)
        sheet.skip(3 * MM)
        facts_grid(sheet, _key_facts(paper, _), columns=2)
        if paper.damage:
            sheet.paragraph(labelled(_("Change to the car"), paper.damage, _), BODY)
        if paper.seal:
            sheet.skip(2 * MM)
            chain = f"{paper.seal.sequence} · {paper.seal.hash}"
            sheet.paragraph(labelled(_("Seal in the chain"), chain, _), SMALL)
        sheet.skip(14 * MM)
        middle = sheet.left + sheet.room / 2
        sheet.rule(to=middle - 5 * MM)
        sheet.rule(x=middle + 5 * MM)
        sheet.text(sheet.left, sheet.y + 12, _("Received by"), SMALL)
        sheet.text(middle + 5 * MM, sheet.y + 12, _("Handed over by"), SMALL)
        return sheet.finish(furniture)

    def ticket(self, paper: TicketPaper) -> bytes:
        _ = words_in(paper.language)
        height = (122 if paper.qr_payload else 88) * MM
        about = Colophon(paper.store, _("Queue ticket"), paper.number, paper.language, local(paper.at, paper.store))
        sheet = Paper(about, Sheet((TICKET_WIDTH, height), TICKET_SIDE, 6 * MM, 4 * MM))
        centre = TICKET_WIDTH / 2
        _centred(
            sheet,
            (f"{paper.store.brand} {paper.store.name}", Style(11, 18, Weight.MEDIUM)),
            (paper.purpose, Style(12, 22)),
            (paper.number, TICKET_NUMBER),
            ("" if paper.ahead is None else _("{count} before you").format(count=paper.ahead), Style(12, 20)),
            (_wait(paper, _), Style(12, 20, Weight.MEDIUM)),
            (paper.consultant, Style(12, 20)),
        )
        if paper.qr_payload:
            size = TICKET_CODE_MM * MM
            sheet.code(centre - size / 2, sheet.y, matrix(paper.qr_payload), size)
            sheet.y += size + 8
            sheet.text(centre, sheet.y, paper.store.domain, SMALL, "centre")
            sheet.y += 6
        sheet.skip(3)
        sheet.rule(colour=INK)
        sheet.text(centre, sheet.y + 14, moment_text(paper.at, paper.store), SMALL, "centre")
        sheet.text(centre, sheet.y + 27, _("Listen for your number; staff come to you."), SMALL, "centre")
        return sheet.finish()

    def appointment(self, paper: AppointmentPaper) -> bytes:
        _ = words_in(paper.language)
        about = Colophon(paper.store, _("Appointment"), paper.code, paper.language, local(paper.at, paper.store))
        sheet = Paper(about, Sheet((TICKET_WIDTH, 118 * MM), TICKET_SIDE, 6 * MM, 4 * MM))
        _centred(
            sheet,
            (f"{paper.store.brand} {paper.store.name}", Style(11, 18, Weight.MEDIUM)),
            (_("Appointment"), Style(12, 24)),
            (moment_text(paper.at, paper.store), Style(18, 26, Weight.MEDIUM)),
            (" · ".join(filter(None, (paper.guest, paper.purpose))), Style(12, 20)),
            (paper.consultant and labelled(_("Consultant"), paper.consultant, _), Style(12, 20)),
        )
        size = APPOINTMENT_CODE_MM * MM
        sheet.code((TICKET_WIDTH - size) / 2, sheet.y, matrix(paper.code), size)
        sheet.y += size + 4
        _centred(
            sheet,
            (paper.code, Style(22, 28, Weight.MEDIUM)),
            (paper.store.domain, SMALL),
        )
        sheet.skip(3)
        sheet.rule(colour=INK)
        sheet.y += 4
        _centred(
            sheet,
            (_("Hold the code up to the kiosk's camera,"), SMALL),
            (_("or type it there."), SMALL),
        )
        return sheet.finish()

    def recovery_sheet(self, paper: RecoveryPaper) -> bytes:
        _ = words_in(paper.language)
        about = Colophon(paper.store, _("Recovery sheet"), "", paper.language, local(paper.made_at, paper.store))
        sheet = Paper(about)
        sheet.y += 12 * MM
        sheet.paragraph(_("Recovery sheet"), TITLE)
        sheet.paragraph(
            _(
                "Whoever holds this sheet and a backup can read all data of this store. "
                "Print it once, keep it in the safe, and never photograph it."
            ),
            Style(11, 18, Weight.MEDIUM),
        )
        sheet.skip(4 * MM)
        made = moment_text(paper.made_at, paper.store)
        facts_grid(sheet, [Fact(_("Store"), paper.store.name), Fact(_("Made"), made)], columns=2)
        sheet.skip(2 * MM)
        size = RECOVERY_CODE_MM * MM
        sheet.code(sheet.left, sheet.y, matrix(paper.code), size)
        how = _("On the new machine: main.py restore, then hold this code to the camera or type the words in order.")
        top = sheet.y
        sheet.paragraph(how, BODY, x=sheet.left + size + 8 * MM, room=sheet.room - size - 8 * MM)
        sheet.y = top + size + 4 * MM
        _word_grid(sheet, paper.lines)
        return sheet.finish(furniture)

    def notice(self, paper: NoticePaper) -> bytes:
        day = paper.printed_on
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(paper.store.time_zone))
        about = Colophon(paper.store, paper.title, f"v{paper.version}", "zh_CN", midnight)
        sheet = Paper(about)
        sheet.y += 22 * MM
        sheet.paragraph(paper.title, NOTICE_TITLE)
        sheet.skip(5 * MM)
        for words in paper.paragraphs:
            sheet.paragraph(words, NOTICE_BODY)
            sheet.skip(2 * MM)
        sheet.skip(8 * MM)
        sheet.rule()
        sheet.skip(6 * MM)
        sheet.paragraph(paper.title_en, NOTICE_TITLE_EN)
        sheet.skip(2 * MM)
        for words in paper.paragraphs_en:
            sheet.paragraph(words, NOTICE_BODY_EN)
            sheet.skip(1 * MM)
        sheet.skip(4 * MM)
        sheet.paragraph(f"v{paper.version} · {day:%Y-%m-%d}", Style(9, 14, colour=INK_3))
        return sheet.finish(furniture)


def _centred(sheet: Paper, *rows: tuple[str, Style]) -> None:
    """Lines in the middle of a slip; empty ones take no room."""
    for words, style in rows:
        if words:
            sheet.text(TICKET_WIDTH / 2, sheet.y + style.size, words, style, "centre")
            sheet.y += style.leading


def _key_facts(paper: KeyReceiptPaper, _: Words) -> list[Fact]:
    facts = [
        Fact(_("Agreement no."), paper.agreement_number),
        Fact(_("Key"), paper.key_label),
        Fact(_("Car"), f"{paper.car} {paper.plate}"),
        Fact(_("Mileage and energy"), state_of_car(paper.mileage_km, paper.energy_level)),
        Fact(_("Customer"), paper.holder),
        Fact(_("Consultant"), paper.handed_by),
        Fact(_("Time"), moment_text(paper.moved_at, paper.store)),
    ]
    if paper.due_at:
        facts.append(Fact(_("Due back"), moment_text(paper.due_at, paper.store)))
    return facts


def _wait(paper: TicketPaper, _: Words) -> str:
    if paper.wait_minutes is None:
        return ""
    return _("about {minutes} minutes").format(minutes=paper.wait_minutes)


def _word_grid(sheet: Paper, lines: tuple[str, ...]) -> None:
    """A row of boxes a line, the words numbered through."""
    gap = 3 * MM
    high = 10 * MM
    number = 0
    for line in lines:
        words = line.split()
        wide = (sheet.room - gap * (len(words) - 1)) / max(len(words), 1)
        sheet.need(high + gap)
        for place, word in enumerate(words):
            number += 1
            x = sheet.left + place * (wide + gap)
            sheet.box(x, sheet.y, wide, high, fill=SUNKEN, line=LINE, radius=4)
            sheet.text(x + 3 * MM, sheet.y + 17.5, f"{number}", SMALL)
            sheet.text(x + 11 * MM, sheet.y + 18, word, HEADING)
        sheet.y += high + gap
