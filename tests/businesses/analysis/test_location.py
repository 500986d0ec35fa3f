"""The street beside its city, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.analysis.errors import DifferentVersionsError, ImpossibleFiguresError
from businesses.analysis.location import BranchCounts, density, location_quotient, vacancy_rate

STREET = BranchCounts("WZ 2008", {"56.1": 20, "96.0": 5, "47.1": 4, "95.2": 6, "47.7": 15})  # 50
CITY = BranchCounts("WZ 2008", {"56.1": 1000, "96.0": 500, "47.1": 500, "47.7": 8000})  # 10 000


@pytest.mark.parametrize(
    ("branch", "quotient"),
    [
        ("56.1", 4.0),  # (20/50) / (1000/10000) = .4 / .1
        ("96.0", 2.0),  # (5/50) / (500/10000) = .1 / .05
        ("47.7", 0.375),  # (15/50) / (8000/10000) = .3 / .8
        ("47.1", None),  # four units: too few
        ("95.2", None),  # none in the city
        ("01.1", None),  # none here
    ],
)
def test_quotients_by_hand(branch: str, quotient: float | None) -> None:
    assert location_quotient(branch, street=STREET, city=CITY) == quotient


def test_two_versions_are_not_compared() -> None:
    with pytest.raises(DifferentVersionsError) as caught:
        location_quotient("56.1", street=STREET, city=BranchCounts("WZ 2025", CITY.counts))
    assert (caught.value.ours, caught.value.theirs) == ("WZ 2008", "WZ 2025")
    with pytest.raises(ImpossibleFiguresError):
        location_quotient("56.1", street=STREET, city=BranchCounts("WZ 2008", {"56.1": -1}))


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(5, 99), min_size=1), st.integers(1, 7))
def test_a_street_like_its_city(counts: dict[str, int], scale: int) -> None:
    city = BranchCounts("WZ 2008", {code: count * scale for code, count in counts.items()})
    for code in counts:
        assert location_quotient(code, street=BranchCounts("WZ 2008", counts), city=city) == 1


def test_density_and_vacancy_by_hand() -> None:
    assert density(90, frontage_metres=1200) == 7.5
    assert density(0, frontage_metres=10) == 0
    assert vacancy_rate(vacant=6, occupied=34) == 0.15
    assert vacancy_rate(vacant=0, occupied=0) is None
    for length in (0, -5, float("nan")):
        with pytest.raises(ImpossibleFiguresError):
            density(3, frontage_metres=length)
    with pytest.raises(ImpossibleFiguresError):
        vacancy_rate(vacant=-1, occupied=3)
