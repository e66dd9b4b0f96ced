"""Which other program has a camera open."""

import os
from pathlib import Path


def holder_of(device: Path, processes: Path = Path("/proc")) -> str:
    """The name of another process that has the device open, as far as this user may see it (Linux)."""
    real = device.resolve()
    for entry in processes.glob("[0-9]*/fd/*") if processes.exists() else ():
        try:
            if int(entry.parts[-3]) != os.getpid() and entry.readlink() == real:
                return (entry.parents[1] / "comm").read_text(encoding="utf-8").strip()
        except OSError:
            continue
    return ""
