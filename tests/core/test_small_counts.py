"""Small counts: nothing from 1 to 4 is shown, and no total gives away what is hidden."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from iqquadrat.core.small_counts import THRESHOLD, hide_in_list, hide_in_table

COUNT = st.one_of(st.integers(0, 6), st.integers(0, 80))


def tables() -> st.SearchStrategy[list[list[int]]]:
    """Tables of 1 to 6 rows and 1 to 5 columns."""
    return st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(COUNT, min_size=width, max_size=width), min_size=1, max_size=6)
    )


def test_without_small_counts_everything_is_shown() -> None:
    assert hide_in_list([12, 0, 7]).counts == [12, 0, 7]
    assert hide_in_list([12, 0, 7]).total == 19
    shown = hide_in_table([[5, 9], [0, 20]])
    assert (shown.cells, shown.row_totals, shown.column_totals, shown.total) == (
        [[5, 9], [0, 20]],
        [14, 20],
        [5, 29],
        34,
    )
    assert not shown.hides


def test_one_small_count_takes_the_smallest_other_with_it() -> None:
    assert hide_in_list([12, 3, 7, 0]).counts == [12, None, None, 0]
    assert hide_in_list([12, 3, 7, 0]).total == 22
    assert hide_in_list([1, 1]).total is None  # nothing else could hide them


def test_a_table_hides_a_rectangle() -> None:
    shown = hide_in_table([[2, 10, 30], [20, 40, 50], [60, 70, 80]])
    assert shown.cells == [[None, None, 30], [None, None, 50], [60, 70, 80]]
    assert shown.row_totals == [42, 110, 210]
    assert shown.total == 362


def test_an_empty_table_hides_nothing() -> None:
    assert hide_in_table([]).total == 0
    assert hide_in_list([]).total == 0


@given(st.lists(COUNT, max_size=8))
def test_no_list_shows_or_gives_away_a_small_count(counts: list[int]) -> None:
    shown = hide_in_list(counts)
    assert all(seen is None or seen == true for seen, true in zip(shown.counts, counts, strict=True))
    assert not any(seen is not None and 0 < seen < THRESHOLD for seen in [*shown.counts, shown.total])
    hidden = [true for seen, true in zip(shown.counts, counts, strict=True) if seen is None]
    if hidden and shown.total is not None:
        assert len(hidden) >= 2
        assert sum(hidden) >= THRESHOLD


@given(tables())
def test_no_table_shows_a_small_count(rows: list[list[int]]) -> None:
    shown = hide_in_table(rows)
    lines = [*shown.cells, shown.row_totals, shown.column_totals, [shown.total]]
    assert not any(seen is not None and 0 < seen < THRESHOLD for line in lines for seen in line)
    assert all(
        seen is None or seen == true
        for seen_line, line in zip(shown.cells, rows, strict=True)
        for seen, true in zip(seen_line, line, strict=True)
    )


@settings(max_examples=150)
@given(tables())
def test_no_hidden_cell_of_a_table_can_be_worked_out(rows: list[list[int]]) -> None:
    """Every hidden cell, also a total, lies on a rectangle of hidden ones: it can be moved without moving a total."""
    shown = hide_in_table(rows)
    grid = [[*line, total] for line, total in zip(shown.cells, shown.row_totals, strict=True)]
    grid.append([*shown.column_totals, shown.total])
    hidden = {(y, x) for y, line in enumerate(grid) for x, seen in enumerate(line) if seen is None}
    for y, x in hidden:
        assert any(
            {(y, x2), (y2, x), (y2, x2)} <= hidden
            for y2, x2 in product(range(len(grid)), range(len(grid[0])))
            if y2 != y and x2 != x
        ), (rows, y, x)


@settings(max_examples=150)
@example(rows=[[0, 0, 0, 0, 0], [0, 0, 0, 0, 5], [1, 5, 5, 5, 0]])
@given(tables())
def test_a_small_count_could_as_well_be_another(rows: list[list[int]]) -> None:
    """Beside the true table there is another one that looks the same, with another count in the hidden cell."""
    shown = hide_in_table(rows)
    for (y, line), x in product(enumerate(rows), range(len(rows[0]))):
        if not 0 < line[x] < THRESHOLD:
            continue
        assert any(_looks_the_same(rows, shown, (y, x), step) for step in (-1, 1)), (rows, y, x)


def _looks_the_same(rows: list[list[int]], shown: object, cell: tuple[int, int], step: int) -> bool:
    y, x = cell
    height, width = len(rows), len(rows[0])
    for y2, x2 in product(range(height + 1), range(width + 1)):
        if y2 == y or x2 == x:
            continue
        moved = [list(line) for line in rows]
        for b, a, sign in ((y, x, 1), (y, x2, -1), (y2, x, -1), (y2, x2, 1)):
            if b < height and a < width:  # a corner in the totals moves by itself
                moved[b][a] += sign * step
        if all(count >= 0 for line in moved for count in line) and _fits(moved, shown):
            return True
    return False


def _fits(rows: list[list[int]], shown: object) -> bool:
    pairs = [
        *(
            (seen, true)
            for a, b in zip(shown.cells, rows, strict=True)
            for seen, true in zip(a, b, strict=True)
        ),  # type: ignore[attr-defined]
        *zip(shown.row_totals, (sum(line) for line in rows), strict=True),  # type: ignore[attr-defined]
        *zip(shown.column_totals, (sum(column) for column in zip(*rows, strict=True)), strict=True),  # type: ignore[attr-defined]
        (shown.total, sum(map(sum, rows))),  # type: ignore[attr-defined]
    ]
    return all(seen is None or seen == true for seen, true in pairs)
