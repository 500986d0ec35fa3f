"""One box finds a client: by name in any script and spelling, number, phone, or birth date.

Asked in tiers, the surest first: the very words, what begins with them, what sounds like them; by trigrams only when that finds
too little. Every tier stops at a limit, so a beginning that thousands share costs no more than a rare one. The caller's
queryset says who may be found at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value

from counselling.birth_dates import read_date
from counselling.enums import BirthPrecision
from counselling.models import Client, SearchKey
from counselling.models.client import ClientQuerySet
from iqquadrat.core.folding import SKELETON, Typed, number_keys, search_key, typed_words
from iqquadrat.core.text import latin_digits

ENOUGH = 5
MOST = 25
# So many of one tier are compared with what was typed before the nearest are shown.
COMPARED = 60
_NUMBER = re.compile(r"[kK]?[\s\-+()/\d]+")
# A skeleton of one or two consonants is no beginning of anything: it counts only whole.
_SHORT_SKELETON = len(SKELETON) + 2
_LONGEST_QUERY = 6


def _begins(keys: Sequence[str]) -> Q:
    condition = Q()
    for key in keys:
        condition |= Q(key__startswith=key)
    return condition


def _whole(word: Typed) -> Q:
    return Q(key__in=word.plains)


def _beginning(word: Typed) -> Q:
    return _begins(word.plains)


def _sounding(word: Typed) -> Q:
    """The whole word in another spelling, alone or as a part of two words in one."""
    shapes = [shape for shape in (*word.shapes, *word.joined_shapes) if len(shape) >= _SHORT_SKELETON]
    return Q(key__in=[*word.plains, *word.joined_plains, *shapes])


def _any_way(word: Typed) -> Q:
    """Everything a word can be stored as: as written, as it sounds, and the beginnings of both."""
    shapes = [shape for shape in word.shapes if len(shape) > _SHORT_SKELETON]
    return _sounding(word) | _begins([*word.plains, *shapes])


TIERS = (_whole, _beginning, _sounding, _any_way)


def _asked(text: str) -> tuple[str, Q | None]:
    """What kind of question it is; for a number or a birth date with its condition."""
    if (date := read_date(text)) and date[1] == BirthPrecision.DAY:
        return "birth", Q(birth_date=date[0])
    digits = latin_digits(text)
    if _NUMBER.fullmatch(digits):
        keys = sorted(number_keys(digits))
        return "number", _begins(keys) if keys else None
    return "name", None


def _has_key(centre_id: int, condition: Q) -> Exists:
    return Exists(SearchKey.objects.filter(condition, client=OuterRef("pk"), centre_id=centre_id))


def matching(clients: ClientQuerySet, text: str, *, centre_id: int) -> ClientQuerySet:
    """Return those of ``clients`` who fit what was typed; all words must fit. Empty text finds nobody."""
    kind, condition = _asked(text.strip())
    if kind == "birth" and condition is not None:
        return clients.filter(condition)
    if kind == "number":
        return clients.filter(_has_key(centre_id, condition)) if condition else clients.none()
    words = typed_words(text)[:_LONGEST_QUERY]
    for word in words:
        clients = clients.filter(_has_key(centre_id, _any_way(word)))
    return clients if words else clients.none()


@dataclass(frozen=True)
class _Candidate:
    """Somebody who could be meant: the tier in which they were found, and what they are found by."""

    pk: int
    tier: int
    keys: frozenset[str]


def _tier(clients: ClientQuerySet, words: list[Typed], number: int, centre_id: int) -> QuerySet[SearchKey]:
    """The clients of one tier, looked up from the longest word on, which is mostly the rarest."""
    condition = TIERS[number]
    first, *others = sorted(words, key=lambda word: -len(word.plains[0]))
    rows = SearchKey.objects.filter(condition(first), centre_id=centre_id)
    for word in others:
        same = SearchKey.objects.filter(condition(word), client=OuterRef("client"), centre_id=centre_id)
        rows = rows.filter(Exists(same))
    return rows.filter(client__in=clients.order_by().values("pk")).order_by()


def _candidates(
    clients: ClientQuerySet, words: list[Typed], *, centre_id: int, limit: int
) -> list[_Candidate]:
    """All tiers in one question: the database stops as soon as there are enough."""
    tiers = [
        _tier(clients, words, number, centre_id)
        .annotate(tier=Value(number, output_field=IntegerField()))
        .values_list("client_id", "tier", "client__search_key")[: max(limit, COMPARED)]
        for number in range(len(TIERS))
    ]
    found: dict[int, _Candidate] = {}
    for pk, tier, keys in tiers[0].union(*tiers[1:], all=True)[: 2 * max(limit, COMPARED)]:
        found.setdefault(pk, _Candidate(pk, tier, frozenset(keys.split())))
    return list(found.values())


def _similar(clients: ClientQuerySet, words: list[Typed], *, limit: int) -> list[_Candidate]:
    """Those whose names look alike, letter by letter or sound by sound: for typing errors. All words must look like one."""
    nearness = Value(0.0)
    for word in words:
        plain, shape = word.plains[0], word.shapes[0].strip(SKELETON)
        if len(plain) < 3:
            continue
        alike = Q(search_key__trigram_word_similar=plain)
        if len(shape) > 2:
            alike |= Q(search_key__trigram_word_similar=shape)
        clients = clients.filter(alike)
        nearness = nearness + TrigramWordSimilarity(plain, "search_key")
    rows = (
        clients.annotate(nearness=nearness)
        .order_by("-nearness", "pk")
        .values_list("pk", "search_key")[:limit]
    )
    return [_Candidate(pk, len(TIERS), frozenset(keys.split())) for pk, keys in rows]


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _nearness(word: Typed, keys: frozenset[str]) -> float:
    """How much one typed word looks like the nearest of somebody's keys: 1 the same, 0 nothing in common."""
    if not keys.isdisjoint(word.plains):
        return 1.0
    best = 0.0
    for plain in word.plains:
        mine = _trigrams(plain)
        for key in keys:
            if key.startswith(plain):
                best = max(best, 0.9)
            theirs = _trigrams(key.strip(SKELETON))
            best = max(best, 0.9 * 2 * len(mine & theirs) / (len(mine) + len(theirs)))
    return best if keys.isdisjoint(word.shapes) else max(best, 0.6 + best / 4)


def _ranked(candidates: list[_Candidate], words: list[Typed]) -> list[int]:
    def rank(candidate: _Candidate) -> tuple[float, int, int]:
        return (-sum(_nearness(word, candidate.keys) for word in words), candidate.tier, candidate.pk)

    return [candidate.pk for candidate in sorted(candidates, key=rank)]


def find(clients: ClientQuerySet, text: str, *, centre_id: int, limit: int = MOST) -> list[Client]:
    """Return the clients who fit best, at most ``limit``, the nearest first."""
    kind, _condition = _asked(text.strip())
    words = typed_words(text)[:_LONGEST_QUERY]
    if kind != "name" or not words:
        rows = matching(clients, text, centre_id=centre_id)
        return list(rows.order_by("latin_family_name", "family_name", "pk")[:limit])
    found = _candidates(clients, words, centre_id=centre_id, limit=limit)
    if len(found) < ENOUGH and len(search_key(text)) >= 4:
        known = {candidate.pk for candidate in found}
        found += [one for one in _similar(clients, words, limit=MOST) if one.pk not in known]
    order = _ranked(found, words)[:limit]
    by_key = {client.pk: client for client in clients.filter(pk__in=order)}
    return [by_key[pk] for pk in order if pk in by_key]
