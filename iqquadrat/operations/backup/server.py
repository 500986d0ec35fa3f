"""The database server as a backup sees it: connections of its own beside Django's, whole databases made, renamed and dropped."""

import contextlib
import datetime as dt
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from django.db import connections
from psycopg2 import errors, sql

from iqquadrat.core import embedded
from iqquadrat.operations.backup.errors import BackupError, NotPermittedError, TargetInUseError

# Databases that hold no data of ours and that one can be connected to while another is renamed.
MAINTENANCE = ("postgres", "template1")
SCRATCH = "iq_verify_"
# So long a session that was closed may still be listed by a busy server.
LEAVING_SECONDS = 3.0
# Options of Django's settings, as the programs of PostgreSQL are told them.
VARIABLES = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "passfile": "PGPASSFILE", "service": "PGSERVICE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS", "connect_timeout": "PGCONNECT_TIMEOUT",
}  # fmt: skip
PLACE = """
    SELECT pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, to_jsonb(d) ->> 'datlocprovider',
           coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
    FROM pg_database d WHERE d.datname = %s
"""


@dataclass(frozen=True)
class Server:
    """Where the site's database is. ``name`` is the database, ``access`` what it takes to sign in."""

    name: str
    access: dict[str, str] = field(repr=False)

    @contextlib.contextmanager
    def connected(self, name: str | None = None, *, autocommit: bool = False) -> Iterator[Any]:
        """Yield a connection of the driver to this database or another one of the server."""
        try:
            opened = psycopg2.connect(dbname=name or self.name, client_encoding="UTF8", **self.access)
        except psycopg2.OperationalError as fault:
            raise BackupError(
                f"The database {name or self.name} cannot be reached: {str(fault).strip()}"
            ) from None
        opened.autocommit = autocommit
        with contextlib.closing(opened):
            yield opened

    @contextlib.contextmanager
    def maintained(self, *, autocommit: bool = True) -> Iterator[Any]:
        """Yield a connection from which databases are made, renamed and dropped."""
        for number, name in enumerate(MAINTENANCE, start=1):
            try:
                opened = psycopg2.connect(dbname=name, **self.access)
            except psycopg2.OperationalError:
                if number == len(MAINTENANCE):
                    raise NotPermittedError(
                        f"The role of the site may not connect to the database {name}, from which others are made."
                    ) from None
                continue
            break
        opened.autocommit = autocommit
        with contextlib.closing(opened):
            yield opened

    def environment(self, name: str | None = None) -> dict[str, str]:
        """Return what a program of PostgreSQL needs to sign in; a password never stands on a command line."""
        return {"PGDATABASE": name or self.name} | {
            VARIABLES[key]: value for key, value in self.access.items() if key in VARIABLES
        }


def site() -> Server:
    """Return the server and database of the site; the embedded one is started when it is the one in use."""
    embedded.ensure_running()
    given = connections["default"].settings_dict
    access = {
        key: str(given[setting])
        for key, setting in (("host", "HOST"), ("port", "PORT"), ("user", "USER"), ("password", "PASSWORD"))
        if given[setting]
    }
    access |= {key: str(value) for key, value in given["OPTIONS"].items() if key in VARIABLES}
    return Server(name=given["NAME"], access=access)


@contextlib.contextmanager
def working_in(name: str) -> Iterator[None]:
    """Let Django work in another database of the same server; the services of the house run there as they are."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.close()
    default.settings_dict["NAME"] = name
    try:
        yield
    finally:
        default.close()
        default.settings_dict["NAME"] = before


def major(cursor: Any) -> int:
    """Return the server's major version."""
    cursor.execute("SHOW server_version_num")
    return int(cursor.fetchone()[0]) // 10_000


def exists(server: Server, name: str) -> bool:
    """Tell whether the server has this database."""
    with server.maintained() as opened, opened.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def is_empty(server: Server) -> bool:
    """Tell whether the database has no table."""
    with server.connected() as opened, opened.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)')"
        )
        return bool(cursor.fetchone()[0])


def others_connected(server: Server, name: str) -> int:
    """Return how many sessions are in this database. Our own is closed; the server may need a moment to see it gone."""
    connections["default"].close()
    until = time.monotonic() + LEAVING_SECONDS
    with server.maintained() as opened, opened.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
                [name],
            )
            count = int(cursor.fetchone()[0])
            if not count or time.monotonic() > until:
                return count
            time.sleep(0.1)


def beside(name: str) -> str:
    """Return a name for a new database beside this one."""
    return f"{name[:40]}_new_{secrets.token_hex(4)}"


def scratch_name() -> str:
    """Return a name for a database that is dropped again; the day in it tells what was left behind."""
    return f"{SCRATCH}{dt.datetime.now(dt.UTC):%Y%m%d}_{secrets.token_hex(4)}"


def create(server: Server, name: str) -> None:
    """Make an empty database with the language rules of the site's. Raises ``NotPermittedError`` with what to run."""
    with server.maintained() as opened, opened.cursor() as cursor:
        cursor.execute(PLACE, [server.name])
        place = cursor.fetchone() or ("UTF8", "C", "C", "c", None)
        encoding, collate, ctype, provider, locale = place
        words = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(
            sql.Identifier(name), sql.Literal(encoding), sql.Literal(collate), sql.Literal(ctype)
        )
        if provider == "b":
            words += sql.SQL(" LOCALE_PROVIDER builtin BUILTIN_LOCALE {}").format(sql.Literal(locale))
        elif provider == "i":
            words += sql.SQL(" LOCALE_PROVIDER icu ICU_LOCALE {}").format(sql.Literal(locale))
        try:
            cursor.execute(words)
        except errors.InsufficientPrivilege:
            role = server.access.get("user", "of the site")
            raise NotPermittedError(
                f"The role {role} may not create databases, and a backup is only ever unpacked beside what is there. "
                f"Run: sudo -u postgres psql -c 'ALTER ROLE {role} CREATEDB'"
            ) from None


def drop(server: Server, name: str) -> None:
    """Drop a database that this room has made."""
    with server.maintained() as opened, opened.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_left_behind(server: Server) -> None:
    """Drop scratch databases of verifications that were killed on an earlier day."""
    today = f"{SCRATCH}{dt.datetime.now(dt.UTC):%Y%m%d}"
    with server.maintained() as opened, opened.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database d WHERE datname ~ %s AND left(datname, %s) < %s AND pg_has_role(datdba, 'USAGE')"
            " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)",
            [f"^{SCRATCH}[0-9]{{8}}_[0-9a-f]{{8}}$", len(today), today],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def swap(server: Server, new: str, aside: str) -> None:
    """Let the new database take the name of the site's, which is called ``aside`` from then on: both or neither.

    Without ``aside`` there is no database of the site's name yet.
    """
    connections["default"].close()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with server.maintained(autocommit=False) as opened, opened.cursor() as cursor:
        try:
            if aside:
                cursor.execute(rename.format(sql.Identifier(server.name), sql.Identifier(aside)))
            cursor.execute(rename.format(sql.Identifier(new), sql.Identifier(server.name)))
        except errors.InsufficientPrivilege:
            raise NotPermittedError(
                f"The role of the site may not rename databases. The restored data is in {new}; run: sudo -u postgres psql "
                f"-c 'ALTER DATABASE {server.name} RENAME TO {aside}' -c 'ALTER DATABASE {new} RENAME TO {server.name}'"
            ) from None
        except errors.ObjectInUse:
            raise TargetInUseError(
                "Somebody is connected to the database; stop the site and its worker first."
            ) from None
        opened.commit()
