"""Questionnaires delivered with the programme: folders of TOML, one file for the structure and one per language.

    <folder>/<name>.toml        key, choice_lists, sections with their items; no texts
    <folder>/texts/de.toml      title, intro, [sections], [items.<key>] label, hint, stimulus, [choices.<list>]
    <folder>/texts/<code>.toml  the same keys; no stimulus and no fixed answers, which stay German
    <folder>/texts/_notes.toml  [notes] for translators, by item

Rooms register their folders in ``AppConfig.ready()``; ``manage.py load_questionnaires`` loads them.
"""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from iqquadrat.questionnaires.checking import Fault, faults_of
from iqquadrat.questionnaires.folders import structure_files
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    ListSpecification,
    SectionSpecification,
    Specification,
)

_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
_ITEM_KEYS = {
    "key", "type", "level", "dimension", "evidence", "probe", "choice_list", "choice_filter", "condition", "appearance", "min", "max",
    "correct", "core",
}  # fmt: skip
_CHOICE_KEYS = {"key", "score", "icon", "filter", "fixed", "exclusive"}
_TEXT_KEYS = {"title", "intro", "sections", "items", "choices"}


class ContentError(ValueError):
    """The files cannot be loaded. Every fault names the file and the key."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def load(folder: Path) -> Version:
    """Load a folder and return its version: a new one, or the one that asks the same, with its translations renewed.

    Idempotent. Raises ``ContentError``. What is new is published, unless a version from a workbook is in use: then it
    waits as a draft, because a coordinator has decided otherwise.
    """
    from iqquadrat.questionnaires import services  # noqa: PLC0415 - services store what this file reads

    return services.store_delivered(specification=read(folder))


def read(folder: Path) -> Specification:
    """Return the questionnaire of a folder. Raises ``ContentError``."""
    structures = structure_files(folder)
    if len(structures) != 1:
        raise ContentError([Fault(str(folder), f"one file <name>.toml is needed, found {len(structures)}")])
    structure = _parse(structures[0])
    texts = {
        path.stem: _parse(path)
        for path in sorted((folder / "texts").glob("*.toml"))
        if not path.stem.startswith("_")
    }
    notes_file = folder / "texts" / "_notes.toml"
    notes = _parse(notes_file).get("notes", {}) if notes_file.exists() else {}
    faults = _unknown_keys(structures[0].name, structure, texts)
    if GERMAN not in texts:
        faults.append(Fault("texts/de.toml", "the file is missing"))
    if faults:
        raise ContentError(faults)
    try:
        specification = _specification(structure, texts, notes)
    except KeyError as error:
        raise ContentError([Fault(structures[0].name, f"the key {error} is missing")]) from error
    if faults := faults_of(specification):
        raise ContentError(
            Fault(f"{folder.name}/{structures[0].name}: {fault.place}", fault.message) for fault in faults
        )
    return specification


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path.name, str(error))]) from error


def _unknown_keys(
    name: str, structure: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]]
) -> list[Fault]:
    """Find what a file says about things that do not exist: a typing error would silently lose a text."""
    items = [item for section in structure.get("sections", []) for item in section.get("items", [])]
    lists = {entry.get("name"): entry.get("choices", []) for entry in structure.get("choice_lists", [])}
    faults = [
        Fault(f"{name}: items.{item.get('key', '?')}", f"unknown key {key!r}")
        for item in items
        for key in sorted(item.keys() - _ITEM_KEYS)
    ]
    sections = {section.get("key") for section in structure.get("sections", [])}
    keys = {item.get("key") for item in items}
    for language, content in texts.items():
        file = f"texts/{language}.toml"
        if language not in _LANGUAGES:
            faults.append(Fault(file, "unknown language"))
        faults += [Fault(file, f"unknown key {key!r}") for key in sorted(content.keys() - _TEXT_KEYS)]
        faults += [
            Fault(f"{file}: sections.{key}", "unknown section")
            for key in content.get("sections", {})
            if key not in sections
        ]
        for key, fields in content.get("items", {}).items():
            allowed = {"label", "hint", "stimulus"} if language == GERMAN else {"label", "hint"}
            if key not in keys:
                faults.append(Fault(f"{file}: items.{key}", "unknown item"))
            faults += [
                Fault(f"{file}: items.{key}", f"unknown key {field!r}")
                for field in sorted(fields.keys() - allowed)
            ]
        for list_name, choices in content.get("choices", {}).items():
            if list_name not in lists:
                faults.append(Fault(f"{file}: choices.{list_name}", "unknown choice list"))
                continue
            known = {choice.get("key") for choice in lists[list_name]}
            faults += [
                Fault(f"{file}: choices.{list_name}.{key}", "unknown choice")
                for key in choices
                if key not in known
            ]
    return faults


def _specification(
    structure: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], notes: Mapping[str, str]
) -> Specification:
    reader = _Texts(texts)
    return Specification(
        key=structure["key"],
        title=reader.at("title"),
        intro=reader.at("intro"),
        lists=tuple(
            ListSpecification(
                name=entry["name"],
                choices=tuple(_choice(entry["name"], choice, reader) for choice in entry["choices"]),
            )
            for entry in structure.get("choice_lists", [])
        ),
        sections=tuple(
            SectionSpecification(
                key=section["key"],
                title=reader.at("sections", section["key"]),
                items=tuple(_item(item, reader, notes) for item in section.get("items", [])),
            )
            for section in structure.get("sections", [])
        ),
    )


def _choice(list_name: str, choice: Mapping[str, Any], reader: "_Texts") -> ChoiceSpecification:
    return ChoiceSpecification(
        key=choice["key"],
        text=reader.at("choices", list_name, choice["key"]),
        score=choice.get("score"),
        icon=choice.get("icon", ""),
        filter_value=choice.get("filter", ""),
        fixed=choice.get("fixed", False),
        exclusive=choice.get("exclusive", False),
        extra={key: value for key, value in choice.items() if key not in _CHOICE_KEYS},
    )


def _item(item: Mapping[str, Any], reader: "_Texts", notes: Mapping[str, str]) -> ItemSpecification:
    key = item["key"]
    return ItemSpecification(
        key=key,
        type=item["type"],
        label=reader.at("items", key, "label"),
        hint=reader.at("items", key, "hint"),
        stimulus=reader.at("items", key, "stimulus").get(GERMAN, ""),
        level=item.get("level", ""),
        dimension=item.get("dimension", ""),
        evidence=item.get("evidence", False),
        probe=item.get("probe", False),
        choice_list=item.get("choice_list", ""),
        choice_filter=item.get("choice_filter", ""),
        condition=item.get("condition", ""),
        appearance=item.get("appearance", ""),
        min_value=item.get("min"),
        max_value=item.get("max"),
        correct=item.get("correct", ""),
        required_core=item.get("core", False),
        note=notes.get(key, ""),
    )


class _Texts:
    """The texts of all languages, found by path."""

    def __init__(self, texts: Mapping[str, Mapping[str, Any]]) -> None:
        self.texts = texts

    def at(self, *path: str) -> dict[str, str]:
        """Return the text at this path in every language that has one."""
        found: dict[str, str] = {}
        for language, content in self.texts.items():
            value: Any = content
            for step in path:
                value = value.get(step, {}) if isinstance(value, Mapping) else {}
            if isinstance(value, str) and value.strip():
                found[language] = _trimmed(value)
        return found


def _trimmed(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
