"""Where long polls wait: one per device, woken by store, all released when the connector stops."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator


class Bell:
    """What one parked poll waits for."""

    def __init__(self, store_id: str) -> None:
        self.store_id = store_id
        self.released = False
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    def release(self) -> None:
        """Answer now, even with nothing."""
        self.released = True
        self._rung.set()

    async def wait(self, limit_s: float) -> None:
        """Until rung, at most `limit_s`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), limit_s)
        self._rung.clear()


class Parking:
    """Belongs to one event loop; `wake` and `close` may be called from any thread and from signal handlers."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: dict[str, Bell] = {}
        self._closed = False

    def open(self) -> None:
        """Bind to the running loop."""
        self._loop = asyncio.get_running_loop()

    @property
    def parked(self) -> int:
        return len(self._bells)

    @property
    def is_closed(self) -> bool:
        return self._closed

    @contextlib.contextmanager
    def park(self, device_id: str, store_id: str) -> Iterator[Bell]:
        """A bell for this device; an older poll of the same device is released."""
        older = self._bells.get(device_id)
        if older is not None:
            older.release()
        bell = Bell(store_id)
        self._bells[device_id] = bell
        if self._closed:
            bell.release()
        try:
            yield bell
        finally:
            if self._bells.get(device_id) is bell:
                del self._bells[device_id]

    def wake(self, store_id: str) -> None:
        """Wake the polls of a store, or of all stores for an empty id."""

        def ring() -> None:
            for bell in list(self._bells.values()):
                if store_id in {"", bell.store_id}:
                    bell.ring()

        self._call(ring)

    def close(self) -> None:
        """Release every poll, now and from now on."""
        self._closed = True

        def release() -> None:
            for bell in list(self._bells.values()):
                bell.release()

        self._call(release)

    def _call(self, act: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act)
