"""One box finds a client: by name in any script and spelling, number, phone, or birth date.

Asked in tiers, the surest first: the very words, what begins with them, what sounds like them; by trigrams only when that finds
too little. Every tier stops at a limit, so a beginning that thousands share costs no more than a rare one. The caller's
queryset says who may be found at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVectorField, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, Func, IntegerField, Q, Value
from django.db.models.expressions import Combinable

from counselling.birth_dates import read_birth
from counselling.enums import BirthPrecision
from counselling.models import Client
from counselling.models.client import ClientQuerySet, key_vector
from iqquadrat.core.folding import SKELETON, Typed, number_keys, search_key, typed_words
from iqquadrat.core.text import latin_digits

ENOUGH = 5
MOST = 25
# So many of one tier are compared with what was typed before the nearest are shown.
COMPARED = 60
# From this share of common trigrams on a word looks like another one.
ALIKE = 0.48
_NUMBER = re.compile(r"[kK]?[\s\-+()/\d]+")
# A skeleton of one or two consonants is no beginning of anything: it counts only whole.
_SHORT_SKELETON = len(SKELETON) + 2
_LONGEST_QUERY = 6


def _whole(keys: Sequence[str]) -> list[str]:
    return [f"'{key}'" for key in keys]


def _begins(keys: Sequence[str]) -> list[str]:
    return [f"'{key}':*" for key in keys]


def _exact(words: list[Typed]) -> list[list[str]]:
    return [_whole(word.plains) for word in words]


def _beginning(words: list[Typed]) -> list[list[str]]:
    return [_begins(word.plains) for word in words]


def _in_another_spelling(word: Typed, *, alone: bool) -> list[str]:
    # One consonant says something only beside another word.
    shortest = _SHORT_SKELETON if alone else _SHORT_SKELETON - 1
    shapes = [shape for shape in (*word.shapes, *word.joined_shapes) if len(shape) >= shortest]
    return _whole([*word.plains, *word.joined_plains, *shapes])


def _sounding(words: list[Typed]) -> list[list[str]]:
    """Whole words in another spelling, alone or as a part of two words in one."""
    return [_in_another_spelling(word, alone=len(words) == 1) for word in words]


def _any_way(words: list[Typed]) -> list[list[str]]:
    """Everything a word can be stored as: as written, as it sounds, and the beginnings of both."""
    return [
        spellings + _begins([*word.plains, *(shape for shape in word.shapes if len(shape) > _SHORT_SKELETON)])
        for word, spellings in zip(words, _sounding(words), strict=True)
    ]


TIERS = (_exact, _beginning, _sounding, _any_way)


def _with_keys(choices: list[list[str]]) -> Func:
    """The condition that of every word one of its choices is among somebody's keys. Keys are small letters, digits and colons."""
    query = " & ".join(f"({' | '.join(dict.fromkeys(keys))})" for keys in choices)
    asked = Func(Value(query), template="%(expressions)s::tsquery", output_field=SearchVectorField())
    return Func(
        key_vector(), asked, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField()
    )


def _asked(text: str) -> tuple[str, Q | Func | None]:
    """What kind of question it is; for a number or a birth date with its condition."""
    if (born := read_birth(text)) and born.precision == BirthPrecision.DAY:
        return "birth", Q(birth_date=born.date)
    digits = latin_digits(text)
    if _NUMBER.fullmatch(digits):
        keys = sorted(number_keys(digits))
        return "number", _with_keys([_begins(keys)]) if keys else None
    return "name", None


def matching(clients: ClientQuerySet, text: str, *, centre_id: int) -> ClientQuerySet:
    """Return those of ``clients`` who fit what was typed; all words must fit. Empty text finds nobody."""
    clients = clients.filter(centre_id=centre_id)
    kind, condition = _asked(text.strip())
    if kind != "name":
        return clients.filter(condition) if condition is not None else clients.none()
    words = typed_words(text)[:_LONGEST_QUERY]
    return clients.filter(_with_keys(_any_way(words))) if words else clients.none()


@dataclass(frozen=True)
class _Candidate:
    """Somebody who could be meant: the tier in which they were found, and what they are found by."""

    pk: int
    tier: int
    keys: frozenset[str]


def _candidates(clients: ClientQuerySet, words: list[Typed], *, limit: int) -> list[_Candidate]:
    """All tiers in one question: the database stops as soon as there are enough."""
    most = max(limit, COMPARED)
    tiers = [
        clients.filter(_with_keys(tier(words)))
        .annotate(tier=Value(number, output_field=IntegerField()))
        .values_list("pk", "tier", "search_key")[:most]
        for number, tier in enumerate(TIERS)
    ]
    found: dict[int, _Candidate] = {}
    for pk, tier, keys in tiers[0].union(*tiers[1:], all=True)[: 2 * most]:
        found.setdefault(pk, _Candidate(pk, tier, frozenset(keys.split())))
    return list(found.values())


def _similar(clients: ClientQuerySet, words: list[Typed], *, limit: int) -> list[_Candidate]:
    """Those whose names look alike, letter by letter or sound by sound: for typing errors. All words must look like one."""
    nearness: Combinable = Value(0.0)
    for word in words:
        plain, shape = word.plains[0], word.shapes[0].strip(SKELETON)
        if len(plain) < 3:
            continue
        alike = Q(search_key__trigram_word_similar=plain)
        if len(shape) > 2:
            alike |= Q(search_key__trigram_word_similar=shape)
        clients = clients.filter(alike)
        nearness = nearness + TrigramWordSimilarity(plain, "search_key")
    rows = clients.annotate(nearness=nearness).order_by("-nearness", "pk").values_list("pk", "search_key")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        return [_Candidate(pk, len(TIERS), frozenset(keys.split())) for pk, keys in rows[:limit]]


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
        # Sorted here: asked for the first names in order, the database would walk through all names to find a rare number.
        rows = matching(clients, text, centre_id=centre_id).order_by()[: max(limit, COMPARED)]
        return sorted(rows, key=lambda client: (client.latin_family_name, client.family_name, client.pk))[
            :limit
        ]
    bare = clients.filter(centre_id=centre_id).select_related(None).order_by()
    found = _candidates(bare, words, limit=limit)
    if len(found) < ENOUGH and len(search_key(text)) >= 4:
        known = {candidate.pk for candidate in found}
        found += [one for one in _similar(bare, words, limit=MOST) if one.pk not in known]
    order = _ranked(found, words)[:limit]
    by_key = {client.pk: client for client in clients.filter(pk__in=order)}
    return [by_key[pk] for pk in order if pk in by_key]
