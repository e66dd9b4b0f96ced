"""Words for every error code and enum, and how figures, dates and names are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.agreements import AgreementState
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.staff import Duty, Role
from smart4s_kiosk.domain.visits import Outcome, Purpose, VisitState
from smart4s_kiosk.i18n import N_, _, language
from smart4s_kiosk.ui.refusal_words import MORE_REFUSALS

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


@dataclass(frozen=True, slots=True)
class Trouble:
    """A refusal or fault in words for people."""

    words: str
    code: str
    is_fault: bool = False
    """Nobody's choice: the page apologises and returns to a safe place."""
    reference: str = ""


REFUSALS: Mapping[str, str] = {
    "rule.broken": N_("This cannot be done now"),
    "not.allowed": N_("This needs somebody with the right to do it"),
    "not.found": N_("This no longer exists"),
    "unavailable": N_("This is not available at the moment"),
    "version.conflict": N_("Somebody changed this in the meantime; here is the newest state"),
    "settings.out_of_range": N_("This value is outside its limits"),
    "staff.role_may_not": N_("Your role may not do this"),
    "staff.wrong_pin": N_("The PIN is not right"),
    "staff.pin_locked": N_("Too many wrong PINs; please wait five minutes"),
    "staff.weak_pin": N_("This PIN is too easy to guess"),
    "staff.not_on_duty": N_("This colleague is not on duty"),
    "staff.unknown_badge": N_("Nobody has this badge number"),
    "staff.import_refused": N_(
        "Nothing was taken over. Each row needs a name, a role and a badge of its own; please look at rows: {rows}"
    ),
    "customer.phone_not_complete": N_("The phone number is not complete; it has 11 digits"),
    "customer.too_many_reveals": N_("More than {limit} contacts this hour; the manager has to agree"),
    "customer.reason_missing": N_("Please give a reason first"),
    "customer.no_phone": N_("This guest left no phone number"),
    "appointment.not_a_time": N_("Please write the time like 14:30"),
    "visit.step_refused": N_("This visit has moved on; here is its newest state"),
    "visit.already_accepted": N_("{colleague} is already with this guest"),
    "visit.asked_somebody_else": N_("In the meantime a colleague was asked"),
    "visit.merge_into_closed": N_("A visit can be merged into another open one only"),
    "visit.merge_too_old": N_("A merge can be undone for 24 hours only"),
    "appointment.not_found": N_("There is no appointment with this code today"),
    "appointment.already_used": N_("This appointment has already checked in"),
    "appointment.import_refused": N_("This list could not be imported; nothing was taken over"),
    "table.unreadable": N_("This file is no table that can be read"),
    "export.needs_manager": N_("So many lines leave the house with a manager's PIN only"),
    "agreement.step_refused": N_("The agreement has moved on; here is its newest state"),
    "agreement.signature_too_short": N_("The signature is too short, please sign again"),
    "clock.behind_records": N_(
        "The clock of this machine is {minutes} minutes behind the newest record; nothing is signed until it is set"
    ),
    "clock.off_connector": N_("The clock of this machine is {minutes} minutes off; nothing is signed until it is set"),
    "key.not_in": N_("This key is not in the cabinet"),
    "key.not_out": N_("This key is in the cabinet already"),
    "key.reserved_for_another": N_("This key is reserved for another drive"),
    "vehicle.not_a_plate": N_("This is not a complete plate number"),
    "vehicle.not_a_vin": N_("This is not a valid VIN"),
    "feedback.score_out_of_range": N_("A score goes from 0 to 10"),
    "agreement.file_too_large": N_("This file is too large to check"),
    "agreement_text.not_publishable": N_("This text has terms that may not stand in it; see the findings"),
    "agreement_text.unreadable": N_("The agreement text has mistakes"),
    "app.already_running": N_("The program already runs on this terminal"),
    "connector.away": N_("The connector does not answer; messages wait and are sent later"),
    "connector.refused": N_("The cloud knows this terminal no longer; please enrol it again"),
    "connector.resync": N_("The connector starts again from now; nothing of today is lost"),
    "consent.too_quick": N_("Please read a moment longer"),
    "demo.far_end_away": N_("The demo's far end does not answer"),
    "demo.not_empty": N_("Demo data goes into an empty demo showroom only"),
    "demo.not_on_screen": N_("The scripted visit did not find what it should press"),
    "demo.refuses_connector": N_("The demo never speaks to a real connector"),
    "documents.glyph_missing": N_("No bundled font can print {character}; please write it in another way"),
    "documents.pdf_unreadable": N_("This PDF cannot be shown"),
    "documents.photo_unreadable": N_("This picture cannot be printed"),
    "insurance.cover_not_estimated": N_("There is no estimate for this cover; please ask the insurer"),
    "loan.impossible": N_("A loan needs at least 1,000 yuan, 1 to 120 months and 0 to 36 % a year"),
    "money.unreadable": N_("This is not an amount of money"),
    "price_book.no_such_model": N_("The price book does not have this model"),
    "price_book.unreadable": N_("The price book has mistakes; nothing was taken over"),
    "printer.away": N_("The printer is away; nothing was printed"),
    "printer.uncertain": N_("Please look at the printer before printing again"),
    "printer.unknown": N_("There is no printer of this name"),
    "privacy.not_yours": N_("Only you yourself can see this; please check in first"),
    "qr.link_unreadable": N_("This is not a quote link"),
    "qr.payload_too_long": N_("This is too long for a code"),
    "quote.amount_negative": N_("An amount cannot be below zero"),
    "quote.discount_above_limit": N_("This discount needs the manager"),
    "quote.discount_above_price": N_("The discount is larger than the price"),
    "quote.expired": N_("This quote has expired; please price it again"),
    "quote.loan_above_price": N_("The loan is larger than the price"),
    "quote.none_yet": N_("There is no quote yet; your consultant makes one with you"),
    "quote.not_draft": N_("An issued quote stays as it is; make a new version"),
    "quote.not_issued": N_("Issue the quote first"),
    "quote.rules_unreadable": N_("The quote rules have mistakes"),
    "quote.stale": N_("Priced on an earlier day; please price it again"),
    "seal.already_sealed": N_("This document is sealed; a change is a new document"),
    "seal.chain_broken": N_("The chain of seals is broken; please tell the manager"),
    "seal.not_a_pdf": N_("This cannot be sealed"),
    "settings.broken": N_("The settings have mistakes"),
    "staff.unknown_account": N_("No colleague has this WeCom account"),
    "startup.stopped": N_("A part of the program could not start"),
    "storage.backup_damaged": N_("The backup is damaged, or was made with another key"),
    "storage.schema_too_new": N_("The records were made by a newer version; please install that one"),
    "storage.schema_too_old": N_("The data must be brought to this version first"),
    "test_drive.clauses_not_read": N_("Please read the important clauses first"),
    "test_drive.mileage_went_back": N_("The mileage is lower than at departure ({out_km} km)"),
    "test_drive.no_key": N_("No key of this car is in the cabinet; please choose another car"),
    "test_drive.refused": N_("The licence does not allow this drive; the reasons stand beside it"),
    "vault.already_there": N_("There is a vault already"),
    "vault.key_file_damaged": N_("The key file is damaged; its newest copy brings it back"),
    "vault.person_forgotten": N_("This person's data has been destroyed for good"),
    "vault.person_key_unknown": N_("There is no key for this person"),
    "vault.seal_broken": N_("The sealed content was changed and is not shown"),
    "vault.sheet_line_wrong": N_("Line {line} of the recovery sheet has a slip"),
    "vault.sheet_of_another_store": N_("This recovery sheet belongs to another store"),
    "vault.sheet_unreadable": N_("This is not a recovery sheet"),
    "vault.store_key_missing": N_("The store's key is missing; the recovery sheet brings it back"),
    "picture.not_found": N_("There is no picture at this place"),
    "picture.too_heavy": N_("The file is larger than {limit} MB"),
    "picture.wrong_kind": N_("The file is not a JPEG, PNG or WebP picture"),
    "picture.too_large": N_("The picture has {pixels} million pixels; at most {limit} million can be read"),
    "picture.too_small": N_("The picture is too small to read: {width} × {height} pixels"),
    "picture.animated": N_("The picture is an animation; take a still one"),
    "picture.incomplete": N_("The picture file is damaged or incomplete"),
    "licence.reader_away": N_("The licence reader is not available; please type the fields"),
    "damage.no_picture": N_("The camera gives no picture; a file does as well"),
    "licence.no_camera": N_("There is no document camera; use a picture file or type the fields"),
    "licence.nothing_to_read": N_("No page has been taken yet"),
    "licence.no_pictures": N_("No pictures of this licence are kept here any more"),
    "licence.pictures_of_anothers_drive": N_("Only the consultant of that drive or a manager may see this licence"),
    "licence.not_seen": N_(
        "No licence was recognised; take the picture again, type the fields, or choose another document"
    ),
    "licence.too_many_pages": N_("A licence has two pages; please choose two pictures at most"),
    "licence.no_scan": N_("The reading is gone; please read the licence again"),
    "licence.second_is_first": N_("The second person has to be somebody else"),
    "licence.field_needs_typing": N_("This field cannot be confirmed; please type it from the document"),
    "licence.fields_open": N_("{open} fields still have to be compared with the document"),
    "test_drive.name_differs": N_("The licence is in another name than this visit"),
    "test_drive.consent_too_fast": N_("Please give the customer {seconds} seconds to read"),
    "price_book.missing": N_("There is no price book on this tablet, so nothing can be quoted"),
    "licence.field_wrong": N_("A field of the licence does not have the right form"),
    "faces.consent_missing": N_("Without your consent no face is looked at; please use another way"),
    "faces.not_under_14": N_("Faces of guests under 14 are never used; please use another way"),
    "faces.busy": N_("Another guest is being recognised right now"),
    "faces.resting": N_("Please use another way for now; face check-in is back in {seconds} seconds"),
    "faces.not_captured": N_("There was no clear picture of the face to keep"),
    "faces.known_to_another": N_("This face is already kept under another name; please ask our staff"),
    "faces.model_mismatch": N_("The kept faces belong to another version; please enrol again"),
    "vision.source_lost": N_("The camera gives no picture"),
    "vision.picture_unreadable": N_("This file is no picture that can be read"),
    "vision.model_missing": N_("A recognition model is not installed: {what}"),
    "vision.model_damaged": N_("A recognition model is damaged: {what}; install it again"),
    "vision.template_store_away": N_("The kept faces of this terminal cannot be read"),
    "vision.dlib_away": N_("The second face engine is not installed or has stopped"),
    "people.floor_not_measured": N_("The points do not measure the floor; click at least four, not in one line"),
    "people.plan_unreadable": N_("The floor plan {what} cannot be read"),
}

AWAY: Mapping[str, str] = {
    "disk: full": N_("The disk is full: this was not stored, all before it is safe. Please ask our staff to make room"),
    "disk": N_("The disk cannot be used right now: this was not stored, all before it is safe. Please ask our staff"),
    "database: busy": N_("Others are storing right now; please try once more"),
    "database": N_("The records cannot be reached at the moment; please try again in a minute"),
    "camera": N_("The camera gives no picture"),
    "data folder": N_("The data folder of this machine cannot be written"),
    "settings file": N_("The settings file of this machine cannot be written"),
    "key file lock": N_("Another part of the program holds the keys; please try once more"),
    "backup: no folder": N_("No folder for backups is chosen: set backup.folder, or name one with --folder"),
    "backup": N_("The embedded database is not used here: back PostgreSQL up with pg_dump"),
    "import_file": N_("The file cannot be read there; please choose another one"),
    "export_file": N_("The file cannot be written there; please choose another place"),
}
"""What is away, and where it helps why: for a plain `Unavailable`, which has no code of its own."""


class _Facts(dict[str, object]):
    """A fact that is not known leaves its gap empty rather than breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def refusal_words(refusal: ShowroomError) -> Trouble:
    """What a refusal means to the person in front of the screen."""
    if refusal.code == Unavailable.code and isinstance(refusal, Unavailable):
        away = AWAY.get(f"{refusal.what}: {refusal.facts.get('reason', '')}") or AWAY.get(refusal.what)
        if away:
            return Trouble(_(away), refusal.code)
    general = "unavailable" if isinstance(refusal, Unavailable) else "rule.broken"
    default = (type(refusal).__doc__ or "").strip().splitlines()[0].rstrip(".")
    why = f"{refusal.code}: {refusal.facts.get('reason', '')}"
    message = (
        MORE_REFUSALS.get(why)
        or REFUSALS.get(refusal.code)
        or MORE_REFUSALS.get(refusal.code)
        or default
        or REFUSALS[general]
    )
    return Trouble(_(message).format_map(_Facts(refusal.facts)), refusal.code)


def fault_words(reference: str) -> Trouble:
    """An apology with the reference that the log has."""
    words = _("Sorry, this did not work. Please try again or ask our staff ({reference})")
    return Trouble(words.format(reference=reference), "fault", is_fault=True, reference=reference)


PURPOSES: Mapping[Purpose, str] = {
    Purpose.LOOK: N_("Look at cars"),
    Purpose.TEST_DRIVE: N_("Test drive"),
    Purpose.QUOTE: N_("Get a quote"),
    Purpose.SERVICE: N_("Service and repair"),
    Purpose.COLLECT: N_("Collect a car"),
    Purpose.MEET: N_("Meet somebody"),
    Purpose.EVENT: N_("Event"),
}
VISIT_STATES: Mapping[VisitState, str] = {
    VisitState.IDENTIFYING: N_("Checking in"),
    VisitState.PURPOSE: N_("Stating the purpose"),
    VisitState.CHOOSING: N_("Choosing a consultant"),
    VisitState.REQUESTED: N_("Waiting for an answer"),
    VisitState.ACCEPTED: N_("Consultant on the way"),
    VisitState.LATER: N_("Consultant comes later"),
    VisitState.PASSED: N_("Passed to a colleague"),
    VisitState.TIMED_OUT: N_("No answer yet"),
    VisitState.SERVING: N_("With a consultant"),
    VisitState.LEFT: N_("Left"),
    VisitState.CANCELLED: N_("Cancelled"),
    VisitState.MERGED: N_("Merged"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.SERVED: N_("Served"),
    Outcome.WALKED_AWAY: N_("Walked away"),
    Outcome.STAFF_CLOSED: N_("Closed by staff"),
    Outcome.LOST_TO_OTHER_SELLER: N_("Buys elsewhere"),
    Outcome.LOST_TO_OTHER_BRAND: N_("Buys another brand"),
    Outcome.NOT_BUYING_NOW: N_("Not buying now"),
}
ROLES: Mapping[Role, str] = {
    Role.RECEPTION: N_("Reception"),
    Role.CONSULTANT: N_("Consultant"),
    Role.MANAGER: N_("Manager"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
DUTIES: Mapping[Duty, str] = {Duty.ON: N_("On duty"), Duty.BREAK: N_("On a break"), Duty.OFF: N_("Off duty")}
AGREEMENT_STATES: Mapping[AgreementState, str] = {
    AgreementState.DRAFT: N_("Draft"),
    AgreementState.SCANNED: N_("Licence read"),
    AgreementState.VERIFIED: N_("Licence checked"),
    AgreementState.READ: N_("Clauses read"),
    AgreementState.SIGNED_BY_CUSTOMER: N_("Signed by the customer"),
    AgreementState.SIGNED_BY_STAFF: N_("Signed by both"),
    AgreementState.SEALED: N_("Sealed"),
    AgreementState.KEY_OUT: N_("Driving"),
    AgreementState.RETURNED: N_("Returned"),
    AgreementState.CLOSED: N_("Closed"),
    AgreementState.VOID: N_("Void"),
}
KEY_PLACES: Mapping[KeyPlace, str] = {
    KeyPlace.IN: N_("In the cabinet"),
    KeyPlace.RESERVED: N_("Reserved"),
    KeyPlace.OUT: N_("Handed out"),
    KeyPlace.LOST: N_("Lost"),
}
TABLES: tuple[Mapping[Any, str], ...] = (
    PURPOSES,
    VISIT_STATES,
    OUTCOMES,
    ROLES,
    DUTIES,
    AGREEMENT_STATES,
    KEY_PLACES,
)


def words(value: object) -> str:
    """The words of any enum value that screens show."""
    for table in TABLES:
        if value in table:
            return _(table[value])
    raise LookupError(value)


def joined(*parts: str) -> str:
    """Facts on one line: no space around the point in Chinese."""
    return ("·" if language() == "zh_CN" else " · ").join(part for part in parts if part)


def listed(parts: Iterable[str]) -> str:
    """Several of a kind in one sentence."""
    return ("、" if language() == "zh_CN" else ", ").join(parts)


def people_unit(number: int | None) -> str:
    """Beside a figure."""
    return _("person") if number == 1 else _("people")


def on_day(on: date) -> str:
    """A day with its weekday, in the order of the language."""
    return f"{day(on)} {weekday(on)}" if language() == "zh_CN" else f"{weekday(on)} {day(on)}"


def guest_name(masked: str, title: Title) -> str:
    """A guest on a public screen: 张*先生, Mr 张*; "guest" when nothing is known."""
    if not masked:
        return _("guest")
    patterns = {Title.MR: N_("Mr {name}"), Title.MS: N_("Ms {name}"), Title.NONE: N_("{name}")}
    return _(patterns[title]).format(name=masked)


def money(fen: int) -> str:
    """Yuan with two decimals and thousands: 250,855.13."""
    return f"{Decimal(fen) / 100:,.2f}"


def clock(at: datetime | time, zone: str = "Asia/Shanghai", *, seconds: bool = False) -> str:
    """Time of day in the showroom's time zone: 10:18 or 10:18:04."""
    local = at.astimezone(ZoneInfo(zone)) if isinstance(at, datetime) else at
    return local.strftime("%H:%M:%S" if seconds else "%H:%M")


def date_of(at: datetime, zone: str = "Asia/Shanghai") -> date:
    """The showroom's day of a moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def day(on: date) -> str:
    """A day of this year as people say it: 11 月 28 日, 28 Nov."""
    if language() == "zh_CN":
        return f"{on.month} 月 {on.day} 日"
    return f"{on.day} {on:%b}"


def weekday(on: date) -> str:
    return _(WEEKDAYS[on.weekday()])


def minutes_seconds(seconds: float) -> str:
    """A running time: 0:42, 12:05."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def ago(minutes: int) -> str:
    """The age of knowledge."""
    if minutes <= 0:
        return _("just now")
    if minutes < 60:
        return _("{n} min ago").format(n=minutes)
    return _("{n} h ago").format(n=minutes // 60)


def greeting(at: datetime, zone: str = "Asia/Shanghai") -> str:
    """Good morning, afternoon or evening, by the showroom's clock."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    if hour < 12:
        return _("Good morning.")
    return _("Good afternoon.") if hour < 18 else _("Good evening.")
