"""Staff: sign in with a PIN, duty, list, register, import from CSV."""

from collections.abc import Sequence
from dataclasses import replace

from smart4s_kiosk.domain.errors import NotFound, RuleBroken
from smart4s_kiosk.domain.ids import PersonId, StaffId, TerminalId
from smart4s_kiosk.domain.staff import Duty, Permission, Role, StaffMember, WrongPin, check_pin_strength
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.tables import Tables
from smart4s_kiosk.ports.vault import PinHasher
from smart4s_kiosk.services.staff_changes import MemberChange, NewMember
from smart4s_kiosk.services.staff_list import read_members


class NobodyWithThatBadge(NotFound):
    """No active member of staff has that badge."""

    code = "staff.unknown_badge"


class LastAdministrator(RuleBroken):
    """The store needs one administrator."""

    code = "staff.last_administrator"


class Staff:
    """Use cases of the people who work here."""

    def __init__(
        self, *, storage: Storage, clock: Clock, ids: Ids, pins: PinHasher, tables: Tables, terminal_id: TerminalId
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._pins = pins
        self._tables = tables
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
                phone=wanted.phone.strip(),
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

    def import_list(self, content: bytes, *, by: StaffId) -> int:
        """Add everybody of a CSV or XLSX (name, role, badge, ...): all of it or, with one report, nothing.

        Who is here already (the badge tells) stays as they are. The answer is how many were added.
        """
        rows = read_members(self._tables.read(content))
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.MANAGE_STAFF)
            new = [row for row in rows if work.staff.by_badge(row.badge) is None]
            for row in new:
                self._add_within(work, row)
            work.audit.append(
                at=self._clock.now(),
                act="staff.imported",
                subject_id="staff",
                staff_id=by,
                terminal_id=self._terminal_id,
                rows=len(new),
            )
        return len(new)

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
            phone=new.phone.strip(),
            skills=new.skills,
            languages=new.languages,
            rating=new.rating,
            photo=new.photo,
            pin_hash=self._pins.hash(new.pin) if new.pin else "",
        )
        work.staff.add(member)
        work.announce("staff", member.id)
        return member
