"""The last part of an agreement: both signatures, and the facts that prove when, where and under which text."""

from smart4s_kiosk.documents.blocks import Fact, labelled
from smart4s_kiosk.documents.fonts import Weight
from smart4s_kiosk.documents.pdf import (
    BODY,
    INK,
    INK_2,
    INK_3,
    LINE,
    MM,
    SMALL,
    SUNKEN,
    Paper,
    Style,
    moment_text,
)
from smart4s_kiosk.documents.quote_words import Words
from smart4s_kiosk.documents.signature import draw_signature
from smart4s_kiosk.ports.documents import AgreementPaper, SignatureFacts

TITLE = Style(11.5, 18, Weight.MEDIUM)
LABEL = Style(8, 12.5, colour=INK_2)
VALUE = Style(8, 12.5)
PAD_HEIGHT = 30 * MM


def draw_signatures(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    """Boxes beside each other: customer, guardian if there is one, consultant. Unsigned ones stay empty."""
    parties = [(_("Party B"), paper.person.name, paper.customer_signature)]
    if paper.person.guardian:
        parties.append((_("Guardian"), paper.person.guardian, paper.guardian_signature))
    parties.append((_("For party A"), paper.consultant, paper.consultant_signature))
    sheet.need(PAD_HEIGHT + 34 * MM)
    sheet.skip(5 * MM)
    sheet.rule()
    sheet.skip(4 * MM)
    sheet.paragraph(_("Signatures"), TITLE)
    sheet.paragraph(_("Both parties have read the clauses above and agree."), BODY)
    sheet.skip(2 * MM)
    gap = 5 * MM
    wide = (sheet.room - gap * (len(parties) - 1)) / len(parties)
    top = sheet.y
    for place, (role, name, signed) in enumerate(parties):
        _signature_box(sheet, paper, sheet.left + place * (wide + gap), top, wide, labelled(role, name, _), signed)
    sheet.y = top + PAD_HEIGHT + 14 * MM


def _signature_box(
    sheet: Paper, paper: AgreementPaper, x: float, top: float, wide: float, title: str, signed: SignatureFacts | None
) -> None:
    sheet.box(x, top, wide, PAD_HEIGHT, line=LINE, radius=6)
    sheet.polyline([(x + 5 * MM, top + PAD_HEIGHT * 0.78), (x + wide - 5 * MM, top + PAD_HEIGHT * 0.78)], LINE, 0.6)
    sheet.text(x, top + PAD_HEIGHT + 12, title, Style(9, 13, Weight.MEDIUM))
    if signed is None:
        return
    pad = 4 * MM
    draw_signature(sheet, signed.signature, x + pad, top + pad, wide - 2 * pad, PAD_HEIGHT - 2 * pad, INK)
    when = moment_text(signed.signed_at, paper.store, seconds=True)
    sheet.text(x, top + PAD_HEIGHT + 25, when, Style(8.5, 12, colour=INK_3))


def draw_evidence(sheet: Paper, paper: AgreementPaper, _: Words) -> None:
    """The evidence box with every fact on a line."""
    facts = _facts(paper, _)
    columns = 44 * MM
    pad = 5 * MM
    room = sheet.room - columns - 2 * pad
    heights = [max(sheet.height_of(one.value, VALUE, room), LABEL.leading) for one in facts]
    height = sum(heights) + 17 * MM
    sheet.need(height)
    top = sheet.y
    sheet.box(sheet.left, top, sheet.room, height, fill=SUNKEN, radius=6)
    sheet.y = top + pad - 2
    sheet.paragraph(_("How this was signed"), Style(10, 16, Weight.MEDIUM), x=sheet.left + pad)
    sheet.skip(2)
    for one, high in zip(facts, heights, strict=True):
        line = sheet.y
        sheet.paragraph(one.label, LABEL, x=sheet.left + pad, room=columns)
        sheet.y = line
        sheet.paragraph(one.value, VALUE, x=sheet.left + pad + columns, room=room)
        sheet.y = line + high
    sheet.y = top + height + 3 * MM
    sheet.paragraph(
        _(
            "Manner of signing: handwriting on the screen, agreed by both parties (Electronic Signature Law, art. 13); "
            "not a certificate of a third-party authority. Clauses quote the law in short; this is not legal advice."
        ),
        SMALL,
    )


def _facts(paper: AgreementPaper, _: Words) -> list[Fact]:
    evidence, store = paper.evidence, paper.store
    facts = [
        Fact(_("Text"), f"{paper.text.version} · SHA-256 {paper.text.hash}"),
        Fact(_("Agreement and visit"), f"{evidence.agreement_id} · {evidence.visit_id}"),
        Fact(_("Begun"), moment_text(evidence.created_at, store, seconds=True)),
        Fact(_("Terminal"), evidence.terminal),
        Fact(_("Program"), evidence.program),
        Fact(_("Licence data consent"), evidence.licence_consent or _("none: fields copied by hand")),
    ]
    if evidence.witness:
        facts.append(Fact(_("Face to face with"), evidence.witness))
    if evidence.phone_code_confirmed_at:
        when = moment_text(evidence.phone_code_confirmed_at, store, seconds=True)
        facts.append(Fact(_("Phone code confirmed"), when))
    for label, signed in (
        (_("Strokes of party B"), paper.customer_signature),
        (_("Strokes of the guardian"), paper.guardian_signature),
        (_("Strokes of party A"), paper.consultant_signature),
    ):
        if signed:
            facts.append(Fact(label, f"SHA-256 {signed.strokes_hash}"))
    before = evidence.previous_seal
    chain = f"{before.sequence} · {before.hash}" if before else _("none: the first seal of this store")
    facts.append(Fact(_("Seal before this one"), chain))
    facts.append(Fact(_("Time zone"), store.time_zone))
    return facts
