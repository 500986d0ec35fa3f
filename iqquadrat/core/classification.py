"""How much a field says about a person. Each room keeps the table of its own fields in its ``classification.py``.

Erasure, export and retention are derived from these tables; ``tests/house/test_classification.py`` holds them complete.

*identifying*  alone or together names a person   *sensitive*  special category or under professional secrecy
*plain*        says nothing about a person without the others
"""

from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings


class Class(StrEnum):
    """How a field is treated."""

    IDENTIFYING = "identifying"
    SENSITIVE = "sensitive"
    PLAIN = "plain"


# The table of one room: model, field, class.
Table = Mapping[str, Mapping[str, Class]]

# What every ``core.models.Recorded`` has.
RECORDED = dict.fromkeys(("id", "created_at", "created_by", "changed_at", "revision"), Class.PLAIN)


def plain(*names: str) -> dict[str, Class]:
    """Return these fields as plain."""
    return dict.fromkeys(names, Class.PLAIN)


def plain_translated(*names: str) -> dict[str, Class]:
    """Return these fields and their columns in every language as plain."""
    codes = [code for code, _name in settings.LANGUAGES]
    return plain(*names, *(f"{name}_{code}" for name in names for code in codes))
