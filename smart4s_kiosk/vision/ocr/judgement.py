"""From evidence to field readings: which text, how sure, and which marks a person must look at."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from smart4s_kiosk.domain.licence_checks import (
    Contradiction,
    contradictions,
    is_broken_course,
    is_usual_course,
    without_repeats,
)
from smart4s_kiosk.domain.licence_numbers import IdentityKind, facts_of, has_right_check_digit
from smart4s_kiosk.domain.licences import Box, FieldReading, LicenceField, Mark, PageKind
from smart4s_kiosk.vision.ocr.calibration import chance
from smart4s_kiosk.vision.ocr.evidence import Evidence, Look
from smart4s_kiosk.vision.ocr.page_reader import CRITICAL, Page
from smart4s_kiosk.vision.ocr.values import has_traditional

F = LicenceField

VALIDITY_DATES = (F.FIRST_ISSUE, F.VALID_FROM, F.VALID_TO)
DATES = (F.BIRTH, *VALIDITY_DATES)
SURE_ALONE = 0.93
"""A letter of a critical field below this is weak when nothing else supports the value."""
SURE_SUPPORTED = 0.50
"""Enough when a second, independent place says the same."""
SURE_IN_COURSE = 0.75
"""For dates that support each other by their usual course only."""
SURE_SECOND = 0.60
"""The second look at a critical field or a name that nothing supports must reach this too."""
SURE_DATE_ALONE = 0.97
"""For a date that nothing supports: a zero with a stroke through it looks like an eight."""
SURE_PLAIN = 0.85
"""For addresses and words."""
SURE_WHOLE = 0.92
"""All letters of a long value together: of twenty letters that are each a little unsure one may well be wrong."""
SURE_NAME = 0.985
"""For names: every character counts, and many have a twin. Of 6,600 drawn names, fair, hard and damaged, 127 were read
with a twin (玥 as 明), none of them surer than 0.982; one right name in fifty on fair pictures stays below."""
SURE_NAME_TWICE = 0.85
"""For a name that main page and sub-page both say: the same twin deceives on both."""
USUAL_COUNTRIES = frozenset({"中国", "中国香港", "中国澳门", "中国台湾"})
"""Any other is rare enough to be looked at."""
FULL_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's evidence was taken from."""

    page: int
    evidence: Evidence


def judge(pages: Sequence[Page], kinds: Sequence[IdentityKind]) -> dict[LicenceField, FieldReading]:
    """All fields of the pages together."""
    sources = _with_number_from_copy(_sources(pages), pages)
    texts = {field: source.evidence.first.text for field, source in sources.items()}
    copies = _copies(pages, sources)
    texts = _with_years(texts)
    found = contradictions(texts, number_copies=[copy.text for copy in copies], kinds=kinds)
    spoken = without_repeats([*found, *_of_two_people(pages), *_of_two_pictures(pages)])
    supported = _supported(texts, copies, spoken) | _named_twice(pages)
    for field in _of_an_unanchored_page(pages) - supported:
        spoken.setdefault(field, []).append(Contradiction(field, Mark.WEAK))
    if is_broken_course(*(texts.get(field, "") for field in VALIDITY_DATES)):
        for field in VALIDITY_DATES:
            spoken.setdefault(field, []).append(Contradiction(field, Mark.WEAK))
    if F.NUMBER in texts and not any(F.NUMBER in page.evidence for page in pages):
        spoken.setdefault(F.NUMBER, []).append(Contradiction(F.NUMBER, Mark.WEAK))
    readings = {
        field: _reading(source, texts[field], spoken.get(field, []), is_supported=field in supported)
        for field, source in sources.items()
    }
    for field in _required(pages):
        readings.setdefault(field, FieldReading(field, "", 0.0, (Mark.MISSING,)))
    return readings


def _sources(pages: Sequence[Page]) -> dict[LicenceField, Source]:
    """Main page before sub-page; of two readings of one page kind the surer one."""
    order = sorted(range(len(pages)), key=lambda i: pages[i].kind is PageKind.SUB)
    found: dict[LicenceField, Source] = {}
    for index in order:
        for field, evidence in pages[index].evidence.items():
            known = found.get(field)
            if known is None or (
                known.page != index
                and pages[known.page].kind is pages[index].kind
                and evidence.first.weakest > known.evidence.first.weakest
            ):
                found[field] = Source(index, evidence)
    return found


def _with_number_from_copy(sources: dict[LicenceField, Source], pages: Sequence[Page]) -> dict[LicenceField, Source]:
    """The number from below the portrait when the one above is hidden or broken; the difference stays marked."""
    number = sources.get(F.NUMBER)
    if number is not None and has_right_check_digit(number.evidence.first.text):
        return sources
    for index, page in enumerate(pages):
        for copy in (*page.number_copies, *_above([page])):
            if has_right_check_digit(copy.first.text):
                return {**sources, F.NUMBER: Source(index, copy)}
    return sources


def _copies(pages: Sequence[Page], sources: Mapping[LicenceField, Source]) -> list[Look]:
    """Every other place where the number stands whole; beside a copy that was taken, also what stands above in part."""
    taken = sources.get(F.NUMBER)
    if taken is None:
        return []
    above = _above(pages)
    took_a_copy = all(one is not taken.evidence for one in above)
    places = [*above, *(copy for page in pages for copy in page.number_copies)]
    others = [one.first for one in places if one is not taken.evidence and len(one.first.text) >= FULL_NUMBER]
    return others + [one.first for one in above if took_a_copy and len(one.first.text) < FULL_NUMBER]


def _above(pages: Sequence[Page]) -> list[Evidence]:
    """The number where it belongs on each page."""
    return [page.evidence[F.NUMBER] for page in pages if F.NUMBER in page.evidence]


def _of_two_people(pages: Sequence[Page]) -> list[Contradiction]:
    """Two pages, two names: one of the pictures is of another licence, or a name was misread."""
    names = {page.evidence[F.NAME].first.text for page in pages if F.NAME in page.evidence}
    return [Contradiction(F.NAME, Mark.PAGES_DIFFER)] if len(names) > 1 else []


def _of_two_pictures(pages: Sequence[Page]) -> list[Contradiction]:
    """One page was taken twice and a field reads differently: the surer reading is not therefore the right one."""
    found = []
    for one, other in combinations(pages, 2):
        if one.kind is not other.kind:
            continue
        for field in one.evidence.keys() & other.evidence.keys():
            first, second = sorted(
                (one.evidence[field].first, other.evidence[field].first), key=lambda look: look.weakest
            )
            if first.text != second.text and first.weakest >= SURE_SUPPORTED:
                found.append(Contradiction(field, Mark.TWO_READINGS_DIFFER, first.text))
    return found


def _of_an_unanchored_page(pages: Sequence[Page]) -> set[LicenceField]:
    """Critical fields of a page on which a number belongs and none was read: the page may lie wrongly under its zones.

    Then a date of another row can stand in a zone, and nothing but the number would tell.
    """
    lost = [
        page
        for page in pages
        if page.layout is not None
        and F.NUMBER in page.layout.required
        and F.NUMBER not in page.evidence
        and not page.number_copies
    ]
    return {field for page in lost for field in page.evidence if field in CRITICAL}


def _named_twice(pages: Sequence[Page]) -> set[LicenceField]:
    """The name, when main page and sub-page say the same: two places support each other."""
    names = [page.evidence[F.NAME].first.text for page in pages if F.NAME in page.evidence]
    return {F.NAME} if len(names) > 1 and len(set(names)) == 1 else set()


def _with_years(texts: dict[LicenceField, str]) -> dict[LicenceField, str]:
    """Older cards print the years of validity: the last day follows from the first (6年 after 2003-09-04)."""
    end = texts.get(F.VALID_TO, "")
    start = texts.get(F.VALID_FROM, "")
    if end.endswith("年") and start:
        years = int(end[:-1])
        return {**texts, F.VALID_TO: f"{int(start[:4]) + years}{start[4:]}"}
    return texts


def _supported(
    texts: Mapping[LicenceField, str],
    copies: Sequence[Look],
    spoken: Mapping[LicenceField, Sequence[Contradiction]],
) -> set[LicenceField]:
    """Fields that another place on the pages says too."""
    found: set[LicenceField] = set()
    number = texts.get(F.NUMBER, "")
    facts = facts_of(number)
    if F.NUMBER not in spoken and facts is not None:
        if any(copy.text == number for copy in copies) or texts.get(F.BIRTH) == facts.birth.isoformat():
            found.add(F.NUMBER)
        if texts.get(F.BIRTH) == facts.birth.isoformat():
            found.add(F.BIRTH)
        if F.SEX in texts and F.SEX not in spoken:
            found.add(F.SEX)
    if not any(field in spoken for field in VALIDITY_DATES) and is_usual_course(
        *(texts.get(field, "") for field in VALIDITY_DATES)
    ):
        found |= set(VALIDITY_DATES)
    return found


def _reading(source: Source, text: str, spoken: Sequence[Contradiction], *, is_supported: bool) -> FieldReading:
    evidence = source.evidence
    marks = [one.mark for one in spoken]
    suggestion = next((one.suggestion for one in spoken if one.suggestion), "")
    weakest = evidence.first.weakest
    second = evidence.second
    differs = second is not None and second.text != evidence.first.text
    if evidence.field in CRITICAL:
        floor = _floor(evidence.field, is_supported=is_supported)
        if differs and not (is_supported and weakest >= SURE_ALONE):
            marks.append(Mark.TWO_READINGS_DIFFER)
            suggestion = suggestion or (second.text if second else "")
        if not is_supported and (evidence.is_washed or (second is not None and second.weakest < SURE_SECOND)):
            marks.append(Mark.WEAK)
    else:
        floor = SURE_SUPPORTED if is_supported else SURE_PLAIN
        if second is not None and _speaks_against(evidence, second.text):
            marks.append(Mark.TWO_READINGS_DIFFER)
    is_long_and_unsure = evidence.field is F.ADDRESS and _product(evidence) < SURE_WHOLE
    is_unknown_country = evidence.field is F.NATIONALITY and text not in USUAL_COUNTRIES
    is_doubted = evidence.field is F.NAME and _may_be_another_name(evidence, is_supported=is_supported)
    if weakest < floor or evidence.is_cut or is_long_and_unsure or is_unknown_country or is_doubted:
        marks.append(Mark.WEAK)
    return FieldReading(
        field=evidence.field,
        text=text,
        confidence=round(chance(_product(evidence), is_marked=bool(marks), is_supported=is_supported), 4),
        marks=tuple(dict.fromkeys(marks)),
        suggestion=suggestion,
        box=Box(source.page, tuple((round(float(x), 1), round(float(y), 1)) for x, y in evidence.quad)),
    )


def _floor(field: LicenceField, *, is_supported: bool) -> float:
    if not is_supported:
        return SURE_DATE_ALONE if field in DATES else SURE_ALONE
    return SURE_IN_COURSE if field in VALIDITY_DATES else SURE_SUPPORTED


def _may_be_another_name(evidence: Evidence, *, is_supported: bool) -> bool:
    """Whether a character may be another that looks like it; one in its traditional form is misread or a rare name."""
    if has_traditional(evidence.first.text):
        return True
    if is_supported:
        return evidence.first.weakest < SURE_NAME_TWICE
    letters = evidence.second.letters if evidence.second else ()
    own = letters[-len(evidence.first.text) :]  # the wider cut may begin with the label's end
    return evidence.first.weakest < SURE_NAME or any(letter.sure < SURE_SECOND for letter in own)


def _speaks_against(evidence: Evidence, second: str) -> bool:
    """Same length and not the same: the wider second cut may lose or gain a character, that alone says nothing."""
    first = evidence.first.text
    is_compared = evidence.field is F.NAME or evidence.is_washed
    return is_compared and len(first) == len(second) and first != second


def _product(evidence: Evidence) -> float:
    return math.prod(letter.sure for letter in evidence.first.letters)


def _required(pages: Sequence[Page]) -> list[LicenceField]:
    return [field for page in pages if page.layout is not None for field in page.layout.required]
