"""Words about licences: fields, marks, outcomes, reasons of a decision, what is offered instead."""

from collections.abc import Mapping

from smart4s_kiosk.domain.licence_decisions import Decision, Reason
from smart4s_kiosk.domain.licence_rules import Alternative, Outcome
from smart4s_kiosk.domain.licences import LicenceField, LicenceKind, Mark, Sex
from smart4s_kiosk.i18n import N_, _

F = LicenceField

FIELDS: Mapping[LicenceField, str] = {
    F.NUMBER: N_("Licence number"),
    F.NAME: N_("Name on the licence"),
    F.SEX: N_("Sex"),
    F.NATIONALITY: N_("Nationality"),
    F.ADDRESS: N_("Address"),
    F.BIRTH: N_("Date of birth"),
    F.FIRST_ISSUE: N_("Date of first issue"),
    F.LICENCE_CLASS: N_("Licence class"),
    F.VALID_FROM: N_("Valid from"),
    F.VALID_TO: N_("Valid until"),
    F.FILE_NUMBER: N_("File number"),
    F.RECORD: N_("Record"),
    F.STATUS: N_("Status"),
    F.POINTS: N_("Penalty points"),
    F.GENERATED_AT: N_("Page generated at"),
    F.SHOWN_AT: N_("Time shown on the page"),
}

SEXES: Mapping[Sex, str] = {Sex.MALE: N_("Male"), Sex.FEMALE: N_("Female")}

KINDS: Mapping[LicenceKind, str] = {
    LicenceKind.PAPER: N_("Paper licence"),
    LicenceKind.ELECTRONIC: N_("Electronic licence"),
    LicenceKind.TEMPORARY: N_("Temporary driving permit"),
    LicenceKind.FOREIGN: N_("Foreign licence"),
    LicenceKind.INTERNATIONAL: N_("International driving permit"),
    LicenceKind.MILITARY: N_("Military licence"),
    LicenceKind.NONE: N_("No licence"),
}

MARKS: Mapping[Mark, str] = {
    Mark.MISSING: N_("Not found on the picture"),
    Mark.WEAK: N_("Hard to read, please compare"),
    Mark.TWO_READINGS_DIFFER: N_("Read twice, with two results"),
    Mark.FORM_WRONG: N_("Does not have the form of this field"),
    Mark.CHECK_DIGIT: N_("The check digit does not fit"),
    Mark.NUMBER_KIND: N_("Not a resident ID number: a second colleague confirms it"),
    Mark.COPIES_DIFFER: N_("The number reads differently in another place"),
    Mark.NUMBER_DISAGREES: N_("Does not agree with the licence number"),
    Mark.DATE_ORDER: N_("The order of the dates cannot be right"),
    Mark.VALIDITY_SPAN: N_("Validity is neither 6 nor 10 years"),
    Mark.PAGES_DIFFER: N_("Main page and sub-page are of two people"),
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ALLOW: N_("May drive"),
    Outcome.ACCOMPANIED: N_("May drive with a consultant beside"),
    Outcome.PASSENGER_ONLY: N_("Ride along only"),
    Outcome.REFUSE: N_("No test drive with this car today"),
}

ALTERNATIVES: Mapping[Alternative, str] = {
    Alternative.PASSENGER: N_("Ride along as a passenger"),
    Alternative.OTHER_CAR: N_("Choose another car"),
    Alternative.OTHER_ROUTE: N_("Choose a route without motorway"),
    Alternative.REFRESH_PAGE: N_("Open the electronic licence again"),
    Alternative.PAPER_LICENCE: N_("Show the paper licence"),
    Alternative.STAFF_CHECK: N_("A colleague compares with the document"),
    Alternative.LATER: N_("Come back another time"),
}

REASONS: Mapping[str, str] = {
    "field-missing": N_("Fields needed for the decision are missing"),
    "number-invalid": N_("The licence number is not valid"),
    "number-nationality": N_("The kind of number does not agree with the nationality"),
    "number-second-person": N_("A second colleague has to compare this number with the document"),
    "number-birth": N_("The date of birth does not agree with the licence number"),
    "number-sex": N_("The sex does not agree with the licence number"),
    "birth-future": N_("The date of birth lies in the future"),
    "first-issue-future": N_("The first issue ({date}) lies in the future"),
    "first-issue-age": N_("The first issue ({date}) lies before the 18th birthday"),
    "validity-before-first-issue": N_("The validity begins ({date}) before the first issue"),
    "validity-span": N_("Validity from {from} to {to} is neither 6 nor 10 years"),
    "age-minimum": N_("Drivers must be at least {years} years old"),
    "age-medical": N_("From {years} years on, a yearly medical certificate is needed"),
    "validity-not-begun": N_("The licence is valid from {date} on only"),
    "validity-expired": N_("The licence expired on {date}"),
    "validity-cancelled": N_("The licence expired on {date}, more than a year ago, and is cancelled"),
    "validity-renewal": N_("The licence ends on {date}, in {days} days; it can be renewed now"),
    "class-gearbox": N_("Class {classes} covers automatic cars only; this car is manual"),
    "class-adapted": N_("Class C5 covers automatic cars adapted for the driver only"),
    "class-car": N_("Class {classes} does not cover this car"),
    "electronic-time-missing": N_("The times of the electronic licence could not be read"),
    "electronic-stale": N_("The electronic licence shows {shown}, which is not now; screenshots do not count"),
    "electronic-times-crossed": N_("The times of the electronic licence contradict each other"),
    "electronic-old": N_("The electronic licence was generated at {generated}, more than {hours} hours ago"),
    "electronic-status-missing": N_("The status of the electronic licence could not be read"),
    "electronic-status": N_("The status of the licence is {status}"),
    "electronic-status-notice": N_("Notice: the status of the licence is {status}"),
    "electronic-points": N_("{points} penalty points: the licence may not be used"),
    "probation-road": N_("In the first year (until {until}) a consultant drives along"),
    "probation-motorway": N_(
        "In the first year (until {until}) the motorway needs somebody with {years} years of practice beside"
    ),
    "probation-motorway-accompanied": N_(
        "In the first year (until {until}): the companion has held a licence for {years} years, motorway allowed"
    ),
    "declaration-open": N_("The driver's declaration is still to be made"),
    "declared-seized": N_("The licence is seized or suspended"),
    "declared-points": N_("12 penalty points are reached"),
    "declared-lost": N_("The licence is lost or damaged"),
    "declared-alcohol": N_("Alcohol: no driving today"),
    "declared-drugs": N_("Medicine or drugs that impair driving: no driving today"),
    "declared-illness": N_("Illness or fatigue: no driving today"),
    "kind-foreign": N_("A foreign licence does not entitle to drive here"),
    "kind-international": N_("An international permit does not entitle to drive here"),
    "kind-temporary": N_("Temporary permit: with a consultant beside"),
    "kind-military": N_("A military licence has to be exchanged first"),
    "kind-none": N_("Without a licence, riding along is possible"),
}


def reason_words(reason: Reason) -> str:
    """One sentence for one reason."""
    return _(REASONS[reason.code]).format_map(dict(reason.facts))


def source_words(reason: Reason) -> str:
    """Where the rule comes from: its source as published and since when; 待核 where nobody compared the text yet."""
    since = reason.rule.since.isoformat()
    if reason.rule.unchecked:
        return _("{source} (since {date}, text not yet checked)").format(source=reason.rule.source, date=since)
    return _("{source} (since {date})").format(source=reason.rule.source, date=since)


def outcome_words(decision: Decision) -> str:
    """The decision in a few words."""
    return _(OUTCOMES[decision.outcome])
