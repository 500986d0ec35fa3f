"""A suite that distrusts: warnings are errors, no network, random order, unknown template variables and missing CSRF
tokens fail, and nothing runs without a database that is really PostgreSQL."""

import os
from collections.abc import Iterator

# Playwright runs an event loop in the thread that also talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pgtrigger
import pytest
import pytest_socket
from django.test import Client, TransactionTestCase

from iqquadrat.core.embedded import ensure_running

pytest_plugins = [
    "tests.fixtures.people",
    "tests.fixtures.browser",
    "tests.fixtures.paper",
    "tests.fixtures.complete",
]


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded database once; the workers of xdist find it running."""
    ensure_running()


def pytest_runtest_setup() -> None:
    """No test reaches beyond this machine."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


_teardown = TransactionTestCase._fixture_teardown


def _teardown_with_truncate(self: TransactionTestCase) -> None:
    # Between browser tests the tables are emptied; the log's trigger against that is switched off just here.
    with pgtrigger.ignore("accesslog.Entry:no_truncate", "competence.ParadataEvent:no_truncate"):
        _teardown(self)


TransactionTestCase._fixture_teardown = _teardown_with_truncate


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
