"""People who work here: roles, what each may do, duty, and the PIN's lock-out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from smart4s_kiosk.domain.errors import NotAllowed, RuleBroken
from smart4s_kiosk.domain.ids import MediaHash, PersonId, StaffId

LEAST_PIN, MOST_PIN = 6, 12
"""Digits of a PIN."""
WRONG_PINS_ALLOWED = 5
PIN_LOCK = timedelta(minutes=5)


class Role(StrEnum):
    """What somebody is here for."""

    RECEPTION = "reception"
    CONSULTANT = "consultant"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Duty(StrEnum):
    """Whether somebody can be asked."""

    ON = "on"
    BREAK = "break"
    OFF = "off"


class Permission(StrEnum):
    """Acts that not everybody may do."""

    RECEIVE_VISITORS = "receive_visitors"
    ASSIGN_VISITS = "assign_visits"
    SEE_CUSTOMERS = "see_customers"
    REVEAL_CONTACTS = "reveal_contacts"
    EXPORT = "export"
    APPROVE = "approve"
    MANAGE_STAFF = "manage_staff"
    CHANGE_SETTINGS = "change_settings"
    LEAVE_KIOSK = "leave_kiosk"
    ERASE_PEOPLE = "erase_people"


_RECEPTION = frozenset(
    {
        Permission.RECEIVE_VISITORS,
        Permission.ASSIGN_VISITS,
        Permission.SEE_CUSTOMERS,
        Permission.REVEAL_CONTACTS,
        Permission.EXPORT,
        Permission.LEAVE_KIOSK,
    }
)
_CONSULTANT = frozenset({Permission.RECEIVE_VISITORS, Permission.SEE_CUSTOMERS, Permission.REVEAL_CONTACTS})
_MANAGER = _RECEPTION | {Permission.APPROVE, Permission.CHANGE_SETTINGS, Permission.ERASE_PEOPLE}
MAY: dict[Role, frozenset[Permission]] = {
    Role.RECEPTION: _RECEPTION,
    Role.CONSULTANT: _CONSULTANT,
    Role.MANAGER: _MANAGER,
    Role.ADMINISTRATOR: _MANAGER | {Permission.MANAGE_STAFF},
}


class RoleMayNot(NotAllowed):
    """This role may not do that."""

    code = "staff.role_may_not"


class WrongPin(NotAllowed):
    """That PIN is not right."""

    code = "staff.wrong_pin"


class PinLocked(NotAllowed):
    """Too many wrong PINs: locked for some minutes."""

    code = "staff.pin_locked"


class WeakPin(RuleBroken):
    """A PIN has six to twelve digits, not all the same and not a plain row."""

    code = "staff.weak_pin"


class NotOnDuty(RuleBroken):
    """Somebody off duty cannot be asked."""

    code = "staff.not_on_duty"


def check_pin_strength(pin: str) -> None:
    """Refuse PINs that a passer-by guesses: too short, one digit repeated, 123456 and 654321."""
    rows = ("01234567890123", "98765432109876")
    if (
        not pin.isdigit()
        or not LEAST_PIN <= len(pin) <= MOST_PIN
        or len(set(pin)) == 1
        or any(pin in row for row in rows)
    ):
        raise WeakPin


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One employee."""

    id: StaffId
    version: int
    person_id: PersonId
    name: str
    role: Role
    job_title: str = ""
    badge: str = ""
    wecom_userid: str = ""
    phone: str = ""
    """Work number or extension that colleagues call; never a private one without being asked."""
    skills: tuple[str, ...] = ()
    """Model lines and services somebody is good at, as the store writes them."""
    languages: tuple[str, ...] = ("zh",)
    rating: int | None = None
    """Mean of customers' scores, in tenths (47 = 4.7); None until there are five."""
    photo: MediaHash | None = None
    pin_hash: str = ""
    wrong_pins: int = 0
    locked_until: datetime | None = None
    duty: Duty = Duty.OFF
    duty_since: datetime | None = None
    on_duty_seconds: int = 0
    """On duty today before `duty_since`, for fairness per on-duty hour."""
    is_active: bool = True

    def may(self, permission: Permission) -> bool:
        """Whether this role may do that."""
        return self.is_active and permission in MAY[self.role]

    def must_be_allowed(self, permission: Permission) -> None:
        """Refuse what this role may not do."""
        if not self.may(permission):
            raise RoleMayNot(role=self.role, permission=permission)

    def pin_refused(self, now: datetime) -> "StaffMember":
        """After one wrong PIN; the fifth locks for five minutes."""
        wrong = self.wrong_pins + 1
        locked = now + PIN_LOCK if wrong >= WRONG_PINS_ALLOWED else self.locked_until
        return replace(
            self,
            version=self.version + 1,
            wrong_pins=0 if wrong >= WRONG_PINS_ALLOWED else wrong,
            locked_until=locked,
        )

    def pin_accepted(self) -> "StaffMember":
        """After the right PIN."""
        return replace(self, version=self.version + 1, wrong_pins=0, locked_until=None)

    def must_not_be_locked(self, now: datetime) -> None:
        """Refuse while the lock-out runs."""
        if self.locked_until is not None and now < self.locked_until:
            raise PinLocked(seconds=int((self.locked_until - now).total_seconds()) + 1)

    def with_duty(self, duty: Duty, now: datetime) -> "StaffMember":
        """On duty, on a break or off."""
        worked = self.on_duty_seconds
        if self.duty is Duty.ON and self.duty_since is not None:
            worked += int((now - self.duty_since).total_seconds())
        return replace(self, version=self.version + 1, duty=duty, duty_since=now, on_duty_seconds=worked)
