"""Everything that hangs on a client: see ``iqquadrat.core.merging``."""

from counselling.models import Client
from iqquadrat.core import merging
from iqquadrat.core.merging import Relation


def all_relations() -> list[Relation]:
    """Return every column that points at a client."""
    return merging.all_relations(Client)


def moving_relations() -> list[Relation]:
    """Return those whose rows go along in a merge."""
    return merging.moving_relations(Client)


def relation(key: str) -> Relation | None:
    """Return the relation of that name, if its table still exists."""
    return merging.relation(Client, key)
