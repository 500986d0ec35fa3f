"""The connection tells the database which centre is in force, in the same round trip as the statement that needs it.

A connection lives longer than a request. It therefore remembers what the database was told, and compares that with
``walls.in_force()`` at every statement: where they differ, ``SET iq.centre`` is written before the statement, and both are sent as
one. What a rollback may have taken back counts as unknown and is told again.
"""

import re
from typing import Any

import psycopg2.extensions
from django.db.backends.postgresql import base, operations

from iqquadrat.core import walls

# What can be sent in one with a setting before it. Everything else that could read rows gets the setting on a trip of its own.
_TOGETHER = re.compile(
    r"\s*\(*\s*(?:select|insert|update|delete|with|execute|merge|values|table|explain)\b", re.IGNORECASE
)
# What reads no rows of persons, and partly may not stand beside another statement.
_APART = re.compile(
    r"\s*(?:savepoint|release|rollback|commit|begin|start|set|reset|show|prepare|deallocate|create|alter|drop|vacuum|analyze|reindex"
    r"|grant|revoke|comment|listen|notify|unlisten|lock|truncate|discard|fetch|close|move|abort|end)\b",
    re.IGNORECASE,
)
# After these, nobody knows what the setting is.
_FORGETS = re.compile(r"\s*(?:rollback|abort|reset|discard)\b", re.IGNORECASE)
_PREFIX = re.compile(rf"SET {re.escape(walls.SETTING)} TO '[^']*'; ")
_IN_ERROR = psycopg2.extensions.TRANSACTION_STATUS_INERROR


def _telling(value: str) -> str:
    return f"SET {walls.SETTING} TO '{value}'; "


class WalledCursor(psycopg2.extensions.cursor):  # type: ignore[misc]  # the driver tells no types
    """A cursor whose statements see what is in force."""

    connection: "WalledConnection"

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 - the driver's name
        """Run a statement under the centre in force."""
        words = query if isinstance(query, str) else ""
        told = self.connection.told
        wanted = walls.in_force()
        try:
            if told != wanted and not _APART.match(words) and not self._is_broken():
                if self.name is None and _TOGETHER.match(words):
                    super().execute(_telling(wanted) + words, vars)
                else:
                    self.connection.tell(wanted)
                    super().execute(query, vars)
                self.connection.told = wanted
            else:
                super().execute(query, vars)
        except BaseException:
            self.connection.told = None
            raise
        if _FORGETS.match(words):
            self.connection.told = None

    def executemany(self, query: Any, vars_list: Any) -> None:
        """Run a statement for each set of values: one after the other, each as ``execute`` would."""
        for values in vars_list:
            self.execute(query, values)

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        """Copy under the centre in force."""
        self.connection.tell(walls.in_force())
        super().copy_expert(sql, file, size)

    def _is_broken(self) -> bool:
        """In a transaction that has failed nothing is answered but its end."""
        return bool(self.connection.get_transaction_status() == _IN_ERROR)


class WalledConnection(psycopg2.extensions.connection):  # type: ignore[misc]  # as above
    """A connection that knows what the database was told. ``told``: None where that is unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = walls.NOTHING

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """Return a cursor; any that is asked for without further ado is walled."""
        kwargs.setdefault("cursor_factory", WalledCursor)
        return super().cursor(*args, **kwargs)

    def tell(self, value: str) -> None:
        """Tell it by a statement of its own, unless it is known."""
        if self.told == value:
            return
        with super().cursor(cursor_factory=psycopg2.extensions.cursor) as plain:
            plain.execute(_telling(value))
        self.told = value

    def rollback(self) -> None:
        """Roll back; with it goes what was told since the transaction began."""
        self.told = None
        super().rollback()


class DatabaseOperations(operations.DatabaseOperations):
    """Statements are shown as they were meant."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """Return the statement without what was told before it; empty where the driver sent none."""
        return _PREFIX.sub("", super().last_executed_query(cursor, sql, params) or "", count=1)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to PostgreSQL, walled."""

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver is told, with the connection of our own."""
        return {**super().get_connection_params(), "connection_factory": WalledConnection}
