"""Runs a service call off the main thread and delivers the answer to a page that still lives."""

import hashlib
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.ui.wording import Trouble, fault_words, refusal_words

Answer = TypeVar("Answer")
Told = Callable[[Trouble], None]
_log = logging.getLogger(__name__)


class Background(QObject):
    """Two verbs for pages. `change` keeps the order in which people did things; `ask` runs beside it.

    `then` and `refused` run on the main thread, and only while `owner` exists. Without `refused` the trouble goes to
    the nearest ancestor of `owner` that has `show_trouble`.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="change")
        self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="ask")
        self._newest: dict[tuple[int, str], int] = {}
        self._counter = 0
        self._waiting = 0
        self._is_stopped = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def change(
        self,
        owner: QObject,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        refused: Told | None = None,
    ) -> None:
        """Something a person did: one after the other, none is dropped."""
        self._start(self._lane, owner, work, then, refused, is_current=lambda: True)

    def ask(
        self,
        owner: QObject,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        kind: str = "",
        refused: Told | None = None,
    ) -> None:
        """Something a page wants to know; a newer question of the same kind by the same owner overtakes it."""
        self._counter += 1
        number, key = self._counter, (id(owner), kind or getattr(work, "__qualname__", ""))
        self._newest[key] = number
        self._start(self._pool, owner, work, then, refused, is_current=lambda: self._newest.get(key) == number)

    @property
    def is_idle(self) -> bool:
        """Nothing is running and nothing waits to be delivered (tests wait for this)."""
        return self._waiting == 0

    def stop(self, limit_s: float = 2.0) -> bool:
        """Let the change lane finish, drop questions; False when the limit passed first. Later wishes are dropped."""
        self._is_stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        last = self._lane.submit(lambda: None)
        try:
            last.result(timeout=limit_s)
        except TooLong:
            return False
        finally:
            self._lane.shutdown(wait=False, cancel_futures=True)
        return True

    def _start(
        self,
        where: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        refused: Told | None,
        *,
        is_current: Callable[[], bool],
    ) -> None:
        def deliver(answer: Answer | None, trouble: Trouble | None) -> None:
            if not shiboken6.isValid(owner) or not is_current():
                return
            if trouble is None:
                then(answer)  # type: ignore[arg-type] # no trouble means there is an answer
            elif refused is not None:
                refused(trouble)
            else:
                _tell_nearest(owner, trouble)

        def run() -> None:
            answer, trouble = _try(work)
            self._hand_over(lambda: deliver(answer, trouble))

        if self._is_stopped:
            return
        self._waiting += 1
        future: Future[None] = where.submit(run)
        del future

    def _hand_over(self, deliver: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._finished.emit(deliver)

    @Slot(object)
    def _deliver(self, deliver: Callable[[], None]) -> None:
        self._waiting -= 1
        deliver()


def _try(work: Callable[[], Answer]) -> tuple[Answer | None, Trouble | None]:
    try:
        return work(), None
    except ShowroomError as refusal:
        _log.info("refused", extra={"action": "refused", "code": refusal.code})
        return None, refusal_words(refusal)
    except Exception as fault:  # noqa: BLE001 - the border: a bug must not take the screen with it
        reference = reference_of(fault)
        _log.exception("fault", extra={"action": "fault", "reference": reference})
        return None, fault_words(reference)


def reference_of(fault: BaseException) -> str:
    """Six signs that are the same whenever the same fault happens at the same place, to be found in the log."""
    places = "".join(f"{frame.filename}:{frame.lineno};" for frame in traceback.extract_tb(fault.__traceback__))
    return hashlib.sha256(f"{type(fault).__name__}|{places}".encode()).hexdigest()[:6].upper()


def _tell_nearest(owner: QObject, trouble: Trouble) -> None:
    place: Any = owner
    while place is not None:
        show = getattr(place, "show_trouble", None)
        if callable(show):
            show(trouble)
            return
        place = place.parent()
    _log.warning("nobody shows a trouble", extra={"action": "trouble", "code": trouble.code})
