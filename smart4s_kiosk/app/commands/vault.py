"""`main.py vault`: the recovery sheet on paper, the way back from it, moving the keys, the copy of the person keys."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from smart4s_kiosk.app.commands.command import FAILURE, SUCCESS, Command, CommandGroup
from smart4s_kiosk.app.commands.settings import settings_of
from smart4s_kiosk.i18n import _

_LONGEST_SHEET = 4000


def _sheet(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.places import vault_folders
    from smart4s_kiosk.vault.opening import open_vault

    made = open_vault(vault_folders(settings_of(arguments)), SystemClock()).sheets.sheet()
    print("\n".join([*made.lines, "", made.code]))
    return SUCCESS


def _restore(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.health_words import PLACES
    from smart4s_kiosk.app.places import vault_folders
    from smart4s_kiosk.vault.opening import restore_vault
    from smart4s_kiosk.vault.sheet import SheetLineWrong

    text = Path(arguments.sheet).read_text(encoding="utf-8") if arguments.sheet else sys.stdin.read(_LONGEST_SHEET)
    folders = vault_folders(settings_of(arguments))
    try:
        vault = restore_vault(folders, SystemClock(), text, without_person_keys=arguments.without_person_keys)
    except SheetLineWrong as slip:
        print(_line_words(slip.facts["line"], slip.facts["word"], slip.facts["near"]), file=sys.stderr)
        return FAILURE
    print(_("The store's key is back. It is kept in: {place}").format(place=_(PLACES[vault.place.value])))
    return SUCCESS


def _move(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.health_words import PLACES
    from smart4s_kiosk.app.places import vault_folders
    from smart4s_kiosk.vault.opening import move_keys

    place = move_keys(vault_folders(settings_of(arguments)), SystemClock())
    print(_("The keys are kept in: {place}").format(place=_(PLACES[place.value])))
    return SUCCESS


def _copy(arguments: Namespace) -> int:
    from smart4s_kiosk.app.clock import SystemClock
    from smart4s_kiosk.app.health import Finding, Level
    from smart4s_kiosk.app.health_words import say
    from smart4s_kiosk.app.places import vault_folders
    from smart4s_kiosk.vault.opening import open_vault
    from smart4s_kiosk.vault.person_copy import CopyState

    state = open_vault(vault_folders(settings_of(arguments)), SystemClock()).person_keys.refresh_copy()
    print(say(Finding(f"person_keys.copy_{state.value}", Level.GOOD)).what)
    return SUCCESS if state is CopyState.FRESH else FAILURE


def _line_words(line: object, word: object, near: object) -> str:
    if not word:
        return _("Line {line} of the recovery sheet has a slip; please compare it with the paper").format(line=line)
    hint = _("; perhaps: {near}").format(near=near) if near else ""
    return _("Line {line} of the recovery sheet: “{word}” is not on any sheet").format(line=line, word=word) + hint


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--sheet", metavar="FILE", help="file with the sheet's words or code; else they are typed")
    parser.add_argument(
        "--without-person-keys",
        action="store_true",
        help="give up all sealed contacts and begin new person keys, when their file and its copy are both lost",
    )


COMMANDS = CommandGroup(
    "vault",
    "the keys of this machine",
    (
        Command("sheet", "print the recovery sheet: whoever reads it can open this store's backups", _sheet),
        Command("restore", "bring the store's key back from its recovery sheet", _restore, _restore_arguments),
        Command("move", "keep the keys in the best place this machine has now", _move),
        Command("copy", "bring the copy of the person keys up to date", _copy),
    ),
)
