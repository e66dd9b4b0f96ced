"""Who this terminal is to the connector: a small file beside the data, without secrets (the key is in the vault)."""

import json
import os
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """What the connector calls this terminal, and how wrong this machine's clock is."""

    device_id: str = ""
    store_id: str = ""
    clock_offset_s: float = 0.0
    """Server's clock minus this machine's."""
    measured_base_s: float | None = None
    """This machine's clock minus its uptime when that was measured: another one now means that somebody set the clock
    or started the machine again, and the offset is not known any more."""

    @property
    def is_enrolled(self) -> bool:
        return bool(self.device_id)


class IdentityFile:
    """Reads and writes the identity; a damaged file means "not enrolled". Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._identity = self._read()

    def get(self) -> DeviceIdentity:
        """As on disk, where another process or page may have enrolled this terminal anew; as known, if that is gone."""
        with self._lock:
            return self._known()

    def put(self, identity: DeviceIdentity) -> None:
        """On disk when this returns."""
        with self._lock:
            self._write(identity)

    def put_offset(self, offset_s: float, base_s: float) -> None:
        with self._lock:
            self._write(replace(self._known(), clock_offset_s=offset_s, measured_base_s=base_s))

    def newest(self) -> DeviceIdentity:
        """As on disk: another process of this machine may be the one that talks to the connector."""
        with self._lock:
            return self._read()

    def _known(self) -> DeviceIdentity:
        found = self._read()
        if found.is_enrolled:
            self._identity = found
        return self._identity

    def _read(self) -> DeviceIdentity:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            base = found.get("measured_base_s")
            identity = DeviceIdentity(
                str(found["device_id"]),
                str(found["store_id"]),
                float(found.get("clock_offset_s", 0.0)),
                None if base is None else float(base),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return DeviceIdentity()
        return identity

    def _write(self, identity: DeviceIdentity) -> None:
        self._identity = identity
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        with partial.open("w", encoding="utf-8") as file:
            json.dump(asdict(identity), file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._path)
