"""Checks of the machine itself: disk, fonts, models, cameras, printer."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.app.settings import CamerasSettings, PrintingSettings
from smart4s_kiosk.vision.device_holder import holder_of

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf", "NotoSansSC-Bold.ttf", "Smart4SRare-Regular.ttf")
_TRUETYPE_HEADS = (b"\x00\x01\x00\x00", b"true")
_LOW_SHARE, _LOW_BYTES = 0.05, 2_000_000_000
_FULL_BYTES = 300_000_000
_PRINTER_LIMIT_S = 4.0


def check_disk(folder: Path) -> Iterator[Finding]:
    """Room left where the records are, and whether they can be written at all."""
    place = next(known for known in (folder, *folder.parents) if known.exists())
    if not os.access(place, os.W_OK):
        yield Finding("disk.read_only", Level.BROKEN, {"folder": folder})
        return
    usage = shutil.disk_usage(place)
    if not usage.total:  # a file system of the kernel: nothing can be kept there
        yield Finding("disk.read_only", Level.BROKEN, {"folder": folder})
        return
    facts = {"folder": folder, "free_gb": round(usage.free / 1e9, 1), "percent": round(100 * usage.free / usage.total)}
    if usage.free < _FULL_BYTES:
        yield Finding("disk.full", Level.BROKEN, facts)
    elif usage.free < _LOW_BYTES or usage.free < usage.total * _LOW_SHARE:
        yield Finding("disk.low", Level.WARNING, facts)
    else:
        yield Finding("disk.good", Level.GOOD, facts)


def check_fonts(folder: Path = RESOURCES / "fonts") -> Iterator[Finding]:
    """Whether every bundled font is there and is a TrueType file."""
    lacking = [name for name in FONT_FILES if not _is_truetype(folder / name)]
    if lacking:
        yield Finding("fonts.missing", Level.BROKEN, {"files": ", ".join(lacking), "folder": folder})
    else:
        yield Finding("fonts.good", Level.GOOD, {"count": len(FONT_FILES)})


def check_models() -> Iterator[Finding]:
    """Whether every model file is the one that was tested, by its SHA-256."""
    from smart4s_kiosk.vision.models import ModelDamaged, ModelMissing, ModelStore

    store = ModelStore()
    for name in store.names():
        try:
            store.get(name)
        except ModelMissing:
            yield Finding("models.missing", Level.WARNING, {"model": name})
        except ModelDamaged:
            yield Finding("models.damaged", Level.WARNING, {"model": name})
        else:
            yield Finding("models.good", Level.GOOD, {"model": name})


def check_cameras(cameras: CamerasSettings) -> Iterator[Finding]:
    """Each camera that the settings name: there, allowed, free."""
    for role in ("face", "document", "floor"):
        source = getattr(cameras, role).source
        if not source:
            yield Finding("camera.not_chosen", Level.ADVICE, {"role": role})
        elif source.startswith(("rtsp://", "rtsps://")):
            yield Finding("camera.remote", Level.GOOD, {"role": role})
        else:
            yield _camera_finding(role, Path(source))


def check_printer(printing: PrintingSettings) -> Iterator[Finding]:
    """Whether the system knows the printers that the settings name, and takes jobs for them."""
    for name, none in ((printing.printer, "printer.no_sheets"), (printing.slip_printer, "printer.no_slips")):
        yield _printer_finding(name) if name else Finding(none, Level.ADVICE)


def _is_truetype(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            return file.read(4) in _TRUETYPE_HEADS
    except OSError:
        return False


def _camera_finding(role: str, place: Path) -> Finding:
    facts: dict[str, object] = {"role": role, "path": place}
    if not place.exists():
        return Finding("camera.absent", Level.WARNING, facts)
    if not os.access(place, os.R_OK):
        return Finding("camera.no_permission", Level.WARNING, facts)
    if not place.is_char_device():
        return Finding("camera.recorded", Level.ADVICE, facts)
    if not os.access(place, os.W_OK):
        return Finding("camera.no_permission", Level.WARNING, facts)
    holder = holder_of(place)
    return (
        Finding("camera.busy", Level.ADVICE, {**facts, "holder": holder})
        if holder
        else Finding("camera.good", Level.GOOD, facts)
    )


def _printer_finding(name: str) -> Finding:
    facts: dict[str, object] = {"printer": name}
    program = shutil.which("lpstat")
    if program is None:
        return Finding("printer.cannot_ask", Level.ADVICE, facts)
    try:
        answer = subprocess.run(  # noqa: S603 - fixed words, no shell
            [program, "-p", name], capture_output=True, text=True, timeout=_PRINTER_LIMIT_S, check=False,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return Finding("printer.silent", Level.WARNING, facts)
    if answer.returncode:
        return Finding("printer.absent", Level.WARNING, facts)
    return (
        Finding("printer.paused", Level.WARNING, facts)
        if "disabled" in answer.stdout
        else Finding("printer.good", Level.GOOD, facts)
    )
