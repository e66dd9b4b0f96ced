"""The two sounds: proper WAV files, softer when asked, silent at zero."""

import wave
from io import BytesIO

from smart4s_kiosk.ui.reception.sounds import ALARM, ARRIVAL, RATE, SystemSounds, tone


def samples(content: bytes) -> tuple[int, int]:
    with wave.open(BytesIO(content)) as file:
        data = file.readframes(file.getnframes())
        loudest = max(abs(int.from_bytes(data[n : n + 2], "little", signed=True)) for n in range(0, len(data), 2))
        return file.getnframes(), loudest


def test_a_tone_lasts_as_long_as_its_notes_and_follows_the_volume() -> None:
    count, loud = samples(tone(ARRIVAL, 100))
    assert abs(count / RATE - sum(seconds for _hertz, seconds in ARRIVAL)) < 0.01
    _count, soft = samples(tone(ARRIVAL, 30))
    assert 0.25 < soft / loud < 0.35


def test_the_alarm_is_another_sound_than_the_arrival() -> None:
    assert tone(ALARM, 70) != tone(ARRIVAL, 70)


def test_nothing_is_played_at_volume_zero(monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's own fixture
    sounds = SystemSounds()
    sounds._player = "/nonexistent/player"
    sounds.alarm(0)
    sounds.arrival(0)
