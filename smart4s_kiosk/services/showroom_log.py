"""The showroom log (展厅日志): one line a visit, searched, printed, exported with its reader's name on it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from smart4s_kiosk.domain.errors import NotAllowed, RuleBroken
from smart4s_kiosk.domain.ids import StaffId, TerminalId, VisitId
from smart4s_kiosk.domain.staff import Permission, StaffMember
from smart4s_kiosk.domain.visits import IdentifiedBy, Outcome, Purpose, Visit, VisitState
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.documents import ListPaper, ListSheets
from smart4s_kiosk.ports.storage import Storage, UnitOfWork, VisitQuery
from smart4s_kiosk.ports.tables import Table, Tables
from smart4s_kiosk.services.agreement_papers import store_face
from smart4s_kiosk.services.printing import Printing

MOST_EXPORTED = 20_000


class ExportNeedsManager(NotAllowed):
    """So many rows leave the showroom only with a manager's PIN."""

    code = "export.needs_manager"


class ExportTooLong(RuleBroken):
    """More rows than a sheet takes: better refused than cut without a word."""

    code = "export.too_long"


@dataclass(frozen=True, slots=True)
class LogQuery:
    """What the log is asked; days are the showroom's, both included."""

    first_day: date
    last_day: date
    consultant_id: StaffId | None = None
    purpose: Purpose | None = None
    text: str = ""
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """One visit."""

    visit_id: VisitId
    label: str
    name: str
    """Masked."""
    started_at: datetime
    ended_at: datetime | None
    identified_by: IdentifiedBy | None
    purpose: Purpose | None
    party_size: int
    consultant: str
    waited_s: int
    state: VisitState
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of lines and how many there are altogether."""

    lines: tuple[LogLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Words of an export in the reader's language; given by the page, so that services hold no sentences."""

    title: str
    head: tuple[str, ...]
    reader: Callable[[str, datetime], str]
    """Line that names the reader and the time."""
    cells: Callable[[LogLine], tuple[str, ...]]
    language: str = "zh_CN"


class ShowroomLog:
    """Reads the log; exports are audited."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        tables: Tables,
        lists: ListSheets,
        printing: Printing,
        terminal_id: TerminalId,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._tables = tables
        self._lists = lists
        self._printing = printing
        self._terminal_id = terminal_id

    @property
    def can_print(self) -> bool:
        """Whether a printer for sheets is chosen."""
        return self._printing.has_sheets

    def read(self, query: LogQuery) -> LogPage:
        """Newest first."""
        with self._storage.look() as view:
            found, total = self._find(view, query)
            names = {m.id: m.name for m in view.staff.all()}
        now = self._clock.now()
        return LogPage(tuple(_line(v, names, now) for v in found), total)

    def export_xlsx(
        self, query: LogQuery, words: ExportWords, *, by: StaffId, approved_by: StaffId | None = None
    ) -> bytes:
        """The whole answer as a sheet: masked names, the reader's name on top, a line in the audit chain."""
        page = self._whole(query)
        with self._storage.begin() as work:
            reader = self._taking_out(work, page, by, approved_by)
            table = Table(words.head, tuple(words.cells(line) for line in page.lines))
            content = self._tables.xlsx(table, title=words.title, notes=(words.reader(reader.name, self._clock.now()),))
            self._note(work, "log.exported", page, content, by, approved_by)
        return content

    def print_out(
        self, query: LogQuery, words: ExportWords, *, by: StaffId, approved_by: StaffId | None = None
    ) -> bool:
        """The whole answer on paper, under the same rules as a sheet; False when it was printed just now.

        The line in the audit chain comes before the printer: a paper that nobody wrote down cannot be.
        """
        page, now = self._whole(query), self._clock.now()
        rows = tuple(words.cells(line) for line in page.lines)
        with self._storage.look() as view:
            reader = self._taking_out(view, page, by, approved_by)
            face = store_face(view.settings.current())
        said = words.reader(reader.name, now)
        pdf = self._lists.list_sheet(ListPaper(face, words.title, said, words.head, rows, now, words.language))
        content = "\n".join("\t".join(row) for row in rows).encode()
        with self._storage.begin() as work:
            self._note(work, "log.printed", page, content, by, approved_by)
        subject = f"log:{by}:{hashlib.sha256(content).hexdigest()}"
        return self._printing.print_sheet(pdf, subject=subject, title="Showroom log")

    def _whole(self, query: LogQuery) -> LogPage:
        return self.read(replace(query, limit=MOST_EXPORTED, offset=0))

    def _taking_out(self, work: UnitOfWork, page: LogPage, by: StaffId, approved_by: StaffId | None) -> StaffMember:
        """Who takes it out, if they may: many rows need a manager beside them."""
        reader = work.staff.get(by)
        reader.must_be_allowed(Permission.EXPORT)
        if page.total > MOST_EXPORTED:
            raise ExportTooLong(rows=page.total, most=MOST_EXPORTED)
        if page.total > work.settings.current().export_rows_without_pin:
            if approved_by is None:
                raise ExportNeedsManager(rows=page.total)
            work.staff.get(approved_by).must_be_allowed(Permission.APPROVE)
        return reader

    def _note(
        self, work: UnitOfWork, act: str, page: LogPage, content: bytes, by: StaffId, approved_by: StaffId | None
    ) -> None:
        work.audit.append(
            at=self._clock.now(),
            act=act,
            subject_id="visits",
            staff_id=by,
            terminal_id=self._terminal_id,
            reason=approved_by or "",
            rows=len(page.lines),
            content_hash=hashlib.sha256(content).hexdigest(),
        )

    def _find(self, view: UnitOfWork, query: LogQuery) -> tuple[list[Visit], int]:
        zone = view.settings.current().zone
        start = datetime(query.first_day.year, query.first_day.month, query.first_day.day, tzinfo=zone)
        after = query.last_day + timedelta(days=1)
        asked = VisitQuery(
            started_from=start,
            started_until=datetime(after.year, after.month, after.day, tzinfo=zone),
            consultant_id=query.consultant_id,
            purpose=query.purpose,
            text=query.text,
            limit=query.limit,
            offset=query.offset,
        )
        return list(view.visits.search(asked)), view.visits.count(asked)


def _line(visit: Visit, names: dict[StaffId, str], now: datetime) -> LogLine:
    return LogLine(
        visit_id=visit.id,
        label=visit.label,
        name=visit.display_name,
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        identified_by=visit.identified_by,
        purpose=visit.purpose,
        party_size=visit.party_size,
        consultant=names.get(visit.consultant_id, "") if visit.consultant_id else "",
        waited_s=visit.waited_s(now),
        state=visit.state,
        outcome=visit.outcome,
    )
