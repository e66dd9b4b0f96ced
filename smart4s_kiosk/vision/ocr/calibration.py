"""Turns the product of letter probabilities into the chance that a field is right.

Measured on 350 drawn and damaged pages (3,100 fields); `benchmarks.licences_drawn` prints the table again under
`reliability`. The recogniser is too sure of itself at the top and says nothing useful below a half.
"""

from itertools import pairwise

UNMARKED = (
    (0.0, 0.3),
    (0.5, 0.6),
    (0.8, 0.75),
    (0.9, 0.9),
    (0.98, 0.975),
    (0.995, 0.983),
    (0.9995, 0.994),
    (1.0, 0.998),
)
SUPPORTED = ((0.0, 0.6), (0.5, 0.9), (0.9, 0.99), (1.0, 0.9995))
MARKED = ((0.0, 0.01), (0.35, 0.05), (0.45, 0.3), (1.0, 0.45))


def chance(product: float, *, is_marked: bool, is_supported: bool) -> float:
    """Chance that the field is right. `is_supported`: another place on the pages says the same."""
    if is_marked:
        return _between(MARKED, product)
    return _between(SUPPORTED if is_supported else UNMARKED, product)


def _between(table: tuple[tuple[float, float], ...], value: float) -> float:
    """Linear between the rows of the table."""
    for (low, start), (high, end) in pairwise(table):
        if value <= high:
            return start + (end - start) * (value - low) / (high - low)
    return table[-1][1]
