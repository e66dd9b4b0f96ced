"""Staff: sign in with a PIN, duty, list, register, import from CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from smart4s_kiosk.domain.errors import NotFound, RuleBroken
from smart4s_kiosk.domain.ids import MediaHash, PersonId, StaffId, TerminalId
from smart4s_kiosk.domain.staff import Duty, Permission, Role, StaffMember, WrongPin, check_pin_strength
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.vault import PinHasher

MOST_IMPORT_ROWS = 2000
MOST_IMPORT_BYTES = 2 * 1024 * 1024


class NobodyWithThatBadge(NotFound):
    """No active member of staff has that badge."""

    code = "staff.unknown_badge"


class ImportRefused(RuleBroken):
    """This file cannot be imported; each problem names its row."""

    code = "staff.import_refused"


class LastAdministrator(RuleBroken):
    """The store needs one administrator."""

    code = "staff.last_administrator"


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What an administrator may change about somebody."""

    role: Role
    job_title: str = ""
    wecom_userid: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is needed to add somebody."""

    name: str
    role: Role
    badge: str
    job_title: str = ""
    wecom_userid: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("zh",)
    pin: str = ""
    photo: MediaHash | None = None
    rating: int | None = None


class Staff:
    """Use cases of the people who work here."""

    def __init__(self, *, storage: Storage, clock: Clock, ids: Ids, pins: PinHasher, terminal_id: TerminalId) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._pins = pins
        self._terminal_id = terminal_id

    def get(self, staff_id: StaffId) -> StaffMember:
        """One member."""
        with self._storage.look() as view:
            return view.staff.get(staff_id)

    def all(self) -> Sequence[StaffMember]:
        """Active members by name."""
        with self._storage.look() as view:
            return view.staff.all()

    def sign_in(self, staff_id: StaffId, pin: str) -> StaffMember:
        """Check a PIN; five wrong ones lock for five minutes. The count is kept even though the answer is a refusal."""
        now = self._clock.now()
        with self._storage.look() as view:
            member = view.staff.get(staff_id)
            member.must_not_be_locked(now)
        is_right = self._pins.verify(pin, member.pin_hash or None)
        with self._storage.begin() as work:
            current = work.staff.get(staff_id)
            current.must_not_be_locked(now)
            after = current.pin_accepted() if is_right else current.pin_refused(now)
            work.staff.put(after)
        if not is_right:
            after.must_not_be_locked(now)
            raise WrongPin
        return after

    def approve(self, pin: str, permission: Permission) -> StaffMember:
        """Whoever with that permission has this PIN: a manager's approval on somebody else's screen."""
        now = self._clock.now()
        with self._storage.look() as view:
            everybody = view.staff.all()
        for member in everybody:
            if member.locked_until is not None and now < member.locked_until:
                continue
            if self._pins.verify(pin, member.pin_hash or None):
                member.must_be_allowed(permission)
                return member
        raise WrongPin

    def set_pin(self, staff_id: StaffId, pin: str, *, by: StaffId | None = None) -> None:
        """A new PIN; weak ones are refused. `by` None: somebody's own hand at the command line."""
        check_pin_strength(pin)
        hashed = self._pins.hash(pin)
        with self._storage.begin() as work:
            if by is not None and by != staff_id:
                work.staff.get(by).must_be_allowed(Permission.MANAGE_STAFF)
            member = work.staff.get(staff_id)
            fresh = replace(member, version=member.version + 1, pin_hash=hashed, wrong_pins=0, locked_until=None)
            work.staff.put(fresh)
            self._note(work, "staff.pin_set", staff_id, by)

    def change(self, staff_id: StaffId, wanted: MemberChange, *, by: StaffId) -> StaffMember:
        """Role, title, WeCom account, still here or not. The last administrator stays one."""
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.MANAGE_STAFF)
            member = work.staff.get(staff_id)
            stays = wanted.is_active and wanted.role is Role.ADMINISTRATOR
            others = [m for m in work.staff.all() if m.role is Role.ADMINISTRATOR and m.id != staff_id]
            if member.role is Role.ADMINISTRATOR and not stays and not others:
                raise LastAdministrator
            after = replace(
                member,
                version=member.version + 1,
                role=wanted.role,
                job_title=wanted.job_title.strip(),
                wecom_userid=wanted.wecom_userid.strip(),
                is_active=wanted.is_active,
            )
            work.staff.put(after)
            self._note(work, "staff.changed", staff_id, by)
            work.announce("staff", staff_id)
            return after

    def _note(self, work: UnitOfWork, act: str, staff_id: StaffId, by: StaffId | None) -> None:
        now = self._clock.now()
        work.audit.append(at=now, act=act, subject_id=staff_id, staff_id=by, terminal_id=self._terminal_id)

    def change_duty(self, staff_id: StaffId, duty: Duty) -> StaffMember:
        """On duty, on a break, off."""
        with self._storage.begin() as work:
            after = work.staff.get(staff_id).with_duty(duty, self._clock.now())
            work.staff.put(after)
            work.announce("staff", staff_id)
            return after

    def add(self, new: NewMember, *, by: StaffId | None = None) -> StaffMember:
        """Add somebody. `by` is None only for the first administrator of an empty store."""
        with self._storage.begin() as work:
            if by is not None:
                work.staff.get(by).must_be_allowed(Permission.MANAGE_STAFF)
            elif work.staff.all():
                raise WrongPin
            return self._add_within(work, new)

    def import_csv(self, content: bytes, *, by: StaffId) -> int:
        """Add everybody of a CSV (UTF-8 or GBK; name, role, badge, ...): all of it or, with one report, nothing."""
        rows = read_staff_csv(content)
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.MANAGE_STAFF)
            for row in rows:
                if work.staff.by_badge(row.badge) is None:
                    self._add_within(work, row)
            work.audit.append(
                at=self._clock.now(),
                act="staff.imported",
                subject_id="staff",
                staff_id=by,
                terminal_id=self._terminal_id,
                rows=len(rows),
            )
        return len(rows)

    def _add_within(self, work: UnitOfWork, new: NewMember) -> StaffMember:
        if new.pin:
            check_pin_strength(new.pin)
        member = StaffMember(
            id=StaffId(self._ids.new()),
            version=1,
            person_id=PersonId(self._ids.new()),
            name=new.name.strip(),
            role=new.role,
            job_title=new.job_title,
            badge=new.badge.strip(),
            wecom_userid=new.wecom_userid.strip(),
            skills=new.skills,
            languages=new.languages,
            rating=new.rating,
            photo=new.photo,
            pin_hash=self._pins.hash(new.pin) if new.pin else "",
        )
        work.staff.add(member)
        work.announce("staff", member.id)
        return member


COLUMNS = {
    "name": ("name", "姓名"),
    "role": ("role", "岗位"),
    "badge": ("badge", "工号"),
    "job_title": ("title", "job_title", "职务"),
    "wecom_userid": ("wecom", "wecom_userid", "企业微信账号"),
    "skills": ("skills", "专长"),
    "languages": ("languages", "语言"),
    "pin": ("pin", "PIN"),
}
ROLE_WORDS = {
    "reception": Role.RECEPTION,
    "前台": Role.RECEPTION,
    "consultant": Role.CONSULTANT,
    "顾问": Role.CONSULTANT,
    "销售顾问": Role.CONSULTANT,
    "manager": Role.MANAGER,
    "经理": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
    "管理员": Role.ADMINISTRATOR,
}


def decode_table(content: bytes) -> str:
    """Text of a table file: UTF-8 (with or without mark), UTF-16 with a mark, else GBK."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="strict")


def read_staff_csv(content: bytes) -> list[NewMember]:
    """Rows of a staff CSV; every problem of the file is reported at once with its row."""
    if len(content) > MOST_IMPORT_BYTES:
        raise ImportRefused(problems=("too_large",))
    try:
        lines = list(csv.DictReader(io.StringIO(decode_table(content))))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise ImportRefused(problems=("not_a_table",)) from broken
    if not lines or len(lines) > MOST_IMPORT_ROWS:
        raise ImportRefused(problems=("empty",) if not lines else ("too_many_rows",))
    members: list[NewMember] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 2):
        values = {field: _cell(line, names) for field, names in COLUMNS.items()}
        role = ROLE_WORDS.get(values["role"].lower())
        if not values["name"] or not values["badge"] or role is None:
            problems.append(f"row {number}")
            continue
        members.append(
            NewMember(
                name=values["name"],
                role=role,
                badge=values["badge"],
                job_title=values["job_title"],
                wecom_userid=values["wecom_userid"],
                skills=_words(values["skills"]),
                languages=_words(values["languages"]) or ("zh",),
                pin=values["pin"],
            )
        )
    if problems:
        raise ImportRefused(problems=tuple(problems))
    return members


def _cell(line: dict[str, str], names: tuple[str, ...]) -> str:
    return next((str(line[n]).strip() for n in names if line.get(n)), "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for w in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if w)
