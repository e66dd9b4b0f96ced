"""May this person drive this car on this route today? A pure function of licence, circumstances and rules."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.licence_checks import ADULT_YEARS, add_years, fits_validity
from smart4s_kiosk.domain.licence_numbers import facts_of, kind_of
from smart4s_kiosk.domain.licence_rules import Alternative, LicenceRules, Outcome, Rule
from smart4s_kiosk.domain.licences import Licence, LicenceKind
from smart4s_kiosk.domain.vehicles import Gearbox


@dataclass(frozen=True, slots=True)
class DrivenCar:
    """What of the car matters to the licence."""

    gearbox: Gearbox
    kind: str = "small"
    """A kind of the rule file's `classes.covering`: small, medium_bus, large_truck."""
    is_adapted: bool = False
    """Controls changed for a driver with a disability."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the driver declares and no paper can show."""

    seized_or_suspended: bool = False
    twelve_points: bool = False
    lost_or_damaged: bool = False
    alcohol: bool = False
    drugs_or_medicine: bool = False
    illness_or_fatigue: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything but the licence that a decision depends on."""

    now: datetime
    """Aware; `zone` says which day that is in the showroom."""
    zone: str
    car: DrivenCar
    uses_motorway: bool = False
    declaration: Declaration | None = None
    """None: not asked yet."""
    second_person_confirmed: bool = False
    """A second staff member compared the number with the document."""
    companion_first_issue: date | None = None
    """First issue of the accompanying employee's own licence, when known."""

    @property
    def local(self) -> datetime:
        """The showroom's wall time, without zone: comparable with what a page prints."""
        return self.now.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The day in the showroom."""
        return self.local.date()


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that spoke, with the values its words need."""

    rule: Rule
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Stable key of the words."""
        return self.rule.id


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows. `reasons` stand strictest first, the first one decides; empty reasons mean nothing to say."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    today: date
    rules_version: str

    @property
    def deciding_rule(self) -> str:
        """Id of the rule that decides: "nothing-against" when none spoke against driving."""
        return self.reasons[0].code if self.reasons else NOTHING_AGAINST


NOTHING_AGAINST = "nothing-against"
COMPANION_RULES = frozenset({"probation-motorway", "probation-motorway-accompanied"})
"""Rules that ask how long the colleague who drives along has held a licence."""

Spoken = tuple[str, dict[str, str]]
Check = Callable[[Licence, Circumstances, LicenceRules], Iterator[Spoken]]


def decide(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Decision:
    """Outcome and every reason for it. Notices (reasons whose outcome is `allow`) never change the outcome."""
    spoken = [one for check in _checks_for(licence.kind) for one in check(licence, circumstances, rules)]
    reasons = [Reason(rules.rules[rule_id], facts) for rule_id, facts in spoken]
    reasons.sort(key=lambda reason: -reason.rule.outcome.severity)
    outcome = reasons[0].rule.outcome if reasons else Outcome.ALLOW
    against = [reason for reason in reasons if reason.rule.outcome is not Outcome.ALLOW]
    return Decision(
        outcome=outcome,
        reasons=tuple(reasons),
        alternatives=_offered_by_all(against),
        today=circumstances.today,
        rules_version=rules.version,
    )


def _offered_by_all(against: list[Reason]) -> tuple[Alternative, ...]:
    """What every reason against driving still leaves open."""
    if not against:
        return ()
    return tuple(a for a in against[0].rule.alternatives if all(a in reason.rule.alternatives for reason in against))


def _checks_for(kind: LicenceKind) -> tuple[Check, ...]:
    if kind in {LicenceKind.PAPER, LicenceKind.ELECTRONIC}:
        electronic = (_electronic,) if kind is LicenceKind.ELECTRONIC else ()
        return (_missing, _number, _age, _plausible, _validity, _class, *electronic, _probation, _declared)
    if kind is LicenceKind.TEMPORARY:
        return (_special_kind, _age, _validity, _class, _declared)
    return (_special_kind, _age, _declared)


def _special_kind(licence: Licence, _circumstances: Circumstances, _rules: LicenceRules) -> Iterator[Spoken]:
    yield f"kind-{licence.kind.value}", {}


def _missing(licence: Licence, _circumstances: Circumstances, _rules: LicenceRules) -> Iterator[Spoken]:
    needed = {
        "number": licence.number,
        "name": licence.name,
        "birth": licence.birth,
        "first_issue": licence.first_issue,
        "licence_class": licence.classes,
        "valid_to": licence.valid_to or licence.is_long_term,
    }
    absent = [name for name, value in needed.items() if not value]
    if absent:
        yield "field-missing", {"fields": ",".join(absent)}


def _number(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Iterator[Spoken]:
    if not licence.number:
        return
    kind = kind_of(licence.number, rules.kinds)
    if kind is None:
        yield "number-invalid", {}
        return
    if not kind.agrees_with(licence.nationality):
        yield "number-nationality", {"kind": kind.id, "nationality": licence.nationality}
    if kind.needs_second_person and not circumstances.second_person_confirmed:
        yield "number-second-person", {"kind": kind.id}
    facts = facts_of(licence.number) if kind.says_birth_and_sex else None
    if facts and licence.birth and facts.birth != licence.birth:
        yield "number-birth", {}
    if facts and licence.sex and facts.sex is not licence.sex:
        yield "number-sex", {}


def _age(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Iterator[Spoken]:
    if licence.birth is None:
        return
    today = circumstances.today
    if licence.birth > today:
        yield "birth-future", {}
    elif today < add_years(licence.birth, rules.minimum_age):
        yield "age-minimum", {"years": str(rules.minimum_age)}
    elif today >= add_years(licence.birth, rules.medical_age):
        yield "age-medical", {"years": str(rules.medical_age)}


def _plausible(licence: Licence, circumstances: Circumstances, _rules: LicenceRules) -> Iterator[Spoken]:
    first, start, end = licence.first_issue, licence.valid_from, licence.valid_to
    if first and first > circumstances.today:
        yield "first-issue-future", {"date": first.isoformat()}
    elif first and licence.birth and first < add_years(licence.birth, ADULT_YEARS):
        yield "first-issue-age", {"date": first.isoformat(), "years": str(ADULT_YEARS)}
    if first and start and start < first:
        yield "validity-before-first-issue", {"date": start.isoformat()}
    if start and end and not fits_validity(start, end):
        yield "validity-span", {"from": start.isoformat(), "to": end.isoformat()}


def _validity(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Iterator[Spoken]:
    today = circumstances.today
    if licence.valid_from and today < licence.valid_from:
        yield "validity-not-begun", {"date": licence.valid_from.isoformat()}
    end = licence.valid_to
    if end is None or licence.is_long_term:
        return
    if today >= add_years(end, rules.cancelled_after_years) and today > end:
        yield "validity-cancelled", {"date": end.isoformat()}
    elif today > end:
        yield "validity-expired", {"date": end.isoformat()}
    elif today >= end - timedelta(days=rules.renewal_days):
        yield "validity-renewal", {"date": end.isoformat(), "days": str((end - today).days)}


def _class(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Iterator[Spoken]:
    if not licence.classes:
        return
    car = circumstances.car
    facts = {"classes": "".join(licence.classes), "gearbox": car.gearbox.value, "car": car.kind}
    if car.is_adapted and car.gearbox is Gearbox.AUTOMATIC and set(licence.classes) & set(rules.adapted_classes):
        return
    covering = rules.covering[car.kind]
    if set(licence.classes) & set(covering[car.gearbox.value]):
        return
    if car.gearbox is Gearbox.MANUAL and set(licence.classes) & set(covering[Gearbox.AUTOMATIC.value]):
        yield "class-gearbox", facts
    elif set(licence.classes) & set(rules.adapted_classes):
        yield "class-adapted", facts
    else:
        yield "class-car", facts


def _electronic(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Iterator[Spoken]:
    yield from _freshness(licence, circumstances.local, rules)
    if not licence.status:
        yield "electronic-status-missing", {}
    elif licence.status in rules.status_notice:
        yield "electronic-status-notice", {"status": licence.status}
    elif licence.status not in rules.status_good:
        yield "electronic-status", {"status": licence.status}
    if licence.points is not None and licence.points >= rules.points_limit:
        yield "electronic-points", {"points": str(licence.points)}


def _freshness(licence: Licence, local: datetime, rules: LicenceRules) -> Iterator[Spoken]:
    made, shown = licence.generated_at, licence.shown_at
    if made is None or shown is None:
        yield "electronic-time-missing", {}
        return
    ahead = timedelta(minutes=rules.clock_ahead_minutes)
    if local - shown > timedelta(minutes=rules.shown_minutes) or shown - local > ahead:
        yield "electronic-stale", {"shown": shown.isoformat(sep=" "), "minutes": str(rules.shown_minutes)}
    elif made - shown > ahead:
        yield "electronic-times-crossed", {}
    elif shown - made > timedelta(hours=rules.generated_hours):
        yield "electronic-old", {"generated": made.isoformat(sep=" "), "hours": str(rules.generated_hours)}


def _probation(licence: Licence, circumstances: Circumstances, rules: LicenceRules) -> Iterator[Spoken]:
    if licence.first_issue is None or licence.first_issue > circumstances.today:
        return
    end = add_months(licence.first_issue, rules.probation_months)
    if circumstances.today >= end:
        return
    facts = {"until": (end - timedelta(days=1)).isoformat(), "years": str(rules.companion_years)}
    if not circumstances.uses_motorway:
        yield "probation-road", facts
        return
    companion = circumstances.companion_first_issue
    if companion and circumstances.today >= add_years(companion, rules.companion_years):
        yield "probation-motorway-accompanied", facts
    else:
        yield "probation-motorway", facts


def _declared(_licence: Licence, circumstances: Circumstances, _rules: LicenceRules) -> Iterator[Spoken]:
    declaration = circumstances.declaration
    if declaration is None:
        yield "declaration-open", {}
        return
    answers = {
        "declared-seized": declaration.seized_or_suspended,
        "declared-points": declaration.twelve_points,
        "declared-lost": declaration.lost_or_damaged,
        "declared-alcohol": declaration.alcohol,
        "declared-drugs": declaration.drugs_or_medicine,
        "declared-illness": declaration.illness_or_fatigue,
    }
    for rule_id, said_yes in answers.items():
        if said_yes:
            yield rule_id, {}


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
