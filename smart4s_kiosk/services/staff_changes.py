"""What may be asked to change about the people who work here."""

from dataclasses import dataclass

from smart4s_kiosk.domain.ids import MediaHash
from smart4s_kiosk.domain.staff import Role


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What an administrator may change about somebody."""

    role: Role
    job_title: str = ""
    wecom_userid: str = ""
    phone: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is needed to add somebody."""

    name: str
    role: Role
    badge: str
    job_title: str = ""
    wecom_userid: str = ""
    phone: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("zh",)
    pin: str = ""
    photo: MediaHash | None = None
    rating: int | None = None
