"""Running checks, judging the clock and the database: no file, no network."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from smart4s_kiosk.app.health import Check, Finding, Level, run_checks, worst
from smart4s_kiosk.app.health_line import clock_finding
from smart4s_kiosk.app.health_records import finding_of
from smart4s_kiosk.domain.errors import ShowroomError, Unavailable
from smart4s_kiosk.ports.vault import StoreKeyMissing
from smart4s_kiosk.storage.schema import SchemaTooNew, SchemaTooOld
from tests.fakes.clock import FIRST_MORNING, FakeClock

NOW = FIRST_MORNING


def finding(code: str, level: Level) -> Finding:
    return Finding(code, level)


def test_every_check_is_asked_and_the_worst_counts() -> None:
    checks = [
        Check("disk", lambda: [finding("disk.good", Level.GOOD)]),
        Check("camera", lambda: [finding("camera.good", Level.GOOD), finding("camera.absent", Level.WARNING)]),
        Check("nothing", list),
    ]
    results = run_checks(checks, FakeClock())
    assert [(r.name, r.level) for r in results] == [
        ("disk", Level.GOOD),
        ("camera", Level.WARNING),
        ("nothing", Level.GOOD),
    ]
    assert worst(results) is Level.WARNING
    assert worst(()) is Level.GOOD


def test_a_check_that_breaks_is_a_finding_and_silences_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def bug() -> Iterator[Finding]:
        yield Finding("disk.good", Level.GOOD)
        raise ZeroDivisionError

    def away() -> list[Finding]:
        raise Unavailable("printer")

    results = run_checks([Check("bug", bug), Check("away", away)], FakeClock())
    assert [r.findings[0].facts["code"] for r in results] == ["ZeroDivisionError", "unavailable"]
    assert all(r.findings[0].code == "check.failed" for r in results)
    assert [record.__dict__["check"] for record in caplog.records] == ["bug"]


@pytest.mark.parametrize(
    ("server", "newest", "code", "level"),
    [
        (NOW, None, "clock.good", Level.GOOD),
        (NOW + timedelta(seconds=120), None, "clock.good", Level.GOOD),
        (NOW + timedelta(seconds=121), None, "clock.wrong", Level.BROKEN),
        (NOW - timedelta(days=3), None, "clock.wrong", Level.BROKEN),
        (None, None, "clock.nothing_to_compare", Level.ADVICE),
        (None, NOW - timedelta(hours=1), "clock.nothing_to_compare", Level.ADVICE),
        (None, NOW + timedelta(days=3), "clock.behind_journal", Level.BROKEN),
        (NOW, NOW + timedelta(minutes=10), "clock.behind_journal", Level.BROKEN),
        (NOW, NOW + timedelta(seconds=60), "clock.good", Level.GOOD),
    ],
)
def test_the_clock_is_judged_by_the_connector_and_the_journal(
    server: datetime | None, newest: datetime | None, code: str, level: Level
) -> None:
    found = clock_finding(NOW, server, newest)
    assert (found.code, found.level) == (code, level)


def test_how_far_the_clock_is_off_is_told() -> None:
    assert clock_finding(NOW, NOW + timedelta(days=3), None).facts["minutes"] == -3 * 24 * 60
    assert clock_finding(NOW, None, datetime(2026, 11, 21, 2, 30, tzinfo=UTC)).facts["minutes"] == 30


@pytest.mark.parametrize(
    ("refusal", "is_server", "code"),
    [
        (None, False, "database.good"),
        (SchemaTooOld("database"), False, "database.needs_migration"),
        (SchemaTooNew("database"), True, "database.newer"),
        (StoreKeyMissing("store key"), False, "database.unreadable"),
        (Unavailable("database"), True, "database.away"),
        (Unavailable("database"), False, "database.unreadable"),
    ],
)
def test_the_database_is_judged_by_what_opening_it_says(
    refusal: ShowroomError | None, is_server: bool, code: str
) -> None:
    def touch() -> None:
        if refusal is not None:
            raise refusal

    assert finding_of(touch, is_server=is_server).code == code
