"""What must hold in a questionnaire before it is stored. Files and workbooks are checked by the same rules."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from iqquadrat.core.text import ForbiddenCharacterError, clean_text
from iqquadrat.questionnaires.conditions import ConditionError, references
from iqquadrat.questionnaires.enums import ItemType, Level
from iqquadrat.questionnaires.specification import GERMAN, ItemSpecification, ListSpecification, Specification

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}", re.ASCII)
# The answer keys may begin with a digit; a space would part two ticked answers in XLSForm.
CHOICE_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}", re.ASCII)
QUESTIONNAIRE_KEY = re.compile(r"[a-z][a-z0-9_-]{0,59}", re.ASCII)
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
LENGTHS = {"title": 200, "intro": 5000, "label": 1000, "hint": 1000, "text": 500}
MAX_NUMBER = 2_147_483_647


@dataclass(frozen=True)
class Fault:
    """Something that is wrong, at a place: ``item.arr_year.label.de``, ``choice.fields.other``, ``section.start``."""

    place: str
    message: str
    # The question the message names, and the message without its name: so that a page can say its words instead of its key.
    about: str = ""
    template: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def _about(place: str, template: str, key: str) -> Fault:
    return Fault(place, template % {"key": key}, key, template)


def unfinished(specification: Specification) -> list[Fault]:
    """Return what a draft may lack for a while, but no published version."""
    return [
        Fault(f"section.{section.key}", _("the section has no questions yet"))
        for section in specification.sections
        if not section.items
    ]


def faults_of(specification: Specification) -> list[Fault]:
    """Return everything that keeps the questionnaire from being stored; nothing when it is sound."""
    return [
        *_keys(specification),
        *_texts(specification),
        *_lists(specification),
        *_items(specification),
    ]


def _keys(specification: Specification) -> Iterator[Fault]:
    if not QUESTIONNAIRE_KEY.fullmatch(specification.key):
        yield Fault("key", _("a key of small letters, digits, - and _ is needed"))
    if not specification.sections:
        yield Fault("sections", _("at least one section is needed"))
    if not any(section.items for section in specification.sections):
        yield Fault("items", _("at least one question is needed"))
    for section in specification.sections:
        yield from _key(f"section.{section.key}", section.key)
    for item in specification.items():
        yield from _key(f"item.{item.key}", item.key)
        if item.key.endswith("_stimulus"):
            yield Fault(f"item.{item.key}", _("the ending _stimulus belongs to the texts of reading probes"))
    for choice_list in specification.lists:
        yield from _key(f"choice_list.{choice_list.name}", choice_list.name)
    # Sections and questions share the names of an XLSForm's survey sheet.
    items = {item.key for item in specification.items()}
    names = [section.key for section in specification.sections] + [item.key for item in specification.items()]
    for fault in _repeated("", names):
        key = fault.place.removeprefix(".")
        yield Fault(f"{'item' if key in items else 'section'}.{key}", fault.message)
    yield from _repeated("choice_list", (choice_list.name for choice_list in specification.lists))


def _key(place: str, key: str) -> Iterator[Fault]:
    if not KEY.fullmatch(key):
        yield Fault(place, _("a key begins with a letter and holds letters, digits and _ only, at most 60"))


def _repeated(place: str, keys: Iterable[str]) -> Iterator[Fault]:
    for key, number in Counter(keys).items():
        if number > 1:
            yield Fault(f"{place}.{key}", _("the key occurs %(number)d times") % {"number": number})


def _texts(specification: Specification) -> Iterator[Fault]:
    for element, key, field, texts, fixed in specification.slots():
        place = ".".join(part for part in (element, key, field) if part)
        if not texts.get(GERMAN) and (field not in ("hint", "intro") or texts):
            yield Fault(f"{place}.{GERMAN}", _("the German text is missing"))
        for language, text in texts.items():
            if language not in LANGUAGES:
                yield Fault(f"{place}.{language}", _("unknown language"))
            elif fixed and language != GERMAN:
                yield Fault(f"{place}.{language}", _("this answer stays German and takes no translation"))
            yield from _text(f"{place}.{language}", text, LENGTHS[field])


def _text(place: str, text: str, length: int) -> Iterator[Fault]:
    if len(text) > length:
        yield Fault(place, _("the text is longer than %(length)d characters") % {"length": length})
    try:
        if clean_text(text, lines=True) != text:
            yield Fault(place, _("the text has spaces at its end or is not in Unicode's normal form"))
    except ForbiddenCharacterError:
        yield Fault(place, _("the text holds an invisible control character"))


def _lists(specification: Specification) -> Iterator[Fault]:
    for choice_list in specification.lists:
        place = f"choice_list.{choice_list.name}"
        if not choice_list.choices:
            yield Fault(place, _("the list has no answers"))
        yield from _repeated(f"choice.{choice_list.name}", (choice.key for choice in choice_list.choices))
        for choice in choice_list.choices:
            if not CHOICE_KEY.fullmatch(choice.key):
                yield Fault(
                    f"choice.{choice_list.name}.{choice.key}",
                    _("the key of an answer holds letters, digits and _ only, at most 60"),
                )
            if choice.score is not None and not -32_768 <= choice.score <= 32_767:
                yield Fault(f"choice.{choice_list.name}.{choice.key}", _("the score is too large"))
            if len(choice.icon) > 40 or len(choice.filter_value) > 60:
                yield Fault(
                    f"choice.{choice_list.name}.{choice.key}", _("the pictogram or filter is too long")
                )


def _items(specification: Specification) -> Iterator[Fault]:
    lists = {choice_list.name: choice_list for choice_list in specification.lists}
    earlier: dict[str, ItemSpecification] = {}
    for item in specification.items():
        place = f"item.{item.key}"
        yield from _kind(place, item, lists)
        yield from _condition(place, item, earlier)
        yield from _probe(place, item, lists)
        earlier[item.key] = item


def _kind(place: str, item: ItemSpecification, lists: dict[str, ListSpecification]) -> Iterator[Fault]:
    if item.type not in ItemType.values:
        yield Fault(place, _("unknown type of question “%(type)s”") % {"type": item.type})
        return
    if item.level and item.level not in Level.values:
        yield Fault(place, _("unknown reading level “%(level)s”") % {"level": item.level})
    if len(item.dimension) > 10 or len(item.appearance) > 40:
        yield Fault(place, _("dimension or appearance is too long"))
    if (item.type in (ItemType.SINGLE, ItemType.MULTIPLE)) != bool(item.choice_list):
        yield Fault(
            place, _("a list of answers belongs to questions with one or several answers, and only to them")
        )
    elif item.choice_list and item.choice_list not in lists:
        yield Fault(place, _("unknown list of answers “%(list)s”") % {"list": item.choice_list})
    low, high = item.min_value, item.max_value
    if (low is not None or high is not None) and item.type not in (ItemType.INTEGER, ItemType.YEAR):
        yield Fault(place, _("least and most belong to numbers and years only"))
    if any(bound is not None and abs(bound) > MAX_NUMBER for bound in (low, high)) or (
        low is not None and high is not None and low > high
    ):
        yield Fault(place, _("least and most do not fit together"))


def _condition(place: str, item: ItemSpecification, earlier: dict[str, ItemSpecification]) -> Iterator[Fault]:
    try:
        asked = references(item.condition)
    except ConditionError as error:
        yield Fault(f"{place}.condition", str(error))
        asked = frozenset()
    for key in sorted(asked - earlier.keys()):
        yield _about(f"{place}.condition", _("“%(key)s” is no earlier question"), key)
    if item.choice_filter:
        other = earlier.get(item.choice_filter)
        if other is None or not other.choice_list or not item.choice_list:
            template = _("“%(key)s” is no earlier question with a list of answers")
            yield _about(f"{place}.choice_filter", template, item.choice_filter)


def _probe(place: str, item: ItemSpecification, lists: dict[str, ListSpecification]) -> Iterator[Fault]:
    if not item.probe:
        if item.correct or item.stimulus:
            yield Fault(place, _("only a reading probe has a right answer and a text to read"))
        return
    if item.evidence or item.type != ItemType.SINGLE or not item.stimulus:
        yield Fault(place, _("a reading probe has one answer, a text to read and is no evidence"))
    if item.choice_list in lists and item.correct not in {
        choice.key for choice in lists[item.choice_list].choices
    }:
        yield Fault(place, _("the right answer “%(key)s” is not on the list") % {"key": item.correct})
    yield from _text(f"{place}.stimulus", item.stimulus, 5000)
