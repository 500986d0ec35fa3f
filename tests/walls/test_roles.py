"""What the roles may not: for the site everything but rows, for the auditor everything but reading the log."""

import contextlib
import datetime as dt
from typing import Any

import pgtrigger
import psycopg2
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core import embedded, walls
from iqquadrat.operations.doctor import examine
from iqquadrat.operations.doctor.findings import Asked, State
from iqquadrat.operations.roles import standing
from iqquadrat.rights.walls import APP, AUDITOR
from tests.walls.conftest import Role

pytestmark = pytest.mark.django_db

REFUSED = {
    "empties a table": "TRUNCATE counselling_client CASCADE",
    "empties the log": "TRUNCATE accesslog_entry",
    "makes a table": "CREATE TABLE mine (id bigint)",
    "makes a function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "drops a table": "DROP TABLE accesslog_entry",
    "changes a table": "ALTER TABLE counselling_client ADD COLUMN mine text",
    "takes a wall down": "ALTER TABLE counselling_client DISABLE ROW LEVEL SECURITY",
    "drops a policy": "DROP POLICY iq_wall ON counselling_client",
    "makes a policy": "CREATE POLICY mine ON counselling_client USING (true)",
    "switches a trigger off": "ALTER TABLE accesslog_entry DISABLE TRIGGER ALL",
    "switches all triggers off": "SET session_replication_role = replica",
    "changes the log": "UPDATE accesslog_entry SET user_id = 0",
    "shortens the log": "DELETE FROM accesslog_entry",
    "changes the log, triggers told to look away": "SELECT set_config('pgtrigger.ignore', '{accesslog_entry:pgtrigger_append_only_4cd3d,append_only}', true); UPDATE accesslog_entry SET user_id = 0",
    "changes assessments through the view": "UPDATE iq_sheets SET centre_id = 0",
    "rewrites the list of migrations": "DELETE FROM django_migrations",
    "replaces the function of the walls": "CREATE OR REPLACE FUNCTION iq_centres() RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL::bigint[]'",
    "makes a role": "CREATE ROLE mine SUPERUSER",
    "raises itself": f"ALTER ROLE {APP} BYPASSRLS",
    "becomes the auditor": f"GRANT {AUDITOR} TO {APP}",
    "reads a file of the server": "SELECT pg_read_file('/etc/passwd')",
    "runs a program": "COPY counselling_client TO PROGRAM 'cat'",
    "lets functions be trusted": "ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF",
}  # fmt: skip


def _refusal(statement: str) -> Any:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return getattr(error.__cause__, "pgcode", None)
    return None


@pytest.mark.parametrize("what", REFUSED)
def test_the_role_of_the_site_is_refused_what_it_does_not_need(
    what: str, as_role: Role, counsellor: User
) -> None:
    record(Action.CREATE, by=counsellor, obj=counsellor)
    with walls.in_centre(counsellor.centre_id), as_role():
        assert _refusal(REFUSED[what]) == "42501"


def test_a_real_sign_in_as_the_site_is_refused_the_same_and_sees_nobody(roles: None) -> None:
    """Not a role put on for the moment, which could be taken off: the connection that the service has."""
    if not embedded.is_configured():
        pytest.skip("only the embedded server lets a role in without a password")
    access = {**connection.get_connection_params(), "user": APP}
    with contextlib.closing(psycopg2.connect(**access)) as signed_in, signed_in.cursor() as cursor:
        signed_in.autocommit = True
        outcomes = {}
        for what, statement in REFUSED.items():
            try:
                cursor.execute(statement)
                outcomes[what] = "done"
            except psycopg2.Error as refusal:
                outcomes[what] = str(refusal.pgcode)
        assert set(outcomes.values()) == {"42501"}, outcomes
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT current_user, session_user, (SELECT count(*) FROM counselling_client)")
        assert cursor.fetchone() == (APP, APP, 0)


def test_a_trigger_can_be_told_to_look_away_but_not_the_role(as_role: Role, counsellor: User) -> None:
    """The control: whoever owns the tables gets past the trigger of the room in this way; who wrote what stays even then."""
    record(Action.CREATE, by=counsellor, obj=counsellor)
    emptied, forged = "UPDATE accesslog_entry SET detail = '{}'", "UPDATE accesslog_entry SET user_id = 0"
    assert _refusal(emptied) is not None
    with pgtrigger.ignore("accesslog.Entry:append_only"):
        assert _refusal(emptied) is None
        assert _refusal(forged) is not None
        with walls.in_centre(counsellor.centre_id), as_role():
            assert _refusal(emptied) == _refusal(forged) == "42501"


def test_what_is_old_enough_may_leave_the_log_and_nothing_younger(
    as_role: Role, counsellor: User, stranger: User
) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=1200), tick=False):
        old = [record(Action.CREATE, by=user, obj=user).pk for user in (counsellor, stranger)]
    young = record(Action.CREATE, by=counsellor, obj=counsellor).pk
    keys = [*old, young]
    with (
        pgtrigger.ignore("accesslog.Entry:append_only"),
        walls.in_centre(counsellor.centre_id),
        as_role(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT iq_forget_log(%s)", [keys])
        assert cursor.fetchone() == (1,)
    assert set(Entry.objects.filter(pk__in=keys).values_list("pk", flat=True)) == {old[1], young}


def test_the_auditor_reads_the_whole_log_and_nothing_else(
    as_role: Role, counsellor: User, stranger: User
) -> None:
    for user in (counsellor, stranger):
        record(Action.CREATE, by=user, obj=user)
    read, refused = [], 0
    with as_role(AUDITOR), connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT centre_id) FROM accesslog_entry")
        assert cursor.fetchone() == (2,)
        for table in sorted({*connection.introspection.table_names(cursor, include_views=True)}):
            if _refusal(f'SELECT * FROM "{table}" LIMIT 1') == "42501":  # noqa: S608 - our own tables
                refused += 1
            else:
                read.append(table)
        assert read == ["accesslog_entry"]
        assert refused > 100
        for verb in (
            "INSERT INTO accesslog_entry (action) VALUES ('x')",
            "UPDATE accesslog_entry SET user_id = 0",
            "DELETE FROM accesslog_entry",
        ):
            assert _refusal(verb) == "42501"


def test_the_command_is_for_the_owner_only(as_role: Role) -> None:
    call_command("grant_roles", verbosity=0)
    with as_role(), pytest.raises(CommandError, match="does not own"):
        call_command("grant_roles", verbosity=0)


def test_what_the_next_migration_makes_the_site_may_use(as_role: Role) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE next_one (id bigint GENERATED BY DEFAULT AS IDENTITY)")
    with as_role():
        assert _refusal("INSERT INTO next_one DEFAULT VALUES") is None
        assert _refusal("TRUNCATE next_one") == "42501"


def _said() -> dict[State, list[str]]:
    said: dict[State, list[str]] = {}
    for _name, finding in examine(Asked(), only=["roles"]):
        said.setdefault(finding.state, []).append(f"{finding.text} {finding.advice}")
    return said


def test_the_doctor_knows_whom_the_walls_hold(as_role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert not standing().is_held
    (fault,) = _said()[State.FAULT]
    assert APP in fault
    with as_role():
        assert standing().is_held
        assert State.FAULT not in _said()


def test_the_doctor_leaves_the_demonstration_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert State.FAULT not in _said()


def test_the_doctor_finds_a_log_that_can_be_changed(as_role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON accesslog_entry TO {APP}")
    with as_role():
        assert "grant_roles" in " ".join(_said()[State.FAULT])
