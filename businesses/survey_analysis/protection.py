"""What of a wave's answers may be shown, for the whole wave and for a part of it.

A part is never counted alone: its figures are one column of a table of *all* parts, hidden together with the totals that the page of the
whole wave shows. So what is shown of the part, of its neighbours and of the whole never adds up to something hidden. Where the totals would have
to give way, nothing is shown of any part. Parts within parts (a division within its section) are hidden one level after the other.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from businesses.analysis.disclosure import Amount, hide_sums_in_list
from businesses.quarter_sheet.cells import hide_together
from iqquadrat.core.small_counts import THRESHOLD, hide_in_list, hide_within

# What a business belongs to, by its key.
Parts = Mapping[int, str]


@dataclass(frozen=True)
class Cut:
    """A part of a wave: on each level, the outermost first, where every business belongs and which part is looked at."""

    levels: tuple[Parts, ...]
    chosen: tuple[str, ...]
    name: str
    is_street: bool = False

    def holds(self, business: int) -> bool:
        """Whether the business belongs to the part."""
        return all(
            parts.get(business, "") == chosen for parts, chosen in zip(self.levels, self.chosen, strict=True)
        )


@dataclass(frozen=True)
class Spread:
    """How answers spread over the categories of a question; None is hidden. ``n`` answered of ``asked`` interviews."""

    counts: Mapping[str, int | None]
    n: int | None
    asked: int

    @property
    def is_open(self) -> bool:
        """Whether nothing is hidden."""
        return self.n is not None and None not in self.counts.values()

    def share(self, *categories: str) -> float | None:
        """Return the share of these categories among the answers; None where one of them is hidden or nobody answered."""
        found = [self.counts[category] for category in categories]
        told = [count for count in found if count is not None]
        return sum(told) / self.n if self.n and len(told) == len(found) else None


def spread(answers: Mapping[int, str | None], categories: Sequence[str], cut: Cut | None = None) -> Spread:
    """Count answers by category, as far as they may be shown. ``answers`` are all interviews of the wave; None was not answered."""
    given = {business: answer for business, answer in answers.items() if answer in categories}
    whole = hide_in_list([_count(given, category) for category in categories])
    counts, n = whole.counts, whole.total
    asked = list(answers)
    for parts, chosen in zip(cut.levels, cut.chosen, strict=True) if cut else ():
        counts, n = (
            _column(given, categories, parts, chosen)
            if n is not None and None not in counts
            else _nothing(categories)
        )
        given = {business: answer for business, answer in given.items() if parts.get(business, "") == chosen}
        asked = [business for business in asked if parts.get(business, "") == chosen]
    return Spread(dict(zip(categories, counts, strict=True)), n, len(asked))


def _count(given: Mapping[int, str | None], category: str) -> int:
    return sum(answer == category for answer in given.values())


def _column(
    given: Mapping[int, str | None], categories: Sequence[str], parts: Parts, chosen: str
) -> tuple[list[int | None], int | None]:
    """Return the column of a part in the table of all parts; small parts stand in one column together and show nothing.

    Where nothing of the table could be shown because of its small parts, the next smallest goes with them, whichever part is looked at.
    """
    sizes = Counter(parts.get(business, "") for business in given)
    table = Counter((parts.get(business, ""), answer) for business, answer in given.items())
    pooled = pool(sizes)
    waiting = sorted(set(sizes) - pooled, key=lambda part: (sizes[part], part))
    while waiting and chosen not in pooled:
        columns = [[table[part, category] for category in categories] for part in waiting]
        if pooled:
            columns.append([sum(table[part, category] for part in pooled) for category in categories])
        cells = hide_within([list(row) for row in zip(*columns, strict=True)])
        if any(count is not None for row in cells for count in row):
            at = waiting.index(chosen) if chosen in waiting else None
            return ([row[at] for row in cells], sizes[chosen]) if at is not None else _nothing(categories)
        pooled.add(waiting.pop(0))
    return _nothing(categories)


def _nothing(categories: Sequence[str]) -> tuple[list[int | None], int | None]:
    return [None] * len(categories), None


def pool(sizes: Mapping[str, int]) -> set[str]:
    """Return the parts that are put together because they are small: two at least and five businesses at least, or none.

    A small part alone could be worked out from the whole without the others; the next smallest goes with it.
    """
    waiting = sorted((part for part, size in sizes.items() if size), key=lambda part: (sizes[part], part))
    pooled: set[str] = set()
    while waiting and (sizes[waiting[0]] < THRESHOLD or (pooled and _is_too_small(pooled, sizes))):
        pooled.add(waiting.pop(0))
    return pooled


def _is_too_small(pooled: set[str], sizes: Mapping[str, int]) -> bool:
    return len(pooled) < 2 or sum(sizes[part] for part in pooled) < THRESHOLD


def sums(lists: Sequence[Mapping[int, Amount | None]], cut: Cut | None = None) -> list[Amount | None]:
    """Return the sums of several numbers over the same businesses, as far as they may be shown; None is hidden. A sum of nobody's numbers is 0.

    What is hidden of one number in a part is hidden of all: one could be worked out of the others.
    """
    given = [
        {business: number for business, number in numbers.items() if number is not None} for numbers in lists
    ]
    shown: list[Amount | None] = [hide_sums_in_list([list(numbers.values())]).total for numbers in given]
    for parts, chosen in zip(cut.levels, cut.chosen, strict=True) if cut else ():
        if None in shown:
            return [None] * len(lists)
        shown = _in_part(given, parts, chosen)
        given = [
            {business: number for business, number in numbers.items() if parts.get(business, "") == chosen}
            for numbers in given
        ]
    return shown


def _in_part(given: Sequence[Mapping[int, Amount]], parts: Parts, chosen: str) -> list[Amount | None]:
    names = sorted({parts.get(business, "") for numbers in given for business in numbers})
    if chosen not in names:
        return [None] * len(given)
    cells: list[list[list[Amount]]] = [[[] for _name in names] for _numbers in given]
    places = {name: place for place, name in enumerate(names)}
    for numbers, lines in zip(given, cells, strict=True):
        for business, number in numbers.items():
            lines[places[parts.get(business, "")]].append(number)
    shown = hide_together(*cells)
    if any(one.total is None for one in shown):
        return [None] * len(given)
    return [one.sums[places[chosen]] for one in shown]


def as_amounts(numbers: Mapping[int, float | None]) -> dict[int, Amount | None]:
    """Return numbers as amounts that add up exactly; quarters are exact in binary."""
    return {business: None if number is None else Decimal(number) for business, number in numbers.items()}
