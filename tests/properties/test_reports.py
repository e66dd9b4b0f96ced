"""The manager's figures from one invented Saturday: nothing unknown is shown as zero."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.services.report_figures import percentile


@given(st.lists(st.integers(0, 10_000), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_is_one_of_the_values_and_enough_lie_below(values: list[int], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values) + 1e-9
