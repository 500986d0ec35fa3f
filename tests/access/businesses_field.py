"""Who may open what of the app for the street."""

from tests.access.businesses import STREET
from tests.access.table import Route

ROUTES = [
    Route("businesses:field_app", STREET, other_centre=0),
    Route("businesses:field_worker", STREET, as_json=True, other_centre=0),
]
