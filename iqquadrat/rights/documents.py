"""The papers of this room, one frozen dataclass each."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import pgettext

from iqquadrat.core.text import digits_for
from iqquadrat.questionnaires.models import Answer
from iqquadrat.rights.handing_over import Held, Person, on_paper, told_by
from iqquadrat.rights.wording import day_in_words, heading, say, value_in_words

RIGHT_TO_LEFT = ("ar", "fa")


class UnknownLanguageError(ValueError):
    """There are no texts in this language."""


@dataclass(frozen=True)
class Section:
    """One table: its name, and each row as name, value and the direction the value is written in."""

    name: str
    records: list[list[tuple[str, str, str]]]


@dataclass(frozen=True)
class PersonData:
    """All that is stored of a client, in German or the client's language. Raises ``UnknownLanguageError``."""

    person: Person
    language: str

    template = "rights/paper/person_data.html"
    # Who came for years has a long file, and a right to all of it.
    most_pages = 5_000

    def __post_init__(self) -> None:
        if self.language not in settings.CLIENT_LANGUAGES:
            raise UnknownLanguageError(self.language)

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        with translation.override(self.language):
            return f"{pgettext('client', 'My data')} {self.person.client.number}"

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"daten-{self.person.client.number}-{self.language}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """What the template shows; it is asked for with the language of the document active."""
        with translation.override(self.language):
            return {
                "client": self.person.client, "centre": self.person.client.centre,
                "direction": "rtl" if self.language in RIGHT_TO_LEFT else "ltr",
                "day": _moment(self.person.made_at, self.language, with_time=False),
                "sections": [_section(held, self.language) for held in self.person.tables if not held.is_raw],
                "raw": [say(held.name) for held in self.person.tables if held.is_raw],
                "looked": [
                    (_moment(look.at, self.language), say(look.label), look.who) for look in self.person.looked
                ],
                "persian": self.language == "fa",
            }  # fmt: skip


def _section(held: Held, language: str) -> Section:
    rows = (_answer(row) if isinstance(row, Answer) else _record(row, held) for row in held.rows)
    return Section(heading(say(held.name), language), [row for row in rows if row])


def _direction(value: str) -> str:
    """A phone number or a date between right-to-left words keeps its order."""
    return "rtl" if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in value) else "ltr"


def _record(row: Any, held: Held) -> list[tuple[str, str, str]]:
    pairs = [(say(field.verbose_name), value_in_words(row, field)) for field in on_paper(held.model)]
    pairs += [
        (say(told.field.verbose_name), value_in_words(there, told.field))
        for told, there in told_by(held, row)
    ]
    return [(name, value, _direction(value)) for name, value in pairs if value]


def _answer(row: Answer) -> list[tuple[str, str, str]]:
    """A question and what was answered, in one line."""
    fields = [Answer._meta.get_field(name) for name in ("choices", "number", "text", "date")]
    said = [value_in_words(row, field) for field in fields]
    value = " ".join(part for part in said if part) or value_in_words(row, Answer._meta.get_field("status"))
    return [(str(row.item.label), value, _direction(value))]


def _moment(at: dt.datetime, language: str, *, with_time: bool = True) -> str:
    local = timezone.localtime(at)
    day = day_in_words(local, language)
    return f"{day}, {digits_for(language, f'{local:%H:%M}')}" if with_time else day
