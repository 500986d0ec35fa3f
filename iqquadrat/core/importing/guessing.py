"""Knowing a column by what stands above it, and a value by how people write it."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from iqquadrat.core.folding import folded_words
from iqquadrat.core.importing.columns import Column, Shape

_BRACKETS, _IN_BRACKETS = re.compile(r"\s*\(.*\)"), re.compile(r"\((.*)\)")
_SPLIT = re.compile(r"[,;/|\n]|\s\+\s|\s(?:und|and)\s")


def folded(text: str) -> str:
    """Return what is compared: words in small Latin letters."""
    return " ".join(folded_words(text))


def header_key(headers: Sequence[str]) -> str:
    """Return what all lists with these columns have in common, in whatever order they stand."""
    return hashlib.sha256("\n".join(sorted(occurrences(headers))).encode()).hexdigest()


def occurrences(headers: Sequence[str]) -> list[str]:
    """Return the folded names, the second of a name with its count: two columns of one name stay two."""
    seen: dict[str, int] = {}
    names = []
    for header in headers:
        name = folded(header)
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name} {seen[name]}" if seen[name] > 1 else name)
    return names


def guess_columns(
    columns: Mapping[str, Column], headers: Sequence[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Return for places of the file the field that it most likely is: as remembered, else by name, each field once."""
    known = _names(columns)
    guessed: dict[str, str] = {}
    for place, name in enumerate(occurrences(headers)):
        field = remembered[name] if name in remembered else known.get(name, "")
        if field and field not in guessed.values() and field in columns:
            guessed[str(place)] = field
    return guessed


def _names(columns: Mapping[str, Column]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns.values():
        for name in (*_in_languages(column), *column.called, column.field):
            names.setdefault(folded(name), column.field)
    names.pop("", None)
    return names


def _in_languages(column: Column) -> list[str]:
    labels = []
    for language in settings.STAFF_LANGUAGES:
        with translation.override(language):
            labels.append(str(column.label))
    return labels


@dataclass(frozen=True)
class Meanings:
    """What the values of one column mean: by how they are written, folded."""

    known: Mapping[str, str]

    def of(self, text: str) -> str | None:
        """Return the code, "" where the field is to stay empty, None where nobody knows."""
        return self.known.get(folded(text) or text.strip())


def meanings_of(
    choices: Callable[[], Iterable[tuple[str, str]]],
    also: Mapping[str, str],
    said: Mapping[str, str],
) -> Meanings:
    """Return everything by which values of this column are known: what was said about this file comes first.

    ``choices`` are codes and words in the language that is on; ``also`` how else people write them, by code, with blanks between.
    """
    known: dict[str, str] = {}
    for language in settings.STAFF_LANGUAGES:
        with translation.override(language):
            for code, label in choices():
                # A label of several languages is known by each of them, one with an explanation by both parts.
                for name in (
                    label,
                    code,
                    _BRACKETS.sub("", label),
                    *_IN_BRACKETS.findall(label),
                    *label.split(","),
                ):
                    known.setdefault(folded(name), code)
    for code, names in also.items():
        for name in names.split():
            known.setdefault(folded(name.replace("-", " ")), code)
    known.pop("", None)
    return Meanings(known | dict(said))


def parts(column: Column, cell: str) -> list[str]:
    """Return the values of one cell: several, where the column takes several."""
    texts = _SPLIT.split(cell) if column.shape is Shape.CHOICES else [cell]
    return [text.strip() for text in texts if text.strip()]


def unknown(values: Iterable[str], meanings: Meanings) -> list[str]:
    """Return the values that nobody knows."""
    return [value for value in values if meanings.of(value) is None]
