"""Hands a finished PDF to CUPS, and never the same job twice."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from smart4s_kiosk.documents.preview import one_at_a_time
from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.ports.documents import PrintAnswer

TIME_LIMIT_S = 20
KEPT_JOBS = 2000
MM_A_POINT = 25.4 / 72
PAPERS = {(210, 297): "A4", (148, 210): "A5"}
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,126}")


class PrinterUnknown(RuleBroken):
    """There is no printer of this name."""

    code = "printer.unknown"


class PrinterAway(Unavailable):
    """The printer or the print service is away; nothing was printed."""

    code = "printer.away"


class PrintUncertain(Unavailable):
    """The print service did not answer in time: look at the printer before printing again."""

    code = "printer.uncertain"


class CupsPrinter:
    """Prints with `lp`. Which job keys were handed over is kept in a folder, so a restart does not print again.

    The mark is written before `lp` is called: after a power cut in between, a page may be missing, never doubled.
    `forget` lets a person print once more on purpose.
    """

    def __init__(
        self, folder: Path, *, lp: str = "lp", lpstat: str = "lpstat", time_limit_s: float = TIME_LIMIT_S
    ) -> None:
        self._folder = folder
        self._lp = lp
        self._lpstat = lpstat
        self._time_limit_s = time_limit_s

    def names(self) -> Sequence[str]:
        """Printers that accept jobs; none when CUPS is not there."""
        if shutil.which(self._lpstat) is None:
            return ()
        try:
            answer = self._run([self._lpstat, "-e"])
        except Unavailable:
            return ()
        return tuple(name for name in answer.stdout.split() if _PLAIN_NAME.fullmatch(name))

    def print_pdf(self, pdf: bytes, *, job_key: str, title: str, printer: str = "") -> PrintAnswer:
        """Raises `PrinterUnknown`, `PrinterAway` (nothing went out), `PrintUncertain`."""
        if printer and not _PLAIN_NAME.fullmatch(printer):
            raise PrinterUnknown
        mark = self._mark(job_key)
        if not self._claim(mark):
            return PrintAnswer(_job_in(mark), repeated=True)
        try:
            job = self._send(pdf, title, printer)
        except (PrinterAway, PrinterUnknown):
            mark.unlink(missing_ok=True)
            raise
        mark.write_text(json.dumps({"job": job}), encoding="utf-8")
        self._tidy()
        return PrintAnswer(job)

    def forget(self, job_key: str) -> None:
        """A person wants the paper once more."""
        self._mark(job_key).unlink(missing_ok=True)

    def _send(self, pdf: bytes, title: str, printer: str) -> str:
        if shutil.which(self._lp) is None:
            raise PrinterAway(self._lp, waiting_helps=False)
        if printer and printer not in self.names():
            raise PrinterUnknown
        with tempfile.NamedTemporaryFile(suffix=".pdf", dir=self._folder) as file:
            file.write(pdf)
            file.flush()
            command = [self._lp, "-t", re.sub(r"[^\w .-]", "", title)[:60] or "document", *_media(pdf)]
            command += ["-d", printer] if printer else []
            answer = self._run([*command, "--", file.name])
        if answer.returncode != 0:
            raise PrinterAway("lp", said=answer.stderr.strip()[:200])
        found = re.search(r"\S+-\d+", answer.stdout)
        return found.group() if found else "sent"

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        # An absolute or PATH program of CUPS with fixed options; names were checked above, no shell is involved.
        try:
            return subprocess.run(  # noqa: S603 - a fixed command; the file is ours
                command,
                capture_output=True,
                text=True,
                timeout=self._time_limit_s,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except subprocess.TimeoutExpired as error:
            raise PrintUncertain(command[0]) from error
        except OSError as error:
            raise PrinterAway(command[0]) from error

    def _mark(self, job_key: str) -> Path:
        return self._folder / f"{hashlib.sha256(job_key.encode()).hexdigest()}.job"

    def _claim(self, mark: Path) -> bool:
        """True once for each mark, in all processes."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with mark.open("x", encoding="utf-8") as file:
                file.write("{}")
        except FileExistsError:
            return False
        return True

    def _tidy(self) -> None:
        """Forget the oldest marks: a job key is never asked again after so many others."""
        marks = sorted(self._folder.glob("*.job"), key=lambda path: path.stat().st_mtime)
        for old in marks[:-KEPT_JOBS]:
            old.unlink(missing_ok=True)


def _media(pdf: bytes) -> list[str]:
    """Which paper the first page wants: A4 and A5 by name, a slip by its measures in millimetres."""
    with one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return []
        wide, high = document.get_page_size(0) if len(document) else (0, 0)
        document.close()
    size = (round(wide * MM_A_POINT), round(high * MM_A_POINT))
    return ["-o", f"media={PAPERS.get(size) or f'Custom.{size[0]}x{size[1]}mm'}"] if all(size) else []


def _job_in(mark: Path) -> str:
    try:
        return str(json.loads(mark.read_text(encoding="utf-8")).get("job", ""))
    except (OSError, ValueError):
        return ""
