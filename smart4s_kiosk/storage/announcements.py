"""Announcements between the processes of a showroom: written with the change, told to the others after its commit.

The table is the truth; PostgreSQL's NOTIFY or SQLite's `data_version` only say when to look at it, so an announcement
that was made while a process was cut off reaches it when it is back.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import psycopg
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import delete, func, select
from sqlalchemy.engine import make_url

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.ports.announcer import Announcement, Announcer
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.storage import tables
from smart4s_kiosk.storage.border import of_sqlite
from smart4s_kiosk.storage.database import PostgresDatabase, SqlcipherDatabase
from smart4s_kiosk.storage.unit_of_work import CHANNEL, SqlStorage

CONCEPTS = (
    "visits",
    "drinks",
    "customers",
    "staff",
    "appointments",
    "vehicles",
    "keys",
    "agreements",
    "quotes",
    "consents",
    "feedback",
    "business_settings",
    "foot_traffic",
    "outbox",
    "alarms",
)
"""What is announced anew when this process has missed too much to catch up."""
_POLL_S = 0.05
_POSTGRES_WAIT_S = 0.5
_AWAY_S = 1.0
_KEEP = timedelta(hours=1)
_TRIM_EVERY_S = 600.0
_TABLE = tables.announcements
_log = logging.getLogger(__name__)


class AnnouncementFeed:
    """Tells this process's announcer what the other processes announced."""

    def __init__(self, storage: SqlStorage, announcer: Announcer, clock: Clock) -> None:
        self._storage = storage
        self._announcer = announcer
        self._clock = clock
        self._told_up_to: int | None = None
        self._trimmed_at = clock.monotonic()

    def run(self, stop: threading.Event) -> None:
        """Until `stop`; survives a database that goes away and comes back. Ends within a second of `stop`."""
        database = self._storage.database
        follow = self._follow_file if isinstance(database, SqlcipherDatabase) else self._follow_server
        while not stop.is_set():
            try:
                follow(stop)
            except Unavailable as error:
                _log.warning("announcements cut off", extra={"action": "announcements.cut_off", "what": error.what})
                stop.wait(_AWAY_S)

    def catch_up(self) -> None:
        """Tell everything that others announced since the last time. The first call only notes where to begin."""
        with self._storage.database.look() as transaction:
            first, last = transaction.rows(select(func.min(_TABLE.c.number), func.max(_TABLE.c.number)))[0]
            begin, self._told_up_to = self._told_up_to, max(last or 0, self._told_up_to or 0)
            if begin is None or last is None or last <= begin:
                return
            theirs = (_TABLE.c.number > begin) & (_TABLE.c.origin != self._storage.origin)
            columns = (_TABLE.c.concept, _TABLE.c.subject_id)
            missed = transaction.rows(select(*columns).where(theirs).order_by(_TABLE.c.number))
        if first > begin + 1:
            missed = [(concept, "") for concept in CONCEPTS]  # type: ignore[misc] # a pair of texts
        for concept, subject_id in dict.fromkeys((row[0], row[1]) for row in missed):
            self._announcer.announce(Announcement(concept, subject_id))

    def _follow_file(self, stop: threading.Event) -> None:
        database = self._storage.database
        assert isinstance(database, SqlcipherDatabase)
        try:
            with closing(database.file.connect()) as connection:
                self._poll(stop, lambda: connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlcipher.Error as error:
            raise of_sqlite(error) or Unavailable("database", reason=type(error).__name__) from error

    def _poll(self, stop: threading.Event, version: Callable[[], int]) -> None:
        seen = None
        while not stop.is_set():
            now = version()
            if now != seen:
                self.catch_up()
                seen = now
            self.trim_when_due()
            stop.wait(_POLL_S)

    def _follow_server(self, stop: threading.Event) -> None:
        database = self._storage.database
        assert isinstance(database, PostgresDatabase)
        address = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=5, keepalives_idle=10) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self.catch_up()
                while not stop.is_set():
                    if any(True for _each in connection.notifies(timeout=_POSTGRES_WAIT_S, stop_after=1)):
                        self.catch_up()
                    self.trim_when_due()
        except psycopg.Error as error:
            raise Unavailable("database", reason=type(error).__name__) from error

    def trim_when_due(self) -> None:
        """Every ten minutes remove what is older than an hour."""
        if self._clock.monotonic() - self._trimmed_at < _TRIM_EVERY_S:
            return
        self._trimmed_at = self._clock.monotonic()
        # The newest line always stays: its number is how a process notices that it missed some.
        newest = select(func.max(_TABLE.c.number)).scalar_subquery()
        old = (_TABLE.c.at < self._clock.now() - _KEEP) & (_TABLE.c.number < newest)
        with self._storage.database.change() as transaction:
            transaction.change(delete(_TABLE).where(old))
