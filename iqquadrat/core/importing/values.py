"""The different values of a column, counted by the database: however many rows a list has, few lines come of it."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Length, Trim
from django.forms import BoundField

from iqquadrat.core.importing.guessing import folded
from iqquadrat.core.importing.models import FileRun

# What is longer is no value that a list has again and again.
LONGEST_VALUE = 200


@dataclass(frozen=True)
class ValueLine:
    """A value as a form asks what it means: as it is written, how many rows have it, and the fields of the answer."""

    written: str
    rows: int
    fields: list[BoundField]


def value_key(text: str) -> str:
    """Return by what two spellings of a value are one; as ``Meanings`` looks them up."""
    return folded(text) or text.strip()


def different_cells(run: FileRun, place: int, most: int) -> tuple[list[tuple[str, int]], bool]:
    """Return the different cells of the column at this place with their rows, the most frequent first; and whether there are more."""
    rows = run.staged_rows.annotate(cell=Trim(KeyTextTransform(str(place), "cells")))
    rows = rows.annotate(length=Length("cell")).filter(length__range=(1, LONGEST_VALUE))
    counted = rows.order_by().values_list("cell").annotate(n=Count("pk")).order_by("-n", "cell")[: most + 1]
    found = list(counted)
    return found[:most], len(found) > most
