"""Several lists over the same sections: what is hidden in one is hidden in all. The rules themselves stand in ``businesses.analysis.disclosure``."""

from collections.abc import Sequence

from businesses.analysis.disclosure import (
    Amount,
    Contributions,
    ShownSums,
    fit_together,
    hide_sums_in_list,
)
from iqquadrat.core.small_counts import ShownTable, hide_in_list, hide_within


def hide_together(*lists: Sequence[Contributions]) -> list[ShownSums]:
    """Return several lists over the same sections; what is hidden in one is hidden in all, because one could be worked out of the other."""
    found = [hide_sums_in_list(cells) for cells in lists]
    hidden = {place for shown in found for place, amount in enumerate(shown.sums) if amount is None}
    total_hidden = any(shown.total is None for shown in found)
    # Hiding more never uncovers anything, but the union must protect each list for itself.
    while hidden and not total_hidden and not all(fit_together(cells, hidden) for cells in lists):
        rest = [place for place in range(len(lists[0])) if place not in hidden and lists[0][place]]
        if rest:
            hidden.add(min(rest, key=lambda place: (sum(lists[0][place]), place)))
        else:
            total_hidden = True
    return [_without(cells, hidden, total_hidden=total_hidden) for cells in lists]


def _without(cells: Sequence[Contributions], hidden: set[int], *, total_hidden: bool) -> ShownSums:
    sums: list[Amount] = [sum(amounts) for amounts in cells]
    return ShownSums(
        [None if place in hidden else amount for place, amount in enumerate(sums)],
        None if total_hidden else sum(sums),
    )


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
