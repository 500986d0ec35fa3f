"""Numbers are hidden until no small one can be worked out from those that are shown.

``Sums`` knows every number, the equations between them and which are known already. A secret is a sum of numbers that is small
(1 to 4): a count, what is missing to its whole, or what lies between two reports. A secret is safe when two worlds of whole numbers, both
true to everything known, differ in it by ``WIDTH`` or more. Hiding only adds worlds, so what is safe once stays safe.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from iqquadrat.core.small_counts import THRESHOLD, is_small
from iqquadrat.reporting.publishing.bounds import Exact, Key, Worlds, is_whole

WIDTH = THRESHOLD
Sum = dict[Key, int]


class CannotProtectError(Exception):
    """Even with everything hidden a small number would show: earlier publications have given it away."""


@dataclass
class Sums:
    """Numbers, what they add up to, and who knows them.

    ``least``: what everybody knows a number to be at least; nought where nothing is said. ``cost`` orders what may be hidden: the cheapest goes first.
    Worlds that were found for one secret are kept and asked for the next: they stay true when more is hidden.
    """

    numbers: dict[Key, int]
    known: set[Key]
    equations: list[Sum] = field(default_factory=list)
    secrets: list[Sum] = field(default_factory=list)
    least: dict[Key, int] = field(default_factory=dict)
    _telling_of: dict[Key, list[int]] = field(default_factory=dict)
    # Each world as far as it differs from the true one, which is the first.
    _worlds: list[dict[Key, int]] = field(default_factory=lambda: [{}])

    def value(self, of: Sum) -> int:
        """Return a sum as it truly is."""
        return sum(number * self.numbers[key] for key, number in of.items())

    def add_equation(self, equation: Sum) -> None:
        """Add what everybody knows to be nought. It must be true."""
        if self.value(equation):
            message = f"does not add up: {equation}"
            raise ValueError(message)
        for key in equation:
            self._telling_of.setdefault(key, []).append(len(self.equations))
        self.equations.append(equation)

    def keep_secret(self, of: Sum) -> None:
        """Add a sum that nobody may work out, if it is small."""
        if is_small(abs(self.value(of))):
            self.secrets.append(of)

    def _unknown(self, of: Sum) -> Sum:
        return {key: number for key, number in of.items() if key not in self.known}

    def _around(self, of: Sum) -> list[tuple[Sum, int]]:
        """Return all equations that tell something about a sum, as left side over what is above its least, and right side."""
        reached, waiting = set(), set(self._unknown(of))
        found: dict[int, Sum] = {}
        while waiting:
            reached |= waiting
            fresh: set[Key] = set()
            for place in {place for key in waiting for place in self._telling_of.get(key, [])} - found.keys():
                found[place] = self._unknown(self.equations[place])
                fresh |= found[place].keys()
            waiting = fresh - reached
        return [
            (unknown, sum(n * (self.numbers[key] - self.least.get(key, 0)) for key, n in unknown.items()))
            for _place, unknown in sorted(found.items())
        ]

    def is_safe(self, of: Sum) -> bool:
        """Tell whether two worlds differ enough in this sum."""
        asked = self._unknown(of)
        if not asked:
            return False
        if self._is_open(asked):
            return True
        around = self._around(asked)
        bound = {key for left, _right in around for key in left}
        if not bound.issuperset(asked):
            return True  # a number that nothing is known about can be anything
        worlds = Worlds(around)
        for upwards in (True, False):
            self._keep(worlds.extreme(asked, upwards=upwards, far=WIDTH))
        return self._is_open(asked)

    def _keep(self, world: dict[Key, Exact]) -> None:
        if is_whole(world):
            self._worlds.append({key: int(value) + self.least.get(key, 0) for key, value in world.items()})

    def _is_open(self, asked: Sum) -> bool:
        """Tell whether two of the worlds found so far differ enough in a sum of unknown numbers."""
        values = [
            sum(number * world.get(key, self.numbers[key]) for key, number in asked.items())
            for world in self._worlds
        ]
        return max(values) - min(values) >= WIDTH

    def candidates(self, of: Sum, may_hide: set[Key]) -> list[set[Key]]:
        """Return what could be hidden for a sum, the nearest first: in its own terms, in equations with them, in equations with those."""
        rings: list[set[Key]] = []
        seen, ring = set(of), set(of)
        while ring:
            rings.append({key for key in ring if key in may_hide and key in self.known})
            places = {place for key in ring for place in self._telling_of.get(key, [])}
            ring = {key for place in places for key in self.equations[place]} - seen
            seen |= ring
        return [keys for keys in rings if keys]


def protect(sums: Sums, *, may_hide: Iterable[Key], cost: Callable[[Key], tuple[object, ...]]) -> None:
    """Hide numbers out of ``may_hide`` until every secret is safe. Raises ``CannotProtectError``."""
    free = set(may_hide)
    for key in free & sums.known:
        if is_small(sums.numbers[key]):
            sums.known.discard(key)
    waiting = list(sums.secrets)
    while waiting:
        secret = waiting[0]
        if sums.is_safe(secret):
            waiting.pop(0)
            continue
        rings = sums.candidates(secret, free)
        if not rings:
            raise CannotProtectError
        sums.known.discard(min(rings[0], key=cost))
