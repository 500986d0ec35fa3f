"""What is in force reaches the database with the next statement, and never outlives what it was for."""

import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from iqquadrat.accounts.models import Centre
from iqquadrat.core import walls

pytestmark = pytest.mark.django_db


def _told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('iq.centre', true), '')")
        return str(cursor.fetchone()[0])


def test_it_is_told_and_taken_back() -> None:
    assert _told() == ""
    with walls.in_centre(7):
        assert _told() == "7"
        with walls.every_centre("a test looks"):
            assert _told() == "*"
        assert _told() == "7"
        with walls.in_centres([9, 3], "a test adds up"):
            assert _told() == "3,9"
        with walls.in_centre(None):
            assert _told() == ""
    assert _told() == ""


def test_telling_costs_no_statement_and_does_not_show() -> None:
    with walls.in_centre(7), CaptureQueriesContext(connection) as queries:
        assert not Centre.objects.filter(pk=7).exists()
    assert len(queries) == 1
    assert queries[0]["sql"].startswith("SELECT 1")


def test_what_a_rollback_takes_back_is_told_again() -> None:
    with walls.in_centre(7):
        with transaction.atomic():
            assert _told() == "7"
            transaction.set_rollback(True)
        assert _told() == "7"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert _told() == "7"
    assert _told() == ""


def test_a_statement_that_fails_leaves_nothing_behind() -> None:
    with (
        walls.in_centre(7),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1/0")
    assert _told() == ""


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_too() -> None:
    with walls.in_centre(7):
        assert _told() == "7"
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert _told() == "7"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM accounts_centre")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM accounts_centre")  # may not stand beside another statement
    assert _told() == ""


def test_ways_that_are_no_plain_statement_are_told_as_well() -> None:
    out = io.StringIO()
    with walls.in_centre(7), connection.cursor() as cursor:
        cursor.copy_expert("COPY (SELECT current_setting('iq.centre', true)) TO STDOUT", out)
    assert out.getvalue().strip() == "7"
    with walls.in_centre(8), connection.chunked_cursor() as cursor:
        cursor.execute("SELECT current_setting('iq.centre', true)")
        assert cursor.fetchone() == ("8",)
    with walls.in_centre(9), connection.cursor() as cursor:
        cursor.execute("/* what begins otherwise */ SELECT current_setting('iq.centre', true)")
        assert cursor.fetchone() == ("9",)
        cursor.executemany("SELECT %s", [[1], [2]])
    with walls.in_centre(6), connection.connection.cursor() as plain:
        plain.execute(b"SELECT current_setting('iq.centre', true)")
        assert plain.fetchone() == ("6",)


@pytest.mark.parametrize("reason", ["", "  "])
def test_whoever_looks_beyond_says_why(reason: str) -> None:
    with pytest.raises(ValueError, match="says why"), walls.every_centre(reason):
        pass
    with pytest.raises(ValueError, match="says why"), walls.in_centres([1], reason):
        pass


@pytest.mark.parametrize("address", ["", "x", "'; SELECT 1; --", "0" * 63])
def test_no_address_of_a_kiosk_can_carry_anything_else(address: str) -> None:
    with pytest.raises(ValueError, match="hash"), walls.at_kiosk(address):
        pass
