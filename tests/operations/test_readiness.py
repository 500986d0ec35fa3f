"""Whether the site is ready: asked by whoever sends work to it, told without details."""

from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@pytest.mark.django_db
def test_ready_when_the_tables_are_those_of_the_programme(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        response = Client().get("/health/ready/")
    assert (response.status_code, response.content) == (200, b"ready")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_not_ready_before_the_migrations() -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_centres_and_users")
    response = Client().get("/health/ready/")
    assert (response.status_code, response.content) == (503, b"not ready")
    assert Client().get("/health/").status_code == 200  # it lives, and can tell so


@pytest.mark.django_db
def test_not_ready_without_a_database() -> None:
    error = OperationalError("connection to server at db.internal failed")
    with mock.patch.object(connection, "_cursor", side_effect=error):
        response = Client(raise_request_exception=False).get("/health/ready/")
    assert response.status_code == 503
    assert b"db.internal" not in response.content
