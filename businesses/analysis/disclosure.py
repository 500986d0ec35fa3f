"""What of a sum, a share or a table may be shown without telling of one business.

Counts are hidden by ``iqquadrat.core.small_counts``; here are shares and sums. Source of the rules: Hundepool et al. (2012), Statistical Disclosure
Control, ch. 4: a least number of contributors, the dominance rule (1, k), and complementary suppression. A sum is not shown where fewer than
three businesses stand behind it or one holds more than 70 % of it; then others of its table are hidden with it, so that no total
gives it away.

Caveat: this holds for one table. Two tables that share totals, or one sum for a street and for the street without a house, must be judged together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from businesses.analysis.errors import ImpossibleFiguresError, check_counts
from iqquadrat.core.small_counts import THRESHOLD, is_small

LEAST_CONTRIBUTORS = 3
# One business may hold so much of a sum, in per cent: whole numbers, so that exactly 70 % is not lost to rounding.
DOMINANT = 70
# A hidden sum must stay uncertain by so much of itself, in per cent, for somebody who works with the totals.
UNCERTAIN = 100 - DOMINANT

# Heads are whole, full-time equivalents are not.
Amount = int | Decimal
Contributions = Sequence[Amount]


def may_show_sum(contributions: Iterable[Amount]) -> bool:
    """Tell whether this sum of the businesses' numbers may be shown: three contribute to it and none holds over 70 %.

    Nought from no business at all tells of nobody and may be shown; a nought of businesses that were asked is shown from three on. A business
    that contributes nought hides nobody: of 3 + 2 + 0 each of the two could work out the other. Raises ImpossibleFiguresError for a
    negative number.
    """
    given = list(contributions)
    check_counts(*given)
    if not given:
        return True
    told = [number for number in given if number]
    if not told:
        return len(given) >= LEAST_CONTRIBUTORS
    return len(told) >= LEAST_CONTRIBUTORS and 100 * max(told) <= DOMINANT * sum(told)


def may_show_share(part: int, whole: int) -> bool:
    """Tell whether ``part`` of ``whole`` may be shown: neither rests on fewer than five, and the rest does not either.

    0 and 100 per cent of five and more are shown. Raises ImpossibleFiguresError when the part is greater than the whole.
    """
    if not 0 <= part <= whole:
        raise ImpossibleFiguresError("a part lies within its whole")
    return whole >= THRESHOLD and not is_small(part) and not is_small(whole - part)


@dataclass(frozen=True)
class ShownSums:
    """A list of sums with its total, as it may be shown; None is hidden."""

    sums: list[Amount | None]
    total: Amount | None


def hide_sums_in_list(cells: Sequence[Contributions]) -> ShownSums:
    """Hide the sums of a list that may not be shown, and what would give them away.

    What is hidden can be added up by everybody who sees the total; so the hidden ones together must be fit to be shown. Sums are added to them,
    the smallest first, until they are; if that does not help, the total is hidden too.
    """
    hidden = {place for place, cell in enumerate(cells) if not may_show_sum(cell)}
    others = sorted(
        (place for place, cell in enumerate(cells) if place not in hidden and cell),
        key=lambda place: (sum(cells[place]), place),
    )
    while hidden and others and not fit_together(cells, hidden):
        hidden.add(others.pop(0))
    everything = list(chain.from_iterable(cells))
    total = may_show_sum(everything) and (not hidden or fit_together(cells, hidden))
    return ShownSums(
        [None if place in hidden else sum(cell) for place, cell in enumerate(cells)],
        sum(everything) if total else None,
    )


def fit_together(cells: Sequence[Contributions], hidden: Iterable[int]) -> bool:
    """Tell whether the sum of these cells, which the total gives away, may be known: two cells and more, and fit to be shown.

    A sum of nought would say that each of them is nought.
    """
    places = list(hidden)
    values = list(chain.from_iterable(cells[place] for place in places))
    return len(places) >= 2 and sum(values) > 0 and may_show_sum(values)


@dataclass(frozen=True)
class ShownSumTable:
    """A table of sums with totals both ways, as it may be shown; None is hidden."""

    cells: list[list[Amount | None]]
    row_totals: list[Amount | None]
    column_totals: list[Amount | None]
    total: Amount | None


_Cell = tuple[int, int]


def hide_sums_in_table(rows: Sequence[Sequence[Contributions]]) -> ShownSumTable:
    """Hide the sums of a table that may not be shown, and what would give them away. ``rows`` hold what each business contributed.

    Each hidden sum is made one corner of a rectangle of hidden cells (totals may be corners): the corners can be moved against each other
    without changing any total, by at least 30 % of the sum and by 1. A business that alone stands behind one corner knows it: then there is
    another rectangle without that corner. And where a total is shown, the hidden sums of its line together must
    themselves be fit to be shown: else one business could subtract its own number. What cannot be hidden that way is hidden with the whole table.
    """
    if not rows or not rows[0]:
        return ShownSumTable([[] for _row in rows], [0 for _row in rows], [], 0)
    hider = _Hider(rows)
    hidden = hider.hide()
    shown: list[list[Amount | None]] = [
        [None if (y, x) in hidden else sum(cell) for x, cell in enumerate(line)]
        for y, line in enumerate(hider.full)
    ]
    *body, last = shown
    return ShownSumTable([line[:-1] for line in body], [line[-1] for line in body], last[:-1], last[-1])


class _Hider:
    """Finds what to hide in one table; ``full`` is the table with its totals."""

    def __init__(self, rows: Sequence[Sequence[Contributions]]) -> None:
        body = [[list(cell) for cell in row] for row in rows]
        self.full = [[*row, list(chain.from_iterable(row))] for row in body]
        self.full.append([list(chain.from_iterable(column)) for column in zip(*self.full, strict=True)])
        self.height, self.width = len(self.full), len(self.full[0])
        self.places = [(y, x) for y in range(self.height) for x in range(self.width)]
        self.sums = {(y, x): sum(self.full[y][x]) for y, x in self.places}
        self.primary = {(y, x) for y, x in self.places if not may_show_sum(self.full[y][x])}

    def hide(self) -> set[_Cell]:
        """Return the cells to hide; they only ever grow, so this ends."""
        hidden = set(self.primary)
        while True:
            lacking = self._lacking(hidden)
            if lacking is None:
                return hidden
            if not lacking:
                return set(self.places)
            hidden |= lacking

    def _lacking(self, hidden: set[_Cell]) -> set[_Cell] | None:
        """Return what must be hidden next: nothing more (None), or cells; empty where nothing helps."""
        # Those hidden for the sake of others as well: worked out, they would leave the others alone in their line.
        for cell in sorted(hidden):
            every = self._rectangles(cell)
            mine = [corners for corners in every if hidden.issuperset(corners)]
            if not mine:
                return min(every, key=lambda corners: self._cost(corners, hidden), default=set())
            known = self._lone(set.intersection(*mine)) if cell in self.primary else set()
            if known:
                others = [corners for corners in every if not known & corners]
                return min(others, key=lambda corners: self._cost(corners, hidden), default=set())
        for line, total in self._lines():
            inside = [cell for cell in line if cell in hidden]
            if inside and total not in hidden and not self._fit(inside):
                return self._next_in(line, total, hidden)
        return None

    def _rectangles(self, cell: _Cell) -> list[set[_Cell]]:
        """Return the other corners of every rectangle that leaves this cell uncertain enough."""
        y, x = cell
        needed = UNCERTAIN * self.sums[cell] if cell in self.primary else 0
        found = []
        for y2 in range(self.height):
            for x2 in range(self.width):
                beside, below, across = (y, x2), (y2, x), (y2, x2)
                # That there is no business of a kind can be seen from the street: such a nought hides nothing.
                if y2 == y or x2 == x or not all(self.full[b][a] for b, a in (beside, below, across)):
                    continue
                room = min(self.sums[beside], self.sums[below]) + min(self.sums[cell], self.sums[across])
                if room >= 1 and 100 * room >= needed:
                    found.append({beside, below, across})
        return found

    def _lone(self, corners: set[_Cell]) -> set[_Cell]:
        """Return the first of the corners that one business alone knows: for it this corner does not move."""
        return set([(y, x) for y, x in sorted(corners) if len(self.full[y][x]) == 1][:1])

    def _is_total(self, cell: _Cell) -> int:
        return (cell[0] == self.height - 1) + (cell[1] == self.width - 1)

    def _cost(self, corners: set[_Cell], hidden: set[_Cell]) -> tuple[int, Amount, list[_Cell]]:
        """Totals are the dearest, then large sums."""
        fresh = corners - hidden
        return (
            sum(self._is_total(cell) for cell in fresh),
            sum(self.sums[cell] for cell in fresh),
            sorted(corners),
        )

    def _lines(self) -> list[tuple[list[_Cell], _Cell]]:
        """Return every row and column with its total, those of the totals included."""
        last_y, last_x = self.height - 1, self.width - 1
        across = [([(y, x) for x in range(last_x)], (y, last_x)) for y in range(self.height)]
        down = [([(y, x) for y in range(last_y)], (last_y, x)) for x in range(self.width)]
        return across + down

    def _fit(self, cells: Iterable[_Cell]) -> bool:
        return may_show_sum(chain.from_iterable(self.full[y][x] for y, x in cells))

    def _next_in(self, line: list[_Cell], total: _Cell, hidden: set[_Cell]) -> set[_Cell]:
        """Return the smallest sum of the line that is still shown, else its total."""
        others = [(y, x) for y, x in line if (y, x) not in hidden and self.full[y][x]]
        return {min(others, key=lambda cell: (self.sums[cell], cell), default=total)}
