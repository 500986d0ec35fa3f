"""Who may ask whether the site is ready."""

from tests.access.table import Route

ROUTES = [
    Route("ready", public=True),
]
