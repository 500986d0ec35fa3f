"""Choosing the programme in which new records are done."""

from datetime import date
from typing import Any

from tests.access.table import K, Route


def _programme(users: dict[str, Any]) -> dict[str, str]:
    from iqquadrat.reporting.models import Programme

    programme = Programme.objects.create(
        code="access-current", name="IQ", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    programme.centres.add(users["counsellor"].centre)
    return {"code": programme.code}


ROUTES = [
    Route("reporting:programme_use", frozenset({K}), ("POST",), _programme),
    Route("reporting:programme_rest", frozenset({K}), ("POST",), _programme),
]
