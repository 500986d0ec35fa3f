"""Subqueries that differ only in a few values: their SQL is written once in a process, not at every question.

Django writes the SQL of a query anew each time it is asked. For a condition of several parts that stands in nearly every question of a
page this was a third of the page's time. Here the query is built once with values that stand in for the real ones, and later only
these are exchanged. The text sent to the database stays the same.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


class Compiled:
    """A subquery as a function of its values.

    ``build`` makes the query of these values and of nothing else that changes; ``stand_ins`` are values of the same types, each unlike
    the others and unlike everything else in the query. Values go to the database as parameters, never into the text.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: Any) -> None:
        if len(set(stand_ins)) != len(stand_ins):
            raise ValueError("values that stand in have to differ")
        self._build, self._stand_ins = build, stand_ins
        self._written: tuple[str, list[Any]] | None = None

    def __call__(self, *values: Any) -> RawSQL:
        """Return the subquery with these values, for ``__in``."""
        if len(values) != len(self._stand_ins):
            raise TypeError(f"{len(self._stand_ins)} values are wanted")
        sql, parameters = self._written = self._written or self._write()
        meant = dict(zip(self._stand_ins, values, strict=True))
        return RawSQL(sql, [meant.get(one, one) for one in parameters])  # noqa: S611 - Django wrote it

    def _write(self) -> tuple[str, list[Any]]:
        query = self._build(*self._stand_ins).query
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        missing = set(self._stand_ins) - set(parameters)
        if missing:
            raise ValueError(f"the query does not hold {missing}")
        return str(sql), list(parameters)
