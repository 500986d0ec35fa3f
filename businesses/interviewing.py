"""How the questionnaire is walked in an interview: pages, numbers of questions, and when it is complete. Pure rules.

A page shows one item, or several neighbours whose appearance is ``together`` and whose keys share the same beginning
(``v31_german``, ``v31_tax`` ...). The number of a question stands in the item's key: ``v28_1_hours`` belongs to question 28.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from businesses.enums import ConsentPurpose, Disposition
from iqquadrat.questionnaires.models import Item, Version
from iqquadrat.questionnaires.specification import GERMAN
from iqquadrat.questionnaires.texts import LANGUAGE_CODES

TOGETHER = "together"
_NUMBER = re.compile(r"v(\d+)_")
# AAPOR Standard Definitions: from 80 per cent of the core an interview is usually called complete, from 50 partial.
COMPLETE_FROM = 0.8
PARTIAL_FROM = 0.5

CONSENT_ITEMS = {f"consent_{purpose}": purpose for purpose in ConsentPurpose}


def question_number(key: str) -> int | None:
    """Return the number of the question an item belongs to; None for the consents at the end."""
    match = _NUMBER.match(key)
    return int(match[1]) if match else None


def beside_german(language: str, version: Version) -> str:
    """Return the language in which the questions stand beside German in an interview held in it; empty for German alone."""
    off = version.questionnaire.languages_off
    return language if language in LANGUAGE_CODES and language != GERMAN and language not in off else ""


@dataclass(frozen=True)
class Page:
    """What is asked at once."""

    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        """The key of the first item names the page."""
        return self.items[0].key

    @property
    def number(self) -> int | None:
        """The number of the question."""
        return question_number(self.key)


def pages(items: Sequence[Item]) -> list[Page]:
    """Return the pages on which these items are asked, in order."""
    return [Page(tuple(group)) for _key, group in groupby(items, key=_page_of)]


def _page_of(item: Item) -> str:
    return item.key.rsplit("_", 1)[0] if item.appearance == TOGETHER else item.key


@dataclass(frozen=True)
class CoreAnswered:
    """How much of the core has an answer."""

    answered: int
    core: int

    @property
    def disposition(self) -> Disposition | None:
        """Complete, partial, or None while it is too little for an interview."""
        share = self.answered / self.core if self.core else 0
        if share >= COMPLETE_FROM:
            return Disposition.COMPLETE
        return Disposition.PARTIAL if share >= PARTIAL_FROM else None


def core_answered(items: Sequence[Item], answered: Collection[str]) -> CoreAnswered:
    """Count the core among the items that are asked, and those of it that were answered."""
    core = [item.key for item in items if item.required_core]
    return CoreAnswered(answered=sum(key in answered for key in core), core=len(core))
