"""Reading a driving licence from pictures, as services see it."""

from collections.abc import Sequence
from typing import Any, Protocol

from numpy.typing import NDArray

from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.licences import LicenceReading

Picture = NDArray[Any]
"""Height × width × 3, 8 bit, blue-green-red."""


class ReaderAway(Unavailable):
    """The licence reader cannot be used: its model or its process is away."""

    code = "licence.reader_away"


class LicenceReader(Protocol):
    """Reads licences. Not thread-safe: one reader per working thread; holds no picture after it returns."""

    def warm_up(self) -> None:
        """Load the models and read a blank page, so that the first customer does not wait (up to 10 s, any thread).

        Raises:
            ReaderAway: a model is missing or damaged, or the engine does not start.

        """
        ...

    def read(self, pages: Sequence[Picture]) -> LicenceReading:
        """What one or two pages say (main and sub-page in any order and rotation, or one electronic page).

        A page on which nothing is recognised gives blank, marked fields, never an error.

        Raises:
            ReaderAway: a model is missing or damaged, or the engine stopped.

        """
        ...
