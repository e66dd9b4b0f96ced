"""`main.py migrate`: brings the database to this version's tables, after a copy of an embedded one."""

from argparse import Namespace

from smart4s_kiosk.app.commands.command import SUCCESS, Command
from smart4s_kiosk.app.commands.settings import settings_of
from smart4s_kiosk.i18n import _


def _run(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.places import database_place, vault_folders
    from smart4s_kiosk.storage.open import migrate
    from smart4s_kiosk.vault.opening import open_vault

    settings, clock = settings_of(arguments), SystemClock()
    place = database_place(settings, open_vault(vault_folders(settings), clock))
    copy = migrate(place, backups=settings.data.place / "backups", clock=clock)
    print(_("The database has this version's tables."))
    if copy is not None:
        print(_("The database of before was copied to {place}").format(place=copy))
    return SUCCESS


COMMAND = Command("migrate", "bring the database to this version's tables", _run)
