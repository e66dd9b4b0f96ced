"""The commands people type.

To add one: write `app/commands/<name>.py` with a `Command` or `CommandGroup` (late imports inside its `run`; commands
that need `demo` live in `demo/commands.py`) and put it into COMMANDS. It prints what people read, returns the exit
status, and raises `ShowroomError` for what is refused or away: `refused` says that in one sentence.
"""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from smart4s_kiosk import __version__
from smart4s_kiosk.app.commands import (
    agreement,
    backup,
    doctor,
    first_start,
    licence,
    migrate,
    people,
    run,
    settings,
    simulate_day,
    vault,
)
from smart4s_kiosk.app.commands.command import SUCCESS, USAGE, Command, CommandGroup
from smart4s_kiosk.app.commands.refused import refused
from smart4s_kiosk.demo import commands as demo_commands
from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.i18n import LANGUAGES, language, use_language

COMMANDS: tuple[Command | CommandGroup, ...] = (
    run.COMMAND,
    demo_commands.DEMO,
    demo_commands.SEED,
    agreement.COMMANDS,
    backup.COMMANDS,
    doctor.COMMAND,
    first_start.COMMAND,
    licence.COMMANDS,
    migrate.COMMAND,
    people.COMMANDS,
    settings.COMMANDS,
    simulate_day.COMMAND,
    vault.COMMANDS,
)


class _Parser(argparse.ArgumentParser):
    """Says what was wrong in one sentence, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}\nSee: {self.prog} --help\n")


def main(words: Sequence[str] | None = None, commands: tuple[Command | CommandGroup, ...] = COMMANDS) -> int:
    """Run the command named by `words` (default: the command line); returns the exit status."""
    arguments = build_parser(commands).parse_args(words)
    use_language(arguments.language or language())
    command: Command = arguments.command
    try:
        return command.run(arguments)
    except ShowroomError as refusal:
        return refused(command.name, refusal)
    except KeyboardInterrupt:
        return SUCCESS


def build_parser(commands: tuple[Command | CommandGroup, ...] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of all commands, for `main` and for the generated page of help."""
    parser = _Parser(prog="main.py", description="Smart 4S Kiosk: the showroom's terminals.")
    parser.add_argument("--version", action="version", version=f"Smart 4S Kiosk {__version__}")
    parser.add_argument("--settings", dest="settings_file", metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--language", choices=LANGUAGES, help="of what is said; wins over the settings file")
    parser.add_argument("--data-folder", metavar="FOLDER", help="data folder; wins over the settings file")
    places = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for item in commands:
        place = places.add_parser(item.name, help=item.help, description=item.help)
        if isinstance(item, Command):
            _hook(place, item)
            continue
        inner = place.add_subparsers(title="commands", metavar="COMMAND", required=True)
        for command in item.commands:
            _hook(inner.add_parser(command.name, help=command.help, description=command.help), command)
    return parser


def _hook(place: argparse.ArgumentParser, command: Command) -> None:
    command.add_arguments(place)
    place.set_defaults(command=command)
