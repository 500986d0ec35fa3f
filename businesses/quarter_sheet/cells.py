"""Sums over businesses that may be shown: rules of number and dominance, and what has to be hidden along with a hidden sum.

A sum is shown when at least three businesses contribute to it and none holds more than 70 per cent of it; a nought is shown when at
least three were asked. Of a list with its total, whoever knows the total can work out the sum of what is hidden: it must keep the same
rule, so further sums are hidden until it does, the smallest first, and at last the total. See Hundepool et al., "Statistical Disclosure
Control", Wiley 2012, chapter 4 (minimum frequency rule, (n,k) dominance rule with n = 1, secondary suppression).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from iqquadrat.core.small_counts import ShownTable, hide_in_list, hide_within

FEWEST = 3
LARGEST_SHARE = Decimal("0.7")
# What each business contributes.
Contributions = Sequence[Decimal]


@dataclass(frozen=True)
class Sums:
    """Sums of a list and their total as they may be shown; None is hidden."""

    cells: list[Decimal | None]
    total: Decimal | None


def may_show(contributions: Contributions) -> bool:
    """Tell whether a sum tells little of each business behind it. The sum of nobody says nothing and may be shown."""
    if not contributions:
        return True
    told = [amount for amount in contributions if amount]
    if not told:
        return len(contributions) >= FEWEST
    return len(told) >= FEWEST and max(told) <= LARGEST_SHARE * sum(told)


def hidden_places(cells: Sequence[Contributions]) -> tuple[set[int], bool]:
    """Return which sums of a list have to be hidden, and whether its total has to be hidden too."""
    hidden = {place for place, amounts in enumerate(cells) if not may_show(amounts)}
    others = sorted(
        (place for place, amounts in enumerate(cells) if place not in hidden and amounts),
        key=lambda place: (sum(cells[place]), place),
    )
    while hidden and others and not _protects(cells, hidden):
        hidden.add(others.pop(0))
    everything = [amount for amounts in cells for amount in amounts]
    total_too = not may_show(everything) or (bool(hidden) and not _protects(cells, hidden))
    return hidden, total_too


def _protects(cells: Sequence[Contributions], hidden: set[int]) -> bool:
    """Tell whether the sum of what is hidden, which everybody can work out from the total, may be known."""
    return len(hidden) >= 2 and may_show([amount for place in hidden for amount in cells[place]])


def shown(cells: Sequence[Contributions], hidden: set[int], *, total_hidden: bool) -> Sums:
    """Return the sums with these places hidden."""
    sums = [Decimal(sum(amounts)) for amounts in cells]
    return Sums(
        [None if place in hidden else amount for place, amount in enumerate(sums)],
        None if total_hidden else sum(sums, Decimal()),
    )


def hide_together(*lists: Sequence[Contributions]) -> list[Sums]:
    """Return several lists over the same sections; what is hidden in one is hidden in all, because one could be worked out of the other."""
    found = [hidden_places(cells) for cells in lists]
    hidden = set().union(*(places for places, _total in found))
    total_hidden = any(total for _places, total in found)
    # Hiding more never uncovers anything, but the union must protect each list for itself.
    while hidden and not total_hidden and not all(_protects(cells, hidden) for cells in lists):
        rest = [place for place in range(len(lists[0])) if place not in hidden and lists[0][place]]
        if rest:
            hidden.add(min(rest, key=lambda place: (sum(lists[0][place]), place)))
        else:
            total_hidden = True
    return [shown(cells, hidden, total_hidden=total_hidden) for cells in lists]


def hide_counts(rows: Sequence[Sequence[int]]) -> ShownTable:
    """Return counts of businesses by section and kind, with small ones hidden so that the totals stay, if anything can.

    A planner reads the totals first. Where every total is large enough, the cells between them are hidden as far as needed
    (``hide_within``); where one is not, no cell is shown, and totals are hidden as in a list of their own. Without cells the totals of one
    direction give nothing away of those of the other but their sum: where that is hidden, all is.
    """
    lines = hide_in_list([sum(row) for row in rows])
    columns = hide_in_list([sum(column) for column in zip(*rows, strict=True)])
    width = len(rows[0]) if rows else 0
    nothing: list[list[int | None]] = [[None] * width for _row in rows]
    if lines.total is None or columns.total is None:
        return ShownTable(nothing, [None] * len(rows), [None] * width, None)
    whole = None not in lines.counts and None not in columns.counts
    return ShownTable(hide_within(rows) if whole else nothing, lines.counts, columns.counts, lines.total)
