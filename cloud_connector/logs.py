"""JSON-lines log without secrets or personal data."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

_SECRETS = re.compile(r"(access_token|corpsecret|response_code|welcome_code|code)=[^&\s\"']+", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])|(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_ADDRESS = re.compile(r"(postgresql(?:\+\w+)?://[^:@/\s]+):[^@\s]+@")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def cleaned(text: str) -> str:
    """`text` without tokens, passwords, mobile and id numbers."""
    return _NUMBERS.sub("***", _ADDRESS.sub(r"\1:***@", _SECRETS.sub(r"\1=***", text)))


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message and the fields given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": cleaned(record.getMessage()),
        }
        for name, value in vars(record).items():
            if name not in _STANDARD:
                line[name] = cleaned(value) if isinstance(value, str) else value
        if record.exc_info:
            line["trace"] = cleaned(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def start_logging(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Everything to one stream; httpx would print addresses with tokens, so it may only warn."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore", "uvicorn.access", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
