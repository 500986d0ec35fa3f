"""Notes on the German of a question, by the rules of wording. Notes, never faults: a person decides.

A1 up to 7 words, A2 up to 11, B1 up to 17; one question, with one question mark at its end; always "Sie"; no negations. A word is a run
between white space. Compound nouns, which A1 has none of, are left to people: no rule tells "Handy" from "Handwerk".
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iqquadrat.questionnaires.enums import Level

MOST_WORDS = {Level.A1: 7, Level.A2: 11, Level.B1: 17}
_NEGATION = re.compile(
    r"\b(nicht|nichts|nie|niemals|niemand(?:en|em)?|nirgends|nirgendwo|weder|ohne|kein(?:e[mnrs]?)?)\b",
    re.IGNORECASE,
)
# "Kundinnen und Kunden", "Beruf oder das Studium" name one thing; "lesen und schreiben" asks two.
_DOUBLE = re.compile(r"(\S+)\s+(und|oder)\s+(?:(?:der|die|das|den|dem)\s+)?(\S+)", re.IGNORECASE)
# Only with a capital: "sie" and "ihr" are other people.
_ADDRESS = re.compile(r"\b(Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
_FAMILIAR = re.compile(r"\b(du|dich|dir|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Note:
    """Something to look at again. ``rule``: ``words``, ``negation``, ``question_mark``, ``double`` or ``address``."""

    rule: str
    message: str


def notes_on(label: str, level: str = "") -> list[Note]:
    """Return what the wording of a question should be looked at again for. Without a reading level words are not counted."""
    if not label.strip():
        return []
    found = (
        ("words", _too_long(label, level)),
        ("negation", _negation(label)),
        ("question_mark", _marks(label)),
        ("double", _double(label)),
        ("address", _address(label)),
    )
    return [Note(rule, message) for rule, message in found if message]


def _too_long(label: str, level: str) -> str:
    words, most = len(label.split()), MOST_WORDS[Level(level)] if level in Level.values else None
    if most is None or words <= most:
        return ""
    message = ngettext(
        "%(words)d word; at the level %(level)s at most %(most)d.",
        "%(words)d words; at the level %(level)s at most %(most)d.",
        words,
    )
    return message % {"words": words, "level": level, "most": most}


def _negation(label: str) -> str:
    found = _NEGATION.search(label)
    message = _("Says no with “%(word)s”: who answers “yes” to it?")
    return message % {"word": found.group()} if found else ""


def _marks(label: str) -> str:
    if label.count("?") > 1:
        return _("Has more than one question mark.")
    return "" if label.rstrip().endswith("?") else _("Does not end with a question mark.")


def _double(label: str) -> str:
    for before, word, after in _DOUBLE.findall(label):
        if not (before[0].isupper() and after[0].isupper()) or before.endswith(","):
            return _("Asks two things at once? (“%(word)s”)") % {"word": word}
    return ""


def _address(label: str) -> str:
    if found := _FAMILIAR.search(label):
        return _("Says “%(word)s” instead of “Sie”.") % {"word": found.group()}
    return "" if _ADDRESS.search(label) else _("Does not address anybody with “Sie”.")
