"""What a command of the command line is."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

SUCCESS, FAILURE, USAGE = 0, 1, 2
"""Exit statuses: done; tried and did not succeed; asked wrongly."""


def no_arguments(_parser: ArgumentParser) -> None:
    """For commands that take none."""


@dataclass(frozen=True, slots=True)
class Command:
    """One word on the command line. `run` imports what it needs inside itself, so every other command stays quick."""

    name: str
    help: str
    """One line, English; shown by --help."""
    run: Callable[[Namespace], int]
    """Does the work and returns the exit status. `arguments.settings_file` and `arguments.data_folder` are there."""
    add_arguments: Callable[[ArgumentParser], None] = no_arguments


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """A word that needs a second one: `licence read`, `agreement verify`."""

    name: str
    help: str
    commands: tuple[Command, ...]
