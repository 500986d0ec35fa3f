"""What a column of a list is: how its cells are read, and by which names people call it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


class Shape(StrEnum):
    """How a cell of this column is read."""

    TEXT = "text"
    DAY = "day"
    BIRTH = "birth"
    NUMBER = "number"
    CLOCK = "clock"
    CHOICE = "choice"
    CHOICES = "choices"  # several in one cell, with commas between them
    PERSON = "person"  # somebody of the team
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. ``field`` is the name of the form's field where the form has one of this name."""

    field: str
    label: Text
    shape: Shape = Shape.TEXT
    called: tuple[str, ...] = ()  # what else people write above it
    choices: type[Any] | None = None  # an enum of our own, or None where the topics are meant
    hint: Text = ""
    example: str = ""
    needed: bool = False


def of_choice(columns: Iterable[Column]) -> list[Column]:
    """Return those whose values are codes."""
    return [column for column in columns if column.shape in (Shape.CHOICE, Shape.CHOICES)]


def letters(place: int) -> str:
    """Return what a spreadsheet calls the column at this place, counted from 0: A, B, …, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
