"""Nobody who adds and subtracts finds a small number: not in one report, not in two, not with a solver."""

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from iqquadrat.core.small_counts import is_small
from iqquadrat.reporting.publishing.bounds import NoWorldError, Worlds
from iqquadrat.reporting.publishing.cells import Release, crossing, what_to_show
from iqquadrat.reporting.publishing.protecting import CannotProtectError, Sums, protect
from tests.reporting.attackers import START, Attacker, Corrected, Quarter, What

HALF, YEAR_END = dt.date(2007, 9, 30), dt.date(2007, 12, 31)


Issue = tuple[Quarter, dt.date, dt.date, int]  # records, days, how often they had been corrected by then


def publish(quarter: Quarter, *periods: tuple[dt.date, dt.date]) -> tuple[list[Release], Attacker]:
    """Publish one report after the other, each with regard to those before; return them with an attacker who has read all."""
    return publish_issues([(quarter, first, last, 0) for first, last in periods], Attacker())


def publish_issues(issues: list[Issue], attacker: Attacker) -> tuple[list[Release], Attacker]:
    """Publish reports of records that are corrected in between. What cannot be protected any more is not published."""
    done: list[Release] = []
    for quarter, first, last, issue in issues:
        counted = quarter.counted(first, last)
        try:
            shown = what_to_show(Release(first, last, counted), done)
        except CannotProtectError:
            continue
        done.append(Release(first, last, counted, shown))
        said = {what: value if what in shown else None for what, value in counted.items()}
        attacker.read(first, last, said, issue=issue)
    return done, attacker


def small_ones(done: list[Release]) -> list[tuple[tuple[int, What, int], ...]]:
    """Return every small number of the reports, and everything small that lies between two of which one holds the days of the other."""
    found: list[tuple[tuple[int, What, int], ...]] = [
        ((place, what, 1),)
        for place, release in enumerate(done)
        for what, number in release.numbers.items()
        if is_small(number)
    ]
    for (a, one), (b, other) in combinations(enumerate(done), 2):
        if one.last < other.first or other.last < one.first:
            continue  # what two quarters differ by is nobody
        same_days = (one.first, one.last) == (other.first, other.last)
        found += [
            ((b, what, 1), (a, what, -1))
            for what in one.numbers.keys() & other.numbers.keys()
            if (what[0] != "month" or same_days) and is_small(abs(other.numbers[what] - one.numbers[what]))
        ]
    return found


def assert_nobody_is_found(done: list[Release], attacker: Attacker) -> None:
    for secret in small_ones(done):
        assert not attacker.finds(*secret), secret


RECORDS = st.builds(
    lambda seed, talks, jobs, persons: Quarter.invented(seed, talks=talks, jobs=jobs, persons=persons),
    st.integers(0, 10**6), st.integers(1, 140), st.integers(0, 60), st.integers(1, 60),
)  # fmt: skip
SEARCH = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@SEARCH
@given(quarter=RECORDS, end=st.dates(START, dt.date(2007, 12, 30)))
def test_no_small_number_of_two_reports_is_found_by_a_solver(quarter: Quarter, end: dt.date) -> None:
    done, attacker = publish(quarter, (START, end), (START, YEAR_END))
    assert_nobody_is_found(done, attacker)


@settings(SEARCH, max_examples=40)
@given(quarter=RECORDS)
def test_nor_of_two_months_and_the_half_year_that_holds_both(quarter: Quarter) -> None:
    done, attacker = publish(
        quarter, (START, dt.date(2007, 7, 31)), (dt.date(2007, 8, 1), HALF), (START, YEAR_END)
    )
    assert_nobody_is_found(done, attacker)
    parts = [release.numbers["figure", "contacts"] for release in done]
    if is_small(parts[2] - parts[1] - parts[0]):
        what = ("figure", "contacts")
        assert not attacker.finds((2, what, 1), (1, what, -1), (0, what, -1))


@settings(SEARCH, max_examples=40)
@given(quarter=RECORDS)
def test_a_second_issue_of_the_same_days_hides_the_same(quarter: Quarter) -> None:
    done, attacker = publish(quarter, (START, HALF), (START, HALF))
    assert done[0].shown == done[1].shown
    assert_nobody_is_found(done, attacker)


MONTH = (START, dt.date(2007, 7, 31))
# In which order the two issues of the half year come out, and what stands beside them.
EDITIONS: dict[str, list[tuple[dt.date, dt.date, int]]] = {
    "alone": [(START, HALF, 0), (START, HALF, 1)],
    "after the year": [(START, HALF, 0), (START, YEAR_END, 0), (START, HALF, 1)],
    "before the year": [(START, HALF, 0), (START, HALF, 1), (START, YEAR_END, 1)],
    "after a month": [(*MONTH, 0), (START, HALF, 0), (START, HALF, 1)],
    "with the month": [(*MONTH, 0), (START, HALF, 0), (*MONTH, 1), (START, HALF, 1), (START, YEAR_END, 1)],
}


@pytest.mark.parametrize("correction", Corrected)
@pytest.mark.parametrize("order", EDITIONS)
@settings(SEARCH, max_examples=30)
@given(quarter=RECORDS, some=st.integers(1, 12))
def test_no_small_number_of_two_issues_is_found_by_a_solver(
    order: str, correction: Corrected, quarter: Quarter, some: int
) -> None:
    """Neither a small count of one of the issues, nor what few records the correction was about, whatever is known of it."""
    other = quarter.changed(some) if correction == Corrected.CHANGED else quarter.without(some)
    before, after = (other, quarter) if correction == Corrected.ADDED else (quarter, other)
    issues = [(after if issue else before, first, last, issue) for first, last, issue in EDITIONS[order]]
    done, attacker = publish_issues(issues, Attacker(correction))
    assert_nobody_is_found(done, attacker)


def test_without_regard_to_the_first_report_the_second_gives_somebody_away() -> None:
    """The attacker is no straw man: reports that are each safe alone are opened by it together."""
    opened = 0
    for seed in range(12):
        quarter = Quarter.invented(seed, talks=90, jobs=30, persons=40)
        counted = [(last, quarter.counted(START, last)) for last in (HALF, YEAR_END)]
        done = [
            Release(START, last, numbers, what_to_show(Release(START, last, numbers), []))
            for last, numbers in counted
        ]
        attacker = Attacker()
        for release in done:
            said = {what: n if what in (release.shown or ()) else None for what, n in release.numbers.items()}
            attacker.read(release.first, release.last, said)
        opened += any(attacker.finds(*secret) for secret in small_ones(done))
    assert opened > 3


def test_what_is_large_is_shown() -> None:
    """Hiding everything would be safe as well: of large numbers nothing is hidden that needs not be."""
    quarter = Quarter.invented(7, talks=4000, jobs=1500, persons=900)
    done, _attacker = publish(quarter, (START, HALF), (START, YEAR_END))
    for release in done:
        hidden = release.numbers.keys() - (release.shown or frozenset())
        assert len(hidden) <= 2 * sum(is_small(number) for number in release.numbers.values())
        assert ("figure", "contacts") in (release.shown or frozenset())


@pytest.mark.parametrize(
    ("other", "crosses"),
    [
        ((dt.date(2007, 7, 1), dt.date(2007, 9, 30)), False), ((dt.date(2007, 8, 1), dt.date(2007, 8, 31)), False),
        ((dt.date(2007, 1, 1), dt.date(2008, 12, 31)), False), ((dt.date(2007, 10, 1), dt.date(2007, 12, 31)), False),
        ((dt.date(2007, 9, 30), dt.date(2007, 12, 31)), True), ((dt.date(2007, 6, 1), dt.date(2007, 7, 1)), True),
    ],
)  # fmt: skip
def test_periods_lie_apart_or_within_each_other(other: tuple[dt.date, dt.date], crosses: bool) -> None:
    one = Release(dt.date(2007, 7, 1), dt.date(2007, 9, 30), {})
    assert crossing(one, Release(*other, {})) is crosses
    assert crossing(Release(*other, {}), one) is crosses


# --- The arithmetic -----------------------------------------------------------------------------------------
def test_the_ends_of_a_hidden_pair_are_those_of_its_sum() -> None:
    worlds = Worlds([({"a": 1, "b": 1}, 7), ({"b": 1, "c": 1}, 3)])
    ends = {key: [worlds.extreme({key: 1}, upwards=up, far=5)[key] for up in (False, True)] for key in "abc"}
    assert ends == {"a": [4, 7], "b": [0, 3], "c": [0, 3]}


def test_what_has_no_end_goes_far() -> None:
    worlds = Worlds([({"total": 1, "part": -1, "rest": -1}, 0)])
    world = worlds.extreme({"part": 1}, upwards=True, far=9)
    assert world["part"] >= 9
    assert world["total"] == world["part"] + world["rest"]


def test_equations_that_say_the_same_twice_or_contradict() -> None:
    assert Worlds([({"a": 1}, 4), ({"a": 2}, 8)]).extreme({"a": 1}, upwards=True, far=5) == {"a": 4}
    with pytest.raises(NoWorldError):
        Worlds([({"a": 1}, 4), ({"a": 1}, 5)])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    world=st.lists(st.integers(0, 9), min_size=2, max_size=5),
    rows=st.lists(st.lists(st.integers(-1, 1), min_size=5, max_size=5), min_size=1, max_size=4),
    asked=st.lists(st.integers(-1, 1), min_size=5, max_size=5),
)
def test_our_ends_are_those_of_a_library(world: list[int], rows: list[list[int]], asked: list[int]) -> None:
    width = len(world)
    equations = [
        ({n: row[n] for n in range(width)}, sum(row[n] * world[n] for n in range(width))) for row in rows
    ]
    worlds = Worlds([*equations, ({**dict.fromkeys(range(width), 1), "slack": 1}, 60)])
    for upwards in (True, False):
        ours = worlds.extreme({n: asked[n] for n in range(width)}, upwards=upwards, far=5)
        found = linprog(
            [(-1 if upwards else 1) * asked[n] for n in range(width)], A_ub=[[1] * width], b_ub=[60],
            A_eq=[row[:width] for row in rows], b_eq=[right for _left, right in equations],
        )  # fmt: skip
        theirs = (-1 if upwards else 1) * found.fun
        assert float(sum(asked[n] * ours[n] for n in range(width))) == pytest.approx(theirs, abs=1e-6)
        for left, right in equations:
            assert sum(number * ours[key] for key, number in left.items()) == right


def test_a_number_that_was_given_away_before_cannot_be_hidden_again() -> None:
    sums = Sums(numbers={"a": 2, "b": 9}, known={"a", "b"})
    sums.keep_secret({"a": 1})
    with pytest.raises(CannotProtectError):
        protect(sums, may_hide=[], cost=lambda key: (key,))
    with pytest.raises(ValueError, match="add up"):
        sums.add_equation({"a": 1, "b": -1})
