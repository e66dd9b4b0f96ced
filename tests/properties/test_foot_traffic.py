"""Doors, zones, cells and sums of the floor."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.foot_traffic import Door, Metres, Passage

DOOR = Door(Metres(2, 6), Metres(2, 4))


metres = st.builds(Metres, st.floats(-20, 20), st.floats(-20, 20))


@given(metres, metres)
def test_there_and_back_is_in_and_out_or_nothing(one: Metres, other: Metres) -> None:
    there, back = DOOR.passage(one, other), DOOR.passage(other, one)
    assert (there is None) == (back is None)
    assert there is None or {there, back} == {Passage.IN, Passage.OUT}
