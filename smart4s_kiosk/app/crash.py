"""The last-resort hooks: errors that nobody caught on the main thread or another, and Qt's own messages.

An exception in a Qt slot does not stop the program and leaves the exit status 0, so without these nobody would know.
Free of Qt: `app.desktop` hands `on_qt_message` to Qt.
"""

import faulthandler
import hashlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

Shown = Callable[[str], None]
"""Told the reference of a fault, to apologise with it; called on whatever thread the fault was on."""
_log = logging.getLogger(__name__)
_QT_LEVELS = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.INFO,
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}


class CrashHooks:
    """Installed once at start; `remove` puts back what was there (tests)."""

    def __init__(self, show: Shown, native_log: Path | None = None) -> None:
        self._show = show
        self._native_log = native_log
        self._native_file: TextIOWrapper | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """From now on every uncaught error is logged with a reference and shown."""
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable
        if self._native_log is None:
            return
        try:
            self._native_log.parent.mkdir(parents=True, exist_ok=True)
            self._native_file = self._native_log.open("a", encoding="utf-8")
        except OSError as away:
            _log.warning("no room for native.log", extra={"action": "crash.no_log", "reason": away.strerror or ""})
            return
        faulthandler.enable(self._native_file)

    def remove(self) -> None:
        """Put back the hooks from before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._native_file is not None:
            faulthandler.disable()
            self._native_file.close()
            self._native_file = None

    def _on_main(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _trace)
            return
        self._tell(error, "main")

    def _on_thread(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None and not issubclass(facts.exc_type, SystemExit):
            self._tell(facts.exc_value, facts.thread.name if facts.thread else "")

    def _on_unraisable(self, facts: "sys.UnraisableHookArgs") -> None:
        if facts.exc_value is not None:
            self._tell(facts.exc_value, "unraisable")

    def _tell(self, error: BaseException, where: str) -> None:
        reference = reference_of(error)
        _log.critical("uncaught", exc_info=error, extra={"action": "crash", "reference": reference, "where": where})
        try:
            self._show(reference)
        except Exception:  # noqa: BLE001 - the last hook must not raise itself
            _log.exception("the apology failed too", extra={"action": "crash", "reference": reference})


def on_qt_message(kind: object, context: object, text: str) -> None:
    """Qt's message handler: Qt's words go into the log at their own level."""
    level = _QT_LEVELS.get(getattr(kind, "name", str(kind)), logging.WARNING)
    _log.log(level, "%s", text, extra={"action": "qt", "category": str(getattr(context, "category", "") or "")})


def reference_of(error: BaseException) -> str:
    """Six signs, the same whenever the same fault happens at the same place, to be found in the log."""
    places = "".join(f"{frame.filename}:{frame.lineno};" for frame in traceback.extract_tb(error.__traceback__))
    return hashlib.sha256(f"{type(error).__name__}|{places}".encode()).hexdigest()[:6].upper()
