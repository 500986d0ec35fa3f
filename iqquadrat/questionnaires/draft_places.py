"""Where in the editor something is: the page on which a fault is put right, and the words that name the place."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from iqquadrat.questionnaires.checking import Fault
from iqquadrat.questionnaires.pointing import Pointer, label_of
from iqquadrat.questionnaires.specification import GERMAN, ListSpecification, Specification


@dataclass(frozen=True)
class Line:
    """A fault or a pointer as the page shows it: what it says, and where one goes for it."""

    words: str
    url: str
    name: str = ""


def fault_lines(version: int, specification: Specification, faults: list[Fault]) -> list[Line]:
    """Return faults in words, each with the page on which it is put right."""
    return [
        Line(fault_in_words(fault, specification), url_of(version, specification, fault.place))
        for fault in faults
    ]


def pointer_lines(version: int, specification: Specification, pointers: list[Pointer]) -> list[Line]:
    """Return what points at something, each with the page on which it can be changed."""
    return [
        Line(pointer.words, url_of(version, specification, pointer.place), pointer.label)
        for pointer in pointers
    ]


def fault_in_words(fault: Fault, specification: Specification, *, alone: bool = False) -> str:
    """Return a fault with the words of questions instead of their keys; ``alone``: without its own place."""
    labels = {item.key: label_of(item) for item in specification.items()}
    message = (
        fault.template % {"key": labels[fault.about]}
        if fault.template and fault.about in labels
        else fault.message
    )
    name = "" if alone else name_of(specification, fault.place)
    return _("%(place)s: %(message)s") % {"place": name, "message": message} if name else message


def name_of(specification: Specification, place: str) -> str:
    """Return the words that name a place; empty for the questionnaire as a whole."""
    element, _dot, rest = place.partition(".")
    key = rest.split(".")[0]
    if element == "item":
        return _("Question “%(name)s”") % {
            "name": next((label_of(item) for item in specification.items() if item.key == key), key)
        }
    if element == "section":
        titles = {section.key: section.title.get(GERMAN, "") for section in specification.sections}
        return _("Section “%(name)s”") % {"name": titles.get(key) or key}
    if element == "choice_list":
        return _("List of answers “%(name)s”") % {"name": key}
    if element == "choice":
        _name, answer = choice_at(specification, rest)
        texts = {
            choice.key: choice.text.get(GERMAN, "")
            for found in _lists(specification, key)
            for choice in found.choices
        }
        return _("Answer “%(name)s”") % {"name": texts.get(answer) or answer or key}
    return ""


def url_of(version: int, specification: Specification, place: str) -> str:
    """Return the page on which what is at a place can be changed."""
    element, _dot, rest = place.partition(".")
    key, *more = rest.split(".")
    if element == "item" and any(item.key == key for item in specification.items()):
        route = "condition" if more[:1] == ["condition"] else "question"
        return _address(route, version, key=key)
    if element == "section" and any(section.key == key for section in specification.sections):
        return _address("section", version, key=key)
    if element in ("choice_list", "choice") and _lists(specification, key):
        name, answer = choice_at(specification, rest)
        if element == "choice" and answer:
            return _address("choice", version, name=name, choice=answer)
        return _address("choice_list", version, name=key)
    return _address("title" if element == "version" else "edit", version)


def choice_at(specification: Specification, rest: str) -> tuple[str, str]:
    """Return list and answer of a place without its first word. Keys of answers may hold dots: the longest that fits."""
    name, _dot, answer = rest.partition(".")
    keys = [choice.key for found in _lists(specification, name) for choice in found.choices]
    fitting = [key for key in keys if answer == key or answer.startswith(f"{key}.")]
    return name, max(fitting, key=len, default="")


def _lists(specification: Specification, name: str) -> list[ListSpecification]:
    return [found for found in specification.lists if found.name == name]


def _address(route: str, version: int, **named: str) -> str:
    return reverse(f"questionnaires:{route}", kwargs={"pk": version, **named})
