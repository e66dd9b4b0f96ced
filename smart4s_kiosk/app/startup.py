"""Start-up as a list of tasks, each needed or optional; a failed optional one takes away a named ability only."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.ports.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartupTask:
    """One thing to do before the first page."""

    name: str
    run: Callable[[], None]
    ability: str
    """What is missing without it: "records", "faces", "licence", "wecom", "printing", ..."""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class StartupResult:
    """How one task went. `code` is empty when it succeeded."""

    task: str
    ability: str
    seconds: float
    code: str = ""


class StartupStopped(Unavailable):
    """A needed part of the program could not be started."""

    code = "startup.stopped"


def run_startup(tasks: Iterable[StartupTask], clock: Clock) -> tuple[StartupResult, ...]:
    """Run the tasks in order. Raises StartupStopped, with the first cause, when a needed one fails."""
    results = []
    for task in tasks:
        began = clock.monotonic()
        fault = _try(task)
        result = StartupResult(task.name, task.ability, clock.monotonic() - began, _code_of(fault) if fault else "")
        results.append(result)
        _log.info(
            "start-up task",
            extra={"action": "startup", "task": task.name, "seconds": round(result.seconds, 3), "code": result.code},
        )
        if fault is not None and task.needed:
            raise StartupStopped(task.name, waiting_helps=False, reason=result.code) from fault
    return tuple(results)


def missing_abilities(results: Iterable[StartupResult]) -> tuple[str, ...]:
    """What does not work, in order, each once."""
    return tuple(dict.fromkeys(result.ability for result in results if result.code))


def _try(task: StartupTask) -> Exception | None:
    try:
        task.run()
    except Exception as fault:  # noqa: BLE001 - one broken part must not keep the rest from starting
        _log.warning("start-up task failed", exc_info=fault, extra={"action": "startup.failed", "task": task.name})
        return fault
    return None


def _code_of(fault: Exception) -> str:
    return fault.code if isinstance(fault, ShowroomError) else f"fault.{type(fault).__name__}"
