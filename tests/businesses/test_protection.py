"""A part of a wave shows nothing from which something hidden could be worked out."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from businesses.analysis.disclosure import may_show_sum
from businesses.survey_analysis.protection import Cut, pool, spread, sums
from iqquadrat.core.small_counts import is_small

PARTS = ("a", "b", "c", "d")
KINDS = ("good", "fair", "poor")


def cut(parts: dict[int, str], chosen: str) -> Cut:
    return Cut((parts,), (chosen,), chosen)


@pytest.mark.parametrize(
    ("sizes", "pooled"),
    [
        ({"a": 9, "b": 5}, set()),
        # One small part alone would be the whole less the others.
        ({"a": 9, "b": 6, "c": 2}, {"b", "c"}),
        ({"a": 9, "b": 2, "c": 2}, {"a", "b", "c"}),
        ({"a": 9, "b": 2, "c": 3}, {"b", "c"}),
        ({"a": 9, "b": 0}, set()),
        ({"a": 4}, {"a"}),
    ],
)
def test_small_parts_stand_together(sizes: dict[str, int], pooled: set[str]) -> None:
    assert pool(sizes) == pooled


def test_a_part_by_hand() -> None:
    """Twelve and eight businesses, every second answer good."""
    parts = {n: "a" if n < 12 else "b" for n in range(24)}
    answers = {n: "good" if n % 2 else "poor" for n in range(24)}
    found = spread(answers, ("good", "poor"), cut(parts, "a"))
    assert (dict(found.counts), found.n, found.asked) == ({"good": 6, "poor": 6}, 12, 12)
    assert found.share("good") == 0.5


def test_without_an_open_whole_there_is_no_part() -> None:
    parts = {n: "a" if n < 12 else "b" for n in range(24)}
    answers = {n: "poor" if n < 3 else "good" for n in range(24)}
    assert spread(answers, ("good", "poor")).n == 24
    assert not spread(answers, ("good", "poor")).is_open
    assert spread(answers, ("good", "poor"), cut(parts, "b")).n is None


def test_a_part_within_a_part() -> None:
    outer = {n: "G" if n < 30 else "I" for n in range(50)}
    inner = {n: "47" if n < 20 else "46" if n < 30 else "56" for n in range(50)}
    answers = {n: "good" if n % 2 else "poor" for n in range(50)}
    found = spread(answers, ("good", "poor"), Cut((outer, inner), ("G", "46"), "46"))
    assert (dict(found.counts), found.n) == ({"good": 5, "poor": 5}, 10)


def solvable(known: list[list[int | None]], totals: list[int], sizes: list[int]) -> list[tuple[int, int]]:
    """Return the hidden cells that are certain from what is shown: categories by parts, with both totals."""
    height, width = len(known), len(known[0])
    rows, values = [], []
    for y in range(height):
        row = np.zeros((height, width))
        row[y, :] = 1
        rows.append(row.ravel())
        values.append(totals[y])
    for x in range(width):
        row = np.zeros((height, width))
        row[:, x] = 1
        rows.append(row.ravel())
        values.append(sizes[x])
    limits = [(0, None) if cell is None else (cell, cell) for line in known for cell in line]
    certain = []
    for place in range(height * width):
        if limits[place] != (0, None):
            continue
        aim = np.zeros(height * width)
        aim[place] = 1
        ends = [
            sign * linprog(sign * aim, A_eq=np.array(rows), b_eq=values, bounds=limits, method="highs").fun
            for sign in (1, -1)
        ]
        if ends[1] - ends[0] < 1 - 1e-6:
            certain.append((place // width, place % width))
    return certain


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(KINDS)), min_size=5, max_size=60))
def test_no_small_count_can_be_solved_for(rows: list[tuple[str, str]]) -> None:
    """All parts that are shown beside the whole, attacked together, knowing even how many answered in each part."""
    parts = {n: part for n, (part, _kind) in enumerate(rows)}
    answers = {n: kind for n, (_part, kind) in enumerate(rows)}
    whole = spread(answers, KINDS)
    names = sorted(set(parts.values()))
    seen = {name: spread(answers, KINDS, cut(parts, name)) for name in names}
    if not whole.is_open:
        assert all(one.n is None for one in seen.values())
        return
    known = [[seen[name].counts[kind] for name in names] for kind in KINDS]
    truth = [[rows.count((name, kind)) for name in names] for kind in KINDS]
    for shown, true in zip(known, truth, strict=True):
        assert all(
            cell is None or (cell == number and not is_small(cell))
            for cell, number in zip(shown, true, strict=True)
        )
    shown_columns = [x for x, name in enumerate(names) if seen[name].n is not None]
    if not shown_columns:
        return
    totals = [sum(line) for line in truth]
    # What is not shown of any part stands together as one column.
    rest = [x for x in range(len(names)) if x not in shown_columns]
    grid: list[list[int | None]] = [
        [line[x] for x in shown_columns] + ([None] if rest else []) for line in known
    ]
    real = [
        [line[x] for x in shown_columns] + ([sum(line[x] for x in rest)] if rest else []) for line in truth
    ]
    sizes = [sum(line[x] for line in real) for x in range(len(grid[0]))]
    assert not [place for place in solvable(grid, totals, sizes) if is_small(real[place[0]][place[1]])]


AMOUNTS = st.lists(st.tuples(st.sampled_from(PARTS), st.integers(0, 30)), min_size=3, max_size=30)


@settings(max_examples=80, deadline=None)
@given(AMOUNTS)
def test_no_sum_of_a_part_can_be_solved_for(rows: list[tuple[str, int]]) -> None:
    parts = {n: part for n, (part, _number) in enumerate(rows)}
    numbers = {n: number for n, (_part, number) in enumerate(rows)}
    [whole] = sums([numbers])
    names = sorted(set(parts.values()))
    shown = {name: sums([numbers], cut(parts, name))[0] for name in names}
    held = {name: [number for part, number in rows if part == name] for name in names}
    assert all(
        amount is None or (amount == sum(held[name]) and may_show_sum(held[name]))
        for name, amount in shown.items()
    )
    hidden = [name for name in names if shown[name] is None]
    if whole is None:
        assert hidden == names
    elif hidden and hidden != names:
        assert len(hidden) > 1
        assert may_show_sum([number for name in hidden for number in held[name]])


@settings(max_examples=40, deadline=None)
@given(AMOUNTS)
def test_what_is_hidden_of_one_number_is_hidden_of_all(rows: list[tuple[str, int]]) -> None:
    parts = {n: part for n, (part, _number) in enumerate(rows)}
    first = {n: number for n, (_part, number) in enumerate(rows)}
    second = {n: number % 4 for n, number in first.items()}
    for name in set(parts.values()):
        found = sums([first, second], cut(parts, name))
        assert all((one is None) == (other is None) for one, other in pairwise(found))
