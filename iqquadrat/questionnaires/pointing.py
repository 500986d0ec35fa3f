"""What points at a question, an answer or a list: conditions, answers that depend on it, right answers. Pure.

What something points at cannot be taken away; the page says what points, with a way there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from iqquadrat.questionnaires.arranging import section_named
from iqquadrat.questionnaires.arranging_lists import users_of
from iqquadrat.questionnaires.conditions import ConditionError, mentions
from iqquadrat.questionnaires.specification import GERMAN, ItemSpecification, Specification


@dataclass(frozen=True)
class Pointer:
    """One thing that points: ``place`` as in ``checking.Fault``, ``label`` of the question it belongs to, ``words`` how it points."""

    place: str
    label: str
    words: str


def at_item(specification: Specification, key: str) -> list[Pointer]:
    """Return what points at a question."""
    return list(_at_items(specification, {key}))


def at_section(specification: Specification, key: str) -> list[Pointer]:
    """Return what points from elsewhere at a question of a section."""
    return list(_at_items(specification, {item.key for item in section_named(specification, key).items}))


def at_list(specification: Specification, name: str) -> list[Pointer]:
    """Return the questions that are answered from a list."""
    return [
        Pointer(f"item.{item.key}", label_of(item), _("is answered from it"))
        for item in users_of(specification, name)
    ]


def at_choice(specification: Specification, name: str, key: str) -> list[Pointer]:
    """Return what points at an answer: conditions, right answers of reading probes, answers shown for it."""
    users = {item.key for item in users_of(specification, name)}
    return [
        *_conditions(specification, users, key),
        *(
            Pointer(f"item.{item.key}", label_of(item), _("has it as the right answer"))
            for item in users_of(specification, name)
            if item.correct == key
        ),
        *_shown_for(specification, users, key),
    ]


def at_answers(
    specification: Specification, item: ItemSpecification, *, without: Collection[str] | None
) -> list[Pointer]:
    """Return what asks for an answer of a question that another list would not have.

    ``without`` holds the keys of the answers it would have; None: no list at all, so that everything that names an answer of it counts.
    """
    kept = frozenset(without or ())
    return [
        Pointer(f"item.{other.key}.condition", label_of(other), _("asks for it in its condition"))
        for other in specification.items()
        if other.key != item.key and _named(other, item.key) - kept - {""}
    ]


def label_of(item: ItemSpecification) -> str:
    """Return the German of a question, or its key where there is none."""
    return item.label.get(GERMAN, "") or item.key


def _at_items(specification: Specification, keys: Collection[str]) -> Iterator[Pointer]:
    for item in specification.items():
        if item.key in keys:
            continue
        if _mentioned(item) & set(keys):
            yield Pointer(f"item.{item.key}.condition", label_of(item), _("asks for it in its condition"))
        if item.choice_filter in keys:
            yield Pointer(
                f"item.{item.key}.choice_filter", label_of(item), _("shows its answers depending on it")
            )


def _mentioned(item: ItemSpecification) -> set[str]:
    try:
        return set(mentions(item.condition))
    except ConditionError:
        return set()


def _named(item: ItemSpecification, key: str) -> set[str]:
    try:
        return set(mentions(item.condition).get(key, ()))
    except ConditionError:
        return set()


def _conditions(specification: Specification, users: Collection[str], choice: str) -> Iterator[Pointer]:
    for item in specification.items():
        if any(choice in _named(item, user) for user in users):
            yield Pointer(f"item.{item.key}.condition", label_of(item), _("asks for it in its condition"))


def _shown_for(specification: Specification, users: Collection[str], choice: str) -> Iterator[Pointer]:
    """Answers of other lists that are shown for this answer only."""
    dependent = {item.choice_list for item in specification.items() if item.choice_filter in users}
    for choice_list in specification.lists:
        for answer in choice_list.choices if choice_list.name in dependent else ():
            if answer.filter_value == choice:
                yield Pointer(
                    f"choice.{choice_list.name}.{answer.key}",
                    answer.text.get(GERMAN, "") or answer.key,
                    _("is shown for it only"),
                )
