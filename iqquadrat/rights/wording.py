"""The names of tables and columns, and the values they take, in the language of the client.

The rooms name their columns for the staff, in English with German beside it. For the client the same words stand once more in
``words.py`` with the context "client"; a word that is missing there is written in German rather than left out.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation.trans_real import CONTEXT_SEPARATOR

from iqquadrat.core.text import digits_for
from iqquadrat.questionnaires.models import Answer
from iqquadrat.rights.handing_over import plain_value

GERMAN = "de"
ENGLISH = "en"  # the language of the sources: what is missing there is said in the staff's English
CONTEXT = "client"


def source(text: str | Promise) -> str:
    """Return the English words that a text is translated from, as they stand in the sources."""
    with translation.override(None):
        return str(text)


def say(text: str | Promise) -> str:
    """Return a name of the staff's pages in the language of the client, else in German."""
    language, words = translation.get_language() or GERMAN, source(text)
    if _is_said_to_clients(words):
        return pgettext(CONTEXT, words)
    if language != GERMAN:
        told = gettext(words)  # Django's own catalogues know the names of many languages
        if told != words or language == ENGLISH:
            return told
    with translation.override(GERMAN):
        return str(text)


def _is_said_to_clients(words: str) -> bool:
    """Tell whether a catalogue has these words for clients. A translation may be the same word, as "Minijob" is in all languages."""
    entry = f"{CONTEXT}{CONTEXT_SEPARATOR}{words}"
    return gettext(entry) != entry


def value_in_words(row: Any, field: Any) -> str:
    """Return what stands in a column as somebody reads it; empty for nothing."""
    if isinstance(row, Answer) and field.name == "choices":
        return ", ".join(_chosen(row))
    value = plain_value(row, field)
    choices = dict(getattr(field, "base_field", field).flatchoices or [])
    if isinstance(field, ArrayField) or isinstance(value, list):
        return ", ".join(_one(choices.get(part, part), known=part in choices) for part in value)
    if isinstance(value, dict):
        return ", ".join(_keyed(row, field, value))
    if isinstance(value, str) and value in choices:
        return say(choices[value])
    if isinstance(field, models.BooleanField):
        return say_yes_or_no(value=bool(value))
    if value is None or value == "":
        return ""
    return _plain(row, field, value)


def _keyed(row: Any, field: Any, value: dict[str, Any]) -> Iterator[str]:
    """A column of keys and values, the keys in words where the table says what they stand for."""
    language = translation.get_language() or GERMAN
    said = getattr(row, "KEYS_SAID", {}).get(field.name)
    names = dict(said.choices) if said else {}
    for key, one in value.items():
        yield f"{_one(names.get(key, key), known=key in names)}: {digits_for(language, one)}"


def day_in_words(day: dt.date, language: str) -> str:
    """Return a day in figures: in German as people write it, 3.2.2026, elsewhere with two figures each."""
    text = f"{day.day}.{day.month}.{day.year}" if language == GERMAN else f"{day:%d.%m.%Y}"
    return digits_for(language, text)


def heading(text: str, language: str) -> str:
    """Return a name as it stands above its table: with a capital letter."""
    first = "İ" if language == "tr" and text.startswith("i") else text[:1].upper()
    return first + text[1:]


def _plain(row: Any, field: Any, value: Any) -> str:
    language = translation.get_language() or GERMAN
    stored = getattr(row, field.attname)
    if isinstance(stored, dt.datetime):
        local = timezone.localtime(stored)
        return f"{day_in_words(local, language)}, {digits_for(language, f'{local:%H:%M}')}"
    if isinstance(stored, dt.date):
        return day_in_words(stored, language)
    return digits_for(language, value) if isinstance(value, int | float) else str(value)


def _one(value: Any, *, known: bool) -> str:
    return say(value) if known else str(value)


def _chosen(answer: Answer) -> list[str]:
    """The answers that were ticked, as they stood on the page."""
    choice_list = answer.item.choice_list
    texts = {choice.key: str(choice.text) for choice in choice_list.choices.all()} if choice_list else {}
    return [texts.get(key, key) for key in answer.choices]


def say_yes_or_no(*, value: bool) -> str:
    """Return yes or no."""
    return pgettext("client", "yes") if value else pgettext("client", "no")
