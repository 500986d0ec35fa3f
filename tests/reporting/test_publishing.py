"""Nobody who adds and subtracts finds a small number: not in one report, not in two, not with a solver."""

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqquadrat.core.small_counts import THRESHOLD, is_small
from iqquadrat.reporting.publishing.bounds import NoWorldError, Worlds
from iqquadrat.reporting.publishing.cells import Release, crossing, what_to_show
from iqquadrat.reporting.publishing.protecting import CannotProtectError, Sums, protect
from tests.reporting.attackers import START, Attacker, Quarter, What

HALF, YEAR_END = dt.date(2007, 9, 30), dt.date(2007, 12, 31)


def publish(
    quarter: Quarter, *periods: tuple[dt.date, dt.date], corrected: Quarter | None = None
) -> tuple[list[Release], Attacker]:
    """Publish one report after the other, each with regard to those before; return them with an attacker who has read all."""
    done: list[Release] = []
    attacker = Attacker()
    for number, (first, last) in enumerate(periods):
        counted = (corrected if corrected and number else quarter).counted(first, last)
        shown = what_to_show(Release(first, last, counted), done)
        done.append(Release(first, last, counted, shown))
        attacker.read(
            first, last, {what: value if what in shown else None for what, value in counted.items()}
        )
    return done, attacker


def small_ones(done: list[Release]) -> list[tuple[tuple[int, What, int], ...]]:
    """Return every small number of the reports, and everything small that lies between two of the same."""
    found: list[tuple[tuple[int, What, int], ...]] = [
        ((place, what, 1),)
        for place, release in enumerate(done)
        for what, number in release.numbers.items()
        if is_small(number)
    ]
    for (a, one), (b, other) in combinations(enumerate(done), 2):
        found += [
            ((b, what, 1), (a, what, -1))
            for what in one.numbers.keys() & other.numbers.keys()
            if what[0] != "month" and is_small(abs(other.numbers[what] - one.numbers[what]))
        ]
    return found


def assert_nobody_is_found(done: list[Release], attacker: Attacker) -> None:
    for secret in small_ones(done):
        assert attacker.span(*secret) >= THRESHOLD, secret


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
