"""All checks of a machine, made from its settings: what `doctor` runs and the health page shows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from smart4s_kiosk.app import health_keys, health_line, health_machine, health_records
from smart4s_kiosk.app.health import Check, Finding
from smart4s_kiosk.app.health_backups import check_backups
from smart4s_kiosk.app.places import database_place, vault_folders
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.storage.open import DatabasePlace
from smart4s_kiosk.vault.opening import has_vault, open_vault
from smart4s_kiosk.vault.vault import Vault


def machine_checks(
    settings: Settings,
    clock: Clock,
    *,
    vault: Callable[[], Vault] | None = None,
    more: Sequence[Check] = (),
) -> tuple[Check, ...]:
    """The checks of this machine; the running program gives its open `vault`, and `more` checks of its own."""
    folders = vault_folders(settings)
    opened = vault or (lambda: open_vault(folders, clock))

    def database() -> DatabasePlace:
        return database_place(settings, opened())

    def clocks() -> Iterator[Finding]:
        return health_line.check_clock(
            settings.connector,
            clock,
            _told(lambda: health_records.newest_record(database(), clock)),
            _told(lambda: health_records.database_time(database(), clock)),
        )

    checks = (
        Check("disk", lambda: health_machine.check_disk(settings.data.place)),
        Check("vault", lambda: health_keys.check_vault(folders, opened)),
        Check("fonts", health_machine.check_fonts),
        Check("models", health_machine.check_models),
        Check("camera", lambda: health_machine.check_cameras(settings.cameras)),
        Check("dns", lambda: health_line.check_names(settings.connector)),
        Check("connector", lambda: health_line.check_connector(settings.connector)),
        Check("clock", clocks),
        Check("printer", lambda: health_machine.check_printer(settings.printing)),
    )
    records = (
        Check("database", lambda: health_records.check_database(database)),
        Check("backup", lambda: check_backups(settings.backup, clock)),
    )
    return (*checks[:2], *(records if has_vault(folders) else ()), *checks[2:], *more)


def _told(ask: Callable[[], datetime | None]) -> datetime | None:
    """A time out of the records; None while they cannot be opened, which other checks say."""
    try:
        return ask()
    except ShowroomError:
        return None
