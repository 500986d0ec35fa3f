"""One box finds a client: by name in any script and spelling, number, phone, or birth date.

Asked by the beginning of a stored key first; by similarity (``%``) only when that finds too little. The caller's queryset
says who may be found at all.
"""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, OuterRef, Q

from counselling.birth_dates import read_birth
from counselling.enums import BirthPrecision
from counselling.models import Client, SearchKey
from counselling.models.client import ClientQuerySet
from iqquadrat.core.folding import SKELETON, folded_words, number_keys, search_key, skeletons
from iqquadrat.core.text import latin_digits

ENOUGH = 5
MOST = 25
_NUMBER = re.compile(r"[kK]?[\s\-+()/\d]+")
# A skeleton of one or two consonants is no beginning of anything: it counts only whole.
_SHORT_SKELETON = len(SKELETON) + 2


def _has_key(centre_id: int, condition: Q) -> Exists:
    return Exists(SearchKey.objects.filter(condition, client=OuterRef("pk"), centre_id=centre_id))


def _word_condition(word: str, shapes: set[str]) -> Q:
    condition = Q(key__startswith=word)
    for shape in shapes:
        if len(shape) > _SHORT_SKELETON:
            condition |= Q(key__startswith=shape)
        elif len(shape) == _SHORT_SKELETON and len(word) > 2:
            condition |= Q(key=shape)
    return condition


def matching(clients: ClientQuerySet, text: str, *, centre_id: int) -> ClientQuerySet:
    """Return those of ``clients`` who fit what was typed; all words must fit. Empty text finds nobody."""
    text = text.strip()
    if not text:
        return clients.none()
    if (born := read_birth(text)) and born.precision == BirthPrecision.DAY:
        return clients.filter(birth_date=born.date)
    if _NUMBER.fullmatch(latin_digits(text)):
        digits = sorted(number_keys(latin_digits(text)))
        return (
            _all(clients, [Q(key__startswith=key) for key in digits], centre_id) if digits else clients.none()
        )
    words = list(zip(folded_words(text), skeletons(text), strict=True))
    if not words:
        return clients.none()
    return _all(clients, [_word_condition(word, shapes) for word, shapes in words], centre_id)


def _all(clients: ClientQuerySet, conditions: list[Q], centre_id: int) -> ClientQuerySet:
    for condition in conditions:
        clients = clients.filter(_has_key(centre_id, condition))
    return clients


def find(clients: ClientQuerySet, text: str, *, centre_id: int, limit: int = MOST) -> list[Client]:
    """Return the clients who fit best, at most ``limit``: by key first, then similar ones, until there are enough."""
    found = list(
        matching(clients, text, centre_id=centre_id).order_by("latin_family_name", "family_name", "pk")[
            :limit
        ]
    )
    typed = search_key(text)
    if len(found) >= ENOUGH or len(typed) < 4 or _NUMBER.fullmatch(latin_digits(text)):
        return found
    similar = (
        clients.filter(search_key__trigram_word_similar=typed)
        .exclude(pk__in=[client.pk for client in found])
        .annotate(nearness=TrigramWordSimilarity(typed, "search_key"))
        .order_by("-nearness", "pk")[: limit - len(found)]
    )
    return found + list(similar)
