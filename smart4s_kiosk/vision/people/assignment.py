"""The cheapest pairing of tracks and detections (Hungarian method), small enough not to need a library."""

from collections.abc import Sequence

FORBIDDEN = 1e6


def cheapest_pairs(costs: Sequence[Sequence[float]]) -> tuple[tuple[int, int], ...]:
    """Pairs (row, column) whose sum is least; each row and column at most once; FORBIDDEN pairs are left out.

    Rows need not equal columns. Cubic in the larger side, which is the number of people on one picture.
    """
    rows = len(costs)
    columns = len(costs[0]) if rows else 0
    if rows > columns:
        turned = cheapest_pairs([[costs[row][column] for row in range(rows)] for column in range(columns)])
        return tuple(sorted((row, column) for column, row in turned))
    row_of = _assign(costs, rows, columns)
    pairs = ((row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column])
    return tuple(sorted(pair for pair in pairs if costs[pair[0]][pair[1]] < FORBIDDEN))


def _assign(costs: Sequence[Sequence[float]], rows: int, columns: int) -> list[int]:
    """For each column (from 1) its row (from 1), 0 for none: shortest augmenting paths with potentials."""
    row_level, column_level = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        came_from = _path(costs, columns, row_of, row_level, column_level)
        column = came_from.pop()
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return row_of


def _path(
    costs: Sequence[Sequence[float]],
    columns: int,
    row_of: list[int],
    row_level: list[float],
    column_level: list[float],
) -> list[int]:
    """The columns from which each column was reached, and at the end of the list the free column found."""
    least = [float("inf")] * (columns + 1)
    came_from = [0] * (columns + 1)
    used = [False] * (columns + 1)
    column = 0
    while row_of[column] or column == 0:
        used[column] = True
        row, step, nearest = row_of[column], float("inf"), 0
        for other in range(1, columns + 1):
            if used[other]:
                continue
            cost = costs[row - 1][other - 1] - row_level[row] - column_level[other]
            if cost < least[other]:
                least[other], came_from[other] = cost, column
            if least[other] < step:
                step, nearest = least[other], other
        for other in range(columns + 1):
            if used[other]:
                row_level[row_of[other]] += step
                column_level[other] -= step
            else:
                least[other] -= step
        column = nearest
        if row_of[column] == 0:
            break
    return [*came_from, column]
