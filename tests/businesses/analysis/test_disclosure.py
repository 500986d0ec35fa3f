"""What may be shown: by hand, and attacked by linear programming from the numbers that are shown."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from businesses.analysis.disclosure import (
    ShownSums,
    ShownSumTable,
    hide_sums_in_list,
    hide_sums_in_table,
    may_show_share,
    may_show_sum,
)
from businesses.analysis.errors import ImpossibleFiguresError
from iqquadrat.core.small_counts import hide_in_table, is_small


@pytest.mark.parametrize(
    ("contributions", "shown"),
    [
        ([], True),
        ([4], False),
        ([4, 4], False),
        ([4, 4, 4], True),
        ([7, 2, 1], True),  # exactly 70 %
        ([71, 19, 10], False),  # 71 %
        ([0, 0, 0], True),
        ([0, 5, 0], False),
        ([3, 2, 0], False),  # each of the two could work out the other
        ([4, 4, 0, 0], False),
        ([3, 2, 2, 0], True),
    ],
)
def test_which_sums_may_be_shown(contributions: list[int], *, shown: bool) -> None:
    assert may_show_sum(contributions) is may_show_sum(contributions[::-1]) is shown
    assert may_show_sum([10 * number for number in contributions]) is shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 4, False),
        (0, 5, True),
        (5, 5, True),
        (4, 20, False),
        (16, 20, False),
        (5, 10, True),
        (6, 10, False),
        (0, 0, False),
    ],
)
def test_which_shares_may_be_shown(part: int, whole: int, *, shown: bool) -> None:
    assert may_show_share(part, whole) is shown


def test_what_cannot_be_is_refused() -> None:
    for part, whole in ((3, 2), (-1, 4)):
        with pytest.raises(ImpossibleFiguresError):
            may_show_share(part, whole)
    with pytest.raises(ImpossibleFiguresError):
        may_show_sum([3, -1, 4])


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([[3, 3, 3], [2, 2, 2]], ShownSums([9, 6], 15)),
        # One business alone takes the smallest other with it: 4 + 6 of four businesses, the largest holds 40 %.
        ([[4], [2, 2, 2], [9, 9, 9]], ShownSums([None, None, 27], 37)),
        # Two alone are no cover for each other: either could subtract its own number.
        ([[4], [5], [9, 9, 9], []], ShownSums([None, None, None, 0], 36)),
        # Beside nothing else the total is hidden as well.
        ([[4], [5]], ShownSums([None, None], None)),
        # Three noughts of one business each: their sum would tell of each.
        ([[0], [0], [0], [9, 9, 9]], ShownSums([None, None, None, None], 27)),
    ],
)
def test_a_list_by_hand(cells: list[list[int]], shown: ShownSums) -> None:
    assert hide_sums_in_list(cells) == shown


def test_a_table_by_hand() -> None:
    """One business alone: three others are hidden with it, the cheapest rectangle; the totals stay."""
    big = [9, 9, 9]
    table = hide_sums_in_table([[[4], [3, 3, 3], big], [[4, 4, 4], [5, 5, 5], big], [big, big, big]])
    assert table.cells == [[None, None, 27], [None, None, 27], [27, 27, 27]]
    assert (table.row_totals, table.column_totals, table.total) == ([40, 54, 81], [43, 51, 81], 175)
    assert hide_sums_in_table([]).total == 0
    calm = hide_sums_in_table([[[2, 2, 2], [3, 3, 3]]])
    assert (calm.cells, calm.row_totals, calm.column_totals, calm.total) == ([[6, 9]], [15], [6, 9], 15)


def test_what_is_hidden_of_a_line_must_be_fit_together() -> None:
    """20 and 6 of three businesses are hidden, but the first holds 20 of 26: its total would tell it of the other two.

    Found by searching for tables that another rule, without a look at whole lines, shows too much of.
    """
    table = hide_sums_in_table([[[2, 50], [3, 1, 9], [9, 3]], [[], [20], [3, 3]]])
    assert table.row_totals == [None, None]
    assert table.column_totals == [None, None, None]
    assert table.total == 103
    single = hide_sums_in_table([[[], [3, 20, 2, 50]], [[], [2, 9, 1]], [[], [50, 9]]])
    assert single.row_totals == [None, None, None]
    assert (single.column_totals, single.total) == ([0, 146], 146)


def test_a_hidden_sum_keeps_room() -> None:
    """100 of two businesses are hidden behind sums of 14, 2 and 13: with the totals they would lie between 99 and 101 or so.

    Found by searching for tables in which rectangles of any size would do. The sum must stay uncertain by 30 per cent of itself.
    """
    rows = [[[50, 50], [2, 1, 2, 9]], [[1, 1], [1, 9, 3]]]
    table = hide_sums_in_table(rows)
    assert table.cells == [[None, None], [None, None]]
    assert (table.row_totals, table.column_totals, table.total) == ([114, 15], [None, None], 129)
    grid: Grid = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    grid.append([*table.column_totals, table.total])
    assert spread(grid, 0, 0) >= 30


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        # 100 of two, with room for 21 + 9 = 30 per cent: just enough, every total stays.
        (
            [[[50, 50], [7, 7, 7]], [[7, 7, 7], [3, 3, 3]]],
            ShownSumTable([[None, None], [None, None]], [121, 30], [121, 30], 151),
        ),
        # One less is too little: the totals of the columns are hidden in place of the row below.
        (
            [[[50, 50], [7, 7, 7]], [[7, 7, 7], [3, 3, 2]]],
            ShownSumTable([[None, None], [21, 8]], [121, 29], [None, None], 150),
        ),
        # 5 and 5 of a line are of two businesses; each could subtract its own number, although neither holds over 70 per cent.
        (
            [[[5, 0], [5, 0], [9, 9, 9]], [[4, 4, 4], [4, 4, 4], [9, 9, 9]]],
            ShownSumTable([[None] * 3, [None] * 3], [37, 51], [17, 17, 54], 88),
        ),
        # A nought between noughts could be nothing else: there is no room at all.
        (
            [[[0, 0], [0, 0, 0]], [[0, 0, 0], [9, 9, 9]]],
            ShownSumTable([[None, None], [None, None]], [None, None], [None, None], None),
        ),
        # Room of exactly 1 is room.
        (
            [[[5, 0, 0], [5, 9]], [[0, 0], [1]]],
            ShownSumTable([[None, None], [None, None]], [None, None], [None, None], 20),
        ),
        # Where no business is, everybody sees the nought: it hides nothing, and the total beside it is hidden.
        (
            [[[5, 1, 2], [9]], [[9], [0]], [[], [5, 1, 9, 9]]],
            ShownSumTable([[None, None], [None, None], [0, None]], [None, None, None], [17, 33], 50),
        ),
    ],
)
def test_the_edges_of_line_and_room_by_hand(rows: list[list[list[int]]], shown: ShownSumTable) -> None:
    assert hide_sums_in_table(rows) == shown


Grid = list[list[int | None]]


def spread(grid: Grid, y: int, x: int) -> float:
    """Return how far a hidden number can lie from lowest to highest, given all that is shown and that none is negative.

    ``grid`` has its totals in the last row and column.
    """
    import numpy as np
    from scipy.optimize import linprog

    height, width = len(grid), len(grid[0])
    rows = []
    for line in range(height):
        equation = np.zeros((height, width))
        equation[line, :-1], equation[line, -1] = 1, -1
        rows.append(equation.ravel())
    for line in range(width):
        equation = np.zeros((height, width))
        equation[:-1, line], equation[-1, line] = 1, -1
        rows.append(equation.ravel())
    flat = list(chain.from_iterable(grid))
    limits = [(0, 10_000) if number is None else (number, number) for number in flat]
    aim = np.zeros(len(flat))
    aim[y * width + x] = 1
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * aim, A_eq=np.array(rows), b_eq=np.zeros(len(rows)), bounds=limits, method="highs"
        )
        assert found.success
        ends.append(sign * found.fun)
    return float(ends[1] - ends[0])


CELL = st.lists(st.integers(0, 20), max_size=5)


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[object]) -> list[list[object]]:
    width = draw(st.integers(1, 4))
    return draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=4))


@settings(max_examples=60, deadline=None)
@given(tables(CELL))
def test_no_hidden_sum_can_be_solved_for(rows: list[list[list[int]]]) -> None:
    table = hide_sums_in_table(rows)
    grid: Grid = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    grid.append([*table.column_totals, table.total])
    full = [[*row, list(chain.from_iterable(row))] for row in rows]
    full.append([list(chain.from_iterable(column)) for column in zip(*full, strict=True)])
    for y, line in enumerate(full):
        for x, cell in enumerate(line):
            if grid[y][x] is not None:
                assert grid[y][x] == sum(cell)
                assert may_show_sum(cell)
            elif not may_show_sum(cell):
                assert spread(grid, y, x) >= max(1, 0.3 * sum(cell)) - 1e-6
    # Whoever adds up a line learns no sum that might not be shown: nobody can subtract the own number from it.
    for shown, line in [
        *zip(grid, full, strict=True),
        *zip(zip(*grid, strict=True), zip(*full, strict=True), strict=True),
    ]:
        hidden = [cell for number, cell in zip(shown[:-1], line[:-1], strict=True) if number is None]
        if shown[-1] is not None:
            assert may_show_sum(chain.from_iterable(hidden))


@settings(max_examples=40, deadline=None)
@given(tables(st.lists(st.integers(1, 20), max_size=4)))
def test_a_business_alone_in_its_cell_cannot_solve_for_another(rows: list[list[list[int]]]) -> None:
    table = hide_sums_in_table(rows)
    grid: Grid = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    grid.append([*table.column_totals, table.total])
    if all(number is None for number in chain.from_iterable(grid)):
        return  # nothing is shown to reckon with
    places = [(y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if not may_show_sum(cell)]
    for y, x in [(y, x) for y, x in places if len(rows[y][x]) == 1][:2]:
        knows = [list(line) for line in grid]
        knows[y][x] = sum(rows[y][x])
        assert all(spread(knows, *other) >= 1 - 1e-6 for other in places if other != (y, x))


@settings(max_examples=60, deadline=None)
@given(st.lists(CELL, max_size=6))
def test_no_hidden_sum_of_a_list_can_be_solved_for(cells: list[list[int]]) -> None:
    shown = hide_sums_in_list(cells)
    hidden = [cell for number, cell in zip(shown.sums, cells, strict=True) if number is None]
    assert all(
        number == sum(cell) and may_show_sum(cell)
        for number, cell in zip(shown.sums, cells, strict=True)
        if number is not None
    )
    if hidden and shown.total is not None:
        # The hidden ones add up to this, and each may be anything from nought to it.
        rest = shown.total - sum(number for number in shown.sums if number is not None)
        assert rest >= 1
        assert len(hidden) > 1
        assert may_show_sum(chain.from_iterable(hidden))


@settings(max_examples=60, deadline=None)
@given(tables(st.integers(0, 12)))
def test_no_hidden_count_can_be_solved_for(rows: list[list[int]]) -> None:
    """The counts of the same reports are hidden by the rules of the whole house."""
    table = hide_in_table(rows)
    grid: Grid = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    grid.append([*table.column_totals, table.total])
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    for y, line in enumerate(full):
        for x, count in enumerate(line):
            if is_small(count):
                assert grid[y][x] is None
                assert spread(grid, y, x) >= 1 - 1e-6
