from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.domain.seals import SealChainBroken, SealEntry, SealKind, check_chain, first_entry

NOW = datetime(2026, 11, 21, 2, 18, tzinfo=UTC)


def a_chain(length: int) -> list[SealEntry]:
    entries = [first_entry(SealKind.AGREEMENT, "a0", "00" * 32, NOW)]
    for number in range(1, length):
        entries.append(entries[-1].next(SealKind.KEY_OUT, f"a{number}", "11" * 32, NOW, mileage_km=100 + number))
    return entries


def test_a_whole_chain_passes() -> None:
    check_chain(a_chain(12))
    check_chain([])


@given(st.integers(2, 8), st.data())
def test_a_dropped_moved_or_changed_entry_shows(length: int, data: st.DataObject) -> None:
    entries = a_chain(length)
    place = data.draw(st.integers(0, length - 2))
    dropped = entries[:place] + entries[place + 1 :]
    moved = [*entries]
    moved[place], moved[place + 1] = moved[place + 1], moved[place]
    changed = [*entries]
    changed[place] = replace(changed[place], mileage_km=1)
    for broken in (dropped, moved, changed):
        with pytest.raises(SealChainBroken):
            check_chain(broken)
