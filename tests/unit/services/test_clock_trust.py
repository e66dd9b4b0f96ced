"""A signature is dated by a clock that neither the records nor the connector contradict."""

from datetime import timedelta

import pytest

from smart4s_kiosk.domain.ids import TerminalId, VisitId
from smart4s_kiosk.services.clock_trust import ClockBehindRecords, ClockOffConnector, ClockTrust
from tests.showroom import Showroom


def ask(room: Showroom, offset_s: float | None = None) -> None:
    with room.storage.look() as view:
        ClockTrust(room.clock, lambda: offset_s).must_be_right(view)


def test_an_empty_showroom_and_an_unknown_connector_trust_the_clock() -> None:
    ask(Showroom())


@pytest.mark.parametrize("seconds", [0, 119, -119])
def test_small_differences_are_normal(seconds: float) -> None:
    ask(Showroom(), seconds)


@pytest.mark.parametrize(("seconds", "minutes"), [(121, 2), (-121, 2), (3 * 86_400, 4320)])
def test_two_minutes_off_the_connector_are_too_many(seconds: float, minutes: int) -> None:
    with pytest.raises(ClockOffConnector) as refused:
        ask(Showroom(), seconds)
    assert refused.value.facts == {"minutes": minutes}


def test_a_clock_behind_the_newest_visit_is_refused_until_it_is_set() -> None:
    room = Showroom()
    room.visits.begin(visit_id=VisitId("v-1"))
    written = room.clock.now()
    room.clock.set(written - timedelta(days=3))
    with pytest.raises(ClockBehindRecords) as refused:
        ask(room)
    assert refused.value.facts == {"minutes": 4320}
    room.clock.set(written - timedelta(seconds=100))
    ask(room)


def test_a_clock_behind_the_audit_log_is_refused() -> None:
    room = Showroom()
    with room.storage.begin() as work:
        work.audit.append(
            at=room.clock.now(), act="any", subject_id="", staff_id=None, terminal_id=TerminalId("kiosk-1")
        )
    room.clock.set(room.clock.now() - timedelta(minutes=10))
    with pytest.raises(ClockBehindRecords):
        ask(room)
