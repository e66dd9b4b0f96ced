"""Characters by radical and further strokes: for a name whose reading nobody in the room knows."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from smart4s_kiosk.ui.theme.tokens import RESOURCES


@cache
def _places() -> dict[str, dict[int, str]]:
    """Radical ("水氵") to further strokes to characters."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for row in (RESOURCES / "pinyin" / "radicals.txt").read_text(encoding="utf-8").splitlines():
        radical, strokes, signs = row.split("\t")
        found[radical][int(strokes)] = signs
    return dict(found)


@cache
def all_radicals() -> tuple[str, ...]:
    """Those of the most characters first: the first thirty lead to three characters of four."""
    sizes = {radical: sum(map(len, strokes.values())) for radical, strokes in _places().items()}
    return tuple(sorted(sizes, key=lambda radical: -sizes[radical]))


def radicals_of(signs: Collection[str] = ()) -> tuple[str, ...]:
    """The radicals of `signs`; of all characters when there are none."""
    if not signs:
        return all_radicals()
    wanted = set(signs)
    return tuple(radical for radical in all_radicals() if any(wanted & set(row) for row in _places()[radical].values()))


def strokes_under(radical: str, signs: Collection[str] = ()) -> tuple[int, ...]:
    """How many further strokes its characters (those among `signs`) have."""
    wanted = set(signs)
    return tuple(strokes for strokes, row in _places()[radical].items() if not wanted or wanted & set(row))


def under(radical: str, signs: Collection[str] = (), strokes: int | None = None) -> tuple[str, ...]:
    """Its characters, those of the fewest strokes first; `signs`, when given, keep their own order."""
    rows = _places()[radical]
    found = "".join(row for number, row in rows.items() if strokes is None or number == strokes)
    return tuple(sign for sign in signs if sign in found) if signs else tuple(found)
