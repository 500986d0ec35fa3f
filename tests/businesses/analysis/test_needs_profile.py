"""Needs and linkage, by hand."""

import pytest

from businesses.analysis.errors import ImpossibleFiguresError
from businesses.analysis.needs_profile import TopicNeed, association_interest, linkage, need_profile
from businesses.analysis.shares import Share


def test_the_most_urgent_topic_comes_first() -> None:
    profile = need_profile(
        {
            "law": ["none", "some", None, "none"],  # 0/3 urgent, 1/3 any
            "german": ["urgent", "urgent", "some", "none"],  # 2/4, 3/4
            "tax": ["urgent", None, None, "none"],  # 1/2, 1/2
            "staff": [None, None, None, None],
            "finance": ["some", "some", "none", "none"],  # 0/4, 2/4
        }
    )
    assert [need.topic for need in profile] == ["german", "tax", "finance", "law", "staff"]
    assert profile[0] == TopicNeed("german", none=1, some=1, urgent=2, missing=0)
    assert [(need.n, need.urgent_share, need.any_share) for need in profile] == [
        (4, 0.5, 0.75),
        (2, 0.5, 0.5),
        (4, 0, 0.5),
        (3, 0, 1 / 3),
        (0, None, None),
    ]


def test_suppliers_and_interest() -> None:
    assert linkage([{"street", "city"}, ["city"], [], None, {"none"}]) == Share(yes=1, no=2, missing=2)
    assert association_interest(["very", "quite", "little", "none", None]) == Share(yes=2, no=2, missing=1)


def test_an_unknown_answer_is_refused() -> None:
    with pytest.raises(ImpossibleFiguresError):
        need_profile({"tax": ["maybe"]})
    with pytest.raises(ImpossibleFiguresError):
        association_interest(["maybe"])
