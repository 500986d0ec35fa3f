"""Versions side by side: which answers compare, and what became of the questions."""

from dataclasses import replace
from typing import Any

import pytest

from iqquadrat.questionnaires.comparing import comparable, difference
from iqquadrat.questionnaires.models import Choice, ChoiceList, Item
from iqquadrat.questionnaires.specification import ItemSpecification, ListSpecification, Specification
from tests.questionnaires.factories import both, small_specification, small_version

pytestmark = pytest.mark.django_db


def _with(key: str, **changes: Any) -> Specification:
    specification = small_specification()
    sections = tuple(
        replace(section, items=tuple(replace(item, **changes) if item.key == key else item for item in section.items))
        for section in specification.sections
    )  # fmt: skip
    return replace(specification, sections=sections)


def _with_list(name: str, change: Any) -> Specification:
    specification = small_specification()
    lists = tuple(
        ListSpecification(name=name, choices=change(found.choices)) if found.name == name else found
        for found in specification.lists
    )
    return replace(specification, lists=lists)


def _item(specification: Specification, key: str) -> Item:
    stored = small_version(**{name: getattr(specification, name) for name in ("sections", "lists")})
    return stored.items_by_key[key]


@pytest.mark.parametrize(
    ("other", "key", "expected"),
    [
        (_with("ever", label=both("Arbeiten Sie?"), level="B1", condition=""), "ever", True),
        (_with("years", type="year", min_value=None, max_value=None), "years", False),
        (_with("years", max_value=80), "years", True),
        (_with("ever", type="multiple", evidence=False), "ever", False),
        (_with("ever", choice_list="tasks"), "ever", False),
        (_with_list("fields", lambda choices: choices[::-1]), "field", True),
        (_with_list("fields", lambda choices: choices[:1]), "field", False),
        (_with_list("fields", lambda choices: (choices[0], replace(choices[1], score=3))), "field", False),
        (_with_list("fields", lambda choices: (choices[0], replace(choices[1], key="yard"))), "field", False),
        (_with_list("fields", lambda choices: (replace(choices[0], text=both("Herd")), choices[1])), "field", True),
    ],
)  # fmt: skip
def test_answers_compare_by_type_keys_and_scores(other: Specification, key: str, expected: bool) -> None:
    old = small_version().items_by_key[key]
    new = _item(other, key)
    assert old.version_id != new.version_id
    assert comparable(old, new) is expected
    assert comparable(new, old) is expected


def test_items_compare_without_a_version_in_memory() -> None:
    version = small_version()
    item = Item.objects.get(version=version, key="field")
    assert comparable(item, version.items_by_key["field"])
    assert Choice.objects.filter(choice_list__in=ChoiceList.objects.filter(version=version)).exists()


def test_the_same_is_no_difference() -> None:
    assert difference(small_specification(), small_specification()).is_nothing
    assert difference(small_specification(), _with("wish", note="Something else")).is_nothing


def test_wording_and_structure_are_told_apart() -> None:
    found = difference(small_specification(), _with("ever", label=both("Arbeiten Sie?")))
    assert (found.wording, found.structure, found.is_nothing) == (("ever",), (), False)
    found = difference(small_specification(), _with("years", max_value=80))
    assert (found.wording, found.structure) == ((), ("years",))
    found = difference(small_specification(), _with("ever", label={"de": "Haben Sie Arbeit?", "ar": "x"}))
    assert found.is_nothing, "a translation is no wording"
    rescored = _with_list("fields", lambda choices: (replace(choices[0], score=1), choices[1]))
    assert difference(small_specification(), rescored).structure == ("field",)


def test_added_removed_and_moved() -> None:
    old = small_specification()
    work, rest = old.sections
    asked = ItemSpecification(key="name", type="text", label=both("Wie heißen Sie?"))
    new = replace(old, sections=(replace(work, items=(*work.items[1:], asked)), rest))
    found = difference(old, new)
    assert (found.added, found.removed, found.moved) == (("name",), ("ever",), False)
    turned = replace(old, sections=(replace(work, items=work.items[::-1]), rest))
    assert difference(old, turned).moved
    other_part = replace(old, sections=(replace(work, items=work.items[:-1]), replace(rest, items=(work.items[-1], *rest.items))))  # fmt: skip
    assert difference(old, other_part).moved, "the same order, but in another section"
