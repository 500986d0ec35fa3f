"""The answers of one assessment, question by question, in the German of the questionnaire: for reading up in the talk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competence.models import Assessment
from competence.profile import Profile
from iqquadrat.questionnaires import texts
from iqquadrat.questionnaires.enums import AnswerStatus, DatePrecision, ItemType
from iqquadrat.questionnaires.models import Answer, Item

GERMAN = "de"
DATE_FORMATS = {
    DatePrecision.DAY: "DATE_FORMAT",
    DatePrecision.MONTH: "YEAR_MONTH_FORMAT",
    DatePrecision.YEAR: "Y",
}


class Standing(StrEnum):
    """What stands for a question. Four ways of having no answer, which mean different things."""

    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    SKIPPED = "skipped"
    OPEN = "open"  # to be asked, and without an answer that counts
    NOT_ASKED = "not_asked"  # hidden by an earlier answer


# The words, the icon and the kind of state of everything that is no answer.
WORDS: Mapping[Standing, tuple[Promise, str, str]] = {
    Standing.DONT_KNOW: (_("does not know"), "question-circle", "info"),
    Standing.SKIPPED: (_("skipped"), "skip-forward", "warn"),
    Standing.OPEN: (_("no answer yet"), "circle", "off"),
    Standing.NOT_ASKED: (_("not asked"), "dash-lg", "off"),
}


@dataclass(frozen=True)
class AnswerLine:
    """One question with what stands for it. ``parts`` are the texts of the answer, ``own`` the client's own words."""

    number: int
    question: str
    to_read: str
    standing: Standing
    parts: tuple[str, ...]
    own: str
    language: str

    @property
    def words(self) -> Promise | str:
        """What to say where there is no answer."""
        return WORDS[self.standing][0] if self.standing in WORDS else ""

    @property
    def icon(self) -> str:
        """The sign of that."""
        return WORDS[self.standing][1] if self.standing in WORDS else ""

    @property
    def kind(self) -> str:
        """The colour of that, as a kind of state."""
        return WORDS[self.standing][2] if self.standing in WORDS else ""


@dataclass(frozen=True)
class AnswerSection:
    """A part of the questionnaire with its questions."""

    key: str
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class AnswersPage:
    """All parts, and how many questions stand how."""

    assessment: Assessment
    sections: tuple[AnswerSection, ...]

    def _count(self, standing: Standing) -> int:
        return sum(line.standing is standing for section in self.sections for line in section.lines)

    @property
    def total(self) -> int:
        """Number of questions."""
        return sum(len(section.lines) for section in self.sections)

    @property
    def answered(self) -> int:
        """Questions with an answer that counts."""
        return self._count(Standing.ANSWERED)

    @property
    def dont_know(self) -> int:
        """Questions the client does not know an answer to."""
        return self._count(Standing.DONT_KNOW)

    @property
    def skipped(self) -> int:
        """Questions passed over."""
        return self._count(Standing.SKIPPED)

    @property
    def open(self) -> int:
        """Questions without an answer yet."""
        return self._count(Standing.OPEN)

    @property
    def not_asked(self) -> int:
        """Questions hidden by other answers."""
        return self._count(Standing.NOT_ASKED)


def answers_of(profile: Profile) -> AnswersPage:
    """Return all questions of the assessment by section. Reads only what the profile holds in memory."""
    asked = {item.key for item in profile.asked}
    titles = {section.pk: section for section in profile.version.ordered_sections}
    sections = []
    for pk, items in groupby(profile.version.ordered_items, key=lambda item: item.section_id):
        lines = tuple(_line(profile, item, is_asked=item.key in asked) for item in items)
        section = titles[pk]
        sections.append(
            AnswerSection(section.key, texts.text(section, "title", GERMAN) or section.key, lines)
        )
    return AnswersPage(profile.assessment, tuple(sections))


def _line(profile: Profile, item: Item, *, is_asked: bool) -> AnswerLine:
    answer = profile.answers.get(item.key)
    standing = _standing(answer, counts=item.key in profile.values, is_asked=is_asked)
    given = answer if standing is Standing.ANSWERED else None
    reached = answer if standing not in (Standing.NOT_ASKED, Standing.OPEN) else None
    return AnswerLine(
        number=item.position, question=texts.text(item, "label", GERMAN) or item.key, to_read=item.stimulus,
        standing=standing, parts=_parts(profile, given) if given else (), own=given.text if given else "",
        language=reached.language_shown if reached else "",
    )  # fmt: skip


def _standing(answer: Answer | None, *, counts: bool, is_asked: bool) -> Standing:
    if not is_asked:
        return Standing.NOT_ASKED
    if answer is None:
        return Standing.OPEN
    if answer.status == AnswerStatus.DONT_KNOW:
        return Standing.DONT_KNOW
    if answer.status == AnswerStatus.SKIPPED:
        return Standing.SKIPPED
    # An answer that is no longer offered under the other answers counts as not given.
    return Standing.ANSWERED if counts else Standing.OPEN


def _parts(profile: Profile, answer: Answer) -> tuple[str, ...]:
    value = profile.values[answer.item.key]
    if answer.item.type in (ItemType.SINGLE, ItemType.MULTIPLE):
        keys = value if isinstance(value, list) else [value]
        return tuple(profile.choice_text(answer.item.key, str(key), GERMAN) or str(key) for key in keys)
    if isinstance(value, date):
        return (formats.date_format(value, DATE_FORMATS[DatePrecision(answer.date_precision)]),)
    return (str(value),) if isinstance(value, int) else ()
