"""The choices that the kiosk offers and the states it tells apart; worded in `ui/wording.py` and the pages."""

from enum import StrEnum


class Way(StrEnum):
    """How a guest may say who they are. The order is the order on the page; all are equal."""

    FACE = "face"
    PHONE = "phone"
    CODE = "code"
    ANONYMOUS = "anonymous"


class Presence(StrEnum):
    """What is known about a consultant's time."""

    FREE = "free"
    BUSY = "busy"
    BREAK = "break"
    LATER_TODAY = "later_today"
    OFF = "off"


class FaceTip(StrEnum):
    """The one thing to do now in front of the camera."""

    LOOK = "look"
    CLOSER = "closer"
    FURTHER = "further"
    CENTRE = "centre"
    BRIGHTER = "brighter"
    DARKER = "darker"
    STILL = "still"
    ONE_PERSON = "one_person"
    UNCOVER = "uncover"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    NOD = "nod"


class PhoneReason(StrEnum):
    """Why the phone page is shown; the guest is never blamed."""

    CHOSEN = "chosen"
    FACE_UNSURE = "face_unsure"
    NOT_ME = "not_me"
    FACE_AWAY = "face_away"
    NO_MATCH = "no_match"


class StepMark(StrEnum):
    """Where one line of the waiting list stands."""

    DONE = "done"
    SKIPPED = "skipped"
    NOW = "now"
    LATER = "later"


class WaitLine(StrEnum):
    """What one line of the waiting list says; `name` fills the gap where there is one."""

    NOTIFIED = "notified"
    NOTIFIED_LOCALLY = "notified_locally"
    AWAITING = "awaiting"
    BUSY = "busy"
    THEN_NEXT = "then_next"
    THEN_RECEPTION = "then_reception"
    RECEPTION_COMING = "reception_coming"
    THEN_MANAGER = "then_manager"
    QUEUED = "queued"


class WaitStage(StrEnum):
    """Which kind of waiting it is; pages choose their words by it."""

    ASKED = "asked"
    QUEUED = "queued"
    LATER = "later"
    RECEPTION = "reception"


class QuoteLineKind(StrEnum):
    """What a quote line is for."""

    CAR = "car"
    PURCHASE_TAX = "purchase_tax"
    COMPULSORY_INSURANCE = "compulsory_insurance"
    VEHICLE_TAX = "vehicle_tax"
    COMMERCIAL_INSURANCE = "commercial_insurance"
    REGISTRATION = "registration"
    EXTRA = "extra"
    SUBSIDY = "subsidy"


class QuoteNote(StrEnum):
    """The short remark beside a quote line."""

    NONE = "none"
    LIST_AND_DISCOUNT = "list_and_discount"
    NEV_HALF = "nev_half"
    FIRST_YEAR = "first_year"
    EXEMPT = "exempt"
    ESTIMATE = "estimate"
    OPTIONAL = "optional"
    UNTIL_NOT_INCLUDED = "until_not_included"


class Praise(StrEnum):
    """What went well (score 7 and above) or could be better (below); one set, worded by the page."""

    CLEAR = "clear"
    NO_PRESSURE = "no_pressure"
    GOOD_DRIVE = "good_drive"
    OPEN_PRICES = "open_prices"
    QUICK = "quick"
    COMFORT = "comfort"


class ThanksKind(StrEnum):
    """What a closing page is about."""

    LOOKING_AROUND = "looking_around"
    FEEDBACK = "feedback"
    FORGOTTEN = "forgotten"
