"""JSON-lines log: one file for each process name, closed at a size, deleted after some days, without personal data."""

import json
import logging
import logging.handlers
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from smart4s_kiosk.app.redaction import redacted, redacted_value
from smart4s_kiosk.app.settings import LogSettings
from smart4s_kiosk.ports.clock import Clock

_OWN_FIELDS = frozenset(
    {*logging.LogRecord("", 0, "", 0, "", (), None).__dict__, "message", "asctime", "taskName", "exc_text"}
)
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_TALKATIVE = ("PIL", "fontTools", "urllib3", "matplotlib", "numba", "RapidOCR", "pyhanko", "alembic", "sqlalchemy")


class JsonLines(logging.Formatter):
    """One line of JSON for each record: time, level, logger, thread, message, extras, stack."""

    def __init__(self, process_name: str) -> None:
        super().__init__()
        self._process_name = process_name

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, redacted. A message that cannot be put together is said, not raised."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process_name,
            "logger": record.name,
            "thread": record.threadName or "",
            "message": redacted(_message_of(record)),
        }
        for key, value in record.__dict__.items():
            if key not in _OWN_FIELDS and key not in line:
                line[key] = redacted_value(key, value)
        if record.exc_info and record.exc_info[1] is not None:
            line["stack"] = redacted(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = redacted(record.stack_info)
        return json.dumps(line, ensure_ascii=False, default=lambda value: redacted(str(value)))


class AgeingFile(logging.handlers.BaseRotatingHandler):
    """`<name>.jsonl`; a full one becomes `<name>-<time>.jsonl`, and those older than `keep_days` are deleted.

    A disk that is full or gone never stops the program: the line is lost and counted.
    """

    def __init__(self, folder: Path, name: str, *, bytes_per_file: int, keep_days: int, clock: Clock) -> None:
        with suppress(OSError):  # no room or no right: every line is counted as lost, and the showroom opens
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._process_name = name
        self._most = bytes_per_file
        self._keep = timedelta(days=keep_days)
        self._clock = clock
        self.lost_lines = 0
        super().__init__(folder / f"{name}.jsonl", mode="a", encoding="utf-8", delay=True)
        self.delete_old()

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """Whether this record would make the file too large."""
        if self.stream is None:
            self.stream = self._open()
        self.stream.seek(0, 2)
        return self.stream.tell() + len(self.format(record).encode()) + 1 > self._most

    def doRollover(self) -> None:
        """Close the full file under its own name and begin a new one."""
        if self.stream is not None:
            self.stream.close()
            self.stream = None
        moment = self._clock.now().strftime("%Y%m%dT%H%M%S%f")
        with suppress(FileNotFoundError):
            Path(self.baseFilename).rename(self._folder / f"{self._process_name}-{moment}.jsonl")
        self.delete_old()
        self.stream = self._open()

    def delete_old(self) -> None:
        """Delete closed files of this process name that were last written before the days kept."""
        oldest = (self._clock.now() - self._keep).timestamp()
        for place in self._folder.glob(f"{self._process_name}-*.jsonl"):
            with suppress(OSError):
                if place.stat().st_mtime < oldest:
                    place.unlink()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - logging's own shape
        """A line that could not be written is counted; raising here would stop whoever logged."""
        self.lost_lines += 1


def start_logging(settings: LogSettings, folder: Path, process_name: str, clock: Clock) -> AgeingFile:
    """Send every log record of this process to its file, and warnings to the error stream too. Returns the handler."""
    handler = AgeingFile(
        folder,
        process_name,
        bytes_per_file=settings.megabytes_per_file * 1_000_000,
        keep_days=settings.keep_days,
        clock=clock,
    )
    echo = logging.StreamHandler(sys.stderr)
    echo.setLevel(logging.WARNING)
    for each in (handler, echo):
        each.setFormatter(JsonLines(process_name))
        each.set_name(f"smart4s-{type(each).__name__}")
    root = logging.getLogger()
    stop_logging()
    root.setLevel(_LEVELS[settings.level])
    root.addHandler(handler)
    root.addHandler(echo)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    return handler


def stop_logging() -> None:
    """Take this program's handlers off again and close them."""
    root = logging.getLogger()
    for handler in [h for h in root.handlers if (h.get_name() or "").startswith("smart4s-")]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg!s} [arguments do not fit]"
