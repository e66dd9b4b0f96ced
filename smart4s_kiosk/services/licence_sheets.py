"""A licence while people check it: rows with marks, what was accepted or corrected, what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import AgreementId
from smart4s_kiosk.domain.licence_checks import contradictions, without_repeats
from smart4s_kiosk.domain.licence_numbers import IdentityKind, kind_of
from smart4s_kiosk.domain.licences import (
    LONG_TERM,
    SEX_WORDS,
    Box,
    FieldReading,
    Licence,
    LicenceField,
    LicenceFieldWrong,
    LicenceKind,
    LicenceReading,
    Mark,
    PageKind,
    is_class,
    is_date,
)
from smart4s_kiosk.ports.licence_reading import Picture

F = LicenceField

DECIDING = (F.NAME, F.NUMBER, F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS, F.VALID_TO)
"""Without these no decision; a reading that misses three of them counts as a failed try."""
PAPER_ROWS = (F.NAME, F.NUMBER, F.SEX, F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS, F.VALID_FROM, F.VALID_TO)
ELECTRONIC_ROWS = (*PAPER_ROWS, F.STATUS, F.POINTS, F.GENERATED_AT, F.SHOWN_AT)
OTHER_ROWS = (F.NAME, F.NUMBER, F.BIRTH)
TEMPORARY_ROWS = (F.NAME, F.NUMBER, F.BIRTH, F.LICENCE_CLASS, F.VALID_FROM, F.VALID_TO)

OF_THE_PICTURE = frozenset({Mark.WEAK, Mark.TWO_READINGS_DIFFER, Mark.COPIES_DIFFER, Mark.PAGES_DIFFER})
"""Marks that only the picture can give: they go when a person typed the field from the document."""
BLOCKING = frozenset({Mark.MISSING, Mark.FORM_WRONG, Mark.CHECK_DIGIT})
"""Marks that nobody can wave through: the field has to be typed."""


class FieldNeedsTyping(RuleBroken):
    """This field cannot be confirmed as it stands; type it from the document."""

    code = "licence.field_needs_typing"


class FieldsStillOpen(RuleBroken):
    """Some fields still have to be compared with the document."""

    code = "licence.fields_open"


class RowState(StrEnum):
    """How far a field is."""

    SURE = "sure"
    OPEN = "open"
    """Marked: a person has to look at it."""
    ACCEPTED = "accepted"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One field on the checking page."""

    field: LicenceField
    text: str
    state: RowState
    marks: tuple[Mark, ...] = ()
    confidence: float = 1.0
    suggestion: str = ""
    box: Box | None = None
    """Where it stands on its page, in pixels of that page's picture."""

    @property
    def may_accept(self) -> bool:
        """Whether 没错 is offered beside 改."""
        return self.state is RowState.OPEN and not set(self.marks) & BLOCKING


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page's picture: upright, the portrait blacked out."""

    kind: PageKind
    picture: bytes


@dataclass(frozen=True, slots=True)
class LicenceSheet:
    """The whole checking page."""

    agreement_id: AgreementId
    kind: LicenceKind
    rows: tuple[SheetRow, ...]
    pages: tuple[SheetPage, ...]
    is_typed: bool
    """No picture was read: every field comes from a person's hand."""
    needs_second: bool
    """A second member of staff has to compare before it counts."""
    second_name: str = ""
    seconds: float = 0.0

    @property
    def open_rows(self) -> int:
        """How many fields still wait for a person."""
        return sum(row.state is RowState.OPEN for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Nothing left to compare and, where the rules ask for it, a second person agreed."""
        return not self.open_rows and (not self.needs_second or bool(self.second_name))


@dataclass(slots=True)
class Scan:
    """What is known of one agreement's licence between the camera and the confirmation. Lives in memory only."""

    agreement_id: AgreementId
    kind: LicenceKind = LicenceKind.PAPER
    texts: dict[LicenceField, str] | None = None
    readings: Mapping[LicenceField, FieldReading] | None = None
    pages: tuple[SheetPage, ...] = ()
    taken: tuple[Picture, ...] = ()
    """Pictures taken but not read yet; gone as soon as they were read."""
    typed: frozenset[LicenceField] = frozenset()
    accepted: Mapping[LicenceField, frozenset[Mark]] | None = None
    is_typed: bool = False
    failed_tries: int = 0
    second_staff_id: str = ""
    second_name: str = ""
    companion_first_issue: date | None = None
    """First issue of the licence of the colleague who drives along, as staff typed it from that licence."""
    seconds: float = 0.0
    touched: float = 0.0
    """When somebody last worked on it (monotonic seconds)."""

    def take_reading(self, reading: LicenceReading) -> None:
        """What the pictures said; the unread pictures are gone.

        Where the portrait stands is known for the Chinese civil licence only: no picture of another document is kept.
        """
        self.kind, self.readings, self.texts = reading.kind, reading.fields, reading.texts()
        is_known = reading.kind in {LicenceKind.PAPER, LicenceKind.ELECTRONIC}
        self.pages = tuple(SheetPage(page.kind, page.picture if is_known else b"") for page in reading.pages)
        self.seconds = reading.seconds
        self.typed, self.accepted, self.taken, self.is_typed = frozenset(), {}, (), False
        self.second_staff_id = self.second_name = ""

    def begin_typing(self, kind: LicenceKind) -> None:
        """Every field by hand, from the document."""
        keep = dict(self.texts or {}) if self.is_typed and kind is self.kind else {}
        self.kind, self.texts, self.readings, self.pages = kind, keep, {}, ()
        self.typed, self.accepted, self.taken, self.is_typed = frozenset(keep), {}, (), True
        self.second_staff_id = self.second_name = ""

    def type_field(self, field: LicenceField, text: str) -> None:
        """A person typed a field; whoever confirmed before has to look again."""
        self.texts = {**(self.texts or {}), field: text}
        self.typed |= {field}
        self.second_staff_id = self.second_name = ""


def rows_for(scan: Scan, kinds: Sequence[IdentityKind]) -> tuple[LicenceField, ...]:
    """Which fields this kind of document asks for; the nationality only where the number's kind needs it."""
    base = {
        LicenceKind.PAPER: PAPER_ROWS,
        LicenceKind.ELECTRONIC: ELECTRONIC_ROWS,
        LicenceKind.TEMPORARY: TEMPORARY_ROWS,
    }.get(scan.kind, OTHER_ROWS)
    texts = scan.texts or {}
    extra = (
        [F.NATIONALITY]
        if scan.kind in {LicenceKind.PAPER, LicenceKind.ELECTRONIC} and _is_other_kind(texts.get(F.NUMBER, ""), kinds)
        else []
    )
    if scan.kind is LicenceKind.PAPER and texts.get(F.RECORD):
        extra.append(F.RECORD)
    return (*base, *extra)


def sheet_of(scan: Scan, kinds: Sequence[IdentityKind]) -> LicenceSheet:
    """The checking page of a scan."""
    marks = marks_of(scan, kinds)
    rows = tuple(_row(scan, field, marks.get(field, {})) for field in rows_for(scan, kinds))
    number = (scan.texts or {}).get(F.NUMBER, "")
    return LicenceSheet(
        agreement_id=scan.agreement_id,
        kind=scan.kind,
        rows=rows,
        pages=scan.pages,
        is_typed=scan.is_typed,
        needs_second=scan.is_typed or _is_other_kind(number, kinds),
        second_name=scan.second_name,
        seconds=scan.seconds,
    )


def marks_of(scan: Scan, kinds: Sequence[IdentityKind]) -> dict[LicenceField, dict[Mark, str]]:
    """Marks with their suggestions, by field: the picture's own for unread fields, the rules' for all."""
    texts = scan.texts or {}
    found: dict[LicenceField, dict[Mark, str]] = {}
    for field, reading in (scan.readings or {}).items():
        if field not in scan.typed:
            found[field] = {mark: reading.suggestion for mark in reading.marks if mark in OF_THE_PICTURE}
    for field, against in without_repeats(contradictions(texts, number_copies=(), kinds=kinds)).items():
        for one in against:
            found.setdefault(field, {})[one.mark] = one.suggestion
    for field in rows_for(scan, kinds):
        if not texts.get(field) and _is_needed(field, scan.kind):
            found[field] = {Mark.MISSING: ""}
    return found


def licence_of(scan: Scan) -> Licence:
    """The licence as confirmed. Raises LicenceFieldWrong."""
    texts = {field: text for field, text in (scan.texts or {}).items() if text}
    return Licence.from_texts(texts, kind=scan.kind)


def clean(field: LicenceField, typed: str) -> str:
    """A typed field in its written form. Raises LicenceFieldWrong."""
    text = typed.strip()
    if field in {F.BIRTH, F.FIRST_ISSUE, F.VALID_FROM, F.VALID_TO}:
        digits = "".join(c for c in text if c.isdigit())
        text = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else text
        if not (is_date(text) or (field is F.VALID_TO and text == LONG_TERM)):
            raise LicenceFieldWrong(expected="date")
    elif field in {F.NUMBER, F.LICENCE_CLASS}:
        text = text.upper()
    if field is F.LICENCE_CLASS and not is_class(text):
        raise LicenceFieldWrong(expected="licence_class")
    if field is F.SEX and text not in SEX_WORDS:
        raise LicenceFieldWrong(expected="sex")
    if not text:
        raise LicenceFieldWrong(expected=field.value)
    return text


def _is_needed(field: LicenceField, kind: LicenceKind) -> bool:
    if kind in {LicenceKind.PAPER, LicenceKind.ELECTRONIC}:
        return field is not F.RECORD and field is not F.POINTS
    return field is not F.NUMBER or kind is LicenceKind.TEMPORARY


def _is_other_kind(number: str, kinds: Sequence[IdentityKind]) -> bool:
    kind = kind_of(number, kinds) if number else None
    return kind is not None and kind.needs_second_person


def _row(scan: Scan, field: LicenceField, marks: Mapping[Mark, str]) -> SheetRow:
    reading = (scan.readings or {}).get(field)
    accepted = (scan.accepted or {}).get(field, frozenset())
    is_open = bool(set(marks) - accepted)
    if is_open:
        state = RowState.OPEN
    elif field in scan.typed:
        state = RowState.TYPED
    else:
        state = RowState.ACCEPTED if accepted else RowState.SURE
    return SheetRow(
        field=field,
        text=(scan.texts or {}).get(field, ""),
        state=state,
        marks=tuple(marks),
        confidence=1.0 if field in scan.typed or reading is None else reading.confidence,
        suggestion=next((s for s in marks.values() if s), ""),
        box=reading.box if reading is not None else None,
    )
