"""Forms that are sent twice make one record, even when both arrive at the same moment."""

from uuid import UUID

from django.db import connection


def take_turns(submission: UUID | None) -> None:
    """Wait until no other transaction works on the same form; then look whether its record is there, and make it if not.

    The lock is PostgreSQL's own for a number, is held to the end of the transaction and lies on no row: forms that differ
    never wait for each other. Call it inside a transaction, before looking.
    """
    if submission is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(submission)])
