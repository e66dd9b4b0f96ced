"""The connector is killed before a visit: the visit does not notice, and everything arrives once when it is back.

Sandbox and connector are real processes; the showroom is the application as it runs, without Qt. How fast a press on
the phone reaches the kiosk is measured by `benchmarks/visit.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from smart4s_kiosk.app.build import Application
from smart4s_kiosk.demo.far_end import FarEnd
from smart4s_kiosk.demo.headless import start_far_end
from smart4s_kiosk.domain.visits import Outcome, VisitState
from smart4s_kiosk.ports.sync import LineState
from smart4s_kiosk.services.check_in_views import Accepted
from tests.end_to_end.real_showroom import (
    CONSULTANT,
    CONSULTANT_USERID,
    Guest,
    copy_showroom,
    outbox_counts,
    running,
    settings_in,
)
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.slow


@pytest.fixture
def far_end(tmp_path: Path) -> Iterator[FarEnd]:
    """Sandbox and connector."""
    processes = start_far_end(tmp_path / "far-end")
    yield processes
    processes.stop()


@pytest.fixture
def application(far_end: FarEnd, filled_showroom: Path, tmp_path: Path) -> Iterator[Application]:
    """The showroom, known to the connector."""
    folder = copy_showroom(filled_showroom, tmp_path / "showroom")
    with running(settings_in(folder, connector_url=far_end.connector_url)) as application:
        courier = application.line.courier
        assert courier is not None
        courier.enrol(far_end.enrolment_code("kiosk-1"), "kiosk-1")
        yield application


def line_of(application: Application) -> LineState:
    assert application.line.courier is not None
    return application.line.courier.status().state


def cards(far_end: FarEnd) -> list[dict[str, Any]]:
    """Interactive cards on the consultant's phone."""
    return [m for m in far_end.state()["phones"] if m["userid"] == CONSULTANT_USERID and m.get("task_id")]


def has_sent_all(far_end: FarEnd) -> bool:
    """The connector owes no phone anything any more."""
    answer = httpx.get(f"{far_end.connector_url}/metrics", trust_env=False, timeout=PATIENCE_S)
    return 'jobs{state="due"} 0.0' in answer.text.splitlines()


def sent_once(application: Application) -> bool:
    """Nothing waits, nothing was parked or given up."""
    return set(outbox_counts(application)) == {"sent"}


def test_a_visit_without_the_connector_is_delivered_once_when_it_is_back(
    far_end: FarEnd, application: Application
) -> None:
    far_end.kill_connector()
    guest = Guest(application)
    guest.check_in()
    until(lambda: line_of(application) is LineState.DOWN, "the line is seen down")
    assert not application.services.kiosk.shop().is_online
    guest.is_received()
    guest.chooses_a_car()
    guest.shows_a_licence()
    guest.reads_the_text()
    guest.signs()
    guest.is_signed_for()
    guest.drives_away()
    drives = application.services.test_drives
    drives.take_back(guest.agreement_id, mileage_km=(guest.agreement.mileage_out_km or 0) + 9)
    application.services.desk.close(guest.visit_id, Outcome.SERVED, by=guest.by)
    assert application.services.visits.get(guest.visit_id).state is VisitState.LEFT
    assert drives.pdf(guest.agreement_id).startswith(b"%PDF")
    held = outbox_counts(application)
    assert set(held) == {"pending"}
    assert held["pending"] >= 5, "asked, accepted, driven, returned, left"
    assert cards(far_end) == []

    far_end.start_connector()
    until(lambda: sent_once(application), "the outbox is empty")
    assert outbox_counts(application) == {"sent": held["pending"]}
    until(lambda: has_sent_all(far_end), "the connector has sent what it had to")
    # Which of the two is faster, its card or the news that the visit was accepted, is open. Nobody is asked in vain.
    assert [card["replaced"] for card in cards(far_end)] in ([], ["已接待"])


def test_a_press_on_the_phone_after_the_outage_reaches_the_guest(far_end: FarEnd, application: Application) -> None:
    far_end.kill_connector()
    guest = Guest(application)
    guest.check_in()
    until(lambda: line_of(application) is LineState.DOWN, "the line is seen down")
    far_end.start_connector()
    until(lambda: len(cards(far_end)) == 1, "the card")
    far_end.press(CONSULTANT_USERID, cards(far_end)[0]["task_id"], "accept")

    def is_accepted() -> bool:
        return isinstance(application.services.kiosk.progress(guest.visit_id), Accepted)

    until(is_accepted, "accepted at the kiosk")
    accepted = application.services.kiosk.progress(guest.visit_id)
    assert isinstance(accepted, Accepted)
    assert accepted.person.name == CONSULTANT
    until(lambda: sent_once(application), "the outbox is empty")
    assert len(cards(far_end)) == 1
