"""Changes to a questionnaire as plain data: each takes a specification and returns the changed one. Nothing is stored here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from iqquadrat.questionnaires.specification import (
    GERMAN,
    ItemSpecification,
    SectionSpecification,
    Specification,
    Texts,
    source_hash,
)

Part = TypeVar("Part", SectionSpecification, ItemSpecification)


class UnknownPartError(LookupError):
    """There is no such section or question."""


def move_section(specification: Specification, key: str, *, up: bool) -> Specification:
    """Move a section one place; at the end of the way it stays. Raises ``UnknownPartError``."""
    return replace(specification, sections=_moved(specification.sections, key, up))


def move_item(specification: Specification, key: str, *, up: bool) -> Specification:
    """Move a question one place within its section; at the end of the way it stays. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    return _with_section(specification, replace(home, items=_moved(home.items, key, up)))


def put_item(specification: Specification, key: str, *, section: str) -> Specification:
    """Put a question at the end of another section; in its own one it stays where it is. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    goal = next((found for found in specification.sections if found.key == section), None)
    if goal is None:
        raise UnknownPartError(section)
    if goal.key == home.key:
        return specification
    item = next(item for item in home.items if item.key == key)
    left = _with_section(
        specification, replace(home, items=tuple(other for other in home.items if other.key != key))
    )
    return _with_section(left, replace(goal, items=(*goal.items, item)))


def change_item(
    specification: Specification, key: str, *, label: str, hint: str, **facts: Any
) -> Specification:
    """Give a question another German and other facts; its translations stay. Raises ``UnknownPartError``."""
    home = section_of(specification, key)
    items = tuple(
        replace(item, label=_german(item.label, label), hint=_german(item.hint, hint), **facts)
        if item.key == key
        else item
        for item in home.items
    )
    return _with_section(specification, replace(home, items=items))


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
    item = item_of(specification, key)
    said = replace(item, label={GERMAN: item.label.get(GERMAN, "")}, hint={GERMAN: item.hint.get(GERMAN, "")})
    return source_hash(repr(said))


def _german(texts: Texts, german: str) -> Texts:
    """A text that is no more in German is no more in any language."""
    return {**texts, GERMAN: german} if german else {}


def _moved(parts: Sequence[Part], key: str, up: bool) -> tuple[Part, ...]:
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
