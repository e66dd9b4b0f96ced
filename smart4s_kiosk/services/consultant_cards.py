"""Consultants as a guest sees them: state as a word with its age, own consultant first."""

from collections.abc import Callable, Sequence
from datetime import datetime

from smart4s_kiosk.domain.ids import MediaHash, StaffId
from smart4s_kiosk.domain.staff import Duty, Role, StaffMember
from smart4s_kiosk.domain.visits import WITH_CONSULTANT, Visit, VisitState
from smart4s_kiosk.ports.storage import UnitOfWork, VisitQuery
from smart4s_kiosk.services.check_in_choices import Presence
from smart4s_kiosk.services.check_in_views import ConsultantCard

MOST_SKILLS = 3
Photo = Callable[[MediaHash], bytes | None]


def presence_of(member: StaffMember, open_visits: Sequence[Visit]) -> Presence:
    """FREE on duty with nobody, BUSY with a visitor or just asked, BREAK, else OFF."""
    if member.duty is Duty.OFF:
        return Presence.OFF
    engaged = any(
        v.consultant_id == member.id and (v.state in WITH_CONSULTANT or v.state is VisitState.REQUESTED)
        for v in open_visits
    )
    if engaged:
        return Presence.BUSY
    return Presence.BREAK if member.duty is Duty.BREAK else Presence.FREE


def card_of(
    member: StaffMember,
    open_visits: Sequence[Visit],
    now: datetime,
    photo: Photo,
    *,
    known_at: datetime | None = None,
) -> ConsultantCard:
    """One consultant's card. `known_at`: the last act of theirs with a visit; else the change of duty is the newest."""
    known_since = max((at for at in (known_at, member.duty_since) if at is not None), default=now)
    return ConsultantCard(
        staff_id=member.id,
        name=member.name,
        title=member.job_title,
        skills=member.skills[:MOST_SKILLS],
        presence=presence_of(member, open_visits),
        rating=f"{member.rating // 10}.{member.rating % 10}" if member.rating is not None else "",
        known_minutes_ago=int((now - known_since).total_seconds() // 60),
        photo=photo(member.photo) if member.photo else None,
        badge=member.badge,
    )


def cards_of_today(
    work: UnitOfWork, own_id: StaffId | None, now: datetime, photo: Photo
) -> tuple[ConsultantCard | None, tuple[ConsultantCard, ...]]:
    """The guest's own consultant (if any), and everybody else: free ones first, those off duty not at all."""
    open_visits = work.visits.open_visits()
    consultants = [m for m in work.staff.all() if m.role is Role.CONSULTANT]
    there = [m for m in consultants if m.duty is not Duty.OFF or m.id == own_id]
    everybody = [card_of(m, open_visits, now, photo, known_at=_last_act(work, m)) for m in there]
    own = next((card for card in everybody if card.staff_id == own_id), None)
    cards = [card for card in everybody if card.staff_id != own_id]
    order = {Presence.FREE: 0, Presence.BUSY: 1}
    cards.sort(key=lambda c: (order.get(c.presence, 2), c.name))
    return own, tuple(cards)


def _last_act(work: UnitOfWork, member: StaffMember) -> datetime | None:
    """When a visit last said what they do: accepted, beside the guest, over."""
    newest = work.visits.search(VisitQuery(consultant_id=member.id, limit=1))
    return newest[0].changed_at if newest else None
