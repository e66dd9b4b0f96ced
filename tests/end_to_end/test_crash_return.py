"""The kiosk's process dies on a real (virtual) display: the welcome page comes back by itself."""

from pathlib import Path

from benchmarks.crash_return import measure


def test_the_welcome_page_is_on_the_screen_again_after_the_process_was_killed(tmp_path: Path) -> None:
    result = measure(tmp_path, crashes=1)
    assert len(result["seconds"]) == 1
