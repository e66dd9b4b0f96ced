"""A background that answers at once, on the main thread: pages are complete as soon as they are built."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject

from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.ui.background import Background, Told, _tell_nearest
from smart4s_kiosk.ui.wording import refusal_words

Answer = TypeVar("Answer")


class PromptBackground(Background):
    """The same verbs; a fault is a test's own failure and is not turned into words."""

    def _start(
        self,
        _where: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        refused: Told | None,
        *,
        is_current: Callable[[], bool],
    ) -> None:
        try:
            answer = work()
        except ShowroomError as refusal:
            trouble = refusal_words(refusal)
            if refused is not None:
                refused(trouble)
            else:
                _tell_nearest(owner, trouble)
            return
        if is_current():
            then(answer)
