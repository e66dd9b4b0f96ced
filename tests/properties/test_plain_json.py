"""Facts and settings come back from JSON as they went."""

import typing
from datetime import UTC, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from smart4s_kiosk.domain.business_settings import BusinessSettings, OpeningHours, WaitLimits
from smart4s_kiosk.domain.events import Fact
from smart4s_kiosk.domain.plain_json import from_text, to_text
from smart4s_kiosk.storage import facts

MOMENTS = st.datetimes(timezones=st.just(UTC))
st.register_type_strategy(datetime, MOMENTS)
FACTS = st.one_of([st.builds(kind) for kind in typing.get_args(Fact)])


@settings(max_examples=100, deadline=None)
@given(fact=FACTS)
def test_every_fact_comes_back_as_it_went(fact: Fact) -> None:
    kind, content = facts.to_row(fact)
    assert "\n" not in content
    assert facts.from_row(kind, content) == fact


@given(
    days=st.integers(1, 60),
    weights=st.dictionaries(st.text(max_size=5), st.floats(0, 9)),
    closed=st.booleans(),
    opens=st.times(),
)
def test_settings_come_back_as_they_went(days: int, weights: dict[str, float], closed: bool, opens: time) -> None:
    hours = OpeningHours(opens.replace(fold=0), time(18, 0))
    before = BusinessSettings(
        store_name="望江路",
        opening=(None if closed else hours,) * 7,
        closed_days=("2026-10-01",),
        waits=WaitLimits(ask_next_s=61),
        weights=weights,
        quote_days=days,
    )
    assert from_text(BusinessSettings, to_text(before)) == before
