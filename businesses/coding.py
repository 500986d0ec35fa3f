"""From the plain words of a trade to the classification: what is proposed in the office, where a person decides."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from businesses.branches import REFERENCE
from businesses.enums import BranchLevel
from businesses.models import WzBranch
from iqquadrat.core.folding import folded_words

KEYWORDS = REFERENCE / "keywords.toml"
MOST_PROPOSALS = 3
# German puts words together: a keyword counts at the end of a longer one (Damenfriseur), less within it (Dönerladen). Below
# these lengths, in letters, it is found in words that have nothing to do with it.
SHORTEST_END, SHORTEST_WITHIN = 4, 5
WHOLE, AT_THE_END, WITHIN = 3, 2, 1
_UMLAUTS = re.compile("([aou])e")


def proposed_codes(words: str) -> list[str]:
    """Return the codes of WZ 2008 that fit these words best, the best first, at most three; empty when no keyword is in them.

    A keyword as a word of its own is better than one at the end of a word, that better than one within; then the longer one.
    """
    text = _folded(words)
    # A word that is a keyword itself says what it says: an Internetcafé is no café.
    open_words = [word for word in text if (word,) not in _whole_words()]
    best: dict[str, tuple[int, int]] = {}
    for keyword, code in _keywords():
        fit = _fit(keyword, text, open_words)
        if fit and fit > best.get(code, (0, 0)):
            best[code] = fit
    # The sort keeps the order of the file among equals.
    return sorted(best, key=lambda code: best[code], reverse=True)[:MOST_PROPOSALS]


def proposals(words: str) -> list[WzBranch]:
    """Return the groups of WZ 2008 for these words, the best first."""
    codes = proposed_codes(words)
    found = branches_by_code(codes) if codes else {}
    return [found[code] for code in codes if code in found]


def branches_by_code(codes: Iterable[str]) -> dict[str, WzBranch]:
    """Return the groups of the keywords' version with these codes."""
    chosen = WzBranch.objects.filter(version=_version(), level=BranchLevel.GROUP, code__in=set(codes))
    return {branch.code: branch for branch in chosen}


def _fit(keyword: tuple[str, ...], text: list[str], open_words: list[str]) -> tuple[int, int] | None:
    length = sum(map(len, keyword))
    places = range(len(text) - len(keyword) + 1)
    if any(tuple(text[place : place + len(keyword)]) == keyword for place in places):
        return WHOLE, length
    if len(keyword) > 1:
        return None
    [word] = keyword
    if length >= SHORTEST_END and any(longer.endswith(word) for longer in open_words):
        return AT_THE_END, length
    if length >= SHORTEST_WITHIN and any(word in longer for longer in open_words):
        return WITHIN, length
    return None


def _folded(words: str) -> list[str]:
    """Words in small Latin letters; ``Doener`` is ``Döner``."""
    return [_UMLAUTS.sub(r"\1", word) for word in folded_words(words)]


@cache
def _keywords() -> list[tuple[tuple[str, ...], str]]:
    groups = tomllib.loads(KEYWORDS.read_text("utf-8"))["groups"]
    return [(tuple(_folded(keyword)), code) for code, words in groups.items() for keyword in words]


@cache
def _whole_words() -> frozenset[tuple[str, ...]]:
    return frozenset(keyword for keyword, _code in _keywords())


@cache
def _version() -> int:
    version: int = tomllib.loads(KEYWORDS.read_text("utf-8"))["version"]
    return version
