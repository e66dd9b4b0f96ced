"""All checks of a machine, made from its settings: what `doctor` runs and the health page shows."""

from collections.abc import Callable, Sequence
from datetime import datetime

from smart4s_kiosk.app import health_keys, health_line, health_machine
from smart4s_kiosk.app.health import Check
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.app.vaults import vault_folders
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.vault.opening import open_vault
from smart4s_kiosk.vault.vault import Vault


def machine_checks(
    settings: Settings,
    clock: Clock,
    *,
    vault: Callable[[], Vault] | None = None,
    newest_record: datetime | None = None,
    more: Sequence[Check] = (),
) -> tuple[Check, ...]:
    """The checks of this machine. The running program gives its open `vault` and its newest journal entry's time."""
    folders = vault_folders(settings)
    opened = vault or (lambda: open_vault(folders, clock))
    return (
        Check("disk", lambda: health_machine.check_disk(settings.data.place)),
        Check("fonts", health_machine.check_fonts),
        Check("models", health_machine.check_models),
        Check("camera", lambda: health_machine.check_cameras(settings.cameras)),
        Check("vault", lambda: health_keys.check_vault(folders, opened)),
        Check("dns", lambda: health_line.check_names(settings.connector)),
        Check("connector", lambda: health_line.check_connector(settings.connector, clock, newest_record)),
        Check("printer", lambda: health_machine.check_printer(settings.printing)),
        *more,
    )
