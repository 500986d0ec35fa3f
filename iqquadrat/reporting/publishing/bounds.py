"""What an attacker can work out: the smallest and the largest value that fits everything known, in exact arithmetic.

Unknown counts are nonnegative; what is known are equations between them. That is a linear programme. It is solved by the simplex
method in fractions, so that no rounding ever calls something safe: the two ends are whole-number worlds that can be checked by adding up.
What is whole is kept as a whole number, which counts faster; almost everything is.
Systems are small here (the hidden numbers of one table and what hangs on it), and no library is needed.

Source: Dantzig (1963), Linear Programming and Extensions, chapter 5; Bland (1977), Math. of Operations Research 2, for ending surely.
"""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from math import lcm

Key = Hashable
Exact = int | Fraction
Row = dict[int, Exact]


class NoWorldError(ValueError):
    """No counts at all fit the equations: they contradict each other."""


class Worlds:
    """All nonnegative solutions of ``sum(coefficient * unknown) = right side`` for every equation."""

    def __init__(self, equations: Sequence[tuple[Mapping[Key, int], int]]) -> None:
        self._keys: list[Key] = list(dict.fromkeys(key for left, _right in equations for key in left))
        place = {key: number for number, key in enumerate(self._keys)}
        self._place = place
        self._rows: list[Row] = []
        self._right: list[Exact] = []
        for left, right in equations:
            sign = -1 if right < 0 else 1
            row: Row = {place[key]: sign * number for key, number in left.items() if number}
            self._rows.append(row)
            self._right.append(sign * right)
        self._basis: list[int] = []
        self._begin()

    def _begin(self) -> None:
        """Find a first solution: helpers that make every equation true at nought are driven down to nought."""
        width = len(self._keys)
        for place, row in enumerate(self._rows):
            row[width + place] = 1
            self._basis.append(width + place)
        costs: Row = {}
        for row in self._rows:
            for column, number in row.items():
                if column < width:
                    costs[column] = costs.get(column, 0) + number
        self._climb({column: number for column, number in costs.items() if number})
        if any(right and column >= width for column, right in zip(self._basis, self._right, strict=True)):
            raise NoWorldError
        self._dismiss(width)

    def _dismiss(self, width: int) -> None:
        """Take the helpers out; an equation that only a helper still stands for says nothing new."""
        for number in reversed(range(len(self._rows))):
            if self._basis[number] < width:
                continue
            column = next((one for one in sorted(self._rows[number]) if one < width), None)
            if column is None:
                del self._rows[number], self._right[number], self._basis[number]
            else:
                self._pivot(number, column, None)
        for row in self._rows:
            for column in [one for one in row if one >= width]:
                del row[column]

    def _pivot(self, number: int, column: int, costs: Row | None) -> None:
        pivot = self._rows[number].pop(column)
        row = {one: _over(value, pivot) for one, value in self._rows[number].items()}
        row[column] = 1
        right = _over(self._right[number], pivot)
        self._rows[number], self._right[number], self._basis[number] = row, right, column
        for other, target in enumerate(self._rows):
            if other != number and column in target:
                factor = target[column]
                _subtract(target, row, factor)
                self._right[other] -= factor * right
        if costs is not None and column in costs:
            _subtract(costs, row, costs[column])

    def _climb(self, costs: Row) -> Row | None:
        """Go up as long as it goes; return the direction when there is no end, else None."""
        while True:
            entering = min((column for column, number in costs.items() if number > 0), default=None)
            if entering is None:
                return None
            leaving, least = None, None
            for number, row in enumerate(self._rows):
                step = row.get(entering, 0)
                if step <= 0:
                    continue
                ratio = (_over(self._right[number], step), self._basis[number])
                if least is None or ratio < least:
                    leaving, least = number, ratio
            if leaving is None:
                ray: Row = {entering: 1}
                for number, row in enumerate(self._rows):
                    if step := row.get(entering, 0):
                        ray[self._basis[number]] = -step
                return ray
            self._pivot(leaving, entering, costs)

    def extreme(self, of: Mapping[Key, int], *, upwards: bool, far: int) -> dict[Key, Exact]:
        """Return the world in which the sum ``of`` is largest (smallest); where it has no end, one at least ``far`` beyond a corner."""
        sign = 1 if upwards else -1
        costs: Row = {self._place[key]: sign * number for key, number in of.items() if number}
        for number, column in enumerate(self._basis):
            if column in costs:
                _subtract(costs, self._rows[number], costs[column])
        ray = self._climb(costs)
        world: list[Exact] = [0] * len(self._keys)
        for column, right in zip(self._basis, self._right, strict=True):
            world[column] = right
        if ray is not None:
            whole = lcm(*(step.denominator for step in ray.values()))
            for column, step in ray.items():
                world[column] += step * whole * far
        return dict(zip(self._keys, world, strict=True))


def _over(number: Exact, by: Exact) -> Exact:
    """Divide without rounding."""
    if by == 1:
        return number
    quotient = Fraction(number) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def _subtract(target: Row, row: Row, factor: Exact) -> None:
    for column, value in row.items():
        left = target.get(column, 0) - factor * value
        if left:
            target[column] = left
        else:
            target.pop(column, None)


def is_whole(world: Mapping[Key, Exact]) -> bool:
    """Tell whether every count of a world is a whole number."""
    return all(value.denominator == 1 for value in world.values())
