"""A questionnaire as plain data, before it is stored and after it is read: what files, workbooks and the database share.

Nothing here knows where it came from; ``content`` reads it from files, ``xlsform`` from and to workbooks, ``storing`` keeps it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

GERMAN = "de"
# Language code to text; only texts that exist, never an empty one.
Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ChoiceSpecification:
    """One answer of a list."""

    key: str
    text: Texts
    score: int | None = None
    icon: str = ""
    filter_value: str = ""
    fixed: bool = False
    exclusive: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ListSpecification:
    """A list of answers."""

    name: str
    choices: tuple[ChoiceSpecification, ...]


@dataclass(frozen=True, kw_only=True)
class ItemSpecification:
    """One question."""

    key: str
    type: str
    label: Texts
    hint: Texts = field(default_factory=dict)
    level: str = ""
    dimension: str = ""
    evidence: bool = False
    probe: bool = False
    choice_list: str = ""
    choice_filter: str = ""
    condition: str = ""
    appearance: str = ""
    min_value: int | None = None
    max_value: int | None = None
    correct: str = ""
    stimulus: str = ""
    required_core: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionSpecification:
    """A part with its questions."""

    key: str
    title: Texts
    items: tuple[ItemSpecification, ...]


@dataclass(frozen=True, kw_only=True)
class Specification:
    """A whole questionnaire."""

    key: str
    title: Texts
    intro: Texts
    sections: tuple[SectionSpecification, ...]
    lists: tuple[ListSpecification, ...]

    def items(self) -> Iterator[ItemSpecification]:
        """All questions in order."""
        for section in self.sections:
            yield from section.items

    def slots(self) -> Iterator[tuple[str, str, str, Texts, bool]]:
        """Every place of a text: element, key of the element, field, texts, whether it stays German."""
        yield "version", "", "title", self.title, False
        yield "version", "", "intro", self.intro, False
        for section in self.sections:
            yield "section", section.key, "title", section.title, False
        for item in self.items():
            yield "item", item.key, "label", item.label, False
            yield "item", item.key, "hint", item.hint, False
        for choice_list in self.lists:
            for choice in choice_list.choices:
                yield "choice", f"{choice_list.name}.{choice.key}", "text", choice.text, choice.fixed

    def languages(self) -> set[str]:
        """The languages in which there is at least one text."""
        return {language for *_place, texts, _fixed in self.slots() for language in texts}

    def fingerprint(self) -> str:
        """Return a hash over structure and German. Translations and notes for translators are left out."""
        canonical = json.dumps(_german_only(asdict(self)), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


_TEXT_FIELDS = frozenset({"label", "hint", "title", "intro", "text"})


def _german_only(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: part.get(GERMAN, "") if name in _TEXT_FIELDS else _german_only(part)
            for name, part in value.items()
            if name != "note"
        }
    if isinstance(value, list | tuple):
        return [_german_only(part) for part in value]
    return value


def source_hash(german: str) -> str:
    """Return the hash of a German text, kept beside a translation to see when the German has changed."""
    return hashlib.sha256(german.encode()).hexdigest()
