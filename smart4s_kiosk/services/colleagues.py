"""Who works here today, ready to show: portrait, duty, and with how many guests. For sign-in, assigning, duty lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.ids import StaffId
from smart4s_kiosk.domain.staff import MAY, Duty, Permission, Role, StaffMember
from smart4s_kiosk.domain.visits import Visit
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.storage import Storage, VisitQuery
from smart4s_kiosk.services.check_in_choices import Presence
from smart4s_kiosk.services.consultant_cards import Photo, presence_of
from smart4s_kiosk.services.local_day import local_day

MOST_TODAY = 1000


@dataclass(frozen=True, slots=True)
class ColleagueCard:
    """One member of staff as colleagues see them."""

    staff_id: StaffId
    name: str
    job_title: str
    role: Role
    badge: str
    duty: Duty
    duty_since: datetime | None
    presence: Presence
    received_today: int
    photo: bytes | None
    may_assign: bool
    """May run the reception desk."""
    may_receive: bool


_PRESENCE_RANK = {Presence.FREE: 0, Presence.BUSY: 1, Presence.BREAK: 2, Presence.OFF: 3}


class Colleagues:
    """Reads the people of today."""

    def __init__(self, *, storage: Storage, clock: Clock, photo: Photo) -> None:
        self._storage = storage
        self._clock = clock
        self._photo = photo

    def all(self) -> tuple[ColleagueCard, ...]:
        """Everybody active: free first, then by name."""
        now = self._clock.now()
        with self._storage.look() as view:
            start, end = local_day(now, view.settings.current().zone)
            open_visits = view.visits.open_visits()
            today = view.visits.search(VisitQuery(started_from=start, started_until=end, limit=MOST_TODAY))
            members = view.staff.all()
        cards = [self._card(m, open_visits, today) for m in members]
        return tuple(sorted(cards, key=lambda c: (_PRESENCE_RANK[c.presence], c.received_today, c.name)))

    def consultants(self) -> tuple[ColleagueCard, ...]:
        """Those who can be asked or given a visit: consultants who are not off duty, free ones first."""
        return tuple(c for c in self.all() if c.role is Role.CONSULTANT and c.duty is not Duty.OFF)

    def _card(self, member: StaffMember, open_visits: Sequence[Visit], today: Sequence[Visit]) -> ColleagueCard:
        allowed = MAY[member.role]
        return ColleagueCard(
            staff_id=member.id,
            name=member.name,
            job_title=member.job_title,
            role=member.role,
            badge=member.badge,
            duty=member.duty,
            duty_since=member.duty_since,
            presence=presence_of(member, open_visits),
            received_today=sum(v.consultant_id == member.id and v.accepted_at is not None for v in today),
            photo=self._photo(member.photo) if member.photo else None,
            may_assign=Permission.ASSIGN_VISITS in allowed,
            may_receive=Permission.RECEIVE_VISITORS in allowed,
        )
