"""Knowing a column by what stands above it, and a value by how people write it."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from counselling.imports.columns import Column, Shape, choices_of, columns_of
from iqquadrat.core.folding import folded_words

# How people shorten and paraphrase what we have codes for; everything else is known by its label and its code.
ALSO = {
    "gender": {"female": "w f frau weibl fem woman", "male": "m mann mnnl maennl man herr", "diverse": "d divers x", "none_stated": "k.A. ka unbekannt o.A."},
    "form_of_address": {"ms": "frau fr mrs miss", "mr": "herr hr"},
    "name_order": {"given_first": "vorname-zuerst", "family_first": "nachname-zuerst familienname-zuerst"},
    "residence_status": {
        "german": "deutsch", "eu": "eu-bürger eu-bürgerin freizügigkeit", "settlement": "niederlassungserlaubnis ne unbefristet",
        "residence": "aufenthaltserlaubnis ae", "temporary_protection": "§24 24 §-24", "pending": "aufenthaltsgestattung gestattung",
        "tolerated": "duldung geduldet",
    },
    "work_permission": {"allowed": "ja erlaubt gestattet yes", "needs_approval": "mit-genehmigung zustimmung", "not_allowed": "nein verboten no"},
    "income_type": {
        "sgb3": "alg-1 alg-i arbeitslosengeld sgb-3", "sgb2": "alg-2 alg-ii bürgergeld grundsicherungsgeld hartz-4 sgb-2", "sgb12": "sozialhilfe sgb-12",
        "asylblg": "asylblg", "bafoeg": "bafög", "own": "arbeit lohn gehalt", "none": "keins kein",
    },
    "labour_market_status": {"employed": "angestellt arbeit", "marginal": "minijob", "unemployed_long": "langzeitarbeitslos", "unemployed_short": "arbeitslos arbeitsuchend", "self_employed": "selbständig selbstständig"},
    "channel": {"person_unplanned": "persönlich vor-ort offen", "person_planned": "termin", "phone": "tel anruf", "mail": "e-mail email", "video": "online"},
    "is_no_show": {"1": "ja j x yes y true", "0": "nein n no false"},
}  # fmt: skip
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


def guess_columns(kind: str, headers: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return for places of the file the field that it most likely is: as remembered, else by name, each field once."""
    known = _names(kind)
    guessed: dict[str, str] = {}
    for place, name in enumerate(occurrences(headers)):
        field = remembered[name] if name in remembered else known.get(name, "")
        if field and field not in guessed.values() and field in columns_of(kind):
            guessed[str(place)] = field
    return guessed


def _names(kind: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns_of(kind).values():
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


def meanings_of(column: Column, said: Mapping[str, str]) -> Meanings:
    """Return everything by which values of this column are known: what was said about this file comes first."""
    known: dict[str, str] = {}
    for language in settings.STAFF_LANGUAGES:
        with translation.override(language):
            for code, label in choices_of(column):
                # A label of several languages is known by each of them, one with an explanation by both parts.
                for name in (
                    label,
                    code,
                    _BRACKETS.sub("", label),
                    *_IN_BRACKETS.findall(label),
                    *label.split(","),
                ):
                    known.setdefault(folded(name), code)
    for code, names in ALSO.get(column.field, {}).items():
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
