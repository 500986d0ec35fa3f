"""Notices: one vacancy on a page to be read from a distance, several as a list for the wall; ``iqquadrat.pdf`` makes the files.

In public the employer's name is left out when the employer wishes it, with everything that would give it away: the street, and words in
which it stands. Who is interested then asks the centre.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from businesses.models import Contact
from competence.phrases import direction
from iqquadrat.accounts.models import Centre
from iqquadrat.core.pictograms import markup
from iqquadrat.core.text import digits_for
from placements.client_texts import GERMAN, NOTICES
from placements.enums import FieldOfWork
from placements.models import Vacancy
from placements.notice_words import comma, week_lines

PICTURES = {
    "kitchen": "pot", "construction": "helmet", "cleaning": "bucket", "care": "heart-hand", "warehouse": "boxes", "sales": "basket",
    "repair": "wrench", "driving": "truck", "office": "screen", "sewing": "thread", "garden": "plant", "other": "plus-box",
}  # fmt: skip
# Words of the employer that fit on the page; what is longer than a line goes across it.
MOST_WORDS, ACROSS, LONG_TITLE = 220, 44, 28
MOST_OF_A_LINE, MOST_OF_A_TITLE, MOST_LINES = 90, 110, 3
# How large everything is written, by how much there is to say (in lines of about so many letters).
LETTERS = 26
SIZES = ((19, "big"), (27, "middle"), (40, "small"))
SMALLEST = "smallest"


@dataclass(frozen=True)
class Side:
    """What a line says in one language. ``german`` holds words of the employer, which stay German."""

    language: str
    direction: str
    label: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A pictogram, the same fact in one or two languages, and words that stay German."""

    picture: str
    sides: tuple[Side, ...]
    german: str = ""

    @property
    def is_across(self) -> bool:
        """Whether the German words need the width of the page."""
        return len(self.german) > ACROSS

    @property
    def height(self) -> float:
        """About how many lines it takes."""
        said = max(
            (sum(ceil(len(value) / LETTERS) for value in side.values) for side in self.sides), default=0
        )
        return 1 + said + ceil(len(self.german) / (2 * LETTERS if self.is_across else LETTERS))


def shown_employer(vacancy: Vacancy, *, public: bool) -> str:
    """Return the employer's name as far as a notice may say it."""
    return "" if public and vacancy.employer_hidden else vacancy.employer


def shown_place(vacancy: Vacancy, *, public: bool) -> str:
    """Return where the work is: without the street where the employer is not named."""
    town = f"{vacancy.postal_code} {vacancy.centre.city}".strip() if vacancy.postal_code else ""
    if public and vacancy.employer_hidden:
        return town or vacancy.centre.city
    return ", ".join(part for part in (vacancy.place, town) if part)


def gives_away(vacancy: Vacancy, text: str) -> bool:
    """Whether a text holds the employer's name or a longer word of it. "Restaurant" alone hides more than it must: rather that."""
    name, said = vacancy.employer.casefold(), text.casefold()
    return name in said or any(word in said for word in re.findall(r"\w{4,}", name))


def shown_words(vacancy: Vacancy, text: str, *, public: bool, most: int = MOST_WORDS) -> str:
    """Return what the employer says, cut where the page ends; nothing where it would give away who is not named."""
    if public and vacancy.employer_hidden and gives_away(vacancy, text):
        return ""
    return Truncator(text).chars(most)


def shown_title(vacancy: Vacancy, *, public: bool) -> str:
    """Return the title; where it would give the employer away, the field of work in its place."""
    title = shown_words(vacancy, vacancy.title, public=public, most=MOST_OF_A_TITLE)
    return title or NOTICES.by_language[GERMAN]["fields"][vacancy.field_of_work]


@dataclass(frozen=True)
class Notice:
    """One vacancy on one page, in German and beside it another language."""

    vacancy: Vacancy
    beside: str = GERMAN
    public: bool = False
    contacts: Sequence[Contact] = ()
    language: str = GERMAN
    template: str = "placements/paper/notice.html"

    @property
    def title(self) -> str:
        """The title of the document; it names no employer."""
        return _("Notice: %(title)s") % {"title": shown_title(self.vacancy, public=self.public)}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"aushang-{self.vacancy.opened_on:%Y-%m-%d}-{NOTICES.fitting(self.beside)}.pdf"

    @property
    def languages(self) -> tuple[str, ...]:
        """German, and the other language if there is one."""
        return tuple(dict.fromkeys((GERMAN, NOTICES.fitting(self.beside))))

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        vacancy, lines = self.vacancy, self._lines()
        heading = shown_title(vacancy, public=self.public)
        heads = [
            Side(
                one,
                direction(one),
                NOTICES.by_language[one][vacancy.kind],
                (NOTICES.by_language[one]["fields"][vacancy.field_of_work],),
            )
            for one in self.languages
        ]
        return {
            "vacancy": vacancy, "heading": heading, "centre": vacancy.centre, "public": self.public,
            "heads": heads, "lines": lines,
            "picture": markup(PICTURES[vacancy.field_of_work]), "is_long": len(heading) > LONG_TITLE,
            "size": _size(lines), "asks": [self._side(one, "ask", NOTICES.by_language[one]["help"]) for one in self.languages],
            "contacts": () if self.public else self.contacts, "today": timezone.localdate(), "pair": len(self.languages) > 1,
        }  # fmt: skip

    def _side(self, language: str, key: str, *values: str) -> Side:
        return Side(language, direction(language), NOTICES.by_language[language][key], values)

    def _line(self, picture: str, key: str, said: dict[str, list[str]], german: str = "") -> Line | None:
        """A line of what is said in each language; none when nothing is."""
        if not german and not any(said.values()):
            return None
        sides = tuple(self._side(one, key, *said.get(one, [])) for one in self.languages)
        return Line(markup(picture), sides, german)

    def _same(self, value: object) -> dict[str, list[str]]:
        """A value that reads the same in every language but for its digits."""
        return {one: [digits_for(one, value)] if value else [] for one in self.languages}

    def _at_least(self, value: object) -> dict[str, list[str]]:
        said = {one: digits_for(one, value) for one in self.languages}
        return {
            one: [NOTICES.by_language[one]["at_least"].format(value=said[one])] if value else []
            for one in said
        }

    def _day(self, day: date | None) -> dict[str, list[str]]:
        return self._same(date_format(day, "d.m.Y") if day else "")

    def _lines(self) -> list[Line]:
        """Every fact that is known, in the order in which people ask."""
        vacancy, public = self.vacancy, self.public
        employer, place = shown_employer(vacancy, public=public), shown_place(vacancy, public=public)
        week = {one: _few(week_lines(one, vacancy.working_slots)) for one in self.languages}
        languages = {one: _language_names(one, vacancy.languages) for one in self.languages}
        found = [
            self._line("door", "employer", {}, employer),
            self._line("map", "where", {}, place),
            self._line("people", "places", self._same(vacancy.positions if vacancy.positions > 1 else "")),
            self._line("clock", "hours", self._same(vacancy.hours_per_week or "")),
            self._line("calendar", "times", week, shown_words(vacancy, vacancy.times, public=public, most=MOST_OF_A_LINE)),
            self._line("leaf", "start", self._day(vacancy.starts_on)),
            self._line("speech", "german", self._at_least(vacancy.german_required)),
            self._line("globe", "languages", languages),
            self._line("check-badge", "experience", self._at_least(vacancy.experience_years or "")),
            self._line("car", "licence", self._demanded("licences", vacancy.licences_required, vacancy.licences_desired)),
            self._line(
                "stamp", "certificate",
                self._demanded("certificates", vacancy.certificates_required, vacancy.certificates_desired),
                shown_words(vacancy, vacancy.other_certificate, public=public, most=MOST_OF_A_LINE),
            ),
            self._line("paper", "words", {}, shown_words(vacancy, vacancy.requirements, public=public)),
            self._line("ticket", "until", self._day(vacancy.valid_until)),
        ]  # fmt: skip
        return [line for line in found if line is not None]

    def _demanded(self, kind: str, required: Sequence[str], desired: Sequence[str]) -> dict[str, list[str]]:
        """What must be and what would be welcome, by name."""
        said = {}
        for one in self.languages:
            words = NOTICES.by_language[one]
            said[one] = [
                f"{words[how]}: {_joined(one, [words[kind][code] for code in codes])}"
                for how, codes in (("required", required), ("desired", desired))
                if codes
            ]
        return said


def _few(lines: list[str]) -> list[str]:
    """Many lines as one, so that a week without any pattern does not fill the page."""
    return lines if len(lines) <= MOST_LINES else ["; ".join(lines)]


def _size(lines: Sequence[Line]) -> str:
    """How large the page is written, so that it is one page and read from as far as possible."""
    height = sum(line.height for line in lines)
    return next((size for most, size in SIZES if height <= most), SMALLEST)


def _joined(language: str, names: Sequence[str]) -> str:
    return comma(language).join(names)


def _language_names(reader: str, codes: Sequence[str]) -> list[str]:
    """In one line: German names for German readers; for others each language's own, which whoever speaks it knows."""
    if reader != GERMAN:
        names = [get_language_info(code)["name_local"] for code in codes]
    else:
        with translation.override(GERMAN):
            names = [get_language_info(code)["name_translated"] for code in codes]
    return [_joined(reader, [str(name) for name in names])] if names else []


@dataclass(frozen=True)
class Entry:
    """A vacancy on the list for the wall."""

    title: str
    employer: str
    place: str
    facts: tuple[Side, ...]


@dataclass(frozen=True)
class WallList:
    """Several vacancies by their field of work, in German and beside it another language."""

    centre: Centre
    vacancies: Sequence[Vacancy]
    beside: str = GERMAN
    public: bool = False
    language: str = GERMAN
    template: str = "placements/paper/wall.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Open vacancies")

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"stellen-{timezone.localdate():%Y-%m-%d}-{NOTICES.fitting(self.beside)}.pdf"

    @property
    def languages(self) -> tuple[str, ...]:
        """German, and the other language if there is one."""
        return tuple(dict.fromkeys((GERMAN, NOTICES.fitting(self.beside))))

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        groups = []
        for field in FieldOfWork:
            entries = [self._entry(one) for one in self.vacancies if one.field_of_work == field]
            if entries:
                heads = [
                    Side(one, direction(one), NOTICES.by_language[one]["fields"][field.value])
                    for one in self.languages
                ]
                groups.append((markup(PICTURES[field.value]), heads, entries))
        return {
            "centre": self.centre, "groups": groups, "today": timezone.localdate(), "public": self.public, "pair": len(self.languages) > 1,
            "heads": [Side(one, direction(one), NOTICES.by_language[one]["list"]) for one in self.languages],
            "asks": [Side(one, direction(one), NOTICES.by_language[one]["ask"], (NOTICES.by_language[one]["help"],)) for one in self.languages],
        }  # fmt: skip

    def _entry(self, vacancy: Vacancy) -> Entry:
        title, employer, place = (
            how(vacancy, public=self.public) for how in (shown_title, shown_employer, shown_place)
        )
        return Entry(title, employer, place, tuple(self._facts(vacancy, one) for one in self.languages))

    def _facts(self, vacancy: Vacancy, language: str) -> Side:
        words = NOTICES.by_language[language]
        parts = (
            [f"{words['hours']}: {digits_for(language, vacancy.hours_per_week)}"]
            if vacancy.hours_per_week
            else []
        )
        if vacancy.german_required:
            parts.append(f"{words['german']}: {words['at_least'].format(value=vacancy.german_required)}")
        return Side(language, direction(language), words[vacancy.kind], tuple(parts))
