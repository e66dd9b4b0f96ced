"""Scores of a licence reader against the truth: right, wrong, blank, marked, by tier, kind and field."""

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from smart4s_kiosk.domain.licences import LicenceField, LicenceReading

F = LicenceField

TRUTH_NAMES = {
    "证号": F.NUMBER,
    "姓名": F.NAME,
    "性别": F.SEX,
    "国籍": F.NATIONALITY,
    "住址": F.ADDRESS,
    "出生日期": F.BIRTH,
    "初次领证日期": F.FIRST_ISSUE,
    "准驾车型": F.LICENCE_CLASS,
    "有效期自": F.VALID_FROM,
    "有效期至": F.VALID_TO,
    "档案编号": F.FILE_NUMBER,
}
CRITICAL = {F.NUMBER, F.BIRTH, F.FIRST_ISSUE, F.LICENCE_CLASS, F.VALID_FROM, F.VALID_TO, F.FILE_NUMBER}


@dataclass(slots=True)
class FieldScore:
    """One field of one page."""

    field: LicenceField
    truth: str
    read: str
    marks: list[str]
    confidence: float

    @property
    def result(self) -> str:
        if self.read == self.truth:
            return "right"
        return "wrong" if self.read else "blank"

    @property
    def is_silent_mistake(self) -> bool:
        return self.result == "wrong" and not self.marks


@dataclass(slots=True)
class PageScore:
    """One page."""

    file: str
    tier: str
    kind: str
    seconds: float
    cpu: float
    fields: list[FieldScore] = field(default_factory=list)


def score_page(entry: Mapping[str, object], reading: LicenceReading, *, seconds: float, cpu: float) -> PageScore:
    """The page against its entry of truth.json."""
    page = PageScore(str(entry["file"]), str(entry["tier"]), str(entry["kind"]), seconds, cpu)
    truth = entry["fields"]
    assert isinstance(truth, dict)
    for name, value in truth.items():
        key = TRUTH_NAMES[name]
        found = reading.fields.get(key)
        page.fields.append(
            FieldScore(
                field=key,
                truth=str(value),
                read=found.text if found else "",
                marks=[mark.value for mark in found.marks] if found else ["missing"],
                confidence=found.confidence if found else 0.0,
            )
        )
    return page


def summary(pages: list[PageScore]) -> dict[str, object]:
    """Totals, per tier, per kind, per field; seconds; every silent mistake by name."""
    seconds = sorted(page.seconds for page in pages)
    silent = [(page, one) for page in pages for one in page.fields if one.is_silent_mistake]
    return {
        "all": counts(pages),
        "by_tier": {tier: counts(p for p in pages if p.tier == tier) for tier in sorted({p.tier for p in pages})},
        "by_kind": {kind: counts(p for p in pages if p.kind == kind) for kind in sorted({p.kind for p in pages})},
        "by_field": by_field(pages),
        "wrong_unmarked_critical": [
            {"file": page.file, "field": one.field.value, "truth": one.truth, "read": one.read}
            for page, one in silent
            if one.field in CRITICAL
        ],
        "wrong_unmarked_other": [
            {"file": page.file, "field": one.field.value, "truth": one.truth, "read": one.read}
            for page, one in silent
            if one.field not in CRITICAL
        ],
        "seconds_p50": round(percentile(seconds, 0.50), 3),
        "seconds_p95": round(percentile(seconds, 0.95), 3),
        "cpu_seconds_mean": round(statistics.fmean(page.cpu for page in pages), 3) if pages else 0.0,
    }


def counts(pages: Iterable[PageScore]) -> dict[str, object]:
    """Right, wrong, blank, marked right and whole documents of these pages."""
    listed = list(pages)
    fields = [one for page in listed for one in page.fields]
    results = Counter(one.result for one in fields)
    right = results["right"]
    marked_right = sum(one.result == "right" and bool(one.marks) for one in fields)
    return {
        "pages": len(listed),
        "fields": len(fields),
        "right": right,
        "wrong": results["wrong"],
        "blank": results["blank"],
        "marked_right": marked_right,
        "wrong_unmarked": sum(one.is_silent_mistake for one in fields),
        "whole_documents": sum(all(one.result == "right" for one in page.fields) for page in listed),
        "unread_pages": sum(all(one.marks for one in page.fields) for page in listed),
        "right_share": share(right, len(fields)),
        "marked_right_share": share(marked_right, right),
        "whole_share": share(sum(all(o.result == "right" for o in p.fields) for p in listed), len(listed)),
    }


def by_field(pages: list[PageScore]) -> dict[str, dict[str, int]]:
    """Results per field."""
    table: dict[str, Counter[str]] = {}
    for page in pages:
        for one in page.fields:
            counter = table.setdefault(one.field.value, Counter())
            counter[one.result] += 1
            counter["marked_right"] += one.result == "right" and bool(one.marks)
            counter["wrong_unmarked"] += one.is_silent_mistake
    return {name: dict(sorted(counter.items())) for name, counter in table.items()}


def reliability(pages: list[PageScore]) -> list[dict[str, float]]:
    """How often fields were right, by stated confidence: a calibrated reader says what it keeps."""
    edges = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0001)
    read = [one for page in pages for one in page.fields if one.read]
    rows = []
    for low, high in itertools.pairwise(edges):
        group = [one for one in read if low <= one.confidence < high]
        if group:
            rows.append(
                {
                    "from": low,
                    "fields": len(group),
                    "stated": round(statistics.fmean(one.confidence for one in group), 4),
                    "right": round(sum(one.result == "right" for one in group) / len(group), 4),
                }
            )
    return rows


def percentile(ordered: list[float], part: float) -> float:
    """The value below which this part of an ordered list lies."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def share(part: int, whole: int) -> float:
    """Part of whole, 1.0 for nothing of nothing."""
    return round(part / whole, 4) if whole else 1.0
