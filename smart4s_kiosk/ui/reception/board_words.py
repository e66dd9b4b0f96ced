"""The board's values in words: who a card is about, how it stands, what the chip says."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from smart4s_kiosk.domain.appointments import AppointmentState
from smart4s_kiosk.domain.keys import KeyPlace
from smart4s_kiosk.domain.names import Title
from smart4s_kiosk.domain.terminals import Device
from smart4s_kiosk.domain.visits import IdentifiedBy, Purpose, VisitState
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.board_views import DriveCard, ExpectedGuest, KeyLine, Standing, VisitCard
from smart4s_kiosk.services.check_in_choices import Presence
from smart4s_kiosk.services.devices import Condition, TerminalLine
from smart4s_kiosk.ui.wording import clock, guest_name, words

SHORT_PURPOSES = {
    Purpose.LOOK: N_("Looking"),
    Purpose.TEST_DRIVE: N_("Drive"),
    Purpose.QUOTE: N_("Quote"),
    Purpose.SERVICE: N_("Service"),
    Purpose.COLLECT: N_("Collection"),
    Purpose.MEET: N_("Meeting"),
    Purpose.EVENT: N_("Event"),
}
STANDINGS = {
    Standing.NOBODY: N_("Looks around alone"),
    Standing.NOTIFIED: N_("{name} notified"),
    Standing.NOT_ANSWERED: N_("{name}: no answer"),
    Standing.POSTPONED: N_("{name} comes later"),
    Standing.PASSED_ON: N_("Passed on by {name}"),
    Standing.QUEUED: N_("In the queue, nobody is free"),
    Standing.COMING: N_("{name} is on the way"),
    Standing.PRESENT: N_("{name}"),
}
PRESENCES = {
    Presence.FREE: (N_("Free"), "success"),
    Presence.BUSY: (N_("With a guest"), "warn"),
    Presence.BREAK: (N_("On a break"), "quiet"),
    Presence.OFF: (N_("Off duty"), "quiet"),
}
DEVICES = {
    Device.CLOUD: N_("Cloud connection"),
    Device.FACE_CAMERA: N_("Face camera"),
    Device.DOCUMENT_CAMERA: N_("Document camera"),
    Device.FLOOR_CAMERA: N_("Floor camera"),
}


SURFACES = {
    "kiosk": N_("Kiosk"),
    "tablet": N_("Tablet"),
    "reception": N_("Reception"),
    "manager": N_("Manager"),
}


def short_purpose(purpose: Purpose | None) -> str:
    """One short word for a chip or a card's second line."""
    return _(SHORT_PURPOSES[purpose]) if purpose is not None else ""


def who(name: str, title: Title, label: str) -> str:
    """Ms Li*, or Guest A-031."""
    return guest_name(name, title) if name else _("Guest {label}").format(label=label)


def card_name(card: VisitCard) -> str:
    """Whom a card is about."""
    return who(card.name, card.title, card.label)


def card_line(card: VisitCard) -> str:
    """Where they came from, why, how many, where they sit."""
    parts = [_source(card), short_purpose(card.purpose)]
    if card.party_size > 1:
        parts.append(_("{n} people").format(n=card.party_size))
    parts.append(card.place)
    return "·".join(part for part in parts if part)


def _source(card: VisitCard) -> str:
    if card.appointment_at is not None:
        return _("Booked {time}").format(time=clock(card.appointment_at))
    if card.state is VisitState.IDENTIFYING:
        return _("At the kiosk")
    if card.is_returning:
        return _("Returning guest")
    return _("No details") if card.identified_by is IdentifiedBy.ANONYMOUS else _("Walk-in")


def standing_words(card: VisitCard) -> str:
    """How it is with the consultant."""
    if card.state is VisitState.IDENTIFYING:
        return _("Checking in")
    if card.state is VisitState.PURPOSE:
        return _("Stating the purpose")
    if card.standing is not Standing.NOBODY and not card.consultant and card.standing is not Standing.QUEUED:
        return _("Nobody asked yet")
    return _(STANDINGS[card.standing]).format(name=card.consultant)


def alarm_words(card: VisitCard, seconds: float) -> str:
    """The strip's sentence."""
    whole = max(0, int(seconds))
    said = _("{name} has waited {m} min {s} s").format(name=card_name(card), m=whole // 60, s=whole % 60)
    if not card.unanswered:
        return _("{waited}; nobody is free").format(waited=said)
    if card.unanswered == 1:
        return _("{waited}; one consultant has not answered").format(waited=said)
    return _("{waited}; {n} consultants have not answered").format(waited=said, n=card.unanswered)


def left_line(card: VisitCard) -> str:
    """Why they came and how it ended."""
    parts = [short_purpose(card.purpose), words(card.outcome) if card.outcome is not None else ""]
    if card.state is VisitState.MERGED:
        parts = [words(VisitState.MERGED)]
    return "·".join(part for part in parts if part)


def drive_line(card: DriveCard) -> str:
    """Car, plate, when it is due."""
    due = _("due {time}").format(time=clock(card.due_at))
    return "·".join(part for part in (card.model, card.plate, due) if part)


def drive_left(card: DriveCard, now: datetime) -> tuple[str, bool]:
    """Minutes left or over, and whether it is over."""
    minutes = int((card.due_at - now).total_seconds() // 60)
    if minutes >= 0:
        return _("{n}′ left").format(n=minutes), False
    return _("{n}′ over").format(n=-minutes), True


def expected_chip(guest: ExpectedGuest, now: datetime) -> tuple[str, str]:
    """Words and kind of an appointment's chip."""
    if guest.state is AppointmentState.ARRIVED:
        return (_("Early") if guest.is_early else _("Here"), "success")
    if guest.state is AppointmentState.CANCELLED:
        return _("Cancelled"), "quiet"
    if guest.state is AppointmentState.MISSED:
        return _("Did not come"), "quiet"
    wait = guest.at - now
    if wait < -timedelta(minutes=15):
        return _("{n} min late").format(n=int(-wait.total_seconds() // 60)), "warn"
    if wait < timedelta(minutes=90):
        return _("in {n} min").format(n=max(0, int(wait.total_seconds() // 60))), "quiet"
    return (_("Later"), "quiet")


def key_chip(line: KeyLine, now: datetime) -> tuple[str, str]:
    """Words and kind of a key's chip."""
    if line.is_overdue and line.due_at is not None:
        return _("{n} min over").format(n=int((now - line.due_at).total_seconds() // 60)), "warn"
    kinds = {KeyPlace.RESERVED: "accent", KeyPlace.LOST: "danger"}
    return words(line.place), kinds.get(line.place, "quiet")


def device_names(devices: Sequence[Device]) -> str:
    """Several devices in one line."""
    return "·".join(_(DEVICES[device]) for device in devices)


def surface_names(line: TerminalLine) -> str:
    """What a terminal shows."""
    return "·".join(_(SURFACES.get(name, name)) for name in line.surfaces) or "–"


def terminal_words(line: TerminalLine) -> str:
    """How a terminal is, and what still works."""
    if line.condition is Condition.SILENT:
        return _("Nothing heard since {time}: switched off, or its line is down").format(time=clock(line.seen_at))
    if line.condition is Condition.LOST:
        return _("{devices} lost, trying again; all else works").format(devices=device_names(line.lost))
    return _("Normal")


def terminal_chip(line: TerminalLine) -> tuple[str, str]:
    """The same in a few words, and the dot's colour."""
    if line.condition is Condition.SILENT:
        return _("Silent since {time}").format(time=clock(line.seen_at)), "danger"
    if line.condition is Condition.LOST:
        return _("{devices} lost").format(devices=device_names(line.lost)), "warn_fill"
    return _("Normal"), "success"


def device_words(condition: Condition) -> tuple[str, str]:
    """Words and the dot's colour."""
    return (_("Normal"), "success") if condition is Condition.WORKS else (_("Lost, trying again"), "warn_fill")
