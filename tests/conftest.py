"""A suite that distrusts: warnings are errors, no network, random order, unknown template variables and missing CSRF
tokens fail, and nothing runs without a database that is really PostgreSQL."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

# Playwright runs an event loop in the thread that also talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pgtrigger
import pytest
import pytest_socket
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from iqquadrat.core.embedded import ensure_running

pytest_plugins = [
    "tests.fixtures.people",
    "tests.fixtures.browser",
    "tests.fixtures.paper",
    "tests.fixtures.complete",
    "tests.fixtures.matrix",
    "tests.fixtures.workers",
]


# A busy machine makes examples slowly; that is no fault of what is tested. The same examples each time, so that a change is judged by what it
# changed; ``IQ_EXAMPLES=new`` looks for others.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("IQ_EXAMPLES") != "new",
)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded database once; the workers of xdist find it running. The bundles are made of the files as they are."""
    ensure_running()
    if not hasattr(config, "workerinput"):
        subprocess.run(["scripts/bundle.sh"], cwd=Path(__file__).resolve().parents[1], check=True)


def pytest_runtest_setup() -> None:
    """No test reaches beyond this machine."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


_flush = TransactionTestCase._fixture_teardown
KEPT = {"django_content_type", "auth_permission"}


def _empty_tables(self: TransactionTestCase) -> None:
    """Empty the tables that hold something after a test that committed.

    Django's flush makes new files for all tables and their indexes, which takes longer than many a test. Who may switch triggers
    off (the superuser of the embedded database) deletes the few rows instead. What a new house has (topics, texts, branches) is
    loaded again, as after a flush.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            # The access log's second wall knows no switch; who owns the table takes it down.
            cursor.execute("ALTER TABLE accesslog_entry DISABLE TRIGGER USER")
            with pgtrigger.ignore("competence.ParadataEvent:no_truncate"):
                _flush(self)
            cursor.execute("ALTER TABLE accesslog_entry ENABLE TRIGGER USER")
            return
        tables = [name for name in connection.introspection.django_table_names() if name not in KEPT]
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in tables))  # noqa: S608
        held = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET session_replication_role = replica")
        for name in held:
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        cursor.execute("SET session_replication_role = DEFAULT")
    emit_post_migrate_signal(0, interactive=False, db=connection.alias)


TransactionTestCase._fixture_teardown = _empty_tables


@pytest.fixture(autouse=True)
def unknown_template_variables_fail() -> Iterator[None]:
    """A variable that the template names and the view does not give is a mistake, except inside if and default."""
    from tests.fixtures.templates import strict_variables

    with strict_variables():
        yield


@pytest.fixture
def strict_client() -> Client:
    """A client whose posts need a CSRF token."""
    return Client(enforce_csrf_checks=True)
