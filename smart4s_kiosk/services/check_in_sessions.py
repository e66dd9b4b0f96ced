"""What the kiosk remembers of the guest before it, in memory only, dropped when the page resets."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from smart4s_kiosk.domain.ids import AppointmentId, ConsentId, CustomerId, VisitId
from smart4s_kiosk.domain.visits import IdentifiedBy
from smart4s_kiosk.services.check_in_choices import Way

WRONG_TRIES = 5
LOCK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """One guest's way through the pages."""

    visit_id: VisitId
    way: Way | None = None
    consent_id: ConsentId | None = None
    has_declined_face: bool = False
    candidate_id: CustomerId | None = None
    """Who it may be; nothing happens before the guest's own tap."""
    appointment_id: AppointmentId | None = None
    identified_by: IdentifiedBy | None = None
    percent: int | None = None
    digits: str = ""
    shown_code: str = ""
    """The last code held to the camera: held there for a while, it is one try."""
    confirmed_id: CustomerId | None = None
    was_asked_to_keep: bool = False
    """The keeping of the face was asked about in this visit: once at most."""
    keeping_id: ConsentId | None = None
    """The consent under which the camera looks now, in order to keep."""


class Sessions:
    """All of this terminal. Thread-safe: pages call from two lanes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[VisitId, Session] = {}

    def of(self, visit_id: VisitId) -> Session:
        """The session; an unknown one is new."""
        with self._lock:
            return self._sessions.get(visit_id, Session(visit_id))

    def keep(self, session: Session) -> Session:
        """Remember a session."""
        with self._lock:
            self._sessions[session.visit_id] = session
            return session

    def change(self, visit_id: VisitId, **changes: object) -> Session:
        """Remember one with other values."""
        with self._lock:
            session = replace(self._sessions.get(visit_id, Session(visit_id)), **changes)  # type: ignore[arg-type] # named fields of a Session
            self._sessions[visit_id] = session
            return session

    def drop(self, visit_id: VisitId) -> None:
        """Forget."""
        with self._lock:
            self._sessions.pop(visit_id, None)


class WrongTries:
    """Five wrong numbers or codes at this terminal close that way for five minutes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._locked_until: datetime | None = None

    def minutes_locked(self, now: datetime) -> int:
        """Whole minutes that the way stays closed; 0 when it is open."""
        with self._lock:
            if self._locked_until is None or now >= self._locked_until:
                return 0
            return int((self._locked_until - now).total_seconds() // 60) + 1

    def wrong(self, now: datetime) -> bool:
        """Count one; True when this one closed the way."""
        with self._lock:
            self._count += 1
            if self._count < WRONG_TRIES:
                return False
            self._count = 0
            self._locked_until = now + LOCK
            return True

    def right(self) -> None:
        """A right one begins the count anew."""
        with self._lock:
            self._count = 0
