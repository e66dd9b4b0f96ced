"""How wide the columns of a table become: no word is cut while another column can be left out or has room to give."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """Of one column, in pixels: what its words need, what it likes; `drop` 0 stays, a higher one goes earlier."""

    need: int
    like: int = 0
    """0 grows into what is left."""
    drop: int = 0


def left_out(wishes: Sequence[Wish], room: int) -> frozenset[int]:
    """The places of the columns that have to go, the most dispensable first."""
    needed = sum(wish.need for wish in wishes)
    gone: set[int] = set()
    for place in sorted(range(len(wishes)), key=lambda n: -wishes[n].drop):
        if needed <= room or not wishes[place].drop:
            break
        gone.add(place)
        needed -= wishes[place].need
    return frozenset(gone)


def widths(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths that fill the room: needs first, then what is liked, the rest to those that grow (or the last one).

    Where needs alone are too much, the widest columns that grow give way.
    """
    wide = [wish.need for wish in wishes]
    for place, wish in enumerate(wishes):
        wide[place] += max(0, min(wish.like - wish.need, room - sum(wide)))
    grows = [place for place, wish in enumerate(wishes) if not wish.like] or [len(wishes) - 1]
    while sum(wide) > room and max(wide[place] for place in grows) > 1:
        wide[max(grows, key=lambda place: wide[place])] -= 1
    spare = max(0, room - sum(wide))
    for number, place in enumerate(grows):
        wide[place] += spare // len(grows) + (spare % len(grows) if number == 0 else 0)
    return wide
