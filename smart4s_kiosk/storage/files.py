"""Files that are there completely or not at all, even after a power cut."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smart4s_kiosk.domain.errors import Unavailable


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` under `path`, synced to disk before it gets its name. `Unavailable("disk")` when it cannot."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with disk_errors():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` outlive a power cut (Windows keeps its own journal and cannot be asked)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turns errors of the operating system into `Unavailable("disk")`."""
    try:
        yield
    except OSError as error:
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise Unavailable("disk", reason="full" if is_full else type(error).__name__) from error
