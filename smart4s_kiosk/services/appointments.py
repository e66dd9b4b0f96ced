"""Appointments: booked, imported from the store's other program, cancelled, missed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from smart4s_kiosk.domain.appointments import CODE_ALPHABET, CODE_LENGTH, Appointment, AppointmentState
from smart4s_kiosk.domain.customers import TAIL_DIGITS, clean_phone
from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import AppointmentId, CustomerId, StaffId, TerminalId
from smart4s_kiosk.domain.names import Title, mask_name
from smart4s_kiosk.domain.staff import Permission
from smart4s_kiosk.domain.visits import Purpose
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.storage import Storage, UnitOfWork
from smart4s_kiosk.ports.tables import Table, Tables
from smart4s_kiosk.ports.vault import Fingerprints
from smart4s_kiosk.services.local_day import local_day

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "time": ("time", "时间", "预约时间", "到店时间"),
    "name": ("name", "姓名", "客户", "客户姓名"),
    "title": ("title", "称谓", "性别"),
    "phone": ("phone", "手机", "手机号", "电话"),
    "purpose": ("purpose", "目的", "类型", "预约类型"),
    "consultant": ("consultant", "顾问", "销售顾问"),
    "model": ("model", "车型", "意向车型"),
    "people": ("people", "人数"),
    "note": ("note", "备注"),
}
PURPOSES = {
    "看车": Purpose.LOOK,
    "试驾": Purpose.TEST_DRIVE,
    "报价": Purpose.QUOTE,
    "保养": Purpose.SERVICE,
    "维修": Purpose.SERVICE,
    "保养维修": Purpose.SERVICE,
    "提车": Purpose.COLLECT,
    "找人": Purpose.MEET,
    "活动": Purpose.EVENT,
}
TITLES = {"先生": Title.MR, "男": Title.MR, "mr": Title.MR, "女士": Title.MS, "女": Title.MS, "ms": Title.MS}
TIME_FORMS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S")


MOST_PROBLEMS = 20
_TIME = re.compile(r"^([01]?\d|2[0-3])\s*[:：.]?\s*([0-5]\d)$")


class AppointmentImportRefused(RuleBroken):
    """Some rows of this table cannot be used; nothing was imported. `problems` names row and column."""

    code = "appointment.import_refused"

    def __init__(self, problems: Sequence["ImportProblem"], more: int = 0) -> None:
        self.problems, self.more = tuple(problems), more
        super().__init__(rows=len(self.problems) + more)


class NotATime(RuleBroken):
    """That is no time of day; write 14:30."""

    code = "appointment.not_a_time"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """What is wrong with one row (its number in the file, the head is 1); row 0: these columns are missing."""

    row: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: all of it, or nothing."""

    booked: int = 0
    passed_over: int = 0
    """Rows that were booked already."""
    problems: tuple[ImportProblem, ...] = ()
    more: int = 0
    """Further rows with problems, beyond those listed."""


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """One appointment in a list; masked."""

    appointment_id: AppointmentId
    code: str
    at: datetime
    name: str
    title: Title
    purpose: Purpose
    model: str
    consultant: str
    party_size: int
    state: AppointmentState
    note: str


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """What is known when somebody announces a visit."""

    at: datetime
    purpose: Purpose
    name: str
    title: Title = Title.NONE
    phone: str = ""
    customer_id: CustomerId | None = None
    consultant_id: StaffId | None = None
    model: str = ""
    note: str = ""
    party_size: int = 1
    source: str = "desk"


class Appointments:
    """Use cases of an appointment."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        fingerprints: Fingerprints,
        tables: Tables,
        terminal_id: TerminalId,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._fingerprints = fingerprints
        self._tables = tables
        self._terminal_id = terminal_id

    def today(self) -> Sequence[Appointment]:
        """Those of the showroom's today, by time."""
        with self._storage.look() as view:
            start, end = local_day(self._clock.now(), view.settings.current().zone)
            return view.appointments.between(start, end)

    def of_day(self, day: date | None = None) -> tuple[AppointmentLine, ...]:
        """Those of one day of the showroom (None: today), by time."""
        with self._storage.look() as view:
            zone = view.settings.current().zone
            on = day or self._clock.now().astimezone(zone).date()
            noon = datetime(on.year, on.month, on.day, 12, tzinfo=zone)
            names = {m.id: m.name for m in view.staff.all()}
            return tuple(_as_line(a, names) for a in view.appointments.between(*local_day(noon, zone)))

    def book_at(self, new: NewAppointment, day: date, time_of_day: str) -> Appointment:
        """Like `book`, for a time as somebody typed it: 14:30, 1430, 9:05. Refuses what is no time."""
        hour, minute = read_time(time_of_day)
        with self._storage.begin() as work:
            zone = work.settings.current().zone
            at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
            return self._book(work, replace(new, at=at.astimezone(UTC)))

    def book(self, new: NewAppointment) -> Appointment:
        """A new one with a code that nobody else has."""
        with self._storage.begin() as work:
            return self._book(work, new)

    def cancel(self, appointment_id: AppointmentId, *, by: StaffId) -> Appointment:
        """The guest will not come."""
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            cancelled = work.appointments.get(appointment_id).cancel()
            work.appointments.put(cancelled)
            work.announce("appointments", appointment_id)
            return cancelled

    def mark_missed(self) -> int:
        """After closing: those of earlier days who did not come; how many."""
        with self._storage.begin() as work:
            start, _end = local_day(self._clock.now(), work.settings.current().zone)
            long_ago = datetime(2000, 1, 1, tzinfo=start.tzinfo)
            late = [a for a in work.appointments.between(long_ago, start) if a.state is AppointmentState.EXPECTED]
            for one in late:
                work.appointments.put(replace(one, version=one.version + 1, state=AppointmentState.MISSED))
            return len(late)

    def import_report(self, content: bytes, *, by: StaffId) -> ImportReport:
        """`import_table` for a screen: problems come as a report instead of a refusal."""
        try:
            return self.import_table(content, by=by)
        except AppointmentImportRefused as refused:
            return ImportReport(problems=refused.problems, more=refused.more)

    def import_table(self, content: bytes, *, by: StaffId) -> ImportReport:
        """All rows of a CSV or XLSX, or nothing with one report. A row that is already booked is passed over."""
        table = self._tables.read(content)
        with self._storage.begin() as work:
            work.staff.get(by).must_be_allowed(Permission.ASSIGN_VISITS)
            rows = self._rows(work, table)
            known = {(a.at, a.name) for row in rows for a in work.appointments.between(row.at, _just_after(row.at))}
            fresh = [row for row in rows if (row.at, row.name) not in known]
            for row in fresh:
                self._book(work, row)
            work.audit.append(
                at=self._clock.now(),
                act="appointments.imported",
                subject_id="appointments",
                staff_id=by,
                terminal_id=self._terminal_id,
                rows=len(fresh),
            )
            return ImportReport(booked=len(fresh), passed_over=len(rows) - len(fresh))

    def _book(self, work: UnitOfWork, new: NewAppointment) -> Appointment:
        code = self._ids.code(CODE_LENGTH, CODE_ALPHABET)
        while work.appointments.by_code(code) is not None:
            code = self._ids.code(CODE_LENGTH, CODE_ALPHABET)
        phone = clean_phone(new.phone) if new.phone else ""
        appointment = Appointment(
            id=AppointmentId(self._ids.new()),
            version=1,
            code=code,
            at=new.at,
            purpose=new.purpose,
            name=new.name.strip(),
            title=new.title,
            customer_id=new.customer_id,
            consultant_id=new.consultant_id,
            phone_fingerprint=self._fingerprints.phone(phone) if phone else "",
            tail_fingerprint=self._fingerprints.phone_tail(phone[-TAIL_DIGITS:]) if phone else "",
            model=new.model,
            note=new.note,
            party_size=new.party_size,
            source=new.source,
        )
        work.appointments.add(appointment)
        work.announce("appointments", appointment.id)
        return appointment

    def _rows(self, work: UnitOfWork, table: Table) -> list[NewAppointment]:
        places = {field: _column(table.head, names) for field, names in COLUMNS.items()}
        missing = [field for field in ("time", "name", "purpose") if places[field] is None]
        if missing:
            raise AppointmentImportRefused([ImportProblem(0, tuple(missing))])
        zone = work.settings.current().zone
        staff = {m.name: m.id for m in work.staff.all()}
        rows: list[NewAppointment] = []
        problems: list[ImportProblem] = []
        for number, row in enumerate(table.rows, 2):
            cells = {f: (row[p] if p is not None else "") for f, p in places.items()}
            at, purpose = _time(cells["time"]), _purpose(cells["purpose"])
            wrong = [
                name
                for name, is_wrong in (
                    ("time", at is None),
                    ("purpose", purpose is None),
                    ("name", not cells["name"]),
                    ("phone", bool(cells["phone"]) and not _is_phone(cells["phone"])),
                )
                if is_wrong
            ]
            if wrong or at is None or purpose is None:
                problems.append(ImportProblem(number, tuple(wrong)))
                continue
            rows.append(_new(cells, at.replace(tzinfo=zone).astimezone(UTC), purpose, staff))
        if problems:
            raise AppointmentImportRefused(problems[:MOST_PROBLEMS], max(0, len(problems) - MOST_PROBLEMS))
        return rows


def _new(cells: Mapping[str, str], at: datetime, purpose: Purpose, staff: Mapping[str, StaffId]) -> NewAppointment:
    people = cells["people"]
    return NewAppointment(
        at=at,
        purpose=purpose,
        name=cells["name"],
        title=TITLES.get(cells["title"].lower(), Title.NONE),
        phone=cells["phone"],
        consultant_id=staff.get(cells["consultant"]),
        model=cells["model"],
        note=cells["note"],
        party_size=int(people) if people.isdigit() and 0 < int(people) < 20 else 1,
        source="import",
    )


def read_time(typed: str) -> tuple[int, int]:
    """Hour and minute of 14:30, 14：30, 1430 or 9.05. Raises `NotATime`."""
    found = _TIME.match(typed.strip())
    if found is None:
        raise NotATime
    return int(found[1]), int(found[2])


def _as_line(appointment: Appointment, names: Mapping[StaffId, str]) -> AppointmentLine:
    return AppointmentLine(
        appointment_id=appointment.id,
        code=appointment.code,
        at=appointment.at,
        name=mask_name(appointment.name),
        title=appointment.title,
        purpose=appointment.purpose,
        model=appointment.model,
        consultant=names.get(appointment.consultant_id, "") if appointment.consultant_id else "",
        party_size=appointment.party_size,
        state=appointment.state,
        note=appointment.note,
    )


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    wanted = {name.lower() for name in names}
    return next((i for i, title in enumerate(head) if title.strip().lower() in wanted), None)


def _time(text: str) -> datetime | None:
    for form in TIME_FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the showroom's zone is put in by the caller
        except ValueError:
            continue
    return None


def _purpose(text: str) -> Purpose | None:
    if text in PURPOSES:
        return PURPOSES[text]
    return next((p for p in Purpose if p.value == text.lower()), None)


def _is_phone(text: str) -> bool:
    digits = "".join(c for c in text if c.isdigit())
    return len(digits) in {11, 13}


def _just_after(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond + 1) if moment.microsecond < 999_999 else moment
