"""The file for science: what is left out of it, and how coarse place and branch become."""

import json
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from businesses.models import Unit, Wave
from businesses.services import record_interview
from businesses.survey_data.rows import Table, read_table
from businesses.survey_data.science import FEWEST, OTHER, OTHER_KINDS, TooFewInterviewsError, grouping_of
from iqquadrat.accounts.models import User
from tests.businesses.factories import (
    UnitFactory,
)


def _table(*waves: Wave, scope: str) -> Table:
    with translation.override("de"):
        return read_table(waves, scope=scope, language="de")


# --- for science ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_for_science_nothing_is_said_that_leads_to_the_owner(
    unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    _interviews(unit, surveyor, core, 3)
    with _table(unit.wave, scope="science") as table:
        names = {v.name for v in table.variables}
        rows = [dict(zip([v.name for v in table.variables], row, strict=True)) for row in table.rows]
    assert not names & {
        "v05_goods",
        "v27_occupations",
        "v06_country",
        "v06_consent",
        "v13_family",
        "wz_code",
        "language",
        "surveyor",
    }
    assert names >= {"v05_goods_st", "v07_languages__vi", "v20_now"}
    assert [row["row_id"] for row in rows] == sorted(row["row_id"] for row in rows)
    assert "Suppen" not in json.dumps(rows)


@pytest.mark.django_db
def test_two_interviews_are_too_few_for_science(unit: Unit, surveyor: User, core: dict[str, Any]) -> None:
    _interviews(unit, surveyor, core, 2)
    with pytest.raises(TooFewInterviewsError):
        _table(unit.wave, scope="science")


def _interviews(unit: Unit, surveyor: User, core: dict[str, Any], number: int) -> None:
    now = timezone.now()
    street = unit.business.premises.street
    units = [
        unit,
        *(UnitFactory(wave=unit.wave, business__premises__street=street) for _n in range(number - 1)),
    ]
    for one in units:
        record_interview(unit=one, answers=core, by=surveyor, started_at=now, completed_at=now)


_PLACES = st.lists(
    st.tuples(st.integers(1, 2), st.sampled_from(["", "a", "b", "c"]), st.integers(1, 4)),
    min_size=1,
    max_size=40,
)


@given(_PLACES)
def test_no_combination_is_rare_in_any_wave(places: list[tuple[int, str, int]]) -> None:
    waves = Counter(wave for wave, _section, _kind in places)
    try:
        grouping = grouping_of(places)
    except TooFewInterviewsError:
        assert min(waves.values()) < FEWEST
        return
    shown = Counter(
        (wave, grouping.section(section), grouping.kind(section, kind)) for wave, section, kind in places
    )
    assert min(shown.values()) >= FEWEST


def test_grouping_by_hand() -> None:
    """a: 3 food, 1 craft, 2 beauty: craft and beauty become others. b: 2 in all: other sections, with c, which has 1."""
    places = [(1, "a", 1)] * 3 + [(1, "a", 2)] + [(1, "a", 3)] * 2 + [(1, "b", 1)] * 2 + [(1, "c", 1)]
    grouping = grouping_of(places)
    assert (grouping.section("a"), grouping.section("b"), grouping.section("c")) == ("a", OTHER, OTHER)
    assert (grouping.kind("a", 1), grouping.kind("a", 2), grouping.kind("a", 3)) == (
        1,
        OTHER_KINDS,
        OTHER_KINDS,
    )
    assert grouping.kind("b", 1) == grouping.kind("c", 1) == 1
