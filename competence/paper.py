"""A profile in two languages side by side: pairs of texts, made line by line so that both sides say the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext

from competence import wording
from competence.enums import EvidenceClassChoice
from competence.models import AgreedGoal
from competence.phrases import direction
from competence.profile import Profile
from competence.scoring import Band, FieldRow
from iqquadrat.core.text import digits_for

GERMAN = "de"
MOST_STRENGTHS = 5
RIGHT_TO_LEFT = ("ar", "fa")
_MARKS = {True: "\u200f", False: "\u200e"}


def directed(text: str, language: str) -> str:
    """Return words of a language that stand among words of the other direction: their full stop stays at their end.

    The renderer of papers knows no automatic direction, and an isolate ends where a line breaks; marks on both sides hold.
    """
    mark = _MARKS[language in RIGHT_TO_LEFT]
    return f"{mark}{text}{mark}" if text else ""


@dataclass(frozen=True)
class Pair:
    """One text in German and in the client's language; ``other`` is empty on a German-only paper."""

    de: str
    other: str = ""


@dataclass(frozen=True)
class Strength:
    """A sentence with its pictogram."""

    text: Pair
    picture: str


@dataclass(frozen=True)
class WorkLine:
    """A line of the work fields: a heading, one line below, and squares of evidence (1 to 4)."""

    heading: Pair
    below: Pair
    squares: int


@dataclass(frozen=True)
class SkillLine:
    """A scale: its name, its band in words, and the squares from and to which it reaches (of three; 0: not enough answers)."""

    name: Pair
    words: Pair
    low: int
    high: int


@dataclass(frozen=True)
class GoalLine:
    """An agreed goal: the words on both sides, what it is about, until when and who does it.

    ``own_language`` is the language of ``words.other``: the client's, or German where nothing was typed in the paper's language.
    ``own``: on a German paper the client's own words stand below.
    """

    words: Pair
    own_language: str
    own: str
    below: Pair

    @property
    def own_direction(self) -> str:
        """In which direction the own words run."""
        return direction(self.own_language)


class Writer:
    """Writes every text of a profile once a language."""

    def __init__(self, profile: Profile, language: str) -> None:
        self.profile = profile
        self.language = language

    def pair(self, make: Callable[[str], str]) -> Pair:
        """Call ``make(language)`` with that language active, for one or both sides."""
        with translation.override(GERMAN):
            german = make(GERMAN)
        if self.language == GERMAN:
            return Pair(german)
        with translation.override(self.language):
            return Pair(german, make(self.language))

    def say(self, text: Promise) -> Pair:
        """Return a lazy text on both sides."""
        return self.pair(lambda _language: str(text))

    def strengths(self) -> list[Strength]:
        """Strong scales first, then what life shows; a person's strengths stand first on the paper."""
        found = [
            wording.SCALE_SENTENCES[score.code]
            for score in self.profile.scores
            if score.low is not None and score.low == Band.STRONG
        ]
        found += self._facts_of_life()
        return [Strength(self.say(text), picture) for text, picture in found[:MOST_STRENGTHS]]

    def _facts_of_life(self) -> list[tuple[Promise, str]]:
        profile = self.profile
        spoken = {
            *profile.several("lng_first"),
            *profile.several("lng_other"),
            *profile.several("home_langs"),
        }
        tests = (
            (profile.one("wrk_lead") in ("few", "group"), wording.LEADS),
            (len(spoken) >= 3, wording.LANGUAGES),
            (profile.one("fam_child") == "daily", wording.CHILDREN),
            (profile.one("fam_care") == "daily", wording.CARES),
            ("car" in profile.several("prk_licence"), wording.LICENCE),
        )
        return [sentence for holds, sentence in tests if holds]

    def work(self) -> list[WorkLine]:
        """The table of work fields."""
        return [
            WorkLine(
                heading=self.heading(row),
                below=self.pair(lambda language, row=row: self._below(row, language)),  # type: ignore[misc]
                squares=int(row.evidence),
            )
            for row in self.profile.rows
        ]

    def heading(self, row: FieldRow) -> Pair:
        """The name of a line with its years, as confirmed or else as stated."""
        return self.pair(lambda language: self._heading(row, language))

    def _heading(self, row: FieldRow, language: str) -> str:
        name = self.profile.row_name(row, language)
        if row.is_certificate:
            return str(wording.CERTIFICATE) % {"name": name}
        return wording.listed(
            [
                part
                for part in (name, "" if row.known_years is None else wording.years(row.known_years))
                if part
            ]
        )

    def _below(self, row: FieldRow, language: str) -> str:
        evidence = str(EvidenceClassChoice(int(row.evidence)).label)
        parts = [
            wording.listed(self.profile.row_tasks(row, language)),
            wording.listed([wording.TRAINING[key] for key in row.training if key in wording.TRAINING]),
            evidence[:1].upper() + evidence[1:],
        ]
        return ". ".join(part[:1].upper() + part[1:] for part in parts if part) + "."

    def skills(self) -> list[SkillLine]:
        """The six scales in a fixed order: no ranking."""
        return [
            SkillLine(
                name=self.say(wording.SCALE_NAMES[score.code]),
                words=self.pair(lambda _language, score=score: wording.band_words(score)),  # type: ignore[misc]
                low=0 if score.low is None else score.low + 1,
                high=0 if score.high is None else score.high + 1,
            )
            for score in self.profile.scores
        ]

    def languages(self) -> list[Pair]:
        """What the client says about languages, a sentence a line."""
        return [pair for pair in (self._first(), self._others(), self._german()) if pair.de]

    def _named(self, item: str, text: Callable[[], str]) -> Pair:
        def make(language: str) -> str:
            names = self.profile.chosen_texts(item, language)
            return text() % {"languages": wording.listed(names)} if names else ""

        return self.pair(make)

    def _first(self) -> Pair:
        return self._named("lng_first", lambda: pgettext("client", "My first language: %(languages)s."))

    def _others(self) -> Pair:
        return self._named("lng_other", lambda: pgettext("client", "Also: %(languages)s."))

    def _german(self) -> Pair:
        rated = {key: level for key in wording.SKILL_WORDS if (level := self.profile.one(key)) is not None}

        def make(_language: str) -> str:
            if not rated:
                return ""
            skills = wording.listed([wording.skill(key, level) for key, level in rated.items()])
            return pgettext("client", "German, my own estimate: %(skills)s.") % {"skills": skills}

        return self.pair(make)

    def wishes(self) -> list[Pair]:
        """Wishes and times, a sentence a line."""
        return list(self.wishes_by_key().values())

    def wishes_by_key(self) -> dict[str, Pair]:
        """The same, by the key of the question."""
        said = {
            "wsh_field": self._wish("wsh_field", lambda: pgettext("client", "Fields of work: %(texts)s.")),
            "wsh_form": self._wish("wsh_form", lambda: pgettext("client", "I am looking for: %(texts)s.")),
            "avl_hours": self._hours(),
            "mob_dist": self._wish("mob_dist", lambda: pgettext("client", "My way to work: %(texts)s.")),
            "wsh_learn": self._free("wsh_learn", lambda: pgettext("client", "I want to learn: %(texts)s.")),
        }
        return {key: pair for key, pair in said.items() if pair.de}

    def _wish(self, item: str, text: Callable[[], str]) -> Pair:
        def make(language: str) -> str:
            names = [name.rstrip(".") for name in self.profile.chosen_texts(item, language)]
            return text() % {"texts": wording.listed(names)} if names else ""

        return self.pair(make)

    def _free(self, item: str, text: Callable[[], str]) -> Pair:
        """What the client wrote stays in the client's words on both sides."""
        value = self.profile.values.get(item)
        return self.pair(
            lambda _language: text() % {"texts": value.rstrip(".")} if isinstance(value, str) else ""
        )

    def _hours(self) -> Pair:
        hours, start = self.profile.number("avl_hours"), self.profile.values.get("avl_from")

        def make(language: str) -> str:
            parts = []
            if hours is not None:
                parts.append(
                    pgettext("client", "Hours a week: %(count)s.") % {"count": digits_for(language, hours)}
                )
            if isinstance(start, date):
                parts.append(pgettext("client", "From: %(day)s.") % {"day": wording.day(start).rstrip(".")})
            return " ".join(parts)

        return self.pair(make)

    def goals(self) -> list[GoalLine]:
        """What is agreed and still open, by its day."""
        return [self._goal(goal) for goal in self.profile.goals.open]

    def _goal(self, goal: AgreedGoal) -> GoalLine:
        def below(_language: str) -> str:
            kind = str(goal.get_kind_display())
            until = wording.until(goal.due_on, goal.due_precision)
            return f"{kind[:1].upper()}{kind[1:]}. {until} {wording.DOERS[goal.done_by]}"

        if self.language == GERMAN:
            return GoalLine(Pair(goal.text), goal.own_language, goal.own_text, self.pair(below))
        # One in another language does not mix in a third.
        typed = goal.own_text if self.language == goal.own_language else ""
        language = goal.own_language if typed else GERMAN
        return GoalLine(
            Pair(goal.text, directed(typed or goal.text, language)), language, "", self.pair(below)
        )

    def basis(self, answered_on: date) -> Pair:
        """The footnote: what this paper rests on, and what it is not."""
        discussed = self.profile.assessment.discussed_at is not None

        def make(_language: str) -> str:
            text = (
                pgettext(
                    "client",
                    "Based on my answers of %(day)s and a talk. No recognition of a qualification, no language certificate.",
                )
                if discussed
                else pgettext(
                    "client",
                    "Based on my answers of %(day)s. No recognition of a qualification, no language certificate.",
                )
            )
            return text % {"day": wording.day(answered_on)}

        return self.pair(make)
