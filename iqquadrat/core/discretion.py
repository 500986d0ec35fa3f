"""A log that tells what broke and where, and never whose record it was."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.db import Error as DatabaseError

from iqquadrat.core.requests import request_id


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


class JsonFormatter(DiscreetFormatter):
    """The same discretion, as one JSON object a line for programs that read logs.

    Always there: ``time`` (UTC), ``level``, ``logger``, ``request_id``. Of a request: ``method``, ``route``, ``status``, and
    ``duration_ms`` when it has been answered. Of an error: ``error`` and ``places``. Else ``event``: the words of the programme
    without what was filled into them.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the entry as one line."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": request_id.get(),
        }
        request = getattr(record, "request", None)
        if request is None:
            entry["event"] = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
        else:
            entry |= {"method": _method(request), "route": _route_name(request), "status": _status(record)}
        if (duration := getattr(record, "duration_ms", None)) is not None:
            entry["duration_ms"] = duration
        if record.exc_info and record.exc_info[1] is not None:
            lines = self.formatException(record.exc_info).split("\n")
            entry |= {"error": lines[-1], "places": lines[:-1]}
        return json.dumps(entry, ensure_ascii=False)


def _route_name(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return str(match.view_name) if match is not None else "no such page"
