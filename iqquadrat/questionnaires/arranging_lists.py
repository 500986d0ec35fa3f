"""Changes to the lists of answers as plain data, like ``arranging``. Nothing is stored here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from iqquadrat.questionnaires.arranging import UnknownPartError, german_of, moved, placed
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    ListSpecification,
    Specification,
    source_hash,
)


def list_named(specification: Specification, name: str) -> ListSpecification:
    """Return a list by its name. Raises ``UnknownPartError``."""
    for choice_list in specification.lists:
        if choice_list.name == name:
            return choice_list
    raise UnknownPartError(name)


def choice_named(specification: Specification, name: str, key: str) -> ChoiceSpecification:
    """Return an answer of a list. Raises ``UnknownPartError``."""
    for choice in list_named(specification, name).choices:
        if choice.key == key:
            return choice
    raise UnknownPartError(key)


def users_of(specification: Specification, name: str) -> list[ItemSpecification]:
    """Return the questions that are answered from a list, in order."""
    return [item for item in specification.items() if item.choice_list == name]


def add_list(
    specification: Specification, *, name: str, answers: Sequence[ChoiceSpecification]
) -> Specification:
    """Add a list of answers."""
    made = ListSpecification(name=name, choices=tuple(answers))
    return replace(specification, lists=(*specification.lists, made))


def remove_list(specification: Specification, name: str) -> Specification:
    """Take a list away. Raises ``UnknownPartError``."""
    gone = list_named(specification, name)
    return replace(specification, lists=tuple(other for other in specification.lists if other is not gone))


def add_choice(specification: Specification, name: str, *, choice: ChoiceSpecification) -> Specification:
    """Add an answer at the end of a list. Raises ``UnknownPartError``."""
    home = list_named(specification, name)
    return _with_list(specification, replace(home, choices=(*home.choices, choice)))


def change_choice(
    specification: Specification, name: str, key: str, *, text: str, **facts: Any
) -> Specification:
    """Give an answer another German and other facts; its translations stay. Raises ``UnknownPartError``."""
    found = choice_named(specification, name, key)
    changed = replace(found, text=german_of(found.text, text), **facts)
    home = list_named(specification, name)
    return _with_list(
        specification,
        replace(home, choices=tuple(changed if one is found else one for one in home.choices)),
    )


def remove_choice(specification: Specification, name: str, key: str) -> Specification:
    """Take an answer from a list. Raises ``UnknownPartError``."""
    gone = choice_named(specification, name, key)
    home = list_named(specification, name)
    return _with_list(
        specification, replace(home, choices=tuple(one for one in home.choices if one is not gone))
    )


def move_choice(specification: Specification, name: str, key: str, *, up: bool) -> Specification:
    """Move an answer one place; at the end of the way it stays. Raises ``UnknownPartError``."""
    home = list_named(specification, name)
    return _with_list(specification, replace(home, choices=moved(home.choices, key, up)))


def place_choice(specification: Specification, name: str, key: str, *, before: str) -> Specification:
    """Put an answer before another one of its list, or at the end. Raises ``UnknownPartError``."""
    choice = choice_named(specification, name, key)
    if before == key:
        return specification
    home = list_named(remove_choice(specification, name, key), name)
    return _with_list(specification, replace(home, choices=placed(home.choices, choice, before)))


def mark_of_list(specification: Specification, name: str) -> str:
    """Return a short mark of a list's answers, their order and their German."""
    return source_hash(repr([_said(choice) for choice in list_named(specification, name).choices]))


def mark_of_lists(specification: Specification) -> str:
    """Return a short mark of which lists there are: for whoever adds one."""
    return source_hash(" ".join(choice_list.name for choice_list in specification.lists))


def mark_of_choice(specification: Specification, name: str, key: str) -> str:
    """Return a short mark of an answer's German and facts."""
    return source_hash(repr(_said(choice_named(specification, name, key))))


def _said(choice: ChoiceSpecification) -> ChoiceSpecification:
    return replace(choice, text={GERMAN: choice.text.get(GERMAN, "")})


def _with_list(specification: Specification, choice_list: ListSpecification) -> Specification:
    lists = tuple(choice_list if one.name == choice_list.name else one for one in specification.lists)
    return replace(specification, lists=lists)
