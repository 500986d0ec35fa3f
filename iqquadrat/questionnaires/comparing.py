"""Two versions of a questionnaire side by side, by the keys of their questions. Pure: nothing is read or stored here.

An answer of an older version is set beside one of a newer version only where ``comparable`` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from iqquadrat.questionnaires.models import Item
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    Specification,
    Texts,
)


def comparable(old: Item, new: Item) -> bool:
    """Return whether answers to two questions may be set side by side: same type, same answers by key, same scores.

    Neither the wording nor the order of the answers counts. Both items come with their lists in memory
    (``Version.objects.with_content``), otherwise each costs a query.
    """
    return old.type == new.type and _scores(old) == _scores(new)


def _scores(item: Item) -> dict[str, int | None]:
    return {choice.key: choice.score for choice in item.all_choices}


@dataclass(frozen=True)
class Difference:
    """What became of the questions between two versions, as keys in the order in which they are asked.

    A question whose German and structure both changed stands in ``wording`` and in ``structure``. Moving alone is no difference of a
    question; ``moved`` says whether the common ones stand in another order or in another section.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    wording: tuple[str, ...]
    structure: tuple[str, ...]
    moved: bool

    @property
    def is_nothing(self) -> bool:
        """Whether both versions have the same questions, in the same order and with the same German."""
        return not (self.added or self.removed or self.wording or self.structure or self.moved)


def difference(old: Specification, new: Specification) -> Difference:
    """Return what changed from ``old`` to ``new`` by the keys of the questions."""
    before = {item.key: item for item in old.items()}
    after = {item.key: item for item in new.items()}
    both = [key for key in after if key in before]
    return Difference(
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        wording=tuple(key for key in both if _wording(old, before[key]) != _wording(new, after[key])),
        structure=tuple(key for key in both if _structure(old, before[key]) != _structure(new, after[key])),
        moved=_order(old, after) != _order(new, before),
    )


def _german(texts: Texts) -> str:
    return texts.get(GERMAN, "")


def _wording(specification: Specification, item: ItemSpecification) -> tuple[object, ...]:
    answers = {choice.key: _german(choice.text) for choice in _choices(specification, item)}
    return _german(item.label), _german(item.hint), item.stimulus, answers


_STRUCTURE = (
    "type", "level", "dimension", "evidence", "probe", "choice_filter", "condition", "appearance", "min_value", "max_value", "correct",
    "required_core", "extra",
)  # fmt: skip


def _structure(specification: Specification, item: ItemSpecification) -> tuple[object, ...]:
    answers = [
        (choice.key, choice.score, choice.icon, choice.filter_value, choice.fixed, choice.exclusive, dict(choice.extra))
        for choice in _choices(specification, item)
    ]  # fmt: skip
    return *(getattr(item, name) for name in _STRUCTURE), answers


def _choices(specification: Specification, item: ItemSpecification) -> tuple[ChoiceSpecification, ...]:
    return next((found.choices for found in specification.lists if found.name == item.choice_list), ())


def _order(specification: Specification, common: Mapping[str, ItemSpecification]) -> list[tuple[str, str]]:
    return [
        (section.key, item.key)
        for section in specification.sections
        for item in section.items
        if item.key in common
    ]
