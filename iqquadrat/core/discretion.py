"""A log that tells what broke and where, and never whose record it was."""

import logging
import traceback
from types import TracebackType
from typing import Any

from django.db import Error as DatabaseError


class DiscreetFormatter(logging.Formatter):
    """Writes entries without what a person typed or is called.

    Of an error: its kind and the places in the code, without its message, since a database quotes the whole row it refused
    ("Failing row contains ..."); the name of the constraint is told. Of a request: the route, without the path.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the entry; the record itself stays as it is for other handlers."""
        discreet = logging.makeLogRecord(record.__dict__)
        request = getattr(record, "request", None)
        if request is not None:
            discreet.msg, discreet.args = "%s %s %s", (_status(record), _method(request), _route(request))
        discreet.exc_text = None
        return super().format(discreet)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return kind and places of an error and of those that led to it."""
        _kind, error, places = ei
        return "\n".join(_lines(error, places))


def _lines(error: BaseException | None, places: TracebackType | None) -> list[str]:
    if error is None:
        return []
    earlier = error.__cause__ or error.__context__
    lines = _lines(earlier, earlier.__traceback__) if earlier else []
    stack = [line.rstrip() for line in traceback.format_tb(places)]
    return [*lines, "Traceback (most recent call last):", *stack, _name(error)]


def _name(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, DatabaseError) and error.__cause__ is not None:
        details = getattr(error.__cause__, "diag", None)
        parts = (getattr(details, part, None) for part in ("sqlstate", "table_name", "constraint_name"))
        return " ".join([name, *(str(part) for part in parts if part)])
    return name


def _status(record: logging.LogRecord) -> object:
    return getattr(record, "status_code", record.levelname)


def _method(request: Any) -> str:
    return str(getattr(request, "method", "") or "")


def _route(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match is not None else "no such page"
