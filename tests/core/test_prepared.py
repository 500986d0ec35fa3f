"""Statements that are planned once for a connection."""

import pytest
from django.db import DatabaseError, connection, transaction

from iqquadrat.core.prepared import Prepared

pytestmark = pytest.mark.django_db
SUM = Prepared(
    "test_sum", "SELECT %(first)s + %(second)s - %(first)s", {"second": "integer", "first": "integer"}
)


def _prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name = 'iq_test_sum'")
        return [name for (name,) in cursor.fetchall()]


def _sum(first: int | str, second: int) -> int:
    with connection.cursor() as cursor:
        SUM.execute(cursor, {"first": first, "second": second})
        return int(cursor.fetchone()[0])


def test_it_is_prepared_once_and_takes_its_values_by_name() -> None:
    assert (_sum(1, 2), _sum(10, 20)) == (2, 20)
    assert _prepared() == ["iq_test_sum"]


def test_it_outlives_a_transaction_that_is_rolled_back() -> None:
    with transaction.atomic():
        _sum(1, 2)
        transaction.set_rollback(True)
    assert _sum(1, 3) == 3


@pytest.mark.django_db(transaction=True)
def test_another_connection_gets_its_own() -> None:
    _sum(1, 2)
    connection.close()
    assert _prepared() == []
    assert _sum(1, 4) == 4
    assert _prepared() == ["iq_test_sum"]


def test_what_the_database_has_forgotten_is_prepared_anew() -> None:
    _sum(1, 2)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE iq_test_sum")  # others of this connection stay: later tests have them
    with pytest.raises(DatabaseError, match="does not exist"), transaction.atomic():
        _sum(1, 3)
    assert _sum(1, 4) == 4
    with pytest.raises(DatabaseError), transaction.atomic():
        _sum("x", 5)
    assert _sum(1, 6) == 6


def test_a_value_is_no_part_of_the_statement() -> None:
    with pytest.raises(DatabaseError, match="integer"), transaction.atomic():
        _sum("1); DROP TABLE django_migrations; --", 2)
