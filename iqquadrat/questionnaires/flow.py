"""Which questions are asked under the answers so far, and in which order. Pure: reads a version that is in memory.

An answer counts only while its question is asked and, for lists, while the answer is offered: what becomes hidden later is kept in
the database but counts as never given, also for the questions that depend on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iqquadrat.questionnaires.conditions import Value, Values, evaluate
from iqquadrat.questionnaires.models import Choice, Item, Section, Version


@dataclass(frozen=True)
class Progress:
    """How far somebody is: "Teil 3 von 9", question 2 of the 11 asked in it. All counts from 1."""

    section: Section
    part: int
    parts: int
    question: int
    questions: int
    done_of_all: int
    all_questions: int


def applicable_items(version: Version, values: Values) -> list[Item]:
    """Return the questions that are asked under these answers, in order."""
    return _walk(version, values)[0]


def counted_values(version: Version, values: Values) -> dict[str, Value]:
    """Return the answers that count: of questions that are asked, and of lists only what is offered."""
    return _walk(version, values)[1]


def choices_for(item: Item, values: Values) -> list[Choice]:
    """Return the answers offered for a question: all of its list, or those that fit the answer it depends on."""
    choices = item.all_choices
    if not item.choice_filter:
        return choices
    chosen = _as_list(values.get(item.choice_filter))
    return [choice for choice in choices if not choice.filter_value or choice.filter_value in chosen]


def next_item(version: Version, values: Values, key: str | None) -> Item | None:
    """Return the question after ``key`` (the first one for None), or None at the end."""
    after = -1 if key is None else version.items_by_key[key].position
    return next((item for item in applicable_items(version, values) if item.position > after), None)


def previous_item(version: Version, values: Values, key: str) -> Item | None:
    """Return the question before ``key``, or None at the beginning."""
    before = version.items_by_key[key].position
    earlier = [item for item in applicable_items(version, values) if item.position < before]
    return earlier[-1] if earlier else None


def progress(version: Version, values: Values, key: str) -> Progress:
    """Return how far somebody is who stands at ``key``. Parts without a question that is asked still count as parts."""
    item = version.items_by_key[key]
    asked = applicable_items(version, values)
    here = [other for other in asked if other.section_id == item.section_id]
    sections = version.ordered_sections
    part, section = next((n, found) for n, found in enumerate(sections, 1) if found.pk == item.section_id)
    return Progress(
        section=section,
        part=part,
        parts=len(sections),
        question=sum(other.position <= item.position for other in here),
        questions=len(here),
        done_of_all=sum(other.position < item.position for other in asked),
        all_questions=len(asked),
    )


def _walk(version: Version, values: Values) -> tuple[list[Item], dict[str, Value]]:
    asked: list[Item] = []
    counted: dict[str, Value] = {}
    for item in version.ordered_items:
        if not evaluate(item.condition, counted):
            continue
        asked.append(item)
        value = values.get(item.key)
        if value is not None and item.has_choices:
            value = _offered_only(item, value, counted)
        if value is not None:
            counted[item.key] = value
    return asked, counted


def _offered_only(item: Item, value: Value, counted: Mapping[str, Value]) -> Value:
    offered = {choice.key for choice in choices_for(item, counted)}
    kept = [key for key in _as_list(value) if key in offered]
    if not kept:
        return None
    return kept[0] if isinstance(value, str) else kept


def _as_list(value: Value) -> Sequence[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(part) for part in value] if isinstance(value, Sequence) else []
