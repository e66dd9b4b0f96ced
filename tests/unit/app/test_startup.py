"""Start-up tasks: what is needed stops the start, what is optional takes its ability away."""

import logging

import pytest

from smart4s_kiosk.app.startup import StartupStopped, StartupTask, missing_abilities, run_startup
from smart4s_kiosk.domain.errors import Unavailable
from tests.fakes.clock import FakeClock


def test_tasks_run_in_order_and_are_timed() -> None:
    clock = FakeClock()
    done: list[str] = []

    def work(name: str, seconds: float) -> StartupTask:
        def run() -> None:
            done.append(name)
            clock.advance(seconds)

        return StartupTask(name, run, ability=name)

    results = run_startup([work("disk", 0.5), work("database", 2)], clock)
    assert done == ["disk", "database"]
    assert [(r.task, r.seconds, r.code) for r in results] == [("disk", 0.5, ""), ("database", 2.0, "")]
    assert missing_abilities(results) == ()


def test_a_failed_optional_task_takes_away_its_ability_only(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    def away() -> None:
        raise Unavailable("camera")

    def broken() -> None:
        raise KeyError

    tasks = [
        StartupTask("face camera", away, "faces"),
        StartupTask("face models", broken, "faces"),
        StartupTask("printer", lambda: done.append("printer"), "printing"),
    ]
    results = run_startup(tasks, FakeClock())
    assert done == ["printer"]
    assert [r.code for r in results] == ["unavailable", "fault.KeyError", ""]
    assert missing_abilities(results) == ("faces",)
    assert len([r for r in caplog.records if r.levelno == logging.WARNING]) == 2


def test_a_failed_needed_task_stops_the_start_with_its_cause() -> None:
    def away() -> None:
        raise Unavailable("disk")

    later = []
    tasks = [
        StartupTask("data folder", away, "records", needed=True),
        StartupTask("later", lambda: later.append(1), "x"),
    ]
    with pytest.raises(StartupStopped) as stopped:
        run_startup(tasks, FakeClock())
    assert stopped.value.what == "data folder"
    assert stopped.value.facts["reason"] == "unavailable"
    assert isinstance(stopped.value.__cause__, Unavailable)
    assert later == []
