"""Real-world spellings: how a name is stored, how it is typed, and the right client among the first ten of a hundred thousand."""

import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from benchmarks.clients import fill
from counselling.models import Client
from counselling.search import find
from iqquadrat.core.folding import folded_words
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory

PAIRS = list(
    csv.DictReader((Path(__file__).parent / "spelling_pairs.tsv").read_text().splitlines(), delimiter="\t")
)
CROWD = 100_000
FIRST = 10
STORED = ("given", "family", "latin given", "latin family")
Person = tuple[str, ...]


def stored(pair: dict[str, str]) -> Person:
    return tuple(pair[name] or "" for name in STORED)


def full_names(person: Person) -> set[str]:
    given, family, latin_given, latin_family = person
    names = (
        f"{given} {family}",
        f"{latin_given} {latin_family}",
        f"{given} {family} {latin_given} {latin_family}",
    )
    return {" ".join(sorted(set(folded_words(name)))) for name in names if name.strip()}


@pytest.fixture(scope="module")
def crowd(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Any, dict[Person, Client]]]:
    """A centre with a hundred thousand clients and the people of the corpus among them; gone after these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        counsellor = UserFactory()
        coordinator = UserFactory(centre=counsellor.centre, roles=["coordinator"])
        people = dict.fromkeys(stored(pair) for pair in PAIRS)
        taken = frozenset(name for person in people for name in full_names(person))
        needed = frozenset({"client_search_keys", "client_search_trgm"})
        fill(counsellors=[counsellor], count=CROWD, without=taken, indexes=needed)
        made = {
            person: ClientFactory(
                counsellor=counsellor, given_name=person[0], family_name=person[1], latin_given_name=person[2],
                latin_family_name=person[3], number=f"C-{number}",
            )
            for number, person in enumerate(people)
        }  # fmt: skip
        yield coordinator, made
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM counselling_client")  # what was rolled back lies about for the tests to come


@pytest.mark.slow
@pytest.mark.django_db
def test_the_right_client_is_among_the_first_ten(crowd: Any, capsys: Any) -> None:
    coordinator, made = crowd
    clients = Client.objects.visible_to(coordinator)
    assert clients.count() == CROWD + len(made)
    assert len(PAIRS) >= 120
    missed, slowest = [], 0.0
    for pair in PAIRS:
        begun = time.perf_counter()
        hits = find(clients, pair["typed"], centre_id=coordinator.centre_id, limit=FIRST)
        slowest = max(slowest, time.perf_counter() - begun)
        if made[stored(pair)] not in hits:
            missed.append(pair)
    found = f"{len(PAIRS) - len(missed)} of {len(PAIRS)} spellings found among the first {FIRST} of {CROWD:,} clients"
    lines = [f"{found}, the slowest in {slowest * 1000:.0f} ms"]
    lines += [f"  missed: {pair['language']} {' '.join(stored(pair))} <- {pair['typed']}" for pair in missed]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert len(missed) <= len(PAIRS) * 0.05
