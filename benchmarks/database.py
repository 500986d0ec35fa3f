"""A database of its own for every size, in the embedded server: made once, filled by COPY, found again by its name."""

import hashlib
import os
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]


def start() -> None:
    """Set Django up with the site's settings, without its development conveniences, and start the embedded server."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqquadrat.settings")
    django.setup()
    from iqquadrat.core.embedded import ensure_running

    ensure_running()


def _stamp() -> str:
    """Changes with what the stored rows are made of: names and how they are folded. Migrations are caught up with."""
    parts = [ROOT / "iqquadrat/core/folding.py", ROOT / "benchmarks/names.py"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:8]


def use(size: int) -> None:
    """Connect to the database with ``size`` clients; make and fill it when it is not there yet."""
    from django.core.management import call_command
    from django.db import connection

    stem = f"bench_{size}_"
    name = stem + _stamp()
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [stem])
        there = [row[0] for row in cursor.fetchall()]
        for old in there:
            if old != name:
                cursor.execute(f'DROP DATABASE "{old}"')
        if name not in there:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    if name not in there:
        _fill(size)
        print(f"{size:,} clients generated and stored in {time.monotonic() - begun:.0f} s", file=sys.stderr)


def _fill(size: int) -> None:
    from django.db import connection, transaction

    from benchmarks.clients import fill
    from iqquadrat.accounts.models import Centre, User

    with transaction.atomic():
        centre = Centre.objects.create(name="Messung", code="bench", city="Leipzig")
        people = [
            User(email=f"person{number}@example.org", given_name="Jana", family_name=f"Nummer {number}", centre=centre, roles=["counsellor"])
            for number in range(max(1, size // 250))
        ]  # fmt: skip
        counsellors = User.objects.bulk_create(people)
        User.objects.create(
            email="coordinator@example.org",
            given_name="Kim",
            family_name="K",
            centre=centre,
            roles=["coordinator"],
        )
        with connection.cursor() as cursor:
            # Nobody doubts these rows: no trigger looks at each of a million.
            cursor.execute("SET LOCAL session_replication_role = replica")
        fill(counsellors=counsellors, count=size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
