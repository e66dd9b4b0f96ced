"""The log: one JSON line for each record, rotated, aged, without personal data, and never in anybody's way."""

import json
import logging
import os
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.app.logs import AgeingFile, JsonLines, start_logging, stop_logging
from smart4s_kiosk.app.settings import LogSettings
from tests.fakes.clock import FakeClock

_log = logging.getLogger("tests.logs")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = logging.getLogger().level
    yield tmp_path / "logs"
    stop_logging()
    logging.getLogger().setLevel(before)


def lines(folder: Path) -> list[dict[str, object]]:
    found = []
    for place in sorted(folder.glob("*.jsonl"), key=lambda path: (path.name == "kiosk.jsonl", path.name)):
        found += [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    return found


def test_a_record_is_one_line_with_its_facts(folder: Path) -> None:
    start_logging(LogSettings(), folder, "kiosk", FakeClock())
    _log.info("visit begun", extra={"action": "visits.begin", "visit": "0190a1b2-0000-7000-8000-0", "seconds": 0.25})
    [line] = lines(folder)
    assert line["message"] == "visit begun"
    assert (line["level"], line["process"], line["logger"]) == ("info", "kiosk", "tests.logs")
    assert (line["action"], line["visit"], line["seconds"]) == ("visits.begin", "0190a1b2-0000-7000-8000-0", 0.25)
    assert str(line["time"]).endswith("+00:00")


def test_an_error_carries_its_stack_without_what_it_said_about_people(folder: Path) -> None:
    start_logging(LogSettings(), folder, "kiosk", FakeClock())

    def fail() -> None:
        raise ValueError("cannot reach 13800138000 of 京A·12345, name='张三'")

    try:
        fail()
    except ValueError:
        _log.exception("fault")
    [line] = lines(folder)
    stack = str(line["stack"])
    assert "ValueError" in stack
    assert "test_logs.py" in stack
    for secret in ("13800138000", "京A", "张三"):
        assert secret not in json.dumps(line, ensure_ascii=False)


def test_levels_below_the_chosen_one_are_left_out(folder: Path) -> None:
    start_logging(LogSettings(level="warning"), folder, "kiosk", FakeClock())
    _log.info("quiet")
    _log.warning("loud")
    assert [line["message"] for line in lines(folder)] == ["loud"]


def test_a_full_file_is_closed_and_old_ones_are_deleted(folder: Path) -> None:
    clock = FakeClock()
    handler = AgeingFile(folder, "kiosk", bytes_per_file=2000, keep_days=14, clock=clock)
    handler.setFormatter(JsonLines("kiosk"))
    logger = logging.getLogger("tests.rotation")
    logger.addHandler(handler)
    try:
        for number in range(40):
            clock.advance(1)
            logger.warning("line %d %s", number, "x" * 100)
    finally:
        logger.removeHandler(handler)
    closed = list(folder.glob("kiosk-*.jsonl"))
    assert len(closed) > 2
    assert all(place.stat().st_size <= 2000 for place in folder.glob("*.jsonl"))
    assert [str(line["message"]).split()[1] for line in lines(folder)] == [str(n) for n in range(40)]
    aged = (clock.now() - timedelta(days=15)).timestamp()
    os.utime(closed[0], (aged, aged))
    for place in closed[1:]:
        os.utime(place, (clock.now().timestamp(), clock.now().timestamp()))
    handler.delete_old()
    assert sorted(folder.glob("kiosk-*.jsonl")) == sorted(closed[1:])
    handler.close()


def test_another_processs_files_are_left_alone(folder: Path) -> None:
    folder.mkdir()
    other = folder / "reception-20200101T000000000000.jsonl"
    other.write_text("{}\n", encoding="utf-8")
    os.utime(other, (0, 0))
    start_logging(LogSettings(), folder, "kiosk", FakeClock())
    assert other.exists()


def test_a_folder_that_went_away_stops_nobody(folder: Path) -> None:
    handler = AgeingFile(folder, "kiosk", bytes_per_file=10_000, keep_days=14, clock=FakeClock())
    handler.setFormatter(JsonLines("kiosk"))
    folder.rmdir()
    folder.write_text("a file where the folder was", encoding="utf-8")
    handler.handle(logging.makeLogRecord({"msg": "lost", "levelno": logging.INFO}))
    assert handler.lost_lines == 1
    handler.close()


def test_a_message_whose_arguments_do_not_fit_is_still_written(folder: Path) -> None:
    handler = start_logging(LogSettings(), folder, "kiosk", FakeClock())
    handler.handle(logging.makeLogRecord({"msg": "%d guests", "args": ("many",), "levelno": logging.INFO}))
    assert [line["message"] for line in lines(folder)] == ["%d guests [arguments do not fit]"]


def test_warnings_of_libraries_reach_the_log(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(LogSettings(), folder, "kiosk", FakeClock())
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("something is old", stacklevel=1)
        logging.captureWarnings(capture=False)
    assert "something is old" in str(lines(folder)[0]["message"])
    assert json.loads(capsys.readouterr().err)["level"] == "warning"


def test_starting_twice_writes_each_line_once(folder: Path) -> None:
    start_logging(LogSettings(), folder, "kiosk", FakeClock())
    start_logging(LogSettings(), folder, "kiosk", FakeClock())
    _log.info("once")
    assert len(lines(folder)) == 1
