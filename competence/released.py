"""What an employer could be shown of a profile, one item at a time; and what of it the client has released.

Nothing reaches a short profile but through ``printable``: the language evidence, residence, health, family and whatever else is not an
item here has no way onto it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext, pgettext_lazy

from competence import phrases, wording
from competence.enums import EvidenceClassChoice
from competence.models import ProfileRelease
from competence.paper import GERMAN, Pair, Writer
from competence.profile import Profile
from competence.scoring import SELF_RATED_GERMAN, Band, EvidenceClass, FieldRow
from counselling.enums import DrivingLicence, LanguageLevel, LevelSource, SpokenLanguage
from counselling.models import LanguageSkill

GROUPS: dict[str, Promise] = {
    "person": pgettext_lazy("client", "Name and contact"),
    "work": pgettext_lazy("client", "Fields of work"),
    "qualification": pgettext_lazy("client", "Qualification"),
    "tasks": pgettext_lazy("client", "Confirmed tasks"),
    "languages": pgettext_lazy("client", "Languages"),
    "licences": pgettext_lazy("client", "Driving licence"),
    "availability": pgettext_lazy("client", "When I can work"),
    "strengths": pgettext_lazy("client", "Strengths"),
    "wishes": pgettext_lazy("client", "Wishes"),
}
# The letters are the same in every language.
LICENCES: dict[str, str | Promise] = {
    "a": "A", "b": "B", "be": "BE", "c1": "C1", "c": "C", "d": "D", "forklift": pgettext_lazy("client", "forklift"),
    "foreign": pgettext_lazy("client", "from abroad, not yet rewritten"),
}  # fmt: skip
# A counsellor's impression is no statement of the client and no certificate: it stays in the house.
SOURCES: dict[str, Promise] = {
    LevelSource.SELF: pgettext_lazy("client", "own estimate"),
    LevelSource.CERTIFICATE: pgettext_lazy("client", "certificate"),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {"am": "morning", "pm": "afternoon", "eve": "evening"}


@dataclass(frozen=True)
class Item:
    """One thing that can be released: its key, the group it stands in, and its words as they are printed."""

    key: str
    group: str
    words: Pair


def named(name: object, texts: object) -> str:
    """Return "name: texts" in the active language."""
    return pgettext("client", "%(name)s: %(texts)s") % {"name": name, "texts": texts}


def noted(texts: object, note: object) -> str:
    """Return "texts (note)" in the active language."""
    return pgettext("client", "%(texts)s (%(note)s)") % {"texts": texts, "note": note}


def printable(release: ProfileRelease | None, items: Iterable[Item]) -> list[Item]:
    """Return the items that may be printed: released, and saying today what the client read when releasing them."""
    if release is None or release.ended_at is not None:
        return []
    allowed = set(release.items)
    return [item for item in items if item.key in allowed and release.shown.get(item.key) == item.words.de]


def items_of(profile: Profile, language: str) -> list[Item]:
    """Return everything that this person could release, in German and in ``language``, in the order of the paper."""
    return Collector(profile, language).items()


def _whole(value: str, language: str) -> str:
    """Keep a number or an address in its own order among words that run from right to left."""
    return f"\u2066{value}\u2069" if get_language_info(language)["bidi"] else value


class Collector:
    """Collects the items of one profile."""

    def __init__(self, profile: Profile, language: str) -> None:
        self.profile, self.language = profile, language
        self.client = profile.assessment.client
        self.write = Writer(profile, language)

    def items(self) -> list[Item]:
        """All items that have words."""
        found = [
            *self._person(), *self._work(), *self._qualification(), *self._tasks(), *self._languages(),
            Item("licences", "licences", self.write.pair(self._licences)),
            Item("availability", "availability", self.write.pair(self._availability)),
            *self._strengths(), *self._wishes(),
        ]  # fmt: skip
        return [item for item in found if item.words.de]

    def _person(self) -> Iterable[Item]:
        client = self.client
        name = client.latin_name or client.written_name or client.pseudonym
        yield Item("name", "person", Pair(name, name))
        contact = {
            "phone": (pgettext_lazy("client", "Telephone"), client.phone),
            "email": (pgettext_lazy("client", "E-mail"), client.email),
        }
        for key, (label, value) in contact.items():
            yield Item(key, "person", self._contact(label, value) if value else Pair(""))

    def _contact(self, label: Promise, value: str) -> Pair:
        return self.write.pair(lambda language: named(label, _whole(value, language)))

    def _work(self) -> Iterable[Item]:
        for row in self.profile.rows:
            if not row.is_certificate:
                yield Item(f"work:{row.key}", "work", self.write.heading(row))

    def _qualification(self) -> Iterable[Item]:
        for row in self.profile.rows:
            if row.is_certificate:
                yield Item(f"qualification:{row.key}", "qualification", self.write.heading(row))
                continue
            said = [wording.TRAINING[key] for key in row.training if key in wording.TRAINING]
            words = self.write.pair(
                lambda language, row=row, said=said: named(
                    self.profile.row_name(row, language), wording.listed(said)
                )  # type: ignore[misc]
            )
            yield Item(f"qualification:{row.key}", "qualification", words if said else Pair(""))

    def _tasks(self) -> Iterable[Item]:
        """Only what the counsellor has confirmed; what else somebody says of the own work stands in the field of work."""
        for row in self.profile.rows:
            if row.tasks and row.evidence >= EvidenceClass.CONFIRMED_IN_TALK:
                words = self.write.pair(lambda language, row=row: self._task_words(row, language))  # type: ignore[misc]
                yield Item(f"tasks:{row.key}", "tasks", words)

    def _task_words(self, row: FieldRow, language: str) -> str:
        tasks = wording.listed(self.profile.row_tasks(row, language))
        return named(
            self.profile.row_name(row, language), noted(tasks, EvidenceClassChoice(int(row.evidence)).label)
        )

    def _languages(self) -> Iterable[Item]:
        skills = {skill.language: skill for skill in self.client.language_skills.all()}
        first = self.profile.several("lng_first")
        codes = dict.fromkeys((*first, *self.profile.several("lng_other"), *skills))
        for code in codes:
            words = self.write.pair(
                lambda language, code=code: self._language(code, code in first, skills.get(code), language)  # type: ignore[misc]
            )
            yield Item(f"language:{code}", "languages", words)

    def _language(self, code: str, is_first: bool, skill: LanguageSkill | None, language: str) -> str:
        name = self._language_name(code, language)
        said = self._levels(code, is_first, skill)
        return named(name, said) if said else name

    def _language_name(self, code: str, language: str) -> str:
        for item in ("lng_first", "lng_other"):
            if text := self.profile.choice_text(item, code, language):
                return text
        try:
            return str(get_language_info(code)["name_translated"])
        except KeyError:
            with translation.override(GERMAN):
                return str(SpokenLanguage(code).label) if code in SpokenLanguage.values else code

    def _levels(self, code: str, is_first: bool, skill: LanguageSkill | None) -> str:
        mother = pgettext("client", "mother tongue")
        if is_first:
            return mother
        if skill is not None and skill.source in SOURCES:
            levels = {"de_speak": skill.speaking, "de_read": skill.reading}
            if LanguageLevel.NATIVE in levels.values():
                return mother
            shown = {key: level for key, level in levels.items() if level not in ("", LanguageLevel.NONE)}
            parts = [
                f"{wording.SKILL_WORDS[key]} {LanguageLevel(level).label}" for key, level in shown.items()
            ]
            return noted(wording.listed(parts), SOURCES[skill.source]) if parts else ""
        return self._own_german() if code == GERMAN else ""

    def _own_german(self) -> str:
        rated = [(key, level) for key in SELF_RATED_GERMAN if (level := self.profile.one(key)) is not None]
        parts = (
            [noted(wording.listed([wording.skill(*pair) for pair in rated]), SOURCES[LevelSource.SELF])]
            if rated
            else []
        )
        course = self.profile.one("de_course") or ""
        if course.startswith("cert_"):
            parts.append(self.profile.choice_text("de_course", course, translation.get_language() or GERMAN))
        return wording.listed(parts)

    def _licences(self, language: str) -> str:
        known = [LICENCES[code] for code in self.client.driving_licences if code in LICENCES]
        if known or DrivingLicence.NONE in self.client.driving_licences:
            return wording.listed(known)
        return (
            wording.listed(self.profile.chosen_texts("prk_licence", language))
            if self.profile.several("prk_licence")
            else ""
        )

    def _availability(self, language: str) -> str:
        hours = self.write.wishes_by_key().get("avl_hours", Pair(""))
        said = hours.de if language == GERMAN else hours.other
        parts = [part for part in (said, *self._times(language)) if part]
        return " ".join(parts) or self.client.availability

    def _times(self, language: str) -> Iterable[str]:
        """Days that are alike as one: "Monday to Friday: morning."."""
        free = set(self.profile.several("avl_times"))
        frame = phrases.phrases(language)
        days = [
            (number, tuple(part for part in PARTS if f"{day}_{part}" in free))
            for number, day in enumerate(DAYS)
        ]
        for parts, run in groupby(days, key=lambda entry: entry[1]):
            numbers = [number for number, _parts in run]
            if not parts:
                continue
            first, last = phrases.weekday(numbers[0], language).l1, phrases.weekday(numbers[-1], language).l1
            span = (
                pgettext("client", "%(first)s to %(last)s") % {"first": first, "last": last}
                if len(numbers) > 1
                else first
            )
            times = wording.listed([frame[PARTS[part]].l1 for part in parts])
            yield pgettext("client", "%(days)s: %(times)s.") % {"days": span, "times": times}

    def _strengths(self) -> Iterable[Item]:
        """Scales that came out at least as "there", in their fixed order: a short profile ranks nothing."""
        for score in self.profile.scores:
            if score.low is None or score.low < Band.PRESENT:
                continue
            words = self.write.pair(
                lambda _language, score=score: named(
                    wording.SCALE_NAMES[score.code], wording.band_words(score)
                )  # type: ignore[misc]
            )
            yield Item(f"strength:{score.code}", "strengths", words)

    def _wishes(self) -> Iterable[Item]:
        for key, words in self.write.wishes_by_key().items():
            if key != "avl_hours":
                yield Item(f"wish:{key}", "wishes", words)
