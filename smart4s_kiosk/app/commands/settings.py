"""`main.py settings check|reference`: proves the settings of this machine, and writes their reference."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from smart4s_kiosk.app.commands.command import SUCCESS, Command, CommandGroup
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.i18n import use_language


def settings_of(arguments: Namespace) -> Settings:
    """The settings that a command works with. Raises SettingsBroken, which the command line words. From here on
    the command speaks the settings' language.
    """
    from smart4s_kiosk.app.settings_reading import read_settings

    file = Path(arguments.settings_file) if arguments.settings_file else None
    folder = Path(arguments.data_folder) if arguments.data_folder else None
    settings = read_settings(file, data_folder=folder)
    use_language(arguments.language or settings.screen.language)
    return settings


def _check(arguments: Namespace) -> int:
    print(settings_of(arguments).data.place)
    return SUCCESS


def _reference(arguments: Namespace) -> int:
    from smart4s_kiosk.app.settings_reference import write

    for place in write(Path(arguments.folder)):
        print(place)
    return SUCCESS


def _reference_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--folder", default=".", help="the project's folder (default: this one)")


COMMANDS = CommandGroup(
    "settings",
    "the settings of this machine",
    (
        Command("check", "name every mistake in the settings; print the data folder when there is none", _check),
        Command("reference", "write the documented default file and its page", _reference, _reference_arguments),
    ),
)
