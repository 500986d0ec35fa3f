"""What the group view shows: no count from 1 to 4, and none that adding and subtracting the others would give."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from competence.group_counts import Counts, Measure, Person, of_all, of_group, split_by
from iqquadrat.core.small_counts import THRESHOLD, hide_within, is_small

CATEGORIES = ("a", "b", "c", "d")
MEASURE = Measure("m", CATEGORIES)
SPLITS = ("gender", "age")
GROUPS = ("f", "m", "x")


def persons() -> st.SearchStrategy[list[Person]]:
    """Persons in bundles that are alike: few of some kinds, many of others."""
    bundle = st.tuples(
        st.sampled_from(CATEGORIES), st.sampled_from(GROUPS), st.sampled_from(GROUPS),
        st.one_of(st.integers(1, 6), st.integers(1, 40)),
    )  # fmt: skip
    return st.lists(bundle, max_size=12).map(
        lambda bundles: [
            Person({"m": category}, {"gender": gender, "age": age})
            for category, gender, age, count in bundles
            for _one in range(count)
        ]
    )


def _true(found: Sequence[Person], split: str, group: str) -> list[int]:
    inside = [person for person in found if person.groups[split] == group]
    return [sum(person.categories["m"] == category for person in inside) for category in CATEGORIES]


Unknown = tuple[str, str, str]  # split, group, category; ("", "", category) is all persons


class Knowledge:
    """What somebody knows who has opened every page: figures, and that groups and categories add up."""

    def __init__(self, found: list[Person]) -> None:
        self.values: dict[Unknown, int] = {}
        self.sums: list[tuple[list[Unknown], int | None, Unknown | None]] = []
        self.shown: dict[Unknown, int] = {}
        self._note(
            ("", ""), of_all(found, MEASURE), [sum(p.categories["m"] == c for p in found) for c in CATEGORIES]
        )
        self.sums.append(([("", "", c) for c in CATEGORIES], len(found), None))
        for key in SPLITS:
            split = split_by(found, key)
            if not split.offered:
                continue
            names = sorted({person.groups[key] for person in found})
            for name in names:
                hidden: Counts = [None] * len(CATEGORIES)
                shown = of_group(found, MEASURE, split, name) if name in split.offered else hidden
                self._note((key, name), shown, _true(found, key, name))
                if name in split.offered:
                    self.sums.append(([(key, name, c) for c in CATEGORIES], split.offered[name], None))
            for category in CATEGORIES:
                self.sums.append(([(key, name, category) for name in names], None, ("", "", category)))

    def _note(self, where: tuple[str, str], shown: Counts, true: list[int]) -> None:
        for category, seen, value in zip(CATEGORIES, shown, true, strict=True):
            self.values[(*where, category)] = value
            if seen is not None:
                assert seen == value
                self.shown[(*where, category)] = seen

    def rows(self) -> tuple[list[Unknown], list[list[Fraction]]]:
        """The equations over what is hidden."""
        unknown = [key for key in self.values if key not in self.shown]
        rows = []
        for parts, total, other in self.sums:
            terms = [(key, 1) for key in parts] + ([(other, -1)] if other else [])
            row = [Fraction(0)] * len(unknown)
            for key, sign in terms:
                if key not in self.shown:
                    row[unknown.index(key)] += sign
            assert total is not None or other is not None
            rows.append(row)
        return unknown, rows


def _found_out(unknown: list[Unknown], rows: list[list[Fraction]]) -> set[Unknown]:
    """Return what the equations give: those columns that stand alone in the reduced form."""
    pivot = 0
    for column in range(len(unknown)):
        line = next((n for n in range(pivot, len(rows)) if rows[n][column]), None)
        if line is None:
            continue
        rows[pivot], rows[line] = rows[line], rows[pivot]
        first = rows[pivot][column]
        rows[pivot] = [value / first for value in rows[pivot]]
        for n, row in enumerate(rows):
            if n != pivot and row[column]:
                factor = row[column]
                rows[n] = [value - factor * base for value, base in zip(row, rows[pivot], strict=True)]
        pivot += 1
    return {
        unknown[[bool(value) for value in row].index(True)] for row in rows if sum(bool(v) for v in row) == 1
    }  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(persons())
def test_nothing_small_is_shown_or_found_by_adding_and_subtracting(found: list[Person]) -> None:
    knowledge = Knowledge(found)
    assert not any(is_small(count) for count in knowledge.shown.values())
    unknown, rows = knowledge.rows()
    assert not {key for key in _found_out(unknown, rows) if is_small(knowledge.values[key])}


@settings(max_examples=200, deadline=None)
@given(persons())
def test_what_is_hidden_beside_a_shown_category_is_never_few(found: list[Person]) -> None:
    """The page shows how many named a field: all but those who did not."""
    for key in SPLITS:
        split = split_by(found, key)
        views = [(of_group(found, MEASURE, split, name), size) for name, size in split.offered.items()]
        if not is_small(len(found)):
            views.append((of_all(found, MEASURE), len(found)))
        for shown, size in views:
            first = shown[0]
            assert first is None or not is_small(size - first)


@given(persons())
def test_small_groups_are_not_offered_and_not_left_over(found: list[Person]) -> None:
    for key in SPLITS:
        split = split_by(found, key)
        assert all(size >= THRESHOLD for size in split.offered.values())
        rest = len(found) - sum(split.offered.values())
        assert not split.offered or not is_small(rest)


def test_without_small_counts_a_group_is_shown_whole() -> None:
    found = [Person({"m": c}, {"gender": g}) for c in CATEGORIES for g in ("f", "m") for _n in range(6)]
    split = split_by(found, "gender")
    assert of_all(found, MEASURE) == [12, 12, 12, 12]
    assert of_group(found, MEASURE, split, "f") == [6, 6, 6, 6]


def test_one_small_cell_hides_a_rectangle_and_no_total() -> None:
    table = [[2, 10, 30], [20, 40, 50], [60, 70, 80]]
    assert hide_within(table) == [[None, None, 30], [None, None, 50], [60, 70, 80]]


def test_where_a_total_would_have_to_go_no_cell_is_shown() -> None:
    assert hide_within([[3, 20]]) == [[None, None]]
    assert hide_within([]) == []
    assert hide_within([[7, 20]]) == [[7, 20]]
