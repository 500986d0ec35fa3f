"""A database of its own for every size, in the embedded server: made once, filled by COPY, found again by its name."""

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable
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


def _told(*statements: str) -> list[str]:
    """Tell the server, from outside of the databases that it is about; return the names of all it has."""
    from django.db import connection

    connection.close()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SELECT datname FROM pg_database")
        names = [row[0] for row in cursor.fetchall()]
    connection.close()
    connection.settings_dict["NAME"] = usual
    return names


def made_anew(name: str) -> None:
    """Connect to a database of this name that holds nothing but the tables."""
    from django.core.management import call_command
    from django.db import connection

    _told(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)


def copy_of(name: str, own: str) -> None:
    """Connect to a database ``own`` that is as ``name`` is now."""
    from django.db import connection

    _told(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)', f'CREATE DATABASE "{own}" TEMPLATE "{name}"')
    connection.settings_dict["NAME"] = own


def kept(stem: str, sources: Iterable[Path], fill: Callable[[], None]) -> None:
    """Connect to a database that is filled once and kept until what it was made of changes; migrations are caught up with."""
    from django.core.management import call_command
    from django.db import connection

    stamp = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]
    name, there = f"{stem}_{stamp}", _told()
    if name in there:
        connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0)
        return
    _told(
        *(f'DROP DATABASE "{old}"' for old in there if old.startswith(f"{stem}_") and len(old) == len(name))
    )
    begun = time.monotonic()
    made_anew(f"{stem}_unfinished")
    fill()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    # Only what is filled to the end bears the name by which it is found again.
    _told(f'ALTER DATABASE "{stem}_unfinished" RENAME TO "{name}"')
    connection.settings_dict["NAME"] = name
    print(f"{name} filled in {time.monotonic() - begun:.0f} s", file=sys.stderr)


def use(size: int) -> None:
    """Connect to the database with ``size`` clients."""
    parts = (ROOT / "iqquadrat/core/folding.py", ROOT / "benchmarks/names.py")
    kept(f"bench_{size}", parts, lambda: _fill(size))


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
