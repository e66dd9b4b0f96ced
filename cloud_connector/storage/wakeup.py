"""Listens for PostgreSQL's NOTIFY, so that one connector process wakes the others. SQLite has one process: no need."""

import logging
import threading

import psycopg
from sqlalchemy.engine import make_url

from cloud_connector.storage.database import Database

log = logging.getLogger(__name__)
CHANNELS = ("inbox", "work")
_LOOK_S = 0.5
_RETRY_S = 1.0


def listen(database: Database, stop: threading.Event) -> None:
    """Pass notifications on until `stop`; after every reconnect wake everybody, because NOTIFY is not kept."""
    address = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    while not stop.is_set():
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                for channel in CHANNELS:
                    connection.execute(f"LISTEN {channel}")
                for channel in CHANNELS:
                    database.announce(channel, "")
                while not stop.is_set():
                    for note in connection.notifies(timeout=_LOOK_S):
                        database.announce(note.channel, note.payload)
        except psycopg.Error as away:
            log.warning("listening stopped, will try again", extra={"error": type(away).__name__})
            stop.wait(_RETRY_S)
