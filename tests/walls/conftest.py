"""The role of the site, as it is in production: the suite itself signs in as one whom no wall holds."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from iqquadrat.accounts.models import Centre, User
from iqquadrat.operations.roles import give_rights
from iqquadrat.rights.walls import APP, AUDITOR
from tests.fixtures.people import CentreFactory, UserFactory
from tests.rights import canaries

Role = Callable[..., AbstractContextManager[None]]


def make_role(role: str) -> None:
    """Make a role of the server unless it is there; it stays, as all workers of the suite use it."""
    with (
        contextlib.suppress(IntegrityError, ProgrammingError),
        connection.cursor() as cursor,
    ):  # another worker was quicker
        cursor.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")


@pytest.fixture(scope="session")
def roles(django_db_setup: None, django_db_blocker: Any) -> None:
    """Both roles with their rights in the database of the tests."""
    with django_db_blocker.unblock():
        for role in (APP, AUDITOR):
            make_role(role)
        assert give_rights() == [APP, AUDITOR]


@pytest.fixture
def as_role(roles: None, db: None) -> Role:
    """Work as another role, on the connection that everything else uses too; the end of the test takes it back in any case."""

    @contextlib.contextmanager
    def working(role: str = APP) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")

    return working


@pytest.fixture
def world(counsellor: User) -> canaries.World:
    """One row of every table that hangs on a client, of the counsellor's centre."""
    return canaries.build(counsellor)


@pytest.fixture
def elsewhere(db: None) -> Centre:
    """Another centre."""
    return CentreFactory(name="Anderswo", code="anderswo")


@pytest.fixture
def stranger(elsewhere: Centre) -> User:
    """A counsellor of the other centre."""
    return UserFactory(centre=elsewhere, email="fremd@example.org")
