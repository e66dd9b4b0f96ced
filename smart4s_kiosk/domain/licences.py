"""Driving licences: the fields of one, what a reading of its pictures said, and the text forms of each field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken


class LicenceFieldWrong(RuleBroken):
    """A field of the licence does not have the form it must have."""

    code = "licence.field_wrong"


class LicenceField(StrEnum):
    """What stands on a licence (GA 482; the electronic one adds the last five)."""

    NUMBER = "number"
    NAME = "name"
    SEX = "sex"
    NATIONALITY = "nationality"
    ADDRESS = "address"
    BIRTH = "birth"
    FIRST_ISSUE = "first_issue"
    LICENCE_CLASS = "licence_class"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    FILE_NUMBER = "file_number"
    RECORD = "record"
    STATUS = "status"
    POINTS = "points"
    GENERATED_AT = "generated_at"
    SHOWN_AT = "shown_at"


class PageKind(StrEnum):
    """Which side or form of the licence a picture shows."""

    MAIN = "main"
    SUB = "sub"
    ELECTRONIC = "electronic"
    UNKNOWN = "unknown"


class LicenceKind(StrEnum):
    """What kind of document the person holds; the last five are recognised by their title or chosen by hand."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    TEMPORARY = "temporary"
    FOREIGN = "foreign"
    INTERNATIONAL = "international"
    MILITARY = "military"
    NONE = "none"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Mark(StrEnum):
    """Why a person has to look at a field before it counts."""

    MISSING = "missing"
    """Required on this page and not found."""
    WEAK = "weak"
    """Read, but one character at least is not sure."""
    TWO_READINGS_DIFFER = "two_readings_differ"
    FORM_WRONG = "form_wrong"
    """Not a date, not a class, not a number of any known kind."""
    CHECK_DIGIT = "check_digit"
    NUMBER_KIND = "number_kind"
    """Not a resident identity number: nationality must agree and a second staff member confirms."""
    COPIES_DIFFER = "copies_differ"
    """The number stands elsewhere on the pages, and there it reads differently."""
    NUMBER_DISAGREES = "number_disagrees"
    """Birth date or sex is not what the number says."""
    DATE_ORDER = "date_order"
    VALIDITY_SPAN = "validity_span"
    """The end of validity is neither 6 nor 10 years after its start."""
    PAGES_DIFFER = "pages_differ"
    """Main page and sub-page are of two people."""


LONG_TERM = "长期"
"""What stands instead of the last day of validity when there is none."""

CLASS_CODES = ("A1", "A2", "A3", "B1", "B2", "C1", "C2", "C3", "C4", "C5", "C6", "D", "E", "F", "M", "N", "P")
_ONE_CLASS = re.compile("|".join(CLASS_CODES))
_CLASSES = re.compile(f"(?:{'|'.join(CLASS_CODES)})+")

SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class Box:
    """Where on a page's picture a field stands: four corners clockwise from its top left, in pixels."""

    page: int
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field as read."""

    field: LicenceField
    text: str
    """The value in its written form (dates as 2019-09-04, sex as 男 or 女); empty when nothing was read."""
    confidence: float
    """Chance that the text is right, 0 to 1, calibrated on drawn and damaged licences."""
    marks: tuple[Mark, ...] = ()
    suggestion: str = ""
    """A guess for the person to judge; never taken by itself."""
    box: Box | None = None

    @property
    def is_marked(self) -> bool:
        """Whether a person has to look at it."""
        return bool(self.marks)


@dataclass(frozen=True, slots=True)
class PageReading:
    """One picture as understood."""

    kind: PageKind
    turned: int
    """Degrees by which the picture was turned clockwise to stand upright."""
    picture: bytes
    """Upright JPEG with the portrait blacked out; empty when the portrait could not be located."""


@dataclass(frozen=True, slots=True)
class LicenceReading:
    """What the pictures say. Nothing in it is confirmed yet."""

    kind: LicenceKind
    fields: Mapping[LicenceField, FieldReading]
    pages: tuple[PageReading, ...]
    seconds: float

    def text(self, field: LicenceField) -> str:
        """The value read, or an empty text."""
        found = self.fields.get(field)
        return found.text if found else ""

    def texts(self) -> dict[LicenceField, str]:
        """All values that were read."""
        return {field: found.text for field, found in self.fields.items() if found.text}

    def marked(self) -> tuple[LicenceField, ...]:
        """Fields a person has to look at."""
        return tuple(field for field, found in self.fields.items() if found.is_marked)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence whose fields a person confirmed."""

    kind: LicenceKind
    number: str = ""
    name: str = ""
    sex: Sex | None = None
    nationality: str = ""
    address: str = ""
    birth: date | None = None
    first_issue: date | None = None
    classes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    is_long_term: bool = False
    file_number: str = ""
    record: str = ""
    status: str = ""
    points: int | None = None
    generated_at: datetime | None = None
    """Local time of the showroom's zone, as printed, without a zone of its own."""
    shown_at: datetime | None = None

    @classmethod
    def from_texts(cls, texts: Mapping[LicenceField, str], *, kind: LicenceKind) -> "Licence":
        """The licence that these written values describe; absent ones stay empty.

        Raises:
            LicenceFieldWrong: a date, class or time has the wrong form.

        """
        end = texts.get(LicenceField.VALID_TO, "")
        return cls(
            kind=kind,
            number=texts.get(LicenceField.NUMBER, ""),
            name=texts.get(LicenceField.NAME, ""),
            sex=SEX_WORDS.get(texts.get(LicenceField.SEX, "")),
            nationality=texts.get(LicenceField.NATIONALITY, ""),
            address=texts.get(LicenceField.ADDRESS, ""),
            birth=_date_or_none(texts, LicenceField.BIRTH),
            first_issue=_date_or_none(texts, LicenceField.FIRST_ISSUE),
            classes=classes_in(texts.get(LicenceField.LICENCE_CLASS, "")),
            valid_from=_date_or_none(texts, LicenceField.VALID_FROM),
            valid_to=None if end == LONG_TERM else _date_or_none(texts, LicenceField.VALID_TO),
            is_long_term=end == LONG_TERM,
            file_number=texts.get(LicenceField.FILE_NUMBER, ""),
            record=texts.get(LicenceField.RECORD, ""),
            status=texts.get(LicenceField.STATUS, ""),
            points=_points_or_none(texts.get(LicenceField.POINTS, "")),
            generated_at=_time_or_none(texts, LicenceField.GENERATED_AT),
            shown_at=_time_or_none(texts, LicenceField.SHOWN_AT),
        )


def date_in(text: str) -> date:
    """The day written as 2019-09-04.

    Raises:
        LicenceFieldWrong: no such day.

    """
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a day on paper has no zone)
    except ValueError:
        raise LicenceFieldWrong(expected="date") from None


def classes_in(text: str) -> tuple[str, ...]:
    """The classes of a text such as A2D; empty for an empty text.

    Raises:
        LicenceFieldWrong: something else than classes stands there.

    """
    if not text:
        return ()
    if not _CLASSES.fullmatch(text):
        raise LicenceFieldWrong(expected="licence_class")
    return tuple(_ONE_CLASS.findall(text))


def is_date(text: str) -> bool:
    """Whether the text is a day that exists, written as 2019-09-04."""
    try:
        date_in(text)
    except LicenceFieldWrong:
        return False
    return len(text) == len("2019-09-04")


def is_class(text: str) -> bool:
    """Whether the text is one or more licence classes."""
    return bool(_CLASSES.fullmatch(text))


def is_file_number(text: str) -> bool:
    """Twelve digits (GA 482)."""
    return bool(re.fullmatch(r"\d{12}", text))


def _date_or_none(texts: Mapping[LicenceField, str], field: LicenceField) -> date | None:
    text = texts.get(field, "")
    return date_in(text) if text else None


def _time_or_none(texts: Mapping[LicenceField, str], field: LicenceField) -> datetime | None:
    text = texts.get(field, "")
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 (printed without a zone)
    except ValueError:
        raise LicenceFieldWrong(expected="time") from None


def _points_or_none(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,2})分?", text)
    return int(found[1]) if found else None
