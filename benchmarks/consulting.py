"""Saving a consultation, with a million stored: counsellors at their desks against bare WSGI inserts into a table of the same shape and size.

Ours does what it always does: session and rights, the form with all its checks, the talk, its further topics, the entry in the log, all
behind the walls between centres. The floor inserts two rows that lie ready and asks nobody.
"""

import json
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from benchmarks import talks
from benchmarks.measure import Row
from benchmarks.serving import Call, Person, behind_nginx, csrf_pair, in_turns, installed, rows_of, server
from counselling.models import Client, Consultation
from iqquadrat.accounts.models import User

DESKS = 10
# The share of the floor's rate that has to be reached, and how much slower the slowest of twenty may be.
RATE, SLOWEST = 0.3, 4.0
FLOOR_TABLES = """
DROP TABLE IF EXISTS bench_talk, bench_entry;
CREATE TABLE bench_talk (LIKE counselling_consultation INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
INSERT INTO bench_talk SELECT * FROM counselling_consultation;
SELECT setval(pg_get_serial_sequence('bench_talk', 'id'), max(id)) FROM bench_talk;
CREATE TABLE bench_entry (id bigserial PRIMARY KEY, user_id bigint, client bigint, detail jsonb, at timestamptz DEFAULT now());
ANALYZE bench_talk;
"""


@dataclass(frozen=True)
class Desk:
    """One counsellor, signed in, with a client beside."""

    user: User
    client: Client
    cookies: str
    csrf: str


def _desks() -> list[Desk]:
    """Sign in so many counsellors of the centre, each with a client of their own."""
    first = User.objects.get(email="one@example.org")
    clients = list(Client.objects.filter(centre=first.centre).order_by("pk")[:DESKS])
    found = []
    for number, client in enumerate(clients):
        user, _made = User.objects.get_or_create(
            email=f"desk{number}@example.org",
            defaults={"given_name": "Jana", "family_name": f"N{number}", "centre": first.centre, "roles": ["counsellor"]},
        )  # fmt: skip
        Client.objects.filter(pk=client.pk).update(counsellor=user)
        browser = Browser()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        secret, token = csrf_pair()
        key = browser.cookies[settings.SESSION_COOKIE_NAME].value
        found.append(Desk(user, client, f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={secret}", token))  # fmt: skip
    return found


def _at(desk: Desk) -> Person:
    address = reverse("counselling:consultation_create")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": desk.cookies}

    def save(_number: int) -> Call:
        now = timezone.localtime()
        typed = {
            "csrfmiddlewaretoken": desk.csrf, "submission": str(uuid.uuid4()), "client": str(desk.client.public_id),
            "held_on": f"{now:%Y-%m-%d}", "held_time": f"{now:%H:%M}", "minutes": "25", "channel": "phone", "languages": ["ar", "de"],
            "interpretation": "none", "topics": ["housing", "application"], "main_topic": "application", "concern": "Möchte arbeiten",
            "done": "Lebenslauf begonnen", "agreed": "", "private_note": "", "next_step": "", "next_step_on": "", "due_in": "",
        }  # fmt: skip
        return Call(address, urlencode(typed, doseq=True).encode(), headers, expected=302)

    return save


def _bare(desk: Desk) -> Person:
    """The same talk for the floor: the columns of a row, ready to be stored."""
    stored = Consultation.objects.order_by("pk")[0]
    row = {
        field.column: field.value_from_object(stored)
        for field in Consultation._meta.concrete_fields
        if not field.primary_key
    }
    row |= {"client_id": desk.client.pk, "counsellor_id": desk.user.pk, "concern": "Möchte arbeiten"}

    def save(_number: int) -> Call:
        own = row | {"public_id": str(uuid.uuid4()), "submission": str(uuid.uuid4())}
        return Call(
            "/talk", json.dumps(own, default=str).encode(), {"Content-Type": "application/json"}, expected=200
        )

    return save


def rows(size: int, saves: int, rounds: int) -> Iterator[Row]:
    """Yield the rate and the slowest of twenty."""
    talks.use(size)
    desks = _desks()
    with connection.cursor() as cursor:
        cursor.execute(FLOOR_TABLES)
    before = Consultation.objects.count()
    each = max(5, saves // rounds // DESKS)
    with tempfile.TemporaryDirectory() as folder:
        told = installed(folder, connection.settings_dict["NAME"])
        with (
            server("iqquadrat.wsgi:application", told) as ours,
            server("benchmarks.floor:talks", {"FLOOR_DSN": told["OWNER_URL"]}) as floor,
            behind_nginx(ours[0]) as ours_port,
            behind_nginx(floor[0]) as floor_port,
        ):
            loads = in_turns(
                {
                    "ours": (ours_port, ours[1], [_at(desk) for desk in desks]),
                    "floor": (floor_port, floor[1], [_bare(desk) for desk in desks]),
                },
                each,
                rounds,
            )
    stored = Consultation.objects.count() - before
    if stored != DESKS * (5 + each * rounds):
        raise RuntimeError(f"{stored} talks are stored")
    yield from rows_of(
        f"save a consultation, {DESKS} desks", f"{size:,} stored", loads, rate=RATE, slowest=SLOWEST
    )
    _take_back(before)


def _take_back(count: int) -> None:
    """Leave the database as it was found, for the next measuring."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "WITH new AS (SELECT id FROM counselling_consultation ORDER BY id OFFSET %s), topics AS (DELETE FROM"
            " counselling_consultation_other_topics t USING new WHERE t.consultation_id = new.id)"
            " DELETE FROM counselling_consultation c USING new WHERE c.id = new.id",
            [count],
        )
        cursor.execute("RESET session_replication_role")
        cursor.execute("DROP TABLE bench_talk, bench_entry")
        cursor.execute("VACUUM ANALYZE counselling_consultation")
