"""Columns of a table: words first, then what is liked; on a narrow screen the dispensable ones go."""

from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.ui.widgets.column_room import Wish, left_out, widths

wishes = st.lists(st.builds(Wish, st.integers(30, 300), st.integers(0, 300), st.integers(0, 3)), min_size=1, max_size=9)


def test_all_columns_stay_where_their_words_fit() -> None:
    assert left_out([Wish(100), Wish(100, drop=1)], 200) == frozenset()


def test_the_most_dispensable_column_goes_first_and_no_more_than_must() -> None:
    assert left_out([Wish(100), Wish(80, drop=1), Wish(90, drop=2)], 200) == {2}


def test_a_column_without_a_number_never_goes() -> None:
    assert left_out([Wish(100), Wish(100)], 50) == frozenset()


def test_words_get_their_room_before_a_liked_width_does() -> None:
    assert widths([Wish(150, like=90), Wish(40, like=120), Wish(50)], 260) == [150, 60, 50]


def test_what_is_left_goes_to_the_column_that_grows() -> None:
    assert widths([Wish(40, like=100), Wish(50)], 300) == [100, 200]


@given(wishes, st.integers(400, 2000))
def test_columns_fill_the_room_and_cut_no_word_that_fits(columns: list[Wish], room: int) -> None:
    wide = widths(columns, room)
    needed = sum(wish.need for wish in columns)
    if needed <= room:
        assert sum(wide) == room
        assert all(got >= wish.need for got, wish in zip(wide, columns, strict=True))
    gone = left_out(columns, room)
    assert all(columns[place].drop for place in gone)
