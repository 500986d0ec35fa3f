"""The figures of vacancies, of what became of placements and of the ESF+ table keep their small numbers in public reports."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqquadrat.reporting.catalogue import breakdowns, figures
from iqquadrat.reporting.publishing import links
from iqquadrat.reporting.publishing.cells import Release, System, what_to_show
from tests.reporting.attackers import START
from tests.reporting.attackers_house import House, HouseAttacker, complements
from tests.reporting.test_publishing import YEAR_END, assert_nobody_is_found

SEARCH = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
HOUSES = st.builds(
    lambda seed, each: House.invented(seed, each=each), st.integers(0, 10**6), st.integers(1, 80)
)


def published(house: House, *ends: dt.date) -> tuple[list[Release], HouseAttacker]:
    done: list[Release] = []
    attacker = HouseAttacker()
    for end in ends:
        counted = house.counted(START, end)
        shown = what_to_show(Release(START, end, counted), done)
        done.append(Release(START, end, counted, shown))
        attacker.read(START, end, {what: n if what in shown else None for what, n in counted.items()})
    return done, attacker


@SEARCH
@given(house=HOUSES, end=st.dates(START, dt.date(2007, 12, 30)))
def test_no_small_number_of_these_figures_is_found_by_a_solver(house: House, end: dt.date) -> None:
    done, attacker = published(house, end, YEAR_END)
    assert_nobody_is_found(done, attacker)
    for place, release in enumerate(done):
        for terms in complements(release):
            assert not attacker.finds(*((place, what, sign) for what, sign in terms)), terms


def test_reports_that_are_safe_alone_are_opened_together() -> None:
    """The definitions are no straw either: with them the attacker opens reports that know nothing of each other."""
    opened = 0
    for seed in range(10):
        house, attacker, done = House.invented(seed, each=60), HouseAttacker(), []
        for end in (dt.date(2007, 9, 30), YEAR_END):
            numbers = house.counted(START, end)
            shown = what_to_show(Release(START, end, numbers), [])
            done.append(Release(START, end, numbers, shown))
            attacker.read(START, end, {what: n if what in shown else None for what, n in numbers.items()})
        try:
            assert_nobody_is_found(done, attacker)
        except AssertionError:
            opened += 1
    assert opened > 3


def test_what_stood_in_the_register_at_the_end_of_a_quarter_still_does_at_the_end_of_the_next() -> None:
    """Quarters lie apart, the register does not: a hidden branch of the first is at most what the second shows of it."""
    row = ("row", "branches")
    first = {
        ("figure", "businesses_registered"): 30,
        (*row, "food"): 2,
        (*row, "hair"): 8,
        (*row, "cloth"): 20,
    }
    second = {
        ("figure", "businesses_registered"): 33,
        (*row, "food"): 5,
        (*row, "hair"): 8,
        (*row, "cloth"): 20,
    }
    quarters = [(START, dt.date(2007, 9, 30)), (dt.date(2007, 10, 1), YEAR_END)]
    before = Release(*quarters[0], first, what_to_show(Release(*quarters[0], first), []))
    after = Release(*quarters[1], second, what_to_show(Release(*quarters[1], second), [before]))
    system = System([before, after])
    food, hair = (system.key(0, (*row, name)) for name in ("food", "hair"))
    assert {food, hair} & system.sums.known == set()
    assert all(system.sums.is_safe({key: 1}) for key in (food,))
    assert ("figure", "businesses_registered") not in (after.shown or frozenset())


def test_every_figure_and_table_is_declared_or_says_why_it_never_is() -> None:
    codes = {one.code for one in figures()}
    assert codes == links.FIGURES | links.NEVER.keys()
    assert not links.FIGURES & links.NEVER.keys()
    assert {one.code for one in breakdowns()} == links.TABLES
