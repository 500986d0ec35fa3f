"""Which questions are asked, in which order, and how far somebody is."""

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.models import Version
from tests.questionnaires.factories import small_version

pytestmark = pytest.mark.django_db
ALWAYS = ["years", "since", "from_day", "wish", "probe"]


@pytest.fixture
def version() -> Version:
    return small_version()


def _keys(version: Version, values: dict[str, Any]) -> list[str]:
    return [item.key for item in flow.applicable_items(version, values)]


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, ["ever"]),
        ({"ever": "yes"}, ["ever", "field"]),
        ({"ever": "yes", "field": "garden"}, ["ever", "field", "tasks"]),
        # The field is kept but hidden: what depends on it is hidden too.
        ({"ever": "no", "field": "garden"}, ["ever"]),
        # An answer that is not on the list does not count.
        ({"ever": "yes", "field": "moon"}, ["ever", "field"]),
    ],
)
def test_asked(version: Version, values: dict[str, Any], asked: list[str]) -> None:
    assert _keys(version, values) == asked + ALWAYS


def test_kept_answers_count_only_while_asked_and_offered(version: Version) -> None:
    values = {"ever": "yes", "field": "garden", "tasks": ["cook", "plant"], "years": 3}
    assert flow.counted_values(version, values) == {**values, "tasks": ["plant"]}
    assert flow.counted_values(version, {**values, "ever": "no"}) == {"ever": "no", "years": 3}
    assert (
        flow.counted_values(version, {**values, "field": "kitchen", "tasks": ["plant"]}).get("tasks") is None
    )


def test_forth_and_back(version: Version) -> None:
    values = {"ever": "no"}
    assert flow.next_item(version, values, None).key == "ever"
    assert flow.next_item(version, values, "ever").key == "years"
    assert flow.previous_item(version, values, "years").key == "ever"
    assert flow.previous_item(version, values, "ever") is None
    assert flow.next_item(version, values, "probe") is None


def test_progress(version: Version) -> None:
    here = flow.progress(version, {"ever": "yes"}, "years")
    assert (here.section.key, here.part, here.parts, here.question, here.questions) == ("work", 1, 2, 3, 3)
    assert (here.done_of_all, here.all_questions) == (2, 7)
    assert flow.progress(version, {}, "wish").part == 2


def test_content_in_memory_needs_no_query(version: Version, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        flow.applicable_items(version, {"ever": "yes", "field": "garden", "tasks": ["plant"]})
        flow.progress(version, {}, "wish")


_VALUES = st.fixed_dictionaries({}, optional={
    "ever": st.sampled_from(["yes", "no", "?"]), "field": st.sampled_from(["kitchen", "garden", "?"]),
    "tasks": st.lists(st.sampled_from(["cook", "bake", "plant", "none", "?"])), "years": st.integers(0, 70),
})  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(values=_VALUES)
def test_walking_forth_meets_every_asked_question_and_back_returns(
    version: Version, values: dict[str, Any]
) -> None:
    asked, walked, item = _keys(version, values), [], flow.next_item(version, values, None)
    while item is not None:
        walked.append(item.key)
        item = flow.next_item(version, values, item.key)
    assert walked == asked
    for before, after in itertools.pairwise(walked):
        assert flow.previous_item(version, values, after).key == before
    counted = flow.counted_values(version, values)
    assert set(counted) <= set(asked)
    # What counts decides alone: taking the rest away changes nothing.
    assert _keys(version, counted) == asked
    assert flow.counted_values(version, counted) == counted
