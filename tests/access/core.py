"""Routes of the house itself."""

from tests.access.table import Route

ROUTES = [
    Route("health", public=True),
    Route("gallery", public=True),
    Route("handbook", get_status=302, other_centre=0),
    Route("handbook_chapter", kwargs=lambda users: {"key": "am-pc"}, other_centre=0),
]
