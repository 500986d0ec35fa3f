"""Every walled table, every verb: with the role of the site a row of another centre does not exist."""

import sys
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from counselling.models import ImportFilePart, ImportProblem, ImportRun, VolunteerWork
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre
from iqquadrat.core import walls
from iqquadrat.rights.belongings import hanging, personal
from iqquadrat.rights.walls import APPEND_ONLY, NOT_WALLED, POLICY, WALLS, table_of
from tests.counselling.factories import GroupEventFactory
from tests.rights.canaries import NOW, World
from tests.walls.conftest import Role

pytestmark = pytest.mark.django_db
VERBS = ("select", "insert", "update", "delete")


@pytest.fixture
def filled(world: World) -> World:
    """A row of every walled table, all of one centre."""
    user, run = world.counsellor, ImportRun.objects.first()
    assert run is not None
    assert run.centre_id == user.centre_id
    record(Action.CREATE, by=user, obj=world.client)
    GroupEventFactory(centre=user.centre, topic=None)
    VolunteerWork.objects.create(centre=user.centre, user=user, on=NOW.date(), minutes=60)
    ImportFilePart.objects.create(run=run, number=99, content=b"Name")
    ImportProblem.objects.create(run=run, line=1, message="x")
    return world


def _count(table: str) -> int:
    return int(_ask(f'SELECT count(*) FROM "{table}"')[0])  # noqa: S608 - our own tables


def _ask(statement: str, values: Any = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _touched(statement: str, values: Any = None) -> int | str:
    """How many rows a statement reached, or how it was refused; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            transaction.set_rollback(True)
            return cursor.rowcount
    except DatabaseError as refusal:
        return str(getattr(refusal.__cause__, "pgcode", None))


def _columns(table: str) -> str:
    (names,) = _ask(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [table],
    )
    return str(names)


def _try(verb: str, table: str, row: str) -> int | str:
    columns = _columns(table)
    first = columns.split(",")[0]
    return {
        "select": lambda: _count(table),
        # The very row again: a wall speaks before the number that is taken does.
        "insert": lambda: _touched(
            f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_record(NULL::"{table}", %s)',  # noqa: S608 - our own tables
            [row],
        ),
        "update": lambda: _touched(f'UPDATE "{table}" SET {first} = {first}'),  # noqa: S608 - our own tables
        "delete": lambda: _touched(f'DELETE FROM "{table}"'),  # noqa: S608 - our own tables
    }[verb]()


def _is_kept_out(verb: str, label: str, outcome: int | str) -> bool:
    if verb == "insert":
        return outcome == "42501"
    return outcome == 0 or (label in APPEND_ONLY and outcome == "42501")


@pytest.mark.parametrize("at", ["elsewhere", "nowhere", "nonsense"])
def test_no_row_of_another_centre_is_seen_made_changed_or_taken(
    filled: World,
    elsewhere: Centre,
    as_role: Role,
    at: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = {label: table_of(label) for label in WALLS}
    rows = {}
    for label, table in tables.items():
        assert _count(table), f"{label}: nothing there that could leak"
        (rows[label],) = _ask(f'SELECT row_to_json(t)::text FROM "{table}" t LIMIT 1')  # noqa: S608 - our own tables
    (others,) = _ask("SELECT count(*) FROM accesslog_entry WHERE centre_id IS NULL")
    assert not others
    if at == "nonsense":
        monkeypatch.setattr(walls, "in_force", lambda: "0 OR true")
    leaks = []
    with walls.in_centre(elsewhere.pk if at == "elsewhere" else None), as_role():
        for label, table in tables.items():
            for verb in VERBS:
                outcome = _try(verb, table, rows[label])
                if not _is_kept_out(verb, label, outcome):
                    leaks.append((label, verb, outcome))
    with capsys.disabled():
        sys.stdout.write(f"\nwalls, {at}: {len(tables) * len(VERBS)} cells tested, leaks {len(leaks)}\n")
    assert leaks == []


def test_the_own_centre_is_all_there(filled: World, as_role: Role) -> None:
    """A wall that shuts everybody out would pass the test above."""
    before = {label: _count(table_of(label)) for label in WALLS}
    with walls.in_centre(filled.counsellor.centre_id), as_role():
        assert {label: _count(table_of(label)) for label in WALLS} == before
    with walls.every_centre("the test counts"), as_role():
        assert {label: _count(table_of(label)) for label in WALLS} == before
    with walls.in_centres([filled.counsellor.centre_id], "the test counts"), as_role():
        assert {label: _count(table_of(label)) for label in WALLS} == before


def test_every_table_about_persons_has_a_wall_or_a_reason() -> None:
    about = {model._meta.label for model in apps.get_models() if personal(model)}
    about |= {model._meta.label for model in hanging()}
    assert not WALLS.keys() & NOT_WALLED.keys()
    assert about - WALLS.keys() - NOT_WALLED.keys() == set(), (
        "Add the table to WALLS in iqquadrat/rights/walls.py with a migration (RaiseWalls), or to NOT_WALLED with its reason."
    )
    assert NOT_WALLED.keys() - about == set(), "These say nothing about persons any more."
    assert all(len(why) > 20 for why in NOT_WALLED.values())


def test_the_policies_of_the_database_are_those_of_the_list() -> None:
    """A change of the list without a migration is found here: both are compared as the database writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, qual, with_check, cmd FROM pg_policies WHERE policyname = %s", [POLICY]
        )
        found = {table: (qual, check, cmd) for table, qual, check, cmd in cursor.fetchall()}
        assert found.keys() == {table_of(label) for label in WALLS}
        for label, wall in WALLS.items():
            table = table_of(label)
            condition = wall.condition(table)
            cursor.execute(f"CREATE POLICY as_listed ON {table} USING ({condition}) WITH CHECK ({condition})")
            cursor.execute(
                "SELECT qual, with_check, cmd FROM pg_policies WHERE policyname = 'as_listed' AND tablename = %s",
                [table],
            )
            assert cursor.fetchone() == found[table], label
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        assert {name for (name,) in cursor.fetchall()} == found.keys()
