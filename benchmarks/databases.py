"""Both showroom databases, migrated and empty, for measurements: an encrypted file and a syncing PostgreSQL."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.storage.open import DatabasePlace, migrate
from tests.postgres import running_server, server_binaries

KEY = bytes(range(32))


@contextmanager
def both_databases() -> Iterator[dict[str, DatabasePlace]]:
    """By name. PostgreSQL is left out (and said so) where no server is installed."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        places = {"sqlcipher": DatabasePlace(None, folder / "showroom.db", KEY)}
        if server_binaries() is None:
            print("NOT MEASURED ON POSTGRESQL: no server is installed")
        else:
            server = stack.enter_context(running_server(durable=True))
            places["postgresql"] = DatabasePlace(server.fresh_database(), folder / "none", KEY)
        for place in places.values():
            migrate(place, backups=folder, clock=SystemClock())
        yield places


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
