"""Changes to a questionnaire as plain data: each takes a specification and returns the changed one. Nothing is stored here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    SectionSpecification,
    Specification,
    Texts,
    source_hash,
)

Part = TypeVar("Part", SectionSpecification, ItemSpecification, ChoiceSpecification)


class UnknownPartError(LookupError):
    """There is no such section, question, list or answer."""


def move_section(specification: Specification, key: str, *, up: bool) -> Specification:
    """Move a section one place; at the end of the way it stays. Raises ``UnknownPartError``."""
    return replace(specification, sections=moved(specification.sections, key, up))


def move_item(specification: Specification, key: str, *, up: bool) -> Specification:
    """Move a question one place within its section; at the end of the way it stays. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    return _with_section(specification, replace(home, items=moved(home.items, key, up)))


def put_item(specification: Specification, key: str, *, section: str) -> Specification:
    """Put a question at the end of another section; in its own one it stays where it is. Raises ``UnknownPartError``."""
    goal = section_named(specification, section)
    if goal.key == section_of(specification, key).key:
        return specification
    return place_item(specification, key, section=section, before="")


def place_item(specification: Specification, key: str, *, section: str, before: str) -> Specification:
    """Put a question before another one of a section, or at its end when ``before`` is empty. Raises ``UnknownPartError``."""
    item = item_of(specification, key)
    left = remove_item(specification, key)
    goal = section_named(left, section)
    if before == key:
        return specification
    return _with_section(left, replace(goal, items=placed(goal.items, item, before)))


def place_section(specification: Specification, key: str, *, before: str) -> Specification:
    """Put a section before another one, or at the end when ``before`` is empty. Raises ``UnknownPartError``."""
    section = section_named(specification, key)
    if before == key:
        return specification
    others = tuple(other for other in specification.sections if other.key != key)
    return replace(specification, sections=placed(others, section, before))


def add_section(specification: Specification, *, key: str, title: str) -> Specification:
    """Add a section at the end, without questions."""
    section = SectionSpecification(key=key, title={GERMAN: title}, items=())
    return replace(specification, sections=(*specification.sections, section))


def rename_section(specification: Specification, key: str, *, title: str) -> Specification:
    """Give a section another German title; its translations stay. Raises ``UnknownPartError``."""
    section = section_named(specification, key)
    return _with_section(specification, replace(section, title=german_of(section.title, title)))


def remove_section(specification: Specification, key: str) -> Specification:
    """Take a section away with its questions. Raises ``UnknownPartError``."""
    gone = section_named(specification, key)
    return replace(
        specification, sections=tuple(other for other in specification.sections if other is not gone)
    )


def change_title(specification: Specification, *, title: str, intro: str) -> Specification:
    """Give the questionnaire another German title and introduction; their translations stay."""
    return replace(
        specification,
        title=german_of(specification.title, title),
        intro=german_of(specification.intro, intro),
    )


def add_item(specification: Specification, *, section: str, item: ItemSpecification) -> Specification:
    """Add a question at the end of a section. Raises ``UnknownPartError``."""
    home = section_named(specification, section)
    return _with_section(specification, replace(home, items=(*home.items, item)))


def remove_item(specification: Specification, key: str) -> Specification:
    """Take a question away. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    items = tuple(other for other in home.items if other.key != key)
    return _with_section(specification, replace(home, items=items))


def change_item(
    specification: Specification, key: str, *, label: str, hint: str, **facts: Any
) -> Specification:
    """Give a question another German and other facts; its translations stay. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    items = tuple(
        replace(item, label=german_of(item.label, label), hint=german_of(item.hint, hint), **facts)
        if item.key == key
        else item
        for item in home.items
    )
    return _with_section(specification, replace(home, items=items))


def set_condition(specification: Specification, key: str, *, condition: str) -> Specification:
    """Let a question be asked under another condition. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    items = tuple(replace(item, condition=condition) if item.key == key else item for item in home.items)
    return _with_section(specification, replace(home, items=items))


def section_named(specification: Specification, key: str) -> SectionSpecification:
    """Return a section by its key. Raises ``UnknownPartError``."""
    for section in specification.sections:
        if section.key == key:
            return section
    raise UnknownPartError(key)


def section_of(specification: Specification, key: str) -> SectionSpecification:
    """Return the section of a question. Raises ``UnknownPartError``."""
    for section in specification.sections:
        if any(item.key == key for item in section.items):
            return section
    raise UnknownPartError(key)


def item_of(specification: Specification, key: str) -> ItemSpecification:
    """Return a question by its key. Raises ``UnknownPartError``."""
    return next(item for item in section_of(specification, key).items if item.key == key)


def mark_of_item(specification: Specification, key: str) -> str:
    """Return a short mark of a question's German and facts: another one as soon as any of them has changed."""
    return source_hash(repr(_said(item_of(specification, key))))


def mark_of_section(specification: Specification, key: str) -> str:
    """Return a short mark of a section's German title and of all its questions."""
    section = section_named(specification, key)
    return source_hash(repr((section.title.get(GERMAN), [_said(item) for item in section.items])))


def mark_of_section_title(specification: Specification, key: str) -> str:
    """Return a short mark of a section's German title."""
    return source_hash(section_named(specification, key).title.get(GERMAN, ""))


def mark_of_title(specification: Specification) -> str:
    """Return a short mark of the questionnaire's German title and introduction."""
    return source_hash(repr((specification.title.get(GERMAN), specification.intro.get(GERMAN))))


def mark_of_keys(specification: Specification, section: str = "") -> str:
    """Return a short mark of which sections there are, or which questions of a section: for whoever adds one."""
    parts = section_named(specification, section).items if section else specification.sections
    return source_hash(" ".join(part.key for part in parts))


def _said(item: ItemSpecification) -> ItemSpecification:
    return replace(item, label={GERMAN: item.label.get(GERMAN, "")}, hint={GERMAN: item.hint.get(GERMAN, "")})


def german_of(texts: Texts, german: str) -> Texts:
    """Return the texts with another German one. A text that is no more in German is no more in any language."""
    return {**texts, GERMAN: german} if german else {}


def placed(parts: Sequence[Part], part: Part, before: str) -> tuple[Part, ...]:
    """Return the parts with one more before another, or at the end. Raises ``UnknownPartError``."""
    goal = next((number for number, other in enumerate(parts) if other.key == before), len(parts))
    if before and goal == len(parts):
        raise UnknownPartError(before)
    found = list(parts)
    found.insert(goal, part)
    return tuple(found)


def moved(parts: Sequence[Part], key: str, up: bool) -> tuple[Part, ...]:
    """Return the parts with one of them a place further up or down. Raises ``UnknownPartError``."""
    place = next((number for number, part in enumerate(parts) if part.key == key), None)
    if place is None:
        raise UnknownPartError(key)
    goal = place - 1 if up else place + 1
    if not 0 <= goal < len(parts):
        return tuple(parts)
    turned = list(parts)
    turned[place], turned[goal] = turned[goal], turned[place]
    return tuple(turned)


def _with_section(specification: Specification, section: SectionSpecification) -> Specification:
    sections = tuple(section if found.key == section.key else found for found in specification.sections)
    return replace(specification, sections=sections)
