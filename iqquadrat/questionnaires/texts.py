"""The texts of a questionnaire in one language. Never another language in its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from iqquadrat.questionnaires.enums import Element, TextStatus
from iqquadrat.questionnaires.models import Choice, Item, Questionnaire, Section, TextState, Version
from iqquadrat.questionnaires.specification import GERMAN

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)

Carrier = Questionnaire | Version | Section | Item | Choice


def text(obj: Carrier, field: str, language: str) -> str | None:
    """Return the text in this language, or None when there is none.

    Answers that stay German (reading probes) are German in every language: that is their text there.
    """
    if language not in LANGUAGE_CODES:
        raise ValueError(f"unknown language: {language}")
    if isinstance(obj, Choice) and obj.fixed:
        language = GERMAN
    return getattr(obj, f"{field}_{language}") or None


def is_offered(item: Item, language: str) -> bool:
    """Tell whether the question can be switched to this language: every text of it and of its answers exists."""
    return _complete(item, ("label", "hint"), language) and all(
        _complete(choice, ("text",), language) for choice in item.all_choices
    )


def _complete(obj: Carrier, fields: Iterable[str], language: str) -> bool:
    return all(text(obj, field, language) for field in fields if text(obj, field, GERMAN))


def offered_languages(version: Version) -> list[str]:
    """Return the languages a person can be led through: German, and each that is not switched off and has every text."""
    off = set(version.questionnaire.languages_off)
    return [
        language
        for language in LANGUAGE_CODES
        if language == GERMAN or (language not in off and _version_complete(version, language))
    ]


def _version_complete(version: Version, language: str) -> bool:
    return (
        _complete(version, ("title", "intro"), language)
        and all(_complete(section, ("title",), language) for section in version.ordered_sections)
        and all(is_offered(item, language) for item in version.ordered_items)
    )


@dataclass(frozen=True)
class Slot:
    """The place of one text, with the record that carries it."""

    element: Element
    element_key: str
    field: str
    carrier: Carrier
    fixed: bool = False

    @property
    def place(self) -> tuple[str, str, str]:
        """What names the place in ``TextState``."""
        return (self.element.value, self.element_key, self.field)

    def text(self, language: str) -> str:
        """The text, empty when there is none."""
        return getattr(self.carrier, f"{self.field}_{language}") or ""


def slots(version: Version) -> list[Slot]:
    """Return the places of all texts of a version that is in memory with its content."""
    places = [Slot(Element.VERSION, "", field, version) for field in ("title", "intro")]
    places += [Slot(Element.SECTION, section.key, "title", section) for section in version.ordered_sections]
    for item in version.ordered_items:
        places += [Slot(Element.ITEM, item.key, field, item) for field in ("label", "hint")]
    for choice_list in version.lists.values():
        places += [
            Slot(Element.CHOICE, f"{choice_list.name}.{choice.key}", "text", choice, choice.fixed)
            for choice in choice_list.choices.all()
        ]
    return places


@dataclass(frozen=True)
class LanguageCounts:
    """How many texts of a version stand where, in one language."""

    language: str
    missing: int
    draft: int
    reviewed: int
    outdated: int

    @property
    def total(self) -> int:
        """All texts that need a translation."""
        return self.missing + self.draft + self.reviewed + self.outdated

    @property
    def present(self) -> int:
        """Texts that there are, in whatever state."""
        return self.total - self.missing


def counts(versions: Iterable[Version]) -> dict[int, list[LanguageCounts]]:
    """Return per version (primary key) the counts of each language that was begun, in the order of the settings. One query."""
    rows = (
        TextState.objects.filter(version__in=[version.pk for version in versions])
        .values_list("version_id", "language", "state")
        .annotate(number=models.Count("pk"))
        .order_by()
    )
    found: dict[tuple[int, str], dict[str, int]] = {}
    for version_id, language, state, number in rows:
        found.setdefault((version_id, language), {})[state] = number
    result: dict[int, list[LanguageCounts]] = {}
    for version_id, language in sorted(found, key=lambda pair: (pair[0], LANGUAGE_CODES.index(pair[1]))):
        numbers = {status.value: found[version_id, language].get(status.value, 0) for status in TextStatus}
        result.setdefault(version_id, []).append(LanguageCounts(language=language, **numbers))
    return result
