"""Reading the access log."""

from tests.access.table import EVERYBODY, A, K, Route

ROUTES = [
    Route("accesslog:log", frozenset({K, A}), other_centre=0),
    Route("accesslog:own", EVERYBODY, other_centre=0),
]
