"""Terminals on one PostgreSQL go by its clock: a kiosk three days ahead makes nobody wait unseen."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smart4s_kiosk.app.health import Level
from smart4s_kiosk.app.health_checks import machine_checks
from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.demo.seed import seed
from smart4s_kiosk.domain.ids import VisitId
from smart4s_kiosk.domain.visits import VisitState
from tests.end_to_end.real_showroom import running, settings_in
from tests.integration.cloud.showroom import WrongClock
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
_FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
A_MOMENT = timedelta(seconds=60)
"""How wrong the store's time may be on a terminal."""


@pytest.fixture
def settings(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    # Without systemd-creds the keys lie in a file: libfaketime answers a poll() for a child process with EINVAL.
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    made = settings_in(tmp_path / "showroom")
    return replace(made, data=replace(made.data, database_url=postgres_url))


@pytest.mark.skipif(_FAKETIME is None, reason="NOT TESTED WITH A WRONG CLOCK: needs Debian's faketime")
def test_a_guest_at_a_kiosk_three_days_ahead_stands_on_todays_board(settings: Settings, tmp_path: Path) -> None:
    ahead = {"LD_PRELOAD": str(_FAKETIME), "FAKETIME": "+3d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with running(settings) as reception:
        seed(reception)
        began = datetime.now(UTC)
        command = [sys.executable, "-m", "tests.end_to_end.wrong_clock_terminal"]
        kiosk = subprocess.run(
            [*command, str(tmp_path / "showroom"), settings.data.database_url],
            cwd=ROOT,
            env={**os.environ, **ahead},
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        told = json.loads(kiosk.stdout.splitlines()[-1])
        ended = datetime.now(UTC)
        assert datetime.fromisoformat(told["machine"]) - ended > timedelta(days=2)
        assert began - A_MOMENT < datetime.fromisoformat(told["store"]) < ended + A_MOMENT
        visit = reception.services.visits.get(VisitId(told["visit"]))
        assert visit.state is VisitState.REQUESTED
        assert visit.requested_at is not None
        assert began - A_MOMENT < visit.requested_at < ended + A_MOMENT
        assert visit.id in {row.visit_id for row in reception.services.board.read().waiting}


def test_the_doctor_says_that_the_machine_differs_from_the_store(settings: Settings) -> None:
    with running(settings):
        wrong = WrongClock(timedelta(days=3))
        check = next(check for check in machine_checks(settings, wrong) if check.name == "clock")
        found = {finding.code: finding for finding in check.ask()}
    assert found["clock.off_database"].level is Level.WARNING
    assert found["clock.off_database"].facts == {"minutes": 3 * 24 * 60}
    assert "clock.behind_journal" not in found
