"""Who may do what in the database: the owner makes tables, the site reads and writes rows, the auditor reads the log.

The owner is whoever runs the migrations. The other two roles are made by whoever may make roles (``deploy/install.sh``); here they get
their rights, in one transaction and as often as one likes. A dump holds no rights, so a restore gives them again. See decision 30.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from iqquadrat.rights.walls import APP, APPEND_ONLY, AUDITOR, TRUSTED, table_of

LOG = "accesslog.Entry"
# Kept by the migrations; the site looks whether it is up to date.
READ_ONLY = ("django_migrations", "iq_sheets")
# Lets the search use its index behind the wall, see ``index_is_used``.
LEAKPROOF = (
    "string_to_array(text, text)", "array_to_tsvector(text[])", "ts_match_vq(tsvector, tsquery)", "word_similarity_commutator_op(text, text)",
)  # fmt: skip


class NotTheOwnerError(Exception):
    """Only the owner of the tables may give rights to them."""


@dataclass(frozen=True)
class Standing:
    """What the role is that the site signs in with."""

    name: str
    is_superuser: bool
    goes_past_walls: bool
    owns_tables: bool
    may_make_tables: bool
    may_change_log: bool

    @property
    def is_held(self) -> bool:
        """Whether the walls hold it."""
        return not (self.is_superuser or self.goes_past_walls or self.owns_tables)


def standing() -> Standing:
    """Return what the role of this connection is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, r.rolsuper, r.rolbypassrls, pg_has_role(r.oid, c.relowner, 'USAGE'), "
            "has_schema_privilege(r.oid, c.relnamespace, 'CREATE'), "
            "has_table_privilege(r.oid, c.oid, 'UPDATE') OR has_table_privilege(r.oid, c.oid, 'DELETE') "
            "FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = %s::regclass",
            [table_of(LOG)],
        )
        return Standing(*cursor.fetchone())


def present() -> list[str]:
    """Return which of the two roles the server knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s) ORDER BY 1", [APP, AUDITOR])
        return [name for (name,) in cursor.fetchall()]


def statements(roles: list[str]) -> list[str]:
    """Return what gives those of the two roles that are there exactly what they may, whatever they had before."""
    said = [f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {', '.join(roles)}"]
    said += [
        f"GRANT USAGE ON SCHEMA public TO {', '.join(roles)}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    ]
    said.append(f"REVOKE EXECUTE ON FUNCTION {', '.join(TRUSTED)} FROM PUBLIC")
    if APP in roles:
        kept = ", ".join([*READ_ONLY, *(table_of(label) for label in APPEND_ONLY)])
        said += [
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}",
            f"REVOKE UPDATE, DELETE ON {kept} FROM {APP}",
            f"REVOKE INSERT ON {', '.join(READ_ONLY)} FROM {APP}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}",
            f"GRANT EXECUTE ON FUNCTION {', '.join(TRUSTED)} TO {APP}",
            # Tables that the next migration makes; what is append-only among them waits for the next run of this.
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP}",
        ]
    if AUDITOR in roles:
        said.append(f"GRANT SELECT ON {table_of(LOG)} TO {AUDITOR}")
    return said


@transaction.atomic
def give_rights() -> list[str]:
    """Give the roles that are there their rights; return which. Raises ``NotTheOwnerError``."""
    found = present()
    if not found:
        return []
    if not (now := standing()).owns_tables:
        raise NotTheOwnerError(now.name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database())")
        (database,) = cursor.fetchone()
        cursor.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {', '.join(found)}")
        for statement in statements(found):
            cursor.execute(statement)
    return found


def index_is_used() -> bool:
    """Tell whether the search of clients may use its index behind the wall.

    PostgreSQL tries the wall's condition first, and others before it only when their functions are known to tell nothing of rows
    they turn away. Of these functions it does not know that; a superuser can say so (``deploy/install.sh`` does).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(proleakproof) FROM pg_proc WHERE oid = ANY (%s::regprocedure[])",
            [list(LEAKPROOF)],
        )
        return bool(cursor.fetchone()[0])
