"""Refuses a second copy of the program for the same screens of this terminal."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.vault.files import FileLock, make_private_folder


class AlreadyRunning(RuleBroken):
    """The program already runs on this terminal."""

    code = "app.already_running"


@contextmanager
def only_one(data_folder: Path, name: str, clock: Clock) -> Iterator[None]:
    """Be the only process called `name` (its surfaces joined by "-") on this data folder until the block ends.

    The system frees the place when a process is killed. Raises AlreadyRunning, or Unavailable when the data folder
    cannot be written.
    """
    folder = data_folder / "run"
    try:
        make_private_folder(folder)
    except OSError as error:
        raise Unavailable("data folder", waiting_helps=False, reason=error.strerror or "") from error
    lock = FileLock(folder / f"{name}.lock", clock, limit_s=0)
    with ExitStack() as stack:
        try:
            stack.enter_context(lock.held_or(AlreadyRunning(surfaces=name)))
        except Unavailable as away:
            raise Unavailable("data folder", waiting_helps=False, reason=away.facts.get("reason", "")) from away
        yield


@contextmanager
def nobody_runs(data_folder: Path, clock: Clock) -> Iterator[None]:
    """Be alone with this data folder: no screen of this machine runs, and none starts until the block ends."""
    with ExitStack() as stack:
        for lock in sorted((data_folder / "run").glob("*.lock")):
            stack.enter_context(only_one(data_folder, lock.stem, clock))
        yield
