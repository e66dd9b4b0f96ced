"""Two own sounds, played by the system's small player: an arrival, an alarm. Without a player Qt's beep does."""

import math
import shutil
import struct
import sys
import wave
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QProcess, QTemporaryDir
from PySide6.QtWidgets import QApplication

RATE = 22_050
ARRIVAL: Sequence[tuple[float, float]] = ((659.3, 0.16), (880.0, 0.30))
ALARM: Sequence[tuple[float, float]] = ((880.0, 0.18), (0.0, 0.07), (880.0, 0.18), (0.0, 0.07), (659.3, 0.40))
"""Hertz and seconds; 0 Hz is a pause."""


class Sounds(Protocol):
    """What the window plays; `volume` 0 to 100, 0 plays nothing."""

    def arrival(self, volume: int) -> None: ...
    def alarm(self, volume: int) -> None: ...


def tone(notes: Sequence[tuple[float, float]], volume: int) -> bytes:
    """A WAV of soft bell notes."""
    samples: list[int] = []
    for hertz, seconds in notes:
        count = int(RATE * seconds)
        for n in range(count):
            fade = min(1.0, n / (RATE * 0.008)) * math.exp(-3.2 * n / count)
            samples.append(int(32_000 * volume / 100 * fade * math.sin(2 * math.pi * hertz * n / RATE)))
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return target.getvalue()


class SystemSounds:
    """Writes each sound once per volume and hands it to the player."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir()
        self._player = next((found for name in ("paplay", "aplay", "afplay") if (found := shutil.which(name))), None)

    def arrival(self, volume: int) -> None:
        self._play("arrival", ARRIVAL, volume)

    def alarm(self, volume: int) -> None:
        self._play("alarm", ALARM, volume)

    def _play(self, name: str, notes: Sequence[tuple[float, float]], volume: int) -> None:
        if volume <= 0:
            return
        file = Path(self._folder.path()) / f"{name}-{volume}.wav"
        if not file.exists():
            file.write_bytes(tone(notes, volume))
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player is not None:
            QProcess.startDetached(self._player, [str(file)])
        else:
            QApplication.beep()
