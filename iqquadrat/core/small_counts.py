"""Small counts: nobody is to be found in a table by being the only one of a kind.

Counts from 1 to 4 are hidden. A hidden count could be worked out from the totals, so others are hidden with it: in a list at least
two, which together make five or more; in a table with totals both ways each hidden cell is one corner of a rectangle of hidden
cells. The corners can always be moved against each other without changing any total: no total gives a hidden cell away. Noughts
are shown where they are not needed as such a corner: they tell of nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD = 5


def is_small(count: int) -> bool:
    """Tell whether this count could point at somebody."""
    return 0 < count < THRESHOLD


@dataclass(frozen=True)
class ShownList:
    """A list of counts with its total, as it may be shown; None is hidden."""

    counts: list[int | None]
    total: int | None


@dataclass(frozen=True)
class ShownTable:
    """A table with totals of rows, columns and all, as it may be shown; None is hidden."""

    cells: list[list[int | None]]
    row_totals: list[int | None]
    column_totals: list[int | None]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        lines = [*self.cells, self.row_totals, self.column_totals, [self.total]]
        return any(count is None for line in lines for count in line)


def hide_in_list(counts: Sequence[int]) -> ShownList:
    """Hide the small counts of a list whose total is shown, and what would give them away."""
    hidden = {place for place, count in enumerate(counts) if is_small(count)}
    if hidden:
        # The smallest others first: as little as possible is lost. Noughts come last, they protect least.
        others = sorted(
            (place for place in range(len(counts)) if place not in hidden),
            key=lambda place: (counts[place] == 0, counts[place], place),
        )
        for place in others:
            if _protects([counts[other] for other in hidden]):
                break
            hidden.add(place)
    total_too = bool(hidden) and not _protects([counts[place] for place in hidden])
    return ShownList(
        [None if place in hidden else count for place, count in enumerate(counts)],
        None if total_too or is_small(sum(counts)) else sum(counts),
    )


def _protects(hidden: list[int]) -> bool:
    """Tell whether the sum of what is hidden, which everybody can work out, says little about each."""
    return len(hidden) >= 2 and sum(hidden) >= THRESHOLD


def hide_in_table(rows: Sequence[Sequence[int]]) -> ShownTable:
    """Hide the small counts of a table whose totals are shown both ways, and what would give them away."""
    if not rows or not rows[0]:
        return ShownTable([[] for _row in rows], [0 for _row in rows], [], 0)
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    hidden = {
        (y, x) for y, line in enumerate(full) for x, count in enumerate(line) if is_small(count)
    }  # fmt: skip
    for y, x in sorted(hidden):
        if not _has_rectangle(full, hidden, y, x):
            hidden |= _cheapest_rectangle(full, hidden, y, x)
    shown: list[list[int | None]] = [
        [None if (y, x) in hidden else count for x, count in enumerate(line)] for y, line in enumerate(full)
    ]
    *body, last = shown
    return ShownTable([line[:-1] for line in body], [line[-1] for line in body], last[:-1], last[-1])


_Cell = tuple[int, int]


def _rectangles(full: list[list[int]], y: int, x: int) -> list[tuple[_Cell, _Cell, _Cell]]:
    """Return the other three corners of every rectangle with this cell."""
    return [
        ((y, x2), (y2, x), (y2, x2))
        for y2 in range(len(full))
        for x2 in range(len(full[0]))
        if y2 != y and x2 != x
    ]


def _room(full: list[list[int]], corners: tuple[_Cell, _Cell, _Cell], count: int) -> int:
    """How far the hidden count could lie from its true value, both ways together: what a reader cannot tell."""
    beside, below, across = (full[y][x] for y, x in corners)
    return min(beside, below) + min(count, across)


def _has_rectangle(full: list[list[int]], hidden: set[_Cell], y: int, x: int) -> bool:
    return any(
        hidden.issuperset(corners) and _room(full, corners, full[y][x]) >= THRESHOLD
        for corners in _rectangles(full, y, x)
    )


def _cheapest_rectangle(full: list[list[int]], hidden: set[_Cell], y: int, x: int) -> set[_Cell]:
    """Return the corners that hide this cell well and cost least; totals are the dearest."""
    last_y, last_x = len(full) - 1, len(full[0]) - 1

    def cost(corners: tuple[_Cell, _Cell, _Cell]) -> tuple[int, int, int, tuple[_Cell, _Cell, _Cell]]:
        fresh = [cell for cell in corners if cell not in hidden]
        totals = sum((cell[0] == last_y) + (cell[1] == last_x) for cell in fresh)
        # Where none has enough room, the one with most of it: one without any would give the cell away.
        too_narrow = max(0, THRESHOLD - _room(full, corners, full[y][x]))
        return too_narrow, totals, sum(full[a][b] for a, b in fresh), corners

    cheapest = min(_rectangles(full, y, x), key=cost)
    return set(cheapest)


def hide_within(rows: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Hide the small counts of a table whose totals, every one of them, stand somewhere else and stay there.

    Where the totals would have to be hidden too, or leave a hidden count little room, no cell of the table is shown.
    """
    shown = hide_in_table(rows)
    hidden = {(y, x) for y, line in enumerate(shown.cells) for x, count in enumerate(line) if count is None}
    totals = [*shown.row_totals, *shown.column_totals, shown.total]
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    kept = all(total is not None for total in totals)
    if kept and all(_has_rectangle(full, hidden, y, x) for y, x in hidden if is_small(full[y][x])):
        return shown.cells
    return [[None for _count in row] for row in rows]
