"""The database: there, sound, and with the tables of this programme."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from iqquadrat.core import embedded
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, warning
from iqquadrat.operations.schema import pending_migrations, unknown_migrations

OLDEST, NEWEST = 15, 18
EXTENSIONS = ("btree_gin", "btree_gist", "pg_trgm")
# More than so many of the connections in use: soon somebody is turned away.
FEW_LEFT = 0.85


def is_sound(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """It answers, in a version that is supported, with the settings that keep what was acknowledged."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        yield fault(
            _("The database does not answer."),
            _("Look at DATABASE_URL and at: systemctl status postgresql"),
        )
        return
    major = int(_value("SHOW server_version_num")) // 10000
    findings = [*_server(major), *_rights(), *_parts(), *_connections()]
    yield from findings or [ok(_("PostgreSQL %(version)s answers.") % {"version": major})]


def _server(major: int) -> Iterator[Finding]:
    if not OLDEST <= major <= NEWEST:
        yield warning(
            _("PostgreSQL %(version)s was not tried with this programme.") % {"version": major},
            _("Use version 15 to 18."),
        )
    if _value("SHOW server_encoding") != "UTF8":
        yield fault(
            _("The database does not store all letters (its encoding is not UTF-8)."),
            _("Create it again with: createdb --encoding UTF8 --template template0"),
        )
    if _value("SHOW synchronous_commit") == "off" or _value("SHOW fsync") == "off":
        yield _unsafe()
    if _value("SHOW timezone") != "UTC":
        yield warning(
            _("The connection does not reckon in UTC."),
            _("Leave the time zone of the role as it is; the site sets it."),
        )


def _unsafe() -> Finding:
    text = _("After a power cut the last entries may be lost (synchronous_commit or fsync is off).")
    advice = _("Set both to on in postgresql.conf and restart PostgreSQL.")
    # Of the demonstration's own database this is known and wanted.
    return warning(text, advice) if embedded.is_configured() else fault(text, advice)


def _rights() -> Iterator[Finding]:
    if _value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") and not embedded.is_configured():
        yield fault(
            _("The site signs in to the database as superuser."),
            _("Give it a role of its own in DATABASE_URL."),
        )


def _parts() -> Iterator[Finding]:
    present = set(_column("SELECT extname FROM pg_extension"))
    if missing := sorted(set(EXTENSIONS) - present):
        yield fault(
            _("Extensions of the database are missing: %(names)s.") % {"names": ", ".join(missing)},
            _("As superuser of the database: CREATE EXTENSION for each of them."),
        )
    invalid = _column("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1")
    if invalid:
        yield warning(
            _("Indexes are not valid: %(names)s.") % {"names": ", ".join(invalid)},
            _("Make them anew with: REINDEX INDEX"),
        )


def _connections() -> Iterator[Finding]:
    used = _value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
    most = int(_value("SHOW max_connections"))
    if used > most * FEW_LEFT:
        yield warning(
            _("%(used)s of %(most)s connections to the database are in use.") % {"used": used, "most": most},
            _("Lower IQ_WORKERS, or raise max_connections in postgresql.conf."),
        )


def is_up_to_date(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """The tables are those of this programme."""
    pending, unknown = pending_migrations(), unknown_migrations()
    if pending:
        yield fault(
            _("Migrations that are not applied: %(count)s; the first is %(name)s.")
            % {"count": len(pending), "name": ".".join(pending[0])},
            _("Make a backup, then: manage.py migrate"),
        )
    if unknown:
        yield fault(
            _("The database is newer than the programme (%(name)s).") % {"name": ".".join(unknown[-1])},
            _("Update the programme: deploy/update.sh"),
        )
    if not pending and not unknown:
        yield ok(_("All migrations are applied."))


def _value(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def _column(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]
