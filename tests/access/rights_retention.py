"""Who meets what about the time records are kept."""

from tests.access.table import K, Route

ROUTES = [
    Route("rights:retention", frozenset({K}), other_centre=0),
    Route(
        "rights:retention_set",
        frozenset({K}),
        ("POST",),
        kwargs=lambda users: {"key": "notes"},
        other_centre=0,
    ),
]
