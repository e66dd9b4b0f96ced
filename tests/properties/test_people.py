"""Pairing, tracks, ways and tallies of the people counter, without pictures."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.vision.people.assignment import cheapest_pairs


@given(
    st.integers(1, 5).flatmap(
        lambda columns: st.lists(st.lists(st.floats(0, 10), min_size=columns, max_size=columns), min_size=1, max_size=5)
    )
)
def test_no_other_pairing_is_cheaper(costs: list[list[float]]) -> None:
    rows, columns = len(costs), len(costs[0])
    pairs = cheapest_pairs(costs)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == min(rows, columns)
    ours = sum(costs[row][column] for row, column in pairs)
    if rows <= columns:
        best = min(sum(costs[r][c] for r, c in enumerate(p)) for p in itertools.permutations(range(columns), rows))
    else:
        best = min(sum(costs[r][c] for c, r in enumerate(p)) for p in itertools.permutations(range(rows), columns))
    assert ours <= best + 1e-6
