"""`main.py backup make|list|restore`: a copy of this showroom's records, and the way back."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smart4s_kiosk.app.commands.command import SUCCESS, Command, CommandGroup
from smart4s_kiosk.app.commands.settings import settings_of
from smart4s_kiosk.i18n import _


def _make(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.places import database_place, media_folder, vault_folders
    from smart4s_kiosk.storage.backup_folder import make_backup, must_have_folder, thin_out
    from smart4s_kiosk.vault.opening import open_vault

    settings, clock = settings_of(arguments), SystemClock()
    folder = Path(arguments.folder) if arguments.folder else must_have_folder(settings.backup.folder)
    place = database_place(settings, open_vault(vault_folders(settings), clock))
    made = make_backup(place, media_folder(settings), folder, clock.now())
    thin_out(folder, settings.backup.keep)
    print(_("The backup is complete: {place}").format(place=made))
    if place.url:
        print(_("It holds the papers only; back the PostgreSQL database up with pg_dump"))
    return SUCCESS


def _list(arguments: Namespace) -> int:
    from smart4s_kiosk.storage.backup_folder import backups_in, must_have_folder

    settings = settings_of(arguments)
    for backup in backups_in(Path(arguments.folder) if arguments.folder else must_have_folder(settings.backup.folder)):
        print(backup)
    return SUCCESS


def _restore(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.places import database_place, media_folder, vault_folders
    from smart4s_kiosk.app.single_instance import nobody_runs
    from smart4s_kiosk.storage.backup_folder import restore_backup
    from smart4s_kiosk.storage.open import migrate
    from smart4s_kiosk.vault.opening import open_vault

    settings, clock = settings_of(arguments), SystemClock()
    place = database_place(settings, open_vault(vault_folders(settings), clock))
    with nobody_runs(settings.data.place, clock):
        aside = restore_backup(Path(arguments.backup), place, media_folder(settings))
        migrate(place, backups=settings.data.place / "backups", clock=clock)
    print(_("The records are back as they were in {place}").format(place=arguments.backup))
    if aside is not None:
        print(_("What lay there before was put aside: {place}").format(place=aside))
    return SUCCESS


def _folder_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--folder", metavar="FOLDER", help="instead of backup.folder of the settings")


def _restore_argument(parser: ArgumentParser) -> None:
    parser.add_argument("backup", metavar="BACKUP", help="one backup's folder, as `backup list` names it")


COMMANDS = CommandGroup(
    "backup",
    "copies of this showroom's records",
    (
        Command(
            "make",
            "make a backup now, also while the program runs; person keys are not in it",
            _make,
            _folder_argument,
        ),
        Command("list", "name the complete backups, oldest first", _list, _folder_argument),
        Command(
            "restore", "put a backup in place; on a new machine after `vault restore`", _restore, _restore_argument
        ),
    ),
)
