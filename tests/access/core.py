"""Routes of the house itself."""

from tests.access.table import Route

ROUTES = [
    Route("health", public=True),
    Route("gallery", public=True),
]
