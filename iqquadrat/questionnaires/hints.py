"""What a machine can see in a translation. Hints for whoever translates, never a reason to refuse: people know better.

Only characters that no writing needs are refused, where the text comes in (``core.fields``). Pure functions.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

# The writing of a language; Latin for all others.
CYRILLIC, ARABIC = "CYRILLIC", "ARABIC"
SCRIPTS = {"ru": CYRILLIC, "uk": CYRILLIC, "ar": ARABIC, "fa": ARABIC}
ZWNJ = "\u200c"
# What stands for something that is put in later: ${key}, {name}, %(name)s, %s.
_PLACEHOLDER = re.compile(r"\$\{\w+\}|\{\w*\}|%\(\w+\)[a-z]|%[sd]")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_QUESTION = "?؟"
# Shorter texts differ in length for no reason.
_LONG_ENOUGH = 15
_MUCH_LONGER, _MUCH_SHORTER = 2.2, 0.35
# Arabic letters that Persian writes with a code point of its own.
_NOT_PERSIAN = {"\u064a": "ی", "\u0649": "ی", "\u0643": "ک"}
# می and ن‌می are joined to their verb by a zero-width non-joiner, and so is the plural ها to its noun.
_PERSIAN_SPACE = re.compile(r"(?:^|\s)(?:می|نمی)\s+\w|\w\s+(?:ها|های|هایی)(?:\W|$)")

Check = Callable[[str, str, str], Iterator[str]]


def hints_for(german: str, text: str, language: str) -> list[str]:
    """Return in words what looks wrong in ``text`` beside its German. Nothing for an empty text."""
    if not text.strip():
        return []
    return [hint for check in _CHECKS for hint in check(german, text, language)]


def _normal_form(_german: str, text: str, _language: str) -> Iterator[str]:
    if unicodedata.normalize("NFC", text) != text:
        yield _("Some letters are put together of several characters. They are made one when you save.")


def script_of(letter: str) -> str:
    """Return the first word of a letter's name in Unicode: LATIN, CYRILLIC, ARABIC ..."""
    return unicodedata.name(letter, "").split(" ")[0]


def _foreign_letters(_german: str, text: str, language: str) -> Iterator[str]:
    """A Latin a in a Russian word looks the same and is read aloud, searched and sorted wrongly. Whole foreign words are no fault."""
    own = SCRIPTS.get(language, "LATIN")
    for word in _WORD.findall(text):
        scripts = {script_of(letter) for letter in word if unicodedata.category(letter) != "Mn"}
        if len(scripts & {"LATIN", CYRILLIC, ARABIC, "GREEK"}) > 1:
            odd = sorted({letter for letter in word if script_of(letter) not in (own, "COMBINING")})
            yield _("In “%(word)s” letters of two writings are mixed: %(letters)s.") % {
                "word": word,
                "letters": " ".join(odd),
            }


def _persian(_german: str, text: str, language: str) -> Iterator[str]:
    if language != "fa":
        return
    for wrong, right in _NOT_PERSIAN.items():
        if wrong in text:
            yield _("An Arabic letter %(wrong)s stands here; Persian writes %(right)s.") % {
                "wrong": wrong,
                "right": right,
            }
    if _PERSIAN_SPACE.search(text):
        yield _("After می and before ها stands a zero-width non-joiner instead of a space.")


def _arabic_question(_german: str, text: str, language: str) -> Iterator[str]:
    if language in ("ar", "fa") and "?" in text:
        yield _("The question mark of this language is ؟.")


def _placeholders(german: str, text: str, _language: str) -> Iterator[str]:
    wanted, found = Counter(_PLACEHOLDER.findall(german)), Counter(_PLACEHOLDER.findall(text))
    if missing := sorted((wanted - found).elements()):
        yield _("Missing placeholder: %(placeholders)s") % {"placeholders": ", ".join(missing)}
    if extra := sorted((found - wanted).elements()):
        yield _("Placeholder that the German does not have: %(placeholders)s") % {
            "placeholders": ", ".join(extra)
        }


def _length(german: str, text: str, _language: str) -> Iterator[str]:
    if max(len(german), len(text)) < _LONG_ENOUGH or not german:
        return
    share = len(text) / len(german)
    if share > _MUCH_LONGER:
        yield _("The text is much longer than the German. Does it explain more?")
    elif share < _MUCH_SHORTER:
        yield _("The text is much shorter than the German. Is something missing?")


def _question(german: str, text: str, _language: str) -> Iterator[str]:
    asks, asked = "?" in german, any(mark in text for mark in _QUESTION)
    if asks and not asked:
        yield _("The German asks a question; the question mark is missing here.")
    elif asked and not asks:
        yield _("The German has no question mark.")


_CHECKS: tuple[Check, ...] = (
    _normal_form, _foreign_letters, _persian, _arabic_question, _placeholders, _length, _question,
)  # fmt: skip
